using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Supervision;

namespace Ledger.Domain.Disputes;

/// <summary>
/// The parts of the correction rate (被纠错率), each by itself: they rest on different sets of acts, so that a sum would count
/// one act twice.
/// </summary>
/// <param name="Reconsideration">复议直接纠错: correcting decisions / decisions after review, of the disputes recorded here.</param>
/// <param name="Litigation">诉讼败诉: the loss rate under the governing counting policy.</param>
/// <param name="SupervisionFindings">监督纠正: findings of supervision confirmed; how many acts were looked at is not counted, so there is no rate.</param>
public sealed record CorrectionParts(Ratio Reconsideration, Ratio Litigation, int SupervisionFindings);

/// <summary>How often the acts of a unit were corrected (plan, goal 2), beside the same period of the year before.</summary>
/// <param name="Unit">The unit; null for the county.</param>
/// <param name="Name">Its name; null for the county.</param>
/// <param name="Period">The period.</param>
/// <param name="Policy">The counting policy of the litigation part.</param>
/// <param name="Now">The parts in the period.</param>
/// <param name="YearBefore">The parts in the same period of the year before.</param>
public sealed record CorrectionRateRow(string? Unit, string? Name, string Period, string Policy, CorrectionParts Now, CorrectionParts YearBefore);

/// <summary>被纠错率 (plan, goal 2)</summary>
internal static class CorrectionRate
{
    public static IEnumerable<CorrectionRateRow> Rows(Situation situation, Asked asked)
    {
        var period = asked.Period ?? Period.Parse($"{situation.AsOf.Year:D4}");
        var policy = situation.County.Policies.GoverningFrom(period.First);
        var (now, before) = (Parts(situation, period), Parts(situation, YearBefore(period)));
        foreach (var unit in situation.County.CountedUnits.Select(u => u.Key).Where(u => asked.Unit is null || u == asked.Unit))
            yield return new CorrectionRateRow(unit, situation.NameOf(unit), period.Text, policy.Id, now(unit), before(unit));
        if (asked.Unit is null) yield return new CorrectionRateRow(null, null, period.Text, policy.Id, now(null), before(null));
    }

    private static Period YearBefore(Period period) =>
        Period.TryParse($"{Math.Max(1, period.First.Year - 1):D4}{period.Text[4..]}", out var before) ? before : period;

    // The parts of a unit, or of the county; what all units share is counted once.
    private static Func<string?, CorrectionParts> Parts(Situation situation, Period period)
    {
        var county = situation.County;
        var counted = county.CountedUnits.Select(u => u.Key).ToHashSet(StringComparer.Ordinal);
        var ranking = county.Rank(period, UnitList.All, county.Policies.GoverningFrom(period.First));
        var lost = ranking.Rows.ToDictionary(r => r.Unit, r => r.Figures.LossRate, StringComparer.Ordinal);
        var decisions = DisputeAnswers.All(situation)
            .SelectMany(d => d.Dispute.Decisions.Select(decided => (d.Dispute.Recorded!.Unit, Decided: decided)))
            .Where(d => counted.Contains(d.Unit) && d.Decided.Decision.IsReviewed() && period.Contains(d.Decided.DecidedOn)).ToList();
        var findings = situation.Streams(StreamKind.Supervision).SelectMany(s => s.Facts)
            .Where(f => f.Fact.LegalDate is { } on && period.Contains(on)).Select(f => f.Fact).OfType<IConfirmsFinding>().Where(f => counted.Contains(f.Unit)).ToList();
        return unit => new CorrectionParts(
            new Ratio(
                decisions.Count(d => (unit is null || d.Unit == unit) && d.Decided.Decision.IsCorrection()),
                decisions.Count(d => unit is null || d.Unit == unit)),
            unit is null ? ranking.County.LossRate : lost.GetValueOrDefault(unit),
            findings.Count(f => unit is null || f.Unit == unit));
    }
}
