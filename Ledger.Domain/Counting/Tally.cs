using Ledger.Domain.Calendar;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Counting;

/// <summary>The numbers of a unit or of the county in a period (counting-rules.md §§4, 5).</summary>
/// <param name="LossRate">败诉率: losses over counted closings, by the policy.</param>
/// <param name="NewCases">发案量</param>
/// <param name="MediatedOrWithdrawn">调撤率, over all first-instance closings.</param>
/// <param name="HeadAttendance">负责人出庭应诉率</param>
/// <param name="TimelyCaseFiling">三日报备率</param>
/// <param name="TimelyLossFiling">五日败诉报备率</param>
public sealed record Figures(
    Ratio LossRate,
    int NewCases,
    Ratio MediatedOrWithdrawn,
    Ratio HeadAttendance,
    Ratio TimelyCaseFiling,
    Ratio TimelyLossFiling)
{
    /// <summary>败诉: the numerator of the loss rate.</summary>
    public long Losses => LossRate.N;

    /// <summary>审结: first-instance documents closed, no exclusions.</summary>
    public long Closed => MediatedOrWithdrawn.D;

    /// <summary>样本少: a rate over fewer than five closings.</summary>
    public bool IsSmallSample => LossRate.D is > 0 and < 5;
}

/// <summary>A document behind a number.</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="Closing">The document's outcome for the unit.</param>
/// <param name="Counts">Whether it stands in the numerator.</param>
public sealed record CountedClosing(string Lawsuit, Closing Closing, bool Counts);

/// <summary>
/// The items behind each number of one unit in one period: every number names its lawsuits. The same fold serves the live
/// answer, the answer for another day and the what-if under another policy.
/// </summary>
public sealed record Tally
{
    /// <summary>New lawsuits.</summary>
    public IReadOnlyList<(string Lawsuit, NewCase Case)> NewCases { get; private init; } = [];

    /// <summary>Documents in the denominator of the loss rate; those that count are losses.</summary>
    public IReadOnlyList<CountedClosing> LossRate { get; private init; } = [];

    /// <summary>First-instance documents closed; those that count are withdrawals and mediations.</summary>
    public IReadOnlyList<CountedClosing> Closed { get; private init; } = [];

    /// <summary>Case numbers with a hearing in open court; whether the head came to one of them.</summary>
    public IReadOnlyList<(string Lawsuit, Appearance Appearance)> Appearances { get; private init; } = [];

    /// <summary>Filings due in the period and by the day asked about.</summary>
    public IReadOnlyList<Obligation> Filings { get; private init; } = [];

    private bool OncePerSeries { get; init; }

    private bool PerLawsuit { get; init; }

    /// <summary>The numbers.</summary>
    public Figures Figures => new(
        Ratio(Groups().Values),
        NewCases.Count,
        Ratio(Closed.Select(c => c.Counts)),
        Ratio(Appearances.Select(a => a.Appearance.HeadAttended)),
        Ratio(FilingsOf(ObligationKind.CaseFiling)),
        Ratio(FilingsOf(ObligationKind.LossFiling)));

    /// <summary>Counts a unit's contributions in a period.</summary>
    /// <param name="unit">The unit's key.</param>
    /// <param name="contributions">Its contributions, one a lawsuit and month or lawsuit; more than the period needs does no harm.</param>
    /// <param name="period">The period.</param>
    /// <param name="policy">The counting policy, for the loss rate only.</param>
    /// <param name="calendar">The working calendar.</param>
    /// <param name="asOf">The day asked about.</param>
    public static Tally Of(
        string unit, IEnumerable<Contribution> contributions, Period period, CountingPolicy policy, WorkingCalendar calendar, DateOnly asOf)
    {
        var newCases = new List<(string, NewCase)>();
        var losses = new List<CountedClosing>();
        var closed = new List<CountedClosing>();
        var appearances = new Dictionary<(string Lawsuit, string CaseNo), Appearance>();
        var filings = new List<Obligation>();
        var earliest = EarliestOpening(period, calendar);
        foreach (var contribution in contributions)
        {
            var lawsuit = contribution.Lawsuit;
            foreach (var item in contribution.NewCases)
                if (period.Contains(item.On))
                    newCases.Add((lawsuit, item));
            foreach (var item in contribution.Closings)
                if (period.Contains(item.On))
                    closed.Add(new CountedClosing(lawsuit, item, item.Outcomes.Any(o => o.ClassOf() is OutcomeClass.Withdrawn or OutcomeClass.Mediated)));
            foreach (var item in policy.Basis == CountingBasis.Effective ? contribution.Effective : contribution.Closings)
                if (period.Contains(item.On) && policy.Counts(item.Outcomes) && (policy.CountCompensation || !item.Compensation))
                    losses.Add(new CountedClosing(lawsuit, item, item.Outcomes.Any(policy.IsLoss)));
            foreach (var item in contribution.Appearances)
                if (period.Contains(item.On))
                    appearances[(lawsuit, item.CaseNo)] = appearances.TryGetValue((lawsuit, item.CaseNo), out var known) ? Telling(known, item) : item;
            foreach (var item in contribution.Deadlines)
                if (item.OpenedOn >= earliest && item.OpenedOn <= period.Last && Obligation.Of(unit, item, calendar, asOf) is var filing && period.Contains(filing.DueOn) && filing.DueOn <= asOf)
                    filings.Add(filing);
        }

        filings.Sort(Obligation.InOrder);
        return new Tally
        {
            NewCases = [.. newCases.OrderBy(c => c.Item2.On).ThenBy(c => c.Item1, StringComparer.Ordinal)],
            LossRate = InOrder(losses),
            Closed = InOrder(closed),
            Appearances = [.. appearances.Select(a => (a.Key.Lawsuit, a.Value)).OrderBy(a => a.Value.On).ThenBy(a => a.Value.CaseNo, StringComparer.Ordinal)],
            Filings = filings,
            OncePerSeries = policy.Series == SeriesCounting.OncePerSeries,
            PerLawsuit = policy.Basis == CountingBasis.Effective,
        };
    }

    /// <summary>The earliest day of receipt whose filing can fall due in a period: what was opened before does not concern it.</summary>
    public static DateOnly EarliestOpening(Period period, WorkingCalendar calendar) =>
        calendar.SubtractWorkingDays(period.First, Obligation.TermOf(ObligationKind.LossFiling));

    /// <summary>
    /// The county's numbers over all units: distinct documents (or lawsuits) that count for at least one, lost if lost for at
    /// least one; attendance and filings are sums (counting-rules.md §§4, 5). With co-defendants it is not the sum of the units.
    /// </summary>
    public static Figures County(IReadOnlyCollection<Tally> units)
    {
        var groups = new Dictionary<Counted, bool>();
        var closed = new Dictionary<(string, string), bool>();
        foreach (var tally in units)
        {
            foreach (var (key, lost) in tally.Groups()) groups[key] = lost || groups.GetValueOrDefault(key);
            foreach (var item in tally.Closed)
                closed[(item.Lawsuit, item.Closing.CaseNo)] = item.Counts || closed.GetValueOrDefault((item.Lawsuit, item.Closing.CaseNo));
        }

        return new Figures(
            Ratio(groups.Values),
            units.SelectMany(t => t.NewCases).Select(c => c.Lawsuit).Distinct(StringComparer.Ordinal).Count(),
            Ratio(closed.Values),
            Ratio(units.SelectMany(t => t.Appearances).Select(a => a.Appearance.HeadAttended)),
            Ratio(units.SelectMany(t => t.FilingsOf(ObligationKind.CaseFiling))),
            Ratio(units.SelectMany(t => t.FilingsOf(ObligationKind.LossFiling))));
    }

    // The hearing that stands for its case number: the first that the head attended, else the first. Whatever order the
    // hearings are read in, so that an answer does not depend on where it was read from.
    private static Appearance Telling(Appearance one, Appearance other) =>
        one.HeadAttended != other.HeadAttended ? (one.HeadAttended ? one : other) : one.On <= other.On ? one : other;

    // What counts once: a document, a lawsuit (effective outcomes) or a series; lost if any of it is.
    private Dictionary<Counted, bool> Groups()
    {
        var groups = new Dictionary<Counted, bool>();
        foreach (var item in LossRate)
        {
            var key = OncePerSeries && item.Closing.Series is { } series ? new Counted(series, null, null)
                : new Counted(null, item.Lawsuit, PerLawsuit ? null : item.Closing.CaseNo);
            groups[key] = item.Counts || groups.GetValueOrDefault(key);
        }

        return groups;
    }

    private readonly record struct Counted(string? Series, string? Lawsuit, string? CaseNo);

    private IEnumerable<bool> FilingsOf(ObligationKind kind) =>
        Filings.Where(f => f.Kind == kind).Select(f => f.Status == ObligationStatus.Met);

    private static IReadOnlyList<CountedClosing> InOrder(List<CountedClosing> closings) =>
        [.. closings.OrderBy(c => c.Closing.On).ThenBy(c => c.Closing.CaseNo, StringComparer.Ordinal)];

    private static Ratio Ratio(IEnumerable<bool> items)
    {
        long n = 0, d = 0;
        foreach (var counts in items)
        {
            d++;
            if (counts) n++;
        }

        return new Ratio(n, d);
    }
}
