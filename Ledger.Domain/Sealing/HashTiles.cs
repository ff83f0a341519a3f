using System.Numerics;

namespace Ledger.Domain.Sealing;

/// <summary>
/// The nodes of a log's tree, stored as tiles (C2SP tlog-tiles): tile (level, n) holds up to 256 hashes, that of place i
/// being the root of the full subtree of 256^level leaves from leaf (256·n + i)·256^level on.
/// </summary>
public static class HashTiles
{
    /// <summary>Hashes in a full tile.</summary>
    public const int Width = 256;

    private const int Height = 8;

    /// <summary>Reads the first <paramref name="width"/> hashes of a tile, one after the other.</summary>
    public delegate ValueTask<ReadOnlyMemory<byte>> Read(int level, long index, int width);

    /// <summary>How many tiles of a level are full in a tree of that size, and how many hashes the next one has.</summary>
    public static (long Full, int Partial) Extent(int level, long size)
    {
        var hashes = size >> (Height * level);
        return (hashes / Width, (int)(hashes % Width));
    }

    /// <summary>The root of the tree of that size.</summary>
    public static async ValueTask<byte[]> RootAsync(long size, Read read) => size == 0 ? Merkle.EmptyRoot : await HashAsync(0, size, size, read);

    /// <summary>The audit path of a leaf in the tree of that size, from the leaf's sibling upwards (RFC 6962 §2.1.1).</summary>
    public static async ValueTask<IReadOnlyList<byte[]>> InclusionAsync(long index, long size, Read read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                path.Add(await HashAsync(middle, to, size, read));
                to = middle;
            }
            else
            {
                path.Add(await HashAsync(from, middle, size, read));
                from = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>The proof that the tree of the first size is a beginning of that of the second (RFC 6962 §2.1.2).</summary>
    public static async ValueTask<IReadOnlyList<byte[]>> ConsistencyAsync(long size1, long size2, Read read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size1, size2);
        var proof = new List<byte[]>();
        if (size1 == 0 || size1 == size2) return proof;
        var (from, to, whole) = (0L, size2, true);
        while (to != size1)
        {
            var middle = from + Split(to - from);
            if (size1 <= middle)
            {
                proof.Add(await HashAsync(middle, to, size2, read));
                to = middle;
            }
            else
            {
                proof.Add(await HashAsync(from, middle, size2, read));
                (from, whole) = (middle, false);
            }
        }

        // The part that both trees share as it is: the older root itself when the proof is for all of it.
        if (!whole) proof.Add(await HashAsync(from, to, size2, read));
        proof.Reverse();
        return proof;
    }

    /// <summary>The root of the full subtree over a number of hashes that is a power of two.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> hashes)
    {
        var count = hashes.Length / Merkle.HashSize;
        if (count == 1) return hashes.ToArray();
        var half = count / 2 * Merkle.HashSize;
        return Merkle.NodeHash(Fold(hashes[..half]), Fold(hashes[half..]));
    }

    // The hash over the leaves from..to, where from is a place at which a subtree of that size begins.
    private static async ValueTask<byte[]> HashAsync(long from, long to, long size, Read read)
    {
        var count = to - from;
        if (!BitOperations.IsPow2(count))
        {
            var middle = from + Split(count);
            var left = await HashAsync(from, middle, size, read);
            var right = await HashAsync(middle, to, size, read);
            return Merkle.NodeHash(left, right);
        }

        var log = BitOperations.Log2((ulong)count);
        var level = log / Height;
        var first = from >> (Height * level);
        var (full, partial) = Extent(level, size);
        var tile = first / Width;
        var hashes = await read(level, tile, tile < full ? Width : partial);
        var at = (int)(first % Width) * Merkle.HashSize;
        return Fold(hashes.Slice(at, (1 << (log % Height)) * Merkle.HashSize).Span);
    }

    // The greatest power of two below the number (of at least two).
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
