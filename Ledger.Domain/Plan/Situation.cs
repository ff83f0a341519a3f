using System.Collections.Concurrent;
using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;

namespace Ledger.Domain.Plan;

/// <summary>The facts that the ledger held at one position, by stream, corrections applied.</summary>
public interface ILedgerFacts
{
    /// <summary>The streams of a kind, each with its facts as read, in ledger order.</summary>
    IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> Of(StreamKind kind);

    /// <summary>A stream's facts as read; empty when there are none.</summary>
    IReadOnlyList<VisibleFact> Of(Subject subject);

    /// <summary>Whether a stream holds a fact of that id, also one that is no longer visible or amends another.</summary>
    bool Holds(Subject subject, FactId id);

    /// <summary>A stream's facts as recorded, corrections and retractions among them, in ledger order.</summary>
    IReadOnlyList<Recorded> RecordedIn(Subject subject);

    /// <summary>The facts of all streams as recorded after an earlier position, in ledger order.</summary>
    IReadOnlyList<(Subject Subject, Recorded Recorded)> RecordedAfter(long position);

    /// <summary>The ledger as it stood at an earlier position, on a day: what was published is counted again from there.</summary>
    Situation Earlier(long position, DateOnly asOf);
}

/// <summary>
/// The ledger at one position, on one day: everything that a question about the plan is answered from. It knows nothing of
/// where it was read from, so that the same question gives the same answer now, rebuilt and as of any other time.
/// </summary>
/// <param name="facts">The facts of the position.</param>
/// <param name="county">The county as counted, on the day.</param>
/// <param name="asOf">The day.</param>
/// <param name="position">The position.</param>
public sealed class Situation(ILedgerFacts facts, County county, DateOnly asOf, long position)
{
    private readonly Lazy<IReadOnlyDictionary<string, Lawsuit>> _lawsuits = new(() => facts.Of(StreamKind.Lawsuit)
        .Select(l => Lawsuit.Fold(l.Key, l.Facts, asOf)).Where(l => l.Docketed is not null).ToDictionary(l => l.Key, StringComparer.Ordinal));

    private readonly Lazy<RenamedInstances> _renamed = new(() => new RenamedInstances(
        facts.Of(StreamKind.Lawsuit).Select(l => facts.RecordedIn(Subject.Lawsuit(l.Key)))));

    private readonly ConcurrentDictionary<StreamKind, IReadOnlyList<(Subject Subject, IReadOnlyList<VisibleFact> Facts)>> _streams = new();

    private IReadOnlyList<Duty>? _duties;

    /// <summary>The ledger at a position, on a day.</summary>
    public static Situation Of(ILedgerFacts facts, County county, DateOnly asOf, long position) => new(facts, county, asOf, position);

    /// <summary>The county as counted.</summary>
    public County County => county;

    /// <summary>The working days.</summary>
    public WorkingCalendar Calendar => county.Calendar;

    /// <summary>The day asked about.</summary>
    public DateOnly AsOf => asOf;

    /// <summary>The position.</summary>
    public long Position => position;

    /// <summary>The lawsuits that were docketed by the day, by key.</summary>
    public IReadOnlyDictionary<string, Lawsuit> Lawsuits => _lawsuits.Value;

    /// <summary>Every fact of the position, also those that had not happened by the day.</summary>
    public ILedgerFacts Everything => facts;

    /// <summary>The streams of a kind with the facts that had happened by the day; those without any are left out.</summary>
    public IReadOnlyList<(Subject Subject, IReadOnlyList<VisibleFact> Facts)> Streams(StreamKind kind) => _streams.GetOrAdd(kind, of =>
    [
        .. from stream in facts.Of(of).OrderBy(s => s.Key, StringComparer.Ordinal)
           let happened = Happened(of, stream.Facts)
           where happened.Count > 0
           select (new Subject(of, stream.Key), happened),
    ]);

    /// <summary>A stream's facts that had happened by the day.</summary>
    public IReadOnlyList<VisibleFact> Of(Subject subject) => Happened(subject.Kind, facts.Of(subject));

    /// <summary>The facts of a type in the streams of a kind, each with its stream.</summary>
    public IEnumerable<(Subject Subject, TFact Fact, VisibleFact Visible)> Told<TFact>(StreamKind kind)
        where TFact : IFact =>
        from stream in Streams(kind)
        from visible in stream.Facts
        where visible.Fact is TFact
        select (stream.Subject, (TFact)visible.Fact, visible);

    /// <summary>The name that a unit bears on the day; its key where it has none.</summary>
    public string NameOf(string unit) => county.Find(unit)?.Name ?? unit;

    /// <summary>Every duty under the plan, in the order of the board.</summary>
    public IReadOnlyList<Duty> Duties => _duties ??= DutyBoard.Of(this);

    private IReadOnlyList<VisibleFact> Happened(StreamKind kind, IReadOnlyList<VisibleFact> all)
    {
        // A lawsuit reads its own renamed instances itself.
        var read = kind == StreamKind.Lawsuit ? all : _renamed.Value.Read(all);
        return read.All(f => f.HappenedBy(asOf)) ? read : [.. read.Where(f => f.HappenedBy(asOf))];
    }
}
