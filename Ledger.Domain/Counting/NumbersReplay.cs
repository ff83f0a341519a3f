using System.Globalization;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Domain.Counting;

/// <summary>A number of a unit's scorecard that is not what it was.</summary>
/// <param name="Period">The year or quarter.</param>
/// <param name="Policy">The counting policy that governs it now.</param>
/// <param name="Move">The number before and after.</param>
public sealed record NumberMove(Period Period, string Policy, FigureMove Move);

/// <summary>
/// The numbers of one unit in every year and quarter, moved on fact by fact or day by day by the functions that answer its
/// scorecard. Only streams that can concern the unit need to be told.
/// </summary>
public sealed class NumbersReplay
{
    private readonly string _unit;
    private readonly Dictionary<Subject, IReadOnlyList<VisibleFact>> _told = [];
    private readonly Func<Subject, IReadOnlyList<VisibleFact>> _before;
    private readonly Dictionary<string, Unit> _units;
    private readonly Dictionary<string, Dictionary<string, Contribution>> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<VisibleFact>> _policies;
    private readonly Dictionary<Period, Figures> _figures = [];
    private PolicyBook _book;
    private WorkingCalendar _calendar;
    private DateOnly _day;
    private long _lastOfDay = long.MaxValue;

    /// <summary>Begins with the ledger at a position, on a day.</summary>
    /// <param name="from">The ledger.</param>
    /// <param name="unit">The unit's key.</param>
    public NumbersReplay(Situation from, string unit)
    {
        (_unit, _before, _book, _calendar, _day) = (unit, from.Everything.Of, from.County.Policies, from.Calendar, from.AsOf);
        _units = from.County.EveryUnit.ToDictionary(u => u.Key, StringComparer.Ordinal);
        _policies = from.Everything.Of(StreamKind.Policy).ToDictionary(p => p.Key, p => p.Facts, StringComparer.Ordinal);
        foreach (var (of, contribution) in from.County.Untransferred) Of(of)[contribution.Lawsuit] = contribution;
        Recount(Periods());
    }

    /// <summary>The numbers of the years and quarters in which the unit has any.</summary>
    public IReadOnlyDictionary<Period, Figures> Figures => _figures;

    /// <summary>A stream is read anew, because a fact of it was recorded: which numbers that moved.</summary>
    public IReadOnlyList<NumberMove> Tell(Subject subject, IReadOnlyList<VisibleFact> visible)
    {
        _told[subject] = visible;
        return Fold(subject);
    }

    /// <summary>The next day after a day on which a filing falls due that is known by now; null where there is none.</summary>
    public DateOnly? NextDue(DateOnly after) => Sources().SelectMany(u => Of(u).Values).SelectMany(c => c.Deadlines)
        .Select(d => (DateOnly?)Obligation.Of(_unit, d, _calendar, _day).DueOn).Where(due => due > after).Min();

    /// <summary>A day begins, on which nothing has happened yet: which numbers moved because filings fell due.</summary>
    public IReadOnlyList<NumberMove> Begin(DateOnly day)
    {
        (_day, _lastOfDay) = (day, 0);
        return Recount(Periods());
    }

    /// <summary>A recorded fact happens on the day that has begun: which numbers that moved.</summary>
    public IReadOnlyList<NumberMove> Happens(Subject subject, VisibleFact fact)
    {
        _lastOfDay = fact.Sequence;
        return Fold(subject);
    }

    private List<NumberMove> Fold(Subject subject)
    {
        switch (subject.Kind)
        {
            case StreamKind.Lawsuit:
                var touched = PeriodsOf(subject.Key).ToHashSet();
                foreach (var contributions in _folded.Values) contributions.Remove(subject.Key);
                foreach (var (unit, contribution) in Contribution.Of(Lawsuit.Fold(subject.Key, Happened(subject), DateOnly.MaxValue)))
                    Of(unit)[subject.Key] = contribution;
                touched.UnionWith(PeriodsOf(subject.Key));
                return Recount(touched);
            case StreamKind.Unit:
                _units[subject.Key] = Unit.Fold(subject.Key, Happened(subject), DateOnly.MaxValue);
                return Recount(Periods());
            case StreamKind.Policy:
                _policies[subject.Key] = [.. Happened(subject)];
                _book = new PolicyBook();
                foreach (var (id, facts) in _policies) _book.Add(id, facts);
                return Recount(Periods());
            case StreamKind.Calendar:
                _calendar = _calendar.With(int.Parse(subject.Key, CultureInfo.InvariantCulture), Happened(subject));
                return Recount(Periods());
            default: return [];
        }
    }

    private IEnumerable<VisibleFact> Happened(Subject subject) => (_told.TryGetValue(subject, out var told) ? told : _before(subject))
        .Where(f => f.Fact.LegalDate is not { } on || on < _day || (on == _day && f.Sequence <= _lastOfDay));

    private List<NumberMove> Recount(IReadOnlySet<Period> periods)
    {
        var moves = new List<NumberMove>();
        var counted = _units.TryGetValue(_unit, out var unit) && unit.IsCounted;
        var own = Own();
        foreach (var period in periods.OrderBy(p => p.Text, StringComparer.Ordinal))
        {
            var policy = _book.GoverningFrom(period.First);
            var after = counted ? Tally.Of(_unit, own, period, policy, _calendar, _day).Figures : null;
            moves.AddRange(FigureMove.Between(_figures.GetValueOrDefault(period), after).Select(m => new NumberMove(period, policy.Id, m)));
            if (after is not null && FigureMove.Between(null, after).Count > 0) _figures[period] = after;
            else _figures.Remove(period);
        }

        return moves;
    }

    private IReadOnlyList<Contribution> Own() =>
        [.. Transfers.Apply(_units, Sources().SelectMany(u => Of(u).Values.Select(c => (Unit: u, Contribution: c))).ToLookup(c => c.Unit, c => c.Contribution, StringComparer.Ordinal))[_unit]];

    // The unit, and those whose duties may have come to it.
    private IEnumerable<string> Sources() => _units.Values.Where(u => u.HasTransfers).Select(u => u.Key).Prepend(_unit).Distinct(StringComparer.Ordinal);

    private HashSet<Period> Periods() => [.. Sources().SelectMany(u => Of(u).Values).SelectMany(PeriodsOf), .. _figures.Keys];

    private IEnumerable<Period> PeriodsOf(string lawsuit) =>
        Sources().Select(u => Of(u).GetValueOrDefault(lawsuit)).OfType<Contribution>().SelectMany(PeriodsOf);

    private IEnumerable<Period> PeriodsOf(Contribution of) => of.NewCases.Select(c => c.On)
        .Concat(of.Closings.Select(c => c.On))
        .Concat(of.Effective.Select(c => c.On))
        .Concat(of.Appearances.Select(a => a.On))
        .Concat(of.Deadlines.Select(d => Obligation.Of(_unit, d, _calendar, _day).DueOn))
        .Distinct().SelectMany(PeriodsOf);

    private static IEnumerable<Period> PeriodsOf(DateOnly day)
    {
        var year = day.Year.ToString("0000", CultureInfo.InvariantCulture);
        yield return Period.Parse(year);
        yield return Period.Parse($"{year}Q{((day.Month - 1) / 3) + 1}");
    }

    private Dictionary<string, Contribution> Of(string unit) =>
        _folded.TryGetValue(unit, out var contributions) ? contributions : _folded[unit] = new(StringComparer.Ordinal);
}
