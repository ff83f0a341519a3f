namespace Ledger.Domain.Facts;

/// <content>The codes of rectifications.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string RectificationNotALoss = "rectification.not-a-loss";
    public const string RectificationPrimaryCause = "rectification.primary-not-among-causes";
    public const string RectificationCauseTwice = "rectification.cause-twice";
    public const string RectificationMeasureKnown = "rectification.measure-already-adopted";
    public const string RectificationMeasureUnknown = "rectification.measure-unknown";
    public const string RectificationNoMeasure = "rectification.no-measure";
    public const string RectificationNoEvidence = "rectification.no-evidence";
    public const string RectificationAlreadyCompleted = "rectification.already-completed";
    public const string RectificationNotCompleted = "rectification.not-completed";
    public const string RectificationSamePerson = "rectification.same-person";
    public const string PerformanceAlreadyOrdered = "rectification.performance-already-ordered";
    public const string PerformanceNotOrdered = "rectification.performance-not-ordered";
    public const string PerformanceAlreadyDone = "rectification.performance-already-done";
    public const string PenaltyNotInDispute = "rectification.not-a-penalty";
#pragma warning restore CS1591
}
