using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <content>Any answer that is a list of rows.</content>
public static partial class Tables
{
    // An area's own words first; then the names of facts and of duties, which many answers hold as codes.
    private static readonly Lazy<Dictionary<string, string>> Labels = new(() =>
        Areas.All.SelectMany(a => a.Labels)
            .Concat(EventCatalog.All.Select(e => KeyValuePair.Create(e.Name, e.Chinese)))
            .Concat(DutyKinds.All.Select(k => KeyValuePair.Create(k.Kind.ToString(), k.Chinese)))
            .DistinctBy(l => l.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));

    /// <summary>A list of rows: one column for each member that any row has a value for.</summary>
    public static void Write(IAnsiConsole console, string title, JsonArray rows, Scope scope)
    {
        Write(console, title, rows);
        WriteFooter(console, scope, $"{rows.Count} {Say("项", "in all")}");
    }

    private static void Write(IAnsiConsole console, string title, JsonArray rows)
    {
        var members = rows.OfType<JsonObject>().FirstOrDefault()?.Select(m => m.Key)
            .Where(m => rows.Any(r => r![m] is not null and not JsonArray { Count: 0 })).ToList() ?? [];
        var table = NewTable(title, [.. members.Select(Label)]);
        foreach (var row in rows) table.AddRow([.. members.Select(m => Markup.Escape(Cell(row![m])))]);
        console.Write(table);
    }

    /// <summary>An answer that is one record: its values line by line, then each of its lists as a table.</summary>
    public static void WriteAnswer(IAnsiConsole console, string title, JsonObject answer, Scope scope)
    {
        var lists = answer.Where(m => m.Value is JsonArray { Count: > 0 } list && list[0] is JsonObject).ToList();
        var table = NewTable(title, Say("项目", "Item"), Say("内容", "Value"));
        foreach (var (name, value) in answer.Except(lists)) table.AddRow(Markup.Escape(Label(name)), Markup.Escape(Cell(value)));
        console.Write(table);
        foreach (var (name, value) in lists.SkipLast(1)) Write(console, Label(name), value!.AsArray());
        if (lists.Count == 0) WriteFooter(console, scope, "");
        else Write(console, Label(lists[^1].Key), lists[^1].Value!.AsArray(), scope);
    }

    /// <summary>The heading of a member, or the text of a code.</summary>
    public static string Label(string name) => IsEnglish ? name : Labels.Value.GetValueOrDefault(name, name);

    private static string Cell(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => list.All(i => i is JsonValue) ? string.Join(Say("、", ", "), list.Select(Cell)) : list.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        JsonObject ratio when ratio.Count == 2 && ratio["n"] is { } n && ratio["d"] is { } d => Rate(new Domain.Ratio(n.GetValue<long>(), d.GetValue<long>())),
        JsonObject o => string.Join("; ", o.Select(m => $"{Label(m.Key)} {Cell(m.Value)}")),
        JsonValue v when v.GetValueKind() is JsonValueKind.True or JsonValueKind.False => v.GetValue<bool>() ? Say("是", "yes") : Say("否", "no"),
        _ => Label(value.ToString()),
    };
}
