namespace Ledger.Domain.Facts;

/// <content>The codes of the duties board.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string DutyNotPeriodic = "duty.not-periodic";
    public const string ObligationIncompleteKey = "obligation.incomplete-key";
    public const string ObligationSameUnit = "obligation.same-unit";
    public const string ScoringLineUnclear = "scoring.line-unclear";
    public const string ScoringLineTwice = "scoring.line-twice";
    public const string ScoringClauseWithoutDuty = "scoring.clause-without-duty";
    public const string ScoringPolicyNotFound = "scoring.policy-not-found";
#pragma warning restore CS1591
}
