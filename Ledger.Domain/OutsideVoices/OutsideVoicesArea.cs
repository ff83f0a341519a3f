using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.OutsideVoices;

/// <summary>Outside voices (plan 3.3.3): complaints, hotspots, early warnings, lay supervisors, publication.</summary>
public static class OutsideVoicesArea
{
    private const Parameters UnitAndPeriod = Parameters.Unit | Parameters.Period;

    /// <summary>The area.</summary>
    public static Area Area { get; } = new("OutsideVoices")
    {
        Facts =
        [
            CatalogEntry.Of<ComplaintReceived>("ComplaintReceived", "投诉举报受理", StreamKind.Complaint, Recorder.Unit),
            CatalogEntry.Of<ComplaintAssigned>("ComplaintAssigned", "投诉交办", StreamKind.Complaint, Recorder.Office),
            CatalogEntry.Of<ComplaintVerified>("ComplaintVerified", "投诉核查", StreamKind.Complaint, Recorder.Unit),
            CatalogEntry.Of<ComplaintCorrected>("ComplaintCorrected", "投诉问题纠正", StreamKind.Complaint, Recorder.Unit),
            CatalogEntry.Of<ComplaintClosedWithReason>("ComplaintClosedWithReason", "投诉说明理由办结", StreamKind.Complaint, Recorder.Unit),
            CatalogEntry.Of<ComplaintReplied>("ComplaintReplied", "投诉答复", StreamKind.Complaint, Recorder.Unit),
            CatalogEntry.Of<HotspotRuleAdopted>("HotspotRuleAdopted", "高发领域认定标准", StreamKind.Policy, Recorder.Administration),
            CatalogEntry.Of<HotspotIdentified>("HotspotIdentified", "高发领域认定", StreamKind.Hotspot, Recorder.Office),
            CatalogEntry.Of<HotspotReviewHeld>("HotspotReviewHeld", "高发领域定期梳理", StreamKind.Hotspot, Recorder.Office),
            CatalogEntry.Of<EarlyWarningIssued>("EarlyWarningIssued", "预警", StreamKind.Hotspot, Recorder.Office),
            CatalogEntry.Of<WarningRectified>("WarningRectified", "预警整改", StreamKind.Hotspot, Recorder.Unit),
            CatalogEntry.Of<SupervisorAppointed>("SupervisorAppointed", "执法监督员聘任", StreamKind.Supervisor, Recorder.Office),
            CatalogEntry.Of<SupervisorRemoved>("SupervisorRemoved", "监督员解聘", StreamKind.Supervisor, Recorder.Office),
            CatalogEntry.Of<ContactPointEstablished>("ContactPointEstablished", "执法监督联系点设立", StreamKind.Supervisor, Recorder.Office),
            CatalogEntry.Of<ContactPointClosed>("ContactPointClosed", "执法监督联系点撤销", StreamKind.Supervisor, Recorder.Office),
            CatalogEntry.Of<SupervisorFeedbackReceived>("SupervisorFeedbackReceived", "监督员反映", StreamKind.Supervisor, Recorder.Office),
            CatalogEntry.Of<SupervisorFeedbackHandled>("SupervisorFeedbackHandled", "监督员反映办理", StreamKind.Supervisor, Recorder.Unit),
            CatalogEntry.Of<EnforcementResultPublished>("EnforcementResultPublished", "执法公示", StreamKind.Unit, Recorder.Unit),
        ],
        States =
        [
            (StreamKind.Complaint, key => new ComplaintFile(key)), (StreamKind.Hotspot, key => new HotspotState(key)),
            (StreamKind.Policy, id => new HotspotRuleState(id)), (StreamKind.Supervisor, key => new SupervisorState(key)),
            (StreamKind.Unit, _ => new PublicationState()),
        ],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.ComplaintAlreadyVerified] = ("投诉“{0}”已有核查结论，如有误请更正", "the complaint '{0}' has been verified already; correct the finding if it is wrong"),
            [Codes.ComplaintNotVerified] = ("投诉“{0}”尚未核查", "the complaint '{0}' has not been verified yet"),
            [Codes.ComplaintNotUpheld] = ("投诉“{0}”经查不实，无须纠正", "the complaint '{0}' was not upheld: there is nothing to correct"),
            [Codes.ComplaintAlreadyEnded] = ("投诉“{0}”已纠正或已说明理由办结", "the complaint '{0}' has been corrected or closed with a reason already"),
            [Codes.ComplaintAlreadyReplied] = ("投诉“{0}”已答复", "the complaint '{0}' has been replied to already"),
            [Codes.HotspotBelowThreshold] = ("“{0}”领域 {1} 的投诉为 {2} 件，未达到 {3} 件", "the field '{0}' has {2} complaints in {1}, fewer than {3}"),
            [Codes.HotspotNoneFound] = ("“{0}”的梳理未发现高发领域，不能据此预警", "the review '{0}' found no hotspot: nothing can be warned of"),
            [Codes.WarningAlreadyIssued] = ("预警“{0}”已发出", "the warning '{0}' has been issued already"),
            [Codes.WarningNotIssued] = ("没有向单位“{1}”发出预警“{0}”", "no warning '{0}' was issued to the unit '{1}'"),
            [Codes.WarningAlreadyRectified] = ("单位“{1}”对预警“{0}”已整改", "the unit '{1}' has rectified after the warning '{0}' already"),
            [Codes.SupervisorTermReversed] = ("聘期止日 {0} 早于起日 {1}", "the term ends on {0}, before it begins on {1}"),
            [Codes.SupervisorAlreadyEnded] = ("“{0}”已于 {1} 解聘或撤销", "'{0}' ended on {1} already"),
            [Codes.FeedbackOutsideTerm] = ("{0} 不在“{1}”的聘期内", "{0} lies outside the term of '{1}'"),
            [Codes.FeedbackAlreadyReceived] = ("反映“{0}”已登记", "the feedback '{0}' is recorded already"),
            [Codes.FeedbackNotFound] = ("没有关于单位“{1}”的反映“{0}”", "there is no feedback '{0}' about the unit '{1}'"),
            [Codes.FeedbackAlreadyHandled] = ("反映“{0}”已办结", "the feedback '{0}' has been handled already"),
            [Codes.PublicationAlreadyMade] = ("决定“{0}”已登记公示", "the publication of the decision '{0}' is recorded already"),
        },
        Questions =
        [
            Question.Of("complaints", "投诉举报数量和查实率", "complaints by field and channel, with the rates", Audience.Units, ComplaintAnswers.Figures, UnitAndPeriod),
            Question.Of("complaint-cases", "投诉举报逐件办理情况", "each complaint and where it stands", Audience.Units, ComplaintAnswers.Cases,
                UnitAndPeriod | Parameters.Status | Parameters.Key),
            Question.Of("hotspots", "投诉高发领域", "fields in which complaints gather", Audience.Office, HotspotAnswers.Hotspots, Parameters.Period),
            Question.Of("hotspot-reviews", "高发领域定期梳理情况", "whether the complaints of each period were reviewed", Audience.Office, HotspotAnswers.Reviews, Parameters.Period),
            Question.Of("early-warnings", "预警及其整改", "early warnings and their rectification", Audience.Units, HotspotAnswers.EarlyWarnings, UnitAndPeriod | Parameters.Status),
            Question.Of("supervisors", "执法监督员和联系点", "lay supervisors and contact points", Audience.Everyone, SupervisorAnswers.Supervisors, Parameters.Key),
            Question.Of("supervisor-feedback", "监督员和联系点反映的问题", "feedback of supervisors and contact points", Audience.Units, SupervisorAnswers.Feedback,
                UnitAndPeriod | Parameters.Status),
            Question.Of("publications", "执法公示及时性", "published decisions, in time or late", Audience.Units, ComplaintAnswers.Publications, UnitAndPeriod),
        ],
        Duties = s => [.. ComplaintAnswers.Duties(s), .. HotspotAnswers.Duties(s), .. SupervisorAnswers.Duties(s)],
        Clauses =
        [
            new("3.3.3a", "落实行政执法公示制度，依法及时公开执法决定；处罚被撤销、变更、确认违法的，三日内撤回公开",
                ["EnforcementResultPublished", "PublishedPenaltyWithdrawn", "PenaltyNotPublishedStated"], ["publications", "duties"], [DutyKind.PenaltyWithdrawal]),
            new("3.3.3b", "全面实行行政执法监督员和执法监督联系点制度",
                ["SupervisorAppointed", "SupervisorRemoved", "ContactPointEstablished", "ContactPointClosed", "SupervisorFeedbackReceived", "SupervisorFeedbackHandled"],
                ["supervisors", "supervisor-feedback"], [DutyKind.SupervisorFeedback]),
            new("3.3.3c", "通过12345、好差评、门户网站受理投诉举报并办理答复", ["ComplaintReceived", "ComplaintAssigned", "ComplaintVerified", "ComplaintReplied"],
                ["complaints", "complaint-cases"], [DutyKind.ComplaintHandling]),
            new("3.3.3d", "依法及时纠正群众反映的执法问题", ["ComplaintVerified", "ComplaintCorrected", "ComplaintClosedWithReason"], ["complaint-cases"], [DutyKind.ComplaintCorrection]),
            new("3.3.3e", "定期梳理投诉高发领域和问题突出领域", ["HotspotRuleAdopted", "HotspotIdentified", "HotspotReviewHeld"], ["hotspots", "hotspot-reviews"],
                [DutyKind.HotspotReview]),
            new("3.3.3f", "对普遍性、倾向性、趋势性问题预警和整改", ["EarlyWarningIssued", "WarningRectified"], ["early-warnings"], [DutyKind.WarningRectification]),
        ],
        Labels = OutsideVoicesLabels.All,
    };
}
