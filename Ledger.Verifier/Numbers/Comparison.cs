using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Verifier.Numbers;

/// <summary>Reads claims; what is missing or of another shape is a <see cref="FormatException"/>.</summary>
internal static class ClaimedJson
{
    public static JsonNode Need(this JsonNode json, string member) => json[member] ?? throw new FormatException(member);

    public static string Text(this JsonNode json, string member) => (string?)json[member] ?? throw new FormatException(member);

    public static JsonObject Object(this JsonNode? json) => json as JsonObject ?? throw new FormatException(json?.ToJsonString() ?? "null");
}

/// <summary>Compares what is claimed with what was derived and keeps what differs.</summary>
internal sealed class Comparison
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What an answer says of the question; no number follows from the facts.
    private static readonly HashSet<string> Scope =
        new(["asOf", "knownAt", "position", "synthetic", "importInProgress", "period", "list", "policy"], StringComparer.Ordinal);

    private readonly List<NumberFinding> _findings = [];

    public IReadOnlyList<NumberFinding> Findings => _findings;

    /// <summary>The members that facts outside the bundle may change: a difference is no contradiction.</summary>
    public IReadOnlySet<string> Undecided { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Compares every member of an object that was derived; any other that is not scope was not derived.</summary>
    public void Members(string where, JsonObject claimed, JsonObject derived, params ReadOnlySpan<string> others)
    {
        foreach (var (name, value) in derived)
        {
            if (!claimed.TryGetPropertyValue(name, out var said)) Wrong($"{where}.{name}", "", Text(value));
            else if (name == "lawsuits" && said is JsonObject lists && value is JsonObject derivedLists) Lists($"{where}.{name}", lists, derivedLists);
            else Values($"{where}.{name}", said, value);
        }

        foreach (var (name, value) in claimed)
            if (!derived.ContainsKey(name) && !Scope.Contains(name) && !others.Contains(name)) NotDerived($"{where}.{name}", Text(value));
    }

    /// <summary>Compares two lists of rows, whose order says nothing.</summary>
    public void Sets(string where, IEnumerable<JsonNode?> claimed, IEnumerable<JsonNode?> derived)
    {
        var missing = derived.Select(Text).ToList();
        foreach (var row in claimed.Select(Text))
            if (!missing.Remove(row)) Wrong(where, row, "");
        foreach (var row in missing) Wrong(where, "", row);
    }

    public void Values(string where, JsonNode? claimed, JsonNode? derived) => Values(where, Text(claimed), Text(derived));

    public void Values(string where, string claimed, string derived)
    {
        if (claimed != derived) Wrong(where, claimed, derived);
    }

    public void Wrong(string where, string claimed, string derived)
    {
        if (Undecided.Contains(where[(where.LastIndexOf('.') + 1)..])) NotDerived(where, claimed);
        else
            _findings.Add(new NumberFinding(
                true, where, claimed, derived,
                $"{where} 与事实不符：包内为 {Or(claimed, "（无）")}，由事实推算为 {Or(derived, "（无）")}",
                $"{where} does not follow from the facts: the bundle says {Or(claimed, "(nothing)")}, the facts give {Or(derived, "(nothing)")}"));
    }

    public void NotDerived(string where, string claimed) => _findings.Add(new NumberFinding(
        false, where, claimed, "", $"{where} 无法由包内事实推算", $"{where} could not be derived from the facts in the bundle"));

    private void Lists(string where, JsonObject claimed, JsonObject derived)
    {
        foreach (var (name, rows) in derived)
        {
            if (claimed[name] is JsonArray said) Sets($"{where}.{name}", said, rows!.AsArray());
            else Wrong($"{where}.{name}", Text(claimed[name]), Text(rows));
        }

        foreach (var (name, rows) in claimed)
            if (!derived.ContainsKey(name)) NotDerived($"{where}.{name}", Text(rows));
    }

    private static string Or(string text, string none) => text.Length == 0 ? none : text;

    /// <summary>One text for equal values: members sorted, and the set of outcomes as well.</summary>
    private static string Text(JsonNode? node) => Sorted(node, sortsItems: false)?.ToJsonString(Readable) ?? "null";

    private static JsonNode? Sorted(JsonNode? node, bool sortsItems) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value, m.Key == "outcomes")))),
        JsonArray a when sortsItems => new JsonArray([.. a.OrderBy(i => i?.ToJsonString(), StringComparer.Ordinal).Select(i => i?.DeepClone())]),
        JsonArray a => new JsonArray([.. a.Select(i => Sorted(i, sortsItems: false))]),
        _ => node?.DeepClone(),
    };
}
