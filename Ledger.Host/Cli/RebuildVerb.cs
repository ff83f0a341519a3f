using System.CommandLine;
using System.Globalization;
using Ledger.Host.Postgres;
using Ledger.Host.Rebuild;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>The verb <c>rebuild</c>: the read models anew from the facts, with proof that they are what they were.</summary>
public static class RebuildVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("rebuild", Say("由事实重建全部投影，并核对前后是否逐字节一致", "build the read models anew from the facts and compare them byte for byte"));
        command.SetAction(async (_, cancellation) =>
        {
            await using var connection = await LedgerConnection.ResolveAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
            var logins = await connection.StartAsync(cancellation);
            await using var app = LedgerHost.BuildWithoutServer(logins.Writer, builder => builder.Logging.ClearProviders());
            var rebuild = ActivatorUtilities.CreateInstance<ReadModelRebuild>(app.Services);
            var (report, refused) = Console.IsErrorRedirected
                ? await rebuild.RunAsync(new Lines(), cancellation)
                : await WithBarAsync(rebuild, cancellation);
            if (report is null)
            {
                await Console.Error.WriteLineAsync(refused);
                return 2;
            }

            await Console.Out.WriteAsync(Text(report));
            return report.Before.Position != report.After.Position || report.Before.SameDocuments(report.After) ? 0 : 1;
        });
        return command;
    }

    /// <summary>The report as printed.</summary>
    public static string Text(RebuildReport report)
    {
        var text = new System.Text.StringBuilder();
        foreach (var (table, after) in report.After.Documents)
        {
            var before = report.Before.Documents[table];
            text.AppendLine(CultureInfo.InvariantCulture, $"{table}  {after.Count}  sha256 {after.Sha256}{(before == after ? "" : Say($"  此前 {before.Count} {before.Sha256}", $"  before: {before.Count} {before.Sha256}"))}");
        }

        text.AppendLine(Say($"账本位置 {report.After.Position}，用时 {report.Elapsed.TotalSeconds:F1} 秒", $"Ledger position {report.After.Position}, {report.Elapsed.TotalSeconds:F1} s"));
        text.AppendLine(
            report.Before.Position != report.After.Position
                ? Say($"重建前投影停在 {report.Before.Position}，前后不可比较", $"The read models stood at {report.Before.Position} before, so there is nothing to compare")
            : report.Before.SameDocuments(report.After)
                ? Say("与重建前逐字节一致", "Byte for byte what it was before")
                : Say("与重建前不一致：请保留本输出并报告", "NOT what it was before: keep this output and report it"));
        return text.ToString();
    }

    private static Task<(RebuildReport? Report, string? Refused)> WithBarAsync(ReadModelRebuild rebuild, CancellationToken cancellation) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Say("重建投影", "Rebuilding"), autoStart: false);
                return await rebuild.RunAsync(new Bar(task), cancellation);
            });

    private static double Rate(RebuildProgress progress) =>
        progress.Elapsed > TimeSpan.Zero ? progress.Position / progress.Elapsed.TotalSeconds : 0;

    private sealed class Bar(ProgressTask task) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value)
        {
            if (!task.IsStarted) task.StartTask();
            task.MaxValue = Math.Max(1, value.Target);
            task.Value = value.Position;
            task.Description = Say("重建投影", "Rebuilding") + $" {Rate(value):F0}/s";
        }
    }

    /// <summary>A line at each tenth of the way, for a file or a journal.</summary>
    private sealed class Lines : IProgress<RebuildProgress>
    {
        private long _tenth = -1;

        public void Report(RebuildProgress value)
        {
            var tenth = value.Target == 0 ? 10 : value.Position * 10 / value.Target;
            if (tenth == _tenth) return;
            _tenth = tenth;
            var rate = Rate(value);
            var left = rate > 0 ? TimeSpan.FromSeconds((value.Target - value.Position) / rate).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : "-";
            Console.Error.WriteLine(Say(
                $"重建投影 {tenth * 10}%（{value.Position}/{value.Target}），{rate:F0} 条/秒，还需 {left}",
                $"Rebuilding {tenth * 10}% ({value.Position}/{value.Target}), {rate:F0}/s, {left} left"));
        }
    }
}
