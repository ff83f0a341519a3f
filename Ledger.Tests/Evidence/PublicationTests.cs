using System.Text.Json.Nodes;
using Ledger.Domain.Sealing;
using Ledger.Domain.Units;
using Ledger.Host.Evidence.Witnesses;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.NoteSamples;

namespace Ledger.Tests.Evidence;

/// <summary>What is published about the checkpoints: who has cosigned, whether that is enough, and the time-stamps.</summary>
public sealed class PublicationTests(WitnessedApp app) : IClassFixture<WitnessedApp>
{
    private static readonly string Auditor = TestTokens.Of(LedgerRole.Auditor);
    private static int _units;

    [Fact]
    public async Task A_checkpoint_shows_its_witnesses_its_quorum_and_its_time_stamps()
    {
        var size = (await GrowAsync()).ToString();
        var checkpoint = await Eventually.BecomesAsync(
            async () => (await app.JsonAsync($"/api/evidence/checkpoints?before={long.Parse(size) + 1}&limit=1", Auditor))[0]!,
            c => (bool?)c["quorumMet"] == true && c["timeStamps"]!.AsArray().Count == 1, "cosigned and stamped");
        ((string)checkpoint["size"]!).ShouldBe(size);
        checkpoint["witnesses"]!.AsArray().Select(w => ((string)w!["name"]!, (string)w["key"]!, w["cosignedAt"] is not null)).ShouldBe([("court", "court", true), ("paper", "paper", false)]);
        ((string)checkpoint["timeStamps"]![0]!["authority"]!).ShouldBe("local");
        checkpoint["timeStamps"]![0]!["time"].ShouldNotBeNull();
        SignedNote.Parse((string)checkpoint["note"]!).Signatures.Select(s => s.Name).ShouldBe([app.Log.Name, "court"]);

        var (code, output, errors) = await app.RunAsync("evidence", "checkpoints", "--json");
        code.ShouldBe(0, errors);
        JsonNode.Parse(output)!.AsArray().Single(c => (string)c!["size"]! == size)!["quorumMet"]!.GetValue<bool>().ShouldBeTrue();
        (await app.RunAsync("evidence", "checkpoints", "--limit", "3")).Output.ShouldContain("√ court");
        (await app.RunAsync("evidence", "checkpoints", "--limit", "0")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_line_that_is_no_cosignature_of_the_witness_does_not_count()
    {
        // As somebody would do it who has the database: a line of the right name and key, and a token of another checkpoint.
        var size = await GrowAsync();
        var line = NoteSignature.Of("paper", Witness("paper").KeyId, new byte[72]);
        await app.AsAdministratorAsync($"insert into ledger.cosignature (tree_size, name, line) values ({size}, 'paper', '{line}')");
        await app.AsAdministratorAsync($"insert into ledger.time_stamp (tree_size, tsa, token) values ({size}, 'forged', '\\x3000')");
        var checkpoint = (await app.JsonAsync($"/api/evidence/checkpoints?before={size + 1}&limit=1", Auditor))[0]!;
        checkpoint["witnesses"]![1]!["cosignedAt"].ShouldBeNull();
        ((bool)checkpoint["quorumMet"]!).ShouldBeFalse();
        checkpoint["timeStamps"]!.AsArray().Single(t => (string)t!["authority"]! == "forged")!["time"].ShouldBeNull();
    }

    [Fact]
    public async Task How_it_stands_with_those_outside_is_told_to_operators()
    {
        await app.SealedAsync();
        var outside = await Eventually.BecomesAsync(
            () => app.JsonAsync("/api/evidence/outside", Auditor), o => o["witnesses"]![0]!["lastSuccess"] is not null && o["authorities"]![0]!["lastSuccess"] is not null, "both have answered");
        ((string)outside["witnesses"]![0]!["name"]!).ShouldBe("court");
        outside["witnesses"]![0]!["contradicts"].ShouldBeNull();
        ((int)outside["authorities"]![0]!["failures"]!).ShouldBe(0);
        await app.GetAsync("/api/evidence/outside", TestTokens.Of(LedgerRole.Clerk, "wuquan"), 403);
        await Eventually.BecomesAsync(
            async () => JsonNode.Parse(await (await app.GetAsync("/health/ready", Auditor, more: s => s.IgnoreStatusCode())).ReadAsTextAsync())!["checks"]!.AsArray()
                .Single(c => (string)c!["name"]! == "witnesses")!.ToJsonString(), c => c.Contains("\"Healthy\"", StringComparison.Ordinal), "witnesses do not contradict");
    }

    // A checkpoint of the test's own.
    private async Task<long> GrowAsync()
    {
        await app.RecordAsync($"unit/u{Interlocked.Increment(ref _units)}", new UnitRegistered("马村乡", UnitKind.Township, new DateOnly(2020, 1, 1)));
        return (await app.SealedAsync()).Checkpoint.Size;
    }
}

/// <summary>A witness that has cosigned what this ledger does not have makes it ill: it was rolled back, or somebody signs for it.</summary>
public sealed class ContradictedTests(ContradictedTests.AheadApp ahead, ContradictedTests.ForkedApp forked)
    : IClassFixture<ContradictedTests.AheadApp>, IClassFixture<ContradictedTests.ForkedApp>
{
    [Fact]
    public Task A_witness_that_is_ahead_turns_health_red() => IsIllAsync(ahead, WitnessException.Ahead);

    [Fact]
    public Task A_witness_of_another_history_turns_health_red() => IsIllAsync(forked, WitnessException.Fork);

    private static async Task IsIllAsync(WitnessedApp app, string code)
    {
        var auditor = TestTokens.Of(LedgerRole.Auditor);
        await app.SealedAsync();
        var outside = await Eventually.BecomesAsync(
            () => app.JsonAsync("/api/evidence/outside", auditor), o => (string?)o["witnesses"]![0]!["contradicts"] == code, "the witness has contradicted");
        ((string)outside["witnesses"]![0]!["problem"]!).ShouldContain(code);
        var health = JsonNode.Parse(await (await app.GetAsync("/health/ready", auditor, 503)).ReadAsTextAsync())!;
        var check = health["checks"]!.AsArray().Single(c => (string)c!["name"]! == "witnesses")!;
        ((string)check["status"]!).ShouldBe("Unhealthy");
        ((string)check["description"]!).ShouldBe(code);
        // The quorum is not met, and facts are taken in all the same.
        var latest = (await app.JsonAsync("/api/evidence/checkpoints?limit=1", auditor))[0]!;
        ((bool)latest["quorumMet"]!).ShouldBeFalse();
        await app.RecordAsync("unit/macun" + code.Length, new UnitRegistered("马村乡", UnitKind.Township, new DateOnly(2020, 1, 1)));
    }

    /// <summary>The witness has cosigned a hundred thousand leaves.</summary>
    public sealed class AheadApp : WitnessedApp
    {
        protected override SignedNote CosignedBefore(INoteSigner log) => SignedNote.Sign(new Checkpoint(log.Name, 100_000, Hash(1)).ToString(), log);
    }

    /// <summary>The witness has cosigned another first leaf.</summary>
    public sealed class ForkedApp : WitnessedApp
    {
        protected override SignedNote CosignedBefore(INoteSigner log) => SignedNote.Sign(new Checkpoint(log.Name, 1, Hash(1)).ToString(), log);
    }
}
