using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Replay;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>A replay as an auditor reads it: each fact with what it did, member by member.</summary>
/// <param name="console">Where to.</param>
/// <param name="labels">The words.</param>
internal sealed class ReplayTables(IAnsiConsole console, MemberLabels labels)
{
    /// <summary>Every step, then what the replay rests on.</summary>
    public void Write(IReadOnlyList<ToldStep> steps, Scope scope)
    {
        for (var i = 0; i < steps.Count; i++) Write(steps, i);
        Tables.WriteFooter(console, scope, $"{steps.Count} {Say("条", "facts")}");
    }

    /// <summary>One step.</summary>
    public void Write(IReadOnlyList<ToldStep> steps, int index)
    {
        var (entry, step) = (steps[index].Entry, steps[index].Step);
        console.MarkupLine($"[grey]{index + 1}/{steps.Count}[/]  " + Markup.Escape(Heading(entry)));
        console.MarkupLine($"[grey]{Markup.Escape(Recorded(entry))}[/]");
        if (step.IsElsewhere) console.MarkupLine($"[yellow]↪ {Say("其他对象的事实，影响如下", "a fact of another subject, which changed the following")}[/]");
        if (step.Amended is { } amended) console.MarkupLine($"[yellow]{Markup.Escape(Amendment(amended))}[/]");
        foreach (var later in entry.Amendments)
            console.MarkupLine($"[yellow]⤷ {Markup.Escape(Say("此后由", "later amended by") + $" #{later.Entry.Recorded.Sequence} {NameOf(later.Entry.Recorded.Fact)}" + (later.Retracted ? Say("（该更正已撤回）", " (itself retracted)") : ""))}[/]");
        var table = Changes(Say("内容", "Member"), Say("之前", "Before"), Say("之后", "After"));
        foreach (var state in step.States)
            AddChanges(table, state, step.States.Count > 1 || state.Subject != step.Subject ? $"{state.Subject} " : "");
        foreach (var number in step.Numbers)
            table.AddRow(
                Markup.Escape($"{Say("指标", "number")} {number.Period} {NameOf(number.Move.Figure)}"), Cell(Value(number.Move.Figure, number.Move.Before)), Cell(Value(number.Move.Figure, number.Move.After)));
        if (table.Rows.Count > 0) console.Write(table);
        else console.MarkupLine($"[grey]{Say("状态和指标均不变：", "changes neither state nor number: ")}{Markup.Escape(labels.Value("", Masking.DataOf(step.Subject.Kind, step.Fact.Fact, unmasked: true)))}[/]");
        console.WriteLine();
    }

    /// <summary>A table of changes, as wide as its text needs.</summary>
    internal static Table Changes(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)));
        return table;
    }

    /// <summary>One row for each member that changed; a state that came or went is shown member by member.</summary>
    internal void AddChanges(Table table, StateStep state, string first)
    {
        foreach (var (member, before, after) in labels.Changes(state)) table.AddRow(Cell(first + member), Cell(before), Cell(after));
    }

    /// <summary>What an amendment made of its fact.</summary>
    internal string Amendment(Amended amended)
    {
        var what = $"⤷ {Say("针对", "of")} #{amended.Target.Sequence} {NameOf(amended.Target.Fact)}";
        if (amended.Fact != amended.Target) what += Say($"（原更正 #{amended.Fact.Sequence} {NameOf(amended.Fact.Fact)}）", $" (which corrected #{amended.Fact.Sequence} {NameOf(amended.Fact.Fact)})");
        return what + string.Concat(amended.Changes.Select(c => c.Member.Length == 0
            ? c.Kind == ChangeKind.Removed ? Say("：撤回", ": retracted") : Say("：恢复", ": restored")
            : $"\n   {labels.Path(c, null)}：{labels.Value(Last(c), c.Before)} → {labels.Value(Last(c), c.After)}"));

        static string Last(MemberChange change) => change.Member[(change.Member.LastIndexOf('/') + 1)..];
    }

    /// <summary>A fact's name.</summary>
    internal static string NameOf(IFact fact) => EventCatalog.EntryOf(fact) is var entry ? Say(entry.Chinese, entry.Name) : "";

    /// <summary>A number's name.</summary>
    internal static string NameOf(FigureName figure) => figure switch
    {
        FigureName.LossRate => Say("败诉率", "loss rate"),
        FigureName.NewCases => Say("发案", "new cases"),
        FigureName.MediatedOrWithdrawn => Say("调撤率", "mediated or withdrawn"),
        FigureName.HeadAttendance => Say("负责人出庭", "head attendance"),
        FigureName.TimelyCaseFiling => Say("3日报备", "3-day filing"),
        _ => Say("5日报备", "5-day filing"),
    };

    /// <summary>A number, a rate without its percentage.</summary>
    internal static string Value(FigureName figure, Ratio value) =>
        figure == FigureName.NewCases ? value.N.ToString(CultureInfo.InvariantCulture) : value.Exists ? value.ToString() : "—";

    /// <summary>An instant in Shanghai.</summary>
    internal static string At(DateTimeOffset instant) => instant.ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Heading(HistoryEntry entry) =>
        $"#{entry.Entry.Recorded.Sequence}  {Dated(entry)}  {NameOf(entry.Entry.Recorded.Fact)}  {entry.Entry.Subject} {Say($"第 {entry.Entry.Version} 版", $"v{entry.Entry.Version}")}";

    // As it was recorded: that is what the states around it rest on.
    private static string Dated(HistoryEntry entry) => entry.Entry.Recorded.Fact.LegalDate is not { } on ? Say("无法律日期", "no legal date")
        : AnswerJson.Day(on) + (entry.LegalDate is { } read && read != on ? Say($"（现为 {AnswerJson.Day(read)}）", $" (by now {AnswerJson.Day(read)})") : "");

    private static string Recorded(HistoryEntry entry) =>
        $"{Say("记载", "recorded")} {At(entry.Entry.RecordedAt)}  {entry.Entry.Actor}  {entry.Entry.Recorded.Id.Source}#{entry.Entry.Recorded.Id.Id}";

    private static string Cell(string text) => Markup.Escape(text);
}
