using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Ledger.Host.Telemetry;

/// <summary>
/// Traces and metrics leave the process only where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says so; without it nothing is collected.
/// Neither they nor the logs carry personal data: no parameters of statements, no bodies, no messages of foreign exceptions.
/// </summary>
public static class LedgerTelemetry
{
    /// <summary>The configuration key that turns the export on; the exporter reads its other OTEL_ settings itself.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers the meter, the logs, and, where configured, the export.</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<LedgerMetrics>();
        LedgerLogs.Register(builder);
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint])) return;
        builder.Services.AddHostedService<LagSampler>();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("ledger", serviceVersion: typeof(LedgerTelemetry).Assembly.GetName().Version?.ToString()))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options => options.Filter = http => !http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
                .AddNpgsql()
                .AddSource("Marten", "Wolverine"))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddMeter("Npgsql", "Marten", "Wolverine", "Wolverine:*", LedgerMetrics.MeterName))
            .UseOtlpExporter();
    }
}
