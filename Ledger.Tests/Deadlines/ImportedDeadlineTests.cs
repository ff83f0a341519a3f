using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Import;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Deadlines;

/// <summary>An import appends a lawsuit in pieces: while it does, nobody may take a filing that is still to come for missing.</summary>
public sealed class ImportedDeadlineTests
{
    [Fact]
    public async Task An_import_beside_a_running_host_raises_what_is_unmet_when_it_is_done_and_nothing_else()
    {
        await using var host = await DeadlineHost.StartAsync("2024-03-01T10:00");
        var pauses = 0;
        var options = new ImportOptions
        {
            BatchSize = 100, // not a multiple of a lawsuit's three facts: batches cut through lawsuits
            Writers = 1,
            FaultPoint = async point =>
            {
                if (point != "batch" || ++pauses % 4 != 0) return;
                await host.SettledAsync();
                (await host.ScalarAsync<long>("select count(*) from mt.mt_doc_notice")).ShouldBe(0, "half an import");
            },
        };
        var import = new FactImport(host.Services.GetRequiredService<NpgsqlDataSource>(), host.Clock, options);

        var report = await import.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(File(400))), "test");

        report.Refused.ShouldBeEmpty();
        pauses.ShouldBeGreaterThan(4);
        await host.SettledAsync();
        await FireAsync(host);
        var notices = await host.ListAsync();
        notices.Select(n => n.Notice.Lawsuit).ShouldBe(Enumerable.Range(1, 40).Select(n => $"i{n * 10}"), ignoreOrder: true);
        await FireAsync(host);
        (await host.ListAsync()).Count.ShouldBe(40);
        (await host.ScheduledAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_lawsuit_of_an_import_that_was_killed_waits_until_it_is_finished_and_others_do_not()
    {
        var recorder = await DeadlineHost.CreateAsync("2023-10-16T07:00");
        await recorder.DocketAsync("waits", 1);
        await recorder.MaterialsAsync("waits", 1, "2023-10-12");
        await recorder.DocketAsync("free", 2);
        await recorder.MaterialsAsync("free", 2, "2023-10-11");
        await RunAsync(recorder, "insert into ledger.import (sha256, actor, state, imported, duplicates) values ('', 'test', 'appending', 0, 0)");
        await RunAsync(recorder, "insert into ledger.import_subject (subject) values ('lawsuit/waits')");

        await using (var host = await recorder.StartAnotherAsync())
        {
            (await host.ListAsync()).Select(n => n.Notice.Lawsuit).ShouldBe(["free"]);
            await host.WakeAsync(host.Reach("2023-10-16T07:59:57"), "waits", "free");
            (await host.NoticesAsync("waits")).ShouldBeEmpty();

            await RunAsync(host, "update ledger.import set state = 'done', finished_at = now()");
            host.Reach("2023-10-16T07:59:58");
            await FireAsync(host);
            (await host.NoticesAsync("waits")).ShouldBeEmpty();
            host.Reach("2023-10-16T08:00");
            (await Infrastructure.Eventually.HasAsync(async () => await host.NoticesAsync("waits"), n => n.Count > 0, "the warning")).ShouldBe(["Warning 2023-10-17"]);
        }

        await recorder.DisposeAsync();
    }

    // The minute's wait is the scheduler's; here it is over.
    private static async Task FireAsync(DeadlineHost host)
    {
        await RunAsync(
            host,
            "update wolverine.wolverine_incoming_envelopes set execution_time = now() where status = 'Scheduled' and message_type like '%WatchDeadlines%'");
        await Infrastructure.Eventually.IsAsync(
            () => host.ScalarAsync<bool>(
                "select not exists (select from wolverine.wolverine_incoming_envelopes where status <> 'Handled' and message_type like '%WatchDeadlines%')"),
            "the scheduled messages");
    }

    private static async Task RunAsync(DeadlineHost host, string sql)
    {
        await using var connection = new NpgsqlConnection(host.Logins.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string File(int lawsuits)
    {
        var lines = new StringBuilder();
        for (var n = 1; n <= lawsuits; n++)
        {
            Add(n, new LawsuitDocketed(
                DeadlineHost.CaseNo(n), "舞阳县人民法院", new DateOnly(2023, 9, 4), LawsuitCategory.Administrative, "行政处罚", "城管", "处罚",
                [new Defendant(DeadlineHost.Unit, DefendantCapacity.Sole)]));
            Add(n, new ResponseMaterialsReceived(DeadlineHost.Unit, DeadlineHost.CaseNo(n), new DateOnly(2023, 10, 12)));
            if (n % 10 != 0) Add(n, new CaseFilingSubmitted(DeadlineHost.Unit, DeadlineHost.CaseNo(n), DeadlineHost.At("2023-10-13T09:00")));
        }

        return lines.ToString();

        void Add(int n, IFact fact) => lines.AppendLine(new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"{n}/{EventCatalog.NameOf(fact)}",
            ["source"] = "/test",
            ["type"] = EventCatalog.NameOf(fact),
            ["subject"] = Subject.Lawsuit("i" + n).ToString(),
            ["data"] = FactJson.WriteNode(fact),
        }.ToJsonString());
    }
}
