using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Procuratorate;

/// <summary>The procuratorate and criminal referral (plan 3.3.4).</summary>
public static class ProcuratorateArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Procuratorate")
    {
        Facts =
        [
            Of<ProcuratorialClueTransferred>("ProcuratorialClueTransferred", "检察监督线索移送", Recorder.Office),
            Of<ProcuratorialSuggestionReceived>("ProcuratorialSuggestionReceived", "收到检察建议", Recorder.Unit),
            Of<ProcuratorialReplySubmitted>("ProcuratorialReplySubmitted", "检察建议回复", Recorder.Unit),
            Of<ProcuratorialFindingCorrected>("ProcuratorialFindingCorrected", "检察监督问题纠正", Recorder.Unit),
            Of<ProcuratorialFollowUpClosed>("ProcuratorialFollowUpClosed", "检察监督跟踪落实办结", Recorder.Office),
            Of<CaseInfoEntryChecked>("CaseInfoEntryChecked", "案件信息录入抽查", Recorder.Office),
            Of<CriminalReferralMade>("CriminalReferralMade", "涉嫌犯罪案件移送", Recorder.Unit),
            Of<CriminalReferralResultRecorded>("CriminalReferralResultRecorded", "涉嫌犯罪案件移送结果", Recorder.Office),
        ],
        States = [(StreamKind.Procuratorial, key => new ProcuratorialMatter(key))],
        Refusals = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
        {
            [Codes.ProcuratorialOtherKind] = ("“{0}”不属于“{1}”：该事项为{2}", "'{0}' has no place in '{1}', which was opened by {2}"),
            [Codes.ProcuratorialOtherUnit] = ("“{0}”不涉及单位“{1}”", "'{0}' is not about the unit '{1}'"),
            [Codes.ProcuratorialOtherDocument] = ("本事项的检察建议是“{0}”，不是“{1}”", "this matter is about the suggestion '{0}', not '{1}'"),
            [Codes.ProcuratorialAlreadyClosed] = ("“{0}”已经办结", "'{0}' has been closed already"),
            [Codes.ProcuratorialNotCorrected] = ("“{0}”尚无纠正记录，不能按已纠正办结", "'{0}' holds no correction and cannot be closed as corrected"),
            [Codes.ProcuratorialMoreCompleteThanSampled] = ("录入完整的 {0} 件多于抽查的 {1} 件", "{0} complete entries are more than the {1} that were looked at"),
            [Codes.ProcuratorialDefectRepeated] = ("录入问题“{0}”重复", "the defect {0} is given twice"),
            [Codes.ProcuratorialRefusalWithoutReasons] = ("不予立案须说明理由", "a refusal needs reasons"),
            [Codes.ProcuratorialResultRecorded] = ("“{0}”的移送结果已经记录", "the result of '{0}' has been recorded already"),
        },
        Questions = ProcuratorateQuestions.All,
        Duties = ProcuratorateQuestions.Duties,
        Clauses =
        [
            new("3.3.4a", "与检察机关在线索、通报、移送、跟踪落实上衔接",
                ["ProcuratorialClueTransferred", "ProcuratorialSuggestionReceived", "ProcuratorialReplySubmitted", "ProcuratorialFollowUpClosed"],
                ["procuratorial-matters"], [DutyKind.ProcuratorialReply]),
            new("3.3.4b", "规范录入行政执法案件信息", ["CaseInfoEntryChecked"], ["entry-quality"], []),
            new("3.3.4c", "涉嫌犯罪案件移送并跟踪结果", ["CriminalReferralMade", "CriminalReferralResultRecorded"], ["criminal-referrals"], [DutyKind.ReferralResult]),
            new("3.3.4d", "依法纠正检察监督指出的违法或者不当行为", ["ProcuratorialFindingCorrected"], ["procuratorial-matters"], []),
        ],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["key"] = "编号", ["form"] = "形式", ["unit"] = "单位", ["name"] = "单位名称", ["documentNo"] = "文号", ["receivedOn"] = "收到日", ["dueOn"] = "到期日",
            ["repliedOn"] = "回复日", ["daysLate"] = "迟延（工作日）", ["correctedOn"] = "纠正日", ["measure"] = "措施", ["closedOn"] = "办结日", ["result"] = "结果",
            ["status"] = "状态", ["evidence"] = "凭据", ["checks"] = "检查次数", ["sampled"] = "抽查数", ["completeRate"] = "录入完整率", ["defects"] = "问题数", ["code"] = "代码",
            ["count"] = "数量", ["lastCheckedOn"] = "最近检查日", ["caseReference"] = "案件", ["receivingOrgan"] = "接收机关", ["referredOn"] = "移送日", ["decidedOn"] = "决定日",
            ["reasons"] = "理由", ["waitingDays"] = "等候天数", ["ClueSent"] = "移送检察机关的线索", ["ClueReceived"] = "检察机关移送的线索", ["Suggestion"] = "检察建议",
            ["FollowUp"] = "待跟踪", ["AwaitingReply"] = "待回复", ["ReplyOverdue"] = "逾期未回复", ["Replied"] = "按期回复", ["RepliedLate"] = "逾期回复",
            ["FollowUpClosed"] = "已办结", ["Corrected"] = "已纠正", ["NothingToCorrect"] = "无须纠正", ["NotAdopted"] = "未采纳", ["Withdrawn"] = "已撤回",
            ["AwaitingResult"] = "待反馈", ["Accepted"] = "已立案", ["NotAccepted"] = "不予立案", ["MissingItem"] = "要素缺失", ["WrongParty"] = "当事人信息错误",
            ["WrongDate"] = "日期错误", ["DocumentMissing"] = "文书未上传", ["EnteredLate"] = "录入超期",
        },
    };

    private static CatalogEntry Of<T>(string name, string chinese, Recorder recorder)
        where T : IFact => CatalogEntry.Of<T>(name, chinese, StreamKind.Procuratorial, recorder);
}
