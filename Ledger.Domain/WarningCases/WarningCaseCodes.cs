namespace Ledger.Domain.Facts;

/// <content>The codes of warning cases.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string WarningCaseOtherLoss = "warningcase.other-loss";
    public const string WarningCaseCauseNotRecorded = "warningcase.cause-not-recorded";
    public const string WarningCaseNotAnonymised = "warningcase.not-anonymised";
    public const string WarningCaseAlreadyPublished = "warningcase.already-published";
    public const string WarningCaseNotPublished = "warningcase.not-published";
    public const string TypicalCaseAlreadyReported = "warningcase.already-reported";
    public const string TypicalCaseNotReported = "warningcase.not-reported";
#pragma warning restore CS1591
}
