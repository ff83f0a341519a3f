using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Replay;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>A comparison of two moments as an auditor reads it: what lies between, and what it changed.</summary>
/// <param name="console">Where to.</param>
/// <param name="labels">The words.</param>
internal sealed class DiffTables(IAnsiConsole console, MemberLabels labels)
{
    private const int UnitsNamed = 6;

    private readonly ReplayTables _replay = new(console, labels);

    /// <summary>A subject at two moments.</summary>
    public void Write(Subject subject, ToldDifference told)
    {
        var (of, difference) = (told.Moments, told.Of);
        console.MarkupLine($"{Markup.Escape(subject.ToString())}　{Markup.Escape(Between(of))}");
        WriteFacts(told);
        var members = ReplayTables.Changes(Say("内容", "Member"), Say("之前", "Before"), Say("之后", "After"));
        _replay.AddChanges(members, difference.State, "");
        foreach (var lawsuit in difference.Lawsuits)
            if (lawsuit is { Before: not null, After: not null }) _replay.AddChanges(members, lawsuit, lawsuit.Subject + " ");
            else members.AddRow(Markup.Escape(lawsuit.Subject.ToString()), Brief(lawsuit.Before), Brief(lawsuit.After));
        Write(members.Title(Say("状态变动", "State")), Say("状态不变", "The state is the same"));
        if (subject.Kind == StreamKind.Unit) WriteNumbers(difference.Numbers);
        Tables.WriteFooter(console, of.To, $"{difference.Facts.Count} {Say("条事实", "facts")}");
    }

    /// <summary>A ranking at two positions.</summary>
    public void Write(ToldRanking told)
    {
        var (difference, names) = (told.Of, told.Of.Rows.ToDictionary(r => r.Unit, r => r.Name, StringComparer.Ordinal));
        var moved = difference.Rows.Where(r => r.Moved).ToList();
        console.MarkupLine($"{Say("排名", "ranking")} {difference.After.Period}　{Markup.Escape(Between(told.Moments))}");
        var rows = ReplayTables.Changes([Say("单位", "Unit"), Say("名次", "Rank"), .. Enum.GetValues<FigureName>().Select(ReplayTables.NameOf)]);
        foreach (var row in moved) AddRow(rows, row.Name, Arrow(Rank(row.Before?.Rank), Rank(row.After?.Rank)), row.Before?.Figures, row.After?.Figures);
        AddRow(rows, Say("全县", "County"), "", difference.Before.County, difference.After.County);
        rows.Title(Say("变动的单位", "Units that moved"));
        console.Write(rows);
        if (difference.Rows.Count > moved.Count)
            console.MarkupLine($"[grey]{Say($"其余 {difference.Rows.Count - moved.Count} 个单位不变", $"{difference.Rows.Count - moved.Count} other units are the same")}[/]");
        var facts = ReplayTables.Changes(Say("序列", "Seq."), Say("事实", "Fact"), Say("对象", "Subject"), Say("记载", "Recorded"), Say("变动", "Moved"));
        foreach (var step in difference.Steps) AddStep(facts, step, told.Facts[step.Fact.Sequence], names);
        Write(facts.Title(Say("引起变动的事实", "Facts that moved it")), Say("无事实引起变动", "No fact moved it"));
        var policy = difference.Before.Policy.Id == difference.After.Policy.Id ? difference.After.Policy.Id : $"{difference.Before.Policy.Id} → {difference.After.Policy.Id}";
        Tables.WriteFooter(console, told.Moments.To, $"{Say("口径", "Policy")} {policy}");
    }

    // Of a lawsuit that came or went whole; its own comparison says the rest.
    private string Brief(JsonObject? lawsuit) => lawsuit is null ? "—"
        : Markup.Escape(Say("新立案 ", "docketed ") + $"{lawsuit["caseNo"]} {lawsuit["docketedOn"]}　{labels.Value("formerDefendants", new JsonArray([.. lawsuit["defendants"]!.AsArray().Select(d => d!["unit"]!.DeepClone())]))}");

    private void WriteFacts(ToldDifference told)
    {
        var table = ReplayTables.Changes(Say("序列", "Seq."), Say("法律日期", "Legal date"), Say("事实", "Fact"), Say("对象", "Subject"), Say("记载", "Recorded"), Say("记载人", "Actor"), Say("说明", "Notes"));
        foreach (var fact in told.Of.Facts)
        {
            var entry = told.Facts[fact.Fact.Sequence];
            var notes = (fact.IsElsewhere ? Say("↪ 其他对象\n", "↪ another subject\n") : "") + (fact.Amended is { } amended ? _replay.Amendment(amended) : "");
            table.AddRow(
                $"{fact.Fact.Sequence}", entry.LegalDate is { } day ? AnswerJson.Day(day) : "", Markup.Escape(ReplayTables.NameOf(fact.Fact.Fact)), Markup.Escape(fact.Subject.ToString()),
                ReplayTables.At(entry.Entry.RecordedAt), Markup.Escape(entry.Entry.Actor ?? ""), $"[yellow]{Markup.Escape(notes.TrimEnd())}[/]");
        }

        Write(table.Title(Say("其间的事实", "Facts between")), Say("其间没有事实", "No fact lies between"));
    }

    private void WriteNumbers(IReadOnlyList<NumberDifference> numbers)
    {
        var table = ReplayTables.Changes(Say("期间", "Period"), Say("指标", "Number"), Say("之前", "Before"), Say("之后", "After"), Say("由何引起", "By"));
        foreach (var number in numbers)
        {
            var move = number.Number.Move;
            var by = number.By.Select(b => b.Fact is { } fact ? $"#{fact.Sequence} {ReplayTables.NameOf(fact.Fact)}" : $"{AnswerJson.Day(b.On!.Value)} {Say("到期", "fell due")}");
            table.AddRow(
                Markup.Escape(number.Number.Period.Text), ReplayTables.NameOf(move.Figure), ReplayTables.Value(move.Figure, move.Before), ReplayTables.Value(move.Figure, move.After),
                Markup.Escape(string.Join(Say("；", "; "), by)));
        }

        Write(table.Title(Say("指标变动", "Numbers")), Say("指标不变", "The numbers are the same"));
    }

    private static void AddStep(Table table, RankingStep step, HistoryEntry entry, Dictionary<string, string> names)
    {
        var lines = step.Units.Take(UnitsNamed).Select(u => $"{names.GetValueOrDefault(u.Unit, u.Unit)}：" + string.Join(Say("，", ", "), Parts(u))).ToList();
        if (step.Units.Count > UnitsNamed) lines.Add(Say($"等 {step.Units.Count} 个单位", $"and {step.Units.Count - UnitsNamed} more units"));
        if (step.County.Count > 0) lines.Add($"{Say("全县", "county")}：" + string.Join(Say("，", ", "), step.County.Select(Text)));
        table.AddRow(
            $"{step.Fact.Sequence}", Markup.Escape(ReplayTables.NameOf(step.Fact.Fact)), Markup.Escape(step.Subject.ToString()), ReplayTables.At(entry.Entry.RecordedAt),
            Markup.Escape(string.Join('\n', lines)));

        static IEnumerable<string> Parts(UnitMove unit)
        {
            if (unit.RankBefore != unit.RankAfter) yield return $"{Say("名次", "rank")} {Rank(unit.RankBefore)} → {Rank(unit.RankAfter)}";
            foreach (var move in unit.Figures) yield return Text(move);
        }

        static string Text(FigureMove move) => $"{ReplayTables.NameOf(move.Figure)} {ReplayTables.Value(move.Figure, move.Before)} → {ReplayTables.Value(move.Figure, move.After)}";
    }

    private static void AddRow(Table table, string name, string rank, Figures? before, Figures? after) => table.AddRow(
    [
        Markup.Escape(name), rank,
        .. FigureMove.Parts(before).Zip(FigureMove.Parts(after), (b, a) => Arrow(ReplayTables.Value(b.Name, b.Value), ReplayTables.Value(a.Name, a.Value))),
    ]);

    private static string Arrow(string before, string after) => before == after ? after : $"[yellow]{Markup.Escape($"{before} → {after}")}[/]";

    private static string Rank(int? rank) => rank?.ToString(CultureInfo.InvariantCulture) ?? "—";

    private static string Between(Moments moments) => moments.Axis == TimeAxis.Recorded
        ? $"@{moments.From.Position} {ReplayTables.At(moments.From.KnownAt)} → @{moments.To.Position} {ReplayTables.At(moments.To.KnownAt)}"
        : $"{AnswerJson.Day(moments.From.AsOf)} → {AnswerJson.Day(moments.To.AsOf)}";

    private void Write(Table table, string empty)
    {
        if (table.Rows.Count > 0) console.Write(table);
        else console.MarkupLine($"[grey]{Markup.Escape(empty)}[/]");
    }
}
