using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Projections.Reading;

/// <summary>
/// The facts that the ledger held at one position, by stream: what every question about another time is folded from.
/// </summary>
public sealed class LedgerAt : ILedgerFacts
{
    private readonly Dictionary<Subject, VisibleStream> _streams = [];
    private readonly long _position;

    /// <summary>Reads the streams as they stood at a position.</summary>
    /// <param name="streams">The facts of each stream in ledger order; those after the position are left out.</param>
    /// <param name="position">The position.</param>
    /// <param name="known">The same streams as they were read for another position.</param>
    public LedgerAt(IEnumerable<KeyValuePair<Subject, List<LedgerEntry>>> streams, long position, LedgerAt? known = null)
    {
        foreach (var (subject, entries) in streams)
        {
            var count = CountUpTo(entries, position);
            if (count == 0) continue;
            // What was read of a stream at an earlier question is read again only when the stream has changed since.
            _streams[subject] = known is not null && known._streams.TryGetValue(subject, out var same) && same.Recorded.Count == count
                ? same
                : VisibleStream.Of([.. entries.Take(count).Select(e => e.Recorded)]);
        }

        _position = position;
    }

    private LedgerAt(LedgerAt later, long position)
    {
        foreach (var (subject, stream) in later._streams)
        {
            var count = stream.Recorded.TakeWhile(r => r.Sequence <= position).Count();
            if (count == 0) continue;
            _streams[subject] = count == stream.Recorded.Count ? stream : VisibleStream.Of([.. stream.Recorded.Take(count)]);
        }

        _position = position;
    }

    /// <summary>The streams of a kind, each with its facts as read.</summary>
    public IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> Of(StreamKind kind) =>
        _streams.Where(s => s.Key.Kind == kind).Select(s => (s.Key.Key, s.Value.Visible));

    /// <summary>A stream's facts as read; empty when there are none.</summary>
    public IReadOnlyList<VisibleFact> Of(Subject subject) => _streams.GetValueOrDefault(subject)?.Visible ?? [];

    /// <inheritdoc/>
    public bool Holds(Subject subject, FactId id) => _streams.TryGetValue(subject, out var stream) && stream.Recorded.Any(r => r.Id == id);

    /// <inheritdoc/>
    public IReadOnlyList<Recorded> RecordedIn(Subject subject) => _streams.GetValueOrDefault(subject)?.Recorded ?? [];

    /// <inheritdoc/>
    public IReadOnlyList<(Subject Subject, Recorded Recorded)> RecordedAfter(long position)
    {
        var after = new List<(Subject Subject, Recorded Recorded)>();
        foreach (var (subject, stream) in _streams)
            for (var i = stream.Recorded.Count - 1; i >= 0 && stream.Recorded[i].Sequence > position; i--)
                after.Add((subject, stream.Recorded[i]));
        after.Sort((left, right) => left.Recorded.Sequence.CompareTo(right.Recorded.Sequence));
        return after;
    }

    /// <inheritdoc/>
    public Situation Earlier(long position, DateOnly asOf) => position <= _position
        ? new LedgerAt(this, position).On(asOf)
        : throw new ArgumentOutOfRangeException(nameof(position), position, "later than the ledger that is asked");

    /// <summary>The ledger on a day: what the questions about the plan are answered from.</summary>
    public Situation On(DateOnly asOf) => Situation.Of(this, CountyOn(asOf), asOf, _position);

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

    private static int CountUpTo(List<LedgerEntry> entries, long position)
    {
        if (entries.Count == 0 || entries[^1].Recorded.Sequence <= position) return entries.Count;
        var count = entries.FindIndex(e => e.Recorded.Sequence > position);
        return count < 0 ? entries.Count : count;
    }

    private sealed record VisibleStream(IReadOnlyList<Recorded> Recorded, IReadOnlyList<VisibleFact> Visible)
    {
        public static VisibleStream Of(IReadOnlyList<Recorded> recorded) => new(recorded, VisibleFacts.Of(recorded));
    }
}
