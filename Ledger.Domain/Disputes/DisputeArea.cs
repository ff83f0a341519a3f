using Ledger.Domain.Plan;

namespace Ledger.Domain.Disputes;

/// <summary>诉前化解 (plan 3.2.1): disputes before court.</summary>
public static class DisputeArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Disputes");
}
