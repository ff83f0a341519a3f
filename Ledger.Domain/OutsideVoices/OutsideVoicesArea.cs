using Ledger.Domain.Plan;

namespace Ledger.Domain.OutsideVoices;

/// <summary>Outside voices (plan 3.3.3): complaints, hotspots, early warnings, lay supervisors, publication.</summary>
public static class OutsideVoicesArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("OutsideVoices");
}
