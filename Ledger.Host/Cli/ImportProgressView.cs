using System.Globalization;
using Ledger.Host.Import;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>
/// Shows how far an import is: a bar with rate and remaining time on a terminal, a plain line every few seconds where the
/// output goes to a file or a log.
/// </summary>
public sealed class ImportProgressView(IAnsiConsole console, TimeProvider clock)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    /// <summary>Runs the work and shows its progress.</summary>
    public async Task<T> RunAsync<T>(Func<IProgress<ImportProgress>, Task<T>> work)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi) return await work(new Lines(console, clock));
        return await console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    /// <summary>The progress in words, for example <c>核对 120,000 / 1,000,000 条，48,200 条/秒，还需 18 秒</c>.</summary>
    public static string Text(ImportProgress progress)
    {
        var (name, unit, scale) = progress.Phase switch
        {
            ImportPhase.Staging => (Say("读取", "Reading"), "MB", 1_000_000.0),
            ImportPhase.Checking => (Say("核对", "Checking"), Say("条", "facts"), 1.0),
            _ => (Say("写入", "Appending"), Say("条", "facts"), 1.0),
        };
        var total = progress.Total is { } all ? " / " + Number(all / scale) : "";
        var rate = progress.Rate > 0 ? Say($"，{Number(progress.Rate / scale)} {unit}/秒", $", {Number(progress.Rate / scale)} {unit}/s") : "";
        var remaining = progress.Remaining is { TotalSeconds: >= 1 } left ? Say($"，还需 {Duration(left)}", $", {Duration(left)} left") : "";
        return $"{name} {Number(progress.Done / scale)}{total} {unit}{rate}{remaining}";
    }

    private static string Number(double value) => value.ToString(value < 100 && value != Math.Floor(value) ? "N1" : "N0", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => Say($"{time.Seconds} 秒", $"{time.Seconds} s"),
        { TotalHours: < 1 } => Say($"{time.Minutes} 分 {time.Seconds} 秒", $"{time.Minutes} min {time.Seconds} s"),
        _ => Say($"{(int)time.TotalHours} 小时 {time.Minutes} 分", $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    private sealed class Bars(ProgressContext context) : IProgress<ImportProgress>
    {
        private readonly Lock _turn = new();
        private readonly Dictionary<ImportPhase, ProgressTask> _tasks = [];

        public void Report(ImportProgress value)
        {
            lock (_turn)
            {
                if (!_tasks.TryGetValue(value.Phase, out var task))
                {
                    foreach (var earlier in _tasks.Values) earlier.StopTask();
                    _tasks[value.Phase] = task = context.AddTask("");
                }

                task.Description = Markup.Escape(Text(value));
                task.IsIndeterminate = value.Total is null;
                task.MaxValue = Math.Max(1, value.Total ?? value.Done);
                task.Value = value.Total == 0 ? 1 : value.Done;
            }
        }
    }

    private sealed class Lines(IAnsiConsole console, TimeProvider clock) : IProgress<ImportProgress>
    {
        private readonly Lock _turn = new();
        private ImportPhase? _phase;
        private long _written;

        public void Report(ImportProgress value)
        {
            lock (_turn)
            {
                var ends = value.Done == value.Total;
                if (!ends && _phase == value.Phase && clock.GetElapsedTime(_written) < BetweenLines) return;
                (_phase, _written) = (value.Phase, clock.GetTimestamp());
                console.WriteLine(Text(value));
            }
        }
    }
}
