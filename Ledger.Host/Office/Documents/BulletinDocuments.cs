using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Bulletins;
using Ledger.Domain.Facts;
using Ledger.Host.Cli;

namespace Ledger.Host.Office.Documents;

/// <summary>The quarterly bulletins as documents: what the answers say, and nothing else.</summary>
internal static class BulletinDocuments
{
    private static readonly (string Name, int Width, Func<BulletinRow, string> Value)[] Columns =
    [
        ("名次", 5, r => Number(r.Rank)),
        ("上期\n名次", 5, r => Number(r.PreviousRank)),
        ("单位", 16, r => r.Name ?? "全县"),
        ("新收\n一审", 5, r => Number(r.NewCases)),
        ("上年\n同期", 5, r => Number(r.NewCasesYearBefore)),
        ("占全县", 8, r => Narrow(r.ShareOfCounty)),
        ("审结", 5, r => Number(r.Closed)),
        ("驳回\n请求", 5, r => Number(r.DismissedClaims)),
        ("驳回\n起诉", 5, r => Number(r.DismissedSuits)),
        ("调撤率", 8, r => Narrow(r.MediatedOrWithdrawn)),
        ("败诉", 5, r => Number(r.Losses)),
        ("串案\n组数", 5, r => Number(r.SeriesOfLosses)),
        ("败诉率", 8, r => Narrow(r.LossRate)),
        ("上年同期\n败诉率", 8, r => r.LossRateYearBefore is { } rate ? Narrow(rate) : "—"),
        ("同比\n百分点", 7, r => Points(r.LossRateChange)),
        ("与全省\n均值差", 7, r => Points(r.DifferenceToProvince)),
        ("生效\n败诉率", 8, r => Narrow(r.EffectiveLossRate)),
        ("负责人\n出庭率", 8, r => Narrow(r.HeadAttendance)),
        ("三日\n报备率", 8, r => Narrow(r.TimelyCaseFiling)),
        ("五日\n报备率", 8, r => Narrow(r.TimelyLossFiling)),
        ("整改\n完成", 8, r => Narrow(r.Rectification)),
        ("追责\n件/人", 6, r => $"{r.AccountabilityCases}/{r.AccountabilityPersons}"),
        ("备注", 9, r => string.Join("；", r.Remarks.Select(Remark))),
    ];

    public static OfficialDocument Loss(BulletinContents bulletin, string policySentence, Issuing issuing, Answers.Scope scope)
    {
        var (county, period) = (bulletin.County, PeriodName(bulletin.Period));
        var title = bulletin.Title ?? $"关于{period}全县行政诉讼败诉情况的通报";
        var proof = issuing.Address + $"/ranking?period={bulletin.Period}&policy={Uri.EscapeDataString(bulletin.Policy)}&asOf={bulletin.AsOf:yyyy-MM-dd}&position={bulletin.Position}";
        List<Block> body =
        [
            new TextBlock($"现将{period}全县一审行政诉讼案件发案和败诉情况通报如下。数据截至{OfficialDocument.Day(bulletin.AsOf)}，按统计口径“{bulletin.Policy}”统计：{policySentence}"),
            new HeadingBlock("一、总体情况"),
            new TextBlock(
                $"{period}，全县新收一审行政案件{county.NewCases}件" + (county.NewCasesYearBefore is { } before ? $"（上年同期{before}件）" : "")
                + $"，审结{county.Closed}件；败诉{county.Losses}件，败诉率{Rate(county.LossRate)}" + (county.LossRateYearBefore is { Exists: true } was ? $"，上年同期{Rate(was)}" : "") + "。"
                + (bulletin.Province is { Exists: true } province && bulletin.ProvinceRefused is null ? $"全省同期败诉率{Rate(province)}。" : "")),
            new TextBlock(
                $"调解撤诉率{Rate(county.MediatedOrWithdrawn)}；行政机关负责人出庭应诉率{Rate(county.HeadAttendance)}；三日应诉报备率{Rate(county.TimelyCaseFiling)}，五日败诉报备率{Rate(county.TimelyLossFiling)}；"
                + $"到期整改完成{Rate(county.Rectification)}；追究过错责任{county.AccountabilityCases}件{county.AccountabilityPersons}人。"),
            new HeadingBlock("二、败诉率排名"),
            new TextBlock(Worst(bulletin)),
            new HeadingBlock("三、有关说明"),
            new TextBlock("败诉率由高到低排列，第一名最差；率相同的，败诉件数多的列前，仍相同的并列。结案不足五件的注明“样本少”，无结案的不参加排名。各率均列明分子和分母；共同被告的案件全县只计一次，全县数不是各单位之和。"),
        ];
        body.AddRange(bulletin.Restatements.Select(r => new TextBlock($"更正说明（第{r.Number}次，{OfficialDocument.Day(r.RestatedOn)}）：{r.Reason}")));
        var annex = new Annex(
            $"{period}各单位行政诉讼情况统计表",
            new TableBlock([.. Columns.Select(c => c.Name)], [.. Columns.Select(c => c.Width)], [.. bulletin.Rows.Append(county).Select(r => (IReadOnlyList<string>)[.. Columns.Select(c => c.Value(r))])]),
            ["注：率为“分子/分母（百分比）”；“—”为分母为零或者不可比。" + (bulletin.Reproduced ? "" : "本表与发布时的哈希不一致。")], IsWide: true);
        return new OfficialDocument(
            issuing.Organ, issuing.SerialOf(bulletin.PublishedOn), title, "各乡镇人民政府，县政府有关部门，驻舞有关单位", body, annex, bulletin.PublishedOn,
            new DocumentBasis(bulletin.Policy, bulletin.AsOf, bulletin.Position, proof, scope.IsSynthetic));
    }

    public static OfficialDocument Accountability(
        AccountabilityContents bulletin, Func<string, string> nameOf, Issuing issuing, string proof, Answers.Scope scope)
    {
        var period = PeriodName(bulletin.Period);
        List<Block> body =
        [
            new TextBlock($"按照行政执法过错责任追究情况季度通报的要求，现将{period}全县行政执法过错责任追究情况通报如下，数据截至{OfficialDocument.Day(bulletin.AsOf)}。"),
            new HeadingBlock("一、基本情况"),
            new TextBlock(bulletin.ZeroReport
                ? $"{period}，全县没有作出行政执法过错责任追究决定（零报告）。"
                : $"{period}，全县作出行政执法过错责任追究决定{bulletin.Cases}件，追究{bulletin.Persons}人。"),
        ];
        if (bulletin.ByForm.Count > 0)
        {
            body.Add(new HeadingBlock("二、追责方式"));
            body.Add(new TextBlock(string.Join("；", bulletin.ByForm.Select(f => $"{MemberLabels.Chinese(f.Form)}{f.Count}次")) + "。"));
        }

        body.AddRange(bulletin.Restatements.Select(r => new TextBlock($"更正说明（第{r.Number}次，{OfficialDocument.Day(r.RestatedOn)}）：由{r.OldCases}件{r.OldPersons}人更正为{r.Cases}件{r.Persons}人。{r.Reason}")));
        var annex = bulletin.Decisions.Count == 0 ? null : new Annex(
            $"{period}过错责任追究案件一览表",
            new TableBlock(["序号", "单位", "案件编号", "决定日期", "追究人数", "追责方式"], [5, 18, 16, 14, 8, 24],
            [
                .. bulletin.Decisions.Select((d, i) => (IReadOnlyList<string>)
                [
                    Number(i + 1), d.Unit is null ? "—" : nameOf(d.Unit), Subject.Parse(d.Subject).Key, OfficialDocument.Day(d.DecidedOn), Number(d.Persons),
                    string.Join("、", d.Forms.Select(MemberLabels.Chinese)),
                ]),
            ]), ["注：本表不列被追究人员姓名。"], IsWide: false);
        return new OfficialDocument(
            issuing.Organ, issuing.SerialOf(bulletin.PublishedOn), bulletin.Title ?? $"关于{period}行政执法过错责任追究情况的通报", "各乡镇人民政府，县政府有关部门，驻舞有关单位", body, annex,
            bulletin.PublishedOn, new DocumentBasis(null, bulletin.AsOf, bulletin.Position, proof, scope.IsSynthetic));
    }

    /// <summary>A period in words: <c>2024年第一季度</c>.</summary>
    public static string PeriodName(string period) => period.Length switch
    {
        6 when period[4] == 'Q' => $"{period[..4]}年第{"一二三四"[period[5] - '1']}季度",
        7 => $"{period[..4]}年{int.Parse(period.AsSpan(5), CultureInfo.InvariantCulture)}月",
        _ => $"{period}年",
    };

    private static string Worst(BulletinContents bulletin)
    {
        var worst = bulletin.Rows.Where(r => r is { Rank: <= 3, Losses: > 0 }).ToList();
        return worst.Count == 0
            ? "本期没有败诉的单位。各单位情况见附件。"
            : "败诉率排在前三位的单位是：" + string.Join("；", worst.Select(r => $"第{r.Rank}名{r.Name}，败诉{r.Losses}件，败诉率{Rate(r.LossRate)}")) + "。各单位情况见附件。";
    }

    private static string Rate(Ratio ratio) => Tables.Rate(ratio);

    // The share under its fraction.
    private static string Narrow(Ratio ratio) => Rate(ratio).Replace(" (", "\n(", StringComparison.Ordinal);

    private static string Remark(string code) => code == "NoClosing" ? "无结案" : MemberLabels.Chinese(code);

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "—";

    // A difference of two rates, in points of a hundredth.
    private static string Points(Ratio? change) =>
        change is { Exists: true } c ? ((decimal)c.N * 100 / c.D).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) : "—";
}
