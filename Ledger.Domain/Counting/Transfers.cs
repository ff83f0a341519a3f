using Ledger.Domain.Calendar;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;

namespace Ledger.Domain.Counting;

/// <summary>
/// Moves what a merged unit still had to file to its successor (<see cref="ObligationTransferred"/>). Nothing else moves: cases,
/// closings and losses stay with the unit that had them.
/// </summary>
internal static class Transfers
{
    public static ILookup<string, Contribution> Apply(IReadOnlyDictionary<string, Unit> units, ILookup<string, Contribution> contributions)
    {
        if (!units.Values.Any(u => u.HasTransfers)) return contributions;
        var applied = new List<(string Unit, Contribution Contribution)>();
        foreach (var unit in contributions)
            foreach (var contribution in unit)
            {
                var moved = contribution.Deadlines.Select(d => (To: SuccessorOf(unit.Key, d), Deadline: d)).ToList();
                applied.Add((unit.Key, moved.TrueForAll(m => m.To is null)
                    ? contribution
                    : contribution with { Deadlines = [.. moved.Where(m => m.To is null).Select(m => m.Deadline)] }));
                foreach (var (to, deadline) in moved)
                    if (to is not null)
                        applied.Add((to, new Contribution(contribution.Lawsuit)
                        {
                            Deadlines = [deadline with { MetAt = deadline.MetBy(unit.Key, to), Filings = null }],
                        }));
            }

        return applied.ToLookup(a => a.Unit, a => a.Contribution, StringComparer.Ordinal);

        // An organ outside the county owes it nothing (counting-rules.md §6), so it has nothing to transfer.
        string? SuccessorOf(string unit, Deadline deadline) => units.GetValueOrDefault(unit) is { IsCounted: true } from
            ? from.SuccessorFor(KindOf(deadline.Kind), deadline.CaseNo, null, null, DayOf(deadline.MetAt))
            : null;
    }

    public static Obligation Apply(IReadOnlyDictionary<string, Unit> units, Obligation report, WorkingCalendar calendar, DateOnly asOf)
    {
        if (units[report.Unit].SuccessorFor(DutyKind.NonPerformanceReport, null, report.Duty, report.Year, DayOf(report.MetAt)) is not { } to) return report;
        var theirs = units.GetValueOrDefault(to)?.Reports.Where(r => r.Duty == report.Duty && r.Year == report.Year).Select(r => (DateTimeOffset?)r.SubmittedAt).Min();
        var metAt = report.MetAt is { } own && (theirs is null || own < theirs) ? own : theirs;
        return (report with { Unit = to, MetAt = metAt }).On(calendar, asOf);
    }

    private static DateOnly? DayOf(DateTimeOffset? at) => at is { } instant ? ShanghaiTime.DateOf(instant) : null;

    private static DutyKind KindOf(ObligationKind kind) => kind == ObligationKind.CaseFiling ? DutyKind.CaseFiling : DutyKind.LossFiling;
}
