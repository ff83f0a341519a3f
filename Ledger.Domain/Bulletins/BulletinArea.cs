using Ledger.Domain.Plan;

namespace Ledger.Domain.Bulletins;

/// <summary>Bulletins and their restatements (plan 3.4.1d, 4.4b, 4.4c).</summary>
public static class BulletinArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Bulletins");
}
