using Ledger.Domain.Counting;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;

namespace Ledger.Host.Answers;

/// <summary>A lawsuit as it stood on a day, with what its receipts demand and open.</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="Obligations">Its filings and where they stand.</param>
/// <param name="AppealPeriods">Its appeal periods.</param>
public sealed record LawsuitState(Lawsuit Lawsuit, IReadOnlyList<Obligation> Obligations, IReadOnlyList<AppealPeriod> AppealPeriods)
{
    /// <summary>Computes the obligations and periods by the county's calendars.</summary>
    public static LawsuitState Of(Lawsuit lawsuit, County county, DateOnly asOf)
    {
        var obligations = Contribution.Of(lawsuit)
            .Where(c => county.Find(c.Unit) is { IsCounted: true })
            .SelectMany(c => c.Contribution.Deadlines.Select(d => Obligation.Of(c.Unit, d, county.Calendar, asOf)))
            .ToList();
        obligations.Sort(Obligation.InOrder);
        return new LawsuitState(lawsuit, obligations, [.. AppealPeriod.Of(lawsuit, county.Calendar)]);
    }
}
