using System.Data;
using Ledger.Domain.Facts;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Host.Import;

/// <summary>
/// Appends the reserved lines: several writers, each a partition at a time, each batch one call and one transaction that
/// holds the events, the registers and the marker. So it goes on exactly where it stopped, however it stopped.
/// </summary>
internal sealed class ImportAppend(NpgsqlDataSource database, ImportOptions options, TimeProvider clock)
{
    private static readonly string[] Kinds = [.. Enum.GetValues<StreamKind>().Select(k => new Subject(k, "x").ToString()[..^2])];
    private static readonly string[] Aliases = [.. Enum.GetValues<StreamKind>().Select(StreamTypes.AliasOf)];
    private static readonly string[] Types = [.. EventCatalog.All.Select(e => e.Name)];
    private static readonly string[] Classes = [.. EventCatalog.All.Select(e => StreamTypes.DotNetName(e.Type))];

    /// <summary>Appends what is left, units and the like before the lawsuits that name them.</summary>
    public async Task RunAsync(string correlation, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var (markers, appended, total) = await MarkersAsync(cancellation);
        var meter = new ProgressMeter(progress, ImportPhase.Appending, total, clock, appended);
        foreach (var kind in markers.GroupBy(m => m.Partition >= ImportStage.PartitionsPerKind).OrderBy(g => g.Key))
            await Parallel.ForEachAsync(
                kind,
                new ParallelOptions { MaxDegreeOfParallelism = options.Writers, CancellationToken = cancellation },
                async (marker, stop) => await AppendAsync(marker, correlation, meter, stop));
        meter.Finish();
    }

    private async Task<(List<Marker> Markers, long Appended, long Total)> MarkersAsync(CancellationToken cancellation)
    {
        var markers = new List<Marker>();
        long appended = 0, total = 0;
        await using var command = database.CreateCommand("""
            select p.partition, p.subject, p.line, p.appended, i.imported
            from ledger.import_progress p cross join ledger.import i where i.state = 'appending' order by p.partition
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            markers.Add(new Marker(reader.GetInt16(0), reader.GetString(1), reader.GetInt32(2)));
            appended += reader.GetInt64(3);
            total = reader.GetInt64(4);
        }

        return (markers, appended, total);
    }

    private async Task AppendAsync(Marker marker, string correlation, ProgressMeter meter, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "select subject, line, appended from ledger.import_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", connection)
        {
            CommandTimeout = 0,
        };
        var partition = new NpgsqlParameter<short> { TypedValue = marker.Partition };
        var subject = new NpgsqlParameter<string> { NpgsqlDbType = NpgsqlDbType.Text };
        var line = new NpgsqlParameter<int>();
        var at = new NpgsqlParameter<DateTime> { NpgsqlDbType = NpgsqlDbType.TimestampTz };
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            partition, subject, line, new NpgsqlParameter<int> { TypedValue = options.BatchSize },
            new NpgsqlParameter<string[]> { TypedValue = Kinds }, new NpgsqlParameter<string[]> { TypedValue = Aliases },
            new NpgsqlParameter<string[]> { TypedValue = Types }, new NpgsqlParameter<string[]> { TypedValue = Classes },
            new NpgsqlParameter<string> { TypedValue = correlation }, at,
        });
        while (true)
        {
            (subject.TypedValue, line.TypedValue, at.TypedValue) = (marker.Subject, marker.Line, clock.GetUtcNow().UtcDateTime);
            int appended;
            await using (var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellation))
            {
                if (!await reader.ReadAsync(cancellation) || reader.IsDBNull(0)) return;
                marker = marker with { Subject = reader.GetString(0), Line = reader.GetInt32(1) };
                appended = reader.GetInt32(2);
            }

            meter.Add(appended);
            await options.ReachAsync("batch");
        }
    }

    private sealed record Marker(short Partition, string Subject, int Line);
}
