using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Ledger.Verifier.Reports;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.BundledLedger;

namespace Ledger.Tests.Evidence;

/// <summary>A bundle that the ledger makes is good to a verifier that shares no code with it, and says who took it.</summary>
public sealed class BundleTests : IAsyncLifetime
{
    private SealedLedger _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await SealedLedger.CreateAsync();
        var unit = (string key, string name) => _ledger.Ledger.RecordAsync("unit/" + key, new UnitRegistered(name, UnitKind.Township, new DateOnly(2020, 1, 1)));
        (await unit("wuquan", "舞泉镇")).Refusal.ShouldBeNull();
        (await unit("macun", "马村乡")).Refusal.ShouldBeNull();
        await _ledger.TellAsync("lawsuit/a", Samples.Docketed("wuquan") with { Plaintiffs = ["张三"] });
        await _ledger.TellAsync("lawsuit/b", Samples.Docketed("macun") with { CaseNo = "（2023）豫1121行初88号" });
    }

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData("a", true)]
    public async Task A_bundle_is_good(string? lawsuit, bool full)
    {
        var (zip, made) = await _ledger.ExportAsync(Request("wuquan", lawsuit, full));
        var report = await _ledger.VerifyAsync(zip);
        report.Findings().ShouldBeEmpty();
        report.Verdict.ShouldBe(Outcome.Good);
        made.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(zip)));
        Text(zip, "data/facts.jsonl").Contains("张三", StringComparison.Ordinal).ShouldBe(full);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bundle_that_tells_of_an_earlier_one_is_good(bool full)
    {
        var (_, first) = await _ledger.ExportAsync(Request("wuquan", null, full));
        var (zip, _) = await _ledger.ExportAsync(Request("wuquan", null, full));
        Text(zip, "data/facts.jsonl").ShouldContain(first.Sha256);
        var report = await _ledger.VerifyAsync(zip);
        report.Findings().ShouldBeEmpty();
        report.Verdict.ShouldBe(Outcome.Good);
    }

    [Fact]
    public async Task A_bundle_holds_no_other_units_lawsuits()
    {
        var (zip, _) = await _ledger.ExportAsync(Request("wuquan", null, full: false));
        JsonNode.Parse(Text(zip, "data/bundle.json"))!["streams"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldContain("lawsuit/a");
        Text(zip, "data/facts.jsonl").ShouldNotContain("lawsuit/b");
    }

    [Fact]
    public async Task Consistency_is_proved_with_what_the_recipient_holds()
    {
        var held = (await _ledger.Sealer.SealAsync()).Size;
        var (note, _) = (await _ledger.ScalarAsync<string>("select note from ledger.checkpoint order by tree_size desc limit 1"), held);
        await _ledger.RecordAsync();
        var (zip, _) = await _ledger.ExportAsync(Request("wuquan", null, full: true) with { Since = [held] });
        var report = await _ledger.VerifyAsync(zip, i => i with { Checkpoint = System.Text.Encoding.UTF8.GetBytes(note) });
        report.Verdict.ShouldBe(Outcome.Good);
        var (without, _) = await _ledger.ExportAsync(Request("wuquan", null, full: true));
        (await _ledger.VerifyAsync(without, i => i with { Checkpoint = System.Text.Encoding.UTF8.GetBytes(note) })).Verdict.ShouldBe(Outcome.Incomplete);
    }

    [Theory]
    [InlineData("nobody", null, Codes.UnitNotFound)]
    [InlineData("wuquan", "nothing", Codes.LawsuitNotFound)]
    [InlineData("wuquan", "b", Codes.EvidenceNotOfUnit)]
    public async Task What_does_not_exist_is_not_bundled(string unit, string? lawsuit, string code)
    {
        using var to = new MemoryStream();
        var (made, refusal) = await _ledger.NewExport().RunAsync(Request(unit, lawsuit, full: false), to, null);
        made.ShouldBeNull();
        refusal!.Code.ShouldBe(code);
        to.Length.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_bundled_while_the_sealer_refuses_to_sign()
    {
        await _ledger.Sealer.SealAsync();
        var journal = await _ledger.JournalAsync();
        File.Move(journal.Path, journal.Path + ".kept");
        using var to = new MemoryStream();
        var (made, refusal) = await _ledger.NewExport(_ledger.NewSealer()).RunAsync(Request("wuquan", null, full: false), to, null);
        made.ShouldBeNull();
        refusal!.Code.ShouldBe(Codes.EvidenceStopped);
        File.Move(journal.Path + ".kept", journal.Path);
    }
}
