using System.Globalization;
using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>
/// One log of the ledger as it is published: the one that goes on, or one that ended, whose tables were kept
/// (<see cref="EpochChange"/>). Everything is read in one transaction that holds the head: while it lasts no new log can begin, so
/// that nothing of one log is taken for the other's. What no checkpoint covers yet is not shown: it could still come differently.
/// </summary>
public sealed class EpochLog : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly LogSnapshot _tree;
    private readonly string _tables;

    private EpochLog(NpgsqlConnection connection, LogSnapshot tree, int epoch, string tables, long size) =>
        (_connection, _tree, Epoch, _tables, Size) = (connection, tree, epoch, tables, size);

    /// <summary>The log's number, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Number of leaves that its last checkpoint covers; 0 before the first.</summary>
    public long Size { get; }

    /// <summary>Opens a log, the last one when no number is given; null when there is none of that number.</summary>
    public static async Task<EpochLog?> OpenAsync(NpgsqlDataSource database, int? epoch = null, CancellationToken cancellation = default)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            // Ends with the connection, which rolls it back.
            await connection.BeginTransactionAsync(cancellation);
            var current = await ScalarAsync<int>(connection, "select epoch from ledger.head", cancellation);
            var asked = epoch ?? current;
            var tables = asked == current ? "" : string.Create(CultureInfo.InvariantCulture, $"_epoch_{asked}");
            if (asked < 1 || asked > current || (asked < current && !await ScalarAsync<bool>(connection, $"select to_regclass('ledger.head{tables}') is not null", cancellation)))
            {
                await connection.DisposeAsync();
                return null;
            }

            return new EpochLog(
                connection, await LogSnapshot.ReadAsync(connection, tables, cancellation), asked, tables,
                await ScalarAsync<long>(connection, $"select coalesce(max(tree_size), 0) from ledger.checkpoint{tables}", cancellation));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its last checkpoint with every cosignature; null before the first.</summary>
    public async Task<SignedNote?> NoteAsync(CancellationToken cancellation = default) =>
        (await SealedLog.CheckpointsAsync(_connection.CreateCommand(), _tables, "where c.tree_size = $1", cancellation, Size)) is [var last] ? last.Note : null;

    /// <summary>The first hashes of a tile; null where the published tree has fewer.</summary>
    public ValueTask<ReadOnlyMemory<byte>?> TileAsync(int level, long index, int width) => _tree.TileAsync(level, index, width, Size);

    /// <summary>The first entries of a bundle; null where the published log has fewer.</summary>
    public async Task<IReadOnlyList<byte[]>?> EntriesAsync(long index, int width, CancellationToken cancellation = default)
    {
        if (index > Size / HashTiles.Width || (index * HashTiles.Width) + width > Size) return null;
        return await SealedLog.EntriesAsync(_connection.CreateCommand(), _tables, index * HashTiles.Width, width, Size, cancellation);
    }

    /// <summary>One entry; null where the published log has none.</summary>
    public async Task<byte[]?> EntryAsync(long leaf, CancellationToken cancellation = default) =>
        await SealedLog.EntriesAsync(_connection.CreateCommand(), _tables, leaf, 1, Size, cancellation) is [var entry] ? entry : null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
