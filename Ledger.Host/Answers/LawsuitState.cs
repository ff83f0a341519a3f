using Ledger.Domain.Calendar;
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
    public static LawsuitState Of(Lawsuit lawsuit, County county, DateOnly asOf) =>
        Of(lawsuit, unit => county.Find(unit) is { IsCounted: true }, county.Calendar, asOf);

    /// <summary>Computes the obligations and periods.</summary>
    /// <param name="lawsuit">The lawsuit.</param>
    /// <param name="isCounted">Whether a unit is registered and counted.</param>
    /// <param name="calendar">The working days.</param>
    /// <param name="asOf">The day asked about.</param>
    public static LawsuitState Of(Lawsuit lawsuit, Func<string, bool> isCounted, WorkingCalendar calendar, DateOnly asOf)
    {
        var obligations = Contribution.Of(lawsuit)
            .Where(c => isCounted(c.Unit))
            .SelectMany(c => c.Contribution.Deadlines.Select(d => Obligation.Of(c.Unit, d, calendar, asOf)))
            .ToList();
        obligations.Sort(Obligation.InOrder);
        return new LawsuitState(lawsuit, obligations, [.. AppealPeriod.Of(lawsuit, calendar)]);
    }
}
