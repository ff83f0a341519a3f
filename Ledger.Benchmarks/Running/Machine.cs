using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Ledger.Host.Postgres;

namespace Ledger.Benchmarks.Running;

/// <summary>What the numbers were measured on; without it they say nothing.</summary>
internal static partial class Machine
{
    public static async Task<IReadOnlyList<string>> DescribeAsync(BenchCluster cluster, bool quick, CancellationToken cancellation)
    {
        await using var database = await cluster.CreateAsync();
        var settings = await database.ScalarAsync<string>(
            "select string_agg(name || ' = ' || setting || coalesce(' × ' || nullif(unit, ''), ''), ', ' order by name) from pg_settings where name in ('fsync', 'synchronous_commit', 'shared_buffers')");
        return
        [
            $"CPU: {First("/proc/cpuinfo", "model name")}, {Environment.ProcessorCount} cores, shared by client and server",
            $"Memory: {Memory()}",
            $"Disk: fdatasync {await SyncAsync(cluster.Folder, quick, cancellation)}",
            $"PostgreSQL {await database.ScalarAsync<string>("show server_version")}: {settings}; the rest default, loopback TCP",
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, server GC: {System.Runtime.GCSettings.IsServerGC}",
            $"Load average when it began: {First("/proc/loadavg", "")}",
        ];
    }

    private static string Memory() => First("/proc/meminfo", "MemTotal") is var total && long.TryParse(total.Split(' ')[0], CultureInfo.InvariantCulture, out var kilobytes)
        ? $"{kilobytes / 1024.0 / 1024.0:0} GB"
        : $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024.0 / 1024.0 / 1024.0:0} GB";

    private static string First(string file, string name)
    {
        if (!File.Exists(file)) return "unknown";
        var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) ?? "unknown";
        return name.Length == 0 ? line : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static async Task<string> SyncAsync(string folder, bool quick, CancellationToken cancellation) =>
        (quick ? null : await WithPostgresToolAsync(folder, cancellation)) ?? WithOwnLoop(folder);

    private static async Task<string?> WithPostgresToolAsync(string folder, CancellationToken cancellation)
    {
        if (await PostgresBinaries.FindAsync(null, cancellation) is not { } binaries) return null;
        var tool = Path.Combine(binaries.Folder, "pg_test_fsync");
        if (!File.Exists(tool)) return null;
        var file = Path.Combine(folder, "ledger-bench-sync");
        try
        {
            var start = new System.Diagnostics.ProcessStartInfo(tool, ["-s", "1", "-f", file]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            using var process = System.Diagnostics.Process.Start(start)!;
            // It has sections of other block sizes after the one that we want.
            for (var line = await process.StandardOutput.ReadLineAsync(cancellation); line is not null; line = await process.StandardOutput.ReadLineAsync(cancellation))
                if (Latency().Match(line) is { Success: true } match)
                {
                    process.Kill();
                    await process.WaitForExitAsync(cancellation);
                    return $"{match.Groups[1].Value} µs (pg_test_fsync)";
                }

            return null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string WithOwnLoop(string folder)
    {
        var file = Path.Combine(folder, "ledger-bench-sync");
        try
        {
            using var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.None, 1 << 20);
            var (block, samples) = (new byte[8192], new List<double>());
            for (var n = 0; n < 200; n++)
            {
                RandomAccess.Write(handle, block, n % 16 * block.Length);
                var started = System.Diagnostics.Stopwatch.GetTimestamp();
                RandomAccess.FlushToDisk(handle);
                samples.Add(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }

            return $"{Samples.Percentile(samples, 50):0} µs (fsync of 8 kB, own loop)";
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"^\s+fdatasync\s.*ops/sec\s+([0-9]+) usecs/op")]
    private static partial Regex Latency();
}
