using System.Text;
using Ledger.Benchmarks.Running;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Attachments;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Bundle;
using Ledger.Host.Evidence.Keys;
using Ledger.Host.Evidence.TimeStamps;
using Ledger.Host.Intake;
using Ledger.Projections.Store;
using Ledger.Verifier;
using Microsoft.Extensions.Options;

namespace Ledger.Benchmarks.Cells;

/// <summary>
/// What evidence costs: the guards, the intake and the sealing as shares of the append throughput, the audit beside reading
/// and hashing the same rows, and a bundle made and verified.
/// </summary>
internal static class EvidenceCells
{
    private const int Clients = 8;
    private const int PacedClients = 4;
    private const int FactsASecond = 2_000;
    private const int FactsOfTheUnit = 1_000;

    private static readonly string[] Guards = ["ledger_no_change", "ledger_no_trunc"];

    private static int _lawsuit;

    public static async Task RunAsync(BenchRun run)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-bench-evidence-");
        try
        {
            await ShareOfGuardsAndIntakeAsync(run);
            await SealingAsync(run, folder.FullName);
            await LagAsync(run, folder.FullName);
            if (!run.Options.Quick) await AuditCell.MillionAsync(run, await run.Cluster.CreateAsync(), folder.FullName);
            await BundleAsync(run, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ShareOfGuardsAndIntakeAsync(BenchRun run)
    {
        await using var database = await run.Cluster.CreateAsync();
        async Task<double> AppendAsync(bool guards, bool intake)
        {
            foreach (var guard in Guards) await SwitchAsync(database, guard, guards);
            await SwitchAsync(database, "ledger_take_in", intake);
            return await RateAsync(run, database);
        }

        run.AddRates("Append with the guards / without", "events/s", await run.TakeTurnsAsync(
            database, async _ => await AppendAsync(guards: false, intake: false), async _ => await AppendAsync(guards: true, intake: false)), Target.AtLeast(0.95),
            "The guards are triggers before UPDATE, DELETE and TRUNCATE: an insert does not fire them.");
        run.AddRates("Append with the intake / without", "events/s", await run.TakeTurnsAsync(
            database, async _ => await AppendAsync(guards: true, intake: false), async _ => await AppendAsync(guards: true, intake: true)), Target.AtLeast(0.73),
            "Each row is hashed and noted by a trigger in the writer's transaction.");
    }

    private static async Task SealingAsync(BenchRun run, string folder)
    {
        await using var database = await run.Cluster.CreateAsync();
        var evidence = await EvidenceAsync(database, folder);
        await evidence.Sealer.SealAsync(run.Cancellation);
        var lags = new List<double>();
        var pair = await run.TakeTurnsAsync(
            database,
            async _ =>
            {
                var rate = await RateAsync(run, database);
                // What piled up is not the next turn's to seal.
                await evidence.Sealer.SealAsync(run.Cancellation);
                return rate;
            },
            async _ =>
            {
                using var stop = new CancellationTokenSource();
                var sealing = SealAsync(evidence.Sealer, database, lags, stop.Token);
                var rate = await RateAsync(run, database);
                await stop.CancelAsync();
                await sealing;
                lags.Add(await Load.TimeAsync(() => evidence.Sealer.SealAsync(run.Cancellation)));
                return rate;
            });
        run.AddRates("Append while it is sealed every half second / unsealed", "events/s", pair, Target.AtLeast(0.90),
            "The sealer reads, canonicalises, salts and hashes each event and copies it into two tables on the same two cores.");
        var sealedEvents = await database.ScalarAsync<long>("select count(*) from ledger.leaf where seq_id is not null");
        run.Notes.Add($"Sealing: {sealedEvents:N0} events; a round took {BenchRun.Time(new Samples(lags).Median)} in the median, {BenchRun.Time(lags.Max())} at worst, and left nothing unsealed.");

        await AuditCell.RatioAsync(run, database, evidence.Folder, sealedEvents);
    }

    // What a fact waits for its checkpoint, by the database's own clock, while two thousand come in a second.
    private static async Task LagAsync(BenchRun run, string folder)
    {
        await using var database = await run.Cluster.CreateAsync();
        var evidence = await EvidenceAsync(database, folder);
        await evidence.Sealer.SealAsync(run.Cancellation);
        using var stop = new CancellationTokenSource();
        var sealing = SealAsync(evidence.Sealer, database, [], stop.Token);
        var window = run.Options.Quick ? TimeSpan.FromSeconds(4) : TimeSpan.FromSeconds(20);
        var load = await Load.RunAsync(PacedClients, window, async _ =>
        {
            var pause = Task.Delay(TimeSpan.FromSeconds((double)PacedClients * BenchFacts.Steps / FactsASecond), run.Cancellation);
            await StartAsync(database, Interlocked.Increment(ref _lawsuit));
            await pause;
        });
        await stop.CancelAsync();
        await sealing;
        await evidence.Sealer.SealAsync(run.Cancellation);
        const string lag = "from (select extract(epoch from (select min(c.published_at) from ledger.checkpoint c where c.position >= i.seq_id) - i.recorded_at) * 1000 as ms from ledger.intake i offset 100) waited";
        var worst = (double)await database.ScalarAsync<decimal>("select max(ms)::numeric " + lag);
        var median = await database.ScalarAsync<double>("select percentile_cont(0.5) within group (order by ms::float8) " + lag);
        run.AddAlone($"Sealing behind {load.Rate * BenchFacts.Steps:N0} facts a second: the longest wait for a checkpoint", BenchRun.Time(worst), worst, new Target(2_000, IsFloor: false, "≤ 2 s"),
            "A round begins every half second and seals what has come.");
        run.Notes.Add($"Waiting for a checkpoint: {BenchRun.Time(median)} in the median.");
    }

    private static async Task BundleAsync(BenchRun run, string folder)
    {
        await using var database = await run.Cluster.CreateAsync();
        var evidence = await EvidenceAsync(database, folder);
        var unit = Subject.Unit(BenchFacts.Unit(0).Subject.Key);
        for (var n = 0; n < FactsOfTheUnit; n++) await database.RecordAsync(BenchFacts.Performed(unit, n));
        using var nobody = new HttpClient();
        var stamper = new TimeStamper(new PostgresCheckpoints(new SealerDatabase(database.Source)), new TimeStampClient(nobody), evidence.Options, TimeProvider.System);
        var export = new EvidenceExport(
            evidence.Sealer, new SealedLog(database.Source), database.Get<Scopes>(), database.Get<LedgerAnswers>(), database.Get<AttachmentStore>(), database.Intake,
            database.Source, evidence.Options, stamper, TimeProvider.System);
        var key = Encoding.UTF8.GetBytes(await database.ScalarAsync<string>("select coalesce(key, '') from ledger.head") is { Length: > 0 } known ? known : await FirstKeyAsync(evidence, database));
        var (made, verified) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < run.Options.Repetitions; turn++)
        {
            using var zip = new MemoryStream();
            made.Add(await Load.TimeAsync(async () =>
            {
                var (bundle, refusal) = await export.RunAsync(new ExportRequest(unit.Key, null, null, new TimesAsked(null, null, null), true, "bench", "bench", "bench", []), zip, null, run.Cancellation);
                if (bundle is null) throw new InvalidOperationException(refusal!.English);
            }));
            verified.Add(await Load.TimeAsync(() =>
            {
                zip.Position = 0;
                var report = BundleVerifier.Verify(zip, new Inspection(key, IsPolicy: false));
                if (report.Verdict != Ledger.Verifier.Reports.Outcome.Good) throw new InvalidOperationException($"the bundle is {report.Verdict}: {report.Checks.SelectMany(c => c.Findings).First()}");
                return Task.CompletedTask;
            }));
        }

        run.AddWorst($"Bundle of a unit with {FactsOfTheUnit:N0} facts, made, at worst", made, new Target(2_000, IsFloor: false, "≤ 2 s"),
            "Sealing the heads, collecting and proving the facts, the numbers, the report and the export's own fact.");
        run.AddWorst("The same, verified, its numbers derived again, at worst", verified, new Target(1_000, IsFloor: false, "≤ 1 s"), "The first run compiles what it runs.");
    }

    private static async Task<string> FirstKeyAsync((Sealer Sealer, EvidenceFolder Folder, IOptions<EvidenceOptions> Options) evidence, BenchDatabase database)
    {
        await evidence.Sealer.SealAsync();
        return await database.ScalarAsync<string>("select key from ledger.head");
    }

    // Each database copies its identity from the template; a log of its own needs one of its own.
    internal static Task<(Sealer Sealer, EvidenceFolder Folder, IOptions<EvidenceOptions> Options)> EvidenceAsync(BenchDatabase database, string folder)
    {
        var options = Options.Create(new EvidenceOptions { Directory = Path.Combine(folder, Path.GetRandomFileName()) });
        var home = new EvidenceFolder(options);
        return Task.FromResult((new Sealer(new SealerDatabase(database.Source), home, new FileKeyRing(home, TimeProvider.System), options), home, options));
    }

    private static async Task SealAsync(Sealer sealer, BenchDatabase database, List<double> rounds, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            rounds.Add(await Load.TimeAsync(() => sealer.SealAsync(CancellationToken.None)));
            await Task.Delay(500, CancellationToken.None);
        }
    }

    private static async Task<double> RateAsync(BenchRun run, BenchDatabase database) =>
        10 * (await Load.RunAsync(Clients, run.Options.Window, _ => StartAsync(database, Interlocked.Increment(ref _lawsuit)))).Rate;

    internal static async Task StartAsync(BenchDatabase database, int lawsuit)
    {
        RecordFact[] facts = [.. Enumerable.Range(0, BenchFacts.Steps).Select(step => BenchFacts.Step(lawsuit, step))];
        await using var session = database.Store.LightweightSession();
        session.Events.StartStream<LawsuitHistory>(facts[0].Subject.ToString(), facts.Select(f => (object)AppendCells.EventOf(session, f)).ToArray());
        await session.SaveChangesAsync();
    }

    private static Task SwitchAsync(BenchDatabase database, string trigger, bool on) =>
        database.ExecuteAsync($"alter table mt.mt_events {(on ? "enable always" : "disable")} trigger {trigger}");
}
