using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Micro;

/// <summary>A line of the table of what happens in memory.</summary>
internal sealed record MicroRow(string What, string Mean, string Allocated);

/// <summary>Runs the small benchmarks in this process: building another one per benchmark would cost more than they do.</summary>
internal static class MicroCells
{
    public static Task RunAsync(BenchRun run)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-bench-");
        try
        {
            var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithLaunchCount(1)
                .WithWarmupCount(run.Options.Quick ? 2 : 5).WithIterationCount(run.Options.Repetitions).WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(run.Options.Quick ? 100 : 300));
            var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).WithArtifactsPath(folder.FullName)
                .WithOptions(ConfigOptions.DisableLogFile);
            foreach (var report in BenchmarkRunner.Run<FactBenchmarks>(config).Reports)
                if (report.ResultStatistics is { } result)
                    run.Micro.Add(new MicroRow(
                        report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                        Nanoseconds(result.Median),
                        $"{report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) / 1024.0:0.0} kB"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    private static string Nanoseconds(double value) => value switch
    {
        < 1_000 => value.ToString("0 'ns'", CultureInfo.InvariantCulture),
        < 1_000_000 => (value / 1_000).ToString("0.0 'µs'", CultureInfo.InvariantCulture),
        _ => (value / 1_000_000).ToString("0.00 'ms'", CultureInfo.InvariantCulture),
    };
}
