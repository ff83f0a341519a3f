using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Verifier.Container;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Bundle;

/// <summary>A leaf of the heads tree: its bytes, its place and its path.</summary>
internal sealed record HeadsLeaf(byte[] Bytes, long Index, IReadOnlyList<byte[]> Path, string Where)
{
    public static HeadsLeaf Of(IEnumerable<string> texts, Members m) => new(Jcs.Serialize(texts), m.Integer("index"), m.Hashes("proof"), m.Where);
}

/// <summary>The last version of a stream, and the leaf of that event.</summary>
internal sealed record StreamHead(string Stream, long Version, long Leaf, HeadsLeaf Proof);

/// <summary>Which streams belong to a unit or are of a kind, in the order in which they first did.</summary>
internal sealed record StreamIndex(string Name, long Count, byte[] Chain, IReadOnlyList<string> Streams, HeadsLeaf Proof)
{
    /// <summary>The chain over the streams that are shown.</summary>
    public byte[] ChainOfStreams() => Streams.Aggregate(new byte[32], (chain, stream) => SHA256.HashData([0x04, .. chain, .. Encoding.UTF8.GetBytes(stream)]));
}

/// <summary>The heads entry and the proofs in it (<c>data/heads.json</c>, docs/evidence.md §5).</summary>
internal sealed record Heads(long Leaf, Entry Entry, IReadOnlyList<byte[]> Path, long Position, long Count, byte[] Root, IReadOnlyList<StreamHead> Streams, IReadOnlyList<StreamIndex> Indexes)
{
    public const string File = "data/heads.json";

    public static Heads Parse(Bag bag)
    {
        var m = Members.Of(StrictJson.Parse(bag.Read(File), File), File, "leaf", "entry", "proof", "streams", "indexes");
        var entry = Entry.Parse(m.Text("entry"), "heads", File);
        entry.Members.Instant("at");
        var streams = m.Items("streams").Select((item, i) => Stream(item, $"{File} streams[{i}]")).ToList();
        var indexes = m.Items("indexes").Select((item, i) => Index(item, $"{File} indexes[{i}]")).ToList();
        if (streams.DistinctBy(head => head.Stream, StringComparer.Ordinal).Count() != streams.Count || indexes.DistinctBy(index => index.Name, StringComparer.Ordinal).Count() != indexes.Count)
            throw StoppedException.Malformed("heads.duplicate", File, "流或索引重复", "a stream or an index is there twice");
        return new(m.Integer("leaf"), entry, m.Hashes("proof"), entry.Members.Integer("position"), entry.Members.Integer("count"), entry.Members.Hash("root"), streams, indexes);
    }

    private static StreamHead Stream(JsonElement item, string where)
    {
        var m = Members.Of(item, where, "stream", "version", "leaf", "index", "proof");
        var (stream, version, leaf) = (m.Text("stream"), m.Integer("version"), m.Integer("leaf"));
        return new(stream, version, leaf, HeadsLeaf.Of(["stream", stream, m.Text("version"), m.Text("leaf")], m));
    }

    private static StreamIndex Index(JsonElement item, string where)
    {
        var m = Members.Of(item, where, "name", "count", "chain", "streams", "index", "proof");
        return m.Text("name") is var name && name.Split(':', 2) is ["unit" or "kind", _]
            ? new(name, m.Integer("count"), m.Hash("chain"), m.Texts("streams"), HeadsLeaf.Of(["index", name, m.Text("count"), m.Text("chain")], m))
            : throw StoppedException.Malformed("heads.index-name", where, $"未知的索引 {name}", $"the index {name} is unknown");
    }
}
