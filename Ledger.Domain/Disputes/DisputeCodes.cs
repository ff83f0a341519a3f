namespace Ledger.Domain.Facts;

/// <content>The codes of disputes.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string DisputeSuitRightNotStated = "dispute.suit-right-not-stated";
    public const string DisputeAlreadyInLitigation = "dispute.already-in-litigation";
    public const string DisputeMediationAlreadyStarted = "dispute.mediation-already-started";
    public const string DisputeMediationNotStarted = "dispute.mediation-not-started";
    public const string DisputeMediationAlreadyEnded = "dispute.mediation-already-ended";
    public const string DisputeNoAgreement = "dispute.no-agreement";
    public const string DisputeAgreementAlreadyPerformed = "dispute.agreement-already-performed";
    public const string DisputeReconsiderationAlreadyFiled = "dispute.reconsideration-already-filed";
    public const string DisputeReconsiderationNotFiled = "dispute.reconsideration-not-filed";
    public const string DisputeReconsiderationAlreadyDecided = "dispute.reconsideration-already-decided";
    public const string DisputeAlreadyLinked = "dispute.already-linked";
    public const string DisputeNotADefendant = "dispute.not-a-defendant";
#pragma warning restore CS1591
}
