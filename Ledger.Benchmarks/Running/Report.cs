using System.Text;
using Spectre.Console;

namespace Ledger.Benchmarks.Running;

/// <summary>Prints the run and puts it into the document, between two marks; the text around them is people's.</summary>
internal static class Report
{
    private const string Begin = "<!-- bench:begin -->";
    private const string End = "<!-- bench:end -->";

    private static readonly string[] Heads = ["What", "Ours", "Limit (its spread)", "Ratio", "First target", "Met"];

    public static void Print(BenchRun run)
    {
        var table = new Table();
        foreach (var head in Heads) table.AddColumn(head);
        foreach (var row in run.Rows)
            table.AddRow(Cells(row).Select(Markup.Escape).ToArray());
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected) console.Profile.Width = 180;
        console.Write(table);
        if (run.Micro.Count > 0)
        {
            var micro = new Table();
            foreach (var head in (string[])["In memory", "Mean", "Allocated"]) micro.AddColumn(head);
            foreach (var row in run.Micro) micro.AddRow(Markup.Escape(row.What), row.Mean, row.Allocated);
            console.Write(micro);
        }

        foreach (var note in run.Missed.Concat(run.Notes)) console.WriteLine("- " + note);
        console.WriteLine($"{run.Elapsed:mm\\:ss} altogether");
    }

    public static async Task WriteAsync(BenchRun run, IReadOnlyList<string> machine, string document, CancellationToken cancellation)
    {
        var text = File.Exists(document) ? await File.ReadAllTextAsync(document, cancellation) : $"# Performance\n\n{Begin}\n{End}\n";
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin) throw new InvalidOperationException($"{document} lacks the marks {Begin} and {End}.");
        if (Path.GetDirectoryName(Path.GetFullPath(document)) is { } folder) Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(document, text[..(begin + Begin.Length)] + "\n" + Markdown(run, machine) + text[end..], cancellation);
    }

    private static string Markdown(BenchRun run, IReadOnlyList<string> machine)
    {
        var text = new StringBuilder();
        var kind = run.Options.Quick ? "A quick run: small and short, not for the record." : "A full run.";
        Line($"\n{kind} {run.Options.Repetitions} repetitions, {run.Elapsed:mm\\:ss} altogether.\n");
        foreach (var line in machine) Line($"- {line}");
        Line("");
        Line("| " + string.Join(" | ", Heads) + " |");
        Line("|---|---:|---:|---:|---|---|");
        foreach (var row in run.Rows) Line("| " + string.Join(" | ", Cells(row)) + " |");
        if (run.Micro.Count > 0)
        {
            Line("\n| In memory | Mean | Allocated |\n|---|---:|---:|");
            foreach (var row in run.Micro) Line($"| {row.What} | {row.Mean} | {row.Allocated} |");
        }

        if (run.Missed.Count > 0) Line("\n### Missed\n");
        foreach (var missed in run.Missed) Line("- " + missed);
        Line("\n### Notes of the run\n");
        foreach (var note in run.Notes) Line("- " + note);
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string[] Cells(Row row) => [row.Cell, row.Ours, row.Limit, row.Ratio, row.Target, row.Met];
}
