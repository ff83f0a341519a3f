using System.Text.Json;
using Ledger.Domain.Facts;

namespace Ledger.Host.Evidence;

/// <summary>
/// The units that an event names: they decide which streams belong to a unit's evidence. Written into the entry, so that
/// nobody has to know today's classes to read an old log.
/// </summary>
public static class NamedUnits
{
    /// <summary>The units, sorted; none for an event that this program does not know.</summary>
    /// <param name="stream">The event's stream.</param>
    /// <param name="type">Its name.</param>
    /// <param name="data">Its data.</param>
    /// <param name="registered">The registered units: of the texts in a correction, only these are units.</param>
    public static IReadOnlyList<string> Of(string stream, string type, string? data, IReadOnlySet<string> registered)
    {
        var named = new SortedSet<string>(StringComparer.Ordinal);
        if (Subject.TryParse(stream, out var subject) && subject.Kind == StreamKind.Unit) named.Add(subject.Key);
        try
        {
            if (data is not null && EventCatalog.Find(type) is { } entry)
                switch (FactJson.ReadTrusted(entry, data))
                {
                    case INamesUnits fact:
                        named.UnionWith(fact.NamedUnits);
                        break;
                    case FactCorrected correction:
                        // Only the corrected fact's type says which of these name a unit; one too many only adds a stream.
                        foreach (var value in correction.Set.Values) Keys(value, registered, named);
                        break;
                }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NotSupportedException or ArgumentException or OverflowException)
        {
            // Unreadable: it names nobody.
        }

        return [.. named];
    }

    private static void Keys(JsonElement value, IReadOnlySet<string> registered, SortedSet<string> named)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) Keys(member.Value, registered, named);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Keys(item, registered, named);
                break;
            case JsonValueKind.String when registered.Contains(value.GetString()!):
                named.Add(value.GetString()!);
                break;
        }
    }
}
