using System.Text.Json.Nodes;
using static Ledger.Host.Evidence.Bundle.Report.ReportText;

namespace Ledger.Host.Evidence.Bundle.Report;

/// <summary>The numbers, each with numerator and denominator, the policy that made it and the lawsuits behind it.</summary>
internal sealed class ReportNumbers(ReportModel model, ReportText text)
{
    private static readonly (string Member, string Chinese)[] Figures =
    [
        ("lossRate", "败诉率"), ("losses", "败诉"), ("newCases", "发案"), ("closed", "审结"), ("mediatedOrWithdrawn", "调撤"), ("headAttendance", "负责人出庭"),
        ("timelyCaseFiling", "三日报备"), ("timelyLossFiling", "五日报备"),
    ];

    /// <summary>The policy in force and the calendars that due dates were counted with.</summary>
    public string Basis()
    {
        var id = (string)model.Claims["policy"]!;
        var adopted = model.Facts.LastOrDefault(f => f.Type == "CountingPolicyAdopted" && f.Key == id);
        return ReportTable.Pairs(
            ("统计口径", Escape(id)),
            ("口径内容", adopted is null ? "内置口径，按缺省值" : text.Members(adopted.Data, _ => null)),
            ("工作日历", string.Join("；", model.Facts.Where(f => f.Type == "CalendarYearPublished").Select(f => $"{Escape(f.Key)} 年（{text.Value("notice", f.Data["notice"])}）")) is { Length: > 0 } calendars
                ? calendars
                : "无，按周末推算"),
            ("台账位置", Escape((string)model.Claims["position"]!)),
            ("截至", Escape((string)model.Claims["asOf"]!)));
    }

    /// <summary>The rankings, the unit's own row marked.</summary>
    public string Rankings() => string.Concat(Items("rankings").Select(ranking => Heading($"{ranking["period"]} 败诉率排名（{FactWords.Of((string?)ranking["list"] ?? "")}）") + ReportTable.Of(
        $"{ranking["period"]} 排名", ["名次", "单位", .. Figures.Select(f => f.Chinese), "备注"],
        [
            .. ranking["rows"]!.AsArray().Select(row => Row(row!.AsObject(), row["rank"]?.ToString() ?? "—", Escape((string?)row["name"] ?? ""))),
            Row(ranking["county"]!.AsObject(), "", "全县"),
        ],
        "figures")));

    /// <summary>The unit's scorecards: each number with the lawsuits that make it.</summary>
    public string Scorecards() => string.Concat(Items("scorecards").Select(card => Heading($"{card["period"]} 计分卡") + ReportTable.Of(
        $"{card["period"]} 计分卡", ["指标", "数值", "所依据的案件（★ 计入分子）"],
        Figures.Select(f => new ReportTable.Row([Escape(f.Chinese), text.Value(f.Member, card[f.Member]), Behind(card["lawsuits"]?[f.Member] as JsonArray)])),
        "scorecard")));

    /// <summary>What the unit owed, when it was due and where it stands.</summary>
    public string Obligations() => ReportTable.Of(
        "义务", ["种类", "案件", "起算日", "到期日", "状态", "履行时间", "迟延（工作日）"],
        Items("obligations").Select(o => new ReportTable.Row(
            [
                Escape(FactWords.Of((string?)o["kind"] ?? "")), Escape(string.Join(' ', new[] { o["caseNo"], o["duty"], o["year"] }.Where(n => n is not null).Select(n => n!.ToString()))),
                text.Value("openedOn", o["openedOn"]), text.Value("dueOn", o["dueOn"]) + (o["provisional"]?.GetValue<bool>() == true ? "（暂定）" : ""),
                Escape(FactWords.Of((string?)o["status"] ?? "")), o["metAt"] is null ? "—" : text.Value("metAt", o["metAt"]), text.Value("daysLate", o["daysLate"]),
            ],
            (string?)o["status"] is "Overdue" or "MetLate" ? "late" : "")));

    private IEnumerable<JsonObject> Items(string name) => model.Claims[name]!.AsArray().Select(n => n!.AsObject());

    private static string Heading(string heading) => $"<h3>{Escape(heading)}</h3>\n";

    private ReportTable.Row Row(JsonObject row, string rank, string name) => new(
        [rank, name, .. Figures.Select(f => text.Value(f.Member, row[f.Member])), string.Join("；", Notes(row))],
        (string?)row["unit"] == model.Unit ? "own" : "");

    private static IEnumerable<string> Notes(JsonObject row)
    {
        if (row["flags"] is JsonArray flags && flags.Any(f => (string?)f == "SmallSample")) yield return "样本少";
        if (row["barred"]?.GetValue<bool>() == true) yield return "不得评优";
    }

    private static string Behind(JsonArray? lawsuits) => string.Join("；", (lawsuits ?? []).Select(l =>
        Escape((string?)l!["caseNo"] ?? (string?)l["lawsuit"] ?? "") + (l["counts"]?.GetValue<bool>() == true ? "★" : "")));
}
