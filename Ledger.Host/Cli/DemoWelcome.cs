using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>What the demo prints when it is ready: where it is, who you can be, and three things to try.</summary>
internal static class DemoWelcome
{
    public static async Task WriteAsync(WebApplication app, string url, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(app);
        var text = $"""

            {Say("演示已就绪", "The demo is ready")}：{url}
            {Synthetic}

            {Say("试试（另开一个终端）", "Try, in another terminal")}：
              ./ledger ranking 2023
              ./ledger scorecard macun 2023
              ./ledger replay lawsuit/2023-0002

            {Say("按 Ctrl+C 停止；数据保留在 .ledger 中", "Ctrl+C stops it; the data stays in .ledger")}
            """;
        await Console.Out.WriteLineAsync(text.AsMemory(), cancellation);
    }
}
