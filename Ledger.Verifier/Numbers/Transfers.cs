namespace Ledger.Verifier.Numbers;

/// <summary>
/// Obligations that were transferred to the bundle's unit from units and lawsuits whose facts the bundle may not hold: what
/// follows from them is neither right nor wrong.
/// </summary>
internal sealed class Transfers(Snapshot snapshot, string unit)
{
    /// <summary>The transfers to the unit of which the bundle does not show what was transferred.</summary>
    public IEnumerable<ReadFact> Unresolved => snapshot.Units.Values
        .SelectMany(u => u.Facts).Where(f => f.Type == "ObligationTransferred" && f.Text("to") == unit)
        .Where(f => !IsOfNothing(f));

    /// <summary>The kinds of obligations of a lawsuit that belong to units whose facts are not here: they may have been transferred.</summary>
    public IEnumerable<string> Foreign(string lawsuit) =>
        from of in snapshot.Lawsuits.Where(l => l.Key == lawsuit)
        from kind in (string[])[Obligations.CaseFiling, Obligations.LossFiling]
        where Receipts(of, kind).Any(r => !snapshot.Units.ContainsKey(r.Text("unit")))
        select kind;

    // The lawsuit, or the unit with its duties, is here: no such obligation was opened for the unit that transferred it.
    private bool IsOfNothing(ReadFact transfer) => transfer.TextOrNull("caseNo") is not { } caseNo || snapshot.Instances.Contains(caseNo);

    private static IEnumerable<ReadFact> Receipts(Lawsuit lawsuit, string kind) => kind switch
    {
        Obligations.CaseFiling => lawsuit.Of("ResponseMaterialsReceived"),
        Obligations.LossFiling => lawsuit.Of("JudgmentReceived"),
        _ => [],
    };
}
