using System.Globalization;
using Ledger.Domain.LawsuitConduct;
using Ledger.Domain.Obligations;
using Ledger.Domain.Rectifications;
using Ledger.Domain.Supervision;
using Ledger.Domain.WarningCases;
using Ledger.Host.Answers;
using Ledger.Host.Cli;

namespace Ledger.Host.Office.Documents;

/// <summary>Documents about one matter or one unit.</summary>
internal static class CaseDocuments
{
    private const string Ordinals = "一二三四五六七八九十";

    public static OfficialDocument Overdue(OverdueNoticeDraft draft, Issuing issuing, string proof, Scope scope)
    {
        // The draft's first line is its title.
        var lines = draft.Draft.Split('\n');
        return Document(
            issuing, lines[0].Replace("（代拟稿）", "", StringComparison.Ordinal), draft.Name, [.. lines.Skip(1).Select(l => new TextBlock(l))], null, scope, proof);
    }

    public static OfficialDocument Supervision(
        ISupervisionInstrument instrument, IReadOnlyList<SupervisionFindingRecorded> findings, string unit, Issuing issuing, string proof, Scope scope)
    {
        List<Block> body = [];
        if (findings.Count > 0)
        {
            body.Add(new TextBlock("经依法监督检查，查明你单位存在下列问题："));
            body.AddRange(findings.Select((f, i) => new TextBlock(
                $"（{Ordinal(i)}）{MemberLabels.Chinese(f.Type.ToString())}。{OfficialDocument.Day(f.FoundOn)}发现，违反{f.LegalBasis}。")));
        }

        var name = NameOf(instrument);
        switch (instrument)
        {
            case SupervisionDecisionIssued decision:
                if (decision.Prior is { } prior) body.Insert(0, new TextBlock($"本机关{prior}文书规定的期限已经届满，你单位没有按期处理。"));
                body.Add(new TextBlock($"现决定：{MemberLabels.Chinese(decision.Kind.ToString())}。" + Term(decision.TermDueOn, "执行")));
                break;
            default:
                body.Add(new TextBlock("请你单位对上述问题自行纠正。" + Term(instrument.TermEndsOn, "纠正")));
                break;
        }

        return Document(issuing, name, unit, body, null, scope, proof, instrument.LegalDate, instrument.DocumentNo);

        static string Term(DateOnly? due, string what) => due is { } day ? $"请于{OfficialDocument.Day(day)}前将{what}情况书面报告本机关。" : $"请将{what}情况书面报告本机关。";
    }

    public static string NameOf(ISupervisionInstrument instrument) => instrument switch
    {
        SupervisionNoticeIssued => "行政执法监督通知书",
        SupervisionOpinionIssued => "行政执法监督意见书",
        _ => "行政执法监督决定书",
    };

    public static OfficialDocument Rectify(RectificationRow row, Issuing issuing, string proof, Scope scope)
    {
        var cause = row.PrimaryCause is { } primary ? $"，经认定，败诉的主要原因是{MemberLabels.Chinese(primary.ToString())}" : "，败诉原因尚待认定";
        List<Block> body =
        [
            new TextBlock($"你单位在{row.CaseNo}一案中败诉{cause}。整改工作已于{OfficialDocument.Day(row.OpenedOn)}启动（整改编号{row.Key}）。现将有关要求通知如下。"),
            new HeadingBlock("一、整改措施"),
            new TextBlock(row.Measures.Count == 0
                ? "请你单位针对败诉原因制定整改措施，明确责任岗位和完成期限，并报本机关。"
                : $"请按照附件所列{row.Measures.Count}项措施，落实责任岗位，在规定期限内逐项完成。"),
            new HeadingBlock("二、整改报告"),
            new TextBlock("全部措施完成后，请书面报告整改情况并附证明材料，由本机关验收；验收不合格的，退回重新整改。"),
        ];
        if (row.ReopenedFor is { } reason) body.Add(new TextBlock($"本案整改曾于{(row.ReopenedOn is { } on ? OfficialDocument.Day(on) : "此前")}退回，原因：{reason}"));
        var annex = row.Measures.Count == 0 ? null : new Annex(
            "整改措施清单",
            new TableBlock(["序号", "措施", "类型", "责任岗位", "完成期限", "进度", "状态"], [5, 28, 14, 12, 14, 7, 10],
            [
                .. row.Measures.Select((m, i) => (IReadOnlyList<string>)
                [
                    Number(i + 1), m.Content, MemberLabels.Chinese(m.Type.ToString()), m.Owner, OfficialDocument.Day(m.DueOn), m.Percent.ToString(CultureInfo.InvariantCulture) + "%",
                    MemberLabels.Chinese(m.Status.ToString()),
                ]),
            ]), [], IsWide: false);
        return Document(issuing, $"关于{row.Name}{row.CaseNo}案件败诉整改的通知", row.Name, body, annex, scope, proof);
    }

    public static OfficialDocument Typical(CityReportRow row, WarningCaseRow? library, LossRow? loss, Issuing issuing, string proof, Scope scope)
    {
        List<Block> body =
        [
            new TextBlock($"按照典型案例报送要求，现将{row.Name}行政诉讼典型案例一件报告如下。"),
            new HeadingBlock("一、案件情况"),
            new TextBlock($"案号：{row.CaseNo}。败诉单位：{row.Name}。" + (loss is null ? "" : $"案由：{loss.CauseOfAction}；管理领域：{loss.Field}；行政行为种类：{loss.ActType}；结案日期：{OfficialDocument.Day(loss.ClosedOn)}；裁判结果：{string.Join("、", loss.Outcomes.Select(o => MemberLabels.Chinese(o.ToString())))}。")),
            new HeadingBlock("二、警示意义"),
            new TextBlock($"本案于{OfficialDocument.Day(row.SelectedOn)}入选，警示问题：{MemberLabels.Chinese(row.Cause.ToString())}。" + (loss is { Causes.Count: > 0 } ? $"认定的败诉原因：{string.Join("、", loss.Causes.Select(c => MemberLabels.Chinese(c.ToString())))}。" : "")),
            new HeadingBlock("三、处理情况"),
            new TextBlock(
                (library?.PublishedOn is { } published ? $"案例已于{OfficialDocument.Day(published)}在全县发布，应学单位学习情况{Tables.Rate(library.Studied)}。" : "案例尚未在全县发布。")
                + (loss is null ? "" : $"整改状态：{MemberLabels.Chinese(loss.State.ToString())}。")),
        ];
        return Document(issuing, $"关于报送{row.Name}行政诉讼典型案例的报告", issuing.Superior, body, null, scope, proof, row.ReportedOn, row.DocumentNo);
    }

    public static OfficialDocument January(
        int year, IReadOnlyList<Duty> duties, Func<string, string> nameOf, Func<Duty, string> dutyOf, Issuing issuing, string proof, Scope scope)
    {
        var due = duties.Select(d => d.DueOn).Max();
        List<Block> body =
        [
            new TextBlock($"{year}年度列入职责清单而没有履行的行政执法职责，应当书面报告未履行的情况和原因。根据账本记载，截至{OfficialDocument.Day(scope.AsOf)}，尚有{duties.Count}项没有履行记录，也没有报告，涉及{duties.Select(d => d.Unit).Distinct(StringComparer.Ordinal).Count()}个单位，清单见附件。"),
            new TextBlock(
                $"请有关单位逐项核对：已经履行的，补录履行情况；确未履行的，于{(due is { } day ? OfficialDocument.Day(day) : $"{year + 1}年1月31日")}前提交未履职情况报告。"
                + (duties.Any(d => d.Provisional) ? "（该年节假日安排尚未公布，期限为暂定。）" : "")),
        ];
        var annex = new Annex(
            $"{year}年度未履行职责清单",
            new TableBlock(["序号", "单位", "职责", "报告期限", "状态"], [6, 24, 26, 18, 12],
            [
                .. duties.OrderBy(d => d.Unit, StringComparer.Ordinal).ThenBy(d => d.Item, StringComparer.Ordinal).Select((d, i) => (IReadOnlyList<string>)
                    [Number(i + 1), nameOf(d.Unit ?? ""), dutyOf(d), d.DueOn is { } on ? OfficialDocument.Day(on) : "—", MemberLabels.Chinese(d.Status.ToString())]),
            ]), [], IsWide: false);
        return Document(issuing, $"关于报送{year}年度未履职情况报告的提醒函", "各有关执法单位", body, annex, scope, proof);
    }

    private static OfficialDocument Document(
        Issuing issuing, string title, string addressee, IReadOnlyList<Block> body, Annex? annex, Scope scope, string proof, DateOnly? on = null, string? recordedNo = null) =>
        new(issuing.Organ, issuing.SerialOf(on ?? scope.AsOf, recordedNo), title, addressee, body, annex, on ?? scope.AsOf,
            new DocumentBasis(null, scope.AsOf, scope.Position, proof, scope.IsSynthetic));

    private static string Ordinal(int index) => index < Ordinals.Length ? Ordinals[index].ToString() : Number(index + 1);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
