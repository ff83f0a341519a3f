using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Projections.Lawsuits;
using Ledger.Projections.Reading;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// Follows the facts by the projections' own functions into documents in memory, stream by stream, and compares every document of
/// the read models with what follows, at the very position on which they rest. Every answer of today is read from these documents.
/// </summary>
/// <param name="facts">A connection for the facts, in the audit's snapshot.</param>
/// <param name="documents">Another in the same snapshot, for the documents.</param>
/// <param name="findings">Where findings go.</param>
/// <param name="unmasked">Whether personal data are shown.</param>
internal sealed class ReadModelCheck(NpgsqlConnection facts, NpgsqlConnection documents, AuditFindings findings, bool unmasked)
{
    private const int Batch = 500;
    private const string Facts =
        "select e.seq_id, e.stream_id, e.type, e.data::text, e.headers ->> 'source', e.headers ->> 'id' from mt.mt_events e where e.seq_id <= $1 and e.type <> 'tombstone' ";

    private readonly DocumentDifference _difference = new(findings, unmasked);
    // Of each contribution only a hash: a county's are too many to keep whole.
    private readonly Dictionary<string, Dictionary<string, UInt128>> _months = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _dockets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);
    private long _position;

    /// <summary>Compares them all; answers how many documents there are.</summary>
    public async Task<long> RunAsync(long reached, Action<long, long> progress, CancellationToken cancellation)
    {
        _position = (await ReadModels.StateAsync(documents, cancellation)).Position;
        if (_position < reached) findings.Add(AuditCodes.ReadModelBehind, _position, subject: Projections.CountyProjection.Shard, was: $"{reached}", found: $"{_position}");
        var count = await ScalarAsync("select count(*) from mt.mt_events where seq_id <= $1", cancellation);
        var (streams, done) = (new List<(string Id, List<StoredFact> Facts)>(), 0L);
        await using (var command = new NpgsqlCommand(Facts + "order by e.stream_id, e.seq_id", facts) { CommandTimeout = 0 })
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _position });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                done++;
                var stream = reader.GetString(1);
                if (streams.Count == 0 || !string.Equals(streams[^1].Id, stream, StringComparison.Ordinal))
                {
                    if (streams.Count >= Batch)
                    {
                        await CompareAsync(streams, cancellation);
                        progress(done, count);
                        streams.Clear();
                    }

                    streams.Add((stream, []));
                }

                if (Read(reader) is { } fact) streams[^1].Facts.Add(fact);
            }
        }

        await CompareAsync(streams, cancellation);
        await ForgedAsync(cancellation);
        await MonthsAsync(cancellation);
        await DocketsAsync(cancellation);
        progress(count, count);
        return await ScalarAsync(string.Join(" + ", new[] { "lawsuitrecord", "subjectrecord", "unitmonth", "unitdocket" }.Select((t, i) => $"{(i == 0 ? "select " : "")}(select count(*) from mt.mt_doc_{t})")), cancellation, position: false);
    }

    private StoredFact? Read(NpgsqlDataReader row)
    {
        var (sequence, stream, type) = (row.GetInt64(0), row.GetString(1), row.GetString(2));
        try
        {
            if (EventCatalog.Find(type) is not { } entry || row.IsDBNull(4) || row.IsDBNull(5)) throw new FormatException(type);
            var fact = (IFact)JsonSerializer.Deserialize(row.GetString(3), entry.Type, FactJson.Options)!;
            return StoredFact.Of(new Recorded(sequence, new FactId(row.GetString(4), row.GetString(5)), fact));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NotSupportedException or InvalidCastException)
        {
            _unreadable.Add(stream);
            findings.Add(AuditCodes.ReadModelUnreadable, sequence, subject: stream, found: type);
            return null;
        }
    }

    // The streams of a batch are folded side by side; what comes of them is taken in their order.
    private async Task CompareAsync(List<(string Id, List<StoredFact> Facts)> streams, CancellationToken cancellation)
    {
        streams.RemoveAll(s => _unreadable.Contains(s.Id));
        var made = new Made[streams.Count];
        await Parallel.ForAsync(0, streams.Count, cancellation, (i, _) =>
        {
            made[i] = Made.Of(streams[i].Id, streams[i].Facts);
            return ValueTask.CompletedTask;
        });
        var found = await StoredAsync("lawsuitrecord", streams.Where(s => IsLawsuit(s.Id)).Select(s => s.Id), cancellation);
        foreach (var (id, data) in await StoredAsync("subjectrecord", streams.Where(s => !IsLawsuit(s.Id)).Select(s => s.Id), cancellation)) found.Add(id, data);
        foreach (var one in made)
        {
            _difference.Compare(IsLawsuit(one.Id) ? "mt_doc_lawsuitrecord" : "mt_doc_subjectrecord", one.Id, one.Document, found.GetValueOrDefault(one.Id));
            foreach (var (month, key, hash) in one.Contributions)
                (_months.TryGetValue(month, out var there) ? there : _months[month] = new Dictionary<string, UInt128>(StringComparer.Ordinal))[key] = hash;
            foreach (var unit in one.Defendants)
                (_dockets.TryGetValue(unit, out var there) ? there : _dockets[unit] = new HashSet<string>(StringComparer.Ordinal)).Add(one.Id);
        }
    }

    private async Task<Dictionary<string, string>> StoredAsync(string table, IEnumerable<string> ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select id, data::text from mt.mt_doc_{table} where id = any($1)", documents) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) stored.Add(reader.GetString(0), reader.GetString(1));
        return stored;
    }

    // Documents of streams that have no fact.
    private async Task ForgedAsync(CancellationToken cancellation)
    {
        foreach (var (table, prefix) in new[] { ("lawsuitrecord", "and d.id like 'lawsuit/%'"), ("subjectrecord", "and d.id not like 'lawsuit/%'") })
        {
            await using var command = new NpgsqlCommand(
                $"select d.id from mt.mt_doc_{table} d where not exists (select from mt.mt_events e where e.stream_id = d.id and e.seq_id <= $1 and e.type <> 'tombstone' {prefix}) order by 1", documents) { CommandTimeout = 0 };
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _position });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) findings.Add(AuditCodes.ReadModelForged, subject: $"mt_doc_{table} {reader.GetString(0)}");
        }
    }

    private async Task MonthsAsync(CancellationToken cancellation)
    {
        var wrong = new List<(string Id, string Key, string? Found)>();
        await using (var command = new NpgsqlCommand("select id, data::text from mt.mt_doc_unitmonth order by id", documents) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
            {
                var id = reader.GetString(0);
                if (!_months.Remove(id, out var should))
                {
                    findings.Add(AuditCodes.ReadModelForged, subject: $"mt_doc_unitmonth {id}");
                    continue;
                }

                using var json = JsonDocument.Parse(reader.GetString(1));
                _difference.Frame("mt_doc_unitmonth", id, "contributions", json.RootElement);
                if (json.RootElement.TryGetProperty("contributions", out var members) && members.ValueKind == JsonValueKind.Object)
                    foreach (var member in members.EnumerateObject())
                    {
                        var isSame = should.Remove(member.Name, out var hash) && hash == HashOf(Jcs.Text(member.Value));
                        if (!isSame) wrong.Add((id, member.Name, Jcs.Text(member.Value)));
                    }

                wrong.AddRange(should.Keys.Select(key => (id, key, (string?)null)));
            }

        foreach (var id in _months.Keys.Order(StringComparer.Ordinal)) findings.Add(AuditCodes.ReadModelMissing, subject: $"mt_doc_unitmonth {id}");
        foreach (var (id, key, found) in wrong)
            if (!_unreadable.Contains("lawsuit/" + key))
                _difference.Members("mt_doc_unitmonth", id, $"contributions.{key}", await ContributionAsync(id, key, cancellation), found);
    }

    // What a lawsuit contributes to a month, folded once more because only its hash was kept.
    private async Task<string?> ContributionAsync(string id, string key, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Facts + "and e.stream_id = $2 order by e.seq_id", documents);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _position });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "lawsuit/" + key });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var stored = new List<StoredFact>();
        while (await reader.ReadAsync(cancellation))
            if (Read(reader) is { } fact) stored.Add(fact);
        return stored.Count == 0 ? null : UnitMonth.With(null, id, Made.Record("lawsuit/" + key, stored))?.Contributions.GetValueOrDefault(key) is { } contribution
            ? Made.Canonical(contribution)
            : null;
    }

    private async Task DocketsAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id, data::text from mt.mt_doc_unitdocket order by id", documents) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetString(0);
            if (!_dockets.Remove(id, out var should)) findings.Add(AuditCodes.ReadModelForged, subject: $"mt_doc_unitdocket {id}");
            else _difference.Compare("mt_doc_unitdocket", id, Made.Canonical(new UnitDocket(id) { Lawsuits = [.. should.Order(StringComparer.Ordinal)] }), reader.GetString(1));
        }

        foreach (var id in _dockets.Keys.Order(StringComparer.Ordinal)) findings.Add(AuditCodes.ReadModelMissing, subject: $"mt_doc_unitdocket {id}");
    }

    private async Task<long> ScalarAsync(string sql, CancellationToken cancellation, bool position = true)
    {
        await using var command = new NpgsqlCommand(sql, documents) { CommandTimeout = 0 };
        if (position) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _position });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static bool IsLawsuit(string id) => id.StartsWith("lawsuit/", StringComparison.Ordinal);

    private static UInt128 HashOf(string canonical) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Jcs.Bytes(canonical)));

    // What follows from one stream.
    private sealed record Made(string Id, string Document, IReadOnlyList<(string Month, string Key, UInt128 Hash)> Contributions, IReadOnlyList<string> Defendants)
    {
        public static Made Of(string id, List<StoredFact> facts)
        {
            if (!IsLawsuit(id)) return new Made(id, Canonical(new SubjectRecord(id) { Facts = [.. facts] }), [], []);
            var record = Record(id, facts);
            var contributions = record.Contributions
                .SelectMany(c => UnitMonth.IdsOf(c.Key, c.Value))
                .Distinct(StringComparer.Ordinal)
                .SelectMany(month => UnitMonth.With(null, month, record)?.Contributions.Select(c => (month, c.Key, HashOf(Canonical(c.Value)))) ?? []);
            return new Made(id, Canonical(record), [.. contributions], [.. record.Units.Where(record.Lawsuit.WasDefendant)]);
        }

        public static LawsuitRecord Record(string id, List<StoredFact> facts) =>
            facts.Aggregate(new LawsuitRecord(id), (record, fact) => record.With(fact, fact.ToRecorded()));

        public static string Canonical<T>(T value) => Jcs.Text(JsonSerializer.SerializeToElement(value, FactJson.Options));
    }
}
