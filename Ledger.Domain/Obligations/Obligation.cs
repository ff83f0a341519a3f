using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Domain.Obligations;

/// <summary>What a unit must do by a day (counting-rules.md §7).</summary>
public enum ObligationKind
{
    /// <summary>三日报备 (plan 3.2.3): the plan orders a bulletin when it is late.</summary>
    CaseFiling,

    /// <summary>五日败诉报备 (plan 3.2.3); the plan names no consequence.</summary>
    LossFiling,

    /// <summary>未履职情况报告 (plan 3.3.2), due 31 January; the plan names no consequence.</summary>
    NonPerformanceReport,
}

/// <summary>Where an obligation stands on a day.</summary>
public enum ObligationStatus
{
    /// <summary>Not met, not due yet (or due today).</summary>
    Pending,

    /// <summary>Not met, and the due day is over.</summary>
    Overdue,

    /// <summary>Met on time.</summary>
    Met,

    /// <summary>Met after the due day.</summary>
    MetLate,
}

/// <summary>An obligation as it stands on a day.</summary>
/// <param name="Kind">What must be done.</param>
/// <param name="Unit">Who must do it.</param>
/// <param name="Lawsuit">The lawsuit's key; null for a non-performance report.</param>
/// <param name="CaseNo">The instance or document; null for a non-performance report.</param>
/// <param name="Duty">The duty that was not performed; null for filings.</param>
/// <param name="Year">The year in which it was not performed; null for filings.</param>
/// <param name="OpenedOn">The day of receipt, or 1 January after the year.</param>
/// <param name="DueOn">The last day, until 24:00 Asia/Shanghai.</param>
/// <param name="Provisional">Whether the due day was computed without the calendar of a year that it needs.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="MetAt">When it was fulfilled, as submitted.</param>
/// <param name="DaysLate">Working days from the due day to the fulfilment, or to the day asked about while overdue.</param>
public sealed record Obligation(
    ObligationKind Kind,
    string Unit,
    string? Lawsuit,
    string? CaseNo,
    string? Duty,
    int? Year,
    DateOnly OpenedOn,
    DateOnly DueOn,
    bool Provisional,
    ObligationStatus Status,
    DateTimeOffset? MetAt,
    int DaysLate)
{
    /// <summary>Working days between the receipt and the due day of a filing (plan 3.2.3); 0 for a report.</summary>
    public static int TermOf(ObligationKind kind) => kind switch
    {
        ObligationKind.CaseFiling => 3,
        ObligationKind.LossFiling => 5,
        _ => 0,
    };

    /// <summary>A filing that a lawsuit demands of a unit.</summary>
    public static Obligation Of(string unit, Deadline deadline, WorkingCalendar calendar, DateOnly asOf)
    {
        var due = calendar.AddWorkingDays(deadline.OpenedOn, TermOf(deadline.Kind));
        return At(
            new Obligation(
                deadline.Kind, unit, deadline.Lawsuit, deadline.CaseNo, null, null, deadline.OpenedOn, due.Day, due.Provisional, default, deadline.MetAt, 0),
            calendar,
            asOf);
    }

    /// <summary>
    /// The non-performance reports that a unit owed by a day: for each duty registered before a year began, and each year
    /// over by then, when it recorded no performance (counting-rules.md §7).
    /// </summary>
    public static IEnumerable<Obligation> ReportsOf(Unit unit, PolicyBook policies, WorkingCalendar calendar, DateOnly asOf)
    {
        if (!unit.IsCounted) yield break;
        foreach (var duty in unit.Duties.GroupBy(d => d.Duty, StringComparer.Ordinal))
        {
            for (var year = duty.Min(d => d.RegisteredOn).Year + 1; year < asOf.Year; year++)
            {
                if (unit.Merged?.MergedOn <= new DateOnly(year, 12, 31) || unit.Performed(duty.Key, year)) continue;
                var openedOn = new DateOnly(year + 1, 1, 1);
                var due = new ComputedDay(new DateOnly(year + 1, 1, 31), false);
                if (policies.GoverningFrom(openedOn).FixedDateRollover == FixedDateRollover.NextWorkingDay) due = calendar.RollForward(due.Day);
                var reports = unit.Reports.Where(r => r.Duty == duty.Key && r.Year == year).Select(r => (DateTimeOffset?)r.SubmittedAt);
                yield return At(
                    new Obligation(
                        ObligationKind.NonPerformanceReport, unit.Key, null, null, duty.Key, year, openedOn, due.Day, due.Provisional, default, reports.Min(), 0),
                    calendar,
                    asOf);
            }
        }
    }

    /// <summary>The order of lists: due day, unit, kind, case number, then duty.</summary>
    public static int InOrder(Obligation left, Obligation right)
    {
        var order = left.DueOn.CompareTo(right.DueOn);
        if (order == 0) order = string.CompareOrdinal(left.Unit, right.Unit);
        if (order == 0) order = left.Kind.CompareTo(right.Kind);
        if (order == 0) order = string.CompareOrdinal(left.CaseNo, right.CaseNo);
        return order == 0 ? string.CompareOrdinal(left.Duty, right.Duty) : order;
    }

    /// <summary>Where it stands on a day.</summary>
    public Obligation On(WorkingCalendar calendar, DateOnly asOf) => At(this with { DaysLate = 0 }, calendar, asOf);

    private static Obligation At(Obligation obligation, WorkingCalendar calendar, DateOnly asOf)
    {
        if (obligation.MetAt is { } metAt)
        {
            var metOn = ShanghaiTime.DateOf(metAt);
            return metOn <= obligation.DueOn
                ? obligation with { Status = ObligationStatus.Met }
                : obligation with { Status = ObligationStatus.MetLate, DaysLate = calendar.WorkingDaysBetween(obligation.DueOn, metOn) };
        }

        return obligation.DueOn >= asOf
            ? obligation with { Status = ObligationStatus.Pending }
            : obligation with { Status = ObligationStatus.Overdue, DaysLate = calendar.WorkingDaysBetween(obligation.DueOn, asOf) };
    }
}
