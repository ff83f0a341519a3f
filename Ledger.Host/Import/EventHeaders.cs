using System.Globalization;

namespace Ledger.Host.Import;

/// <summary>The members of an event's headers that hold its envelope; commands and the import write the same.</summary>
public static class EventHeaders
{
    /// <summary>CloudEvents <c>source</c>.</summary>
    public const string Source = "source";

    /// <summary>CloudEvents <c>id</c>.</summary>
    public const string Id = "id";

    /// <summary>CloudEvents <c>time</c>: when the sender recorded the fact.</summary>
    public const string Time = "time";

    /// <summary>A time as JSON writes it: its own offset, no more decimals than it has.</summary>
    public static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
