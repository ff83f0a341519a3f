namespace Ledger.Verifier.Numbers;

/// <summary>A court document and what it says of each defendant.</summary>
internal sealed record Document(string CaseNo, string Level, DateOnly ClosedOn, long Sequence, ILookup<string, string> Stated)
{
    private static readonly string[] Levels = ["First", "Second", "Petition", "Retrial"];

    public int LevelOrder => Array.IndexOf(Levels, Level) is >= 0 and var order ? order : throw new UnreadableFactException($"{Sequence} {Level}");

    public static Document Of(ReadFact fact) => new(
        fact.Text("caseNo"), fact.Text("level"), fact.Day("closedOn"), fact.Sequence,
        fact.Items("dispositions").ToLookup(d => d.GetProperty("unit").GetString()!, d => d.GetProperty("outcome").GetString()!, StringComparer.Ordinal));
}

/// <summary>A lawsuit as its visible facts tell it.</summary>
internal sealed class Lawsuit
{
    private readonly IReadOnlyList<ReadFact> _facts;

    public Lawsuit(string key, IReadOnlyList<ReadFact> facts)
    {
        (Key, _facts) = (key, facts);
        Docketed = Of("LawsuitDocketed").FirstOrDefault();
        Documents = [.. Of("JudgmentRendered").Select(Document.Of).OrderBy(d => d.ClosedOn).ThenBy(d => d.LevelOrder).ThenBy(d => d.Sequence)];
        Effective = Of("OutcomeBecameEffective").Latest();
    }

    public string Key { get; }

    public ReadFact? Docketed { get; }

    public bool IsCompensation => Docketed?.Text("category") == "Compensation";

    /// <summary>The series that it was last linked to, at its docketing or later.</summary>
    public string? Series => _facts.Where(f => f.Type is "LawsuitDocketed" or "SeriesLinked" && f.TextOrNull("series") is not null).Latest()?.Text("series");

    /// <summary>The court's documents: by closing date, then level, then sequence.</summary>
    public IReadOnlyList<Document> Documents { get; }

    /// <summary>Of the outcomes that became effective, the last.</summary>
    public ReadFact? Effective { get; }

    /// <summary>Every unit that ever was a defendant or was given an outcome.</summary>
    public IEnumerable<string> Units => _facts.SelectMany(Defendants).Concat(Documents.SelectMany(d => d.Stated.Select(s => s.Key))).Distinct(StringComparer.Ordinal);

    public IEnumerable<ReadFact> Of(string type) => _facts.Where(f => f.Type == type);

    /// <summary>Whether a unit is a defendant that has not been removed.</summary>
    public bool IsDefendant(string unit) =>
        _facts.Where(f => f.Type is "LawsuitDocketed" or "DefendantAdded" or "DefendantRemoved" && Defendants(f).Contains(unit, StringComparer.Ordinal)).Latest()
            is { Type: not "DefendantRemoved" };

    /// <summary>
    /// What a document gives a unit: its outcomes, an affirmed document's in place of an affirmation, nothing for what ends
    /// nothing (counting-rules.md §2).
    /// </summary>
    public IReadOnlyList<string> Given(Document document, string unit) =>
        [.. document.Stated[unit].SelectMany(o => Outcomes.Affirms(o) ? Affirmed(document, unit) : Outcomes.GivesNone(o) ? [] : [o])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Whether the document makes the unit report a loss: by any policy, and not by an appeal's withdrawal.</summary>
    public bool OpensLossFiling(Document document, string unit) =>
        document.Stated[unit].Any(o => Outcomes.IsLoss(o) || (o is "AffirmJudgment" or "AffirmRuling" && Affirmed(document, unit).Any(Outcomes.IsLoss)));

    private IReadOnlyList<string> Affirmed(Document document, string unit) =>
        Documents.TakeWhile(d => d.Sequence != document.Sequence).Reverse().Select(d => Given(d, unit)).FirstOrDefault(o => o.Count > 0) ?? [];

    private static IEnumerable<string> Defendants(ReadFact fact) => fact.Type switch
    {
        "LawsuitDocketed" => fact.Items("defendants").Select(d => d.GetProperty("unit").GetString()!),
        "DefendantAdded" or "DefendantRemoved" => [fact.Text("unit")],
        _ => [],
    };
}
