using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Verifier.Log;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>The verifier's proofs against a tree computed by definition, and against public vectors.</summary>
public sealed class VerifierMerkleTests
{
    private const int Largest = 257;
    private static readonly NaiveTree Tree = new([.. Enumerable.Range(0, Largest).Select(Leaf)]);

    [Fact]
    public void Every_leaf_of_every_tree_up_to_257_is_included_at_its_place_alone()
    {
        for (var size = 1; size <= Largest; size++)
        for (var index = 0; index < size; index++)
        {
            var (path, root) = (Tree.Path(index, size), Tree.Root(size));
            var at = $"{index} of {size}";
            Merkle.Includes(index, size, Leaf(index), path, root).ShouldBeTrue(at);
            Merkle.Includes(index, size, Leaf(index + 1), path, root).ShouldBeFalse(at);
            Merkle.Includes(index, size, Leaf(index), [.. path, root], root).ShouldBeFalse(at);
            Merkle.Includes(index, size, Leaf(index), path, Leaf(index + 1)).ShouldBeFalse(at);
            if (path.Count > 0) Merkle.Includes(index, size, Leaf(index), path[..^1], root).ShouldBeFalse(at);
            if (size > 1) Merkle.Includes((index + 1) % size, size, Leaf(index), path, root).ShouldBeFalse(at);
        }
    }

    [Fact]
    public void Every_two_trees_up_to_257_are_consistent_by_their_proof_alone()
    {
        for (var to = 1; to <= Largest; to++)
        for (var from = 1; from <= to; from++)
        {
            var (proof, old, now) = (Tree.Proof(from, to), Tree.Root(from), Tree.Root(to));
            var at = $"{from} to {to}";
            Merkle.IsConsistent(from, old, to, now, proof).ShouldBeTrue(at);
            Merkle.IsConsistent(from, Leaf(999), to, now, proof).ShouldBeFalse(at);
            Merkle.IsConsistent(from, old, to, Leaf(999), proof).ShouldBeFalse(at);
            Merkle.IsConsistent(from, old, to, now, [.. proof, old]).ShouldBeFalse(at);
            if (proof.Count > 0) Merkle.IsConsistent(from, old, to, now, proof[..^1]).ShouldBeFalse(at);
            if (from < to) Merkle.IsConsistent(from, now, to, old, proof).ShouldBeFalse(at);
            if (from < to) Merkle.IsConsistent(to, old, from, now, proof).ShouldBeFalse(at);
        }
    }

    [Fact]
    public void There_is_nothing_to_prove_about_the_empty_tree()
    {
        Merkle.EmptyRoot.ShouldBe(SHA256.HashData([]));
        Merkle.IsConsistent(0, Merkle.EmptyRoot, 0, Merkle.EmptyRoot, []).ShouldBeFalse();
        Merkle.IsConsistent(0, Merkle.EmptyRoot, 5, Tree.Root(5), []).ShouldBeFalse();
        Merkle.IsConsistent(0, Merkle.EmptyRoot, 5, Tree.Root(5), [Leaf(1)]).ShouldBeFalse();
        Merkle.IsConsistent(-1, Merkle.EmptyRoot, 5, Tree.Root(5), []).ShouldBeFalse();
        Merkle.Includes(0, 0, Leaf(0), [], Merkle.EmptyRoot).ShouldBeFalse();
        Merkle.Includes(-1, 5, Leaf(0), Tree.Path(0, 5), Tree.Root(5)).ShouldBeFalse();
    }

    [Fact]
    public void Public_vectors_of_inclusion()
    {
        foreach (var vector in Vectors.Read("merkle-inclusion.json"))
            Merkle.Includes(Number(vector, "leafIdx"), Number(vector, "treeSize"), Bytes(vector, "leafHash"), Proof(vector), Bytes(vector, "root"))
                .ShouldBe(!vector.GetProperty("wantErr").GetBoolean(), vector.GetProperty("name").GetString());
    }

    [Fact]
    public void Public_vectors_of_consistency()
    {
        foreach (var vector in Vectors.Read("merkle-consistency.json"))
            Merkle.IsConsistent(Number(vector, "size1"), Bytes(vector, "root1"), Number(vector, "size2"), Bytes(vector, "root2"), Proof(vector))
                .ShouldBe(!vector.GetProperty("wantErr").GetBoolean(), vector.GetProperty("name").GetString());
    }

    private static byte[] Leaf(int index) => NaiveTree.Leaf([(byte)(index >> 8), (byte)(index & 0xff)]);

    /// <summary>Some vectors go beyond 63 bits, where no log of ours can be; negative numbers stand for them.</summary>
    private static long Number(JsonElement vector, string name) => unchecked((long)vector.GetProperty(name).GetUInt64());

    private static byte[] Bytes(JsonElement vector, string name) => vector.GetProperty(name).GetString() is { } text ? Convert.FromBase64String(text) : [];

    private static byte[][] Proof(JsonElement vector) =>
        vector.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof ? [.. proof.EnumerateArray().Select(hash => Convert.FromBase64String(hash.GetString()!))] : [];
}
