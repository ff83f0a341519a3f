using System.Text.Json;
using Ledger.Host.Cli;
using Ledger.Host.Import;
using Shouldly;
using Xunit;
using static Ledger.Tests.Import.FactLines;

namespace Ledger.Tests.Import;

/// <summary>What the command line says of an import.</summary>
public sealed class ImportVerbTests
{
    [Fact]
    public async Task Exit_codes_and_streams_are_those_of_the_contract()
    {
        await using var database = await ImportDatabase.CreateAsync();
        var (code, output, errors) = await RunAsync(database, [Unit("a"), Docketed("1", Number(1), "1"), Unit("a")]);
        code.ShouldBe(0);
        output.ShouldBe("{\"imported\":2,\"duplicates\":1,\"refused\":[]}\n");
        errors.ShouldContain("写入 2 / 2 条");

        (code, output, errors) = await RunAsync(database, [Judged("2", Number(1), "2"), "{"]);
        code.ShouldBe(2);
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("imported").GetInt64().ShouldBe(0);
        report.GetProperty("refused").GetArrayLength().ShouldBe(2);
        var first = report.GetProperty("refused")[0];
        first.GetProperty("line").GetInt32().ShouldBe(1);
        first.GetProperty("subject").GetString().ShouldBe("lawsuit/2");
        first.GetProperty("code").GetString().ShouldBe("lawsuit.not-found");
        first.GetProperty("message").GetString().ShouldBe("案件“2”尚未立案 / the lawsuit '2' has not been docketed");
        report.GetProperty("refused")[1].GetProperty("subject").ValueKind.ShouldBe(JsonValueKind.Null);
        errors.ShouldContain("第 1 行 lawsuit/2 lawsuit.not-found 案件“2”尚未立案");

        (code, output, errors) = await RunAsync(database, null);
        (code, output).ShouldBe((3, ""));
        errors.ShouldContain("无法读取文件");
    }

    [Fact]
    public void Progress_is_told_in_words()
    {
        ImportProgressView.Text(new ImportProgress(ImportPhase.Checking, 120_000, 1_000_000, 48_200, TimeSpan.FromSeconds(18)))
            .ShouldBe("核对 120,000 / 1,000,000 条，48,200 条/秒，还需 18 秒");
        ImportProgressView.Text(new ImportProgress(ImportPhase.Staging, 12_500_000, null, 0, null)).ShouldBe("读取 12.5 MB");
        ImportProgressView.Text(new ImportProgress(ImportPhase.Appending, 5, 5, 20, TimeSpan.Zero)).ShouldBe("写入 5 / 5 条，20 条/秒");
        ImportProgressView.Text(new ImportProgress(ImportPhase.Appending, 5, 10, 0.5, TimeSpan.FromMinutes(61))).ShouldEndWith("还需 1 小时 1 分");
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(ImportDatabase database, string[]? lines)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ledger-verb-{Environment.ProcessId}.jsonl");
        try
        {
            if (lines is not null) await File.WriteAllLinesAsync(path, lines);
            await using StringWriter output = new() { NewLine = "\n" }, errors = new() { NewLine = "\n" };
            var code = await ImportVerb.RunAsync(database.Source, path, "importer", json: true, output, errors, TimeProvider.System);
            return (code, output.ToString(), errors.ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
