using System.Collections.Concurrent;
using Ledger.Domain.Facts;
using Npgsql;

namespace Ledger.Host.Import;

/// <summary>
/// The streams that the rules of a line read besides its own: as the ledger holds them, and as the whole file tells them, so
/// that the order of subjects in a file does not matter. A refused line refuses the file, so it does not matter either what
/// it would have said.
/// </summary>
internal sealed class OtherStreams(NpgsqlDataSource database)
{
    private const int AtMost = 2_000;

    private readonly ConcurrentDictionary<Subject, IReadOnlyList<VisibleFact>> _read = new();
    private readonly ConcurrentDictionary<Subject, byte> _named = new();

    /// <summary>The facts of a stream. Few lines name other streams, and the rules ask for them while they decide: not awaited.</summary>
    public IReadOnlyList<VisibleFact> Of(Subject subject)
    {
        if (_read.TryGetValue(subject, out var known)) return known;
        _named.TryAdd(subject, 0);
        if (_read.Count >= AtMost) _read.Clear();
        return _read[subject] = VisibleFacts.Of([.. Read(subject)]);
    }

    /// <summary>
    /// Notes the streams that were read: they are reserved with the file's own, so that what the check saw of them stands
    /// until the file is in the ledger.
    /// </summary>
    public async Task NoteAsync(CancellationToken cancellation)
    {
        if (_named.IsEmpty) return;
        await using var command = database.CreateCommand(
            "insert into ledger.import_outcome (line, kind, subject, name) select 0, 'n', n, n from unnest($1) n");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. _named.Keys.Select(s => s.ToString())] });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private IEnumerable<Recorded> Read(Subject subject)
    {
        var seen = new HashSet<FactId>();
        using var command = database.CreateCommand("""
            select e.seq_id, e.type, e.data::text, e.headers ->> 'source', e.headers ->> 'id' from mt.mt_events e where e.stream_id = $2
            union all
            select 4611686018427387904 + l.line, l.type, l.data, l.source, l.id from ledger.import_line l
            where l.partition = $1 and l.subject = $2 collate "C" and l.code is null
            order by 1
            """);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = ImportStage.PartitionOf(subject) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = subject.ToString() });
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var id = reader.IsDBNull(3) ? new FactId("", $"{reader.GetInt64(0)}") : new FactId(reader.GetString(3), reader.GetString(4));
            if (seen.Add(id) && EventCatalog.Find(reader.GetString(1)) is { } entry)
                yield return new Recorded(reader.GetInt64(0), id, FactJson.ReadTrusted(entry, reader.GetString(2)));
        }
    }
}
