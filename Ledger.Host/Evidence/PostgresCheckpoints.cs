using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>The checkpoints in the ledger's database, reached with the sealer's login: nobody else writes there.</summary>
public sealed class PostgresCheckpoints(SealerDatabase database) : ICheckpointSource
{
    private const string WhilePublished = " where exists (select from ledger.checkpoint where tree_size = $1 and root = $2) on conflict do nothing";

    /// <inheritdoc/>
    public Task<SignedNote?> LatestAsync(CancellationToken cancellation = default) =>
        NoteAsync("select note from ledger.checkpoint order by tree_size desc limit 1", cancellation);

    /// <inheritdoc/>
    public Task<SignedNote?> AtAsync(long size, CancellationToken cancellation = default) =>
        NoteAsync("select note from ledger.checkpoint where tree_size = $1", cancellation, Of(size));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<byte[]>> ConsistencyAsync(long from, long to, CancellationToken cancellation = default) =>
        await (await LogSnapshot.ReadAsync(database.Source, cancellation)).ConsistencyAsync(from, to);

    /// <inheritdoc/>
    public Task AddCosignatureAsync(Checkpoint checkpoint, NoteSignature line, CancellationToken cancellation = default) => RunAsync(
        "insert into ledger.cosignature (tree_size, name, line) select $1, $3, $4" + WhilePublished,
        cancellation, Of(checkpoint.Size), Of(checkpoint.Root), Of(line.Name), Of(line.ToString()));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NoteSignature>> CosignaturesAsync(long size, CancellationToken cancellation = default) => await ReadAsync(
        "select line from ledger.cosignature where tree_size = $1 order by at, name, line", r => NoteSignature.Parse(r.GetString(0)), cancellation, Of(size));

    /// <inheritdoc/>
    public async Task<long> LargestCosignedAsync(NoteKey witness, CancellationToken cancellation = default)
    {
        // A witness that changed its key begins again: lines of the same name may be of another key.
        await using var command = Command("select tree_size, line from ledger.cosignature where name = $1 order by tree_size desc", Of(witness.Name));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (NoteSignature.Parse(reader.GetString(1)).KeyId == witness.KeyId)
                return reader.GetInt64(0);
        return 0;
    }

    /// <inheritdoc/>
    public Task AddTimeStampAsync(Checkpoint checkpoint, StoredTimeStamp stamp, CancellationToken cancellation = default) => RunAsync(
        "insert into ledger.time_stamp (tree_size, tsa, token, at) select $1, $3, $4, $5" + WhilePublished,
        cancellation, Of(checkpoint.Size), Of(checkpoint.Root), Of(stamp.Authority), Of(stamp.Token), Of(stamp.Time.ToUniversalTime()));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredTimeStamp>> TimeStampsAsync(long size, CancellationToken cancellation = default) => await ReadAsync(
        "select tree_size, tsa, token, at from ledger.time_stamp where tree_size = $1 order by tsa",
        r => new StoredTimeStamp(r.GetInt64(0), r.GetString(1), r.GetFieldValue<byte[]>(2), r.GetFieldValue<DateTimeOffset>(3)), cancellation, Of(size));

    private async Task<SignedNote?> NoteAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync(cancellation) is string note ? SignedNote.Parse(note) : null;
    }

    private async Task RunAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation)) rows.Add(row(reader));
        return rows;
    }

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = database.Source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
