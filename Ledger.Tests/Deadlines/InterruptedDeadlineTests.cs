using Ledger.Domain.Obligations;
using Ledger.Projections;
using Ledger.Tests.Infrastructure;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Wolverine;
using Xunit;

namespace Ledger.Tests.Deadlines;

/// <summary>Stops, restarts, imports without a host: no notice is lost and none is doubled.</summary>
public sealed class InterruptedDeadlineTests
{
    [Fact]
    public async Task A_wake_up_scheduled_by_one_host_fires_in_the_next_one()
    {
        var first = await DeadlineHost.StartAsync("2023-10-17T23:59:58");
        await first.DocketAsync("restart", 1);
        await first.MaterialsAsync("restart", 1, "2023-10-12");
        (await first.NoticesAsync("restart")).ShouldBe(["Warning 2023-10-17"]);
        (await first.ScheduledAsync()).ShouldBeGreaterThan(0, "the due time, two seconds away");
        await first.StopAsync();
        first.Reach("2023-10-18T00:00");

        await using (var second = await first.StartAnotherAsync())
            (await Eventually.HasAsync(async () => await second.NoticesAsync("restart"), n => n.Count > 1, "the overdue notice"))
                .ShouldBe(["Overdue 2023-10-17", "Warning 2023-10-17"]);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_host_that_shares_the_work_as_in_production_follows_and_fires_too()
    {
        var first = await DeadlineHost.CreateAsync("2023-10-17T23:59:58");
        await first.DocketAsync("shared", 1);
        await first.MaterialsAsync("shared", 1, "2023-10-12");

        await using (var second = await first.StartAnotherAsync(DurabilityMode.Balanced))
        {
            (await second.NoticesAsync("shared")).ShouldBe(["Warning 2023-10-17"]);
            second.Reach("2023-10-18T00:00");
            (await Eventually.HasAsync(async () => await second.NoticesAsync("shared"), n => n.Count > 1, "the overdue notice"))
                .ShouldBe(["Overdue 2023-10-17", "Warning 2023-10-17"]);
        }

        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_host_killed_between_the_subscription_and_the_handler_loses_no_notice()
    {
        var first = await DeadlineHost.StartAsync("2023-10-20T10:00");
        await using var saboteur = new NpgsqlConnection(first.Logins.Owner);
        await saboteur.OpenAsync();
        var blockade = await saboteur.BeginTransactionAsync();
        await ExecuteAsync(saboteur, "lock table mt.mt_doc_notice in share mode"); // can be read, not written
        await first.DocketAsync("killed", 1);
        await first.MaterialsAsync("killed", 1, "2023-10-12");
        await Eventually.IsAsync(
            async () => await first.ScalarAsync<bool>("select exists (select from pg_locks where relation = 'mt.mt_doc_notice'::regclass and not granted)"),
            "the handler stands before its insert");
        var owner = await first.ScalarAsync<int>("select max(owner_id) from wolverine.wolverine_incoming_envelopes where status = 'Incoming'");
        owner.ShouldNotBe(0, "the message is the first host's");

        // As a kill does: every connection is cut, nothing is handed back, and the message still names the dead host.
        await ExecuteAsync(saboteur, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await first.StopAsync();
        await ExecuteAsync(saboteur, $"update wolverine.wolverine_incoming_envelopes set owner_id = 4711, status = 'Incoming' where status <> 'Handled' and message_type like '%DeadlineReached%'");
        await blockade.RollbackAsync();
        (await CountAsync(saboteur, "select count(*) from mt.mt_doc_notice")).ShouldBe(0);

        await using (var second = await first.StartAnotherAsync(DurabilityMode.Balanced))
            (await Eventually.HasAsync(async () => await second.NoticesAsync("killed"), n => n.Count > 0, "the overdue notice")).ShouldBe(["Overdue 2023-10-17"]);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_history_recorded_without_a_host_schedules_nothing_and_raises_what_is_still_unmet_once()
    {
        var recorder = await DeadlineHost.CreateAsync("2024-03-01T10:00");
        for (var n = 1; n <= 130; n++)
        {
            await recorder.DocketAsync("h" + n, n);
            await recorder.MaterialsAsync("h" + n, n, "2023-10-12");
            if (n % 10 != 0) await recorder.FileAsync("h" + n, n, n % 2 == 0 ? "2023-10-13T09:00" : "2023-11-13T09:00");
        }

        await using (var host = await recorder.StartAnotherAsync())
        {
            var notices = await host.ListAsync();
            notices.Select(n => n.Notice.Lawsuit).ShouldBe(Enumerable.Range(1, 13).Select(n => $"h{n * 10}"), ignoreOrder: true);
            notices.ShouldAllBe(n => n.Notice.Kind == NoticeKind.Overdue);
            (await host.ScheduledAsync()).ShouldBe(0);
            // One for each hundred lawsuits of a page, not one for each lawsuit.
            (await host.ScalarAsync<long>("select count(*) from wolverine.wolverine_incoming_envelopes where message_type like '%DeadlineReached%'")).ShouldBeLessThanOrEqualTo(4);
        }

        await using (var again = await recorder.StartAnotherAsync())
        {
            await again.DocketAsync("later", 500);
            (await again.ListAsync()).Count.ShouldBe(13);
        }

        await recorder.DisposeAsync();
    }

    [Fact]
    public async Task A_database_that_cuts_every_connection_is_followed_again()
    {
        await using var host = await DeadlineHost.StartAsync("2023-10-20T10:00");
        await host.DocketAsync("cut", 1);
        await host.SettledAsync();
        await using var saboteur = new NpgsqlConnection(host.Logins.Owner);
        await saboteur.OpenAsync();
        for (var i = 0; i < 3; i++)
            await ExecuteAsync(saboteur, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await Eventually.IsAsync(
            async () =>
            {
                try
                {
                    await host.MaterialsAsync("cut", 1, "2023-10-12");
                    return true;
                }
                catch (Exception e) when (e is not ShouldAssertException)
                {
                    return false;
                }
            },
            "the receipt");

        (await host.NoticesAsync("cut")).ShouldBe(["Overdue 2023-10-17"]);
    }

    [Fact]
    public async Task A_rebuild_of_the_read_models_leaves_the_notices_and_the_subscription_alone()
    {
        var host = await DeadlineHost.StartAsync("2023-10-20T10:00");
        await host.DocketAsync("rebuilt", 1);
        await host.MaterialsAsync("rebuilt", 1, "2023-10-12");
        (await host.NoticesAsync("rebuilt")).ShouldBe(["Overdue 2023-10-17"]);
        var handled = await host.ScalarAsync<long>("select count(*) from wolverine.wolverine_incoming_envelopes");
        await host.StopAsync();

        var progress = await host.ScalarAsync<long>("select last_seq_id from mt.mt_event_progression where name = 'Deadlines:All'");
        using (var daemon = await host.Services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync())
            await daemon.RebuildProjectionAsync(CountyProjection.Name, TimeSpan.FromMinutes(1), CancellationToken.None);

        (await host.ScalarAsync<long>("select last_seq_id from mt.mt_event_progression where name = 'Deadlines:All'")).ShouldBe(progress);
        await using (var again = await host.StartAnotherAsync())
        {
            (await again.NoticesAsync("rebuilt")).ShouldBe(["Overdue 2023-10-17"]);
            (await again.ScalarAsync<long>("select count(*) from wolverine.wolverine_incoming_envelopes")).ShouldBe(handled);
        }

        await host.DisposeAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
