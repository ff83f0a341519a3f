using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Domain.Facts;
using Npgsql;

namespace Ledger.Projections.Reading;

/// <summary>Reads recorded facts in ledger order, up to a position.</summary>
public sealed class FactLog(NpgsqlDataSource database)
{
    private const string Columns =
        "select e.seq_id, e.stream_id, e.version, e.type, e.data::text, e.headers ->> 'source', e.headers ->> 'id', e.headers ->> 'time', e.headers ->> 'clause', "
        + "e.user_name, i.recorded_at "
        + "from mt.mt_events e join ledger.intake i on i.seq_id = e.seq_id ";

    // Marten's own marks for numbers that a failed append drew; they are no facts.
    private const string NoMarks = "and e.type <> 'tombstone' ";

    /// <summary>The facts after one position and up to another.</summary>
    public IAsyncEnumerable<LedgerEntry> ReadAsync(long after, long upTo, CancellationToken cancellation = default)
    {
        var command = database.CreateCommand(Columns + "where e.seq_id > $1 and e.seq_id <= $2 " + NoMarks + "order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        return ReadAsync(command, cancellation);
    }

    /// <summary>The facts of some streams up to a position.</summary>
    public IAsyncEnumerable<LedgerEntry> ReadAsync(IEnumerable<string> subjects, long upTo, CancellationToken cancellation = default)
    {
        var command = database.CreateCommand(Columns + "where e.stream_id = any($1) and e.seq_id <= $2 " + NoMarks + "order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. subjects] });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        return ReadAsync(command, cancellation);
    }

    /// <summary>Single facts, by their sequences.</summary>
    public IAsyncEnumerable<LedgerEntry> ReadAsync(IReadOnlyList<long> sequences, CancellationToken cancellation = default)
    {
        var command = database.CreateCommand(Columns + "where e.seq_id = any($1) " + NoMarks + "order by e.seq_id");
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. sequences] });
        return ReadAsync(command, cancellation);
    }

    /// <summary>The streams with a fact of one of the types that holds this hash, in whatever case it is written.</summary>
    public async Task<IReadOnlyList<Subject>> NamingAsync(string sha256, IReadOnlyList<string> types, CancellationToken cancellation = default)
    {
        await using var command = database.CreateCommand(
            "select distinct e.stream_id from mt.mt_events e where e.type = any($1) and position($2 in lower(e.data::text)) > 0 order by 1");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. types] });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"\"{sha256.ToLowerInvariant()}\"" });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var subjects = new List<Subject>();
        while (await reader.ReadAsync(cancellation))
            if (Subject.TryParse(reader.GetString(0), out var subject))
                subjects.Add(subject);
        return subjects;
    }

    private static async IAsyncEnumerable<LedgerEntry> ReadAsync(
        NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var _ = command;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return Read(reader);
    }

    private static LedgerEntry Read(NpgsqlDataReader reader)
    {
        var sequence = reader.GetInt64(0);
        var type = reader.GetString(3);
        try
        {
            if (!Subject.TryParse(reader.GetString(1), out var subject) || EventCatalog.Find(type) is not { } entry)
                throw new UnreadableFactException(sequence, type);
            return new LedgerEntry(
                subject,
                reader.GetInt64(2),
                new Recorded(sequence, new FactId(reader.GetString(5), reader.GetString(6)), FactJson.ReadTrusted(entry, reader.GetString(4))) { Actor = Text(reader, 9) },
                reader.GetFieldValue<DateTimeOffset>(10),
                Text(reader, 9),
                Text(reader, 7) is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : null,
                Text(reader, 8));
        }
        catch (Exception e) when (e is JsonException or InvalidCastException or ArgumentNullException or FormatException)
        {
            throw new UnreadableFactException(sequence, type, e);
        }
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
