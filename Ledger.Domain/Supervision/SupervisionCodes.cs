namespace Ledger.Domain.Facts;

/// <content>The codes of supervision.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string SupervisionOtherKind = "supervision.other-kind";
    public const string SupervisionOtherUnit = "supervision.other-unit";
    public const string SupervisionTeamTooSmall = "supervision.team-too-small";
    public const string SupervisionStationUnknown = "supervision.station-unknown";
    public const string SupervisionStationEnded = "supervision.station-ended";
    public const string SupervisionStationStarted = "supervision.station-started";
    public const string SupervisionScoreInvalid = "supervision.score-invalid";
    public const string SupervisionDefectRepeated = "supervision.defect-repeated";
    public const string SupervisionDeficiencyWithoutFinding = "supervision.deficiency-without-finding";
    public const string SupervisionFindingUnknown = "supervision.finding-unknown";
    public const string SupervisionFindingRecorded = "supervision.finding-recorded";
    public const string SupervisionFindingDecided = "supervision.finding-decided";
    public const string SupervisionDocumentTaken = "supervision.document-taken";
    public const string SupervisionDocumentUnknown = "supervision.document-unknown";
    public const string SupervisionInstrumentNotInForce = "supervision.instrument-not-in-force";
    public const string SupervisionDecisionWithoutPrior = "supervision.decision-without-prior";
    public const string SupervisionTermRunning = "supervision.term-running";
    public const string SupervisionPriorHandled = "supervision.prior-handled";
    public const string SupervisionReportUnknown = "supervision.report-unknown";
    public const string SupervisionReportRejected = "supervision.report-rejected";
    public const string SupervisionResultNotOrdered = "supervision.result-not-ordered";
    public const string SupervisionScopeEmpty = "supervision.scope-empty";
    public const string SupervisionNotLaunched = "supervision.not-launched";
    public const string SupervisionAlreadyDone = "supervision.already-done";
    public const string SupervisionConclusionMissing = "supervision.conclusion-missing";
    public const string SupervisionSelfVisit = "supervision.self-visit";
    public const string SupervisionNotACycle = "supervision.not-a-cycle";
    public const string SupervisionOtherCase = "supervision.other-case";
    public const string SupervisionPenaltyBelowThreshold = "supervision.penalty-below-threshold";
    public const string SupervisionIssueUnknown = "supervision.issue-unknown";
    public const string SupervisionIssueFound = "supervision.issue-found";
    public const string SupervisionRankingNotPublished = "supervision.ranking-not-published";
    public const string SupervisionNotATownship = "supervision.not-a-township";
    public const string SupervisionNodeEstablished = "supervision.node-established";
#pragma warning restore CS1591
}
