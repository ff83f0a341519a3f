using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Domain.Counting;

/// <summary>
/// A ranking that moves on fact by fact. It begins with a county as counted and folds anew, for each fact, only the lawsuit or
/// the unit that it is about, so that thousands of facts between two positions are no more than thousands of small folds. At
/// every position it gives the ranks and loss rates of <see cref="County.Rank"/>.
/// </summary>
internal sealed class RankingReplay
{
    private readonly Period _period;
    private readonly UnitList _list;
    private readonly CountingPolicy? _fixed;
    private readonly WorkingCalendar _calendar;
    private readonly DateOnly _asOf;
    private readonly Func<Subject, IEnumerable<Recorded>> _before;

    private readonly Dictionary<Subject, List<Recorded>> _recorded = [];
    private readonly Dictionary<string, IReadOnlyList<VisibleFact>> _policies;
    private readonly Dictionary<string, Unit> _units;
    private readonly Dictionary<string, List<Contribution>> _contributions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _unitsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Ratio> _rates = new(StringComparer.Ordinal);
    private Dictionary<string, int> _ranks;

    /// <summary>Begins at a position.</summary>
    /// <param name="from">The ledger at the position, on the day asked about.</param>
    /// <param name="period">The period.</param>
    /// <param name="list">The list.</param>
    /// <param name="policy">The counting policy throughout; null for the one that governs the period at each moment.</param>
    public RankingReplay(Situation from, Period period, UnitList list, CountingPolicy? policy)
    {
        (_period, _list, _fixed, _calendar, _asOf) = (period, list, policy, from.Calendar, from.AsOf);
        _before = from.Everything.RecordedIn;
        _policies = from.Everything.Of(StreamKind.Policy).ToDictionary(p => p.Key, p => p.Facts, StringComparer.Ordinal);
        _units = from.County.CountedUnits.ToDictionary(u => u.Key, StringComparer.Ordinal);
        foreach (var (unit, contribution) in from.County.Contributions) Add(unit, contribution);
        Policy = policy ?? from.County.Policies.GoverningFrom(period.First);
        foreach (var unit in _units.Keys) _rates[unit] = Count(unit);
        _ranks = Rank();
    }

    /// <summary>The counting policy that makes the ranking now.</summary>
    public CountingPolicy Policy { get; private set; }

    /// <summary>A unit's rank now; null where it is not ranked.</summary>
    public int? RankOf(string unit) => _ranks.TryGetValue(unit, out var rank) ? rank : null;

    /// <summary>A unit's loss rate now; 0/0 where it is not counted.</summary>
    public Ratio RateOf(string unit) => _rates.GetValueOrDefault(unit);

    /// <summary>Moves on by one fact and names the units whose loss rate, or whose place in the list, it touched.</summary>
    public IReadOnlyList<string> Apply(Subject subject, Recorded fact)
    {
        if (subject.Kind is not (StreamKind.Lawsuit or StreamKind.Unit or StreamKind.Policy)) return [];
        if (!_recorded.TryGetValue(subject, out var recorded)) _recorded[subject] = recorded = [.. _before(subject)];
        recorded.Add(fact);
        var visible = VisibleFacts.Of(recorded);
        switch (subject.Kind)
        {
            case StreamKind.Lawsuit: return Recount(Replace(Lawsuit.Fold(subject.Key, visible, _asOf)), isListNew: false);
            case StreamKind.Unit:
                var unit = Unit.Fold(subject.Key, visible, _asOf);
                if (unit.IsCounted) _units[unit.Key] = unit;
                else _units.Remove(unit.Key);
                return Recount([unit.Key], isListNew: true);
            default:
                _policies[subject.Key] = visible;
                if (_fixed is not null) return [];
                var book = new PolicyBook();
                foreach (var (id, facts) in _policies) book.Add(id, facts);
                Policy = book.GoverningFrom(_period.First);
                return Recount(_units.Keys, isListNew: false);
        }
    }

    private List<string> Recount(IReadOnlyCollection<string> units, bool isListNew)
    {
        var changed = new List<string>();
        foreach (var unit in units)
        {
            var isCounted = _units.ContainsKey(unit);
            var rate = isCounted ? Count(unit) : default;
            if (rate != RateOf(unit)) changed.Add(unit);
            if (isCounted) _rates[unit] = rate;
            else _rates.Remove(unit);
        }

        if (changed.Count > 0 || isListNew) _ranks = Rank();
        // A unit that came into the list or left it moves the others without a new rate of its own.
        return isListNew ? [.. units] : changed;
    }

    private Ratio Count(string unit) =>
        Tally.Of(unit, _contributions.GetValueOrDefault(unit) ?? [], _period, Policy, _calendar, _asOf).Figures.LossRate;

    private Dictionary<string, int> Rank() => County.Ranks(_units.Values.Where(u => County.IsListed(u, _period) && County.IsIn(u, _list)), unit => _rates[unit]);

    // The units that the lawsuit counted for before or counts for now.
    private List<string> Replace(Lawsuit lawsuit)
    {
        var touched = _unitsOf.Remove(lawsuit.Key, out var before) ? before : [];
        foreach (var unit in touched) _contributions[unit].RemoveAll(c => c.Lawsuit == lawsuit.Key);
        foreach (var (unit, contribution) in Contribution.Of(lawsuit)) Add(unit, contribution);
        return [.. touched.Union(_unitsOf.GetValueOrDefault(lawsuit.Key) ?? [], StringComparer.Ordinal)];
    }

    // Only what can make a loss rate of the period.
    private void Add(string unit, Contribution contribution)
    {
        var counting = new Contribution(contribution.Lawsuit)
        {
            Closings = [.. contribution.Closings.Where(c => _period.Contains(c.On))], Effective = [.. contribution.Effective.Where(c => _period.Contains(c.On))],
        };
        if (counting.IsEmpty) return;
        ListOf(_contributions, unit).Add(counting);
        ListOf(_unitsOf, contribution.Lawsuit).Add(unit);
    }

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string key) => lists.TryGetValue(key, out var list) ? list : lists[key] = [];
}
