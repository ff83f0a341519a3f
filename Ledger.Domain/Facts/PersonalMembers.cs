using System.Text.Json.Nodes;
using Ledger.Domain.Approvals;

namespace Ledger.Domain.Facts;

/// <summary>
/// Where a fact holds personal data: said by the schema of each fact, at any depth, also where a correction sets it or an
/// approval is asked for it.
/// </summary>
public static class PersonalMembers
{
    private static readonly Lazy<ILookup<StreamKind, FactSchema>> SchemasOf = new(() => EventCatalog.All
        .Where(e => e.Kind is not null).ToLookup(e => e.Kind!.Value, e => e.Schema));

    /// <summary>Puts something else in the place of each personal value in a fact's data.</summary>
    /// <param name="data">The fact's data, which are changed.</param>
    /// <param name="kind">The kind of stream that the fact is about.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="put">What is put in the place of a value.</param>
    public static void Replace(JsonObject data, StreamKind kind, IFact fact, Func<JsonNode?, JsonNode?> put)
    {
        if (fact is FactCorrected && data["set"] is JsonObject set) WalkSet(set, kind, put);
        else if (fact is ApprovalRequested asked && data["data"] is JsonObject embedded) WalkAsked(embedded, asked, put);
        else Walk(data, EventCatalog.EntryOf(fact).Schema, put);
    }

    /// <summary>The outermost members of a fact's data that hold personal data somewhere in them.</summary>
    public static IReadOnlyList<string> Of(StreamKind kind, IFact fact)
    {
        var (before, after) = (FactJson.WriteNode(fact), FactJson.WriteNode(fact));
        Replace(after, kind, fact, static _ => null);
        return [.. before.Select(m => m.Key).Where(name => !JsonNode.DeepEquals(before[name], after[name]))];
    }

    /// <summary>The outermost members that may hold personal data in some fact of a stream of that kind.</summary>
    public static IReadOnlySet<string> OfKind(StreamKind kind) =>
        SchemasOf.Value[kind].SelectMany(s => s.Members).Where(m => m.IsPersonalData || m.Value.Members is { } of && Any(of) || m.Value.Item?.Members is { } items && Any(items))
            .Select(m => m.Name).Concat(kind == StreamKind.Approval ? ["data", "set"] : ["set"]).ToHashSet(StringComparer.Ordinal);

    private static bool Any(FactSchema schema) => schema.Members.Any(m => m.IsPersonalData || m.Value.Members is { } of && Any(of));

    private static void WalkAsked(JsonObject data, ApprovalRequested asked, Func<JsonNode?, JsonNode?> put)
    {
        if (!Subject.TryParse(asked.About, out var about) || EventCatalog.Find(asked.Fact) is not { } entry) return;
        if (entry.Kind is not null) Walk(data, entry.Schema, put);
        else if (data["set"] is JsonObject set) WalkSet(set, about.Kind, put);
    }

    // A correction does not say of what type its target is: a member that is personal in any fact of such a stream is.
    private static void WalkSet(JsonObject set, StreamKind kind, Func<JsonNode?, JsonNode?> put)
    {
        foreach (var schema in SchemasOf.Value[kind]) Walk(set, schema, put);
    }

    private static void Walk(JsonObject data, FactSchema schema, Func<JsonNode?, JsonNode?> put)
    {
        foreach (var member in schema.Members)
            if (data[member.Name] is not { } value)
                continue;
            else if (member.IsPersonalData)
                data[member.Name] = put(value);
            else if (member.Value.Members is { } members && value is JsonObject nested)
                Walk(nested, members, put);
            else if (member.Value.Item?.Members is { } items && value is JsonArray list)
                foreach (var item in list.OfType<JsonObject>())
                    Walk(item, items, put);
    }
}
