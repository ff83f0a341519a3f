using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Host.Replay;

/// <summary>What moved a number: a fact, or that a day came on which filings fell due.</summary>
/// <param name="Subject">The fact's stream; null for a day.</param>
/// <param name="Fact">The fact; null for a day.</param>
/// <param name="On">The day; null for a fact between two recorded moments.</param>
public sealed record MovedBy(Subject? Subject, Recorded? Fact, DateOnly? On);

/// <summary>A number that is not the same at two moments, with what explains it.</summary>
/// <param name="Number">The number, its period and policy.</param>
/// <param name="By">Whatever moved it in between, back and forth included.</param>
public sealed record NumberDifference(NumberMove Number, IReadOnlyList<MovedBy> By);

/// <summary>A fact between two moments.</summary>
/// <param name="Subject">Its stream.</param>
/// <param name="Fact">The fact as recorded.</param>
/// <param name="IsElsewhere">Whether it is of another stream and moved something here.</param>
/// <param name="Amended">What was corrected or retracted, if it is an amendment.</param>
public sealed record FactBetween(Subject Subject, Recorded Fact, bool IsElsewhere, Amended? Amended);

/// <summary>
/// What lies between two moments of a subject. Between two recorded moments, the facts that were recorded; between two legal
/// days, those that happened, as they are known at one position.
/// </summary>
/// <param name="Facts">The facts, in ledger order or, between two days, in that of their legal dates.</param>
/// <param name="State">The subject's state at both moments.</param>
/// <param name="Lawsuits">For a unit, the states of those of its lawsuits that changed.</param>
/// <param name="Numbers">For a unit, which numbers of its scorecards differ.</param>
public sealed record Difference(IReadOnlyList<FactBetween> Facts, StateStep State, IReadOnlyList<StateStep> Lawsuits, IReadOnlyList<NumberDifference> Numbers)
{
    /// <summary>Compares a subject at two moments of one axis.</summary>
    internal static Difference Between(TimeAxis axis, ReplayedStreams streams, Situation from, Situation to, bool unmasked)
    {
        var (before, after) = (new ToldLedger(from, streams, unmasked), new ToldLedger(to, streams, unmasked));
        var lawsuits = streams.Subject.Kind == StreamKind.Unit ? streams.Lawsuits.Select(StateOf).Where(s => s.Changes.Count > 0) : [];
        var (facts, moves) = axis == TimeAxis.Recorded ? Recorded(streams, from, to, unmasked) : Happened(streams, from, to);
        return new Difference(facts, StateOf(streams.Subject), [.. lawsuits], Sum(moves));

        StateStep StateOf(Subject subject) => new(subject, before.StateOf(subject), after.StateOf(subject));
    }

    private static (IReadOnlyList<FactBetween> Facts, IReadOnlyList<(NumberMove Move, MovedBy By)> Moves) Recorded(
        ReplayedStreams streams, Situation from, Situation to, bool unmasked)
    {
        var steps = HistoryReplay.Steps(streams, from, to, unmasked).ToList();
        return (
            [.. steps.Select(s => new FactBetween(s.Subject, s.Fact, s.IsElsewhere, s.Amended))],
            [.. steps.SelectMany(s => s.Numbers.Select(m => (m, new MovedBy(s.Subject, s.Fact, null))))]);
    }

    private static (IReadOnlyList<FactBetween> Facts, IReadOnlyList<(NumberMove Move, MovedBy By)> Moves) Happened(ReplayedStreams streams, Situation from, Situation to)
    {
        var own = streams.Own.ToHashSet();
        var facts = new Queue<(Subject Subject, VisibleFact Fact, DateOnly On)>(
            from subject in streams.Own.Concat(streams.Elsewhere)
            from fact in to.Everything.Of(subject)
            where fact.Fact.LegalDate > @from.AsOf && fact.Fact.LegalDate <= to.AsOf
            orderby fact.Fact.LegalDate, fact.Sequence
            select (subject, fact, fact.Fact.LegalDate!.Value));
        var (told, moves) = (new List<FactBetween>(), new List<(NumberMove, MovedBy)>());
        var numbers = streams.Subject.Kind == StreamKind.Unit ? new NumbersReplay(from, streams.Subject.Key) : null;
        var day = from.AsOf;
        while (day < to.AsOf)
        {
            // The next day on which something happens or falls due.
            var due = numbers?.NextDue(day) ?? to.AsOf;
            day = new[] { due, facts.TryPeek(out var next) ? next.On : to.AsOf, to.AsOf }.Min();
            var began = numbers?.Begin(day) ?? [];
            moves.AddRange(began.Select(m => (m, new MovedBy(null, null, day))));
            while (facts.TryPeek(out var fact) && fact.On == day)
            {
                facts.Dequeue();
                var moved = numbers?.Happens(fact.Subject, fact.Fact) ?? [];
                moves.AddRange(moved.Select(m => (m, new MovedBy(fact.Subject, fact.Fact.Origin, day))));
                if (own.Contains(fact.Subject) || moved.Count > 0) told.Add(new FactBetween(fact.Subject, fact.Fact.Origin, !own.Contains(fact.Subject), null));
            }
        }

        return (told, moves);
    }

    private static IReadOnlyList<NumberDifference> Sum(IReadOnlyList<(NumberMove Move, MovedBy By)> moves) =>
    [
        .. moves.GroupBy(m => (m.Move.Period, m.Move.Move.Figure))
            .OrderBy(number => number.Key.Period.Text, StringComparer.Ordinal).ThenBy(number => number.Key.Figure)
            .Select(number => new NumberDifference(
                number.Last().Move with { Move = number.Last().Move.Move with { Before = number.First().Move.Move.Before } }, [.. number.Select(m => m.By)]))
            .Where(number => number.Number.Move.Before != number.Number.Move.After),
    ];
}
