using JasperFx;
using JasperFx.Events;
using Ledger.Projections.Store;
using Ledger.Tests.Store;
using Marten;
using Marten.Events;
using Marten.Storage;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

// The one place that calls what BannedSymbols.txt forbids: to show that the database refuses it.
#pragma warning disable RS0030

/// <summary>Marten can rewrite events. Neither the writer nor a superuser gets it past the database.</summary>
public sealed class GuardMartenTests : IAsyncLifetime
{
    private static readonly Dictionary<string, Func<DocumentStore, Task>> Features = new(StringComparer.Ordinal)
    {
        ["ArchiveStream"] = store => InSessionAsync(store, s => s.Events.ArchiveStream("matter/1")),
        ["TombstoneStream"] = store => InSessionAsync(store, s => s.Events.TombstoneStream("matter/1")),
        ["OverwriteEvent"] = store => InSessionAsync(store, async s =>
        {
            var stored = (await s.Events.FetchStreamAsync("matter/1"))[0];
            s.Events.OverwriteEvent(((Event<Opened>)stored).WithData(new Opened("forged", new DateOnly(2026, 1, 2), Kind.Plain)));
        }),
        ["CompletelyReplaceEvent"] = store => InSessionAsync(store, s => s.Events.CompletelyReplaceEvent(1, new Noted("forged"))),
        ["CompactStreamAsync"] = store => InSessionAsync(store, s => s.Events.CompactStreamAsync<Matter>("matter/1", _ => { })),
        ["ApplyEventDataMasking"] = store => store.Advanced.ApplyEventDataMasking(m => m.IncludeStream("matter/1").AddHeader("masked", true)),
        ["MarkEventsAsSkipped"] = store => ((IMartenDatabase)store.Storage.Database).MarkEventsAsSkipped([1L], default),
        ["Clean.DeleteAllEventData"] = store => store.Advanced.Clean.DeleteAllEventDataAsync(),
        ["Clean.DeleteSingleEventStream"] = store => store.Advanced.Clean.DeleteSingleEventStreamAsync("matter/1"),
        ["Clean.CompletelyRemoveAll"] = store => store.Advanced.Clean.CompletelyRemoveAllAsync(),
        ["ResetAllData"] = store => store.Advanced.ResetAllData(default),
        ["DeleteAllTenantData"] = store => store.Advanced.DeleteAllTenantDataAsync("*DEFAULT*", default),
    };

    private StoreDatabase _database = null!;

    public static IEnumerable<TheoryDataRow<string, bool>> All() => Features.Keys.SelectMany(f => new[] { false, true }, (feature, superuser) => new TheoryDataRow<string, bool>(feature, superuser));

    public async ValueTask InitializeAsync()
    {
        _database = await StoreDatabase.CreateAsync();
        await _database.AppendAsync();
        await _database.AppendAsync();
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_rewrites_events_is_refused(string feature, bool superuser)
    {
        var before = await ContentAsync();
        await using var program = superuser ? _database.AsOwner() : _database.OpenAgain();
        await RefusedAsync(() => Features[feature](program.Store), superuser);
        (await ContentAsync()).ShouldBe(before);
        (await _database.AppendAsync()).ShouldBeGreaterThan(2, "the ledger goes on");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task What_lays_the_events_out_anew_is_refused(bool skipping, bool superuser)
    {
        var before = await ContentAsync();
        await using var store = DocumentStore.For(options =>
        {
            LedgerStore.Configure(
                options, superuser ? _database.Owner.ConnectionString : _database.Source.ConnectionString, [(typeof(Opened), "MatterOpened"), (typeof(Noted), "MatterNoted")], new());
            if (skipping) options.Events.EnableEventSkippingInProjectionsOrSubscriptions = true;
            else options.Events.UseArchivedStreamPartitioning = true;
        });
        try
        {
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.All);
        }
        catch (Exception refused) when (Refusal(refused) is not null)
        {
        }

        (await ContentAsync()).ShouldBe(before);
        (await _database.ScalarAsync<long>("select count(*) from pg_trigger where tgrelid = 'mt.mt_events'::regclass and tgname like 'ledger%' and tgenabled = 'A'")).ShouldBe(3);
    }

    [Fact]
    public async Task Events_in_bulk_change_nothing_that_is_stored_and_numbers_that_were_passed_are_refused()
    {
        var before = await ContentAsync();
        await _database.Positions.AdvanceAsync(TestContext.Current.CancellationToken);
        await using var owner = _database.AsOwner();
        await owner.RunAsync("select setval('mt.mt_events_sequence', 1)");
        var stream = StreamAction.Start("matter/bulk", [new Event<Noted>(new Noted("late")) { Id = new Guid(1, 2, 3, new byte[8]) }]);
        stream.AggregateType = typeof(Matter);
        await Should.ThrowAsync<Exception>(() => owner.Store.BulkInsertEventsAsync([stream], cancellation: TestContext.Current.CancellationToken));
        (await ContentAsync()).ShouldBe(before);
    }

    private static async Task InSessionAsync(DocumentStore store, Action<IDocumentSession> act) => await InSessionAsync(store, s =>
    {
        act(s);
        return Task.CompletedTask;
    });

    private static async Task InSessionAsync(DocumentStore store, Func<IDocumentSession, Task> act)
    {
        await using var session = store.LightweightSession();
        await act(session);
        await session.SaveChangesAsync();
    }

    private static PostgresException? Refusal(Exception? thrown) => thrown switch
    {
        null => null,
        PostgresException refusal => refusal,
        AggregateException many => many.InnerExceptions.Select(Refusal).FirstOrDefault(r => r is not null),
        _ => Refusal(thrown.InnerException),
    };

    private static async Task RefusedAsync(Func<Task> act, bool superuser)
    {
        var thrown = await Should.ThrowAsync<Exception>(act);
        var state = Refusal(thrown).ShouldNotBeNull(thrown.ToString()).SqlState;
        if (superuser) state.ShouldBe("LG001", thrown.ToString());
        else state.ShouldBeOneOf("LG001", PostgresErrorCodes.InsufficientPrivilege);
    }

    private Task<string> ContentAsync() => _database.TextAsync(
        "select (select string_agg(e::text, E'\\n' order by seq_id) from mt.mt_events e where stream_id = 'matter/1') || (select string_agg(s::text, E'\\n' order by id) from mt.mt_streams s where id = 'matter/1')");
}
