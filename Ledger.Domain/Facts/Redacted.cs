using System.Text.Json.Nodes;

namespace Ledger.Domain.Facts;

/// <summary>What stands where personal data stood that are no longer kept: a text for each text, so that facts are read as before.</summary>
public static class Redacted
{
    /// <summary>In the place of each text.</summary>
    public const string Placeholder = "已删除";

    /// <summary>A fact's data without the personal data in some of its outermost members.</summary>
    /// <param name="kind">The kind of stream that the fact is about.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="members">The members.</param>
    public static JsonObject DataOf(StreamKind kind, IFact fact, IReadOnlySet<string> members)
    {
        var (data, redacted) = (FactJson.WriteNode(fact), FactJson.WriteNode(fact));
        PersonalMembers.Replace(redacted, kind, fact, Shape);
        foreach (var name in data.Select(m => m.Key).Where(members.Contains).ToList()) data[name] = redacted[name]?.DeepClone();
        return data;
    }

    private static JsonNode? Shape(JsonNode? value) => value switch
    {
        JsonArray list => new JsonArray([.. list.Select(Shape)]),
        JsonValue text when text.GetValueKind() == System.Text.Json.JsonValueKind.String => Placeholder,
        _ => value?.DeepClone(),
    };
}
