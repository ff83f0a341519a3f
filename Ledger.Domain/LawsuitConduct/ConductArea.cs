using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>During the case (plan 3.2.2, 3.2.3c): conferences, attendance, corrections, prompt reporting.</summary>
public static class ConductArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("LawsuitConduct")
    {
        Facts =
        [
            CatalogEntry.Of<CaseFilingAccepted>("CaseFilingAccepted", "应诉报备受理", StreamKind.Lawsuit, Recorder.Office),
            CatalogEntry.Of<CaseFilingReturned>("CaseFilingReturned", "应诉报备退回补正", StreamKind.Lawsuit, Recorder.Office),
            CatalogEntry.Of<OverdueFilingNoticeDecided>("OverdueFilingNoticeDecided", "逾期未报备通报决定", StreamKind.Lawsuit, Recorder.Office),
            CatalogEntry.Of<HeadAttendanceNotified>("HeadAttendanceNotified", "法院通知负责人出庭", StreamKind.Lawsuit, Recorder.Court),
            CatalogEntry.Of<HeadAbsenceExplained>("HeadAbsenceExplained", "负责人不能出庭说明", StreamKind.Lawsuit, Recorder.Unit),
            CatalogEntry.Of<HeadIdentityRejected>("HeadIdentityRejected", "负责人身份证明不符", StreamKind.Lawsuit, Recorder.Court),
            CatalogEntry.Of<CourtInformedOfChange>("CourtInformedOfChange", "书面告知法院", StreamKind.Lawsuit, Recorder.Unit),
            CatalogEntry.Of<JudicialSuggestionReceived>("JudicialSuggestionReceived", "收到司法建议", StreamKind.Lawsuit, Recorder.Unit),
            CatalogEntry.Of<JudicialSuggestionReplied>("JudicialSuggestionReplied", "回复司法建议", StreamKind.Lawsuit, Recorder.Unit),
        ],
        States = [(StreamKind.Lawsuit, _ => new Conduct())],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.ConductFilingNotSubmitted] = ("“{0}”没有就“{1}”提交应诉报备", "'{0}' has submitted no case filing for '{1}'"),
            [Codes.ConductFilingAlreadyAccepted] = ("“{0}”就“{1}”的应诉报备已经受理", "the case filing of '{0}' for '{1}' has been accepted already"),
            [Codes.ConductFilingNotResubmitted] = ("“{0}”就“{1}”的应诉报备退回后尚未重新提交", "the case filing of '{0}' for '{1}' was returned and not submitted again"),
            [Codes.ConductFilingNotOverdue] = ("截至 {2}，“{0}”在“{1}”没有逾期的应诉报备", "'{0}' has no overdue case filing for '{1}' on {2}"),
            [Codes.ConductNoticeAlreadyDecided] = ("“{0}”在“{1}”的逾期报备是否通报已有决定", "whether the overdue filing of '{0}' for '{1}' is circulated has been decided already"),
            [Codes.ConductReasonMissing] = ("不予通报须写明理由（{0}，{1}）", "a decision not to circulate needs its reason ({0}, {1})"),
            [Codes.ConductAbsenceAlreadyExplained] = ("“{0}”已就“{1}”{2} 的开庭提交说明", "'{0}' has explained the absence from the hearing of '{1}' on {2} already"),
            [Codes.ConductNoHeadAttended] = ("“{0}”在“{1}”{2} 的开庭没有负责人出庭记录", "no head of '{0}' is recorded at a hearing of '{1}' on {2}"),
            [Codes.ConductNoSelfCorrection] = ("没有“{0}”{1} 的自行纠正", "no self-correction by '{0}' on {1} is recorded"),
            [Codes.ConductCourtAlreadyInformed] = ("“{0}”{1} 的自行纠正已经告知法院", "the court has been told of the self-correction by '{0}' on {1} already"),
            [Codes.ConductSuggestionAlreadyReceived] = ("“{1}”已经登记司法建议“{0}”", "the suggestion '{0}' to '{1}' has been recorded already"),
            [Codes.ConductSuggestionNotReceived] = ("“{1}”没有收到司法建议“{0}”", "no suggestion '{0}' to '{1}' is recorded"),
            [Codes.ConductSuggestionAlreadyReplied] = ("“{1}”已经回复司法建议“{0}”", "the suggestion '{0}' to '{1}' has been replied to already"),
        },
        Questions =
        [
            Question.Of("conference-coverage", "案情研讨覆盖：每个未结案件是否研判（给出期间则为期间内立案的案件）",
                "whether every open case (or every case docketed in a period) had a conference", Audience.Units, CaseAnswers.Coverage, Parameters.Unit | Parameters.Period),
            Question.Of("risk-board", "败诉风险：未结案件的最新等级和历次研判", "the risk of open cases: the latest grade and its history", Audience.Units,
                CaseAnswers.Risks, Parameters.Unit | Parameters.Status),
            Question.Of("self-corrections", "自行纠正及书面告知法院情况", "self-corrections and whether the court was told in writing", Audience.Units,
                CaseAnswers.SelfCorrections, Parameters.Unit | Parameters.Period | Parameters.Status),
            Question.Of("head-attendance", "负责人出庭应诉：全部、剔除正当理由、正职三种口径", "attendance of the heads on three bases, with what was wrong", Audience.Units,
                HeadAttendance.Rows, Parameters.Unit | Parameters.Period),
            Question.Of("judicial-suggestions", "司法建议及回复", "judicial suggestions and their replies", Audience.Units,
                CaseAnswers.Suggestions, Parameters.Unit | Parameters.Period | Parameters.Status),
            Question.Of("case-filings", "应诉报备：收到、期限、提交、审核、通报", "case filings from receipt to notice", Audience.Units,
                FilingAnswers.Rows, Parameters.Unit | Parameters.Period | Parameters.Status),
            Question.Of("loss-filings", "败诉报备：三份材料逐份的提交日期", "loss filings and when each of the three documents was submitted", Audience.Units,
                LossFilingAnswers.Rows, Parameters.Unit | Parameters.Period | Parameters.Status),
            Question.Of("overdue-notice-drafts", "逾期未报备通报代拟稿", "drafts of the notices about overdue case filings that nobody has decided on", Audience.Office,
                FilingAnswers.Drafts, Parameters.Unit),
        ],
        Duties = ConductDuties.Of,
        Clauses =
        [
            new("3.2.2a", "涉诉单位逐案开展案情研讨，研判败诉风险", ["CaseConferenceHeld", "AnswerSubmitted"], ["conference-coverage", "risk-board"],
                [DutyKind.CaseConference, DutyKind.AnswerSubmission]),
            new("3.2.2b", "可能败诉的案件及时自行纠正并书面告知法院", ["SelfCorrectionMade", "CourtInformedOfChange"], ["self-corrections"], [DutyKind.CourtInformed]),
            new("3.2.2c", "负责人出庭应诉，按期回复司法建议",
                ["HearingHeld", "HeadAttendanceNotified", "HeadAbsenceExplained", "HeadIdentityRejected", "JudicialSuggestionReceived", "JudicialSuggestionReplied"],
                ["head-attendance", "judicial-suggestions"], [DutyKind.HeadAttendance, DutyKind.JudicialSuggestionReply]),
            new("3.2.3c", "收到应诉材料三个工作日内报备，逾期未报备予以通报",
                ["ResponseMaterialsReceived", "CaseFilingSubmitted", "CaseFilingAccepted", "CaseFilingReturned", "OverdueFilingNoticeDecided"],
                ["case-filings", "overdue-notice-drafts"], [DutyKind.CaseFiling, DutyKind.FilingReview, DutyKind.OverdueFilingNotice]),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["unit"] = "单位", ["name"] = "名称", ["lawsuit"] = "案件", ["caseNo"] = "案号", ["coverage"] = "研讨覆盖", ["without"] = "未研讨案件", ["since"] = "自",
            ["risk"] = "败诉风险", ["heldOn"] = "日期", ["selfCorrected"] = "已自行纠正", ["history"] = "历次研判", ["madeOn"] = "纠正日", ["kind"] = "事项",
            ["beforeJudgment"] = "裁判前纠正", ["outcomes"] = "裁判结果", ["informedOn"] = "告知法院日", ["status"] = "状态", ["letterSha256"] = "告知文书指纹",
            ["all"] = "全部庭审口径", ["excludingJustified"] = "剔除正当理由口径", ["principals"] = "正职出庭口径", ["lawyerOnly"] = "仅律师出庭次数", ["instances"] = "审级明细",
            ["level"] = "审级", ["headAttended"] = "负责人出庭", ["excused"] = "有书面正当理由", ["hearings"] = "庭审", ["by"] = "出庭人", ["ground"] = "理由", ["flags"] = "提示",
            ["suggestionNo"] = "建议编号", ["subjectMatter"] = "建议事项", ["receivedOn"] = "收到日", ["dueOn"] = "到期日", ["repliedOn"] = "回复日", ["result"] = "处理结果",
            ["daysLate"] = "迟延（工作日）", ["submittedOn"] = "报备日", ["review"] = "审核", ["reviewedOn"] = "审核日", ["decision"] = "通报决定", ["decidedOn"] = "决定日",
            ["judicialDocument"] = "裁判文书", ["causeAnalysis"] = "败诉原因分析报告", ["rectificationMeasures"] = "下一步整改措施", ["completeOn"] = "材料交齐日",
            ["provisional"] = "暂定", ["draft"] = "代拟稿", ["evidence"] = "凭据",
            ["Red"] = "红", ["Orange"] = "橙", ["Yellow"] = "黄", ["Green"] = "绿", ["Grey"] = "灰",
            ["ActRevoked"] = "撤销原行为", ["ActChanged"] = "改变原行为", ["DutyPerformed"] = "履行职责", ["Remedied"] = "补救补偿", ["Settled"] = "和解",
            ["Principal"] = "正职", ["Deputy"] = "副职", ["HeadInCharge"] = "分管负责人", ["StaffOnly"] = "仅工作人员", ["None"] = "无人",
            ["First"] = "一审", ["Second"] = "二审", ["Petition"] = "申请再审", ["Retrial"] = "再审",
            ["LawyerOnly"] = "仅律师出庭", ["NobodyCame"] = "无人出庭", ["Unjustified"] = "无正当理由", ["ExcuseNotWritten"] = "无书面说明", ["ExcuseLate"] = "说明迟交",
            ["ExcuseNotAccepted"] = "说明未获认可", ["IdentityRejected"] = "身份证明不符",
            ["ForceMajeure"] = "不可抗力", ["Accident"] = "意外事件", ["IrreplaceableDuty"] = "不能代替的公务", ["OtherJustified"] = "其他正当事由",
            ["NormativeDocument"] = "规范性文件", ["HeadAbsence"] = "负责人不出庭", ["EnforcementConduct"] = "执法不规范", ["JudgmentNotPerformed"] = "不履行裁判", ["DisputePrevention"] = "诉源治理",
            ["Adopted"] = "采纳", ["PartlyAdopted"] = "部分采纳", ["NotAdopted"] = "未采纳",
            ["Waiting"] = "待审核", ["Accepted"] = "已受理", ["Returned"] = "已退回", ["Notify"] = "通报", ["NotNotified"] = "不予通报",
            ["Pending"] = "待办", ["Overdue"] = "逾期", ["Met"] = "按期办结", ["MetLate"] = "逾期办结", ["Missed"] = "未办", ["Suspended"] = "中止", ["ReceiptUnknown"] = "收到情况不明",
            ["DismissClaims"] = "驳回诉讼请求", ["RevokeAll"] = "撤销", ["RevokeAndRedo"] = "撤销并责令重作", ["RevokePart"] = "部分撤销", ["OrderPerform"] = "责令履行", ["OrderPay"] = "给付",
            ["ConfirmUnlawful"] = "确认违法", ["ConfirmUnlawfulMinorProcedure"] = "确认违法（程序轻微）", ["ConfirmUnlawfulAfterSelfCorrection"] = "确认违法（改变后）",
            ["ConfirmInvalid"] = "确认无效", ["Modify"] = "变更", ["AgreementLiability"] = "承担协议责任", ["OrderDamages"] = "赔偿", ["NotDocketed"] = "不予立案", ["DismissSuit"] = "驳回起诉",
            ["WithdrawVoluntary"] = "主动撤诉", ["WithdrawAfterDefendantChanged"] = "被告改变后撤诉", ["DeemedWithdrawn"] = "按撤诉处理", ["Mediated"] = "调解",
            ["Terminated"] = "终结", ["Transferred"] = "移送", ["Consolidated"] = "并案", ["AgreementCompensation"] = "协议补偿",
        },
    };
}
