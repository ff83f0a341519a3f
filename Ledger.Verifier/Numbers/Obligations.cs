using System.Text.Json.Nodes;

namespace Ledger.Verifier.Numbers;

/// <summary>What opened an obligation, and for which unit.</summary>
internal sealed record Opened(string Kind, string Unit, string? Lawsuit, string? CaseNo, string? Duty, int? Year, DateOnly On)
{
    /// <summary>Whether a transfer is of this obligation.</summary>
    public bool IsIn(ReadFact transfer) =>
        transfer.Text("kind") == Kind
        && (CaseNo is null ? transfer.TextOrNull("duty") == Duty && transfer.NumberOrNull("year") == Year : transfer.TextOrNull("caseNo") == CaseNo);
}

/// <summary>An obligation, the unit that answers for it and how it was met.</summary>
internal sealed record Obligation(Opened Opened, string Unit, DateOnly DueOn, bool Provisional, string Status, ReadFact? MetBy, int DaysLate)
{
    public bool IsMetOnTime => Status == "Met";

    /// <summary>The row of an answer (facts.md §4).</summary>
    public JsonObject Row()
    {
        var row = new JsonObject { ["kind"] = Opened.Kind, ["unit"] = Unit, ["lawsuit"] = Opened.Lawsuit, ["caseNo"] = Opened.CaseNo };
        if (Opened.Duty is not null) (row["duty"], row["year"]) = (Opened.Duty, Opened.Year);
        row["openedOn"] = Opened.On.ToString("O");
        row["dueOn"] = DueOn.ToString("O");
        row["provisional"] = Provisional;
        row["status"] = Status;
        row["metAt"] = MetBy?.Text("submittedAt");
        row["daysLate"] = DaysLate;
        return row;
    }
}

/// <summary>The obligations of the units that count (counting-rules.md §7), each with the unit that answers for it.</summary>
internal sealed class Obligations(Snapshot snapshot)
{
    public const string CaseFiling = "CaseFiling";
    public const string LossFiling = "LossFiling";
    public const string NonPerformanceReport = "NonPerformanceReport";

    private static readonly string[] LossDocuments = ["JudicialDocument", "CauseAnalysis", "RectificationMeasures"];

    public IReadOnlyList<Obligation> All =>
        [.. snapshot.Lawsuits.SelectMany(l => CaseFilings(l).Concat(LossFilings(l))).Concat(snapshot.Units.Values.Where(u => u.Counts).SelectMany(NonPerformanceReports))];

    private IEnumerable<Obligation> CaseFilings(Lawsuit lawsuit) =>
        from receipt in lawsuit.Of("ResponseMaterialsReceived")
        where snapshot.Counts(receipt.Text("unit"))
        let caseNo = receipt.Text("caseNo")
        let duty = new Opened(CaseFiling, receipt.Text("unit"), lawsuit.Key, caseNo, null, null, receipt.Day("receivedOn"))
        select Judged(duty, snapshot.WorkingDays.After(duty.On, 3), units => Earliest(lawsuit.Of("CaseFilingSubmitted").Where(f => f.Text("caseNo") == caseNo && units.Contains(f.Text("unit"), StringComparer.Ordinal))));

    private IEnumerable<Obligation> LossFilings(Lawsuit lawsuit) =>
        from receipt in lawsuit.Of("JudgmentReceived")
        let unit = receipt.Text("unit")
        let caseNo = receipt.Text("caseNo")
        where snapshot.Counts(unit) && lawsuit.Documents.Any(d => d.CaseNo == caseNo && lawsuit.OpensLossFiling(d, unit))
        let duty = new Opened(LossFiling, unit, lawsuit.Key, caseNo, null, null, receipt.Day("receivedOn"))
        select Judged(duty, snapshot.WorkingDays.After(duty.On, 5), units => LastOfThree(lawsuit.Of("LossFilingDocumentSubmitted").Where(f => f.Text("caseNo") == caseNo && units.Contains(f.Text("unit"), StringComparer.Ordinal))));

    private IEnumerable<Obligation> NonPerformanceReports(Unit of) =>
        from registered in of.Facts.Where(f => f.Type == "DutyRegistered").GroupBy(f => f.Text("duty"), StringComparer.Ordinal)
        let since = registered.Min(d => d.Day("registeredOn")).Year + 1
        from year in Enumerable.Range(since, Math.Max(0, snapshot.AsOf.Year - since))
        let end = new DateOnly(year, 12, 31)
        where !(of.MergedOn <= end)
        where !of.Facts.Any(f => f.Type == "EnforcementPerformed" && f.Text("duty") == registered.Key && f.On?.Year == year && f.Number("count") > 0)
        let fixedDay = new DateOnly(year + 1, 1, 31)
        let due = snapshot.Policies.InForceOn(new DateOnly(year, 1, 1)).RollsFixedDates ? snapshot.WorkingDays.Rolled(fixedDay) : (fixedDay, false)
        let duty = new Opened(NonPerformanceReport, of.Key, null, null, registered.Key, year, end.AddDays(1))
        select Judged(duty, due, units => Earliest(units.Where(snapshot.Units.ContainsKey).SelectMany(u => snapshot.Units[u].Facts)
            .Where(f => f.Type == "NonPerformanceReportSubmitted" && f.Text("duty") == registered.Key && f.Number("year") == year)));

    private Obligation Judged(Opened duty, (DateOnly On, bool Provisional) due, Func<IReadOnlyList<string>, ReadFact?> metBy)
    {
        var successor = Successor(duty, metBy([duty.Unit])?.On);
        var met = metBy(successor is null ? [duty.Unit] : [duty.Unit, successor]);
        var until = met?.On ?? snapshot.AsOf;
        var late = until > due.On;
        var status = met is null ? (late ? "Overdue" : "Pending") : late ? "MetLate" : "Met";
        return new(duty, successor ?? duty.Unit, due.On, due.Provisional, status, met, late ? snapshot.WorkingDays.Between(due.On, until) : 0);
    }

    // An open duty moves to the unit to which it was last transferred, which files and answers for it from then on; what its
    // own unit had done before a transfer was no longer open.
    private string? Successor(Opened duty, DateOnly? metOn) => snapshot.Units[duty.Unit].Facts
        .Where(f => f.Type == "ObligationTransferred" && duty.IsIn(f) && !(metOn < f.On)).Latest()?.Text("to");

    // Of several submissions the earliest by legal instant counts.
    private static ReadFact? Earliest(IEnumerable<ReadFact> submissions) => submissions.OrderBy(s => s.At).ThenBy(s => s.Sequence).FirstOrDefault();

    private static ReadFact? LastOfThree(IEnumerable<ReadFact> submissions)
    {
        var first = submissions.GroupBy(s => s.Text("document"), StringComparer.Ordinal).Where(d => LossDocuments.Contains(d.Key, StringComparer.Ordinal)).Select(Earliest).ToList();
        return first.Count == LossDocuments.Length ? first.OrderBy(s => s!.At).ThenBy(s => s!.Sequence).Last() : null;
    }
}
