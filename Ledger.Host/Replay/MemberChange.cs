using System.Globalization;
using System.Text.Json.Nodes;

namespace Ledger.Host.Replay;

/// <summary>
/// A member of a state that is not what it was. <see cref="Member"/> is a JSON pointer (RFC 6901; empty for the whole state).
/// Changes are applied in their order: an index is the place in the list as the changes before it have left it, which is the
/// place in the later state wherever the item is still there.
/// </summary>
/// <param name="Member">Where.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Before">Its value before; null also for a JSON null.</param>
/// <param name="After">Its value after; null also for a JSON null.</param>
public sealed record MemberChange(string Member, ChangeKind Kind, JsonNode? Before, JsonNode? After)
{
    /// <summary>The changes that make the second state of the first; a state that is not there is null.</summary>
    public static IReadOnlyList<MemberChange> Between(JsonNode? before, JsonNode? after)
    {
        var changes = new List<MemberChange>();
        if (before is null != after is null)
            changes.Add(before is null ? new("", ChangeKind.Added, null, after!.DeepClone()) : new("", ChangeKind.Removed, before.DeepClone(), null));
        else Compare("", before, after, changes);
        return changes;
    }

    /// <summary>The state that the changes make of a state.</summary>
    public static JsonNode? Apply(JsonNode? state, IEnumerable<MemberChange> changes)
    {
        var root = new JsonArray(state?.DeepClone());
        foreach (var change in changes) Apply(root, ("/0" + change.Member).Split('/').AsSpan(1), change);
        var made = root.Count == 0 ? null : root[0];
        return made?.DeepClone();
    }

    /// <summary>A member's name as a part of a JSON pointer.</summary>
    internal static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The member's name that a part of a JSON pointer means.</summary>
    internal static string Unescape(string part) => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static void Compare(string path, JsonNode? before, JsonNode? after, List<MemberChange> changes)
    {
        if (before is JsonObject old && after is JsonObject now) CompareMembers(path, old, now, changes);
        else if (before is JsonArray oldItems && after is JsonArray items) CompareItems(path, oldItems, items, changes);
        else if (!JsonNode.DeepEquals(before, after)) changes.Add(new(path, ChangeKind.Replaced, before?.DeepClone(), after?.DeepClone()));
    }

    private static void CompareMembers(string path, JsonObject before, JsonObject after, List<MemberChange> changes)
    {
        foreach (var (name, value) in before)
            if (!after.ContainsKey(name)) changes.Add(new($"{path}/{Escape(name)}", ChangeKind.Removed, value?.DeepClone(), null));
        foreach (var (name, value) in after)
            if (before.TryGetPropertyValue(name, out var old)) Compare($"{path}/{Escape(name)}", old, value, changes);
            else changes.Add(new($"{path}/{Escape(name)}", ChangeKind.Added, null, value?.DeepClone()));
    }

    // What stands before the index is already as it will be, so the indexes count up through the later list.
    private static void CompareItems(string path, JsonArray before, JsonArray after, List<MemberChange> changes)
    {
        var at = 0;
        foreach (var (old, now) in ItemPairs.Of(before, after))
        {
            var item = string.Create(CultureInfo.InvariantCulture, $"{path}/{at}");
            if (now is null) changes.Add(new(item, ChangeKind.Removed, before[old!.Value]?.DeepClone(), null));
            else if (old is null) changes.Add(new(item, ChangeKind.Added, null, after[now.Value]?.DeepClone()));
            else Compare(item, before[old.Value], after[now.Value], changes);
            if (now is not null) at++;
        }
    }

    private static void Apply(JsonNode within, Span<string> path, MemberChange change)
    {
        var name = Unescape(path[0]);
        if (path.Length > 1)
        {
            Apply((within is JsonArray list ? list[Index(name)] : within[name])!, path[1..], change);
            return;
        }

        var after = change.After?.DeepClone();
        switch (within, change.Kind)
        {
            // The root's place is held by a null where there is no state.
            case (JsonArray items, ChangeKind.Added) when change.Member.Length > 0: items.Insert(Index(name), after); break;
            case (JsonArray items, ChangeKind.Removed): items.RemoveAt(Index(name)); break;
            case (JsonArray items, _): items[Index(name)] = after; break;
            case (JsonObject o, ChangeKind.Removed): o.Remove(name); break;
            default: within.AsObject()[name] = after; break;
        }
    }

    private static int Index(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>What became of a member.</summary>
public enum ChangeKind
{
    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It is no longer there.</summary>
    Removed,

    /// <summary>It has another value.</summary>
    Replaced,
}
