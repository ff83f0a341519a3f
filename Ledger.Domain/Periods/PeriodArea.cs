using Ledger.Domain.Plan;

namespace Ledger.Domain.Periods;

/// <summary>Quarter and year (plan 3.2.3b, 3.5.1, 4.4): the court’s list, reconciliation, closing, hot lists.</summary>
public static class PeriodArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Periods");
}
