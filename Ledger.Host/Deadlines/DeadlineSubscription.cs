using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Marten;
using Wolverine;
using Wolverine.Marten.Subscriptions;

namespace Ledger.Host.Deadlines;

/// <summary>
/// Schedules the wake-ups, whoever recorded the fact: a command, an import, a process that ran while no host did. It follows
/// the facts in ledger order, and its progress is committed together with the messages, so a stop in between loses neither.
/// </summary>
public sealed class DeadlineSubscription : BatchSubscription
{
    /// <summary>Its name in Marten's progress table.</summary>
    public const string Name = "Deadlines";

    private readonly DeadlineReader _reader;

    /// <summary>Listens to the facts that open or move a deadline, or undo what had met it.</summary>
    public DeadlineSubscription(DeadlineReader reader)
        : base(Name)
    {
        _reader = reader;
        IncludeType<ResponseMaterialsReceived>();
        IncludeType<JudgmentReceived>();
        IncludeType<JudgmentRendered>(); // a later document may turn an affirmed one into a loss
        IncludeType<FactCorrected>();
        IncludeType<FactRetracted>();
        IncludeType<CalendarYearPublished>();
        IncludeType<UnitRegistered>(); // in an import it may come after the lawsuits that name the unit
        IncludeType<ObligationTransferred>(); // from then on the successor owes it
        Options.BatchSize = 1_000;
        Options.MaximumHopperSize = 5_000;
    }

    /// <inheritdoc/>
    public override async Task ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, IMessageBus bus, CancellationToken cancellationToken)
    {
        foreach (var lawsuits in (await ConcernedAsync(page, cancellationToken)).Chunk(DeadlineReader.AtATime))
        {
            var deadlines = await _reader.ReadAsync(lawsuits, cancellationToken);
            var raised = await DeadlineReachedHandler.RaisedAsync(operations, deadlines, cancellationToken);
            foreach (var message in WatchDeadlines.WakeUpsOf(deadlines, raised)) await bus.PublishAsync(message);
        }
    }

    private async Task<IReadOnlyCollection<string>> ConcernedAsync(EventRange page, CancellationToken cancellation)
    {
        var lawsuits = new SortedSet<string>(StringComparer.Ordinal);
        var all = false;
        foreach (var e in page.Events)
            if (e.Data is IFact && Subject.TryParse(e.StreamKey!, out var subject))
            {
                if (subject.Kind == StreamKind.Lawsuit) lawsuits.Add(subject.Key);
                all |= subject.Kind is StreamKind.Calendar or StreamKind.Unit;
            }

        if (all) lawsuits.UnionWith(await _reader.LawsuitsWithReceiptsAsync(cancellation));
        return lawsuits;
    }
}
