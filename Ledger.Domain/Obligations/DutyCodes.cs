namespace Ledger.Domain.Facts;

/// <content>The codes of the duties board.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string DutyNotPeriodic = "duty.not-periodic";
    public const string ObligationIncompleteKey = "obligation.incomplete-key";
    public const string ObligationSameUnit = "obligation.same-unit";
#pragma warning restore CS1591
}
