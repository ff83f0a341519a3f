using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Host.Replay;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>States as people read them: members and codes in Chinese, units by their names.</summary>
/// <param name="units">The units' names by key.</param>
/// <param name="english">The language, where it is not that of the command line.</param>
internal sealed class MemberLabels(IReadOnlyDictionary<string, string> units, bool? english = null)
{
    private readonly bool _english = english ?? IsEnglish;

    private const int Longest = 400;

    private static readonly Dictionary<string, string> Spine = new(StringComparer.Ordinal)
    {
        ["caseNo"] = "案号", ["court"] = "法院", ["docketedOn"] = "立案日", ["category"] = "案件类别", ["cause"] = "案由", ["field"] = "管理领域",
        ["actType"] = "行政行为种类", ["township"] = "所在乡镇", ["plaintiffs"] = "原告", ["series"] = "串案", ["suspendedFor"] = "中止原因",
        ["defendants"] = "被告", ["formerDefendants"] = "已退出的被告", ["capacity"] = "被告身份", ["instances"] = "审级", ["level"] = "审级", ["openedOn"] = "起算日",
        ["materialsReceived"] = "收到应诉材料", ["hearings"] = "庭审", ["document"] = "裁判文书", ["outcomes"] = "结果", ["lost"] = "败诉",
        ["judgmentsReceived"] = "收到裁判文书", ["appeals"] = "上诉", ["effective"] = "已生效裁判", ["effectiveOn"] = "生效日", ["basis"] = "依据",
        ["appealPeriods"] = "上诉期", ["endsOn"] = "上诉期满日", ["expectedEffectiveOn"] = "预计生效日", ["provisional"] = "暂按周末计算", ["obligations"] = "报备义务",
        ["dueOn"] = "到期日", ["metAt"] = "办理时间", ["status"] = "状态", ["daysLate"] = "迟延（工作日）", ["unit"] = "单位", ["receivedOn"] = "收到日",
        ["heldOn"] = "举行日", ["plan"] = "安排", ["submittedOn"] = "提交日", ["risk"] = "败诉风险", ["on"] = "日期", ["openCourt"] = "公开开庭", ["attendances"] = "出庭情况", ["by"] = "由谁", ["absence"] = "缺席", ["reason"] = "理由",
        ["closedOn"] = "结案日", ["dispositions"] = "裁判结果", ["outcome"] = "结果", ["causes"] = "败诉原因", ["amount"] = "金额（元）", ["filedOn"] = "提起日",
        ["name"] = "名称", ["kind"] = "种类", ["registeredOn"] = "登记日", ["merged"] = "已并入", ["into"] = "并入单位", ["mergedOn"] = "并入日",
        ["duties"] = "职责事项", ["duty"] = "职责编号", ["year"] = "年度", ["performed"] = "已履行职责", ["reports"] = "未履职情况报告", ["submittedAt"] = "提交时间",
        ["transferred"] = "移转的义务", ["transferredOn"] = "移转日", ["to"] = "移转给", ["facts"] = "事实", ["type"] = "事实", ["legalDate"] = "法律日期", ["data"] = "内容",
        ["Administrative"] = "行政", ["Compensation"] = "行政赔偿", ["Sole"] = "单独被告", ["Joint"] = "共同被告", ["ReconsiderationJoint"] = "复议维持的共同被告",
        ["Judgment"] = "判决书", ["Ruling"] = "裁定书", ["Mediation"] = "调解书", ["First"] = "一审", ["Second"] = "二审", ["Petition"] = "申请再审", ["Retrial"] = "再审",
        ["Principal"] = "正职", ["Deputy"] = "副职", ["HeadInCharge"] = "分管负责人", ["StaffOnly"] = "仅工作人员", ["LawyerOnly"] = "仅律师", ["None"] = "无人",
        ["Justified"] = "有正当理由", ["Unjustified"] = "无正当理由", ["CaseFiling"] = "三日应诉报备", ["LossFiling"] = "五日败诉报备", ["NonPerformanceReport"] = "未履职情况报告",
        ["Pending"] = "待办", ["Overdue"] = "逾期", ["Met"] = "按时", ["MetLate"] = "迟报", ["Plaintiff"] = "原告", ["Defendant"] = "被告", ["Both"] = "双方",
        ["AppealPeriodExpired"] = "上诉期满", ["SecondInstance"] = "二审终审", ["MediationSigned"] = "调解书签收", ["RulingServed"] = "裁定送达", ["CourtNotice"] = "法院通知",
        ["CountyGovernment"] = "县政府", ["Township"] = "乡镇", ["Department"] = "县直部门", ["Stationed"] = "驻舞单位", ["External"] = "县外机关",
        ["DismissClaims"] = "驳回诉讼请求", ["RevokeAll"] = "撤销", ["RevokeAndRedo"] = "撤销并责令重作", ["RevokePart"] = "部分撤销", ["OrderPerform"] = "责令履行",
        ["OrderPay"] = "判决给付", ["ConfirmUnlawful"] = "确认违法", ["ConfirmUnlawfulMinorProcedure"] = "确认违法（程序轻微违法）",
        ["ConfirmUnlawfulAfterSelfCorrection"] = "确认违法（被告改变后）", ["ConfirmInvalid"] = "确认无效", ["Modify"] = "变更", ["AgreementLiability"] = "承担协议责任",
        ["OrderDamages"] = "判决赔偿", ["NotDocketed"] = "不予立案", ["DismissSuit"] = "驳回起诉", ["WithdrawVoluntary"] = "主动撤诉",
        ["WithdrawAfterDefendantChanged"] = "被告改变后撤诉", ["DeemedWithdrawn"] = "按撤诉处理", ["Mediated"] = "调解", ["Terminated"] = "终结诉讼", ["Transferred"] = "移送管辖",
        ["Consolidated"] = "并案", ["AgreementCompensation"] = "协议补偿", ["AffirmJudgment"] = "维持原判决", ["AffirmRuling"] = "维持原裁定", ["AppealWithdrawn"] = "撤回上诉",
        ["RevokeAndRemand"] = "撤销原判，发回重审", ["OrderDocket"] = "指令立案或者审理", ["RetrialPetitionDismissed"] = "驳回再审申请", ["RetrialOrdered"] = "裁定再审",
    };

    // What an item is about; said once in a line.
    private static readonly string[] Titling = ["kind", "type", "caseNo", "level", "unit", "lawsuit", "duty", "year"];

    private static readonly HashSet<string> UnitMembers = ["unit", "into", "to", "formerDefendants"];

    /// <summary>A member's or a code's word.</summary>
    public string Word(string name) => _english ? name : Chinese(name);

    /// <summary>A member's or a code's word in Chinese.</summary>
    public static string Chinese(string name) => Spine.TryGetValue(name, out var word) ? word : AnswerTable.Word(name);

    /// <summary>Where a change is, in words: <c>审级 （2023）豫1121行初1号 › 裁判文书 › 结案日</c>.</summary>
    /// <param name="change">The change.</param>
    /// <param name="after">The later state, in whose lists the change's indexes are.</param>
    public string Path(MemberChange change, JsonNode? after)
    {
        var (words, at) = (new List<string>(), after);
        var parts = change.Member.Split('/')[1..];
        for (var i = 0; i < parts.Length; i++)
        {
            var name = MemberChange.Unescape(parts[i]);
            if (at is JsonArray list)
            {
                var index = int.Parse(name, CultureInfo.InvariantCulture);
                at = i == parts.Length - 1 && change.Kind == ChangeKind.Removed ? change.Before : index < list.Count ? list[index] : null;
                if (words.Count > 0) words[^1] += Title(at, string.Join(' ', words));
            }
            else
            {
                at = at?[name];
                words.Add(Word(name));
            }
        }

        return string.Join(" › ", words);
    }

    /// <summary>What changed in a state, in words; a state that came or went is told member by member.</summary>
    public IEnumerable<(string Member, string Before, string After)> Changes(StateStep state)
    {
        foreach (var change in state.Changes.SelectMany(Members))
        {
            var member = change.Member.Split('/').Where(p => !p.All(char.IsAsciiDigit)).LastOrDefault("");
            var path = Path(change, state.After);
            var said = $"{state.Subject} {path}";
            yield return (path, Value(member, change.Before, said), Value(member, change.After, said));
        }
    }

    /// <summary>A value in words; a dash for none.</summary>
    /// <param name="member">The member that has it.</param>
    /// <param name="value">The value.</param>
    /// <param name="said">What has been said of it in the line: a unit or case number that stands there is not repeated.</param>
    public string Value(string member, JsonNode? value, string said = "")
    {
        var text = Text(member, value, said);
        return text.Length == 0 ? "—" : text.Length <= Longest ? text : text[..Longest] + "…";
    }

    private static IEnumerable<MemberChange> Members(MemberChange change) => change switch
    {
        { Member: "", After: JsonObject after } => after.Where(m => IsSaid(m.Value)).Select(m => new MemberChange("/" + MemberChange.Escape(m.Key), ChangeKind.Added, null, m.Value)),
        { Member: "", Before: JsonObject before } => before.Where(m => IsSaid(m.Value)).Select(m => new MemberChange("/" + MemberChange.Escape(m.Key), ChangeKind.Removed, m.Value, null)),
        _ => [change],
    };

    private static bool IsSaid(JsonNode? value) => value is not (null or JsonArray { Count: 0 });

    private string Say(string chinese, string foreign) => _english ? foreign : chinese;

    private string Title(JsonNode? item, string said) => item is JsonObject o
        ? string.Concat(Titling.Where(m => o[m] is JsonValue && m != "lawsuit" && !(m == "level" && o["caseNo"] is not null))
            .Select(m => Text(m, o[m], "")).Where(text => !said.Contains(text, StringComparison.Ordinal)).Select(text => " " + text))
        : "";

    private string Text(string member, JsonNode? value, string said) => value switch
    {
        null => "",
        JsonArray list => string.Join(list.Any(i => i is JsonObject) ? "\n" : Say("、", ", "), list.Select(i => Text(member, i, said))),
        JsonObject rate when rate.Count == 2 && rate["n"] is { } n && rate["d"] is { } d => Tables.Rate(new Ratio(n.GetValue<long>(), d.GetValue<long>())),
        JsonObject o => string.Join(Say("；", "; "), o.Where(m => IsTold(m.Key, m.Value, said)).Select(m => $"{Word(m.Key)} {Text(m.Key, m.Value, said + Title(o, said))}")),
        _ when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>() ? Say("是", "yes") : Say("否", "no"),
        _ when value.GetValueKind() == JsonValueKind.String => OfText(member, value.GetValue<string>()),
        _ => value.ToString(),
    };

    // Within a list of members what goes without saying is left out.
    private bool IsTold(string member, JsonNode? value, string said) => value switch
    {
        null or JsonArray { Count: 0 } => false,
        JsonValue v when member == "provisional" => v.GetValue<bool>(),
        JsonValue v when member == "daysLate" => v.GetValue<int>() != 0,
        JsonValue when Titling.Contains(member, StringComparer.Ordinal) => !said.Contains(Text(member, value, ""), StringComparison.Ordinal),
        _ => true,
    };

    private string OfText(string member, string text) =>
        UnitMembers.Contains(member) && units.TryGetValue(text, out var name) ? name
        : FactSchema.IsInstant(text) ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : text.Length == 64 && text.All(char.IsAsciiHexDigit) ? text[..12] + "…"
        : Word(text);
}
