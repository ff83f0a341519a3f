using System.Security.Cryptography;
using System.Text;

namespace Ledger.Domain.Sealing;

/// <summary>The last event of a stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Version">The event's version: how many events the stream has.</param>
/// <param name="Leaf">The event's leaf.</param>
public sealed record StreamHead(string Stream, long Version, long Leaf);

/// <summary>Which streams belong to a unit or are of a kind: how many, and a hash chain over them in their order.</summary>
/// <param name="Name"><c>unit:wuquan</c> or <c>kind:calendar</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Chain">The chain's last link.</param>
public sealed record IndexHead(string Name, long Count, byte[] Chain)
{
    /// <summary>The chain before its first link.</summary>
    public static byte[] Beginning => new byte[Merkle.HashSize];

    /// <summary>The chain with one more stream.</summary>
    public static byte[] Link(byte[] chain, string stream) => SHA256.HashData([0x04, .. chain, .. Encoding.UTF8.GetBytes(stream)]);
}

/// <summary>
/// A tree over the heads of all streams and indexes (docs/evidence.md §5): with its root sealed, leaving out a fact or a
/// stream can be shown.
/// </summary>
public sealed class HeadsTree
{
    private static readonly string[] AlwaysThere = ["kind:calendar", "kind:policy"];

    private readonly List<byte[]> _hashes;
    private readonly Dictionary<string, (StreamHead Head, int Place)> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (IndexHead Head, int Place)> _indexes = new(StringComparer.Ordinal);

    /// <summary>The tree over the heads, given in any order.</summary>
    public HeadsTree(IEnumerable<StreamHead> streams, IEnumerable<IndexHead> indexes)
    {
        var known = indexes.ToList();
        // That there is no policy or no calendar is to be shown as well.
        foreach (var name in AlwaysThere.Where(name => !known.Exists(i => i.Name == name))) known.Add(new IndexHead(name, 0, IndexHead.Beginning));
        var leaves = streams.Select(s => (Bytes: LeafOf(s), Keep: (Action<int>)(place => _streams.Add(s.Stream, (s, place)))))
            .Concat(known.Select(i => (Bytes: LeafOf(i), Keep: (Action<int>)(place => _indexes.Add(i.Name, (i, place))))))
            .ToList();
        leaves.Sort((left, right) => left.Bytes.AsSpan().SequenceCompareTo(right.Bytes));
        for (var i = 0; i < leaves.Count; i++) leaves[i].Keep(i);
        _hashes = [.. leaves.Select(l => Merkle.LeafHash(l.Bytes))];
        Root = Merkle.Root(_hashes);
    }

    /// <summary>Number of heads.</summary>
    public int Count => _hashes.Count;

    /// <summary>The root.</summary>
    public byte[] Root { get; }

    /// <summary>A stream's head and its place, or null.</summary>
    public (StreamHead Head, int Place)? FindStream(string stream) => _streams.TryGetValue(stream, out var found) ? found : null;

    /// <summary>An index's head and its place, or null.</summary>
    public (IndexHead Head, int Place)? FindIndex(string name) => _indexes.TryGetValue(name, out var found) ? found : null;

    /// <summary>The proof that the head at a place is in the tree.</summary>
    public IReadOnlyList<byte[]> Path(int place) => Merkle.Path(_hashes, place);

    /// <summary>A stream's leaf.</summary>
    public static byte[] LeafOf(StreamHead head) => Jcs.Bytes(Jcs.Array(
        [Jcs.Text("stream"), Jcs.Text(head.Stream), LogEntry.Whole(head.Version), LogEntry.Whole(head.Leaf)]));

    /// <summary>An index's leaf.</summary>
    public static byte[] LeafOf(IndexHead head) => Jcs.Bytes(Jcs.Array(
        [Jcs.Text("index"), Jcs.Text(head.Name), LogEntry.Whole(head.Count), Jcs.Text(Convert.ToBase64String(head.Chain))]));
}
