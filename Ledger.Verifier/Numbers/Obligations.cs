using System.Text.Json.Nodes;

namespace Ledger.Verifier.Numbers;

/// <summary>One obligation of a unit and how it was met.</summary>
internal sealed record Obligation(
    string Kind, string Unit, string? Lawsuit, string? CaseNo, string? Duty, int? Year, DateOnly OpenedOn, DateOnly DueOn, bool Provisional,
    string Status, ReadFact? MetBy, int DaysLate)
{
    public bool IsMetOnTime => Status == "Met";

    /// <summary>The row of an answer (facts.md §4).</summary>
    public JsonObject Row()
    {
        var row = new JsonObject { ["kind"] = Kind, ["unit"] = Unit, ["lawsuit"] = Lawsuit, ["caseNo"] = CaseNo };
        if (Duty is not null) (row["duty"], row["year"]) = (Duty, Year);
        row["openedOn"] = OpenedOn.ToString("O");
        row["dueOn"] = DueOn.ToString("O");
        row["provisional"] = Provisional;
        row["status"] = Status;
        row["metAt"] = MetBy?.Text("submittedAt");
        row["daysLate"] = DaysLate;
        return row;
    }
}

/// <summary>The obligations of a unit (counting-rules.md §7).</summary>
internal sealed class Obligations(Snapshot snapshot, string unit)
{
    public const string CaseFiling = "CaseFiling";
    public const string LossFiling = "LossFiling";
    private const string NonPerformanceReport = "NonPerformanceReport";

    private static readonly string[] LossDocuments = ["JudicialDocument", "CauseAnalysis", "RectificationMeasures"];

    public IReadOnlyList<Obligation> All => snapshot.Counts(unit)
        ? [.. snapshot.Lawsuits.SelectMany(l => CaseFilings(l).Concat(LossFilings(l))).Concat(NonPerformanceReports(snapshot.Units[unit]))
            .OrderBy(o => o.DueOn).ThenBy(o => o.Kind, StringComparer.Ordinal).ThenBy(o => o.CaseNo, StringComparer.Ordinal)]
        : [];

    private IEnumerable<Obligation> CaseFilings(Lawsuit lawsuit) =>
        from receipt in Mine(lawsuit, "ResponseMaterialsReceived")
        let caseNo = receipt.Text("caseNo")
        let due = snapshot.WorkingDays.After(receipt.Day("receivedOn"), 3)
        select Judged(CaseFiling, lawsuit.Key, caseNo, null, null, receipt.Day("receivedOn"), due, Earliest(Mine(lawsuit, "CaseFilingSubmitted", caseNo)));

    private IEnumerable<Obligation> LossFilings(Lawsuit lawsuit) =>
        from receipt in Mine(lawsuit, "JudgmentReceived")
        let caseNo = receipt.Text("caseNo")
        where lawsuit.Documents.Any(d => d.CaseNo == caseNo && lawsuit.OpensLossFiling(d, unit))
        let due = snapshot.WorkingDays.After(receipt.Day("receivedOn"), 5)
        select Judged(LossFiling, lawsuit.Key, caseNo, null, null, receipt.Day("receivedOn"), due, LastOfThree(Mine(lawsuit, "LossFilingDocumentSubmitted", caseNo)));

    private IEnumerable<Obligation> NonPerformanceReports(Unit of) =>
        from duty in of.Facts.Where(f => f.Type == "DutyRegistered").GroupBy(f => f.Text("duty"), StringComparer.Ordinal)
        let since = duty.Min(d => d.Day("registeredOn")).Year + 1
        from year in Enumerable.Range(since, Math.Max(0, snapshot.AsOf.Year - since))
        let end = new DateOnly(year, 12, 31)
        where !(of.MergedOn <= end)
        where !of.Facts.Any(f => f.Type == "EnforcementPerformed" && f.Text("duty") == duty.Key && f.On?.Year == year && f.Number("count") > 0)
        let fixedDay = new DateOnly(year + 1, 1, 31)
        let due = snapshot.Policies.InForceOn(new DateOnly(year, 1, 1)).RollsFixedDates ? snapshot.WorkingDays.Rolled(fixedDay) : (fixedDay, false)
        let reports = of.Facts.Where(f => f.Type == "NonPerformanceReportSubmitted" && f.Text("duty") == duty.Key && f.Number("year") == year)
        select Judged(NonPerformanceReport, null, null, duty.Key, year, end.AddDays(1), due, Earliest(reports));

    private Obligation Judged(
        string kind, string? lawsuit, string? caseNo, string? duty, int? year, DateOnly openedOn, (DateOnly On, bool Provisional) due, ReadFact? met)
    {
        var until = met?.On ?? snapshot.AsOf;
        var late = until > due.On;
        var status = met is null ? (late ? "Overdue" : "Pending") : late ? "MetLate" : "Met";
        return new(kind, unit, lawsuit, caseNo, duty, year, openedOn, due.On, due.Provisional, status, met, late ? snapshot.WorkingDays.Between(due.On, until) : 0);
    }

    private IEnumerable<ReadFact> Mine(Lawsuit lawsuit, string type, string? caseNo = null) =>
        lawsuit.Of(type).Where(f => f.Text("unit") == unit && (caseNo is null || f.Text("caseNo") == caseNo));

    // Of several submissions the earliest by legal instant counts.
    private static ReadFact? Earliest(IEnumerable<ReadFact> submissions) => submissions.OrderBy(s => s.At).ThenBy(s => s.Sequence).FirstOrDefault();

    private static ReadFact? LastOfThree(IEnumerable<ReadFact> submissions)
    {
        var first = submissions.GroupBy(s => s.Text("document"), StringComparer.Ordinal).Where(d => LossDocuments.Contains(d.Key, StringComparer.Ordinal)).Select(Earliest).ToList();
        return first.Count == LossDocuments.Length ? first.OrderBy(s => s!.At).ThenBy(s => s!.Sequence).Last() : null;
    }
}
