namespace Ledger.Domain.Sealing;

/// <summary>
/// The right edge of a growing tree: the tiles that are not full yet, one a level. With it leaves are appended and the root
/// is known without reading anything that is stored.
/// </summary>
public sealed class TreeEdge
{
    private readonly List<List<byte>> _levels = [];

    /// <summary>The edge of the tree without leaves.</summary>
    public TreeEdge()
    {
    }

    /// <summary>The edge of a tree, as <see cref="Levels"/> gave it.</summary>
    /// <exception cref="FormatException">The levels are not those of a tree of that size.</exception>
    public TreeEdge(long size, IReadOnlyList<byte[]> levels)
    {
        Size = size;
        foreach (var level in levels) _levels.Add([.. level]);
        for (var level = 0; level < _levels.Count || size >> (8 * level) > 0; level++)
            if (level >= _levels.Count || _levels[level].Count != HashTiles.Extent(level, size).Partial * Merkle.HashSize)
                throw new FormatException($"The edge does not fit a tree of {size} leaves.");
    }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The hashes of the tile that is not full yet, level by level from the leaves upwards.</summary>
    public IReadOnlyList<byte[]> Levels => [.. _levels.Select(level => level.ToArray())];

    /// <summary>Appends a leaf; answers the tiles that it filled.</summary>
    public IReadOnlyList<FullTile> Append(byte[] leafHash)
    {
        var filled = new List<FullTile>();
        Size++;
        var hash = leafHash;
        for (var level = 0; ; level++)
        {
            if (level == _levels.Count) _levels.Add([]);
            _levels[level].AddRange(hash);
            if (_levels[level].Count < HashTiles.Width * Merkle.HashSize) return filled;
            var hashes = _levels[level].ToArray();
            filled.Add(new FullTile(level, (Size >> (8 * (level + 1))) - 1, hashes));
            _levels[level].Clear();
            hash = HashTiles.Fold(hashes);
        }
    }

    /// <summary>The root of the tree.</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        foreach (var level in _levels)
        {
            var count = level.Count / Merkle.HashSize;
            var hashes = level.ToArray().AsSpan();
            // From the right: the full subtrees of a partial tile are the bits of its number of hashes.
            for (var (end, bit) = (count, 1); bit <= count; bit <<= 1)
            {
                if ((count & bit) == 0) continue;
                var subtree = HashTiles.Fold(hashes[((end - bit) * Merkle.HashSize)..(end * Merkle.HashSize)]);
                root = root is null ? subtree : Merkle.NodeHash(subtree, root);
                end -= bit;
            }
        }

        return root ?? Merkle.EmptyRoot;
    }
}

/// <summary>A tile that will not change any more.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Index">Its number in the level.</param>
/// <param name="Hashes">Its 256 hashes, one after the other.</param>
public sealed record FullTile(int Level, long Index, byte[] Hashes);
