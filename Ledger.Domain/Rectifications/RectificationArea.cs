using Ledger.Domain.Plan;

namespace Ledger.Domain.Rectifications;

/// <summary>After a loss (plan 3.1.1): cause, measures, verification, recurrence, performance.</summary>
public static class RectificationArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Rectifications");
}
