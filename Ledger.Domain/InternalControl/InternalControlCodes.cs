namespace Ledger.Domain.Facts;

/// <content>The codes of internal control.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string ResponsibilitySystemAlreadyAdopted = "control.responsibility-system-already-adopted";
    public const string DutyListEmpty = "control.duty-list-empty";
    public const string RiskPointsEmpty = "control.risk-points-empty";
    public const string RiskPointTwice = "control.risk-point-twice";
    public const string ReviewAfterDecision = "control.review-after-decision";
    public const string DiscussionTooFew = "control.discussion-too-few";
    public const string DiscussionAfterDecision = "control.discussion-after-decision";
    public const string BenchmarkAlreadyAdopted = "control.benchmark-already-adopted";
    public const string BenchmarkReplacesUnknown = "control.benchmark-replaces-unknown";
    public const string NilWithoutDuties = "control.nil-without-duties";
    public const string NilNotPerformed = "control.nil-not-performed";
#pragma warning restore CS1591
}
