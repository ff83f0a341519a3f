using System.Diagnostics;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Replay;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Projections;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Replay;

/// <summary>The verbs <c>replay</c> and <c>diff</c>, in a process of their own: what an auditor types and reads.</summary>
public sealed class ReplayVerbTests : IAsyncLifetime
{
    private ReadSide _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await ReadSide.CreateAsync();
        await _ledger.RecordAsync(Units);
        var (docketed, judged, corrected) = (new FactId("/told", "1"), new FactId("/told", "2"), new FactId("/told", "3"));
        await _ledger.RecordAsync(
        [
            new Told(LawsuitA, docketed, Docketed("wuquan")),
            new Told(LawsuitA, judged, Judgment(("wuquan", Outcome.RevokeAll))),
            new Told(LawsuitA, corrected, Corrected(judged, ("dispositions", """[{"unit":"wuquan","outcome":"DismissClaims"}]"""))),
        ]);
    }

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task A_position_is_written_with_an_at_sign_and_the_json_is_that_of_the_answer()
    {
        var end = (await _ledger.Positions.AdvanceAsync(TestContext.Current.CancellationToken)).Position;
        var moments = new MomentsAsked($"@{end - 2}", $"@{end}", "2023-12-31");
        var (code, output, _) = await RunAsync("diff", "unit/wuquan", "--from", moments.From!, "--to", moments.To!, "--as-of", moments.AsOf!, "--json");
        code.ShouldBe(0);
        var answer = await _ledger.Get<ReplayAnswers>().DiffAsync(Subject("unit/wuquan"), moments, TestContext.Current.CancellationToken);
        JsonNode.DeepEquals(JsonNode.Parse(output), new ReplayJson(unmasked: true).Of(Subject("unit/wuquan"), await answer.Value!.TellAsync(true))).ShouldBeTrue(output);
    }

    [Fact]
    public async Task It_speaks_chinese_and_names_units_numbers_and_what_was_corrected()
    {
        var (_, replay, _) = await RunAsync("replay", "unit/wuquan", "--states");
        foreach (var word in (string[])["裁判作出", "败诉", "指标 2023Q2 败诉率", "1/1", "0/1", "单位 舞泉镇", "针对", "撤销", "驳回诉讼请求", "4/4"]) replay.ShouldContain(word);
        var end = (await _ledger.Positions.AdvanceAsync(TestContext.Current.CancellationToken)).Position;
        var (_, diff, _) = await RunAsync("diff", "ranking/2023Q2", "--from", $"@{end - 2}");
        foreach (var word in (string[])["— → 1", "— → 0/1", "全县", "其余 5 个单位不变", "舞泉镇：败诉率 1/1 → 0/1", "口径 P-A"]) diff.ShouldContain(word);
        var (_, days, _) = await RunAsync("diff", "lawsuit/a", "--from", "2023-05-19", "--to", "asOf:2023-05-20", "--lang", "en");
        foreach (var word in (string[])["JudgmentRendered", "2023-05-19 → 2023-05-20", "Facts between"]) days.ShouldContain(word);
    }

    [Theory]
    [InlineData("from", "diff", "lawsuit/a")]
    [InlineData("to", "diff", "lawsuit/a", "--from", "@1", "--to", "2023-01-01")]
    [InlineData("list", "diff", "lawsuit/a", "--from", "@1", "--list", "All")]
    [InlineData("policy", "diff", "unit/wuquan", "--from", "@1", "--policy", "P-B")]
    [InlineData("position", "diff", "ranking/2023", "--from", "@1", "--position", "2")]
    [InlineData("period", "diff", "ranking/2023Q7", "--from", "@1")]
    [InlineData("SUBJECT", "diff", "nothing/1", "--from", "@1")]
    [InlineData("--step", "replay", "lawsuit/a", "--step")] // this is no terminal
    [InlineData("from", "replay", "lawsuit/a", "--from", "first")]
    public async Task What_cannot_be_asked_is_refused_with_its_code(string parameter, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        (code, output).ShouldBe((2, ""));
        errors.ShouldStartWith(Codes.QueryInvalid);
        errors.ShouldContain(parameter);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ledger.Host.dll"), .. arguments])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__ledger"] = _ledger.ConnectionString;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
