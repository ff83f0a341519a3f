using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Sealing;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Evidence.Audit;

/// <summary>Says in which members a stored document differs from what follows from the facts.</summary>
internal sealed class DocumentDifference(AuditFindings findings, bool unmasked)
{
    private const int MostOfOne = 20;

    /// <summary>Compares a document with what it should be; null when it is not there.</summary>
    public void Compare(string table, string id, string should, string? found)
    {
        if (found is null)
        {
            findings.Add(AuditCodes.ReadModelMissing, subject: $"{table} {id}");
            return;
        }

        if (!string.Equals(should, Canonical(found), StringComparison.Ordinal)) Members(table, id, "", should, found);
    }

    /// <summary>Compares the members of a document beside the one that is compared piece by piece.</summary>
    public void Frame(string table, string id, string member, JsonElement document)
    {
        var extra = document.EnumerateObject().Select(m => m.Name).Where(n => n != member && n != "id").ToList();
        foreach (var name in extra) findings.Add(AuditCodes.ReadModelDiffers, subject: $"{table} {id}", member: name, found: document.GetProperty(name).ToString());
        if (!document.TryGetProperty("id", out var own) || own.GetString() != id)
            findings.Add(AuditCodes.ReadModelDiffers, subject: $"{table} {id}", member: "id", was: id, found: own.ValueKind == JsonValueKind.Undefined ? null : own.ToString());
    }

    /// <summary>Names the members that differ, below a path.</summary>
    public void Members(string table, string id, string path, string? should, string? found)
    {
        var differences = Between(path, Parsed(should), Parsed(found)).Take(MostOfOne).ToList();
        foreach (var (member, right, wrong) in differences)
            findings.Add(AuditCodes.ReadModelDiffers, subject: $"{table} {id}", member: member.Length == 0 ? null : member, was: Shown(member, right), found: Shown(member, wrong));
        // Equal to the eye and not in canonical form: still not what was written.
        if (differences.Count == 0) findings.Add(AuditCodes.ReadModelDiffers, subject: $"{table} {id}", member: path.Length == 0 ? null : path);
    }

    private static IEnumerable<(string Member, JsonNode? Right, JsonNode? Wrong)> Between(string path, JsonNode? right, JsonNode? wrong)
    {
        if (JsonNode.DeepEquals(right, wrong)) return [];
        if (right is JsonObject r && wrong is JsonObject w)
            return r.Select(m => m.Key).Union(w.Select(m => m.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .SelectMany(name => Between(path.Length == 0 ? name : $"{path}.{name}", r[name], w[name]));
        if (right is JsonArray ra && wrong is JsonArray wa)
            return Enumerable.Range(0, Math.Max(ra.Count, wa.Count))
                .SelectMany(i => Between($"{path}[{i}]", i < ra.Count ? ra[i] : null, i < wa.Count ? wa[i] : null));
        return [(path, right, wrong)];
    }

    // The facts inside of a record hold names of people.
    private string? Shown(string member, JsonNode? value) => value is null ? null
        : unmasked || !member.StartsWith("facts", StringComparison.Ordinal) ? AuditMask.Value(value)
        : Say("（不显示，用 --unmasked）", "(not shown, see --unmasked)");

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Jcs.Text(document.RootElement);
    }

    private static JsonNode? Parsed(string? json) => json is null ? null : JsonNode.Parse(json);
}
