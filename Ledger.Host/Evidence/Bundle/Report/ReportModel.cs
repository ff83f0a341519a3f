using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;

namespace Ledger.Host.Evidence.Bundle.Report;

/// <summary>What <c>data/report.html</c> tells: the bundle's own files, read for people.</summary>
/// <param name="Bundle"><c>data/bundle.json</c>.</param>
/// <param name="Claims"><c>data/claims.json</c>.</param>
/// <param name="Checkpoint"><c>data/checkpoint</c>, the whole signed note.</param>
/// <param name="Policy"><c>data/policy</c>.</param>
/// <param name="Facts">The facts in leaf order.</param>
public sealed record ReportModel(JsonObject Bundle, JsonObject Claims, string Checkpoint, string Policy, IReadOnlyList<ReportFact> Facts)
{
    /// <summary>Reads the model from the lines of <c>facts.jsonl</c> and <c>leaves.jsonl</c>, which belong together by their place.</summary>
    public static ReportModel Of(JsonObject bundle, JsonObject claims, string checkpoint, string policy, IReadOnlyList<JsonObject> facts, IReadOnlyList<JsonObject> leaves) =>
        new(bundle, claims, checkpoint, policy, [.. facts.Zip(leaves, ReportFact.Of)]);

    /// <summary>The unit that the bundle is about.</summary>
    public string Unit => (string)Bundle["selection"]!["unit"]!;

    /// <summary>The lawsuit that it is narrowed to, or null.</summary>
    public string? Lawsuit => (string?)Bundle["selection"]!["lawsuit"];

    /// <summary>The names of units by their keys, as far as the facts and the rankings tell; of several the latest.</summary>
    public IReadOnlyDictionary<string, string> Names
    {
        get
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var fact in Facts)
                if (fact.Type is "UnitRegistered" or "UnitRenamed" && fact.Data["name"] is JsonValue name) names[fact.Key] = name.ToString();
            foreach (var row in Claims["rankings"]!.AsArray().SelectMany(r => r!["rows"]!.AsArray()))
                if ((string?)row!["unit"] is { } unit && (string?)row["name"] is { } name) names[unit] = name;
            return names;
        }
    }

    /// <summary>The three lines that are signed: origin, number of leaves, root.</summary>
    public IReadOnlyList<string> SignedLines => Checkpoint.Split('\n')[..3];

    /// <summary>Who signed, in the order of the lines: name and key id in hex digits.</summary>
    public IReadOnlyList<(string Name, string KeyId)> Signers =>
    [
        .. Checkpoint[(Checkpoint.LastIndexOf("\n\n", StringComparison.Ordinal) + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).Where(words => words.Length == 3)
            .Select(words => (words[1], Convert.ToHexStringLower(Convert.FromBase64String(words[2])[..4]))),
    ];
}

/// <summary>A fact as the report prints it.</summary>
/// <param name="Sequence">The ledger's number of it.</param>
/// <param name="Leaf">Its place in the sealed log.</param>
/// <param name="Subject">Its stream.</param>
/// <param name="Version">Its place in the stream.</param>
/// <param name="Type">Its event name.</param>
/// <param name="Id">Who says it, and that sender's own id for it.</param>
/// <param name="RecordedAt">When the database took it in.</param>
/// <param name="Actor">Who recorded it, when somebody was signed in.</param>
/// <param name="LegalDate">When it happened in law, as recorded; null when it has no such day or cannot be read.</param>
/// <param name="Data">The members that are shown.</param>
/// <param name="Hidden">The names of the members that are not.</param>
public sealed record ReportFact(
    string Sequence, string Leaf, string Subject, string Version, string Type, FactId Id, DateTimeOffset RecordedAt, string? Actor, DateOnly? LegalDate, JsonObject Data,
    IReadOnlyList<string> Hidden)
{
    /// <summary>The key of its stream.</summary>
    public string Key => Subject[(Subject.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Its name in Chinese.</summary>
    public string Chinese => EventCatalog.Find(Type)?.Chinese ?? Type;

    /// <summary>The fact that it corrects or retracts, or null.</summary>
    public FactId? Target => Type is "FactCorrected" or "FactRetracted" && Data["fact"] is JsonObject target
        ? new FactId((string)target["source"]!, (string)target["id"]!)
        : null;

    internal static ReportFact Of(JsonObject fact, JsonObject leaf)
    {
        var entry = JsonNode.Parse((string)leaf["entry"]!)!.AsObject();
        var data = fact["data"]!.AsObject();
        return new ReportFact(
            (string)entry["seq"]!, (string)leaf["leaf"]!, (string)entry["stream"]!, (string)entry["ver"]!, (string)entry["type"]!,
            new FactId((string?)fact["source"] ?? "", (string?)fact["id"] ?? ""),
            DateTimeOffset.Parse((string)entry["rec"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), (string?)entry["user"],
            LegalDateOf((string)entry["type"]!, data), data, [.. leaf["hidden"]?["data"]?.AsObject().Select(m => m.Key) ?? []]);
    }

    // A fact of a later version of the ledger, or with a hidden member that it needs, has no legal date that could be read.
    private static DateOnly? LegalDateOf(string type, JsonObject data)
    {
        try
        {
            return EventCatalog.Find(type) is { } entry ? FactJson.ReadTrusted(entry, data.ToJsonString(FactJson.Options)).LegalDate : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
