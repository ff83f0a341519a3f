using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;

namespace Ledger.Host.Replay;

/// <summary>Which streams a replay or a comparison of a subject reads.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Own">Its history: its stream and, of a unit, those of every lawsuit in which it is or was a defendant.</param>
/// <param name="Elsewhere">The streams whose facts can change its states or numbers all the same.</param>
internal sealed record ReplayedStreams(Subject Subject, IReadOnlyList<Subject> Own, IReadOnlyList<Subject> Elsewhere)
{
    /// <summary>The lawsuits whose states are told.</summary>
    public IReadOnlyList<Subject> Lawsuits { get; } = [.. Own.Where(s => s.Kind == StreamKind.Lawsuit)];

    /// <summary>The stream whose facts name cases by numbers that another stream may correct.</summary>
    public IReadOnlyList<Subject> Renamed { get; } = Subject.Kind is StreamKind.Unit or StreamKind.Lawsuit ? [] : [Subject];

    /// <summary>The streams of a subject at a position.</summary>
    public static ReplayedStreams Of(Subject subject, Situation at)
    {
        var calendars = Streams(at, StreamKind.Calendar);
        var units = Streams(at, StreamKind.Unit).Where(s => s != subject);
        switch (subject.Kind)
        {
            case StreamKind.Lawsuit: return new ReplayedStreams(subject, [subject], [.. calendars, .. units]);
            case StreamKind.Unit:
                var lawsuits = Streams(at, StreamKind.Lawsuit).Where(NamedIn(at, subject.Key)).ToList();
                var docket = lawsuits.Where(l => Lawsuit.Fold(l.Key, at.Everything.Of(l), DateOnly.MaxValue).WasDefendant(subject.Key)).ToList();
                return new ReplayedStreams(subject, [subject, .. docket], [.. calendars, .. Streams(at, StreamKind.Policy), .. units, .. lawsuits.Except(docket)]);
            default: return new ReplayedStreams(subject, [subject], [.. Streams(at, StreamKind.Lawsuit).Where(l => at.Everything.RecordedIn(l).Any(IsRename))]);
        }
    }

    /// <summary>The facts that were recorded after a position, in ledger order.</summary>
    public IReadOnlyList<(Subject Subject, Recorded Fact)> RecordedAfter(long position, Situation to) =>
    [
        .. from stream in Own.Select(s => (Subject: s, IsOwn: true)).Concat(Elsewhere.Select(s => (Subject: s, IsOwn: false)))
           from fact in to.Everything.RecordedIn(stream.Subject)
           where fact.Sequence > position && (stream.IsOwn || Concerns(stream.Subject, fact.Fact))
           orderby fact.Sequence
           select (stream.Subject, fact),
    ];

    // Of another unit it matters whether it is counted and what it handed over; what it does every day need not be folded.
    private static bool Concerns(Subject subject, IFact fact) =>
        subject.Kind != StreamKind.Unit || fact is UnitRegistered or ObligationTransferred or FactCorrected or FactRetracted;

    private static bool IsRename(Recorded fact) => fact.Fact is FactCorrected correction && correction.Set.ContainsKey("caseNo");

    private static IEnumerable<Subject> Streams(Situation at, StreamKind kind) => at.Everything.Of(kind).Select(s => new Subject(kind, s.Key));

    // A lawsuit may have named the unit in a fact that reads otherwise by now; and a unit's filings may be another one's duty.
    private static Func<Subject, bool> NamedIn(Situation at, string unit)
    {
        var units = Streams(at, StreamKind.Unit).Where(s => at.Everything.RecordedIn(s).Any(r => r.Fact is ObligationTransferred))
            .Select(s => s.Key).Append(unit).ToHashSet(StringComparer.Ordinal);
        return lawsuit => at.Everything.RecordedIn(lawsuit).Any(r => r.Fact switch
        {
            INamesUnits named => named.NamedUnits.Any(units.Contains),
            FactCorrected correction => correction.Set.Values.Any(v => units.Any(u => v.GetRawText().Contains($"\"{u}\"", StringComparison.Ordinal))),
            _ => false,
        });
    }
}
