namespace Ledger.Domain.Facts;

/// <content>The codes of what units do during a lawsuit.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string ConductFilingNotSubmitted = "conduct.filing-not-submitted";
    public const string ConductFilingAlreadyAccepted = "conduct.filing-already-accepted";
    public const string ConductFilingNotResubmitted = "conduct.filing-not-resubmitted";
    public const string ConductFilingNotOverdue = "conduct.filing-not-overdue";
    public const string ConductNoticeAlreadyDecided = "conduct.notice-already-decided";
    public const string ConductReasonMissing = "conduct.reason-missing";
    public const string ConductAbsenceAlreadyExplained = "conduct.absence-already-explained";
    public const string ConductNoHeadAttended = "conduct.no-head-attended";
    public const string ConductNoSelfCorrection = "conduct.no-self-correction";
    public const string ConductCourtAlreadyInformed = "conduct.court-already-informed";
    public const string ConductSuggestionAlreadyReceived = "conduct.suggestion-already-received";
    public const string ConductSuggestionNotReceived = "conduct.suggestion-not-received";
    public const string ConductSuggestionAlreadyReplied = "conduct.suggestion-already-replied";
#pragma warning restore CS1591
}
