using Ledger.Domain.Obligations;
using Marten;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace Ledger.Host.Deadlines;

/// <summary>
/// A wake-up: look at these lawsuits now. It says nothing about what is due; lawsuits that share an instant share a message,
/// so that an import of many does not become as many messages.
/// </summary>
/// <param name="At">The instant for which it was scheduled.</param>
/// <param name="Lawsuits">The lawsuits' keys.</param>
public sealed record DeadlineReached(DateTimeOffset At, IReadOnlyList<string> Lawsuits);

/// <summary>
/// Raises the notices that are due. Wake-ups come late, twice, or for a due day that a correction has moved since, and are
/// never cancelled: the state decides, and the notice's id, unique in the database, decides between two at once.
/// </summary>
public static class DeadlineReachedHandler
{
    /// <summary>How long a failed message waits before each further try; the last one repeats, for a notice is never given up.</summary>
    internal static readonly TimeSpan[] Patience = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    /// <summary>A notice that somebody else raised meanwhile is found on the next try.</summary>
    public static void Configure(HandlerChain chain)
    {
        chain.OnException(DeadlineConfiguration.IsThereAlready).RetryTimes(10).Then.ScheduleRetryIndefinitely(Patience);
        chain.OnAnyException().ScheduleRetryIndefinitely(Patience);
    }

    /// <summary>Reads what the lawsuits demand now, and which of these notices have been raised.</summary>
    public static async Task<(DeadlineState, IReadOnlySet<string>)> LoadAsync(
        DeadlineReached message, DeadlineReader reader, IDocumentSession session, CancellationToken cancellation)
    {
        var deadlines = await reader.ReadAsync(message.Lawsuits, cancellation);
        return (deadlines, await RaisedAsync(session, deadlines, cancellation));
    }

    /// <summary>Raises what is due and not yet raised.</summary>
    public static OutgoingMessages Handle(DeadlineReached message, DeadlineState deadlines, IReadOnlySet<string> raised, IDocumentSession session)
    {
        var outgoing = new OutgoingMessages();
        foreach (var (_, watch) in deadlines.Watches)
            foreach (var notice in watch.Due) // is it still demanded?
            {
                if (raised.Contains(notice.Id)) continue; // has this step been taken?
                session.Insert(Of(notice, deadlines));
                outgoing.Add(new NoticeRaised(notice.Id, notice.Obligation.Unit));
            }

        // The scheduler's clock may run ahead of ours: what is not due yet must not be lost.
        var early = deadlines.Watches.Where(w => w.Watch.WakeUps.Contains(message.At)).Select(w => w.Lawsuit).ToList();
        if (early.Count > 0) outgoing.Delay(new DeadlineReached(message.At, early), message.At - deadlines.Now);
        outgoing.AddRange(WatchDeadlines.LaterOf(deadlines));
        return outgoing;
    }

    /// <summary>Which of the notices that are due have been raised.</summary>
    internal static async Task<IReadOnlySet<string>> RaisedAsync(IQuerySession session, DeadlineState deadlines, CancellationToken cancellation)
    {
        var due = deadlines.Watches.SelectMany(w => w.Watch.Due).Select(n => n.Id).ToArray();
        if (due.Length == 0) return new HashSet<string>(StringComparer.Ordinal);
        return (await session.LoadManyAsync<Notice>(cancellation, due)).Select(n => n.Id).ToHashSet(StringComparer.Ordinal);
    }

    private static Notice Of(DueNotice notice, DeadlineState deadlines) => new(
        notice.Id,
        notice.Kind,
        notice.Obligation.Kind,
        notice.Obligation.Unit,
        notice.Obligation.Lawsuit!,
        notice.Obligation.CaseNo!,
        notice.Obligation.DueOn,
        deadlines.Now,
        NoticeText.Chinese(notice, deadlines.Calendar),
        NoticeText.English(notice, deadlines.Calendar));
}
