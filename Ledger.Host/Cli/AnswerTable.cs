using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>Any answer about the plan as a table, in the words of the area that gives it.</summary>
/// <param name="own">The words of the area.</param>
internal sealed partial class AnswerTable(IReadOnlyDictionary<string, string> own)
{
    // Other areas' words; then the names of facts and of duties, which many answers hold as codes.
    private static readonly Lazy<FrozenDictionary<string, string>> Others = new(() =>
        Areas.All.SelectMany(a => a.Labels)
            .Concat(EventCatalog.All.Select(e => KeyValuePair.Create(e.Name, e.Chinese)))
            .Concat(DutyKinds.All.Select(k => KeyValuePair.Create(k.Kind.ToString(), k.Chinese)))
            .DistinctBy(l => l.Key, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>The word of any area for a member or code, in Chinese.</summary>
    internal static string Word(string name) => Others.Value.GetValueOrDefault(name, name);

    /// <summary>Writes the answer to a question.</summary>
    public static void Write(IAnsiConsole console, Question question, JsonNode answer, Scope scope)
    {
        var table = new AnswerTable(Areas.All.First(a => a.Questions.Contains(question)).Labels);
        var title = Say(question.Chinese, question.English);
        if (answer is JsonArray rows) table.Write(console, title, rows, scope);
        else table.Write(console, title, answer.AsObject(), scope);
    }

    private void Write(IAnsiConsole console, string title, JsonArray rows, Scope scope)
    {
        Write(console, title, rows);
        Tables.WriteFooter(console, scope, $"{rows.Count} {Say("项", "in all")}");
    }

    // One column for each member that any row has a value for.
    private void Write(IAnsiConsole console, string title, JsonArray rows)
    {
        if (rows.Count == 0)
        {
            console.MarkupLine(Markup.Escape($"{title}：{Say("无记录", "nothing recorded")}"));
            return;
        }

        var members = rows.OfType<JsonObject>().FirstOrDefault()?.Select(m => m.Key)
            .Where(m => rows.Any(r => r![m] is not null and not JsonArray { Count: 0 })).ToList() ?? [];
        var table = Tables.NewTable(title, [.. members.Select(Label)]);
        foreach (var row in rows) table.AddRow([.. members.Select(m => Markup.Escape(Cell(m, row![m])))]);
        console.Write(table);
    }

    // An answer that is one record: its values line by line, then each of its lists as a table.
    private void Write(IAnsiConsole console, string title, JsonObject answer, Scope scope)
    {
        var lists = answer.Where(m => m.Value is JsonArray { Count: > 0 } list && list[0] is JsonObject).ToList();
        var table = Tables.NewTable(title, Say("项目", "Item"), Say("内容", "Value"));
        foreach (var (name, value) in answer.Except(lists)) table.AddRow(Markup.Escape(Label(name)), Markup.Escape(Cell(name, value)));
        console.Write(table);
        foreach (var (name, value) in lists) Write(console, Label(name), value!.AsArray());
        Tables.WriteFooter(console, scope, "");
    }

    private string Label(string name) => IsEnglish ? name : own.TryGetValue(name, out var word) ? word : Others.Value.GetValueOrDefault(name, name);

    private string Cell(string member, JsonNode? value) => value switch
    {
        // The county's own row, beside those of the units.
        null when member == "name" => Say("全县", "county"),
        null => "",
        // Names that are typed as they stand.
        JsonArray names when member == "questions" => string.Join(' ', names.Select(n => n!.ToString())),
        JsonArray list => list.All(i => i is JsonValue) ? string.Join(Say("、", ", "), list.Select(i => Cell("", i))) : list.Count.ToString(CultureInfo.InvariantCulture),
        JsonObject ratio when ratio.Count == 2 && ratio["n"] is { } n && ratio["d"] is { } d => Tables.Rate(new Domain.Ratio(n.GetValue<long>(), d.GetValue<long>())),
        JsonObject o => string.Join("; ", o.Where(m => m.Value is not null).Select(m => $"{Label(m.Key)} {Cell(m.Key, m.Value)}")),
        JsonValue v when v.GetValueKind() is JsonValueKind.True or JsonValueKind.False => v.GetValue<bool>() ? Say("是", "yes") : Say("否", "no"),
        _ when Hash().IsMatch(value.ToString()) => value.ToString()[..12] + "…",
        _ => Label(value.ToString()),
    };

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Hash();
}
