using System.Diagnostics;

namespace Ledger.Benchmarks.Running;

/// <summary>What some clients did in a while.</summary>
/// <param name="Rate">Operations a second.</param>
/// <param name="Latencies">Of each operation, in milliseconds.</param>
internal sealed record Load(double Rate, IReadOnlyList<double> Latencies)
{
    private const int Fewest = 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>Each client does one operation after the other until the time is over; the operations begun then are finished and counted.</summary>
    public static async Task<Load> RunAsync(int clients, TimeSpan window, Func<int, Task> operation)
    {
        var started = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var latencies = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < window) latencies.Add(await TimeAsync(() => operation(client)));
            return latencies;
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var latencies = all.SelectMany(l => l).ToList();
        return new Load(latencies.Count / elapsed.TotalSeconds, latencies);
    }

    /// <summary>The clients share a number of operations.</summary>
    public static async Task<double> RunAsync(int clients, int operations, Func<int, Task> operation)
    {
        var next = -1;
        var elapsed = await TimeAsync(() => Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            for (int n; (n = Interlocked.Increment(ref next)) < operations;) await operation(n);
        }))));
        return operations / elapsed * 1000;
    }

    /// <summary>The latencies of operations one after the other; of slow ones as many as fit into the time, but some.</summary>
    public static async Task<IReadOnlyList<double>> InTurnAsync(int operations, Func<int, Task> operation)
    {
        var (latencies, started) = (new List<double>(operations), Stopwatch.GetTimestamp());
        for (var n = 0; n < operations && (n < Fewest || Stopwatch.GetElapsedTime(started) < Longest); n++)
            latencies.Add(await TimeAsync(() => operation(n)));
        return latencies;
    }

    /// <summary>How long it takes, in milliseconds.</summary>
    public static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
