using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Host.Evidence;

/// <summary>
/// One batch in one transaction: what was taken in since the last one becomes leaves, in the order of the positions, and a
/// manifest closes it. The caller holds the head's lock, so nobody else appends; the transaction commits all of it or nothing.
/// </summary>
internal sealed class SealBatch
{
    /// <summary>Marten's stream of fillers for numbers that a failed append drew. They are rows, and no facts.</summary>
    private const string Fillers = "mt_tombstone";

    /// <summary>So much of a request that makes no sense is sealed with the incident, in characters.</summary>
    private const int MostQuoted = 1_000;

    private readonly NpgsqlConnection _connection;
    private readonly LogHead _head;
    private readonly TreeEdge _edge;
    private readonly DateTimeOffset _now;
    private readonly Func<NoteKey, bool> _holds;
    private readonly List<Leaf> _leaves = [];
    private readonly List<FullTile> _tiles = [];
    private readonly Dictionary<string, StreamHead> _streams = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Stream)> _memberships = [];

    private SealBatch(NpgsqlConnection connection, LogHead head, DateTimeOffset now, Func<NoteKey, bool> holds)
    {
        (_connection, _head, _now, _holds) = (connection, head, now, holds);
        _edge = new TreeEdge(head.Size, head.Edge);
    }

    /// <summary>Seals up to <paramref name="most"/> events; null when there is nothing to seal.</summary>
    /// <param name="connection">The sealer's connection, in its transaction.</param>
    /// <param name="head">The head, locked.</param>
    /// <param name="ledger">The ledger's identity, for the first entry.</param>
    /// <param name="holds">Whether a key is here: one that is not cannot be changed to.</param>
    /// <param name="withHeads">Whether the heads are sealed with it.</param>
    /// <param name="most">How many events at most.</param>
    /// <param name="mostGaps">How many gaps between their positions at most.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<SealedBatch?> RunAsync(
        NpgsqlConnection connection, LogHead head, Guid ledger, Func<NoteKey, bool> holds, bool withHeads, int most, int mostGaps, CancellationToken cancellation)
    {
        var now = await ScalarAsync<DateTime>(connection, "select clock_timestamp()", cancellation);
        var batch = new SealBatch(connection, head, new DateTimeOffset(now), holds);
        return await batch.RunAsync(ledger, withHeads, most, mostGaps, cancellation);
    }

    private async Task<SealedBatch?> RunAsync(Guid ledger, bool withHeads, int most, int mostGaps, CancellationToken cancellation)
    {
        var late = await LateAsync(cancellation);
        var (upTo, more) = await UpToAsync(most, mostGaps, cancellation);
        // The heads are those of everything: they wait for the batch that reaches the end.
        withHeads &= !more;
        var rows = upTo > _head.Position || late.Length > 0 ? await RowsAsync(upTo, late, cancellation) : [];
        var pending = await PendingAsync(cancellation);
        if (rows.Count == 0 && pending.Count == 0 && !withHeads) return null;

        if (_head.Size == 0) Add(new Leaf("genesis", LogEntry.Genesis(_head.Origin, _now, ledger, _head.Key, _head.Previous, _head.Reason)));
        foreach (var row in rows) Add(row);
        var nextKey = _head.NextKey;
        foreach (var (leaf, key) in pending)
        {
            Add(leaf);
            nextKey = key ?? nextKey;
        }

        await WriteStreamsAsync(cancellation);
        HeadsTree? heads = null;
        if (withHeads)
        {
            heads = await HeadsAsync(_connection, cancellation);
            Add(new Leaf("heads", LogEntry.Heads(_now, upTo, heads)));
        }

        Add(new Leaf("manifest", LogEntry.Manifest(
            _head.Batch + 1, _head.Size, rows.Count, upTo, Burned(rows, upTo), _now, await GuardsAsync(cancellation))));
        await WriteAsync(upTo, nextKey, cancellation);
        return new SealedBatch(_edge.Size, upTo, rows.Count, more, heads);
    }

    /// <summary>The heads of all streams and indexes as the transaction sees them.</summary>
    public static async Task<HeadsTree> HeadsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var streams = new List<StreamHead>();
        await using (var command = new NpgsqlCommand("select stream, version, leaf_index from ledger.stream_head", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                streams.Add(new StreamHead(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        var indexes = new List<IndexHead>();
        await using (var command = new NpgsqlCommand("select distinct on (name) name, n, chain from ledger.stream_index order by name, n desc", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                indexes.Add(new IndexHead(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return new HeadsTree(streams, indexes);
    }

    private void Add(Leaf leaf)
    {
        _leaves.Add(leaf);
        _tiles.AddRange(_edge.Append(Merkle.LeafHash(leaf.Entry)));
    }

    private void Add(SealedRow row)
    {
        var salt = RandomNumberGenerator.GetBytes(Commitment.SaltSize);
        var place = _edge.Size;
        Add(new Leaf(row.Event is null ? "missing" : "event", row.Entry(salt)) { Sequence = row.Sequence, Salt = salt, Row = row });
        if (row.Event is not { } e || e.Stream == Fillers) return;
        // An earlier version that is sealed later cannot be: numbers of one stream are drawn under its lock. A row that
        // somebody forged may be; the head is then still the highest version.
        if (!_streams.TryGetValue(e.Stream, out var known) || known.Version < e.Version) _streams[e.Stream] = new StreamHead(e.Stream, e.Version, place);
        _memberships.Add(("kind:" + e.Stream.Split('/')[0], e.Stream));
        _memberships.AddRange(e.Units.Select(unit => ("unit:" + unit, e.Stream)));
    }

    private async Task<long[]> LateAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select coalesce(array_agg(seq_id order by seq_id), '{}') from ledger.late_row r "
            + "where r.seq_id <= $1 and not exists (select from ledger.leaf l where l.seq_id = r.seq_id)", _connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _head.Position });
        return (long[])(await command.ExecuteScalarAsync(cancellation))!;
    }

    // The position is gap-free: every number up to it that will ever be an event is one now (schema.sql, 5). A batch ends at its
    // most gaps as well: the manifest lists them, and an entry of more than 65,535 bytes fits into no bundle of entries.
    private async Task<(long UpTo, bool More)> UpToAsync(int most, int mostGaps, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "with taken as (select i.seq_id from ledger.intake i "
            + "where i.seq_id > $1 and i.seq_id <= (select max(p.position) from ledger.position p) order by i.seq_id limit $2 + 1), "
            + "step as (select seq_id, seq_id - lag(seq_id, 1, $1) over (order by seq_id) > 1 as gap, row_number() over (order by seq_id) as n from taken), "
            + "counted as (select seq_id, n, count(*) filter (where gap) over (order by seq_id) as gaps from step) "
            + "select coalesce(max(seq_id) filter (where n <= $2 and gaps <= $3), $1), count(*) filter (where n > $2 or gaps > $3) > 0 from counted",
            _connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _head.Position });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = mostGaps });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetBoolean(1));
    }

    private async Task<List<SealedRow>> RowsAsync(long upTo, long[] late, CancellationToken cancellation)
    {
        var registered = await UnitsAsync(upTo, cancellation);
        await using var command = new NpgsqlCommand(
            $"select {SealedRow.Columns} "
            + "from (select * from ledger.intake where seq_id > $1 and seq_id <= $2 or seq_id = any($3)) i "
            + "full join (select * from mt.mt_events where seq_id > $1 and seq_id <= $2 or seq_id = any($3)) e on e.seq_id = i.seq_id order by 1",
            _connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _head.Position });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = late });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<SealedRow>();
        while (await reader.ReadAsync(cancellation)) rows.Add(SealedRow.Read(reader, registered));
        return rows;
    }

    // Whom an entry may name. The register is the writer's to change: a unit that was struck off it between a fact and its
    // sealing must not vanish from the entry, and so from the index that proves its bundle complete. What is sealed stays a unit.
    private async Task<HashSet<string>> UnitsAsync(long upTo, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select unit from ledger.registered_unit "
            + "union select substr(stream, length('unit/') + 1) from ledger.stream_index where name = 'kind:unit' "
            + "union select substr(stream_id, length('unit/') + 1) from mt.mt_events where seq_id > $1 and seq_id <= $2 and starts_with(stream_id, 'unit/')",
            _connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _head.Position });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var units = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) units.Add(reader.GetString(0));
        return units;
    }

    private async Task<List<(Leaf Leaf, string? Key)>> PendingAsync(CancellationToken cancellation)
    {
        var leaves = new List<(Leaf, string?)>();
        await using (var command = new NpgsqlCommand(
            "select c.n, c.at, c.login, c.tag, c.object from ledger.schema_change c where not exists (select from ledger.leaf l where l.change = c.n) order by c.n", _connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                leaves.Add((new Leaf("schema-change", LogEntry.SchemaChange(
                    reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4)))
                {
                    Change = reader.GetInt64(0),
                }, null));
        await using (var command = new NpgsqlCommand(
            "select p.n, p.kind, p.body::text, p.at from ledger.pending_leaf p where not exists (select from ledger.leaf l where l.pending = p.n) order by p.n", _connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                leaves.Add(Requested(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return leaves;
    }

    // Whoever writes there could otherwise stop the sealing for good: what cannot be sealed as what it says it is, is sealed as an
    // incident, and is seen.
    private (Leaf Leaf, string? Key) Requested(long number, string kind, string body, DateTimeOffset at)
    {
        try
        {
            return Requested(kind, body, at) is var (leaf, key) && leaf.Entry.Length <= LogEntry.MostBytes
                ? (leaf with { Pending = number }, key)
                : throw new FormatException($"longer than {LogEntry.MostBytes} bytes");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            var detail = $"{kind}: {e.Message} {(body.Length > MostQuoted ? body[..MostQuoted] + "…" : body)}";
            return (new Leaf("incident", LogEntry.Incident(at, "pending-leaf.malformed", detail, "sealer")) { Pending = number }, null);
        }
    }

    private (Leaf Leaf, string? Key) Requested(string kind, string body, DateTimeOffset at)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        string Of(string name) => root.TryGetProperty(name, out var value) ? value.ToString() : "";
        switch (kind)
        {
            case "key-change":
                if (!_holds(NoteKey.Parse(Of("key")))) throw new FormatException("the key is not here");
                return (new Leaf(kind, LogEntry.KeyChange(at, Of("key"), Of("by"), Of("reason"))), Of("key"));
            case "redaction":
                var members = root.GetProperty("members").EnumerateArray().Select(m => m.GetString() ?? throw new FormatException("members"));
                return (new Leaf(kind, LogEntry.Redaction(at, root.GetProperty("seq").GetInt64(), members, Of("by"), Of("approval"), Of("reason"))), null);
            case "incident":
                return (new Leaf(kind, LogEntry.Incident(at, Of("code"), Of("detail"), Of("by"))), null);
            default:
                throw new FormatException("of no known kind");
        }
    }

    private IEnumerable<(long From, long To)> Burned(List<SealedRow> rows, long upTo)
    {
        var next = _head.Position + 1;
        foreach (var sequence in rows.Select(r => r.Sequence).Where(s => s > _head.Position))
        {
            if (sequence > next) yield return (next, sequence - 1);
            next = sequence + 1;
        }

        if (next <= upTo) yield return (next, upTo);
    }

    private async Task<byte[]?> GuardsAsync(CancellationToken cancellation) =>
        await ScalarAsync<bool>(_connection, "select to_regprocedure('ledger.guard_fingerprint()') is not null", cancellation)
            ? await ScalarAsync<byte[]>(_connection, "select ledger.guard_fingerprint()", cancellation)
            : null;

    private async Task WriteStreamsAsync(CancellationToken cancellation)
    {
        if (_streams.Count == 0) return;
        await RunAsync(
            "insert into ledger.stream_head (stream, version, leaf_index) select * from unnest($1, $2, $3) "
            + "on conflict (stream) do update set version = excluded.version, leaf_index = excluded.leaf_index where stream_head.version < excluded.version",
            cancellation,
            Array(_streams.Values.Select(s => s.Stream)), Array(_streams.Values.Select(s => s.Version)), Array(_streams.Values.Select(s => s.Leaf)));

        var wanted = _memberships.Distinct().ToList();
        var known = new HashSet<(string, string)>();
        await using (var command = new NpgsqlCommand(
            "select i.name, i.stream from ledger.stream_index i join unnest($1, $2) as w (name, stream) on i.name = w.name and i.stream = w.stream", _connection))
        {
            command.Parameters.Add(Array(wanted.Select(m => m.Name)));
            command.Parameters.Add(Array(wanted.Select(m => m.Stream)));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) known.Add((reader.GetString(0), reader.GetString(1)));
        }

        var added = wanted.Where(m => !known.Contains(m)).ToList();
        if (added.Count == 0) return;
        var chains = await ChainsAsync([.. added.Select(m => m.Name).Distinct(StringComparer.Ordinal)], cancellation);
        var rows = new List<(string Name, long N, string Stream, byte[] Chain)>(added.Count);
        foreach (var (name, stream) in added)
        {
            var (n, chain) = chains.GetValueOrDefault(name, (0, IndexHead.Beginning));
            chains[name] = (n + 1, IndexHead.Link(chain, stream));
            rows.Add((name, n + 1, stream, chains[name].Chain));
        }

        await RunAsync(
            "insert into ledger.stream_index (name, n, stream, chain) select * from unnest($1, $2, $3, $4)", cancellation,
            Array(rows.Select(r => r.Name)), Array(rows.Select(r => r.N)), Array(rows.Select(r => r.Stream)), Array(rows.Select(r => r.Chain)));
    }

    private async Task<Dictionary<string, (long N, byte[] Chain)>> ChainsAsync(string[] names, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select w.name, last.n, last.chain from unnest($1) as w (name) "
            + "cross join lateral (select i.n, i.chain from ledger.stream_index i where i.name = w.name collate \"C\" order by i.n desc limit 1) last", _connection);
        command.Parameters.Add(Array(names));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var chains = new Dictionary<string, (long, byte[])>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) chains.Add(reader.GetString(0), (reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return chains;
    }

    private async Task WriteAsync(long upTo, string? nextKey, CancellationToken cancellation)
    {
        await using (var copy = await _connection.BeginBinaryImportAsync(
            "copy ledger.leaf (leaf_index, kind, seq_id, entry, batch, pending, change) from stdin (format binary)", cancellation))
        {
            for (var i = 0; i < _leaves.Count; i++)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(_head.Size + i, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(_leaves[i].Kind, NpgsqlDbType.Text, cancellation);
                await OptionalAsync(copy, _leaves[i].Sequence, cancellation);
                await copy.WriteAsync(_leaves[i].Entry, NpgsqlDbType.Bytea, cancellation);
                await copy.WriteAsync(_head.Batch + 1, NpgsqlDbType.Bigint, cancellation);
                await OptionalAsync(copy, _leaves[i].Pending, cancellation);
                await OptionalAsync(copy, _leaves[i].Change, cancellation);
            }

            await copy.CompleteAsync(cancellation);
        }

        await using (var copy = await _connection.BeginBinaryImportAsync("copy ledger.leaf_payload (seq_id, salt, headers, data) from stdin (format binary)", cancellation))
        {
            foreach (var leaf in _leaves.Where(l => l.Row?.Event is not null))
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(leaf.Sequence!.Value, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(leaf.Salt!, NpgsqlDbType.Bytea, cancellation);
                await copy.WriteAsync(leaf.Row!.CanonicalHeaders, NpgsqlDbType.Text, cancellation);
                await copy.WriteAsync(leaf.Row.CanonicalData, NpgsqlDbType.Text, cancellation);
            }

            await copy.CompleteAsync(cancellation);
        }

        foreach (var tile in _tiles)
            await RunAsync(
                "insert into ledger.tile (level, n, hashes) values ($1, $2, $3)", cancellation,
                new NpgsqlParameter<short> { TypedValue = (short)tile.Level }, new NpgsqlParameter<long> { TypedValue = tile.Index }, new NpgsqlParameter<byte[]> { TypedValue = tile.Hashes });
        // Those as well that came late for the position and were still in time for the sealer.
        await RunAsync("delete from ledger.late_row r where exists (select from ledger.leaf l where l.seq_id = r.seq_id)", cancellation);
        await RunAsync(
            "update ledger.head set tree_size = $1, position = $2, batch = batch + 1, edge = $3, next_key = $4, origin = coalesce(origin, $5), key = coalesce(key, $6)", cancellation,
            new NpgsqlParameter<long> { TypedValue = _edge.Size }, new NpgsqlParameter<long> { TypedValue = upTo },
            new NpgsqlParameter<byte[][]> { TypedValue = [.. _edge.Levels] }, new NpgsqlParameter { Value = (object?)nextKey ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new NpgsqlParameter<string> { TypedValue = _head.Origin }, new NpgsqlParameter<string> { TypedValue = _head.Key });
    }

    private async Task RunAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values) => new() { TypedValue = [.. values] };

    private static Task OptionalAsync(NpgsqlBinaryImporter copy, long? value, CancellationToken cancellation) =>
        value is { } number ? copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellation) : copy.WriteNullAsync(cancellation);

    private sealed record Leaf(string Kind, byte[] Entry)
    {
        public long? Sequence { get; init; }

        public long? Pending { get; init; }

        public long? Change { get; init; }

        public byte[]? Salt { get; init; }

        public SealedRow? Row { get; init; }
    }
}

/// <summary>The head's row, locked for a batch.</summary>
/// <param name="Size">Number of leaves.</param>
/// <param name="Position">All events up to here are leaves.</param>
/// <param name="Batch">The last batch.</param>
/// <param name="Edge">The partial tiles.</param>
/// <param name="Origin">The log's name.</param>
/// <param name="Key">The vkey that signs.</param>
/// <param name="NextKey">The vkey that was announced and has not signed yet.</param>
/// <param name="Epoch">Which log of this ledger it is.</param>
/// <param name="Previous">The last note of the epoch before.</param>
/// <param name="Reason">Why this epoch was begun.</param>
internal sealed record LogHead(
    long Size, long Position, long Batch, IReadOnlyList<byte[]> Edge, string Origin, string Key, string? NextKey, int Epoch, string? Previous, string? Reason);

/// <summary>What a batch came to.</summary>
/// <param name="Size">Number of leaves after it.</param>
/// <param name="Position">All events up to here are leaves.</param>
/// <param name="Events">Number of events in it.</param>
/// <param name="More">Whether there is more to be sealed.</param>
/// <param name="Heads">The heads tree that it sealed, if it did.</param>
internal sealed record SealedBatch(long Size, long Position, int Events, bool More, HeadsTree? Heads);
