using Ledger.Domain.Plan;

namespace Ledger.Domain.Accountability;

/// <summary>Accountability and tolerance (plan 3.4).</summary>
public static class AccountabilityArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Accountability");
}
