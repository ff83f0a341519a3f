using System.Security.Cryptography;
using System.Text;
using Ledger.Benchmarks.Running;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;

namespace Ledger.Benchmarks.Cells;

/// <summary>A full audit of leaves and rows beside reading the event rows once and hashing their text, and what memory it takes.</summary>
internal static class AuditCell
{
    private const int Clients = 8;
    private const int Million = 1_000_000;

    private static readonly AuditOptions Options = new() { ReadModels = false, Attachments = false };

    /// <summary>The ratio, on what a database holds.</summary>
    public static async Task RatioAsync(BenchRun run, BenchDatabase database, EvidenceFolder folder, long events)
    {
        var audited = await run.TakeTurnsAsync(
            database,
            async _ => events / await Load.TimeAsync(() => ReadAndHashAsync(database)) * 1000,
            async _ => events / await Load.TimeAsync(() => AuditAsync(run, database, folder)) * 1000);
        run.AddRates("Audit of every row and leaf / read the rows and hash them", "events/s", audited, Target.AtLeast(0.6),
            "The limit reads one table and hashes its text once. The audit reads four, and for each of a row's dozen members computes a keyed salt and a hash, so that any of them can be disclosed alone: "
            + "three hashes a member, which the platform starts anew each time.");
    }

    /// <summary>Time and memory of a million.</summary>
    public static async Task MillionAsync(BenchRun run, BenchDatabase database, string folder)
    {
        await using (database)
        {
            var evidence = await EvidenceCells.EvidenceAsync(database, folder);
            await Load.RunAsync(Clients, Million / BenchFacts.Steps, n => EvidenceCells.StartAsync(database, n));
            var sealing = await Load.TimeAsync(() => evidence.Sealer.SealWithHeadsAsync(run.Cancellation));
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var before = Environment.WorkingSet;
            using var peak = new PeakMemory();
            var audit = await Load.TimeAsync(() => AuditAsync(run, database, evidence.Folder));
            run.AddAlone($"Audit of {Million:N0} facts: memory resident at most", $"{peak.Bytes / 1048576.0:N0} MB", peak.Bytes / 1048576.0, new Target(500, IsFloor: false, "≤ 500 MB"),
                "The heads of the streams and a few thousand leaves are held at a time, in a process that has run all other cells.");
            run.Notes.Add($"{Million:N0} facts: sealed in {sealing / 1000:N0} s, audited in {audit / 1000:N0} s; {before / 1048576.0:N0} MB were resident before the audit began.");
        }
    }

    private static async Task AuditAsync(BenchRun run, BenchDatabase database, EvidenceFolder folder)
    {
        var report = await new LedgerAudit(database.Source, folder, TimeProvider.System).RunAsync(Options, null, run.Cancellation);
        if (report.ExitCode != 0) throw new InvalidOperationException($"the audit found {report.Worst}: {string.Join(", ", report.Counts)}");
    }

    private static async Task ReadAndHashAsync(BenchDatabase database)
    {
        await using var command = database.Source.CreateCommand(
            "select seq_id, id, stream_id, version, type, timestamp, user_name, headers::text, data::text from mt.mt_events order by seq_id");
        await using var reader = await command.ExecuteReaderAsync();
        var hash = new byte[SHA256.HashSizeInBytes];
        while (await reader.ReadAsync()) SHA256.HashData(Encoding.UTF8.GetBytes(reader.GetString(7) + reader.GetString(8)), hash);
    }

    // The most that was resident while it lived.
    private sealed class PeakMemory : IDisposable
    {
        private readonly Timer _timer;
        private long _bytes = Environment.WorkingSet;

        public PeakMemory() => _timer = new Timer(_ => Sample(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));

        public long Bytes
        {
            get
            {
                Sample();
                return Interlocked.Read(ref _bytes);
            }
        }

        public void Dispose() => _timer.Dispose();

        private void Sample() => Interlocked.Exchange(ref _bytes, Math.Max(Interlocked.Read(ref _bytes), Environment.WorkingSet));
    }
}
