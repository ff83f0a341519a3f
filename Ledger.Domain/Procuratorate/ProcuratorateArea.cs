using Ledger.Domain.Plan;

namespace Ledger.Domain.Procuratorate;

/// <summary>The procuratorate and criminal referral (plan 3.3.4).</summary>
public static class ProcuratorateArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Procuratorate");
}
