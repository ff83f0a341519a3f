using Ledger.Domain.Bulletins;
using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>Orders against laggards: each rests on a ranking that had been published.</summary>
public sealed class Trackings : IStreamState
{
    /// <summary>Where the order ended.</summary>
    public VisibleFact? Ended { get; private set; }

    /// <summary>Folds a file.</summary>
    public static Trackings Fold(IEnumerable<VisibleFact> facts)
    {
        var state = new Trackings();
        foreach (var fact in facts) state.Apply(fact);
        return state;
    }

    /// <summary>The ranking that an order cites: the last one in the bulletin by the day of the order.</summary>
    public static VisibleFact? RankingOf(ICitesRanking order, IEnumerable<VisibleFact> bulletin) =>
        bulletin.LastOrDefault(f => f.Fact is IPublishesRanking && f.Fact.LegalDate <= order.OrderedOn);

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        ICitesRanking f when RankingOf(f, context.FactsOf(new Subject(StreamKind.Bulletin, f.Bulletin))) is null =>
            Refusal.Of(Codes.SupervisionRankingNotPublished, f.Bulletin, f.OrderedOn.ToString("O")),
        SpecialSupervisionOrdered { DueOn: { } due } f => Order.Check(due, f.OrderedOn, "专项督导"),
        KeyTrackingLifted or SpecialSupervisionConcluded when Ended is not null => Refusal.Of(Codes.SupervisionAlreadyDone, EventCatalog.EntryOf(fact).Chinese),
        SpecialSupervisionConcluded f => Conclusions.Check(f.Conclusion),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        if (fact.Fact is KeyTrackingLifted or SpecialSupervisionConcluded) Ended ??= fact;
    }
}
