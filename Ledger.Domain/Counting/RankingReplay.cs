using System.Globalization;
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
/// every position it gives the rows and the county of <see cref="County.Rank"/>.
/// </summary>
internal sealed class RankingReplay
{
    private readonly Period _period;
    private readonly UnitList _list;
    private readonly CountingPolicy? _fixed;
    private readonly DateOnly _asOf;
    private readonly ToldStreams _streams;

    private readonly Dictionary<string, IReadOnlyList<VisibleFact>> _policies;
    private readonly Dictionary<string, Unit> _units;
    private readonly Dictionary<string, List<(string Unit, Contribution Contribution)>> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Contribution>> _contributions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _unitsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Tally Tally, Figures Figures)> _counted = new(StringComparer.Ordinal);
    private WorkingCalendar _calendar;
    private Dictionary<string, int> _ranks;
    private Figures? _county;

    /// <summary>Begins at a position.</summary>
    /// <param name="from">The ledger at the position, on the day asked about.</param>
    /// <param name="period">The period.</param>
    /// <param name="list">The list.</param>
    /// <param name="policy">The counting policy throughout; null for the one that governs the period at each moment.</param>
    public RankingReplay(Situation from, Period period, UnitList list, CountingPolicy? policy)
    {
        (_period, _list, _fixed, _calendar, _asOf) = (period, list, policy, from.Calendar, from.AsOf);
        _streams = new ToldStreams(from.Everything.RecordedIn);
        _policies = from.Everything.Of(StreamKind.Policy).ToDictionary(p => p.Key, p => p.Facts, StringComparer.Ordinal);
        _units = from.County.EveryUnit.ToDictionary(u => u.Key, StringComparer.Ordinal);
        foreach (var (unit, contribution) in from.County.Untransferred)
            if (InPeriod(contribution) is { IsEmpty: false } counting)
                ListOf(_folded, contribution.Lawsuit).Add((unit, counting));
        foreach (var lawsuit in _folded.Keys) Add(lawsuit);
        Policy = policy ?? from.County.Policies.GoverningFrom(period.First);
        foreach (var unit in _units.Keys) Count(unit);
        _ranks = Rank();
    }

    /// <summary>The counting policy that makes the ranking now.</summary>
    public CountingPolicy Policy { get; private set; }

    /// <summary>The units that stand in the list now.</summary>
    public IEnumerable<string> Listed => _units.Values.Where(IsListed).Select(u => u.Key);

    /// <summary>The county's numbers now.</summary>
    public Figures County => _county ??= Tally.County([.. _counted.Values.Select(c => c.Tally)]);

    /// <summary>A unit's rank now; null where it is not ranked.</summary>
    public int? RankOf(string unit) => _ranks.TryGetValue(unit, out var rank) ? rank : null;

    /// <summary>A unit's loss rate now; 0/0 where it is not counted.</summary>
    public Ratio RateOf(string unit) => FiguresOf(unit)?.LossRate ?? default;

    /// <summary>A unit's numbers now; null where it is not counted.</summary>
    public Figures? FiguresOf(string unit) => _counted.TryGetValue(unit, out var counted) ? counted.Figures : null;

    /// <summary>Moves on by one fact and names the units whose loss rate, or whose place in the list, it touched.</summary>
    public IReadOnlyList<string> Apply(Subject subject, Recorded fact)
    {
        if (subject.Kind is not (StreamKind.Lawsuit or StreamKind.Unit or StreamKind.Policy or StreamKind.Calendar)) return [];
        var visible = _streams.Tell(subject, fact);
        switch (subject.Kind)
        {
            case StreamKind.Lawsuit: return Recount(Replace(Lawsuit.Fold(subject.Key, visible, _asOf)), isListNew: false);
            case StreamKind.Unit: return Apply(Unit.Fold(subject.Key, visible, _asOf));
            case StreamKind.Calendar:
                _calendar = _calendar.With(int.Parse(subject.Key, CultureInfo.InvariantCulture), visible);
                return Recount(_units.Keys, isListNew: false);
            default:
                _policies[subject.Key] = visible;
                if (_fixed is not null) return [];
                var book = new PolicyBook();
                foreach (var (id, facts) in _policies) book.Add(id, facts);
                Policy = book.GoverningFrom(_period.First);
                return Recount(_units.Keys, isListNew: false);
        }
    }

    private List<string> Apply(Unit unit)
    {
        var transfers = unit.HasTransfers || (_units.TryGetValue(unit.Key, out var before) && before.HasTransfers);
        _units[unit.Key] = unit;
        if (transfers)
        {
            _contributions.Clear();
            _unitsOf.Clear();
            foreach (var lawsuit in _folded.Keys) Add(lawsuit);
            Recount(_units.Keys, isListNew: false);
        }

        return Recount([unit.Key], isListNew: true);
    }

    private List<string> Recount(IReadOnlyCollection<string> units, bool isListNew)
    {
        var changed = new List<string>();
        foreach (var unit in units)
        {
            var rate = RateOf(unit);
            Count(unit);
            if (rate != RateOf(unit)) changed.Add(unit);
        }

        _county = null;
        if (changed.Count > 0 || isListNew) _ranks = Rank();
        // A unit that came into the list or left it moves the others without a new rate of its own.
        return isListNew ? [.. units] : changed;
    }

    private void Count(string unit)
    {
        _counted.Remove(unit);
        if (!_units.TryGetValue(unit, out var of) || !of.IsCounted) return;
        var tally = Tally.Of(unit, _contributions.GetValueOrDefault(unit) ?? [], _period, Policy, _calendar, _asOf);
        _counted[unit] = (tally, tally.Figures);
    }

    private Dictionary<string, int> Rank() => Counting.County.Ranks(_units.Values.Where(IsListed), RateOf);

    private bool IsListed(Unit unit) => Counting.County.IsListed(unit, _period) && Counting.County.IsIn(unit, _list);

    // The units that the lawsuit counted for before or counts for now.
    private List<string> Replace(Lawsuit lawsuit)
    {
        var touched = _unitsOf.Remove(lawsuit.Key, out var before) ? before : [];
        foreach (var unit in touched) _contributions[unit].RemoveAll(c => c.Lawsuit == lawsuit.Key);
        _folded[lawsuit.Key] = [.. Contribution.Of(lawsuit).Select(c => (c.Unit, InPeriod(c.Contribution))).Where(c => !c.Item2.IsEmpty)];
        Add(lawsuit.Key);
        return [.. touched.Union(_unitsOf.GetValueOrDefault(lawsuit.Key) ?? [], StringComparer.Ordinal)];
    }

    // A transfer looks at one duty at a time, so a lawsuit's contributions are transferred by themselves.
    private void Add(string lawsuit)
    {
        foreach (var unit in Transfers.Apply(_units, _folded[lawsuit].ToLookup(c => c.Unit, c => c.Contribution, StringComparer.Ordinal)))
        {
            ListOf(_contributions, unit.Key).AddRange(unit);
            ListOf(_unitsOf, lawsuit).Add(unit.Key);
        }
    }

    // Only what can make a number of the period; a filing falls due some days after its receipt, by whatever calendar.
    private Contribution InPeriod(Contribution contribution) => new(contribution.Lawsuit)
    {
        NewCases = [.. contribution.NewCases.Where(c => _period.Contains(c.On))],
        Closings = [.. contribution.Closings.Where(c => _period.Contains(c.On))],
        Effective = [.. contribution.Effective.Where(c => _period.Contains(c.On))],
        Appearances = [.. contribution.Appearances.Where(a => _period.Contains(a.On))],
        Deadlines = [.. contribution.Deadlines.Where(d => d.OpenedOn <= _period.Last)],
    };

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string key) => lists.TryGetValue(key, out var list) ? list : lists[key] = [];
}
