using System.Text.Json;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Bundle;

/// <summary>A line of <c>facts.jsonl</c> with the same line of <c>leaves.jsonl</c>: a fact, its leaf and what opens it.</summary>
internal sealed record FactLine(
    Members Fact, JsonElement Data, long Leaf, Entry Entry, EventEntry Event, Members Headers, Members Opening, IReadOnlyList<byte[]> Path, string Where)
{
    /// <summary>The names of the members of the data that are proved but not shown.</summary>
    public IReadOnlySet<string> Hidden { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    public static FactLine Parse(JsonElement fact, JsonElement leaf, int index)
    {
        var where = StrictJson.LineOf("data/leaves.jsonl", index);
        var opening = Members.Of(leaf, where, "leaf", "entry", "hdr", "salt", "salts", "hidden", "proof");
        var entry = Entry.Parse(opening.Text("entry"), "event", where);
        var headers = Members.Of(opening["hdr"], $"{where} hdr", "source", "id", "time?", "clause?");
        var e = EventEntry.Of(entry);

        var at = $"{StrictJson.LineOf("data/facts.jsonl", index)} seq {e.Sequence} {e.Stream}";
        var line = Members.Of(fact, at, "specversion", "id", "source", "type", "subject", "time?", "data");
        if (line.Text("specversion") != "1.0") throw StoppedException.Malformed("fact.specversion", at, "不是 CloudEvents 1.0", "is not CloudEvents 1.0");
        if (line["data"].ValueKind != JsonValueKind.Object) throw StoppedException.Malformed("json.type", at, "data 不是对象", "data is not an object");
        var isOpen = !opening.IsNull("salt");
        if (opening.IsNull("salts") != isOpen || opening.IsNull("hidden") != isOpen)
            throw StoppedException.Malformed("leaf.opening", at, "须要么给出 salt，要么给出 salts 和 hidden", "either salt is given, or salts and hidden");
        return new(line, line["data"], opening.Integer("leaf"), entry, e, headers, opening, opening.Hashes("proof"), at)
        {
            Hidden = isOpen
                ? new HashSet<string>(StringComparer.Ordinal)
                : Members.Of(opening["hidden"], $"{where} hidden", "data").HashesByName("data").Keys.ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>The first member that the fact and its entry do not agree in; null when they do.</summary>
    public string? Disagreement()
    {
        var (fact, headers) = (Fact, Headers);
        return fact.Text("subject") != Event.Stream ? "subject"
            : fact.Text("type") != Event.Type ? "type"
            : fact.Text("source") != headers.Text("source") ? "source"
            : fact.Text("id") != headers.Text("id") ? "id"
            : fact.Has("time") != headers.Has("time") || (fact.Has("time") && fact.Text("time") != headers.Text("time")) ? "time"
            : FactId.Of(headers.Text("source"), headers.Text("id")) != Event.Id ? "id (UUIDv5)"
            : null;
    }

    /// <summary>Whether what is shown opens the entry's commitment to the headers.</summary>
    public bool OpensHeaders() => Opens("hdr", Opening["hdr"], new Dictionary<string, byte[]>(StringComparer.Ordinal), Event.HeaderCommitment);

    /// <summary>Whether what is shown, with the hashes of what is hidden, opens the entry's commitment to the data.</summary>
    public bool OpensData() => Opens(
        "data", Data, Hidden.Count == 0 ? new Dictionary<string, byte[]>(StringComparer.Ordinal) : Members.Of(Opening["hidden"], Where, "data").HashesByName("data"), Event.DataCommitment);

    private bool Opens(string part, JsonElement shown, IReadOnlyDictionary<string, byte[]> hidden, byte[] commitment)
    {
        var names = shown.EnumerateObject().Select(member => member.Name).ToList();
        var salts = Opening.IsNull("salt")
            ? Members.Of(Opening["salts"], $"{Where} salts", "hdr", "data").HashesByName(part)
            : names.ToDictionary(name => name, name => Commitments.MemberSalt(Opening.Hash("salt"), part, name), StringComparer.Ordinal);

        // A salt for each member shown and for no other, and nothing both shown and hidden.
        return salts.Count == names.Count && names.TrueForAll(name => salts.ContainsKey(name) && !hidden.ContainsKey(name))
            && Commitments.Of([.. shown.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Commitments.Member(salts[member.Name], member.Value))), .. hidden])
                .AsSpan().SequenceEqual(commitment);
    }
}
