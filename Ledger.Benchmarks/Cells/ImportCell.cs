using Ledger.Benchmarks.Running;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Ledger.Host.Demo;
using Ledger.Host.Import;
using Ledger.Host.Intake;
using NpgsqlTypes;

namespace Ledger.Benchmarks.Cells;

/// <summary>
/// A whole import of a file (read, staged, checked by the rules, reserved, appended) while the read models follow and a
/// clerk records facts, beside a bare COPY of the same rows into a table with the same two keys.
/// </summary>
internal static class ImportCell
{
    private const string Copy = "copy bench.es (id, stream_id, version, type, data) from stdin (format binary)";

    public static async Task RunAsync(BenchRun run)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var options = new DemoOptions { Lawsuits = run.Options.LawsuitsOfTheFile };
            await using (var stream = File.Create(file)) await DemoFile.WriteAsync(stream, options, run.Cancellation);
            var rows = RowsOf(options);
            await using var copied = await run.Cluster.CreateAsync();
            var (behind, clerk, phases) = (new List<double>(), new List<double>(), new Phases());
            var pair = await run.TakeTurnsAsync(
                copied,
                async _ =>
                {
                    await copied.ExecuteAsync("truncate bench.es");
                    return rows.Count / await Load.TimeAsync(() => CopyAsync(copied, rows)) * 1000;
                },
                async _ => rows.Count / await ImportAsync(run, file, rows.Count, behind, clerk, phases) * 1000);
            run.AddRates("Import of a file, beside read models and a clerk / COPY", "facts/s", pair, Target.AtLeast(0.12),
                "Each fact is parsed, checked against its stream's rules, staged once and appended once, with the intake's trigger, six indexes and the registers; "
                + "the read models take their share of the same two cores meanwhile.");
            run.Notes.Add($"Import, the last turn: {phases}.");
            run.Notes.Add(
                $"Import: a file of {rows.Count:N0} facts, {new FileInfo(file).Length / 1048576.0:0.0} MB; the read models stood at its end "
                + $"{new Samples(behind).Median / 1000:0.0} s after it; a clerk recording ten facts a second meanwhile waited {Percentiles(clerk)}.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<double> ImportAsync(BenchRun run, string file, int facts, List<double> behind, List<double> clerk, Phases phases)
    {
        await using var database = await run.Cluster.CreateAsync();
        using var daemon = await database.Store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        using var stop = new CancellationTokenSource();
        var recording = RecordAsync(database, clerk, stop.Token);
        var elapsed = await Load.TimeAsync(async () =>
        {
            var report = await database.Import.RunAsync(file, "bench", phases, run.Cancellation);
            if (report.Imported != facts) throw new InvalidOperationException($"{report.Imported} of {facts} imported, {report.Refused.Count} refused.");
        });
        await stop.CancelAsync();
        await recording;
        behind.Add(await Load.TimeAsync(async () =>
        {
            var end = (await database.Positions.AdvanceAsync(run.Cancellation)).Position;
            for (var state = await database.ReadModels.StateAsync(run.Cancellation); state.Position < end; state = await database.ReadModels.StateAsync(run.Cancellation))
            {
                if (state.Failure is { } failure) throw new InvalidOperationException($"{failure.Shard} stopped: {failure.Reason}");
                await Task.Delay(20, run.Cancellation);
            }
        }));
        await daemon.StopAllAsync();
        return elapsed;
    }

    private static async Task RecordAsync(BenchDatabase database, List<double> latencies, CancellationToken stop)
    {
        var unit = Subject.Unit("clerk");
        await database.RecordAsync(new RecordFact(
            unit, new UnitRegistered("录入单位", UnitKind.Department, new DateOnly(2020, 1, 1)), new FactId(BenchFacts.Source, "clerk"), "bench"));
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            latencies.Add(await Load.TimeAsync(() => database.RecordAsync(BenchFacts.Performed(unit, n))));
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static List<(Guid Id, string Stream, long Version, string Type, string Data)> RowsOf(DemoOptions options)
    {
        var versions = new Dictionary<Subject, long>();
        return [.. DemoCounty.Generate(options).Select(f => (
            f.Id.ToEventId(), f.Subject.ToString(), versions[f.Subject] = versions.GetValueOrDefault(f.Subject) + 1,
            EventCatalog.NameOf(f.Fact), FactJson.Write(f.Fact)))];
    }

    private static async Task CopyAsync(BenchDatabase database, List<(Guid Id, string Stream, long Version, string Type, string Data)> rows)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync(Copy);
        foreach (var (id, stream, version, type, data) in rows)
        {
            copy.StartRow();
            copy.Write(id, NpgsqlDbType.Uuid);
            copy.Write(stream, NpgsqlDbType.Varchar);
            copy.Write(version, NpgsqlDbType.Bigint);
            copy.Write(type, NpgsqlDbType.Varchar);
            copy.Write(data, NpgsqlDbType.Jsonb);
        }

        await copy.CompleteAsync();
    }

    /// <summary>How long each phase took: from its first word to its last; what lies between them (indexes, reservation) is nobody's.</summary>
    private sealed class Phases : IProgress<ImportProgress>
    {
        private readonly Dictionary<ImportPhase, (long First, long Last)> _heard = [];

        public void Report(ImportProgress value)
        {
            lock (_heard)
            {
                var now = System.Diagnostics.Stopwatch.GetTimestamp();
                if (value.Phase == ImportPhase.Staging && _heard.ContainsKey(ImportPhase.Appending)) _heard.Clear();
                _heard[value.Phase] = (_heard.TryGetValue(value.Phase, out var heard) ? heard.First : now, now);
            }
        }

        public override string ToString() => string.Join(
            ", ", _heard.Select(p => $"{p.Key.ToString().ToLowerInvariant()} {System.Diagnostics.Stopwatch.GetElapsedTime(p.Value.First, p.Value.Last).TotalSeconds:0.0} s"));
    }

    private static string Percentiles(IReadOnlyList<double> latencies) =>
        string.Join(", ", ((int[])[50, 99]).Select(p => $"p{p} {BenchRun.Time(Samples.Percentile(latencies, p))}"));
}
