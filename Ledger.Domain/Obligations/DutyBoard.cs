using Ledger.Domain.Plan;

namespace Ledger.Domain.Obligations;

/// <summary>督办总表: every duty under the plan, of every unit, of the office and of the court.</summary>
public static class DutyBoard
{
    /// <summary>The duties that exist by the day, where they stand, in the order in which they fall due; undated ones last.</summary>
    public static IReadOnlyList<Duty> Of(Situation situation) =>
    [
        .. Filings(situation).Concat(Areas.All.SelectMany(area => area.Duties(situation)))
            .Where(duty => duty.OpenedOn <= situation.AsOf)
            .Select(duty => Moved(duty, situation).On(situation.Calendar, situation.AsOf))
            .OrderBy(d => d.DueOn ?? DateOnly.MaxValue).ThenBy(d => d.Unit, StringComparer.Ordinal).ThenBy(d => d.Kind)
            .ThenBy(d => d.Subject, StringComparer.Ordinal).ThenBy(d => d.CaseNo, StringComparer.Ordinal)
            .ThenBy(d => d.Item, StringComparer.Ordinal).ThenBy(d => d.Period, StringComparer.Ordinal).ThenBy(d => d.Year),
    ];

    /// <summary>The obligations of counting-rules.md §7, as duties.</summary>
    private static IEnumerable<Duty> Filings(Situation situation) => situation.County.Obligations().Select(o => new Duty(Enum.Parse<DutyKind>(o.Kind.ToString()), o.OpenedOn)
    {
        Unit = o.Unit,
        Subject = (o.Lawsuit is { } lawsuit ? Facts.Subject.Lawsuit(lawsuit) : Facts.Subject.Unit(o.Unit)).ToString(),
        CaseNo = o.CaseNo,
        Item = o.Duty,
        Year = o.Year,
        DueOn = o.DueOn,
        Provisional = o.Provisional,
        MetOn = o.MetAt is { } at ? ShanghaiTime.DateOf(at) : null,
        Evidence = [.. EvidenceOf(o, situation)],
    });

    private static IEnumerable<Evidence> EvidenceOf(Obligation obligation, Situation situation)
    {
        var subject = obligation.Lawsuit is { } lawsuit ? Facts.Subject.Lawsuit(lawsuit) : Facts.Subject.Unit(obligation.Unit);
        return situation.Of(subject).Where(f => f.Fact switch
        {
            Lawsuits.CaseFilingSubmitted s => obligation.Kind == ObligationKind.CaseFiling && s.CaseNo == obligation.CaseNo && IsBy(s.Unit, obligation, situation),
            Lawsuits.LossFilingDocumentSubmitted s => obligation.Kind == ObligationKind.LossFiling && s.CaseNo == obligation.CaseNo && IsBy(s.Unit, obligation, situation),
            Units.NonPerformanceReportSubmitted s => obligation.Kind == ObligationKind.NonPerformanceReport && s.Duty == obligation.Duty && s.Year == obligation.Year,
            _ => false,
        }).Select(f => Evidence.Of(subject, f));
    }

    // What a unit submitted itself, or its predecessor before the duty was transferred.
    private static bool IsBy(string filer, Obligation obligation, Situation situation) => filer == obligation.Unit
        || situation.County.Find(filer)?.SuccessorFor(Enum.Parse<DutyKind>(obligation.Kind.ToString()), obligation.CaseNo, obligation.Duty, obligation.Year) == obligation.Unit;

    // What a merged unit still owed is its successor's to do; the filings are moved where they are counted.
    private static Duty Moved(Duty duty, Situation situation) =>
        duty.Unit is { } unit && duty.Holder == DutyHolder.Unit && situation.County.Find(unit)?.SuccessorFor(duty.Kind, duty.CaseNo, duty.Item, duty.Year, duty.MetOn) is { } to
            ? duty with { Unit = to }
            : duty;
}
