using System.Buffers.Binary;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// A range of leaves with everything that is said of each elsewhere: the sealed copy, the intake's note, the row. Read as
/// PostgreSQL's binary copy into one buffer that is used again, so that an audit of a million facts makes no garbage of them.
/// </summary>
internal sealed class LeafChunk
{
    private const int FirstSize = 1 << 20;

    private const string AlongTheIndex =
        "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_sort = off; set local jit = off";

    private byte[] _bytes = new byte[FirstSize];
    private int[] _fields = new int[2 * Column.Count * 1_024];

    /// <summary>Number of leaves in it.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the leaves from one number up to another, as the connection's transaction sees them.</summary>
    /// <param name="connection">The connection, in its transaction.</param>
    /// <param name="from">The first leaf.</param>
    /// <param name="to">The leaf after the last.</param>
    /// <param name="withRows">Whether the events' rows are read as well.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task ReadAsync(NpgsqlConnection connection, long from, long to, bool withRows, CancellationToken cancellation)
    {
        // Leaf by leaf along the index: left to itself the planner scans whole tables for each chunk, until they are very large.
        await using (var plan = new NpgsqlCommand(AlongTheIndex, connection)) await plan.ExecuteNonQueryAsync(cancellation);
        await ReadAsync(connection, $"{(withRows ? Column.OfLeaves : Column.OfLeavesAlone)}where l.leaf_index >= {from} and l.leaf_index < {to} order by l.leaf_index", cancellation);
    }

    /// <summary>Reads what the intake and the table hold of events that have no leaf yet.</summary>
    /// <param name="connection">The connection, in its transaction.</param>
    /// <param name="from">The first position.</param>
    /// <param name="to">The position after the last.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task ReadUnsealedAsync(NpgsqlConnection connection, long from, long to, CancellationToken cancellation)
    {
        var range = $"seq_id >= {from} and seq_id < {to}";
        return ReadAsync(connection, $"{Column.Unsealed}from (select * from ledger.intake where {range}) i full join (select * from mt.mt_events where {range}) e on e.seq_id = i.seq_id order by 3", cancellation);
    }

    private async Task ReadAsync(NpgsqlConnection connection, string select, CancellationToken cancellation)
    {
        var length = 0;
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy ({select}) to stdout (format binary)", cancellation))
        {
            for (var read = -1; read != 0; length += read)
            {
                if (length == _bytes.Length) Array.Resize(ref _bytes, 2 * _bytes.Length);
                read = await copy.ReadAsync(_bytes.AsMemory(length), cancellation);
            }
        }

        Split(length);
    }

    /// <summary>A row of the chunk.</summary>
    public LeafRow this[int row] => new(_bytes, _fields.AsSpan(2 * Column.Count * row, 2 * Column.Count));

    // Header: signature (11), flags (4), length of the extension (4). Then for each row its number of fields and the fields.
    private void Split(int length)
    {
        var at = 19 + BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(15));
        for (Count = 0; at + 2 <= length && BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(at)) >= 0; Count++)
        {
            at += 2;
            if (2 * Column.Count * (Count + 1) > _fields.Length) Array.Resize(ref _fields, 2 * _fields.Length);
            for (var field = 0; field < Column.Count; field++)
            {
                var size = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(at));
                at += 4;
                var place = 2 * ((Column.Count * Count) + field);
                (_fields[place], _fields[place + 1]) = (at, size);
                at += Math.Max(0, size);
            }
        }
    }
}

/// <summary>The columns of a <see cref="LeafChunk"/>.</summary>
internal static class Column
{
    public const int Leaf = 0, Kind = 1, Sequence = 2, Entry = 3, Batch = 4, Salt = 5, SealedHeaders = 6, SealedData = 7, Taken = 8, Recorded = 9, Login = 10, Application = 11,
        RowHash = 12, Row = 13, Id = 14, Stream = 15, Version = 16, Type = 17, Tenant = 18, Timestamp = 19, DotNetType = 20, Archived = 21, Causation = 22, Correlation = 23,
        Headers = 24, User = 25, Data = 26, Binary = 27, Count = 28;

    public const string OfLeaves = Leaves + OfIntake + OfRow + From + "left join mt.mt_events e on e.seq_id = l.seq_id ";

    public const string OfLeavesAlone = Leaves + OfIntake
        + ", null::bigint, null::uuid, null, null::bigint, null, null, null::timestamptz, null, null::boolean, null, null, null, null, null, null::bytea " + From;

    public const string Unsealed =
        "select null::bigint, 'unsealed', coalesce(i.seq_id, e.seq_id), ''::bytea, null::bigint, null::bytea, null, null, " + OfIntake + OfRow;

    private const string Leaves = "select l.leaf_index, l.kind, l.seq_id, l.entry, l.batch, p.salt, p.headers, p.data, ";

    private const string OfIntake = "i.seq_id, i.recorded_at, i.login, i.application, i.row_sha256";

    private const string OfRow =
        ", e.seq_id, e.id, e.stream_id, e.version::bigint, e.type, e.tenant_id, e.timestamp, e.mt_dotnet_type, e.is_archived, e.causation_id, e.correlation_id, "
        + "e.headers::text, e.user_name, e.data::text, e.bdata ";

    private const string From =
        "from ledger.leaf l left join ledger.leaf_payload p on p.seq_id = l.seq_id left join ledger.intake i on i.seq_id = l.seq_id ";
}

/// <summary>One leaf of a chunk; valid until the chunk is read anew.</summary>
internal readonly ref struct LeafRow(byte[] bytes, Span<int> fields)
{
    private readonly Span<int> _fields = fields;

    public long Leaf => Whole(Column.Leaf);

    public long? Sequence => IsNull(Column.Sequence) ? null : Whole(Column.Sequence);

    public ReadOnlySpan<byte> Entry => this[Column.Entry];

    public bool HasRow => !IsNull(Column.Row);

    public bool WasTaken => !IsNull(Column.Taken);

    public bool HasPayload => !IsNull(Column.SealedHeaders);

    /// <summary>Personal data of it were taken away, and its salt with them (redaction.sql).</summary>
    public bool IsRedacted => HasPayload && IsNull(Column.Salt);

    public ReadOnlySpan<byte> this[int column] => IsNull(column) ? default : bytes.AsSpan(_fields[2 * column], _fields[(2 * column) + 1]);

    public bool IsNull(int column) => _fields[(2 * column) + 1] < 0;

    public long Whole(int column) => BinaryPrimitives.ReadInt64BigEndian(this[column]);

    public string? Text(int column) => IsNull(column) ? null : System.Text.Encoding.UTF8.GetString(this[column]);

    // PostgreSQL counts microseconds from the beginning of 2000; 'infinity' is what no instant can be, and stays as it is.
    public long Microseconds(int column) => Whole(column) switch
    {
        (long.MaxValue or long.MinValue) and var infinity => infinity,
        var since2000 => since2000 + 946_684_800_000_000,
    };

    /// <summary>The leaf's hash: of 0x00 and the entry. The byte before a field is the end of its length, which has been read.</summary>
    public byte[] LeafHash()
    {
        var at = _fields[2 * Column.Entry];
        bytes[at - 1] = 0x00;
        return System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(at - 1, _fields[(2 * Column.Entry) + 1] + 1));
    }
}
