using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Ledger.Host.Answers;
using Ledger.Projections;
using Ledger.Tests.Infrastructure;
using Marten;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Projections;

/// <summary>
/// An event that the program cannot read stops the read models and what rests on it, and nothing else. A program that can
/// read it goes on from there, and nothing is counted twice.
/// </summary>
public sealed class PoisonTests : IAsyncLifetime
{
    private ReadSide _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await ReadSide.CreateAsync();
        await _ledger.RecordAsync(Samples.Units);
    }

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task An_event_of_an_unknown_type_stops_now_but_not_the_past_and_a_program_that_knows_it_goes_on()
    {
        _ledger.Audit.Skip("it leaves an event that this program cannot read, and says so");
        await _ledger.CatchUpAsync();
        var good = (await _ledger.Positions.AdvanceAsync(TestContext.Current.CancellationToken)).Position;
        await AppendUnknownAsync();
        await _ledger.RecordAsync(Samples.Registered("after", "其后", UnitKind.Department));
        await using (await _ledger.StartDaemonAsync())
            await Eventually.IsAsync(async () => (await _ledger.ReadModels.StateAsync()).Failure is not null, "the stop");

        var state = await _ledger.ReadModels.StateAsync(TestContext.Current.CancellationToken);
        state.Position.ShouldBe(good);
        (await _ledger.DocumentsAsync()).ShouldNotContain("unit/after");
        var now = await RankingAsync(new TimesAsked());
        now.Refusal!.Code.ShouldBe(Codes.AnswerWithheld);
        (await RankingAsync(new TimesAsked(Position: $"{good}"))).Value!.Rows.Count.ShouldBe(6);

        // A reader of the facts alone is in no better place.
        await using var fresh = _ledger.Again();
        await fresh.ForgetAsync();
        (await fresh.Answers.RankingAsync("2023", null, null, new TimesAsked(), TestContext.Current.CancellationToken)).Refusal!.Code.ShouldBe(Codes.AnswerWithheld);

        await using var newer = _ledger.Again(configure: KnowIt);
        await newer.CatchUpAsync();
        await EveryFactIsThereOnceAsync(unknown: 1);
        (await newer.ReadModels.StateAsync(TestContext.Current.CancellationToken)).Failure.ShouldBeNull();
        (await RankingAsync(new TimesAsked())).Value!.Rows.Count.ShouldBe(7, "from the read models, which have gone past it");
    }

    [Fact]
    public async Task A_page_that_was_folded_and_not_committed_is_not_folded_twice()
    {
        await _ledger.CatchUpAsync();
        await _ledger.AsAdministratorAsync(
            """
            create function public.no_room() returns trigger language plpgsql as $$ begin raise exception 'no room' using errcode = '53100'; end $$;
            create trigger no_room before insert or update on mt.mt_doc_unitmonth for each row execute function public.no_room();
            """);
        await using var running = await _ledger.StartDaemonAsync();
        await _ledger.RecordAsync(new Told(Samples.LawsuitA, new FactId("/p", "1"), Samples.Docketed("wuquan")));
        await Eventually.IsAsync(async () => (await _ledger.ReadModels.StateAsync()).Failure is not null, "the stop");
        (await RankingAsync(new TimesAsked())).Refusal!.Code.ShouldBe(Codes.AnswerWithheld);

        await _ledger.AsAdministratorAsync("drop trigger no_room on mt.mt_doc_unitmonth");
        await running.Daemon.StopAgentAsync(CountyProjection.Shard);
        await running.Daemon.StartAgentAsync(CountyProjection.Shard, TestContext.Current.CancellationToken);
        await _ledger.RecordAsync(new Told(Samples.LawsuitA, new FactId("/p", "2"), Samples.Materials("wuquan")));
        await _ledger.CaughtUpAsync();
        await EveryFactIsThereOnceAsync();
        (await RankingAsync(new TimesAsked())).Value!.Rows.Single(r => r.Unit == "wuquan").Figures.NewCases.ShouldBe(1);
    }

    private Task<Answer<Ranking>> RankingAsync(TimesAsked times) =>
        _ledger.Answers.RankingAsync("2023", null, null, times, TestContext.Current.CancellationToken);

    // As a newer program would; written by hand, because Marten finds a type of this assembly by its full name.
    private Task AppendUnknownAsync() => _ledger.RunAsync(
        """
        update mt.mt_streams set version = version + 1 where id = 'unit/wuquan';
        insert into mt.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)
        select nextval('mt.mt_events_sequence'), gen_random_uuid(), id, version, '{"text":"明日"}', 'OfTomorrow', now(),
               'Ledger.Domain.OfTomorrow, Ledger.Domain', '{"source":"/tomorrow","id":"1"}'
        from mt.mt_streams where id = 'unit/wuquan'
        """);

    private async Task EveryFactIsThereOnceAsync(long unknown = 0) =>
        (await _ledger.ScalarAsync<long>(
            "select sum(jsonb_array_length(data -> 'facts'))::bigint from (select data from mt.mt_doc_subjectrecord union all select data from mt.mt_doc_lawsuitrecord) d"))
            .ShouldBe(await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events") - unknown);

    private static void KnowIt(StoreOptions options) => options.Events.MapEventType<OfTomorrow>("OfTomorrow");

    private sealed record OfTomorrow(string Text);
}
