using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Facts;

/// <summary>The one JSON form of facts: in the store, the import, the export and the answers.</summary>
public static class FactJson
{
    /// <summary>camelCase members in catalogue order, codes as text, dates as <c>YYYY-MM-DD</c>, money as decimal text, no nulls.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Writes a fact's data.</summary>
    public static string Write(IFact fact) => JsonSerializer.Serialize(fact, fact.GetType(), Options);

    /// <summary>Writes a fact's data as a node.</summary>
    public static JsonObject WriteNode(IFact fact) => JsonSerializer.SerializeToNode(fact, fact.GetType(), Options)!.AsObject();

    /// <summary>Reads data that fits the schema; case numbers come out normalised.</summary>
    public static (IFact? Fact, Refusal? Refusal) Read(CatalogEntry entry, JsonElement data) =>
        entry.Schema.Check(data) is { } refusal ? (null, refusal) : (ReadTrusted(entry, data), null);

    /// <summary>Reads data that the ledger itself has checked and stored.</summary>
    public static IFact ReadTrusted(CatalogEntry entry, JsonElement data) =>
        Normalise((IFact)data.Deserialize(entry.Type, Options)!);

    /// <summary>Reads data that the ledger itself has checked and stored.</summary>
    public static IFact ReadTrusted(CatalogEntry entry, string data) =>
        Normalise((IFact)JsonSerializer.Deserialize(data, entry.Type, Options)!);

    /// <summary>
    /// The fact's content for comparison (facts.md §1): its data with case numbers normalised and members in one order.
    /// Two facts say the same iff type and content are equal.
    /// </summary>
    public static string Content(IFact fact) => fact is FactCorrected or Approvals.ApprovalRequested ? Sorted(WriteNode(fact))!.ToJsonString(Options) : Write(fact);

    private static IFact Normalise(IFact fact) => fact switch
    {
        INamesCase named when CaseNumber.Normalise(named.CaseNo) is var normal && normal != named.CaseNo => named.WithCaseNo(normal),
        FactCorrected correction when correction.Set.TryGetValue("caseNo", out var value)
            && value.ValueKind == JsonValueKind.String
            && CaseNumber.Normalise(value.GetString()!) is var normal
            && normal != value.GetString() => correction with
            {
                Set = correction.Set.ToDictionary(
                    m => m.Key,
                    m => m.Key == "caseNo" ? JsonSerializer.SerializeToElement(normal, Options) : m.Value,
                    StringComparer.Ordinal),
            },
        _ => fact,
    };

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OnlyConstructorMembers } },
            Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false), new MoneyConverter() },
        };
        options.MakeReadOnly();
        return options;
    }

    // What a fact computes from its members (legal date, named units) is not part of its data.
    private static void OnlyConstructorMembers(JsonTypeInfo type)
    {
        if (!typeof(IFact).IsAssignableFrom(type.Type) || type.Type.IsInterface) return;
        var members = type.Type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
            .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!)).ToHashSet(StringComparer.Ordinal);
        foreach (var computed in type.Properties.Where(p => !members.Contains(p.Name)).ToList()) type.Properties.Remove(computed);
    }

    private sealed class MoneyConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            decimal.Parse(reader.GetString()!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
