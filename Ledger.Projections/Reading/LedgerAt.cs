using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Projections.Reading;

/// <summary>
/// The facts that the ledger held at one position, by stream: what every question about another time is folded from.
/// </summary>
public sealed class LedgerAt
{
    private readonly Dictionary<Subject, IReadOnlyList<VisibleFact>> _visible = [];

    /// <summary>Reads the streams as they stood at a position.</summary>
    /// <param name="streams">The facts of each stream in ledger order; those after the position are left out.</param>
    /// <param name="position">The position.</param>
    public LedgerAt(IEnumerable<KeyValuePair<Subject, List<LedgerEntry>>> streams, long position)
    {
        foreach (var (subject, entries) in streams)
        {
            var recorded = entries.TakeWhile(e => e.Recorded.Sequence <= position).Select(e => e.Recorded).ToList();
            if (recorded.Count > 0) _visible[subject] = VisibleFacts.Of(recorded);
        }
    }

    /// <summary>The streams of a kind, each with its facts as read.</summary>
    public IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> Of(StreamKind kind) =>
        _visible.Where(s => s.Key.Kind == kind).Select(s => (s.Key.Key, s.Value));

    /// <summary>A stream's facts as read; empty when there are none.</summary>
    public IReadOnlyList<VisibleFact> Of(Subject subject) => _visible.GetValueOrDefault(subject) ?? [];

    /// <summary>The county as it stood on a day.</summary>
    public County CountyOn(DateOnly asOf)
    {
        var contributions = Of(StreamKind.Lawsuit)
            .SelectMany(l => Contribution.Of(Lawsuit.Fold(l.Key, l.Facts, asOf)))
            .ToLookup(c => c.Unit, c => c.Contribution, StringComparer.Ordinal);
        return CountyOf(Of(StreamKind.Unit), Of(StreamKind.Policy), Of(StreamKind.Calendar), contributions, asOf);
    }

    /// <summary>Puts a county together; the projections' reader does the same with the contributions that it keeps.</summary>
    public static County CountyOf(
        IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> units,
        IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> policies,
        IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> calendars,
        ILookup<string, Contribution> contributions,
        DateOnly asOf)
    {
        var book = new PolicyBook();
        foreach (var (key, facts) in policies) book.Add(key, facts);
        var calendar = new WorkingCalendar();
        foreach (var (_, facts) in calendars) calendar.Add(facts);
        var folded = units.ToDictionary(u => u.Key, u => Unit.Fold(u.Key, u.Facts, asOf), StringComparer.Ordinal);
        return new County(folded, book, calendar, contributions, asOf);
    }
}
