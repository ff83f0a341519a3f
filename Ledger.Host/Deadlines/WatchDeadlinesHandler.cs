using Marten;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace Ledger.Host.Deadlines;

/// <summary>Find out when to look at these lawsuits: what the subscription could not do while an import was writing them.</summary>
/// <param name="Lawsuits">The lawsuits' keys.</param>
public sealed record WatchDeadlines(IReadOnlyList<string> Lawsuits)
{
    private static readonly TimeSpan UntilImported = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilRepaired = TimeSpan.FromHours(1);

    /// <summary>
    /// The wake-ups of some lawsuits: one for each instant, now for what is due and not raised. By a delay and not by an
    /// instant: how long to wait is said by the ledger's clock, and the scheduler's only counts it.
    /// </summary>
    public static IEnumerable<object> WakeUpsOf(DeadlineState deadlines, IReadOnlySet<string> raised)
    {
        var wakeUps = new SortedDictionary<DateTimeOffset, List<string>>();
        foreach (var (lawsuit, watch) in deadlines.Watches)
            foreach (var at in watch.Due.Any(n => !raised.Contains(n.Id)) ? watch.WakeUps.Prepend(deadlines.Now) : watch.WakeUps)
                (wakeUps.TryGetValue(at, out var lawsuits) ? lawsuits : wakeUps[at] = []).Add(lawsuit);
        return wakeUps.Select(w => w.Key <= deadlines.Now
                ? (object)new DeadlineReached(w.Key, w.Value)
                : new DeadlineReached(w.Key, w.Value).DelayedFor(w.Key - deadlines.Now))
            .Concat(LaterOf(deadlines));
    }

    /// <summary>What cannot be told yet is asked again.</summary>
    public static IEnumerable<object> LaterOf(DeadlineState deadlines)
    {
        if (deadlines.Importing.Count > 0) yield return new WatchDeadlines(deadlines.Importing).DelayedFor(UntilImported);
        if (deadlines.Unreadable.Count > 0) yield return new WatchDeadlines(deadlines.Unreadable).DelayedFor(UntilRepaired);
    }
}

/// <summary>Schedules the wake-ups of some lawsuits.</summary>
public static class WatchDeadlinesHandler
{
    /// <summary>Never given up.</summary>
    public static void Configure(HandlerChain chain) => chain.OnAnyException().ScheduleRetryIndefinitely(DeadlineReachedHandler.Patience);

    /// <summary>Reads what the lawsuits demand now, and which of these notices have been raised.</summary>
    public static async Task<(DeadlineState, IReadOnlySet<string>)> LoadAsync(
        WatchDeadlines message, DeadlineReader reader, IDocumentSession session, CancellationToken cancellation)
    {
        var deadlines = await reader.ReadAsync(message.Lawsuits, cancellation);
        return (deadlines, await DeadlineReachedHandler.RaisedAsync(session, deadlines, cancellation));
    }

    /// <summary>The wake-ups.</summary>
    public static OutgoingMessages Handle(WatchDeadlines message, DeadlineState deadlines, IReadOnlySet<string> raised) =>
        [.. WatchDeadlines.WakeUpsOf(deadlines, raised)];
}
