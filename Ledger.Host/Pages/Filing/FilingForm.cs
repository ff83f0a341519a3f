using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;

namespace Ledger.Host.Pages.Filing;

/// <summary>
/// What somebody has typed into a form, as text by member; it becomes a fact's data when it is sent. The number under which it is sent
/// stays the same for as long as the form does: sent twice, it is one fact.
/// </summary>
public sealed class FilingForm
{
    /// <summary>How many members stand open; the rest is one click away.</summary>
    public const int MostOpen = 8;

    /// <summary>The number under which it is sent.</summary>
    public string Key { get; set; } = "";

    /// <summary>The stream's key, where the person chooses it.</summary>
    public string Subject { get; set; } = "";

    /// <summary>What was typed: texts, lists and groups, by member.</summary>
    public JsonObject Values { get; set; } = [];

    /// <summary>The members that people fill in; who acts is filled in by the ledger.</summary>
    public static IReadOnlyList<MemberSchema> MembersOf(CatalogEntry entry) =>
        [.. entry.Schema.Members.Where(m => !m.IsActor).OrderByDescending(m => m.Required)];

    /// <summary>The data as the ledger takes them in: what was left empty is left out.</summary>
    public JsonElement ToData(CatalogEntry entry) => JsonSerializer.SerializeToElement(Of(Values, entry.Schema));

    /// <summary>The member that a refusal is about; null for the whole form. It names the member, or the value that was typed.</summary>
    public string? MemberOf(Refusal refusal, CatalogEntry entry)
    {
        var members = MembersOf(entry);
        if (members.FirstOrDefault(m => refusal.Chinese.Contains($"“{m.Name}”", StringComparison.Ordinal)) is { } named) return named.Name;
        if (refusal.Code.StartsWith("lawsuit.case-number", StringComparison.Ordinal) && members.Any(m => m.Name == "caseNo")) return "caseNo";
        return members.Where(m => Values[m.Name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
                && value.GetValue<string>() is { Length: > 3 } text && refusal.Chinese.Contains(text, StringComparison.Ordinal))
            .OrderByDescending(m => m.Value.Kind is MemberKind.Date or MemberKind.Instant).FirstOrDefault()?.Name
            ?? (refusal.Code.StartsWith("date.", StringComparison.Ordinal) ? members.FirstOrDefault(m => m.Value.Kind is MemberKind.Date or MemberKind.Instant)?.Name : null);
    }

    private static JsonObject Of(JsonObject typed, FactSchema schema)
    {
        var data = new JsonObject();
        foreach (var member in schema.Members)
            if (Of(typed[member.Name], member.Value) is { } value) data[member.Name] = value;
        return data;
    }

    private static JsonNode? Of(JsonNode? typed, ValueSchema schema) => (schema.Kind, typed) switch
    {
        (MemberKind.Object, JsonObject group) => Of(group, schema.Members!) is { Count: > 0 } data ? data : null,
        (MemberKind.List, JsonArray items) => new JsonArray([.. items.Select(i => Of(i, schema.Item!)).OfType<JsonNode>()]) is { Count: > 0 } list ? list : null,
        (MemberKind.List, _) => null,
        (MemberKind.Boolean, JsonValue value) when value.TryGetValue<bool>(out var truth) => JsonValue.Create(truth),
        (MemberKind.Boolean, _) => JsonValue.Create(false),
        (_, JsonValue value) when value.TryGetValue<string>(out var text) && text.Trim() is { Length: > 0 } said => OfText(said, schema.Kind),
        _ => null,
    };

    // What is no number is sent as it was typed: the ledger says what is wrong with it.
    private static JsonValue OfText(string text, MemberKind kind) => kind switch
    {
        MemberKind.Integer or MemberKind.Long when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        // A browser's local time, by the county's clock.
        MemberKind.Instant when DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) =>
            JsonValue.Create(at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+08:00"),
        _ => JsonValue.Create(text),
    };
}
