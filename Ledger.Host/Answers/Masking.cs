using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;

namespace Ledger.Host.Answers;

/// <summary>
/// Names of people (plaintiffs, officials, supervisors) are personal data: read in full only by roles that need them,
/// elsewhere 张某某. What is one is said by <see cref="PersonalMembers"/>.
/// </summary>
public static class Masking
{
    /// <summary>A fact's data, with personal members masked unless the reader needs them.</summary>
    /// <param name="kind">The kind of stream that the fact is about.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="unmasked">Whether the reader needs the names.</param>
    public static JsonObject DataOf(StreamKind kind, IFact fact, bool unmasked)
    {
        var data = FactJson.WriteNode(fact);
        if (!unmasked) PersonalMembers.Replace(data, kind, fact, Masked);
        return data;
    }

    /// <summary>Whether the fact carries personal data.</summary>
    public static bool IsPersonal(StreamKind kind, IFact fact) => PersonalMembers.Of(kind, fact).Count > 0;

    /// <summary>The first character and 某某. What is no longer kept has none.</summary>
    public static string Mask(string name) => name.Length == 0 || name == Redacted.Placeholder ? name : char.IsHighSurrogate(name[0]) ? name[..2] + "某某" : name[0] + "某某";

    private static JsonNode? Masked(JsonNode? value) => value switch
    {
        JsonArray names => new JsonArray([.. names.Select(Masked)]),
        JsonValue name when name.GetValueKind() == JsonValueKind.String => Mask(name.GetValue<string>()),
        _ => value?.DeepClone(),
    };
}
