using Ledger.Domain.Plan;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>During the case (plan 3.2.2, 3.2.3c): conferences, attendance, corrections, prompt reporting.</summary>
public static class ConductArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("LawsuitConduct");
}
