using System.Net;
using System.Text.Json.Nodes;
using Alba;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Ledger.Host.Security;
using Ledger.Projections;
using Ledger.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Wolverine.Runtime;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>Health is green only while every projection runs, and says why only to those who look after the host.</summary>
public sealed class HealthTests(AppFixture app) : IClassFixture<AppFixture>
{
    private static readonly string Operator = TestTokens.Of(LedgerRole.Admin);

    // What nobody may see outside the ledger's own answers: it stands in the event that cannot be read.
    private const string Payload = "王五明明";

    [Fact]
    public async Task A_stopped_projection_is_red_and_its_numbers_are_withheld()
    {
        await app.RecordAsync("unit/wuquan", new UnitRegistered("舞泉镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await app.RecordAsync("lawsuit/mine", CountyApp.Docketed(1, "wuquan", Payload));
        await Eventually.IsAsync(async () => (await ReadyAsync()).Status == 200, "the projections run");
        await app.GetAsync("/health/live", null);
        var ready = await ReadyAsync(Operator);
        ready.Json["checks"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).ShouldBe(["database", "projections", "position", "sealing", "witnesses", "pages"]);
        Check(ready.Json, "projections")["data"]![CountyProjection.Shard]!.GetValue<string>().ShouldBe("Running");
        await app.GetAsync("/api/rankings/2024Q2", Operator);

        var poison = await AppendUnreadableAsync();

        await Eventually.IsAsync(async () => (await ReadyAsync()).Status == 503, "the stop is noticed");
        await Eventually.IsAsync(async () => Shard((await ReadyAsync(Operator)).Json).Contains("Paused", StringComparison.Ordinal), "the shard is paused");
        var red = await ReadyAsync(Operator);
        red.Json["status"]!.GetValue<string>().ShouldBe("Unhealthy");
        Shard(red.Json).ShouldContain($"event {poison}");
        red.Json.ToJsonString(FactJson.Options).ShouldNotContain(Payload);
        // The process itself is alive: nobody gains by a restart loop.
        await app.GetAsync("/health/live", null);

        // Which number the event would change is not known, so none is given.
        foreach (var url in new[] { "/api/rankings/2024Q2", "/api/units/wuquan/scorecard/2024Q2", "/api/obligations", "/api/lawsuits/poisoned/history" })
        {
            var withheld = await app.GetAsync(url, Operator, 503);
            JsonNode.Parse(await withheld.ReadAsTextAsync())!["code"]!.GetValue<string>().ShouldBe(Codes.AnswerWithheld);
        }

        // What was known before it is as it was.
        await app.GetAsync($"/api/rankings/2024Q2?position={poison - 1}", Operator);
        app.Logs.Lines.ShouldAllBe(l => !(l.Text + l.Exception).Contains(Payload, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Why_is_told_to_operators_and_to_this_machine_only()
    {
        (await ReadyAsync()).Json.AsObject().Select(m => m.Key).ShouldBe(["status"]);
        (await ReadyAsync(TestTokens.Of(LedgerRole.Clerk, "wuquan"))).Json.AsObject().ContainsKey("checks").ShouldBeFalse();
        (await ReadyAsync(Operator)).Json.AsObject().ContainsKey("checks").ShouldBeTrue();
        (await ReadyAsync(null, s => From(s, IPAddress.Loopback))).Json.AsObject().ContainsKey("checks").ShouldBeTrue();
        (await ReadyAsync(null, s => From(s, IPAddress.Parse("192.0.2.7")))).Json.AsObject().ContainsKey("checks").ShouldBeFalse();
        // Whoever comes through this machine's proxy is not this machine.
        (await ReadyAsync(null, s =>
        {
            From(s, IPAddress.IPv6Loopback);
            s.WithRequestHeader("X-Forwarded-For", "192.0.2.7");
        })).Json.AsObject().ContainsKey("checks").ShouldBeFalse();
    }

    [Fact]
    public async Task A_shard_that_nobody_runs_is_red_though_its_row_says_running()
    {
        await using var other = new StoppedApp();
        await other.InitializeAsync();
        var runtime = other.Services.GetRequiredService<IWolverineRuntime>();
        await Eventually.IsAsync(async () => (await ReadyAsync(of: other)).Status == 200, "the projections run");
        runtime.Agents.DisableHealthChecks(); // it would start the agent again
        var agent = runtime.Agents.AllRunningAgentUris().Single(u => u.ToString().Contains("county", StringComparison.OrdinalIgnoreCase));
        await runtime.Agents.StopLocallyAsync(agent);
        var (status, json) = await ReadyAsync(Operator, of: other);
        status.ShouldBe(503);
        Shard(json).ShouldNotBe("Running");
    }

    [Fact]
    public async Task A_shard_that_stops_on_its_first_page_has_no_row_and_is_red()
    {
        await using var other = new PoisonedApp();
        await other.InitializeAsync();
        await Eventually.IsAsync(async () => Shard((await ReadyAsync(Operator, of: other)).Json).Contains("Paused", StringComparison.Ordinal), "the shard is paused");
        (await ReadyAsync(of: other)).Status.ShouldBe(503);
        await other.GetAsync("/api/rankings/2024Q2", Operator, 503);
    }

    private static void From(Scenario scenario, IPAddress address) => scenario.ConfigureHttpContext(http => http.Connection.RemoteIpAddress = address);

    private static JsonNode Check(JsonNode report, string name) => report["checks"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == name)!;

    private static string Shard(JsonNode report) => Check(report, "projections")["data"]![CountyProjection.Shard]!.GetValue<string>();

    private async Task<(int Status, JsonNode Json)> ReadyAsync(string? token = null, Action<Scenario>? more = null, AppFixture? of = null)
    {
        var answer = await (of ?? app).Host.Scenario(s =>
        {
            s.Get.Url("/health/ready");
            if (token is not null) s.WithRequestHeader("Authorization", "Bearer " + token);
            s.IgnoreStatusCode();
            more?.Invoke(s);
        });
        return (answer.Context.Response.StatusCode, JsonNode.Parse(await answer.ReadAsTextAsync())!);
    }

    private async Task<long> AppendUnreadableAsync() => (long)(await app.SqlAsync(Unreadable.Sql(Payload)))!;
}

/// <summary>An event that no program can read, as a defect or a hand at the database could leave it: past the intake, through the guards.</summary>
internal static class Unreadable
{
    public static string Sql(string payload) =>
        $$$"""
        with stream as (insert into mt.mt_streams (id, type, version) values ('lawsuit/poisoned', 'lawsuit_history', 1) returning id)
        insert into mt.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type, timestamp, headers)
        select nextval('mt.mt_events_sequence'), gen_random_uuid(), id, 1,
               '{"plaintiffs":"{{{payload}}}","docketedOn":"{{{payload}}}"}', 'LawsuitDocketed', null, now(), '{"source":"/poison","id":"1"}'
        from stream returning seq_id
        """;
}

/// <summary>A host whose projections a test may stop.</summary>
internal sealed class StoppedApp : AppFixture;

/// <summary>A host that finds an unreadable event in the first page that it reads.</summary>
internal sealed class PoisonedApp : AppFixture
{
    protected override async Task PrepareAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Unreadable.Sql("x"), connection);
        await command.ExecuteNonQueryAsync();
    }
}
