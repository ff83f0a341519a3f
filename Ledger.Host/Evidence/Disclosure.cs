using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Host.Answers;

namespace Ledger.Host.Evidence;

/// <summary>
/// A leaf as somebody may see it: its entry, and its data with or without the members that are personal. What is hidden is
/// there as a hash, so that the entry still opens (docs/evidence.md §3 and §6). What was redacted is hidden from everybody.
/// </summary>
public sealed class Disclosure
{
    private readonly JsonObject _headers;
    private readonly JsonObject _data;
    private readonly HashSet<string> _hidden;

    /// <summary>Opens a leaf.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="full">Whether personal data are shown.</param>
    public Disclosure(OpenedLeaf leaf, bool full)
    {
        Leaf = leaf;
        Entry = JsonNode.Parse(leaf.Entry)!.AsObject();
        _headers = JsonNode.Parse(leaf.Headers)!.AsObject();
        _data = JsonNode.Parse(leaf.Data)!.AsObject();
        // What was redacted is not there to be shown to anybody.
        _hidden = new HashSet<string>([.. full ? [] : Personal(), .. leaf.Opening.Redacted], StringComparer.Ordinal);
    }

    /// <summary>The leaf.</summary>
    public OpenedLeaf Leaf { get; }

    /// <summary>The entry's members.</summary>
    public JsonObject Entry { get; }

    /// <summary>The stream.</summary>
    public string Stream => Entry["stream"]!.GetValue<string>();

    /// <summary>The event's name.</summary>
    public string Type => Entry["type"]!.GetValue<string>();

    /// <summary>The units that it names.</summary>
    public IEnumerable<string> Units => Entry["units"]!.AsArray().Select(u => u!.GetValue<string>());

    /// <summary>Whether anything is hidden.</summary>
    public bool IsPartial => _hidden.Count > 0;

    /// <summary>The data that are shown.</summary>
    public JsonObject Data => new(_data.Where(m => !_hidden.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    /// <summary>The fact as an interchange line (facts.md §1).</summary>
    public JsonObject Fact()
    {
        var fact = new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = _headers["id"]?.DeepClone(), ["source"] = _headers["source"]?.DeepClone(), ["type"] = Type, ["subject"] = Stream,
        };
        if (_headers["time"] is { } time) fact["time"] = time.DeepClone();
        fact["data"] = Data;
        return fact;
    }

    /// <summary>What opens the entry; with the proof it is a line of <c>leaves.jsonl</c>.</summary>
    public JsonObject Opening()
    {
        var opening = new JsonObject { ["leaf"] = Whole(Leaf.Leaf), ["entry"] = Leaf.Entry, ["hdr"] = _headers.DeepClone() };
        opening["salt"] = IsPartial ? null : Convert.ToBase64String(Leaf.Opening.Salt!);
        opening["salts"] = !IsPartial ? null : new JsonObject
        {
            ["hdr"] = Salts(Commitment.Headers, _headers.Select(m => m.Key)),
            ["data"] = Salts(Commitment.Data, _data.Select(m => m.Key).Where(m => !_hidden.Contains(m))),
        };
        opening["hidden"] = !IsPartial ? null : new JsonObject
        {
            ["data"] = new JsonObject(_data.Where(m => _hidden.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)Hash(m.Key, m.Value)))),
        };
        return opening;
    }

    /// <summary>An integer as the bundle writes it.</summary>
    public static string Whole(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private JsonObject Salts(string part, IEnumerable<string> names) =>
        new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Convert.ToBase64String(Leaf.Opening.MemberSalt(part, name)!))));

    private string Hash(string name, JsonNode? value)
    {
        using var json = JsonDocument.Parse(value?.ToJsonString() ?? "null");
        return Convert.ToBase64String(Leaf.Opening.MemberHash(Commitment.Data, name, Jcs.Text(json.RootElement))!);
    }

    // A member that looks otherwise when it is masked holds personal data somewhere in it. What this program cannot read it
    // does not show at all.
    private HashSet<string> Personal()
    {
        try
        {
            if (Subject.TryParse(Stream, out var subject) && EventCatalog.Find(Type) is { } type)
            {
                var fact = FactJson.ReadTrusted(type, Leaf.Data);
                var (shown, masked) = (Masking.DataOf(subject.Kind, fact, unmasked: true), Masking.DataOf(subject.Kind, fact, unmasked: false));
                return [.. _data.Select(m => m.Key).Where(name => !JsonNode.DeepEquals(shown[name], masked[name]))];
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NotSupportedException)
        {
        }

        return [.. _data.Select(m => m.Key)];
    }
}
