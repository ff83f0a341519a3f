using Ledger.Domain.Plan;

namespace Ledger.Domain.InternalControl;

/// <summary>A unit’s internal control (plan 3.3.1) and reports of non-performance (3.3.2g).</summary>
public static class InternalControlArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("InternalControl");
}
