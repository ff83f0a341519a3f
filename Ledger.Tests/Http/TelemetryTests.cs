using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Telemetry;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>A host that exports to a collector of the tests' own.</summary>
public sealed class CollectedApp : AppFixture
{
    private WebApplication? _collector;

    public ConcurrentQueue<(string Path, string Body)> Received { get; } = new();

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        var collector = WebApplication.CreateSlimBuilder();
        collector.Logging.ClearProviders();
        _collector = collector.Build();
        _collector.Urls.Add("http://127.0.0.1:0");
        _collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            Received.Enqueue((signal, Encoding.UTF8.GetString(body.ToArray())));
        });
        _collector.StartAsync().GetAwaiter().GetResult();
        builder.Configuration.AddInMemoryCollection(
            [new(LedgerTelemetry.Endpoint, _collector.Urls.Single()), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_collector is not null) await _collector.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What leaves the process says how the ledger does, and nothing about anybody.</summary>
public sealed class TelemetryTests(CollectedApp app) : IClassFixture<CollectedApp>
{
    [Fact]
    public async Task Traces_and_metrics_reach_the_collector_without_a_name()
    {
        var supervisor = CountyApp.Supervisor;
        await app.PostAsync("/api/units/wuquan/unit-registered", """{"name":"舞泉镇","kind":"Township","registeredOn":"2020-01-01"}""", supervisor);
        await app.PostAsync("/api/lawsuits/mine/lawsuit-docketed",
            FactJson.Write(CountyApp.Docketed(1, "wuquan", CountyApp.Names[0])), supervisor);
        await app.PostAsync("/api/lawsuits/mine/lawsuit-suspended", """{"on":"2999-01-01","reason":"x"}""", supervisor, 422);
        await app.GetAsync("/api/lawsuits/mine", supervisor);

        app.Services.GetRequiredService<TracerProvider>().ForceFlush();
        app.Services.GetRequiredService<MeterProvider>().ForceFlush();

        var traces = string.Concat(app.Received.Where(r => r.Path == "traces").Select(r => r.Body));
        var metrics = string.Concat(app.Received.Where(r => r.Path == "metrics").Select(r => r.Body));
        traces.ShouldContain("/api/lawsuits/{key}");
        traces.ShouldContain("Npgsql");
        metrics.ShouldContain("ledger.facts");
        metrics.ShouldContain("admitted");
        metrics.ShouldContain("date.in-future");
        metrics.ShouldContain("ledger.projection.lag");
        metrics.ShouldContain("http.server.request.duration");
        CountyApp.Names.ShouldAllBe(name => !(traces + metrics).Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_line_quotes_no_foreign_exception()
    {
        var thrown = new InvalidOperationException("at " + CountyApp.Names[0], new StartupRefusedProbe());
        var line = Written("Marten.Daemon", thrown, new Dictionary<string, object?> { ["{OriginalFormat}"] = "Shard {Name} stopped", ["Name"] = CountyApp.Names[0] });
        line["message"]!.GetValue<string>().ShouldBe("Shard {Name} stopped");
        line["exception"]![0]!["type"]!.GetValue<string>().ShouldBe(typeof(InvalidOperationException).FullName);
        line.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ShouldNotContain(CountyApp.Names[0]);
        line["exception"]![1]!["message"]!.GetValue<string>().ShouldBe("ours");
    }

    [Fact]
    public void A_log_line_of_ours_names_its_values()
    {
        var line = Written("Ledger.PersonalData", null, new Dictionary<string, object?> { ["{OriginalFormat}"] = "{Subject}", ["Subject"] = "lawsuit/a" });
        line["values"]!["Subject"]!.GetValue<string>().ShouldBe("lawsuit/a");
        line["level"]!.GetValue<string>().ShouldBe("Information");
    }

    private static JsonNode Written(string category, Exception? thrown, Dictionary<string, object?> state)
    {
        using var text = new StringWriter();
        new SafeJsonFormatter().Write(
            new LogEntry<Dictionary<string, object?>>(LogLevel.Information, category, new EventId(1, "Tested"), state, thrown, (s, _) => string.Join(',', s.Values)),
            null, text);
        return JsonNode.Parse(text.ToString())!;
    }

    private sealed class StartupRefusedProbe() : Exception("ours");
}
