using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Evidence.Audit;

/// <summary>Values as a finding shows them: personal data are masked, as everywhere.</summary>
internal static class AuditMask
{
    private const int LongestValue = 400;

    /// <summary>A member of a fact's data.</summary>
    public static string Shown(string? stream, string? type, string data, string name, JsonNode value, bool unmasked) =>
        unmasked || !IsPersonal(stream, type, data, name, out var masked) ? Value(value) : masked;

    /// <summary>A value in full.</summary>
    public static string Value(JsonNode value)
    {
        var text = value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : value.ToJsonString(FactJson.Options);
        return text.Length > LongestValue ? text[..LongestValue] + "…" : text;
    }

    // What this program cannot read it does not show.
    private static bool IsPersonal(string? stream, string? type, string data, string name, out string masked)
    {
        masked = Say("（不显示）", "(not shown)");
        if (stream is null || type is null || !Subject.TryParse(stream, out var subject) || EventCatalog.Find(type) is not { } known) return true;
        try
        {
            var fact = FactJson.ReadTrusted(known, data);
            var (plain, hidden) = (Masking.DataOf(subject.Kind, fact, unmasked: true)[name], Masking.DataOf(subject.Kind, fact, unmasked: false)[name]);
            if (plain is null || JsonNode.DeepEquals(plain, hidden)) return known.Schema.Find(name) is null && plain is null;
            masked = hidden is null ? masked : Value(hidden);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return known.Schema.Find(name) is not { IsPersonalData: false, Value: { Members: null, Item.Members: null } };
        }
    }
}
