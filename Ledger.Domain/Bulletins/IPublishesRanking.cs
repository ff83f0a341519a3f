using Ledger.Domain.Facts;

namespace Ledger.Domain.Bulletins;

/// <summary>A fact by which a ranking is published: what supervision of laggards cites (plan 3.5.2, 4.4d).</summary>
public interface IPublishesRanking : IFact
{
    /// <summary>The period that is ranked.</summary>
    string Period { get; }
}
