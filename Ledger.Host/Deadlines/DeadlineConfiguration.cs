using JasperFx;
using Marten;
using Wolverine;
using Wolverine.Marten;

namespace Ledger.Host.Deadlines;

/// <summary>Puts the deadlines into the store, the host and the message bus.</summary>
public static class DeadlineConfiguration
{
    /// <summary>Adds the notices to the store.</summary>
    public static void ConfigureDeadlines(this StoreOptions options)
    {
        options.Schema.For<Notice>();
        options.Schema.For<NoticeEntry>();
    }

    /// <summary>Adds the subscription to the host; the CLI records facts without it.</summary>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddDeadlines(
        this MartenServiceCollectionExtensions.MartenConfigurationExpression marten)
    {
        marten.Services.AddSingleton<DeadlineReader>();
        return marten.SubscribeToEventsWithServices<DeadlineSubscription>(ServiceLifetime.Scoped);
    }

    /// <summary>Two wake-ups for one lawsuit at once would only get in each other's way.</summary>
    public static void ConfigureDeadlines(this WolverineOptions options) => options.LocalQueueFor<DeadlineReached>().Sequential();

    /// <summary>Whether somebody else inserted the same meanwhile; of several inserts in one session Marten throws one exception for all.</summary>
    internal static bool IsThereAlready(Exception e) => e is DocumentAlreadyExistsException
        || (e is AggregateException { InnerExceptions: { Count: > 0 } several } && several.All(IsThereAlready));
}
