using Ledger.Domain.Facts;

namespace Ledger.Domain.Plan;

/// <summary>
/// The facts of one life cycle in the order of their legal dates, ties by ledger sequence: so that what is told late takes
/// its place in it, and only an order that is impossible in law is refused.
/// </summary>
public sealed class Timeline
{
    private readonly List<VisibleFact> _facts = [];

    /// <summary>The facts in their order.</summary>
    public IReadOnlyList<VisibleFact> Facts => _facts;

    /// <summary>Takes in a fact that has a legal date.</summary>
    public void Add(VisibleFact fact)
    {
        var at = _facts.FindIndex(f => OrderOf(f).CompareTo(OrderOf(fact)) > 0);
        _facts.Insert(at < 0 ? _facts.Count : at, fact);
    }

    /// <summary>Where the life cycle stands after the facts up to a day, the last of the day included.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="step">Where a fact leads; null where it cannot happen, which leaves everything as it was.</param>
    /// <param name="upTo">The day; null for all facts.</param>
    public TState At<TState>(TState start, Func<TState, IFact, TState?> step, DateOnly? upTo = null)
        where TState : struct
    {
        var state = start;
        foreach (var fact in _facts)
            if (upTo is null || fact.Fact.LegalDate <= upTo)
                state = step(state, fact.Fact) ?? state;
        return state;
    }

    /// <summary>Whether one more fact can have happened on its day, without making impossible what came after it.</summary>
    public bool Admits<TState>(IFact fact, TState start, Func<TState, IFact, TState?> step)
        where TState : struct
    {
        var (state, told) = (start, false);
        foreach (var known in _facts)
        {
            if (!told && known.Fact.LegalDate > fact.LegalDate)
            {
                if (step(state, fact) is not { } after) return false;
                (state, told) = (after, true);
            }

            if (step(state, known.Fact) is { } next) state = next;
            else if (told) return false;
        }

        return told || step(state, fact) is not null;
    }

    /// <summary>A fact's place: by legal date, then by ledger sequence.</summary>
    public static (DateOnly, long) OrderOf(VisibleFact fact) => (fact.Fact.LegalDate ?? DateOnly.MinValue, fact.Sequence);
}
