using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>
/// The tree as it stands at one moment: its head, and tiles as they are asked for. The head is read first, so every tile that
/// its size needs is stored by the time it is read; tiles never change.
/// </summary>
public sealed class LogSnapshot
{
    private readonly Func<NpgsqlCommand> _command;
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _tiles = [];

    // Behind the names of the tables, where they are those of a log that ended.
    private readonly string _tables;

    private LogSnapshot(Func<NpgsqlCommand> command, string tables, long size, long position, IReadOnlyList<byte[]> edge) =>
        (_command, _tables, Size, Position, Edge) = (command, tables, size, position, edge);

    /// <summary>Number of leaves, published or not.</summary>
    public long Size { get; }

    /// <summary>All events up to here are leaves.</summary>
    public long Position { get; }

    /// <summary>The partial tiles.</summary>
    public IReadOnlyList<byte[]> Edge { get; }

    /// <summary>The tree in a database.</summary>
    public static Task<LogSnapshot> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation = default) =>
        ReadAsync(() => database.CreateCommand(), "", cancellation);

    /// <summary>The tree as a connection's transaction sees it.</summary>
    public static Task<LogSnapshot> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation = default) =>
        ReadAsync(connection, "", cancellation);

    /// <summary>The tree of a log whose tables bear this ending.</summary>
    internal static Task<LogSnapshot> ReadAsync(NpgsqlConnection connection, string tables, CancellationToken cancellation) =>
        ReadAsync(connection.CreateCommand, tables, cancellation);

    /// <summary>The tree of a head that a connection's transaction has locked.</summary>
    internal static LogSnapshot Of(NpgsqlConnection connection, LogHead head) => new(connection.CreateCommand, "", head.Size, head.Position, head.Edge);

    /// <summary>The root of the tree of a size that it once had.</summary>
    public ValueTask<byte[]> RootAsync(long size) => HashTiles.RootAsync(size, ReadAsync);

    /// <summary>The audit path of a leaf.</summary>
    public ValueTask<IReadOnlyList<byte[]>> InclusionAsync(long leaf, long size) => HashTiles.InclusionAsync(leaf, size, ReadAsync);

    /// <summary>The proof that the smaller tree is a beginning of the greater.</summary>
    public ValueTask<IReadOnlyList<byte[]>> ConsistencyAsync(long from, long to) => HashTiles.ConsistencyAsync(from, to, ReadAsync);

    /// <summary>The first hashes of a tile; null where the tree of that size has fewer.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> TileAsync(int level, long index, int width, long size)
    {
        var (full, partial) = HashTiles.Extent(level, size);
        var there = index < full ? HashTiles.Width : index == full ? partial : 0;
        // Without the cast the null would become an empty tile, by way of an array.
        return width is < 1 or > HashTiles.Width || width > there ? (ReadOnlyMemory<byte>?)null : await ReadAsync(level, index, width);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(int level, long index, int width)
    {
        if (!_tiles.TryGetValue((level, index), out var hashes))
        {
            hashes = index < HashTiles.Extent(level, Size).Full ? await StoredAsync(level, index) : Edge[level];
            _tiles.Add((level, index), hashes);
        }

        return hashes[..(width * Merkle.HashSize)];
    }

    private async Task<byte[]> StoredAsync(int level, long index)
    {
        await using var command = _command();
        command.CommandText = $"select hashes from ledger.tile{_tables} where level = $1 and n = $2";
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)level });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = index });
        return (byte[]?)await command.ExecuteScalarAsync()
            ?? throw new EvidenceStoppedException(
                EvidenceStoppedException.Fork, $"封存树缺少第 {level} 层第 {index} 片", $"tile {level}/{index} of the sealed tree is missing");
    }

    private static async Task<LogSnapshot> ReadAsync(Func<NpgsqlCommand> create, string tables, CancellationToken cancellation)
    {
        await using var command = create();
        command.CommandText = $"select tree_size, position, edge from ledger.head{tables}";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new LogSnapshot(create, tables, reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[][]>(2));
    }
}
