using Ledger.Domain.Plan;

namespace Ledger.Domain.WarningCases;

/// <summary>警示案例、典型案例 (plan 3.1.3, 3.4.1e).</summary>
public static class WarningCaseArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("WarningCases");
}
