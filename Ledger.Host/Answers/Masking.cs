using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;

namespace Ledger.Host.Answers;

/// <summary>
/// Names of people (plaintiffs, officials, supervisors) are personal data: read in full only by roles that need them,
/// elsewhere 张某某. What is one is said by the schema of each fact, at any depth, also where a correction sets it or an
/// approval is asked for it.
/// </summary>
public static class Masking
{
    private static readonly ILookup<StreamKind, FactSchema> SchemasOf = EventCatalog.All
        .Where(e => e.Kind is not null).ToLookup(e => e.Kind!.Value, e => e.Schema);

    /// <summary>A fact's data, with personal members masked unless the reader needs them.</summary>
    /// <param name="kind">The kind of stream that the fact is about.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="unmasked">Whether the reader needs the names.</param>
    public static JsonObject DataOf(StreamKind kind, IFact fact, bool unmasked)
    {
        var data = FactJson.WriteNode(fact);
        if (!unmasked) Walk(data, fact, kind, Masked);
        return data;
    }

    /// <summary>Whether the fact carries personal data.</summary>
    public static bool IsPersonal(StreamKind kind, IFact fact)
    {
        var found = false;
        Walk(FactJson.WriteNode(fact), fact, kind, value =>
        {
            found = true;
            return value?.DeepClone();
        });
        return found;
    }

    /// <summary>The first character and 某某.</summary>
    public static string Mask(string name) => name.Length == 0 ? name : char.IsHighSurrogate(name[0]) ? name[..2] + "某某" : name[0] + "某某";

    private static void Walk(JsonObject data, IFact fact, StreamKind kind, Func<JsonNode?, JsonNode?> masked)
    {
        if (fact is FactCorrected && data["set"] is JsonObject set) WalkSet(set, kind, masked);
        else if (fact is ApprovalRequested asked && data["data"] is JsonObject embedded) WalkAsked(embedded, asked, masked);
        else Walk(data, EventCatalog.EntryOf(fact).Schema, masked);
    }

    private static void WalkAsked(JsonObject data, ApprovalRequested asked, Func<JsonNode?, JsonNode?> masked)
    {
        if (!Subject.TryParse(asked.About, out var about) || EventCatalog.Find(asked.Fact) is not { } entry) return;
        if (entry.Kind is not null) Walk(data, entry.Schema, masked);
        else if (data["set"] is JsonObject set) WalkSet(set, about.Kind, masked);
    }

    // A correction does not say of what type its target is: a member that is personal in any fact of such a stream is.
    private static void WalkSet(JsonObject set, StreamKind kind, Func<JsonNode?, JsonNode?> masked)
    {
        foreach (var schema in SchemasOf[kind]) Walk(set, schema, masked);
    }

    private static void Walk(JsonObject data, FactSchema schema, Func<JsonNode?, JsonNode?> masked)
    {
        foreach (var member in schema.Members)
            if (data[member.Name] is not { } value)
                continue;
            else if (member.IsPersonalData)
                data[member.Name] = masked(value);
            else if (member.Value.Members is { } members && value is JsonObject nested)
                Walk(nested, members, masked);
            else if (member.Value.Item?.Members is { } items && value is JsonArray list)
                foreach (var item in list.OfType<JsonObject>())
                    Walk(item, items, masked);
    }

    private static JsonNode? Masked(JsonNode? value) => value switch
    {
        JsonArray names => new JsonArray([.. names.Select(Masked)]),
        JsonValue name when name.GetValueKind() == JsonValueKind.String => Mask(name.GetValue<string>()),
        _ => value?.DeepClone(),
    };
}
