using Ledger.Domain.Facts;
using Ledger.Projections.Reading;
using Npgsql;

namespace Ledger.Host.Intake;

/// <summary>
/// A stream under its lock, for the decision on one fact: its version, its history, and what the registers say, in one round
/// trip. Each statement of the batch has its own snapshot, so what follows the lock sees whatever its last holder committed.
/// </summary>
/// <param name="Version">The stream's version; 0 when it does not exist, and then nothing is locked.</param>
/// <param name="Admission">Its history.</param>
internal sealed record StreamReading(long Version, StreamAdmission Admission)
{
    public static async Task<(StreamReading Stream, Registers Registers)> ReadAsync(
        NpgsqlConnection connection, RecordFact command, CancellationToken cancellation)
    {
        StreamReading stream;
        Registers registers;
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(Of("select version from mt.mt_streams where id = $1 for update", command));
            batch.BatchCommands.Add(Of(
                "select seq_id, type, data::text, headers ->> 'source', headers ->> 'id' from mt.mt_events where stream_id = $1 order by version", command));
            foreach (var question in Registers.Questions(command)) batch.BatchCommands.Add(question);
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            var version = await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : 0;
            await reader.NextResultAsync(cancellation);
            var history = new List<Recorded>();
            while (await reader.ReadAsync(cancellation)) history.Add(Read(reader));
            await reader.NextResultAsync(cancellation);
            stream = new StreamReading(version, new StreamAdmission(command.Subject, history));
            registers = await Registers.ReadAsync(reader, command, cancellation);
        }

        if (command.Fact is FactCorrected or FactRetracted)
        {
            await using var again = new NpgsqlBatch(connection);
            foreach (var question in Registers.Questions(command, stream.Admission)) again.BatchCommands.Add(question);
            await using var answers = await again.ExecuteReaderAsync(cancellation);
            registers = await Registers.ReadAsync(answers, command, cancellation);
        }

        var needed = stream.Admission.Needs(command.Id, command.Fact);
        return (stream, needed.Count == 0 ? registers : registers with { Others = await OthersAsync(connection, needed, cancellation) });
    }

    // Kept as they are until the end of the transaction: what a rule has read of another stream still holds when the fact
    // that rests on it is committed. Locked in one order; two writers that need each other's streams are a deadlock, which
    // one of them loses and tries again.
    private static async Task<IReadOnlyDictionary<Subject, IReadOnlyList<VisibleFact>>> OthersAsync(
        NpgsqlConnection connection, IReadOnlyCollection<Subject> subjects, CancellationToken cancellation)
    {
        string[] names = [.. subjects.Select(s => s.ToString()).Order(StringComparer.Ordinal)];
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (string[])
        [
            "select id from mt.mt_streams where id = any($1) order by id for share",
            "select seq_id, type, data::text, headers ->> 'source', headers ->> 'id', stream_id from mt.mt_events where stream_id = any($1) order by seq_id",
        ])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = names } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var recorded = new List<(string Subject, Recorded Recorded)>();
        while (await reader.ReadAsync(cancellation)) recorded.Add((reader.GetString(5), Read(reader)));
        return recorded.GroupBy(r => r.Subject, r => r.Recorded, StringComparer.Ordinal)
            .ToDictionary(g => Subject.Parse(g.Key), g => VisibleFacts.Of([.. g]));
    }

    private static Recorded Read(NpgsqlDataReader reader)
    {
        var (sequence, type) = (reader.GetInt64(0), reader.GetString(1));
        var entry = EventCatalog.Find(type) ?? throw new UnreadableFactException(sequence, type);
        return new Recorded(sequence, new FactId(reader.GetString(3), reader.GetString(4)), FactJson.ReadTrusted(entry, reader.GetString(2)));
    }

    private static NpgsqlBatchCommand Of(string sql, RecordFact command) =>
        new(sql) { Parameters = { new NpgsqlParameter<string> { TypedValue = command.Subject.ToString() } } };
}
