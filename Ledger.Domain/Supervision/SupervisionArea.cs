using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Supervision;

/// <summary>Supervision of enforcement (plan 3.1.2, 3.3.2, 3.5.2, 4.4d).</summary>
public static class SupervisionArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Supervision")
    {
        Facts =
        [
            Of<KeySupervisionTargetDesignated>("KeySupervisionTargetDesignated", "列为重点监督对象"),
            Of<OnSiteSupervisionStarted>("OnSiteSupervisionStarted", "驻站监督启动"),
            Of<OnSiteSupervisionEnded>("OnSiteSupervisionEnded", "驻站监督结束"),
            Of<SiteInspectionConducted>("SiteInspectionConducted", "现场检查"),
            Of<EnforcementTrainingHeld>("EnforcementTrainingHeld", "现场执法培训"),
            Of<CaseFileReviewed>("CaseFileReviewed", "执法案卷评查"),
            Of<SupervisionItemChecked>("SupervisionItemChecked", "政府监督事项检查"),
            Of<SupervisionFindingRecorded>("SupervisionFindingRecorded", "监督发现问题"),
            Of<SupervisionFindingConfirmed>("SupervisionFindingConfirmed", "监督问题查实"),
            Of<SupervisionFindingDismissed>("SupervisionFindingDismissed", "监督问题查否"),
            Of<SupervisionNoticeIssued>("SupervisionNoticeIssued", "监督通知书"),
            Of<SupervisionOpinionIssued>("SupervisionOpinionIssued", "监督意见书"),
            Of<SupervisionCorrectionReported>("SupervisionCorrectionReported", "纠正情况报告", Recorder.Unit),
            Of<SupervisionCorrectionRejected>("SupervisionCorrectionRejected", "纠正报告退回"),
            Of<SupervisionDecisionIssued>("SupervisionDecisionIssued", "监督决定书"),
            Of<EnforcementActRevoked>("EnforcementActRevoked", "撤销执法行为"),
            Of<EnforcementActModified>("EnforcementActModified", "变更执法行为"),
            Of<EnforcementActConfirmedUnlawful>("EnforcementActConfirmedUnlawful", "确认执法行为违法"),
            Of<LicenceCertificateSuspended>("LicenceCertificateSuspended", "暂扣执法证"),
            CatalogEntry.Of<SupervisionInstrumentAdopted>("SupervisionInstrumentAdopted", "监督文书种类确定", StreamKind.Policy, Recorder.Administration),
            Of<AnnualSpecialSupervisionPlanned>("AnnualSpecialSupervisionPlanned", "年度专项监督计划"),
            Of<AnnualSpecialSupervisionLaunched>("AnnualSpecialSupervisionLaunched", "年度专项监督启动"),
            Of<AnnualSpecialSupervisionConcluded>("AnnualSpecialSupervisionConcluded", "年度专项监督办结"),
            Of<QuarterlyVisitConducted>("QuarterlyVisitConducted", "上门监督"),
            Of<CrossSupervisionConducted>("CrossSupervisionConducted", "交叉监督"),
            Of<RotationalSupervisionConducted>("RotationalSupervisionConducted", "推磨式监督"),
            Of<IndividualCaseSupervisionOpened>("IndividualCaseSupervisionOpened", "个案监督立案"),
            Of<CaseSupervisionElevated>("CaseSupervisionElevated", "提级监督"),
            Of<IndividualCaseSupervisionClosed>("IndividualCaseSupervisionClosed", "个案监督办结"),
            Of<MajorPenaltyFiled>("MajorPenaltyFiled", "重大行政处罚备案", Recorder.Unit),
            Of<MajorPenaltyReviewed>("MajorPenaltyReviewed", "重大行政处罚备案审查"),
            Of<LicensingPatrolConducted>("LicensingPatrolConducted", "网上许可巡查"),
            Of<LicensingIssueFound>("LicensingIssueFound", "许可问题发现"),
            Of<LicensingIssueResolved>("LicensingIssueResolved", "许可问题整改", Recorder.Unit),
            CatalogEntry.Of<SupervisionNodeEstablished>("SupervisionNodeEstablished", "乡级监督机构设立", StreamKind.Unit, Recorder.Office),
            Of<KeyTrackingOrdered>("KeyTrackingOrdered", "重点跟踪督办"),
            Of<KeyTrackingLifted>("KeyTrackingLifted", "解除重点跟踪督办"),
            Of<SpecialSupervisionOrdered>("SpecialSupervisionOrdered", "专项督导"),
            Of<SpecialSupervisionConcluded>("SpecialSupervisionConcluded", "专项督导办结"),
        ],
        States =
        [
            (StreamKind.Supervision, key => new SupervisionFile(key)),
            (StreamKind.Supervision, _ => new OnSite()),
            (StreamKind.Supervision, _ => new Findings()),
            (StreamKind.Supervision, _ => new Programmes()),
            (StreamKind.Supervision, _ => new CaseFiles()),
            (StreamKind.Supervision, _ => new Licensing()),
            (StreamKind.Supervision, _ => new Trackings()),
            (StreamKind.Policy, id => new InstrumentPolicyState(id)),
            (StreamKind.Unit, unit => new SupervisionNode(unit)),
        ],
        Refusals = SupervisionTexts.Refusals,
        Questions = [.. OnSiteQuestions.All, .. FindingQuestions.All, .. ProgrammeQuestions.All, .. CaseQuestions.All],
        Duties = SupervisionDuties.Of,
        Clauses =
        [
            new("3.1.2a", "把败诉较多的单位列为重点监督对象，开展驻站式监督",
                ["KeySupervisionTargetDesignated", "OnSiteSupervisionStarted", "OnSiteSupervisionEnded"], ["supervision-calendar"], []),
            new("3.1.2b", "驻站期间开展现场检查、执法培训、案卷评查",
                ["SiteInspectionConducted", "EnforcementTrainingHeld", "CaseFileReviewed"], ["supervision-calendar", "case-file-reviews", "case-file-defects"], []),
            new("3.1.2c", "对违法或者不当的执法行为发出监督文书并督促纠正",
                [
                    "SupervisionFindingRecorded", "SupervisionFindingConfirmed", "SupervisionFindingDismissed", "SupervisionNoticeIssued", "SupervisionOpinionIssued",
                    "SupervisionCorrectionReported", "SupervisionCorrectionRejected", "SupervisionDecisionIssued", "EnforcementActRevoked", "EnforcementActModified",
                    "EnforcementActConfirmedUnlawful", "LicenceCertificateSuspended", "SupervisionInstrumentAdopted",
                ],
                ["findings"], [DutyKind.SupervisionCorrection]),
            new("3.3.2a", "监督八项重点，审查备案的重大行政处罚",
                ["SupervisionItemChecked", "MajorPenaltyFiled", "MajorPenaltyReviewed"],
                ["supervision-items", "supervision-item-coverage", "major-penalties", "major-penalty-rates"], [DutyKind.MajorPenaltyReview]),
            new("3.3.2b", "乡镇一级都有执法监督机构", ["SupervisionNodeEstablished"], ["node-coverage"], [DutyKind.SupervisionNode]),
            new("3.3.2c", "每年至少办结一次专项执法监督",
                ["AnnualSpecialSupervisionPlanned", "AnnualSpecialSupervisionLaunched", "AnnualSpecialSupervisionConcluded"], ["annual-supervision"],
                [DutyKind.AnnualSpecialSupervision]),
            new("3.3.2d", "重大案件由上级提级监督", ["CaseSupervisionElevated"], ["individual-cases"], []),
            new("3.3.2e", "逐案监督，办结须有结论", ["IndividualCaseSupervisionOpened", "IndividualCaseSupervisionClosed"], ["individual-cases"], [DutyKind.IndividualCaseConclusion]),
            new("3.3.2f", "每季度上门、交叉或者推磨式监督",
                ["QuarterlyVisitConducted", "CrossSupervisionConducted", "RotationalSupervisionConducted"], ["quarterly-coverage"], [DutyKind.QuarterlySupervision]),
            new("3.3.2h", "巡查网上办理的行政许可", ["LicensingPatrolConducted", "LicensingIssueFound", "LicensingIssueResolved"], ["licensing-issues"], []),
            new("3.5.2", "对指标落后、推进不力的单位重点跟踪督办", ["KeyTrackingOrdered", "KeyTrackingLifted"], ["trackings"], [DutyKind.KeyTracking]),
            new("4.4d", "依据季度排名对落后单位开展专项督导", ["SpecialSupervisionOrdered", "SpecialSupervisionConcluded"], ["trackings"], [DutyKind.SpecialSupervision]),
        ],
        Labels = SupervisionTexts.Labels,
    };

    private static CatalogEntry Of<T>(string name, string chinese, Recorder recorder = Recorder.Office)
        where T : IFact => CatalogEntry.Of<T>(name, chinese, StreamKind.Supervision, recorder);
}
