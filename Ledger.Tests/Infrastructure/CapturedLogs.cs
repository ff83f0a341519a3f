using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ledger.Tests.Infrastructure;

/// <summary>One line that the host logged.</summary>
public sealed record LogLine(string Category, LogLevel Level, EventId Event, string Text, IReadOnlyDictionary<string, object?> Values, Exception? Exception);

/// <summary>Everything that the host logs, for tests that read it.</summary>
public sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            lines.Enqueue(new LogLine(
                category, logLevel, eventId, formatter(state, exception), values.GroupBy(v => v.Key).ToDictionary(v => v.Key, v => v.Last().Value), exception));
        }
    }
}
