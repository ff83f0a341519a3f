using System.Text.Json.Nodes;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;

namespace Ledger.Host.Attachments;

/// <summary>A document that a fact names by its hash.</summary>
/// <param name="Member">The member that names it, such as <c>measures[0].sha256</c>.</param>
/// <param name="Sha256">Its hash as the fact writes it.</param>
public sealed record NamedDocument(string Member, string Sha256)
{
    /// <summary>The document, when it is stored; looked up when the question is asked, for it may come later than the fact.</summary>
    public Attachment? Stored { get; init; }

    /// <summary>The stable names of the facts that may name one.</summary>
    public static IReadOnlyList<string> NamingFacts { get; } =
        [.. EventCatalog.All.Where(e => e.Schema.NamesDocuments || e.Type == typeof(FactCorrected) || e.Type == typeof(ApprovalRequested)).Select(e => e.Name)];

    private static readonly HashSet<string> Naming = new(NamingFacts, StringComparer.Ordinal);

    /// <summary>The documents that a fact names, at every level, in the order of its members.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="corrected">The fact that it corrects, if it corrects one: its members are what is set.</param>
    public static IReadOnlyList<NamedDocument> Of(IFact fact, IFact? corrected = null)
    {
        var entry = EventCatalog.EntryOf(fact);
        if (!Naming.Contains(entry.Name)) return [];
        var data = FactJson.WriteNode(fact);
        return fact switch
        {
            FactCorrected => corrected is null ? [] : [.. In(data["set"], EventCatalog.EntryOf(corrected).Schema, "set.")],
            ApprovalRequested requested => EventCatalog.Find(requested.Fact) is { } asked ? [.. In(data["data"], asked.Schema, "data.")] : [],
            _ => [.. In(data, entry.Schema, "")],
        };
    }

    private static IEnumerable<NamedDocument> In(JsonNode? data, FactSchema schema, string path) =>
        data is JsonObject o ? schema.Members.SelectMany(m => In(o[m.Name], m.Value, path + m.Name)) : [];

    private static IEnumerable<NamedDocument> In(JsonNode? value, ValueSchema schema, string path) => (schema.Kind, value) switch
    {
        (MemberKind.Sha256, JsonValue v) when v.TryGetValue<string>(out var hash) && AttachmentStore.IsHash(hash) => [new NamedDocument(path, hash)],
        (MemberKind.Object, JsonObject) => In(value, schema.Members!, path + "."),
        (MemberKind.List, JsonArray list) => list.SelectMany((item, i) => In(item, schema.Item!, $"{path}[{i}]")),
        _ => [],
    };
}
