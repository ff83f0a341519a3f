using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Rectifications;

/// <summary>After a loss (plan 3.1.1): cause, measures, verification, recurrence, performance.</summary>
public static class RectificationArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Rectifications")
    {
        Facts =
        [
            CatalogEntry.Of<RectificationOpened>("RectificationOpened", "启动败诉整改", StreamKind.Rectification, Recorder.Unit),
            CatalogEntry.Of<LossAnalysisHeld>("LossAnalysisHeld", "败诉研判召开", StreamKind.Rectification, Recorder.Office),
            CatalogEntry.Of<LossCauseDetermined>("LossCauseDetermined", "败诉原因认定", StreamKind.Rectification, Recorder.Office),
            CatalogEntry.Of<RectificationMeasureAdopted>("RectificationMeasureAdopted", "整改措施制定", StreamKind.Rectification, Recorder.Unit),
            CatalogEntry.Of<RectificationProgressReported>("RectificationProgressReported", "整改进展报告", StreamKind.Rectification, Recorder.Unit),
            CatalogEntry.Of<RectificationCompleted>("RectificationCompleted", "整改完成", StreamKind.Rectification, Recorder.Unit),
            CatalogEntry.Of<RectificationVerified>("RectificationVerified", "整改验收", StreamKind.Rectification, Recorder.Office),
            CatalogEntry.Of<RectificationReopened>("RectificationReopened", "整改退回", StreamKind.Rectification, Recorder.Office),
            CatalogEntry.Of<JudgmentPerformanceOrdered>("JudgmentPerformanceOrdered", "裁判确定履行义务", StreamKind.Rectification, Recorder.Unit),
            CatalogEntry.Of<JudgmentPerformed>("JudgmentPerformed", "履行生效裁判", StreamKind.Rectification, Recorder.Unit),
            CatalogEntry.Of<PublishedPenaltyWithdrawn>("PublishedPenaltyWithdrawn", "撤回公开处罚", StreamKind.Rectification, Recorder.Unit),
            CatalogEntry.Of<PenaltyNotPublishedStated>("PenaltyNotPublishedStated", "说明处罚无须撤回", StreamKind.Rectification, Recorder.Unit),
            CatalogEntry.Of<RecurrenceRuleAdopted>("RecurrenceRuleAdopted", "同类反弹规则确定", StreamKind.Policy, Recorder.Administration),
        ],
        States = [(StreamKind.Rectification, key => new Rectification(key)), (StreamKind.Policy, id => new RecurrencePolicyState(id))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.RectificationNotALoss] = ("单位“{0}”在“{2}”的裁判文书{1}中没有败诉", "the unit '{0}' did not lose in the document {1} of the lawsuit '{2}'"),
            [Codes.RectificationPrimaryCause] = ("主要原因“{0}”须在败诉原因之中", "the primary cause '{0}' is not among the causes"),
            [Codes.RectificationCauseTwice] = ("败诉原因重复：{0}", "a cause is named twice: {0}"),
            [Codes.RectificationMeasureKnown] = ("整改措施“{0}”已经制定", "the measure '{0}' has been adopted already"),
            [Codes.RectificationMeasureUnknown] = ("没有整改措施“{0}”", "there is no measure '{0}'"),
            [Codes.RectificationNoMeasure] = ("到{0}尚未制定整改措施，不能报告完成", "no measure had been adopted by {0}, so nothing can be completed"),
            [Codes.RectificationNoEvidence] = ("报告整改完成须附至少一份佐证材料", "a completion needs at least one document as evidence"),
            [Codes.RectificationAlreadyCompleted] = ("{0}时整改已经报告完成，未被退回", "on {0} the rectification was completed already and had not been returned"),
            [Codes.RectificationNotCompleted] = ("{0}时整改没有处于已报告完成的状态", "on {0} the rectification did not stand as completed"),
            [Codes.RectificationSamePerson] = ("报告人“{0}”不能验收自己报告的整改", "'{0}', who reported the completion, cannot verify it"),
            [Codes.PerformanceAlreadyOrdered] = ("裁判确定的履行义务“{0}”已有不同记录", "what the judgment orders ('{0}') is recorded otherwise already"),
            [Codes.PerformanceNotOrdered] = ("裁判没有确定履行义务“{0}”的记录", "no order of the judgment ('{0}') is recorded"),
            [Codes.PerformanceAlreadyDone] = ("履行义务“{0}”已有履行记录", "the order '{0}' has been performed already"),
            [Codes.PenaltyNotInDispute] = ("“{0}”不是行政处罚案件", "the lawsuit '{0}' is not about an administrative penalty"),
        },
        Questions = RectificationQuestions.All,
        Duties = RectificationDuties.Of,
        Clauses =
        [
            new("3.1.1a", "梳理本行政区域行政败诉案件，建立败诉台账", ["RectificationOpened", "JudgmentRendered"], ["loss-register"], []),
            new("3.1.1c", "会同有关部门分析败诉原因，查找共性问题", ["LossAnalysisHeld", "LossCauseDetermined"], ["causes", "loss-register"], [DutyKind.CauseDetermination]),
            new("3.1.1d", "督促制定改进措施，验收整改，防止同类问题反弹",
                [
                    "RectificationMeasureAdopted", "RectificationProgressReported", "RectificationCompleted", "RectificationVerified", "RectificationReopened",
                    "JudgmentPerformanceOrdered", "JudgmentPerformed", "PublishedPenaltyWithdrawn", "PenaltyNotPublishedStated", "RecurrenceRuleAdopted",
                ],
                ["rectifications", "recurrences", "judgment-performance"],
                [DutyKind.Rectification, DutyKind.RectificationVerification, DutyKind.JudgmentPerformance]),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "编号", ["lawsuit"] = "诉讼", ["caseNo"] = "案号", ["level"] = "审级", ["unit"] = "单位", ["name"] = "名称", ["causeOfAction"] = "案由",
            ["field"] = "管理领域", ["actType"] = "行为种类", ["township"] = "所在乡镇", ["closedOn"] = "结案日", ["receivedOn"] = "收到日", ["outcomes"] = "裁判结果",
            ["reversed"] = "生效裁判已改变", ["rectification"] = "整改编号", ["duplicates"] = "重复整改", ["state"] = "整改状态", ["primaryCause"] = "主要原因",
            ["causes"] = "败诉原因", ["fault"] = "执法过错", ["evidence"] = "凭据", ["lossStands"] = "败诉成立", ["openedOn"] = "启动日", ["colour"] = "灯号",
            ["commonIssues"] = "共性问题", ["measures"] = "整改措施", ["measure"] = "措施编号", ["type"] = "类型", ["content"] = "内容", ["owner"] = "责任岗位",
            ["adoptedOn"] = "制定日", ["dueOn"] = "到期日", ["percent"] = "完成百分比", ["doneOn"] = "办结日", ["status"] = "状态", ["daysLate"] = "迟延（工作日）",
            ["document"] = "文件哈希", ["completedOn"] = "报告完成日", ["verifiedOn"] = "验收日", ["reopenedOn"] = "退回日", ["reopenedFor"] = "退回原因",
            ["earlierLawsuit"] = "前次诉讼", ["earlierCaseNo"] = "前次案号", ["earlierRectification"] = "前次整改", ["rule"] = "认定规则", ["months"] = "月数",
            ["sameField"] = "须同一领域", ["cause"] = "原因", ["primary"] = "主要原因件数", ["mentioned"] = "涉及件数", ["withFault"] = "过错件数", ["units"] = "单位数",
            ["share"] = "占比", ["cumulative"] = "累计占比", ["heldOn"] = "研判日", ["issue"] = "共性问题", ["subject"] = "对象", ["performanceKind"] = "履行内容",
            ["orderedOn"] = "起算日", ["performedOn"] = "履行日",
            ["NotOpened"] = "未启动", ["Opened"] = "已启动", ["InProgress"] = "整改中", ["Completed"] = "待验收", ["Verified"] = "已验收", ["Reopened"] = "退回重改",
            ["ProcedureRevised"] = "完善程序和制度", ["ActRemade"] = "重新作出或补正行政行为", ["LegalReview"] = "强化法制审核", ["FileReview"] = "案卷评查",
            ["Training"] = "专题培训", ["DiscretionBenchmark"] = "完善裁量权基准", ["PostAdjusted"] = "调整岗位人员", ["LitigationPractice"] = "完善应诉工作",
            ["RemakeAct"] = "重新作出行政行为", ["PerformDuty"] = "履行法定职责", ["Pay"] = "给付", ["Remedy"] = "采取补救措施", ["Damages"] = "赔偿",
            ["PerformAgreement"] = "履行行政协议",
            ["InsufficientEvidence"] = "主要证据不足", ["MisappliedLaw"] = "适用法律法规错误", ["ProceduralViolation"] = "违反法定程序", ["ExceededAuthority"] = "超越职权",
            ["AbusedAuthority"] = "滥用职权", ["ManifestlyImproper"] = "明显不当", ["Nonfeasance"] = "不作为", ["NoStanding"] = "无主体资格", ["LateEvidence"] = "逾期举证",
            ["PassiveResponse"] = "消极应诉", ["Other"] = "其他",
            ["First"] = "一审", ["Second"] = "二审", ["Petition"] = "申请再审", ["Retrial"] = "再审",
            ["RevokeAll"] = "撤销", ["RevokeAndRedo"] = "撤销并责令重作", ["RevokePart"] = "部分撤销", ["OrderPerform"] = "责令履行职责", ["OrderPay"] = "判决给付",
            ["ConfirmUnlawful"] = "确认违法", ["ConfirmUnlawfulMinorProcedure"] = "确认程序轻微违法", ["ConfirmUnlawfulAfterSelfCorrection"] = "自行纠正后确认违法",
            ["ConfirmInvalid"] = "确认无效", ["Modify"] = "变更", ["AgreementLiability"] = "承担协议责任", ["OrderDamages"] = "判决赔偿",
            ["Pending"] = "待办", ["Overdue"] = "逾期", ["Met"] = "按期办结", ["MetLate"] = "逾期办结", ["Missed"] = "未办", ["Suspended"] = "中止",
            ["ReceiptUnknown"] = "收到情况不明", ["Green"] = "绿", ["Yellow"] = "黄", ["Red"] = "红", ["Grey"] = "灰",
        },
    };
}
