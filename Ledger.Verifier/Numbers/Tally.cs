namespace Ledger.Verifier.Numbers;

/// <summary>What a document, or the outcome that became effective in a lawsuit, gives one or more units.</summary>
internal sealed record Closing(Lawsuit Lawsuit, string CaseNo, DateOnly On, IReadOnlyList<string> Outcomes, bool Counts);

/// <summary>A unit that an open court heard in one instance: its first hearing in which the head came, or else its first.</summary>
internal sealed record Heard(string Lawsuit, string CaseNo, DateOnly On, bool HeadCame);

/// <summary>A number of a rate and the number that it is of.</summary>
internal sealed record Rate(int N, int D)
{
    public static Rate Of<T>(IReadOnlyCollection<T> all, Func<T, bool> counts) => new(all.Count(counts), all.Count);

    public static Rate operator +(Rate a, Rate b) => new(a.N + b.N, a.D + b.D);
}

/// <summary>The indicators of one unit in one period (counting-rules.md §4, §5), each with what it counts.</summary>
internal sealed class Tally(Snapshot snapshot, string unit, Period period, Policy policy)
{
    private static readonly string[] Heads = ["Principal", "Deputy", "HeadInCharge"];

    /// <summary>What the loss rate is of; what counts is a loss.</summary>
    public IReadOnlyList<Closing> Decided { get; } =
        [.. snapshot.Lawsuits.Where(l => policy.CountsCompensation || !l.IsCompensation).SelectMany(l => DecidedIn(l, unit, period, policy))];

    /// <summary>First-instance documents; what counts was mediated or withdrawn.</summary>
    public IReadOnlyList<Closing> Closed { get; } = [.. snapshot.Lawsuits.SelectMany(l => FirstInstance(l, unit, period, Outcomes.IsWithdrawnOrMediated))];

    public IReadOnlyList<Lawsuit> New { get; } = [.. snapshot.Lawsuits.Where(l => period.Contains(l.Docketed?.On) && l.IsDefendant(unit))];

    public IReadOnlyList<Heard> Heard { get; } = [.. snapshot.Lawsuits.SelectMany(l => HeardIn(l, unit, period))];

    public IReadOnlyList<Obligation> CaseFilings { get; } = Due(snapshot, unit, period, Obligations.CaseFiling);

    public IReadOnlyList<Obligation> LossFilings { get; } = Due(snapshot, unit, period, Obligations.LossFiling);

    public Rate LossRate => LossRateOf(Decided, policy);

    public Rate MediatedOrWithdrawn => Rate.Of(Closed, c => c.Counts);

    public Rate HeadAttendance => Rate.Of(Heard, h => h.HeadCame);

    public Rate TimelyCaseFiling => Rate.Of(CaseFilings, o => o.IsMetOnTime);

    public Rate TimelyLossFiling => Rate.Of(LossFilings, o => o.IsMetOnTime);

    /// <summary>Serial cases count one by one, or as one that is lost if any of them is.</summary>
    public static Rate LossRateOf(IReadOnlyList<Closing> decided, Policy policy) => policy.OncePerSeries
        ? Rate.Of([.. decided.GroupBy(c => c.Lawsuit.Series is { } series ? (object)series : c)], serial => serial.Any(c => c.Counts))
        : Rate.Of(decided, c => c.Counts);

    private static IEnumerable<Closing> DecidedIn(Lawsuit lawsuit, string unit, Period period, Policy policy) =>
        (policy.IsByEffectiveness ? Effective(lawsuit, unit, period, policy.IsLoss) : FirstInstance(lawsuit, unit, period, policy.IsLoss))
            .Where(c => policy.Counts(c.Outcomes));

    private static IEnumerable<Closing> FirstInstance(Lawsuit lawsuit, string unit, Period period, Func<string, bool> counts) =>
        from document in lawsuit.Documents
        where document.Level == "First" && period.Contains(document.ClosedOn)
        let outcomes = lawsuit.Given(document, unit)
        where outcomes.Count > 0
        select new Closing(lawsuit, document.CaseNo, document.ClosedOn, outcomes, outcomes.Any(counts));

    private static IEnumerable<Closing> Effective(Lawsuit lawsuit, string unit, Period period, Func<string, bool> counts) =>
        from effective in lawsuit.Effective is { } last && period.Contains(last.On) ? [last] : Array.Empty<ReadFact>()
        from document in lawsuit.Documents
        where document.CaseNo == effective.Text("caseNo")
        let outcomes = lawsuit.Given(document, unit)
        where outcomes.Count > 0
        select new Closing(lawsuit, document.CaseNo, effective.Day("effectiveOn"), outcomes, outcomes.Any(counts));

    private static IEnumerable<Heard> HeardIn(Lawsuit lawsuit, string unit, Period period) =>
        Hearings(lawsuit, unit, period).GroupBy(h => h.CaseNo, StringComparer.Ordinal).Select(i => i.OrderByDescending(h => h.HeadCame).ThenBy(h => h.On).First());

    private static IEnumerable<Heard> Hearings(Lawsuit lawsuit, string unit, Period period) =>
        from hearing in lawsuit.Of("HearingHeld")
        where hearing.YesOrNull("openCourt") == true && period.Contains(hearing.On)
        let came = hearing.Items("attendances").Where(a => a.GetProperty("unit").GetString() == unit).Select(a => a.GetProperty("by").GetString()).ToList()
        where came.Count > 0
        select new Heard(lawsuit.Key, hearing.Text("caseNo"), hearing.On!.Value, came.Any(attendee => Heads.Contains(attendee, StringComparer.Ordinal)));

    private static Obligation[] Due(Snapshot snapshot, string unit, Period period, string kind) =>
        [.. snapshot.Obligations.Where(o => o.Unit == unit && o.Opened.Kind == kind && period.Contains(o.DueOn) && o.DueOn <= snapshot.AsOf)];
}
