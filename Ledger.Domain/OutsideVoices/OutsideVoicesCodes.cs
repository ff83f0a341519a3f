namespace Ledger.Domain.Facts;

/// <content>The codes of outside voices.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string ComplaintAlreadyVerified = "complaint.already-verified";
    public const string ComplaintNotVerified = "complaint.not-verified";
    public const string ComplaintNotUpheld = "complaint.not-upheld";
    public const string ComplaintAlreadyEnded = "complaint.already-ended";
    public const string ComplaintAlreadyReplied = "complaint.already-replied";
    public const string HotspotBelowThreshold = "hotspot.below-threshold";
    public const string HotspotNoneFound = "hotspot.none-found";
    public const string WarningAlreadyIssued = "warning.already-issued";
    public const string WarningNotIssued = "warning.not-issued";
    public const string WarningAlreadyRectified = "warning.already-rectified";
    public const string SupervisorTermReversed = "supervisor.term-reversed";
    public const string SupervisorAlreadyEnded = "supervisor.already-ended";
    public const string FeedbackOutsideTerm = "supervisor.feedback-outside-term";
    public const string FeedbackAlreadyReceived = "supervisor.feedback-already-received";
    public const string FeedbackNotFound = "supervisor.feedback-not-found";
    public const string FeedbackAlreadyHandled = "supervisor.feedback-already-handled";
    public const string PublicationAlreadyMade = "publication.already-made";
#pragma warning restore CS1591
}
