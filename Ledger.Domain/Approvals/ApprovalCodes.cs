namespace Ledger.Domain.Facts;

/// <content>The codes of approvals.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string ApprovalMissing = "approval.missing";
    public const string ApprovalOtherContent = "approval.other-content";
    public const string ApprovalOtherKey = "approval.other-key";
    public const string ApprovalNotNeeded = "approval.not-needed";
    public const string ApprovalAlreadyDecided = "approval.already-decided";
    public const string ApprovalSamePerson = "approval.same-person";
    public const string ApprovalNotImportable = "approval.not-importable";
#pragma warning restore CS1591
}
