using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;

namespace Ledger.Host.Answers;

/// <summary>Plaintiffs' names are personal data: read in full only by roles that need them, elsewhere 张某某.</summary>
public static class Masking
{
    private static readonly HashSet<string> Personal =
        [.. EventCatalog.All.SelectMany(e => e.Schema.Members).Where(m => m.IsPersonalData).Select(m => m.Name)];

    /// <summary>A fact's data, with personal members masked unless the reader needs them; also where a correction sets them.</summary>
    public static JsonObject DataOf(IFact fact, bool unmasked)
    {
        var data = FactJson.WriteNode(fact);
        if (unmasked) return data;
        Mask(data);
        if (data["set"] is JsonObject set) Mask(set);
        return data;
    }

    /// <summary>Whether the fact carries personal data.</summary>
    public static bool IsPersonal(IFact fact) =>
        FactJson.WriteNode(fact) is var data && (HasPersonal(data) || (data["set"] is JsonObject set && HasPersonal(set)));

    /// <summary>The first character and 某某.</summary>
    public static string Mask(string name) => name.Length == 0 ? name : char.IsHighSurrogate(name[0]) ? name[..2] + "某某" : name[0] + "某某";

    private static bool HasPersonal(JsonObject data) => data.Any(m => Personal.Contains(m.Key) && m.Value is not null);

    private static void Mask(JsonObject data)
    {
        foreach (var name in Personal)
            if (data[name] is JsonArray names)
                data[name] = new JsonArray([.. names.Select(n => n?.GetValueKind() == JsonValueKind.String ? JsonValue.Create(Mask(n.GetValue<string>())) : n?.DeepClone())]);
            else if (data[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
                data[name] = Mask(value.GetValue<string>());
    }
}
