using System.Diagnostics;
using Ledger.Benchmarks.Cells;
using Ledger.Benchmarks.Micro;

namespace Ledger.Benchmarks.Running;

/// <summary>One run: every wanted cell on one cluster, within a bound of time. Absolute numbers are the machine's; the ratios are ours.</summary>
internal sealed class BenchRun(BenchOptions options, BenchCluster cluster, CancellationToken cancellation)
{
    private static readonly IReadOnlyList<(string Name, Func<BenchRun, Task> Measure)> Cells =
    [
        ("append", AppendCells.RunAsync),
        ("command", CommandCells.RunAsync),
        ("hot", HotStreamCell.RunAsync),
        ("import", ImportCell.RunAsync),
        ("aggregate", AggregateCell.RunAsync),
        ("rebuild", RebuildCell.RunAsync),
        ("ranking", RankingCells.RunAsync),
        ("reads", ReadCells.RunAsync),
        ("evidence", EvidenceCells.RunAsync),
        ("micro", MicroCells.RunAsync),
    ];

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private BenchCounty? _county;

    public BenchOptions Options => options;

    public BenchCluster Cluster => cluster;

    public CancellationToken Cancellation => cancellation;

    public List<Row> Rows { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Where a target is missed: by how much and why.</summary>
    public List<string> Missed { get; } = [];

    public List<MicroRow> Micro { get; } = [];

    public TimeSpan Elapsed => _elapsed.Elapsed;

    /// <summary>Runs what is wanted and reports it. 0 when all of it ran, 1 when something broke.</summary>
    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var cluster = await BenchCluster.StartAsync(cancellation);
        var machine = await Machine.DescribeAsync(cluster, options.Quick, cancellation);
        foreach (var line in machine) Console.WriteLine(line);
        var run = new BenchRun(options, cluster, cancellation);
        var broken = false;
        foreach (var (name, measure) in Cells.Where(c => options.Wants(c.Name)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (run.Elapsed > options.Budget)
            {
                run.Notes.Add($"`{name}` was not run: the time was over.");
                continue;
            }

            await Console.Error.WriteLineAsync($"[{run.Elapsed:mm\\:ss}] {name} …");
            try
            {
                await measure(run);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                broken = true;
                run.Notes.Add($"`{name}` broke: {e.Message}");
                await Console.Error.WriteLineAsync(e.ToString());
            }
        }

        if (run._county is { } county) await county.DisposeAsync();
        Report.Print(run);
        if (options.Document is { } document) await Report.WriteAsync(run, machine, document, cancellation);
        return broken ? 1 : 0;
    }

    /// <summary>The county that several cells read; imported when the first of them asks.</summary>
    public async Task<BenchCounty> CountyAsync() => _county ??= await BenchCounty.ImportAsync(this);

    /// <summary>Lets the reference and the candidate take turns, after one turn each that does not count.</summary>
    public async Task<Pair> TakeTurnsAsync(BenchDatabase database, Func<int, Task<double>> reference, Func<int, Task<double>> candidate)
    {
        await reference(-1);
        await candidate(-1);
        var (references, candidates) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < options.Repetitions && (turn == 0 || Elapsed < options.Budget); turn++)
        {
            cancellation.ThrowIfCancellationRequested();
            // A checkpoint that falls into one of the two would be charged to it.
            await database.ExecuteAsync("checkpoint");
            references.Add(await reference(turn));
            candidates.Add(await candidate(turn));
        }

        return new Pair(new Samples(references), new Samples(candidates));
    }

    /// <summary>Adds a line of rates: the ratio decides.</summary>
    public void AddRates(string cell, string unit, Pair pair, Target? target, string why) =>
        Add(cell, $"{pair.Candidate.Median:N0} {unit}", $"{pair.Reference.Median:N0} {unit}", pair, target, pair.Ratio, why);

    /// <summary>Adds a line of latencies; the ratio decides unless another number does.</summary>
    public void AddTimes(string cell, Pair pair, Target? target, string why, double? decides = null, string? ours = null) =>
        Add(cell, ours ?? $"{Time(pair.Candidate.Median)}", Time(pair.Reference.Median), pair, target, decides ?? pair.Ratio, why);

    /// <summary>Adds a line of times that stand for themselves: the worst one decides.</summary>
    public void AddWorst(string cell, IReadOnlyList<double> milliseconds, Target target, string why) => AddAlone(cell, Time(milliseconds.Max()), milliseconds.Max(), target, why);

    /// <summary>Adds a line of a number that stands for itself.</summary>
    public void AddAlone(string cell, string ours, double decides, Target target, string why)
    {
        var met = target.IsMet(decides) ? "yes" : "no";
        Rows.Add(new Row(cell, ours, "–", "–", target.Text, met));
        if (met == "no") Missed.Add($"**{cell}**: {target.Missed(decides)}. {why}");
    }

    public static string Time(double milliseconds) => milliseconds < 10 ? $"{milliseconds:0.00} ms" : $"{milliseconds:N0} ms";

    private void Add(string cell, string ours, string limit, Pair pair, Target? target, double decides, string why)
    {
        var met = pair.IsVoid ? "void" : target is null ? "" : target.IsMet(decides) ? "yes" : "no";
        Rows.Add(new Row(cell, ours, $"{limit} (×{pair.Reference.Spread:0.00})", pair.IsVoid ? $"({pair.Ratio:0.00})" : $"{pair.Ratio:0.00}", target?.Text ?? "–", met));
        if (pair.Reference.Values.Count < options.Repetitions) Notes.Add($"{cell}: only {pair.Reference.Values.Count} repetitions, the time was over.");
        if (met == "no") Missed.Add($"**{cell}**: {target!.Missed(decides)}. {why}");
    }
}
