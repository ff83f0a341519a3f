namespace Ledger.Domain.Facts;

/// <summary>A fact where the ledger put it.</summary>
/// <param name="Sequence">Its ledger sequence: the order in which the ledger admitted facts.</param>
/// <param name="Id">Its idempotency key.</param>
/// <param name="Fact">The fact as recorded.</param>
public sealed record Recorded(long Sequence, FactId Id, IFact Fact)
{
    /// <summary>Who recorded it; null where the reader has not asked for it. No rule reads it.</summary>
    public string? Actor { get; init; }
}

/// <summary>A fact as it is read today: corrections applied, the instance's present case number filled in.</summary>
/// <param name="Origin">The fact as recorded.</param>
/// <param name="Fact">The fact as read.</param>
public sealed record VisibleFact(Recorded Origin, IFact Fact)
{
    /// <summary>The ledger sequence of the fact (not of its corrections).</summary>
    public long Sequence => Origin.Sequence;

    /// <summary>Whether the fact had happened in law by that day.</summary>
    public bool HappenedBy(DateOnly asOf) => Fact.LegalDate is not { } date || date <= asOf;
}
