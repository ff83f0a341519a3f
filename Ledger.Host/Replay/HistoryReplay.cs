using System.Text.Json.Nodes;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;

namespace Ledger.Host.Replay;

/// <summary>A stream's state before and after.</summary>
/// <param name="Subject">The stream.</param>
/// <param name="Before">The state before; null where there was none.</param>
/// <param name="After">The state after; null where there is none.</param>
public sealed record StateStep(Subject Subject, JsonObject? Before, JsonObject? After)
{
    /// <summary>The members that changed.</summary>
    public IReadOnlyList<MemberChange> Changes { get; } = MemberChange.Between(Before, After);
}

/// <summary>What a correction or retraction made of the fact that it is about.</summary>
/// <param name="Target">The fact that it names.</param>
/// <param name="Fact">That fact; of a retracted correction, the fact that had been corrected.</param>
/// <param name="Changes">The members of the fact as read that changed; the whole fact where it was retracted.</param>
public sealed record Amended(Recorded Target, Recorded Fact, IReadOnlyList<MemberChange> Changes);

/// <summary>One step of a replay: a fact, and what it did.</summary>
/// <param name="Subject">The fact's stream.</param>
/// <param name="Fact">The fact as recorded.</param>
/// <param name="IsElsewhere">Whether the fact is of another stream (a calendar, a policy, another unit) and moved something here.</param>
/// <param name="States">The state of the fact's own stream, or those that a fact from elsewhere changed.</param>
/// <param name="Numbers">For a unit, which numbers of its scorecards moved.</param>
/// <param name="Amended">What was corrected or retracted, if it is an amendment.</param>
public sealed record ReplayStep(
    Subject Subject, Recorded Fact, bool IsElsewhere, IReadOnlyList<StateStep> States, IReadOnlyList<NumberMove> Numbers, Amended? Amended);

/// <summary>
/// Tells a stream's history (of a unit, its lawsuits' too) from one position to another. Between two facts of a stream its state
/// does not change by itself: whatever else changed it is a step of its own, so that each state begins as the last one ended and
/// the last one is what <c>show</c> answers.
/// </summary>
internal static class HistoryReplay
{
    /// <summary>The steps, in ledger order.</summary>
    /// <param name="streams">What is told.</param>
    /// <param name="from">The ledger at the earlier position.</param>
    /// <param name="to">The ledger at the later position, on the same day.</param>
    /// <param name="unmasked">Whether the reader needs people's names.</param>
    public static IEnumerable<ReplayStep> Steps(ReplayedStreams streams, Situation from, Situation to, bool unmasked)
    {
        var told = new ToldLedger(from, streams, unmasked);
        var numbers = streams.Subject.Kind == StreamKind.Unit ? new NumbersReplay(from, streams.Subject.Key) : null;
        var states = streams.Own.ToDictionary(s => s, told.StateOf);
        foreach (var (subject, fact) in streams.RecordedAfter(from.Position, to))
        {
            var isOwn = states.ContainsKey(subject);
            var wasCounted = subject.Kind == StreamKind.Unit && told.IsCounted(subject.Key);
            var before = told.Visible(subject);
            told.Tell(subject, fact);
            var after = told.Visible(subject);
            var isCounted = subject.Kind == StreamKind.Unit && told.IsCounted(subject.Key);
            var changed = new List<StateStep>();
            foreach (var touched in Touched(streams, subject, isOwn, wasCounted != isCounted))
            {
                var step = new StateStep(touched, states[touched], told.StateOf(touched));
                states[touched] = step.After;
                if (touched == subject || step.Changes.Count > 0) changed.Add(step);
            }

            var moves = numbers?.Tell(subject, after) ?? [];
            if (isOwn ? HasHappened(subject, fact, to) : changed.Count + moves.Count > 0)
                yield return new ReplayStep(subject, fact, !isOwn, changed, moves, AmendedBy(fact, before, after, to.Everything.RecordedIn(subject), subject.Kind, unmasked));
        }
    }

    // Whose state a fact can change: its own stream's, and those of the lawsuits whose due days or obliged units it decides.
    private static IEnumerable<Subject> Touched(ReplayedStreams streams, Subject subject, bool isOwn, bool isCountedAnew) => subject.Kind switch
    {
        StreamKind.Unit => (isOwn ? new[] { subject } : []).Concat(isCountedAnew ? streams.Lawsuits : []),
        _ when isOwn => [subject],
        StreamKind.Calendar => streams.Lawsuits,
        StreamKind.Lawsuit => streams.Renamed,
        _ => [],
    };

    // A fact that was corrected to a day past the one asked about counted until then all the same.
    private static bool HasHappened(Subject subject, Recorded fact, Situation to)
    {
        return Happened(fact.Fact) || (to.Everything.Of(subject).FirstOrDefault(v => v.Origin.Id == fact.Id) is { } read && Happened(read.Fact));

        bool Happened(IFact of) => of.LegalDate is not { } on || on <= to.AsOf;
    }

    private static Amended? AmendedBy(
        Recorded amendment, IReadOnlyList<VisibleFact> before, IReadOnlyList<VisibleFact> after, IReadOnlyList<Recorded> recorded, StreamKind kind, bool unmasked)
    {
        if (TargetOf(amendment) is not { } target) return null;
        var fact = TargetOf(target) ?? target;
        return new Amended(target, fact, MemberChange.Between(Read(before), Read(after)));

        Recorded? TargetOf(Recorded of) => of.Fact switch
        {
            FactCorrected f => recorded.FirstOrDefault(r => r.Id == f.Fact),
            FactRetracted f => recorded.FirstOrDefault(r => r.Id == f.Fact),
            _ => null,
        };

        JsonObject? Read(IReadOnlyList<VisibleFact> visible) =>
            visible.FirstOrDefault(v => v.Origin.Id == fact.Id) is { } read ? Masking.DataOf(kind, read.Fact, unmasked) : null;
    }
}
