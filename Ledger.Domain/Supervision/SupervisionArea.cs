using Ledger.Domain.Plan;

namespace Ledger.Domain.Supervision;

/// <summary>Supervision of enforcement (plan 3.1.2, 3.3.2, 3.5.2, 4.4d).</summary>
public static class SupervisionArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Supervision");
}
