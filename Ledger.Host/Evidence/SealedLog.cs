using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>A checkpoint that was published.</summary>
/// <param name="Checkpoint">What was signed.</param>
/// <param name="Note">The note with every signature, and the newest cosignature of each witness's key.</param>
/// <param name="Position">All events up to here are leaves of it.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="TimeStamps">The time-stamps, by the authorities' configured names.</param>
public sealed record PublishedCheckpoint(
    Checkpoint Checkpoint, SignedNote Note, long Position, DateTimeOffset PublishedAt, IReadOnlyList<(string Authority, byte[] Token)> TimeStamps);

/// <summary>A leaf with what opens it.</summary>
/// <param name="Leaf">Its number.</param>
/// <param name="Sequence">The event's position.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Opening">What opens its commitments.</param>
/// <param name="Headers">The headers as sealed, in canonical form.</param>
/// <param name="Data">The data as sealed, in canonical form; a placeholder stands for what was redacted since.</param>
public sealed record OpenedLeaf(long Leaf, long Sequence, string Entry, LeafOpening Opening, string Headers, string Data);

/// <summary>Reads the sealed log: what was published, and proofs in it.</summary>
public sealed class SealedLog(NpgsqlDataSource database)
{
    private const string CheckpointColumns =
        "select c.note, c.position, c.published_at, "
        + "array(select s.line from ledger.cosignature s where s.tree_size = c.tree_size order by s.at, s.name), "
        + "array(select t.tsa from ledger.time_stamp t where t.tree_size = c.tree_size order by t.tsa), "
        + "array(select t.token from ledger.time_stamp t where t.tree_size = c.tree_size order by t.tsa) from ledger.checkpoint c ";

    private const string LeafColumns =
        "select l.leaf_index, l.seq_id, l.entry, p.headers, p.data, " + LeafOpening.Columns + " from ledger.leaf l join ledger.leaf_payload p on p.seq_id = l.seq_id ";

    /// <summary>The last checkpoint; null before the first.</summary>
    public async Task<PublishedCheckpoint?> LatestAsync(CancellationToken cancellation = default) =>
        await FirstAsync(CheckpointsAsync("order by c.tree_size desc limit 1", cancellation));

    /// <summary>The checkpoint of that many leaves; null when none was published.</summary>
    public async Task<PublishedCheckpoint?> FindAsync(long size, CancellationToken cancellation = default) =>
        await FirstAsync(CheckpointsAsync("where c.tree_size = $1", cancellation, size));

    /// <summary>The first checkpoint that covers a position; null when none does yet.</summary>
    public async Task<PublishedCheckpoint?> CoveringAsync(long position, CancellationToken cancellation = default) =>
        await FirstAsync(CheckpointsAsync("where c.position >= $1 order by c.tree_size limit 1", cancellation, position));

    /// <summary>The first checkpoint that includes a leaf; null when none does yet.</summary>
    public async Task<PublishedCheckpoint?> FirstWithAsync(long leaf, CancellationToken cancellation = default) =>
        await FirstAsync(CheckpointsAsync("where c.tree_size > $1 order by c.tree_size limit 1", cancellation, leaf));

    /// <summary>The vkey that signs; null before the log has begun.</summary>
    public async Task<string?> KeyAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select key from ledger.head");
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    /// <summary>The ledger's identity.</summary>
    public async Task<Guid> LedgerAsync(CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select ledger from ledger.identity");
        return (Guid)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The checkpoints below a size, newest first.</summary>
    public Task<IReadOnlyList<PublishedCheckpoint>> BeforeAsync(long size, int most, CancellationToken cancellation = default) =>
        CheckpointsAsync("where c.tree_size < $1 order by c.tree_size desc limit $2", cancellation, size, (long)most);

    /// <summary>The proof that the log of one size is a beginning of that of another.</summary>
    public async Task<IReadOnlyList<byte[]>> ConsistencyAsync(long from, long to, CancellationToken cancellation = default) =>
        await (await LogSnapshot.ReadAsync(database, cancellation)).ConsistencyAsync(from, to);

    /// <summary>The leaf of a fact; null when it is not sealed yet, or there is no such fact.</summary>
    public async Task<OpenedLeaf?> FindAsync(FactId id, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(LeafColumns + "where l.seq_id = (select e.seq_id from mt.mt_events e where e.id = $1)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.ToEventId() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Leaf(reader) : null;
    }

    /// <summary>The leaves of some streams below a leaf, in order.</summary>
    public async Task<IReadOnlyList<OpenedLeaf>> OfAsync(IReadOnlyList<string> streams, long below, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            LeafColumns + "join mt.mt_events e on e.seq_id = l.seq_id where e.stream_id = any($1) and l.leaf_index < $2 order by l.leaf_index");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. streams] });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = below });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var leaves = new List<OpenedLeaf>();
        while (await reader.ReadAsync(cancellation)) leaves.Add(Leaf(reader));
        return leaves;
    }

    /// <summary>The streams of an index in their order, the first so many.</summary>
    public async Task<IReadOnlyList<string>> StreamsOfAsync(string index, long count, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select stream from ledger.stream_index where name = $1 and n <= $2 order by n");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = index });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = count });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var streams = new List<string>();
        while (await reader.ReadAsync(cancellation)) streams.Add(reader.GetString(0));
        return streams;
    }

    /// <summary>Entries from a leaf on, at most so many and none at or beyond a size.</summary>
    public async Task<IReadOnlyList<byte[]>> EntriesAsync(long from, int most, long size, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select entry from ledger.leaf where leaf_index >= $1 and leaf_index < $2 order by leaf_index");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Math.Min(from + most, size) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<byte[]>();
        while (await reader.ReadAsync(cancellation)) entries.Add(reader.GetFieldValue<byte[]>(0));
        return entries;
    }

    /// <summary>The leaves of a kind, in order: key changes, heads, incidents.</summary>
    public async Task<IReadOnlyList<(long Leaf, string Entry)>> OfKindAsync(string kind, long below, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand("select leaf_index, entry from ledger.leaf where kind = $1 and leaf_index < $2 order by leaf_index");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = below });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var leaves = new List<(long, string)>();
        while (await reader.ReadAsync(cancellation)) leaves.Add((reader.GetInt64(0), Text(reader, 1)));
        return leaves;
    }

    private static async Task<PublishedCheckpoint?> FirstAsync(Task<IReadOnlyList<PublishedCheckpoint>> checkpoints) => await checkpoints is [var first, ..] ? first : null;

    private async Task<IReadOnlyList<PublishedCheckpoint>> CheckpointsAsync(string which, CancellationToken cancellation, params long[] parameters)
    {
        await using var command = database.CreateCommand(CheckpointColumns + which);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = parameter });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var checkpoints = new List<PublishedCheckpoint>();
        while (await reader.ReadAsync(cancellation))
        {
            // One a key, the newest: asking a witness again does not make the note longer.
            var lines = reader.GetFieldValue<string[]>(3).Select(NoteSignature.Parse).GroupBy(l => (l.Name, l.KeyId)).Select(g => g.Last());
            var note = lines.Aggregate(SignedNote.Parse(reader.GetString(0)), (signed, line) => signed.With(line));
            checkpoints.Add(new PublishedCheckpoint(
                Checkpoint.Parse(note.Text), note, reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2),
                [.. reader.GetFieldValue<string[]>(4).Zip(reader.GetFieldValue<byte[][]>(5))]));
        }

        return checkpoints;
    }

    private static OpenedLeaf Leaf(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), Text(row, 2), LeafOpening.Read(row, 5), row.GetString(3), row.GetString(4));

    private static string Text(NpgsqlDataReader row, int column) => System.Text.Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(column));
}
