using System.Globalization;
using System.Text.Json;
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

    /// <summary>
    /// The leaves of some streams below a leaf, in order: what was sealed, whatever became of the rows since. The rows are only the
    /// fast way there. Where they do not lead to every version, all entries are searched; what is not found then is gone.
    /// </summary>
    /// <param name="versions">The streams, each with its last sealed version.</param>
    /// <param name="below">Only leaves before this one.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<OpenedLeaf>> OfAsync(IReadOnlyDictionary<string, long> versions, long below, CancellationToken cancellation = default)
    {
        string[] streams = [.. versions.Keys];
        var leaves = await OfAsync("join mt.mt_events e on e.seq_id = l.seq_id where e.stream_id = any($1)", streams, below, cancellation);
        if (Missing(versions, leaves).Any())
            leaves = await OfAsync("where l.kind = 'event' and convert_from(l.entry, 'UTF8')::jsonb ->> 'stream' = any($1)", streams, below, cancellation);
        return leaves;
    }

    /// <summary>The sealed versions of the streams that the leaves lack, as <c>stream #version</c>.</summary>
    public static IEnumerable<string> Missing(IReadOnlyDictionary<string, long> versions, IEnumerable<OpenedLeaf> leaves)
    {
        var there = leaves.Select(l => PlaceOf(l.Entry)).ToHashSet();
        return versions.SelectMany(v => Versions(v.Key, v.Value)).Where(v => !there.Contains(v)).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Stream} #{v.Version}"));

        static IEnumerable<(string Stream, long Version)> Versions(string stream, long last)
        {
            for (var version = 1L; version <= last; version++) yield return (stream, version);
        }
    }

    private async Task<IReadOnlyList<OpenedLeaf>> OfAsync(string which, string[] streams, long below, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"{LeafColumns}{which} and l.leaf_index < $2 order by l.leaf_index");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = streams });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = below });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (leaves, wanted) = (new List<OpenedLeaf>(), streams.ToHashSet(StringComparer.Ordinal));
        while (await reader.ReadAsync(cancellation))
        {
            var leaf = Leaf(reader);
            // A row may say that it is of another stream than it was when it was sealed.
            if (wanted.Contains(PlaceOf(leaf.Entry).Stream)) leaves.Add(leaf);
        }

        return leaves;
    }

    private static (string Stream, long Version) PlaceOf(string entry)
    {
        using var json = JsonDocument.Parse(entry);
        return (json.RootElement.GetProperty("stream").GetString()!, long.Parse(json.RootElement.GetProperty("ver").GetString()!, CultureInfo.InvariantCulture));
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
    public Task<IReadOnlyList<byte[]>> EntriesAsync(long from, int most, long size, CancellationToken cancellation = default) =>
        EntriesAsync(database.CreateCommand(), "", from, most, size, cancellation);

    /// <summary>The same of the log whose tables bear this ending.</summary>
    internal static async Task<IReadOnlyList<byte[]>> EntriesAsync(NpgsqlCommand command, string tables, long from, int most, long size, CancellationToken cancellation)
    {
        await using var disposed = command;
        command.CommandText = $"select entry from ledger.leaf{tables} where leaf_index >= $1 and leaf_index < $2 order by leaf_index";
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

    private Task<IReadOnlyList<PublishedCheckpoint>> CheckpointsAsync(string which, CancellationToken cancellation, params long[] parameters) =>
        CheckpointsAsync(database.CreateCommand(), "", which, cancellation, parameters);

    /// <summary>The checkpoints of the log whose tables bear this ending.</summary>
    internal static async Task<IReadOnlyList<PublishedCheckpoint>> CheckpointsAsync(
        NpgsqlCommand command, string tables, string which, CancellationToken cancellation, params long[] parameters)
    {
        await using var disposed = command;
        command.CommandText =
            "select c.note, c.position, c.published_at, "
            + $"array(select s.line from ledger.cosignature{tables} s where s.tree_size = c.tree_size order by s.at, s.name), "
            + $"array(select t.tsa from ledger.time_stamp{tables} t where t.tree_size = c.tree_size order by t.tsa), "
            + $"array(select t.token from ledger.time_stamp{tables} t where t.tree_size = c.tree_size order by t.tsa) from ledger.checkpoint{tables} c " + which;
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
