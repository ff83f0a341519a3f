using System.Text;
using System.Text.Json;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Log;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Bundle;

/// <summary>An entry of the log (docs/evidence.md §2): canonical, of a known kind, with exactly that kind's members.</summary>
internal sealed record Entry(string Kind, Members Members, byte[] LeafHash)
{
    private static readonly Dictionary<string, string[]> MembersByKind = new(StringComparer.Ordinal)
    {
        ["genesis"] = ["origin", "at", "ledger", "key", "previous", "reason"],
        ["event"] =
        [
            "seq", "id", "stream", "ver", "type", "dotnet", "tenant", "ts", "rec", "user", "corr", "caus", "by", "app", "archived", "units", "hdr", "data", "bdata", "intake",
        ],
        ["missing"] = ["seq", "rec", "by", "app"],
        ["schema-change"] = ["n", "at", "by", "tag", "object"],
        ["heads"] = ["at", "position", "count", "root"],
        ["key-change"] = ["at", "key", "by", "reason"],
        ["redaction"] = ["at", "seq", "members", "by", "approval", "reason"],
        ["incident"] = ["at", "code", "detail", "by"],
        ["manifest"] = ["batch", "first", "events", "position", "burned", "at", "guards"],
    };

    public static Entry Parse(string text, string where)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var value = StrictJson.Parse(utf8, where);
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("kind", out var named) || named.ValueKind != JsonValueKind.String
            || !MembersByKind.TryGetValue(named.GetString()!, out var names))
            throw StoppedException.Malformed("entry.kind", where, "未知的条目种类", "the entry is of an unknown kind");
        var members = Formats.Members.Of(value, where, ["v", "kind", .. names]);
        members.Version();
        return Jcs.Serialize(value).AsSpan().SequenceEqual(utf8)
            ? new(named.GetString()!, members, Merkle.Leaf(utf8))
            : throw StoppedException.Malformed("entry.not-canonical", where, "条目不是规范形式（RFC 8785）", "the entry is not in canonical form (RFC 8785)");
    }

    /// <summary>The entry, if it is of the kind that belongs here.</summary>
    public static Entry Parse(string text, string kind, string where) =>
        Parse(text, where) is var entry && entry.Kind == kind
            ? entry
            : throw StoppedException.Malformed("entry.kind", where, $"此处应为 {kind} 条目，而不是 {entry.Kind}", $"an entry of kind {entry.Kind} stands where {kind} belongs");
}

/// <summary>What became of an event between its commit and its sealing.</summary>
internal enum Intake
{
    Ok,
    Unhashed,
    Differs,
    None,
}

/// <summary>The entry of an event.</summary>
internal sealed record EventEntry(
    long Sequence, string Id, string Stream, long Version, string Type, DateTimeOffset Recorded, IReadOnlyList<string> Units, byte[] HeaderCommitment, byte[] DataCommitment, Intake Intake)
{
    public static EventEntry Of(Entry entry)
    {
        var m = entry.Members;
        foreach (var name in (string[])["user", "corr", "caus", "by", "app"]) m.TextOrNull(name);
        foreach (var name in (string[])["dotnet", "tenant"]) m.Text(name);
        m.Flag("archived");
        m.Instant("ts");
        if (!m.IsNull("bdata")) m.Hash("bdata");
        var units = m.Texts("units");
        if (!units.SequenceEqual(units.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw StoppedException.Malformed("entry.units", m.Where, "units 没有排序或有重复", "units are not sorted or not distinct");
        var intake = m.Text("intake") switch
        {
            "ok" => Intake.Ok,
            "unhashed" => Intake.Unhashed,
            "differs" => Intake.Differs,
            "none" => Intake.None,
            var other => throw StoppedException.Malformed("entry.intake", m.Where, $"未知的 intake：{other}", $"the intake {other} is unknown"),
        };

        // Who saw no row come in cannot say when it did.
        var recorded = intake == Intake.None && m.IsNull("rec") ? m.Instant("ts") : m.Instant("rec");
        return new(m.Integer("seq"), m.Text("id"), m.Text("stream"), m.Integer("ver"), m.Text("type"), recorded, units, m.Hash("hdr"), m.Hash("data"), intake);
    }
}
