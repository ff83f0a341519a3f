using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Npgsql;

namespace Ledger.Host.Telemetry;

/// <summary>One JSON object per line: when, how grave, from where, what, with the values that the message names.</summary>
public sealed class SafeJsonFormatter() : ConsoleFormatter(Name)
{
    /// <summary>The formatter's name.</summary>
    public new const string Name = "ledger-json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", TimeProvider.System.GetUtcNow()); // the machine's, not the ledger's
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("category", logEntry.Category);
            if (logEntry.EventId.Id != 0) json.WriteNumber("eventId", logEntry.EventId.Id);
            if (logEntry.EventId.Name is { } name) json.WriteString("event", name);
            WriteMessage(json, logEntry);
            if (System.Diagnostics.Activity.Current is { } activity) json.WriteString("traceId", activity.TraceId.ToString());
            if (logEntry.Exception is { } thrown) WriteException(json, thrown);
            json.WriteEndObject();
        }

        textWriter.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    // A framework that logs an exception often repeats its message in its own line.
    private static void WriteMessage<TState>(Utf8JsonWriter json, in LogEntry<TState> entry)
    {
        var values = entry.State as IEnumerable<KeyValuePair<string, object?>> ?? [];
        var isOurs = entry.Category.StartsWith("Ledger.", StringComparison.Ordinal);
        if (entry.Exception is null || isOurs)
        {
            json.WriteString("message", entry.Formatter(entry.State, entry.Exception));
            if (!isOurs) return;
            json.WriteStartObject("values");
            foreach (var (key, value) in values)
                if (key != "{OriginalFormat}")
                    json.WriteString(key, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
            json.WriteEndObject();
            return;
        }

        var template = values.FirstOrDefault(v => v.Key == "{OriginalFormat}").Value as string;
        json.WriteString("message", template ?? entry.Exception.GetType().Name);
    }

    private static void WriteException(Utf8JsonWriter json, Exception thrown)
    {
        json.WriteStartArray("exception");
        for (Exception? e = thrown; e is not null; e = e.InnerException)
        {
            json.WriteStartObject();
            json.WriteString("type", e.GetType().FullName);
            if (e.GetType().Namespace?.StartsWith("Ledger.", StringComparison.Ordinal) == true) json.WriteString("message", e.Message);
            if (e is PostgresException postgres) json.WriteString("sqlState", postgres.SqlState);
            if (e.StackTrace is { } trace) json.WriteString("at", trace);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
