using Ledger.Domain.Units;
using Ledger.Host;
using Ledger.Host.Rebuild;
using Ledger.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Projections;

/// <summary>
/// Numbers are drawn in one order and committed in another. An event that is committed after its successors is projected
/// once, whether the read models follow, catch up from nothing or are rebuilt meanwhile.
/// </summary>
public sealed class LateCommitTests : IAsyncLifetime
{
    private const long Gate = 4711;

    private static readonly string AtTheGate = $"""
        select pid from pg_locks
        where locktype = 'advisory' and objid = {Gate} and not granted and database = (select oid from pg_database where datname = current_database())
        """;

    private ReadSide _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await ReadSide.CreateAsync();
        // The recipe: the insert of a chosen event waits, its number drawn, until the gate is opened.
        await _ledger.AsAdministratorAsync(
            $"""
            create function public.wait_at_the_gate() returns trigger language plpgsql as $$
            begin
              perform pg_advisory_xact_lock_shared({Gate});
              return new;
            end $$;
            create trigger wait_at_the_gate before insert on mt.mt_events for each row
              when (new.stream_id = 'unit/late') execute function public.wait_at_the_gate();
            """);
    }

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task A_daemon_that_follows_waits_for_it()
    {
        await using var daemon = await _ledger.StartDaemonAsync();
        await _ledger.CaughtUpAsync();
        await WithALateEventAsync(() => Task.CompletedTask);
        await EveryFactIsThereOnceAsync();
    }

    [Fact]
    public async Task A_daemon_that_starts_from_nothing_waits_for_it()
    {
        await WithALateEventAsync(async () =>
        {
            await using var daemon = await _ledger.StartDaemonAsync();
            await Eventually.IsAsync(async () => (await _ledger.ReadModels.StateAsync()).Position >= 5, "what is before the gap");
        });
        await EveryFactIsThereOnceAsync();
    }

    [Fact]
    public async Task A_rebuild_does_not_pass_it()
    {
        await _ledger.CatchUpAsync();
        await using var program = LedgerHost.BuildWithoutServer(_ledger.ConnectionString);
        await WithALateEventAsync(async () =>
            (await ActivatorUtilities.CreateInstance<ReadModelRebuild>(program.Services).RunAsync(cancellation: TestContext.Current.CancellationToken))
                .Report!.After.Position.ShouldBe(5, "what is before the gap"));
        await EveryFactIsThereOnceAsync();
    }

    [Fact]
    public async Task A_connection_lost_in_the_commit_is_tried_again_and_leaves_one_event()
    {
        await _ledger.AsAdministratorAsync(
            """
            create constraint trigger wait_in_the_commit after insert on mt.mt_events deferrable initially deferred for each row
              when (new.stream_id = 'unit/lost') execute function public.wait_at_the_gate();
            """);
        await using var gate = new NpgsqlConnection(_ledger.ConnectionString);
        await gate.OpenAsync();
        await RunAsync(gate, $"select pg_advisory_lock({Gate})");
        var told = Samples.Registered("lost", "断线局", UnitKind.Department);
        var first = _ledger.RecordAsync(told);
        await Eventually.IsAsync(() => _ledger.ScalarAsync<bool>($"select exists ({AtTheGate})"), "the commit at the gate");
        await _ledger.RunAsync($"select pg_terminate_backend(pid) from ({AtTheGate}) waiting");
        await RunAsync(gate, $"select pg_advisory_unlock({Gate})");
        (await first).Refusal.ShouldBeNull();

        (await _ledger.RecordAsync(told)).Duplicate.ShouldBeTrue();
        (await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events where stream_id = 'unit/lost'")).ShouldBe(1);
        (await _ledger.ScalarAsync<long>("select version from mt.mt_streams where id = 'unit/lost'")).ShouldBe(1);
        await _ledger.CatchUpAsync();
        (await _ledger.DocumentsAsync()).Split("subjectrecord unit/lost ").Length.ShouldBe(2);
    }

    private async Task WithALateEventAsync(Func<Task> meanwhile)
    {
        await using var gate = new NpgsqlConnection(_ledger.ConnectionString);
        await gate.OpenAsync();
        await RunAsync(gate, $"select pg_advisory_lock({Gate})");
        var late = _ledger.RecordAsync(Samples.Registered("late", "迟到局", UnitKind.Department));
        await Eventually.IsAsync(
            () => _ledger.ScalarAsync<bool>($"select exists ({AtTheGate})"), "the late one at the gate");
        for (var n = 1; n <= 5; n++) (await _ledger.RecordAsync(Samples.Registered($"after{n}", $"后局{n}", UnitKind.Department))).Refusal.ShouldBeNull();
        await meanwhile();
        await RunAsync(gate, $"select pg_advisory_unlock({Gate})");
        (await late).Refusal.ShouldBeNull();
        await _ledger.RecordAsync(Samples.Registered("last", "末局", UnitKind.Department));
    }

    private async Task EveryFactIsThereOnceAsync()
    {
        await _ledger.CatchUpAsync();
        var here = await _ledger.DocumentsAsync();
        foreach (var unit in (string[])["late", "after1", "after5", "last"]) here.Split($"subjectrecord unit/{unit} ").Length.ShouldBe(2, unit);
        (await _ledger.ScalarAsync<long>("select coalesce(sum(jsonb_array_length(data -> 'facts')), 0)::bigint from mt.mt_doc_subjectrecord"))
            .ShouldBe(await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events"));
        (await _ledger.ScalarAsync<long>("select count(*) from mt.mt_high_water_skips")).ShouldBe(0);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
