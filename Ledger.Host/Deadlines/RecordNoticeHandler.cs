using Marten;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace Ledger.Host.Deadlines;

/// <summary>A notice was raised: sent through the outbox of the transaction that stored it.</summary>
/// <param name="Notice">The notice's id.</param>
/// <param name="Unit">The unit that it concerns.</param>
public sealed record NoticeRaised(string Notice, string Unit);

/// <summary>Records a notice for its recipients: the unit, and the bureau that the plan has it file with.</summary>
public static class RecordNoticeHandler
{
    /// <summary>县司法局, the county's justice bureau.</summary>
    public const string Bureau = "sifa";

    /// <summary>An entry that somebody else inserted meanwhile is found on the next try.</summary>
    public static void Configure(HandlerChain chain)
    {
        chain.OnException(DeadlineConfiguration.IsThereAlready).RetryTimes(10).Then.ScheduleRetryIndefinitely(DeadlineReachedHandler.Patience);
        chain.OnAnyException().ScheduleRetryIndefinitely(DeadlineReachedHandler.Patience);
    }

    /// <summary>Which of the entries are there already.</summary>
    public static async Task<IReadOnlySet<string>> LoadAsync(NoticeRaised message, IDocumentSession session, CancellationToken cancellation) =>
        (await session.LoadManyAsync<NoticeEntry>(cancellation, EntriesOf(message).Select(e => e.Id)))
            .Select(e => e.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Inserts the missing ones.</summary>
    public static void Handle(NoticeRaised message, IReadOnlySet<string> recorded, IDocumentSession session, TimeProvider clock)
    {
        foreach (var (id, recipient) in EntriesOf(message))
            if (!recorded.Contains(id))
                session.Insert(new NoticeEntry(id, message.Notice, recipient, clock.GetUtcNow()));
    }

    // The bureau may itself be the unit that is sued.
    private static IEnumerable<(string Id, string Recipient)> EntriesOf(NoticeRaised message) =>
        new[] { message.Unit, Bureau }.Distinct(StringComparer.Ordinal).Select(recipient => (message.Notice + "/" + recipient, recipient));
}
