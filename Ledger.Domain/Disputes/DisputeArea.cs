using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Disputes;

/// <summary>诉前化解 (plan 3.2.1): disputes before court.</summary>
public static class DisputeArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Disputes")
    {
        Facts =
        [
            CatalogEntry.Of<DisputeRecorded>("DisputeRecorded", "行政争议登记", StreamKind.Dispute, Recorder.Unit),
            CatalogEntry.Of<NonLitigationGuidanceGiven>("NonLitigationGuidanceGiven", "非诉引导告知", StreamKind.Dispute, Recorder.Unit),
            CatalogEntry.Of<PreLitigationMediationStarted>("PreLitigationMediationStarted", "诉前调解启动", StreamKind.Dispute, Recorder.Unit),
            CatalogEntry.Of<PreLitigationMediationSucceeded>("PreLitigationMediationSucceeded", "诉前调解成功", StreamKind.Dispute, Recorder.Unit),
            CatalogEntry.Of<PreLitigationMediationFailed>("PreLitigationMediationFailed", "诉前调解失败", StreamKind.Dispute, Recorder.Unit),
            CatalogEntry.Of<MediationAgreementPerformed>("MediationAgreementPerformed", "调解协议履行", StreamKind.Dispute, Recorder.Unit),
            CatalogEntry.Of<ReconsiderationFiled>("ReconsiderationFiled", "申请复议", StreamKind.Dispute, Recorder.Unit),
            CatalogEntry.Of<ReconsiderationDecided>("ReconsiderationDecided", "复议决定作出", StreamKind.Dispute, Recorder.Unit),
            CatalogEntry.Of<DisputeEnteredLitigation>("DisputeEnteredLitigation", "争议进入诉讼", StreamKind.Dispute, Recorder.Unit),
            CatalogEntry.Of<DisputePetitionReceived>("DisputePetitionReceived", "争议信访", StreamKind.Dispute, Recorder.Unit),
        ],
        States = [(StreamKind.Dispute, key => new Dispute(key))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.DisputeSuitRightNotStated] = ("引导告知须写明起诉权利，不得妨碍相对人起诉（{0}）", "guidance must state the right to sue and may not hinder a suit ({0})"),
            [Codes.DisputeAlreadyInLitigation] = ("争议“{0}”已于 {2} 进入诉讼“{1}”，不再办理诉前事项", "the dispute '{0}' is in court since {2} (lawsuit '{1}'): nothing of before a suit follows"),
            [Codes.DisputeMediationAlreadyStarted] = ("调解“{0}”已经启动", "the mediation '{0}' has been started already"),
            [Codes.DisputeMediationNotStarted] = ("没有启动调解“{0}”", "no mediation '{0}' has been started"),
            [Codes.DisputeMediationAlreadyEnded] = ("调解“{0}”已有结果", "the mediation '{0}' has ended already"),
            [Codes.DisputeNoAgreement] = ("调解“{0}”没有达成协议", "the mediation '{0}' led to no agreement"),
            [Codes.DisputeAgreementAlreadyPerformed] = ("调解“{0}”的协议已经履行", "the agreement of the mediation '{0}' has been performed already"),
            [Codes.DisputeReconsiderationAlreadyFiled] = ("复议“{0}”已经申请", "the reconsideration '{0}' has been applied for already"),
            [Codes.DisputeReconsiderationNotFiled] = ("没有申请复议“{0}”", "no reconsideration '{0}' has been applied for"),
            [Codes.DisputeReconsiderationAlreadyDecided] = ("复议“{0}”已有决定", "the reconsideration '{0}' has been decided already"),
            [Codes.DisputeAlreadyLinked] = ("争议已关联案件“{0}”", "the dispute is linked to the lawsuit '{0}' already"),
            [Codes.DisputeNotADefendant] = ("“{0}”不是案件“{1}”的被告", "'{0}' is no defendant of the lawsuit '{1}'"),
        },
        Questions =
        [
            Question.Of("disputes", "诉前行政争议：办理过程、去向和反复情况", "disputes before court: path, outcome and whether they came back", Audience.Units,
                DisputeAnswers.Rows, Parameters.Unit | Parameters.Period | Parameters.Status | Parameters.Key),
            Question.Of("dispute-rates", "诉前化解率、进入诉讼比例、复议纠错率", "rates of disputes: resolved before court, entered litigation, corrected on reconsideration",
                Audience.Units, DisputeAnswers.Rates, Parameters.Unit | Parameters.Period),
            Question.Of("correction-rate", "被纠错情况：复议、诉讼、监督分项列示，与上年同期对比", "how often acts were corrected: reconsideration, litigation and supervision apart",
                Audience.Units, CorrectionRate.Rows, Parameters.Unit | Parameters.Period),
        ],
        Duties = Duties,
        Clauses =
        [
            new("3.2.1", "引导未起诉的争议经调解、复议等途径化解，不妨碍起诉",
                [
                    "DisputeRecorded", "NonLitigationGuidanceGiven", "PreLitigationMediationStarted", "PreLitigationMediationSucceeded", "PreLitigationMediationFailed",
                    "MediationAgreementPerformed", "ReconsiderationFiled", "ReconsiderationDecided", "DisputeEnteredLitigation", "DisputePetitionReceived",
                ],
                ["disputes", "dispute-rates"], [DutyKind.DisputeGuidance]),
            new("G2", "行政行为被纠错率明显下降", ["ReconsiderationDecided", "JudgmentRendered"], ["correction-rate"], []),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "编号", ["unit"] = "单位", ["name"] = "名称", ["township"] = "乡镇", ["field"] = "管理领域", ["actType"] = "行为种类", ["partyKind"] = "相对人",
            ["source"] = "来源", ["recordedOn"] = "登记日", ["state"] = "去向", ["settledOn"] = "化解日", ["lawsuits"] = "关联案件", ["flags"] = "提示", ["path"] = "办理过程",
            ["fact"] = "事实", ["on"] = "日期", ["code"] = "方式或结果", ["sha256"] = "文书指纹", ["evidence"] = "凭据", ["subject"] = "对象", ["sequence"] = "账本序号", ["by"] = "记录人",
            ["recorded"] = "登记数", ["guided"] = "引导率", ["resolvedBeforeCourt"] = "诉前化解率", ["enteredLitigation"] = "进入诉讼比例",
            ["mediationSucceeded"] = "调解成功率", ["agreementPerformed"] = "协议履行率", ["reconsiderationCorrected"] = "复议纠错率",
            ["returnedAfterSettlement"] = "化解后反复", ["returnedAfterWithdrawal"] = "撤诉后反复", ["period"] = "期间", ["policy"] = "统计口径", ["now"] = "本期",
            ["yearBefore"] = "上年同期", ["reconsideration"] = "复议直接纠错", ["litigation"] = "诉讼败诉", ["supervisionFindings"] = "监督查实问题数",
            ["Citizen"] = "公民", ["Enterprise"] = "法人", ["Organisation"] = "其他组织",
            ["Visit"] = "来访", ["Letter"] = "来信", ["Hotline"] = "热线", ["PetitionOffice"] = "信访", ["CourtReferral"] = "法院诉前引导", ["Screening"] = "排查发现",
            ["PeopleMediation"] = "人民调解", ["AdministrativeMediation"] = "行政调解", ["DisputeMediationCentre"] = "行政争议调解中心", ["Reconsideration"] = "行政复议",
            ["NoAgreement"] = "未达成协议", ["PartyDeclined"] = "相对人不参加", ["UnitDeclined"] = "行政机关不同意", ["NotMediable"] = "不能调解", ["TermExpired"] = "期限届满",
            ["Modify"] = "变更", ["Revoke"] = "撤销", ["RevokePart"] = "部分撤销", ["RevokeAndRedo"] = "撤销并责令重作", ["ConfirmUnlawful"] = "确认违法", ["OrderPerform"] = "责令履行",
            ["ConfirmInvalid"] = "确认无效", ["Affirm"] = "维持", ["Dismiss"] = "驳回请求", ["AgreementLiability"] = "承担协议责任", ["Mediated"] = "调解", ["Terminated"] = "终止",
            ["NotAccepted"] = "不予受理",
            ["Recorded"] = "已登记", ["Guided"] = "已引导", ["InMediation"] = "调解中", ["MediationFailed"] = "调解未成", ["InReconsideration"] = "复议中",
            ["ReconsiderationDecided"] = "复议已决", ["Resolved"] = "诉前化解", ["InLitigation"] = "进入诉讼",
            ["SuedAfterSettlement"] = "化解后又起诉", ["PetitionedAfterSettlement"] = "化解后又信访", ["SuedAfterWithdrawal"] = "撤诉后又起诉",
            ["PetitionedAfterWithdrawal"] = "撤诉后又信访", ["AgreementNotPerformed"] = "协议逾期未履行", ["GuidedDuringSuit"] = "诉讼中引导",
        },
    };

    // The plan names no day. Who has gone a way outside court needs no guidance; once there is a suit it is too late for it.
    private static IEnumerable<Duty> Duties(Situation situation) =>
        from d in DisputeAnswers.All(situation)
        where situation.County.Find(d.Dispute.Recorded!.Unit) is { IsCounted: true }
        let duty = new Duty(DutyKind.DisputeGuidance, d.Dispute.Recorded!.RecordedOn) { Unit = d.Dispute.Recorded.Unit, Subject = d.Subject.ToString() }
        select DisputeAnswers.GuidanceOf(d.Dispute) is { } guidance ? duty.MetBy(d.Subject, guidance)
            : d.Dispute.Suits.Any() ? duty with { Status = DutyStatus.Missed }
            : duty;
}
