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

    /// <summary>Everything recorded in a stream by the position, corrections and retractions among it, in ledger order.</summary>
    IReadOnlyList<Recorded> Recorded(Subject subject);

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
    public IEnumerable<(Subject Subject, IReadOnlyList<VisibleFact> Facts)> Streams(StreamKind kind) =>
        from stream in facts.Of(kind).OrderBy(s => s.Key, StringComparer.Ordinal)
        let happened = (IReadOnlyList<VisibleFact>)[.. stream.Facts.Where(f => f.HappenedBy(asOf))]
        where happened.Count > 0
        select (new Subject(kind, stream.Key), happened);

    /// <summary>A stream's facts that had happened by the day.</summary>
    public IReadOnlyList<VisibleFact> Of(Subject subject) => [.. facts.Of(subject).Where(f => f.HappenedBy(asOf))];

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
}
