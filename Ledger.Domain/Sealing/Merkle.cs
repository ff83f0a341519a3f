using System.Numerics;
using System.Security.Cryptography;

namespace Ledger.Domain.Sealing;

/// <summary>The hashes and proofs of RFC 6962 §2.1, over SHA-256.</summary>
public static class Merkle
{
    /// <summary>Length of a hash, in bytes.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>The root of the tree without leaves.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>The hash of an entry.</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }

    /// <summary>The hash of an inner node.</summary>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * HashSize)];
        node[0] = 0x01;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashSize)..]);
        return SHA256.HashData(node);
    }

    /// <summary>The root of a tree of which all leaves are at hand.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> leafHashes)
    {
        if (leafHashes.Count == 0) return EmptyRoot;
        // Level by level; an odd last node rises as it is, which gives the same tree as the recursive definition.
        var level = leafHashes.ToList();
        while (level.Count > 1) level = Above(level);
        return level[0];
    }

    /// <summary>The audit path of a leaf in a tree of which all leaves are at hand, from its sibling upwards.</summary>
    public static IReadOnlyList<byte[]> Path(IReadOnlyList<byte[]> leafHashes, int index)
    {
        var path = new List<byte[]>();
        for (var level = leafHashes.ToList(); level.Count > 1; level = Above(level), index /= 2)
            if ((index ^ 1) < level.Count)
                path.Add(level[index ^ 1]);
        return path;
    }

    /// <summary>Whether a leaf is at that place in the tree of that size and root (RFC 9162 §2.1.3.2).</summary>
    public static bool VerifyInclusion(long index, long size, byte[] leafHash, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (index < 0 || index >= size || leafHash.Length != HashSize || root.Length != HashSize) return false;
        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in path)
        {
            if (last == 0 || sibling.Length != HashSize) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = NodeHash(sibling, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = NodeHash(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>Whether the first tree is a beginning of the second (RFC 9162 §2.1.4.2). A tree without leaves begins every tree.</summary>
    public static bool VerifyConsistency(long size1, byte[] root1, long size2, byte[] root2, IReadOnlyList<byte[]> proof)
    {
        if (size1 < 0 || size1 > size2 || proof.Any(h => h.Length != HashSize)) return false;
        if (size1 == size2) return proof.Count == 0 && root1.AsSpan().SequenceEqual(root2);
        if (size1 == 0) return proof.Count == 0 && root1.AsSpan().SequenceEqual(EmptyRoot);
        var rest = proof.ToList();
        if (BitOperations.IsPow2(size1)) rest.Insert(0, root1);
        if (rest.Count == 0) return false;
        var (node, last) = (size1 - 1, size2 - 1);
        while ((node & 1) == 1) (node, last) = (node >> 1, last >> 1);
        var (hash1, hash2) = (rest[0], rest[0]);
        foreach (var sibling in rest.Skip(1))
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash1 = NodeHash(sibling, hash1);
                hash2 = NodeHash(sibling, hash2);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash2 = NodeHash(hash2, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash1.AsSpan().SequenceEqual(root1) && hash2.AsSpan().SequenceEqual(root2);
    }

    private static List<byte[]> Above(List<byte[]> level)
    {
        var above = new List<byte[]>((level.Count + 1) / 2);
        for (var i = 0; i + 1 < level.Count; i += 2) above.Add(NodeHash(level[i], level[i + 1]));
        if (level.Count % 2 == 1) above.Add(level[^1]);
        return above;
    }
}
