using System.Diagnostics;
using Ledger.Host.Import;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Import;

/// <summary>An import that is stopped anywhere and run again is the same as one that was not stopped.</summary>
public sealed class FaultTests
{
    private static readonly string[] Lines = [.. FactLines.Many(40, units: 3)];
    private static readonly ImportOptions Small = new() { BatchSize = 60, CheckBlock = 100, Writers = 2 };

    private static readonly Lazy<Task<(string Content, List<string> Steps)>> Uninterrupted = new(async () =>
    {
        await using var database = await ImportDatabase.CreateAsync();
        var steps = new List<string>();
        var report = await database.ImportAsync(Lines, Small with { FaultPoint = Note });
        (report.Imported, report.Duplicates, report.Refused.Count).ShouldBe((403, 0, 0));
        return (await database.ContentAsync(), steps);

        Task Note(string step)
        {
            lock (steps) steps.Add(step);
            return Task.CompletedTask;
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopped_at_any_step_and_run_again_nothing_is_missing_or_twice(bool databaseIsLost)
    {
        var (content, steps) = await Uninterrupted.Value;
        steps.Distinct(StringComparer.Ordinal).ShouldBe(["copying", "staged", "checking", "checked", "reserving", "reserved", "batch", "appended", "finished"]);
        // Every named step; of the batches every second one.
        var faults = steps.Select((step, i) => (step, nth: steps.Take(i).Count(s => s == step)))
            .Where(f => f.step is not ("checking" or "batch") || f.nth % (f.step == "batch" ? 2 : 6) == 0);
        foreach (var (step, nth) in faults)
        {
            await using var database = await ImportDatabase.CreateAsync();
            var seen = 0;
            await Should.ThrowAsync<Exception>(() => database.ImportAsync(Lines, Small with
            {
                FaultPoint = async reached =>
                {
                    if (reached != step || Interlocked.Increment(ref seen) <= nth) return;
                    if (!databaseIsLost) throw new InvalidOperationException("stopped");
                    await LoseConnectionsAsync(database);
                },
            }), step);
            var inProgress = step is "reserved" or "batch" or "appended";
            (await new ImportStatus(database.Source).IsInProgressAsync()).ShouldBe(inProgress, step);

            var report = await database.ImportAsync(Lines, Small);
            var done = step == "finished";
            (report.Imported, report.Duplicates, report.Refused.Count).ShouldBe(done ? (0, 403, 0) : (403, 0, 0), step);
            Content(await database.ContentAsync(), done).ShouldBe(Content(content, done), $"{step} {nth}");
            await database.CheckInvariantsAsync();
        }

        // The second of two runs that find everything done is another import in the log, and nothing else.
        static string Content(string content, bool done) => done ? content[..content.IndexOf("\ndone", StringComparison.Ordinal)] : content;
    }

    [Fact]
    public async Task An_import_of_another_file_finishes_the_stopped_one_first()
    {
        await using var database = await ImportDatabase.CreateAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => database.ImportAsync(
            Lines, Small with { FaultPoint = step => step == "batch" ? throw new InvalidOperationException("stopped") : Task.CompletedTask }));
        var report = await database.ImportAsync([FactLines.Unit("other"), Lines[0]]);
        (report.Imported, report.Duplicates).ShouldBe((1, 1));
        (await database.ScalarAsync<long>("select count(*) from mt.mt_events")).ShouldBe(404);
        await database.CheckInvariantsAsync();

        await Should.ThrowAsync<InvalidOperationException>(() => database.ImportAsync(
            [FactLines.Unit("third")], Small with { FaultPoint = step => step == "reserved" ? throw new InvalidOperationException("stopped") : Task.CompletedTask }));
        (await database.Importer().FinishAsync()).ShouldBeTrue();
        (await database.Importer().FinishAsync()).ShouldBeFalse();
        (await database.ScalarAsync<long>("select count(*) from mt.mt_events")).ShouldBe(405);
    }

    [Fact]
    public async Task Cancelled_it_stops_soon_and_goes_on_later()
    {
        await using var database = await ImportDatabase.CreateAsync();
        using var cancel = new CancellationTokenSource();
        using var file = ImportDatabase.FileOf(Lines);
        await Should.ThrowAsync<OperationCanceledException>(() => database.Importer(Small with
        {
            FaultPoint = async step =>
            {
                if (step == "batch") await cancel.CancelAsync();
            },
        }).RunAsync(file, "importer", cancellation: cancel.Token));
        (await database.ImportAsync(Lines, Small)).Imported.ShouldBe(403);
        (await database.ContentAsync()).ShouldBe((await Uninterrupted.Value).Content);
    }

    [Fact]
    public async Task A_large_file_is_imported_in_bounded_memory()
    {
        await using var database = await ImportDatabase.CreateAsync();
        var path = Path.Combine(Path.GetTempPath(), $"ledger-import-{Environment.ProcessId}.jsonl");
        try
        {
            await File.WriteAllLinesAsync(path, FactLines.Many(8_000));
            new FileInfo(path).Length.ShouldBeGreaterThan(20_000_000);
            // A process of its own: what else runs in this one does not count.
            var (peak, report) = await ImportInAProcessAsync(path, database.Source.ConnectionString);
            report.ShouldContain("\"imported\":80020");
            // The whole file as facts would be several times as much.
            peak.ShouldBeInRange(1, 250_000_000);
            await database.CheckInvariantsAsync();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Progress_tells_every_phase_and_ends_with_all_facts()
    {
        await using var database = await ImportDatabase.CreateAsync();
        await using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', FactLines.Many(500))));
        var reports = new List<ImportProgress>();
        await new FactImport(database.Source, TimeProvider.System).RunAsync(file, "importer", new Sink(reports.Add));
        reports.Select(r => r.Phase).Distinct().ShouldBe([ImportPhase.Staging, ImportPhase.Checking, ImportPhase.Appending]);
        reports[^1].Done.ShouldBe(5_020);
        reports[^1].Total.ShouldBe(5_020);
    }

    private static async Task<(long Peak, string Report)> ImportInAProcessAsync(string path, string connectionString)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ledger.Host.dll"), "import", path])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__ledger"] = connectionString },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.WorkingSet64);
            }
            catch (InvalidOperationException) when (process.HasExited)
            {
                // It ended between the wait and the look.
            }
        }

        process.ExitCode.ShouldBe(0, await errors);
        return (peak, await output);
    }

    private static async Task LoseConnectionsAsync(ImportDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.Source.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Sink(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        private readonly Lock _turn = new();

        public void Report(ImportProgress value)
        {
            lock (_turn) report(value);
        }
    }
}
