using Ledger.Domain.Counting;
using Ledger.Domain.Facts;

namespace Ledger.Domain.Obligations;

/// <summary>How a duty that returns every period is met by facts that name no period of their own.</summary>
public static class ReturningDuty
{
    /// <summary>
    /// The duty, done by the first of the facts in its period; where there is none, late by the first one after it, for what was
    /// missing is there from then on.
    /// </summary>
    public static Duty MetInPeriod(this Duty duty, Subject subject, IEnumerable<VisibleFact> facts)
    {
        var period = Period.Parse(duty.Period!);
        return facts.Where(f => f.Fact.LegalDate >= period.First).OrderBy(f => f.Fact.LegalDate).ThenBy(f => f.Sequence).FirstOrDefault() is { } first
            ? duty.MetBy(subject, first)
            : duty;
    }
}
