using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Host.Import;
using Npgsql;
using Spectre.Console;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>
/// <c>import FILE</c> (facts.md §4): exit code 0 imported, 2 refused, 3 the file cannot be read, 130 interrupted (run it
/// again to go on). Refusals and progress go to standard error, the report as JSON to standard output.
/// </summary>
public static class ImportVerb
{
    private const int Imported = 0;
    private const int Refused = 2;
    private const int Unreadable = 3;
    private const int Interrupted = 130;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>Imports a file into a database.</summary>
    /// <param name="database">The ledger.</param>
    /// <param name="file">The file's path.</param>
    /// <param name="actor">Who imports it.</param>
    /// <param name="json">Whether the report goes to <paramref name="output"/> as JSON, as the HTTP answer has it.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="errors">Standard error.</param>
    /// <param name="clock">The ledger's clock.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public static async Task<int> RunAsync(
        NpgsqlDataSource database, string file, string actor, bool json, TextWriter output, TextWriter errors, TimeProvider clock, CancellationToken cancellation = default)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(errors) });
        try
        {
            var report = await new ImportProgressView(console, clock).RunAsync(
                progress => new FactImport(database, clock).RunAsync(file, actor, progress, cancellation));
            foreach (var refused in report.Refused)
                await errors.WriteLineAsync(Say($"第 {refused.Line} 行", $"line {refused.Line}") + $" {refused.Subject ?? "-"} {refused.Code} {refused.Message}");
            await output.WriteLineAsync(json ? JsonSerializer.Serialize(report, Json) : Summary(report));
            return report.Refused.Count == 0 ? Imported : Refused;
        }
        catch (ImportUnreadableException e)
        {
            await errors.WriteLineAsync(Say($"无法读取文件“{file}”：", $"The file {file} cannot be read: ") + e.Message);
            return Unreadable;
        }
        catch (ImportBusyException e)
        {
            await errors.WriteLineAsync($"{e.Refusal.Code} {e.Message}");
            return Refused;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await errors.WriteLineAsync(Say("导入已中断；再次运行即可继续", "Interrupted; run it again to go on"));
            return Interrupted;
        }
    }

    private static string Summary(ImportReport report) => report.Refused.Count == 0
        ? Say($"导入 {report.Imported} 条，重复 {report.Duplicates} 条", $"{report.Imported} imported, {report.Duplicates} duplicates")
        : Say($"拒绝 {report.Refused.Count} 行，未写入任何事实", $"{report.Refused.Count} lines refused, nothing imported");
}
