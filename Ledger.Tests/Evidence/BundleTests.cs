using System.IO.Compression;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Ledger.Host.Evidence;
using Ledger.Tests.Infrastructure;
using Ledger.Verifier.Reports;
using Npgsql;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.BundledLedger;
using Judged = Ledger.Domain.Lawsuits.Outcome;

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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_bag_is_what_its_manifests_say_to_other_peoples_tools(bool full)
    {
        var (zip, _) = await _ledger.ExportAsync(Request("wuquan", null, full));
        using var folder = new TestFolder();
        ZipFile.ExtractToDirectory(new MemoryStream(zip), folder.Path);
        foreach (var manifest in (string[])["manifest-sha256.txt", "tagmanifest-sha256.txt"])
            await Tool.OutputAsync("sha256sum", "coreutils", folder.Path, ["-c", "--strict", "--quiet", manifest]);
        var there = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder.Path, f)).ToList();
        var (payload, tags) = (await NamedAsync("manifest-sha256.txt"), await NamedAsync("tagmanifest-sha256.txt"));
        payload.Order(StringComparer.Ordinal).ShouldBe(there.Where(f => f.StartsWith("data/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        tags.Append("tagmanifest-sha256.txt").Order(StringComparer.Ordinal).ShouldBe(there.Where(f => !f.StartsWith("data/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        await File.AppendAllTextAsync(folder.File("data/facts.jsonl"), "\n");
        (await Tool.RunAsync("sha256sum", "coreutils", folder.Path, ["-c", "--strict", "--quiet", "manifest-sha256.txt"])).Exit.ShouldNotBe(0);

        async Task<string[]> NamedAsync(string manifest) => [.. (await File.ReadAllLinesAsync(folder.File(manifest))).Select(line => line[66..])];
    }

    [Fact]
    public async Task Whoever_trusts_the_old_key_follows_a_bundle_to_the_new_one()
    {
        await _ledger.Sealer.SealAsync();
        var old = await _ledger.ScalarAsync<string>("select key from ledger.head");
        await using var owner = NpgsqlDataSource.Create(_ledger.Ledger.AdministratorConnectionString);
        var (key, _) = await new KeyRotation(owner, _ledger.Sealer, _ledger.Keys).RunAsync("每年更换", "tests");
        await _ledger.RecordAsync();
        var (zip, _) = await _ledger.ExportAsync(Request("wuquan"));
        Text(zip, "data/keys.jsonl").ShouldContain(key.ToString());
        foreach (var trusted in (string[])[old, key.ToString()])
        {
            var report = await _ledger.VerifyAsync(zip, i => i with { Trust = System.Text.Encoding.UTF8.GetBytes(trusted) });
            report.Findings().ShouldBeEmpty();
            report.Verdict.ShouldBe(Outcome.Good);
        }

        (await _ledger.VerifyAsync(zip, i => i with { Trust = System.Text.Encoding.UTF8.GetBytes(NoteSamples.Log().Key.ToString()) })).Verdict.ShouldBe(Outcome.Untrusted);
    }

    [Fact]
    public async Task A_beforefact_is_in_the_bundle_whatever_became_of_its_row()
    {
        _ledger.Ledger.Audit.Skip("rows are changed and deleted as a superuser");
        await _ledger.TellAsync("lawsuit/a", Samples.Judgment(("wuquan", Judged.RevokeAll)));
        var (whole, _) = await _ledger.ExportAsync(Request("wuquan"));
        var before = Lines(whole);
        // One is deleted; another is given to a stream of the unit to which it never belonged.
        await _ledger.RunAsync(Unguarded + "delete from mt.mt_events where stream_id = 'lawsuit/a' and version = 2; update mt.mt_events set stream_id = 'lawsuit/a', version = 2 where stream_id = 'lawsuit/b'");
        var (zip, _) = await _ledger.ExportAsync(Request("wuquan"));
        Lines(zip).ShouldBe(before);
        var report = await _ledger.VerifyAsync(zip);
        report.Verdict.ShouldNotBe(Outcome.Incomplete);

        // What was sealed is gone as well: then there is no bundle, and the fact is named.
        await _ledger.RunAsync(Unguarded + "delete from ledger.leaf_payload where seq_id in (select l.seq_id from ledger.leaf l where convert_from(l.entry, 'UTF8')::jsonb ->> 'type' = 'JudgmentRendered')");
        using var to = new MemoryStream();
        var (made, refusal) = await _ledger.NewExport().RunAsync(Request("wuquan"), to, null);
        made.ShouldBeNull();
        refusal!.Code.ShouldBe(Codes.EvidenceFactMissing);
        refusal.English.ShouldContain("lawsuit/a #2");
        to.Length.ShouldBe(0);

        static string[] Lines(byte[] zip) => [.. Text(zip, "data/facts.jsonl").Split('\n').Where(l => l.Contains("lawsuit/", StringComparison.Ordinal))];
    }

    private const string Unguarded = "set session_replication_role = replica; alter table mt.mt_events disable trigger user; alter table ledger.leaf_payload disable trigger user; ";
}
