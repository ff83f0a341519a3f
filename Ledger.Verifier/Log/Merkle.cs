using System.Security.Cryptography;

namespace Ledger.Verifier.Log;

/// <summary>The Merkle tree of RFC 6962 §2.1, seen by one who has only proofs (the algorithms are those of RFC 9162 §2.1.3.2 and §2.1.4.2).</summary>
internal static class Merkle
{
    /// <summary>The root of the tree without leaves.</summary>
    public static byte[] EmptyRoot { get; } = SHA256.HashData([]);

    public static byte[] Leaf(ReadOnlySpan<byte> entry) => SHA256.HashData([0x00, .. entry]);

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([0x01, .. left, .. right]);

    /// <summary>Whether the leaf is the one at this index of the tree; the path goes from the leaf's sibling upwards and nothing is left of it.</summary>
    public static bool Includes(long index, long size, ReadOnlySpan<byte> leaf, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || leaf.Length != SHA256.HashSizeInBytes) return false;
        var (node, last, hash) = (index, size - 1, leaf.ToArray());
        foreach (var sibling in path)
        {
            if (last == 0) return false;
            if (IsOdd(node) || node == last)
            {
                hash = Node(sibling, hash);
                // A last node without a right sibling moves up unchanged until it has a left one.
                while (!IsOdd(node) && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = Node(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the tree of <paramref name="to"/> leaves begins with the tree of <paramref name="from"/> leaves. Of the empty tree there is nothing to prove, and no proof.</summary>
    public static bool IsConsistent(long from, ReadOnlySpan<byte> fromRoot, long to, ReadOnlySpan<byte> toRoot, IReadOnlyList<byte[]> path)
    {
        if (from <= 0 || from > to) return false;
        if (from == to) return path.Count == 0 && fromRoot.SequenceEqual(toRoot);

        // A whole subtree is its own first node; otherwise the path begins with it.
        if (path.Count == 0) return false;
        var (node, last, next) = (from - 1, to - 1, 0);
        while (IsOdd(node)) (node, last) = (node >> 1, last >> 1);
        var first = long.IsPow2(from) ? fromRoot.ToArray() : path[next++];
        var (oldRoot, newRoot) = (first, first);
        for (; next < path.Count; next++)
        {
            if (last == 0) return false;
            if (IsOdd(node) || node == last)
            {
                (oldRoot, newRoot) = (Node(path[next], oldRoot), Node(path[next], newRoot));
                while (!IsOdd(node) && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                newRoot = Node(newRoot, path[next]);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && fromRoot.SequenceEqual(oldRoot) && toRoot.SequenceEqual(newRoot);
    }

    private static bool IsOdd(long number) => (number & 1) == 1;
}
