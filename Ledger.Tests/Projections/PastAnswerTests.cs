using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host.Answers;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Projections;

/// <summary>What was answered once is answered again, byte for byte, whatever has come since.</summary>
public sealed class PastAnswerTests : IAsyncLifetime
{
    private ReadSide _ledger = null!;
    private int _told;

    public async ValueTask InitializeAsync()
    {
        _ledger = await ReadSide.CreateAsync();
        await _ledger.RecordAsync(Samples.Units);
        await TellAsync(Samples.Docketed("wuquan"));
    }

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task A_correction_changes_the_answer_now_and_none_before()
    {
        await TellAsync(Samples.Judgment(("wuquan", Outcome.RevokeAll)));
        var lost = await AskAsync(caughtUp: true);
        lost.Text.ShouldContain("""
            "lossRate":{"n":1,"d":1}
            """);
        await TellAsync(Samples.Corrected(new FactId("/told", "2"), ("dispositions", """[{"unit":"wuquan","outcome":"DismissClaims"}]""")));
        var won = await AskAsync(caughtUp: true);
        won.Text.ShouldContain("""
            "lossRate":{"n":0,"d":1}
            """);
        await TellAsync(Samples.Retracted(new FactId("/told", "3")));
        (await AskAsync(caughtUp: true)).Text.ShouldContain("""
            "lossRate":{"n":1,"d":1}
            """);
        foreach (var past in (Asked[])[lost, won]) await IsAnsweredAgainAsync(past);
    }

    [Fact]
    public async Task A_fact_counts_from_its_legal_date_on()
    {
        await TellAsync(Samples.Judgment(("wuquan", Outcome.RevokeAll)));
        await _ledger.CatchUpAsync();
        (await AskAsync(asOf: "2023-05-19")).Text.ShouldNotContain("\"n\":1");
        (await AskAsync(asOf: "2023-05-20")).Text.ShouldContain("\"lossRate\":{\"n\":1,\"d\":1}");
    }

    [Fact]
    public async Task A_transaction_that_began_before_the_answer_and_commits_after_it_changes_it_never()
    {
        await using var daemon = await _ledger.StartDaemonAsync();
        await _ledger.CaughtUpAsync();
        var store = _ledger.Store;
        await using var early = store.LightweightSession();
        await early.BeginTransactionAsync(TestContext.Current.CancellationToken);
        // The early one draws its number and stays open.
        await using (var draw = new NpgsqlCommand("select nextval('mt.mt_events_sequence')", early.Connection))
            await draw.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await TellAsync(Samples.Judgment(("wuquan", Outcome.RevokeAll)));
        var before = await AskAsync();
        before.Text.ShouldNotContain("\"lossRate\":{\"n\":1", customMessage: "its number is not covered yet");
        await early.DisposeAsync();
        (await AskAsync(caughtUp: true)).Text.ShouldContain("\"lossRate\":{\"n\":1,\"d\":1}");
        await IsAnsweredAgainAsync(before);
    }

    [Fact]
    public async Task A_number_that_rolled_back_and_the_mark_that_Marten_leaves_for_it_stop_nothing_and_count_nothing()
    {
        await using var daemon = await _ledger.StartDaemonAsync();
        await _ledger.CaughtUpAsync();
        await _ledger.RunAsync("begin; select nextval('mt.mt_events_sequence'); rollback");
        await using (var session = _ledger.Store.LightweightSession())
        {
            session.Events.StartStream<UnitHistory>("unit/failed", new UnitRegistered("未成", UnitKind.Township, new DateOnly(2020, 1, 1)));
            session.QueueSqlCommand("insert into ledger.registered_unit (unit) values ('wuquan')");
            await Should.ThrowAsync<Exception>(() => session.SaveChangesAsync());
        }

        await Eventually.BecomesAsync(() => _ledger.ScalarAsync<long>("select count(*) from mt.mt_events where type = 'tombstone'"), n => n == 1, "the mark");
        await TellAsync(Samples.Judgment(("wuquan", Outcome.RevokeAll)));
        var now = await AskAsync(caughtUp: true);
        now.Text.ShouldContain("\"lossRate\":{\"n\":1,\"d\":1}");
        now.Text.ShouldNotContain("failed");
        (await _ledger.ReadModels.StateAsync(TestContext.Current.CancellationToken)).Failure.ShouldBeNull();
        (await _ledger.DocumentsAsync()).ShouldNotContain("mt_tombstone");
        await IsAnsweredAgainAsync(now);
    }

    private async Task TellAsync(IFact fact) =>
        (await _ledger.RecordAsync(new Told(Samples.LawsuitA, new FactId("/told", $"{++_told}"), fact))).Refusal.ShouldBeNull();

    private async Task<Asked> AskAsync(string? asOf = null, string? position = null, string? knownAt = null, bool caughtUp = false)
    {
        if (caughtUp) await (_ledger.Running ? _ledger.CaughtUpAsync() : _ledger.CatchUpAsync());
        var answer = await _ledger.Answers.ScorecardAsync("wuquan", "2023", null, new TimesAsked(asOf, knownAt, position), TestContext.Current.CancellationToken);
        answer.Refusal.ShouldBeNull();
        if (caughtUp)
            (await _ledger.ReadModels.StateAsync(TestContext.Current.CancellationToken)).Position.ShouldBe(answer.Scope!.Position, "answered from the read models");
        return new Asked(answer.Scope!, AnswerJson.Text(AnswerJson.Of(answer.Value!, Period.Parse("2023"), answer.Scope!)));
    }

    // Something comes in between, so that it is a question about the past; and a program that has just started answers it too.
    private async Task IsAnsweredAgainAsync(Asked asked)
    {
        await _ledger.RecordAsync(Samples.Registered($"later{asked.Scope.Position}", "后来", UnitKind.Department));
        (await AskAsync(position: $"{asked.Scope.Position}")).Text.ShouldBe(asked.Text);
        (await AskAsync(knownAt: AnswerJson.Instant(asked.Scope.KnownAt))).Text.ShouldBe(asked.Text);
    }

    private sealed record Asked(Scope Scope, string Text);
}
