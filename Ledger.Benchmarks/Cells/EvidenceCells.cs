using System.Security.Cryptography;
using System.Text;
using Ledger.Benchmarks.Running;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Attachments;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;
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

        var audit = new LedgerAudit(database.Source, evidence.Folder, TimeProvider.System);
        var options = new AuditOptions { ReadModels = false, Attachments = false };
        var audited = await run.TakeTurnsAsync(
            database,
            async _ => sealedEvents / await Load.TimeAsync(() => ReadAndHashAsync(database)) * 1000,
            async _ => sealedEvents / await Load.TimeAsync(async () =>
            {
                var report = await audit.RunAsync(options, null, run.Cancellation);
                if (report.ExitCode != 0) throw new InvalidOperationException($"the audit found {report.Worst}: {string.Join(", ", report.Counts)}");
            }) * 1000);
        run.AddRates("Audit of every row and leaf / read the rows and hash them", "events/s", audited, Target.AtLeast(0.6),
            "The limit reads one table and hashes its text once; the audit reads four, hashes each row, each member and the tree, and parses each entry.");
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

        run.AddTimes($"Bundle of a unit with {FactsOfTheUnit:N0} facts: made (and verified)", new Pair(new Samples(verified), new Samples(made)), new Target(2_000, IsFloor: false, "≤ 2 s"),
            "Sealing the heads, collecting and proving the facts, the numbers, the report and the export's own fact.", new Samples(made).Median, BenchRun.Time(new Samples(made).Median));
        run.Notes.Add($"Verifying that bundle, numbers included: {BenchRun.Time(new Samples(verified).Median)} in the median, {BenchRun.Time(verified.Max())} at worst (target 1 s).");
    }

    private static async Task<string> FirstKeyAsync((Sealer Sealer, EvidenceFolder Folder, IOptions<EvidenceOptions> Options) evidence, BenchDatabase database)
    {
        await evidence.Sealer.SealAsync();
        return await database.ScalarAsync<string>("select key from ledger.head");
    }

    // Each database copies its identity from the template; a log of its own needs one of its own.
    private static Task<(Sealer Sealer, EvidenceFolder Folder, IOptions<EvidenceOptions> Options)> EvidenceAsync(BenchDatabase database, string folder)
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

    private static async Task StartAsync(BenchDatabase database, int lawsuit)
    {
        RecordFact[] facts = [.. Enumerable.Range(0, BenchFacts.Steps).Select(step => BenchFacts.Step(lawsuit, step))];
        await using var session = database.Store.LightweightSession();
        session.Events.StartStream<LawsuitHistory>(facts[0].Subject.ToString(), facts.Select(f => (object)AppendCells.EventOf(session, f)).ToArray());
        await session.SaveChangesAsync();
    }

    private static Task SwitchAsync(BenchDatabase database, string trigger, bool on) =>
        database.ExecuteAsync($"alter table mt.mt_events {(on ? "enable always" : "disable")} trigger {trigger}");

    private static async Task ReadAndHashAsync(BenchDatabase database)
    {
        await using var command = database.Source.CreateCommand(
            "select seq_id, id, stream_id, version, type, timestamp, user_name, headers::text, data::text from mt.mt_events order by seq_id");
        await using var reader = await command.ExecuteReaderAsync();
        var hash = new byte[SHA256.HashSizeInBytes];
        while (await reader.ReadAsync()) SHA256.HashData(Encoding.UTF8.GetBytes(reader.GetString(7) + reader.GetString(8)), hash);
    }
}
