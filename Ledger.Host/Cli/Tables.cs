using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Host.Answers;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>The answers as people read them in a terminal.</summary>
public static class Tables
{
    /// <summary>A ranking, worst first, with the county's line and what the numbers rest on.</summary>
    public static void Write(IAnsiConsole console, Ranking ranking, Scope scope)
    {
        var table = NewTable(
            $"{ranking.Period} {ListName(ranking.List)}{Say("败诉率排名", " by loss rate")}",
            Say("名次", "Rank"), Say("单位", "Unit"), Say("败诉率", "Loss rate"), Say("败诉", "Losses"), Say("发案", "New"), Say("审结", "Closed"),
            Say("调撤率", "Med./withdr."), Say("负责人出庭", "Head present"), Say("3日报备", "3-day filing"), Say("5日报备", "5-day filing"), Say("备注", "Notes"));
        foreach (var row in ranking.Rows) Add(table, row.Rank?.ToString(CultureInfo.InvariantCulture) ?? "—", row.Name, row.Figures, Notes(row));
        Add(table, "", Say("全县", "County"), ranking.County, "");
        console.Write(table);
        WriteFooter(console, scope, $"{Say("口径", "Policy")} {ranking.Policy.Id}");
    }

    /// <summary>A scorecard: each number and the lawsuits behind it.</summary>
    public static void Write(IAnsiConsole console, Scorecard scorecard, Period period, Scope scope)
    {
        var (row, tally) = (scorecard.Row, scorecard.Tally);
        var table = NewTable($"{row.Name} {period} {Say("指标与案件", "numbers and lawsuits")}", Say("指标", "Indicator"), "n/d", Say("案件（√ 计入分子）", "Lawsuits (√ counts)"));
        Add(Say("败诉率", "Loss rate"), Rate(row.Figures.LossRate), tally.LossRate.Select(c => Mark(c.Closing.CaseNo, c.Counts)));
        Add(Say("发案", "New cases"), $"{row.Figures.NewCases}", tally.NewCases.Select(c => c.Case.CaseNo));
        Add(Say("调撤率", "Mediated or withdrawn"), Rate(row.Figures.MediatedOrWithdrawn), tally.Closed.Select(c => Mark(c.Closing.CaseNo, c.Counts)));
        Add(Say("负责人出庭", "Head attendance"), Rate(row.Figures.HeadAttendance), tally.Appearances.Select(a => Mark(a.Appearance.CaseNo, a.Appearance.HeadAttended)));
        Add(Say("3日报备", "3-day filing"), Rate(row.Figures.TimelyCaseFiling), Filings(ObligationKind.CaseFiling));
        Add(Say("5日报备", "5-day filing"), Rate(row.Figures.TimelyLossFiling), Filings(ObligationKind.LossFiling));
        console.Write(table);
        WriteFooter(console, scope, $"{Say("口径", "Policy")} {scorecard.Policy.Id}　{Say("名次", "Rank")} {row.Rank?.ToString(CultureInfo.InvariantCulture) ?? "—"}　{Notes(row)}");

        IEnumerable<string> Filings(ObligationKind kind) =>
            tally.Filings.Where(f => f.Kind == kind).Select(f => Mark(f.CaseNo!, f.Status == ObligationStatus.Met));

        void Add(string name, string rate, IEnumerable<string> lawsuits) =>
            table.AddRow(Markup.Escape(name), rate, Markup.Escape(string.Join("\n", lawsuits)));

        static string Mark(string caseNo, bool counts) => (counts ? "√ " : "　 ") + caseNo;
    }

    /// <summary>Obligations in the order in which they fall due.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<Obligation> obligations, IReadOnlyDictionary<string, string> names, Scope scope)
    {
        var table = NewTable(
            Say("报备义务", "Obligations"), Say("到期", "Due"), Say("单位", "Unit"), Say("事项", "What"), Say("案号 / 职责", "Case / duty"), Say("收到", "Opened"), Say("状态", "Status"), Say("迟延（工作日）", "Days late"));
        foreach (var o in obligations)
            table.AddRow(
                Day(o.DueOn) + (o.Provisional ? "*" : ""), Markup.Escape(names.GetValueOrDefault(o.Unit, o.Unit)), KindName(o.Kind), Markup.Escape(o.CaseNo ?? $"{o.Duty} {o.Year}"),
                Day(o.OpenedOn), StatusName(o.Status), o.DaysLate == 0 ? "" : o.DaysLate.ToString(CultureInfo.InvariantCulture));
        console.Write(table);
        WriteFooter(console, scope, $"{obligations.Count} {Say("项", "in all")}" + (obligations.Any(o => o.Provisional) ? Say("　* 缺当年节假日安排，暂按周末计算", "  * provisional: no calendar for that year") : ""));
    }

    /// <summary>A history, fact by fact.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<HistoryEntry> history, Scope scope)
    {
        var table = NewTable(
            Say("记载的事实", "Recorded facts"), Say("序列", "Seq."), Say("对象", "Subject"), Say("事实", "Fact"), Say("法律日期", "Legal date"), Say("记载时间", "Recorded"), Say("记载人", "Actor"), Say("内容", "Data"));
        foreach (var h in history)
        {
            var entry = h.Entry;
            var name = EventCatalog.EntryOf(entry.Recorded.Fact);
            var data = AnswerJson.Text(Masking.DataOf(entry.Subject.Kind, entry.Recorded.Fact, unmasked: true));
            var amended = h.Amendments.Count == 0 ? "" : "\n[yellow]" + Markup.Escape(string.Join("\n", h.Amendments.Select(a =>
                $"⤷ #{a.Entry.Recorded.Sequence} {EventCatalog.EntryOf(a.Entry.Recorded.Fact).Chinese}{(a.Retracted ? Say("（已撤回）", " (retracted)") : "")}"))) + "[/]";
            var documents = h.Documents.Count == 0 ? "" : "\n" + Markup.Escape(string.Join("\n", h.Documents.Select(d =>
                $"⎙ {d.Member} {(d.Stored is { } stored ? $"{stored.MediaType} {stored.Size} B" : Say("文书未入库", "document not stored"))}")));
            table.AddRow(
                $"{entry.Recorded.Sequence}", Markup.Escape(entry.Subject.ToString()), Markup.Escape(Say(name.Chinese, name.Name)), h.LegalDate is { } day ? Day(day) : "",
                entry.RecordedAt.ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Markup.Escape(entry.Actor ?? ""), Markup.Escape(data) + amended + documents);
        }

        console.Write(table);
        WriteFooter(console, scope, $"{history.Count} {Say("条", "facts")}");
    }

    /// <summary>A folded state: its members as a tree.</summary>
    public static void Write(IAnsiConsole console, string title, JsonObject state, Scope scope)
    {
        var tree = new Tree(Markup.Escape(title));
        Add(tree, state);
        console.Write(tree);
        WriteFooter(console, scope, "");

        static void Add(IHasTreeNodes parent, JsonNode? node)
        {
            if (node is JsonObject o)
                foreach (var (name, value) in o)
                    if (value is JsonValue or null) parent.AddNode(Markup.Escape($"{name}: {value?.ToString() ?? "—"}"));
                    else Add(parent.AddNode(Markup.Escape(name)), value);
            else if (node is JsonArray a)
                foreach (var item in a)
                    if (item is JsonValue) parent.AddNode(Markup.Escape(item.ToString()));
                    else Add(parent.AddNode("•"), item);
        }
    }

    internal static void WriteFooter(IAnsiConsole console, Scope scope, string more)
    {
        var parts = new List<string>
        {
            $"{Say("截至", "As of")} {Day(scope.AsOf)}",
            $"{Say("已知至", "known at")} {scope.KnownAt.ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}",
            $"{Say("账本位置", "position")} {scope.Position}",
        };
        if (more.Length > 0) parts.Insert(0, more);
        console.MarkupLine($"[grey]{Markup.Escape(string.Join("　", parts))}[/]");
        if (scope.ImportInProgress) console.MarkupLine($"[yellow]{Say("一次导入尚未完成，数字还会变化", "An import has not finished; the numbers will still change")}[/]");
        if (scope.IsSynthetic) console.MarkupLine($"[yellow]{Synthetic}[/]");
    }

    internal static Table NewTable(string title, params string[] columns)
    {
        var table = new Table().Title(Markup.Escape(title)).Border(TableBorder.Rounded);
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)));
        return table;
    }

    private static void Add(Table table, string rank, string name, Figures f, string notes) => table.AddRow(
        rank, Markup.Escape(name), Rate(f.LossRate), $"{f.Losses}", $"{f.NewCases}", $"{f.Closed}", Rate(f.MediatedOrWithdrawn), Rate(f.HeadAttendance),
        Rate(f.TimelyCaseFiling), Rate(f.TimelyLossFiling), Markup.Escape(notes));

    private static string Notes(RankingRow row)
    {
        var notes = new List<string>();
        if (row.Figures.IsSmallSample) notes.Add(Say("样本少", "small sample"));
        if (row.Rank is null) notes.Add(Say("无结案，不参加排名", "nothing closed, unranked"));
        if (row.Barred == true) notes.Add(Say("不得评优", "barred from 'excellent'"));
        return string.Join(Say("；", "; "), notes);
    }

    /// <summary>n/d, and the percentage that it comes to; the comparison itself never uses it.</summary>
    public static string Rate(Ratio ratio) => ratio.Exists
        ? ratio.N > ratio.D && ratio.D == 1 ? $"{ratio.N}"
            // More than one whole is no share but so much for each: cases per person, hours per head.
            : ratio.N > ratio.D ? $"{ratio.N}/{ratio.D} (={Rounded(ratio.N * 10, ratio.D) / 10}.{Rounded(ratio.N * 10, ratio.D) % 10})"
            : $"{ratio.N}/{ratio.D} ({Rounded(ratio.N * 100, ratio.D)}%)"
        : "—";

    // Half away from zero, also below it.
    private static long Rounded(long n, long d) => ((Math.Abs(n) * 2 / d) + 1) / 2 * Math.Sign(n);

    private static string ListName(UnitList list) => list switch
    {
        UnitList.Townships => Say("乡镇", "townships "),
        UnitList.Departments => Say("部门", "departments "),
        _ => Say("全部单位", "all units "),
    };

    private static string KindName(ObligationKind kind) => kind switch
    {
        ObligationKind.CaseFiling => Say("三日应诉报备", "case filing"),
        ObligationKind.LossFiling => Say("五日败诉报备", "loss filing"),
        _ => Say("未履职情况报告", "non-performance report"),
    };

    private static string StatusName(ObligationStatus status) => status switch
    {
        ObligationStatus.Pending => Say("待办", "pending"),
        ObligationStatus.Overdue => $"[red]{Say("逾期", "overdue")}[/]",
        ObligationStatus.Met => $"[green]{Say("按时", "on time")}[/]",
        _ => $"[yellow]{Say("迟报", "late")}[/]",
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
