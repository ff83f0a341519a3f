using Ledger.Host.Api;
using Microsoft.Extensions.Logging.Console;

namespace Ledger.Host.Telemetry;

/// <summary>
/// Logs as JSON lines, without personal data. Exceptions of the store and of the serializer may quote what they were working
/// on, so of a foreign exception only its type and where it arose are written (<see cref="SafeJsonFormatter"/>).
/// </summary>
public static class LedgerLogs
{
    /// <summary>Registers the formatter and what is never, or always, logged.</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Logging.AddConsoleFormatter<SafeJsonFormatter, ConsoleFormatterOptions>();
        if (!builder.Environment.IsDevelopment()) builder.Logging.AddConsole(console => console.FormatterName = SafeJsonFormatter.Name);
        // Who read plaintiffs' names is kept whatever else is turned down.
        builder.Logging.AddFilter(PersonalData.Category, LogLevel.Information);
        // These would write bodies, parameters and message contents when turned up by a wildcard.
        builder.Logging.AddFilter("Microsoft.AspNetCore.HttpLogging", LogLevel.None);
        builder.Logging.AddFilter("Npgsql.Command", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Warning);
        // The answer of the probe says it; a host that is starting would say it every second.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
    }
}
