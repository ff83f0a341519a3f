using System.Data;
using System.Text.Json;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Projections.Lawsuits;
using Npgsql;

namespace Ledger.Projections.Reading;

/// <summary>Where the read models stand.</summary>
/// <param name="Position">The ledger position that they rest on.</param>
/// <param name="Failure">Why they have stopped; null while they run.</param>
public sealed record ReadModelState(long Position, StoppedProjection? Failure);

/// <summary>A projection that stopped at an event that it could not apply.</summary>
/// <param name="Shard">Which one.</param>
/// <param name="Sequence">The event, when known.</param>
/// <param name="Reason">What was said.</param>
public sealed record StoppedProjection(string Shard, long? Sequence, string? Reason);

/// <summary>Reads the projections, always together with the one position that they rest on.</summary>
public sealed class ReadModels(NpgsqlDataSource database)
{
    /// <summary>Where they stand now.</summary>
    public async Task<ReadModelState> StateAsync(CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await StateAsync(connection, cancellation);
    }

    /// <summary>
    /// The county as its read models know it, with the position; null where they have not reached <paramref name="position"/>
    /// or have gone past it. Only the months that the period needs are read; no period reads all.
    /// </summary>
    public async Task<County?> CountyAsync(long position, Period? period, DateOnly asOf, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        if ((await StateAsync(connection, cancellation)).Position != position) return null;

        var subjects = new List<(Subject Subject, IReadOnlyList<VisibleFact> Facts)>();
        await foreach (var record in DocumentsAsync<SubjectRecord>(connection, "subjectrecord", "", cancellation))
            if (Subject.TryParse(record.Id, out var subject))
                subjects.Add((subject, VisibleFacts.Of([.. record.Facts.Select(f => f.ToRecorded())])));
        var empty = Array.Empty<(string, Contribution)>().ToLookup(c => c.Item1, c => c.Item2, StringComparer.Ordinal);
        var county = LedgerAt.CountyOf(Of(StreamKind.Unit), Of(StreamKind.Policy), Of(StreamKind.Calendar), empty, asOf);

        var contributions = new List<(string Unit, Contribution Contribution)>();
        var range = period is null ? "" : Range(Tally.EarliestOpening(period, county.Calendar), period.Last);
        await foreach (var month in DocumentsAsync<UnitMonth>(connection, "unitmonth", range, cancellation))
            contributions.AddRange(month.Contributions.Values.Select(c => (UnitMonth.UnitOf(month.Id), c)));
        var byUnit = contributions.ToLookup(c => c.Unit, c => c.Contribution, StringComparer.Ordinal);
        return LedgerAt.CountyOf(Of(StreamKind.Unit), Of(StreamKind.Policy), Of(StreamKind.Calendar), byUnit, asOf);

        IEnumerable<(string, IReadOnlyList<VisibleFact>)> Of(StreamKind kind) =>
            subjects.Where(s => s.Subject.Kind == kind).Select(s => (s.Subject.Key, s.Facts));
    }

    /// <summary>The lawsuits of a unit's docket, when the read models stand at the position; else null.</summary>
    public async Task<IReadOnlyList<string>?> DocketAsync(string unit, long position, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        if ((await StateAsync(connection, cancellation)).Position != position) return null;
        await using var command = new NpgsqlCommand("select data from mt.mt_doc_unitdocket where id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = unit });
        var data = (string?)await command.ExecuteScalarAsync(cancellation);
        return data is null ? [] : [.. JsonSerializer.Deserialize<UnitDocket>(data, FactJson.Options)!.Lawsuits];
    }

    private static string Range(DateOnly first, DateOnly last) =>
        $"where id collate \"C\" >= '{UnitMonth.IdOf("", first)}' and id collate \"C\" < '{UnitMonth.IdOf("", last.AddMonths(1))}'";

    /// <summary>Where they stand as a connection's transaction sees it.</summary>
    public static async Task<ReadModelState> StateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select last_seq_id, agent_status, failure_event_sequence, pause_reason from mt.mt_event_progression where name = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = CountyProjection.Shard });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return new ReadModelState(0, null);
        var position = reader.GetInt64(0);
        if (reader.IsDBNull(1) || reader.GetString(1) != "Paused") return new ReadModelState(position, null);
        return new ReadModelState(
            position,
            new StoppedProjection(CountyProjection.Shard, reader.IsDBNull(2) ? null : reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
    }

    private static async IAsyncEnumerable<T> DocumentsAsync<T>(
        NpgsqlConnection connection, string table, string where, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select data from mt.mt_doc_{table} {where}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return JsonSerializer.Deserialize<T>(reader.GetString(0), FactJson.Options)!;
    }
}
