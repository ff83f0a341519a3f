namespace Ledger.Domain.Facts;

/// <summary>What admitting a fact comes to: the fact to append, nothing (a repeat), or one refusal.</summary>
public sealed record Decision
{
    private Decision(IFact? fact, Refusal? refusal) => (Fact, Refusal) = (fact, refusal);

    /// <summary>The fact to append; null for a repeat and for a refusal.</summary>
    public IFact? Fact { get; }

    /// <summary>Why nothing may be appended; null otherwise.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The ledger already says exactly this: no event, no error.</summary>
    public static Decision Nothing { get; } = new(null, null);

    /// <summary>Append this fact.</summary>
    public static Decision Admit(IFact fact) => new(fact, null);

    /// <summary>Append nothing, for this reason.</summary>
    public static Decision Refuse(Refusal refusal) => new(null, refusal);
}
