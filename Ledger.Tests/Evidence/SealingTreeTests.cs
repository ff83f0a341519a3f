using System.Text.Json;
using Ledger.Domain.Sealing;
using Ledger.Tests.Verifier;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>The tree that the ledger seals, proves and serves, against RFC 6962 §2.1 by its recursive definitions, in every size up to 257.</summary>
public sealed class SealingTreeTests
{
    private const int Largest = 257;
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Largest + 1).Select(Leaf)];
    private static readonly NaiveTree Tree = new(Leaves);

    [Fact]
    public async Task Every_tree_up_to_257_has_its_root_however_it_is_computed()
    {
        var growing = new GrowingTree();
        for (var size = 0; size <= Largest; growing.Append(Leaves[size++]))
        {
            var (root, at) = (Tree.Root(size), $"{size} leaves");
            growing.Edge.Size.ShouldBe(size);
            growing.Edge.Root().ShouldBe(root, at);
            new TreeEdge(size, growing.Edge.Levels).Root().ShouldBe(root, at);
            Merkle.Root(Leaves[..size]).ShouldBe(root, at);
            (await HashTiles.RootAsync(size, growing.Read)).ShouldBe(root, at);
            Should.Throw<FormatException>(() => new TreeEdge(size + 1, growing.Edge.Levels), at);
            if (size > 0) Should.Throw<FormatException>(() => new TreeEdge(size - 1, growing.Edge.Levels), at);
        }

        growing.Filled.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_edge_that_was_put_away_grows_on_as_if_it_had_not_been()
    {
        var growing = new GrowingTree();
        for (var size = 0; size <= Largest; growing.Append(Leaves[size++]))
        {
            var again = new TreeEdge(size, growing.Edge.Levels);
            var filled = again.Append(Leaves[size]);
            again.Root().ShouldBe(Tree.Root(size + 1));
            filled.Select(t => (t.Level, t.Index)).ShouldBe(size == 255 ? [(0, 0L)] : []);
        }

        (await HashTiles.RootAsync(growing.Edge.Size, growing.Read)).ShouldBe(Tree.Root(Largest + 1));
    }

    [Fact]
    public async Task Every_leaf_of_every_tree_up_to_257_is_included_at_its_place_alone()
    {
        var tiles = GrowingTree.Of(Leaves);
        for (var size = 1; size <= Largest; size++)
        for (var index = 0; index < size; index++)
        {
            var (path, root, at) = (Tree.Path(index, size), Tree.Root(size), $"{index} of {size}");
            Merkle.Path(Leaves[..size], index).ShouldBe(path, at);
            (await HashTiles.InclusionAsync(index, size, tiles.Read)).ShouldBe(path, at);
            Merkle.VerifyInclusion(index, size, Leaves[index], path, root).ShouldBeTrue(at);
            Merkle.VerifyInclusion(index, size, Leaves[index + 1], path, root).ShouldBeFalse(at);
            Merkle.VerifyInclusion(index, size, Leaves[index], [.. path, root], root).ShouldBeFalse(at);
            Merkle.VerifyInclusion(index, size, Leaves[index], path, Leaves[index + 1]).ShouldBeFalse(at);
            if (path.Count > 0) Merkle.VerifyInclusion(index, size, Leaves[index], path[..^1], root).ShouldBeFalse(at);
            if (size > 1) Merkle.VerifyInclusion((index + 1) % size, size, Leaves[index], path, root).ShouldBeFalse(at);
        }
    }

    [Fact]
    public async Task Every_two_trees_up_to_257_are_consistent_by_their_proof_alone()
    {
        var tiles = GrowingTree.Of(Leaves);
        for (var to = 1; to <= Largest; to++)
        for (var from = 1; from <= to; from++)
        {
            var (proof, old, now, at) = (Tree.Proof(from, to), Tree.Root(from), Tree.Root(to), $"{from} to {to}");
            (await HashTiles.ConsistencyAsync(from, to, tiles.Read)).ShouldBe(proof, at);
            Merkle.VerifyConsistency(from, old, to, now, proof).ShouldBeTrue(at);
            Merkle.VerifyConsistency(from, Leaves[^1], to, now, proof).ShouldBeFalse(at);
            Merkle.VerifyConsistency(from, old, to, Leaves[^1], proof).ShouldBeFalse(at);
            Merkle.VerifyConsistency(from, old, to, now, [.. proof, old]).ShouldBeFalse(at);
            if (proof.Count > 0) Merkle.VerifyConsistency(from, old, to, now, proof[..^1]).ShouldBeFalse(at);
            if (from < to) Merkle.VerifyConsistency(from, now, to, old, proof).ShouldBeFalse(at);
            if (from < to) Merkle.VerifyConsistency(to, now, from, old, proof).ShouldBeFalse(at);
        }
    }

    [Fact]
    public async Task The_empty_tree_begins_every_tree_and_holds_nothing()
    {
        var tiles = GrowingTree.Of(Leaves);
        for (var size = 0; size <= Largest; size++)
        {
            (await HashTiles.ConsistencyAsync(0, size, tiles.Read)).ShouldBeEmpty();
            Merkle.VerifyConsistency(0, Merkle.EmptyRoot, size, Tree.Root(size), []).ShouldBeTrue();
            Merkle.VerifyConsistency(0, Merkle.EmptyRoot, size, Tree.Root(size), [Leaves[0]]).ShouldBeFalse();
            Merkle.VerifyConsistency(0, Leaves[0], size, Tree.Root(size), []).ShouldBeFalse();
        }

        Merkle.VerifyConsistency(-1, Merkle.EmptyRoot, 5, Tree.Root(5), []).ShouldBeFalse();
        Merkle.VerifyInclusion(0, 0, Leaves[0], [], Merkle.EmptyRoot).ShouldBeFalse();
        Merkle.VerifyInclusion(-1, 5, Leaves[0], Tree.Path(0, 5), Tree.Root(5)).ShouldBeFalse();
        Merkle.VerifyInclusion(0, 2, Leaves[0], [Leaves[1][..31]], Tree.Root(2)).ShouldBeFalse();
    }

    [Fact]
    public async Task Trees_whose_tiles_have_tiles_above_them_are_the_same()
    {
        const int size = 65_536 + 257;
        var leaves = Enumerable.Range(0, size).Select(Leaf).ToArray();
        var (naive, growing) = (new NaiveTree(leaves), new GrowingTree());
        int[] sizes = [65_279, 65_280, 65_281, 65_535, 65_536, 65_537, 65_792, 65_793];
        foreach (var leaf in leaves)
        {
            growing.Append(leaf);
            if (sizes.Contains((int)growing.Edge.Size)) growing.Edge.Root().ShouldBe(naive.Root((int)growing.Edge.Size));
        }

        growing.Filled.Count.ShouldBe(257 + 1);
        int[] places = [0, 1, 255, 256, 257, 32_767, 32_768, 65_279, 65_280];
        foreach (var to in sizes)
        {
            (await HashTiles.RootAsync(to, growing.Read)).ShouldBe(naive.Root(to));
            foreach (var index in places.Append(to - 1).Where(i => i < to)) (await HashTiles.InclusionAsync(index, to, growing.Read)).ShouldBe(naive.Path(index, to), $"{index} of {to}");
            foreach (var from in places.Concat(sizes).Where(s => s > 0 && s <= to)) (await HashTiles.ConsistencyAsync(from, to, growing.Read)).ShouldBe(naive.Proof(from, to), $"{from} to {to}");
        }
    }

    [Fact]
    public void Public_vectors_of_inclusion()
    {
        foreach (var vector in Vectors.Read("merkle-inclusion.json"))
            Merkle.VerifyInclusion(Number(vector, "leafIdx"), Number(vector, "treeSize"), Bytes(vector, "leafHash"), Proof(vector), Bytes(vector, "root"))
                .ShouldBe(!vector.GetProperty("wantErr").GetBoolean(), vector.GetProperty("name").GetString());
    }

    [Fact]
    public void Public_vectors_of_consistency()
    {
        foreach (var vector in Vectors.Read("merkle-consistency.json"))
        {
            // Their authors give no answer from an empty tree; the witness protocol begins with one (old size 0, no proof).
            if (Number(vector, "size1") == 0 && Proof(vector).Length == 0) continue;
            Merkle.VerifyConsistency(Number(vector, "size1"), Bytes(vector, "root1"), Number(vector, "size2"), Bytes(vector, "root2"), Proof(vector))
                .ShouldBe(!vector.GetProperty("wantErr").GetBoolean(), vector.GetProperty("name").GetString());
        }
    }

    private static byte[] Leaf(int index)
    {
        byte[] entry = [(byte)(index >> 16), (byte)((index >> 8) & 0xff), (byte)(index & 0xff)];
        Merkle.LeafHash(entry).ShouldBe(NaiveTree.Leaf(entry));
        return NaiveTree.Leaf(entry);
    }

    /// <summary>Some vectors go beyond 63 bits, where no log of ours can be; negative numbers stand for them.</summary>
    private static long Number(JsonElement vector, string name) => unchecked((long)vector.GetProperty(name).GetUInt64());

    private static byte[] Bytes(JsonElement vector, string name) => vector.GetProperty(name).GetString() is { } text ? Convert.FromBase64String(text) : [];

    private static byte[][] Proof(JsonElement vector) =>
        vector.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof ? [.. proof.EnumerateArray().Select(hash => Convert.FromBase64String(hash.GetString()!))] : [];

    /// <summary>A tree that grows as the sealer lets it, with the tiles that it has filled.</summary>
    private sealed class GrowingTree
    {
        public TreeEdge Edge { get; } = new();

        public Dictionary<(int Level, long Index), byte[]> Filled { get; } = [];

        public static GrowingTree Of(IEnumerable<byte[]> leaves)
        {
            var tree = new GrowingTree();
            foreach (var leaf in leaves) tree.Append(leaf);
            return tree;
        }

        public void Append(byte[] leafHash)
        {
            foreach (var tile in Edge.Append(leafHash)) Filled.Add((tile.Level, tile.Index), tile.Hashes);
        }

        /// <summary>Of a full tile, or of one that is not full yet, exactly as many hashes as were asked for: more would hide a mistake.</summary>
        public ValueTask<ReadOnlyMemory<byte>> Read(int level, long index, int width)
        {
            width.ShouldBeInRange(1, HashTiles.Width);
            var hashes = Filled.TryGetValue((level, index), out var full) ? full : Edge.Levels[level];
            hashes.Length.ShouldBeGreaterThanOrEqualTo(width * Merkle.HashSize);
            return new(hashes.AsMemory(0, width * Merkle.HashSize));
        }
    }
}
