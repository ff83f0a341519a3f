using JasperFx;
using Ledger.Tests.Infrastructure;
using Marten;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Store;

/// <summary>What the write side relies on in Marten, as configured by the ledger.</summary>
public sealed class AppendTests : IAsyncLifetime
{
    private StoreDatabase _database = null!;

    private DocumentStore Store => _database.Store;

    public async ValueTask InitializeAsync() => _database = await StoreDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_fact_is_stored_in_its_canonical_form_under_its_own_name()
    {
        await using var session = Store.LightweightSession();
        session.Events.StartStream<Matter>("matter/2023-0012 号", new Opened("标题", new DateOnly(2026, 1, 2), Kind.VerySpecial));
        await session.SaveChangesAsync();
        (await _database.TextAsync("select data::text from mt.mt_events")).ShouldBe("""{"on": "2026-01-02", "kind": "verySpecial", "title": "标题"}""");
        (await _database.TextAsync("select type from mt.mt_events")).ShouldBe("MatterOpened");
        (await _database.TextAsync("select concat_ws('|', id, type, version) from mt.mt_streams")).ShouldBe("matter/2023-0012 号|matter|1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_fetched_for_writing_is_begun_or_continued(bool exclusive)
    {
        for (var round = 0; round < 3; round++)
        {
            await using var session = Store.LightweightSession();
            var stream = exclusive
                ? await session.Events.FetchForExclusiveWriting<Matter>("matter/1")
                : await session.Events.FetchForWriting<Matter>("matter/1");
            (stream.Aggregate?.Notes).ShouldBe(round == 0 ? null : round - 1);
            (stream.CurrentVersion ?? 0).ShouldBe(round);
            stream.AppendOne(round == 0 ? new Opened("t", new DateOnly(2026, 1, 2), Kind.Plain) : new Noted("n"));
            await session.SaveChangesAsync();
        }

        (await _database.TextAsync("select concat_ws('|', type, version) from mt.mt_streams")).ShouldBe("matter|3");
    }

    [Fact]
    public async Task A_stream_fetched_and_not_written_is_not_begun()
    {
        await using var session = Store.LightweightSession();
        await session.Events.FetchForExclusiveWriting<Matter>("matter/1");
        await session.SaveChangesAsync();
        (await _database.ScalarAsync<long>("select count(*) from mt.mt_streams")).ShouldBe(0);
    }

    [Fact]
    public async Task Appending_to_a_missing_stream_is_an_error()
    {
        await using var session = Store.LightweightSession();
        session.Events.Append("matter/1", new Noted("n"));
        var thrown = await Should.ThrowAsync<Exception>(() => session.SaveChangesAsync());
        thrown.GetType().FullName.ShouldBe("Marten.Exceptions.NonExistentStreamException");
    }

    [Fact]
    public async Task Who_and_why_are_stored_with_the_event()
    {
        await using (var session = Store.LightweightSession())
        {
            session.LastModifiedBy = "clerk";
            session.CorrelationId = "correlation";
            session.CausationId = "causation";
            session.SetHeader("reason", "session");
            session.Events.StartStream<Matter>("matter/1", new Noted("of the session"));
            await session.SaveChangesAsync();
        }

        await using (var session = Store.LightweightSession())
        {
            session.LastModifiedBy = "clerk";
            var own = session.Events.BuildEvent(new Noted("its own"));
            own.UserName = "judge";
            own.CorrelationId = "c2";
            own.CausationId = "c3";
            own.SetHeader("source", "/court/2023Q2");
            var stream = await session.Events.FetchForWriting<Matter>("matter/1");
            stream.AppendMany(own, new Noted("of the session again"));
            await session.SaveChangesAsync();
        }

        (await _database.TextAsync("select string_agg(concat_ws('|', user_name, correlation_id, causation_id, headers), E'\n' order by seq_id) from mt.mt_events"))
            .ShouldBe("""
                clerk|correlation|causation|{"reason": "session"}
                judge|c2|c3|{"source": "/court/2023Q2"}
                clerk|null
                """);
    }

    [Fact]
    public async Task The_id_of_an_event_is_the_callers_and_a_second_one_is_refused_by_the_database()
    {
        var id = new Guid("7f0c0000-0000-5000-8000-000000000001");
        await AppendWithIdAsync("matter/1", id);
        (await _database.ScalarAsync<Guid>("select id from mt.mt_events")).ShouldBe(id);

        var thrown = await Should.ThrowAsync<Exception>(() => AppendWithIdAsync("matter/2", id));
        thrown.GetType().FullName.ShouldBe("Marten.Exceptions.MartenCommandException");
        var refusal = thrown.InnerException.ShouldBeOfType<PostgresException>();
        refusal.SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        refusal.ConstraintName.ShouldBe("idx_mt_events_event_id");
    }

    [Fact]
    public async Task Two_that_begin_one_stream_collide()
    {
        await using var first = Store.LightweightSession();
        await using var second = Store.LightweightSession();
        var one = await first.Events.FetchForWriting<Matter>("matter/1");
        var two = await second.Events.FetchForWriting<Matter>("matter/1");
        one.AppendOne(new Noted("1"));
        two.AppendOne(new Noted("2"));
        await first.SaveChangesAsync();
        var thrown = await Should.ThrowAsync<Exception>(() => second.SaveChangesAsync());
        thrown.GetType().FullName.ShouldBe("Marten.Exceptions.ExistingStreamIdCollisionException");

        await using var third = Store.LightweightSession();
        third.Events.StartStream<Matter>("matter/1", new Noted("3"));
        thrown = await Should.ThrowAsync<Exception>(() => third.SaveChangesAsync());
        thrown.GetType().FullName.ShouldBe("Marten.Exceptions.ExistingStreamIdCollisionException");
    }

    [Fact]
    public async Task Two_that_exclusively_begin_one_stream_collide()
    {
        // There is no row to lock yet, so exclusive loading does not help the first writers of a stream.
        await using var first = Store.LightweightSession();
        await using var second = Store.LightweightSession();
        var one = await first.Events.FetchForExclusiveWriting<Matter>("matter/1");
        var two = await second.Events.FetchForExclusiveWriting<Matter>("matter/1");
        one.AppendOne(new Noted("1"));
        two.AppendOne(new Noted("2"));
        await first.SaveChangesAsync();
        var thrown = await Should.ThrowAsync<Exception>(() => second.SaveChangesAsync());
        thrown.GetType().FullName.ShouldBe("Marten.Exceptions.ExistingStreamIdCollisionException");
    }

    [Fact]
    public async Task Two_that_continue_one_stream_collide_and_the_loser_leaves_no_gap()
    {
        await _database.AppendAsync();
        await using var first = Store.LightweightSession();
        await using var second = Store.LightweightSession();
        var one = await first.Events.FetchForWriting<Matter>("matter/1");
        var two = await second.Events.FetchForWriting<Matter>("matter/1");
        one.AppendOne(new Noted("1"));
        two.AppendOne(new Noted("2"));
        await first.SaveChangesAsync();
        var thrown = await Should.ThrowAsync<ConcurrencyException>(() => second.SaveChangesAsync());
        thrown.GetType().FullName.ShouldBe("JasperFx.Events.EventStreamUnexpectedMaxEventIdException");
        (await _database.AppendAsync("matter/2")).ShouldBe(3);
    }

    [Fact]
    public async Task Two_that_exclusively_continue_one_stream_take_turns()
    {
        await _database.AppendAsync();
        await using var first = Store.LightweightSession();
        var one = await first.Events.FetchForExclusiveWriting<Matter>("matter/1");
        var other = Task.Run(() => _database.Store.LightweightSession().Events.FetchForExclusiveWriting<Matter>("matter/1"));
        await Eventually.IsAsync(
            () => _database.ScalarAsync<bool>("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"), "the other one waits");
        other.IsCompleted.ShouldBeFalse();
        one.AppendOne(new Noted("1"));
        await first.SaveChangesAsync();
        (await other).CurrentVersion.ShouldBe(2);
    }

    [Fact]
    public async Task Several_streams_are_written_in_one_transaction()
    {
        await using var session = Store.LightweightSession();
        foreach (var subject in (string[])["matter/1", "matter/2"])
        {
            (await session.Events.FetchForWriting<Matter>(subject)).AppendOne(new Noted(subject));
        }

        await session.SaveChangesAsync();
        (await _database.ScalarAsync<long>("select count(distinct xid) from ledger.intake")).ShouldBe(1);
    }

    private async Task AppendWithIdAsync(string subject, Guid id)
    {
        await using var session = Store.LightweightSession();
        var fact = session.Events.BuildEvent(new Noted("n"));
        fact.Id = id;
        (await session.Events.FetchForWriting<Matter>(subject)).AppendOne(fact);
        await session.SaveChangesAsync();
    }
}
