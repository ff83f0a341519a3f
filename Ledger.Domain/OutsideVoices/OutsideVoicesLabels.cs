namespace Ledger.Domain.OutsideVoices;

/// <summary>The Chinese headings of the area's answers and the codes in them.</summary>
internal static class OutsideVoicesLabels
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["field"] = "管理领域", ["channel"] = "渠道", ["received"] = "受理件数", ["upheldRate"] = "查实率", ["endedRate"] = "查实办结率", ["repliedRate"] = "答复率",
        ["repliedInTime"] = "按期答复率", ["key"] = "编号", ["unit"] = "单位", ["name"] = "名称", ["receivedOn"] = "受理日", ["assignedOn"] = "交办日",
        ["dueOn"] = "到期日", ["status"] = "状态", ["verifiedOn"] = "核查日", ["endedOn"] = "办结日", ["closure"] = "办结理由", ["repliedOn"] = "答复日",
        ["daysLate"] = "迟延（工作日）", ["evidence"] = "凭据", ["period"] = "期间", ["complaints"] = "投诉件数", ["atLeast"] = "认定标准（件）", ["rule"] = "标准版本",
        ["reached"] = "达到标准", ["hotspot"] = "高发领域编号", ["stated"] = "认定时件数", ["position"] = "账本位置", ["identifiedOn"] = "认定日",
        ["warnings"] = "预警数", ["heldOn"] = "举行日", ["none"] = "未发现", ["identified"] = "已认定", ["contradicted"] = "与现有件数不符",
        ["documentNo"] = "文号", ["issuedOn"] = "发出日", ["rectifiedOn"] = "整改日", ["role"] = "类别", ["kind"] = "种类", ["organisation"] = "单位或场所",
        ["from"] = "起", ["until"] = "止", ["active"] = "在任", ["feedback"] = "反映", ["handled"] = "已办结", ["handledOn"] = "办结日", ["result"] = "结果",
        ["decisionNo"] = "决定文号", ["url"] = "网址", ["decidedOn"] = "决定日", ["publishedOn"] = "公布日", ["workingDays"] = "期限（工作日）",
        ["Hotline12345"] = "12345热线", ["ServiceRating"] = "好差评", ["Portal"] = "门户网站", ["Other"] = "其他", ["Unassigned"] = "未交办",
        ["BeingVerified"] = "核查中", ["NotUpheld"] = "不属实", ["UpheldOpen"] = "查实未办结", ["Corrected"] = "已纠正", ["ClosedWithReason"] = "说明理由办结",
        ["AlreadyCorrected"] = "此前已纠正", ["CannotBeUndone"] = "无法恢复，已另行处理", ["Settled"] = "与投诉人达成和解", ["HandedOver"] = "移交有权机关",
        ["LaySupervisor"] = "执法监督员", ["ContactPoint"] = "执法监督联系点", ["CongressDeputy"] = "人大代表", ["PoliticalAdviser"] = "政协委员",
        ["Business"] = "企业和行业协会", ["Media"] = "新闻媒体", ["Resident"] = "群众", ["NotSubstantiated"] = "不属实", ["Explained"] = "已说明解释",
        ["Penalty"] = "行政处罚", ["Licence"] = "行政许可", ["Coercion"] = "行政强制", ["Expropriation"] = "行政征收征用", ["Inspection"] = "行政检查",
    };
}
