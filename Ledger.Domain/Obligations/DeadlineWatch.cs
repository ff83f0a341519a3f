using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;

namespace Ledger.Domain.Obligations;

/// <summary>What a notice says.</summary>
public enum NoticeKind
{
    /// <summary>One working day is left.</summary>
    Warning,

    /// <summary>The due day is over and nothing was filed.</summary>
    Overdue,
}

/// <summary>A notice that the state of a lawsuit demands now.</summary>
/// <param name="Id">
/// What makes it one notice: the unit, the filing, the instance by the fact that opened it, the kind and the due day. So a
/// renamed case number and a receipt that is retracted and recorded again are the same notice, while another due day or
/// another unit is another one.
/// </param>
/// <param name="Kind">Its kind.</param>
/// <param name="Obligation">The obligation as it stands now.</param>
/// <param name="WorkingDays">Working days left after today, or since the due day.</param>
/// <param name="Missing">The documents of a loss filing that are still missing.</param>
public sealed record DueNotice(string Id, NoticeKind Kind, Obligation Obligation, int WorkingDays, IReadOnlyList<LossDocument> Missing);

/// <summary>
/// What the filings of one lawsuit demand at an instant: the notices that are due, and when to look again. A wake-up carries
/// no decision of its own; whoever is woken asks this again, so one too many or too late does no harm.
/// </summary>
/// <param name="Due">The notices that are due now, whether or not they have been raised before.</param>
/// <param name="WakeUps">The instants, all in the future, at which another notice falls due if nothing is filed.</param>
public sealed record DeadlineWatch(IReadOnlyList<DueNotice> Due, IReadOnlyList<DateTimeOffset> WakeUps)
{
    private static readonly TimeSpan StartOfOffice = TimeSpan.FromHours(8);

    /// <summary>08:00 on the last working day before the due day: from then on one working day is left.</summary>
    public static DateTimeOffset WarningAt(DateOnly dueOn, WorkingCalendar calendar) =>
        ShanghaiTime.StartOf(calendar.SubtractWorkingDays(dueOn, 1)) + StartOfOffice;

    /// <summary>24:00 of the due day.</summary>
    public static DateTimeOffset OverdueAt(DateOnly dueOn) => ShanghaiTime.StartOf(dueOn.AddDays(1));

    /// <summary>What a lawsuit demands.</summary>
    /// <param name="key">The lawsuit's key.</param>
    /// <param name="facts">Its facts as read, in ledger order.</param>
    /// <param name="calendar">The calendars recorded.</param>
    /// <param name="units">
    /// The units that received something and those that took a filing over from one of them, on that day. Who is not registered and
    /// counted owes nothing (counting-rules.md §6); what was transferred is the successor's.
    /// </param>
    /// <param name="now">The instant.</param>
    public static DeadlineWatch Of(
        string key, IReadOnlyList<VisibleFact> facts, WorkingCalendar calendar, IReadOnlyDictionary<string, Unit> units, DateTimeOffset now)
    {
        var today = ShanghaiTime.DateOf(now);
        var lawsuit = Lawsuit.Fold(key, facts, today);
        var due = new List<DueNotice>();
        var wakeUps = new SortedSet<DateTimeOffset>();
        var contributions = Transfers.Apply(units, Contribution.Of(lawsuit).ToLookup(c => c.Unit, c => c.Contribution, StringComparer.Ordinal));
        foreach (var unit in contributions.Where(c => units.GetValueOrDefault(c.Key) is { IsCounted: true }))
            foreach (var obligation in unit.SelectMany(c => c.Deadlines).Select(d => Obligation.Of(unit.Key, d, calendar, today)))
            {
                if (obligation.Status is ObligationStatus.Met or ObligationStatus.MetLate) continue;
                var warningAt = WarningAt(obligation.DueOn, calendar);
                if (obligation.Status == ObligationStatus.Overdue) Raise(NoticeKind.Overdue, obligation, obligation.DaysLate);
                else if (now >= warningAt) Raise(NoticeKind.Warning, obligation, calendar.WorkingDaysBetween(today, obligation.DueOn));
                if (now < warningAt) wakeUps.Add(warningAt);
                if (obligation.Status == ObligationStatus.Pending) wakeUps.Add(OverdueAt(obligation.DueOn));
            }

        return new DeadlineWatch(due, [.. wakeUps]);

        void Raise(NoticeKind kind, Obligation obligation, int workingDays) => due.Add(new DueNotice(
            IdOf(obligation, kind, facts),
            kind,
            obligation,
            workingDays,
            obligation.Kind == ObligationKind.LossFiling ? [.. Missing(obligation)] : []));

        // Of a transferred filing, what the old unit had submitted need not be submitted again.
        IEnumerable<LossDocument> Missing(Obligation obligation) => lawsuit.JudgmentsReceived
            .Where(r => r.CaseNo == obligation.CaseNo && lawsuit.JudgmentOf(obligation.Unit, r.CaseNo) is null
                && units.GetValueOrDefault(r.Unit)?.SuccessorFor(DutyKind.LossFiling, r.CaseNo, null, null) == obligation.Unit)
            .Aggregate(
                lawsuit.MissingLossDocuments(obligation.Unit, obligation.CaseNo!),
                (missing, receipt) => missing.Intersect(lawsuit.MissingLossDocuments(receipt.Unit, receipt.CaseNo)));
    }

    private static string IdOf(Obligation obligation, NoticeKind kind, IReadOnlyList<VisibleFact> facts)
    {
        var opening = facts.First(f => f.Fact is IOpensInstance opens && opens.CaseNo == obligation.CaseNo).Origin.Id.ToEventId();
        return $"{obligation.Kind}/{obligation.Unit}/{opening:N}/{kind}/{obligation.DueOn:yyyy-MM-dd}";
    }
}
