using Ledger.Domain.Plan;

namespace Ledger.Domain.Capacity;

/// <summary>Capacity (plan 4.1–4.3): analyses, trainings, staffing, external supervisors.</summary>
public static class CapacityArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Capacity");
}
