using System.Text.Json.Nodes;

namespace Ledger.Host.Replay;

/// <summary>
/// Which item of a list is which item of a later list: items that say of themselves the same (the same case number, unit, kind,
/// …) in the longest order that both lists share; between two of those, items that differ in nothing but their case number are
/// paired in their order, so that a renamed instance is one instance with another number; and so are names and other plain values.
/// </summary>
internal static class ItemPairs
{
    // What an item is about, as opposed to what is said of it.
    private static readonly string[] Identifying = ["sequence", "caseNo", "kind", "unit", "lawsuit", "duty", "year", "document", "level", "type", "person"];

    /// <summary>The indexes of both lists, in an order in which each list's indexes ascend; null where there is no counterpart.</summary>
    public static IReadOnlyList<(int? Before, int? After)> Of(JsonArray before, JsonArray after)
    {
        var (old, now) = (before.Select(item => IdentityOf(item)).ToArray(), after.Select(item => IdentityOf(item)).ToArray());
        var pairs = new List<(int? Before, int? After)>();
        var (i, j) = (0, 0);
        foreach (var (x, y) in Shared(old, now).Append((old.Length, now.Length)))
        {
            while (i < x && j < y && IsSame(before[i], after[j])) pairs.Add((i++, j++));
            while (i < x) pairs.Add((i++, null));
            while (j < y) pairs.Add((null, j++));
            if (x < old.Length) pairs.Add((i++, j++));
        }

        return pairs;
    }

    // The longest common subsequence, after what both lists have in common at their ends.
    private static IEnumerable<(int Before, int After)> Shared(string[] old, string[] now)
    {
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start]) start++;
        var end = 0;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)]) end++;
        var (rows, columns) = (old.Length - start - end, now.Length - start - end);
        var lengths = new int[rows + 1, columns + 1];
        for (var r = rows - 1; r >= 0; r--)
            for (var c = columns - 1; c >= 0; c--)
                lengths[r, c] = old[start + r] == now[start + c] ? lengths[r + 1, c + 1] + 1 : Math.Max(lengths[r + 1, c], lengths[r, c + 1]);

        for (var at = 0; at < start; at++) yield return (at, at);
        for (var (r, c) = (0, 0); r < rows && c < columns;)
            if (old[start + r] == now[start + c]) yield return (start + r++, start + c++);
            else if (lengths[r + 1, c] >= lengths[r, c + 1]) r++;
            else c++;
        for (var at = end; at > 0; at--) yield return (old.Length - at, now.Length - at);
    }

    private static bool IsSame(JsonNode? before, JsonNode? after) => (before, after) switch
    {
        (JsonValue, JsonValue) => true,
        (JsonObject, JsonObject) => IdentityOf(before, "caseNo") == IdentityOf(after, "caseNo"),
        _ => false,
    };

    private static string IdentityOf(JsonNode? item, string? without = null) => item is JsonObject o
        ? string.Join('\n', Identifying.Where(name => name != without).Select(name => o.TryGetPropertyValue(name, out var value) && value is JsonValue ? $"{name}={value}" : null).Where(part => part is not null))
        : item?.ToJsonString() ?? "null";
}
