using System.CommandLine;
using Ledger.Host.Demo;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary><c>generate</c>: writes a synthetic county as an import file.</summary>
public static class GenerateVerb
{
    private static readonly Option<int?> Lawsuits = new("--lawsuits") { Description = Say("案件数", "number of lawsuits") };
    private static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => new DemoOptions().Seed, Description = Say("随机种子", "seed") };
    private static readonly Option<string> To = new("--to") { Required = true, Description = Say("写入的文件", "file to write") };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("generate", Say("生成合成数据的导入文件", "write a synthetic county as an import file")) { Lawsuits, Seed, To };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var file = File.Create(parsed.GetValue(To)!);
            var summary = await DemoFile.WriteAsync(file, new DemoOptions { Lawsuits = parsed.GetValue(Lawsuits), Seed = parsed.GetValue(Seed) }, cancellation);
            await Console.Out.WriteLineAsync(summary.ToString().AsMemory(), cancellation);
            return 0;
        });
        return command;
    }
}
