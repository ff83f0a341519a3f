using JasperFx;
using JasperFx.Events;
using Ledger.Projections.Store;
using Ledger.Tests.Store;
using Marten;
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
        ["Clean.DeleteAllEventData"] = store => store.Advanced.Clean.DeleteAllEventDataAsync(),
        ["Clean.DeleteSingleEventStream"] = store => store.Advanced.Clean.DeleteSingleEventStreamAsync("matter/1"),
        ["Clean.CompletelyRemoveAll"] = store => store.Advanced.Clean.CompletelyRemoveAllAsync(),
        ["ResetAllData"] = store => store.Advanced.ResetAllData(default),
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
        await using var store = StoreAs(superuser, o => o.Events.AddMaskingRuleForProtectedInformation<Opened>(f => f with { Title = "****" }));
        await RefusedAsync(() => Features[feature](store), superuser);
        (await ContentAsync()).ShouldBe(before);
        (await _database.AppendAsync()).ShouldBeGreaterThan(2, "the ledger goes on");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_lays_the_events_out_anew_is_refused(bool superuser)
    {
        var before = await ContentAsync();
        await using var store = StoreAs(superuser, o => o.Events.UseArchivedStreamPartitioning = true);
        await RefusedAsync(() => store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.All), superuser);
        (await ContentAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Marking_events_as_skipped_is_refused(bool superuser)
    {
        var before = await ContentAsync();
        await using var store = StoreAs(superuser, o => o.Events.EnableEventSkippingInProjectionsOrSubscriptions = true);
        // The superuser can add the column, and that is written down; nobody can set it.
        if (superuser) await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        else await RefusedAsync(() => store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate), superuser);
        await Should.ThrowAsync<Exception>(() => ((IMartenDatabase)store.Storage.Database).MarkEventsAsSkipped([1L], default));
        (await ContentAsync()).ShouldBe(before);
        (await _database.ScalarAsync<bool>("select exists (select from ledger.schema_change)")).ShouldBe(superuser);
    }

    [Fact]
    public async Task Deleting_the_data_of_a_tenant_takes_no_event()
    {
        var before = await ContentAsync();
        await using var store = StoreAs(superuser: true, _ => { });
        await store.Advanced.DeleteAllTenantDataAsync("*DEFAULT*", default);
        (await ContentAsync()).ShouldBe(before);
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

    private DocumentStore StoreAs(bool superuser, Action<StoreOptions> configure) => DocumentStore.For(options =>
    {
        LedgerStore.Configure(
            options, (superuser ? _database.Owner : _database.Source).ConnectionString,
            [(typeof(Opened), "MatterOpened"), (typeof(Noted), "MatterNoted")], StoreDatabase.Json);
        configure(options);
    });

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
        """
        select (select string_agg((seq_id, id, stream_id, version, data, type, mt_dotnet_type, timestamp, headers, user_name, is_archived)::text, E'\n' order by seq_id)
                from mt.mt_events where stream_id = 'matter/1')
            || (select (id, type, version, created, tenant_id, compacted_version, is_archived)::text from mt.mt_streams where id = 'matter/1')
        """);
}
