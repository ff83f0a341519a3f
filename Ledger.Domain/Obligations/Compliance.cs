using Ledger.Domain.Counting;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Obligations;

/// <summary>How the duties of one kind went.</summary>
/// <param name="Clause">The clause of the plan.</param>
/// <param name="Kind">The kind of duty.</param>
/// <param name="Weight">What one of them weighs.</param>
/// <param name="Duties">How many fell due.</param>
/// <param name="Met">Done on time.</param>
/// <param name="MetLate">Done late.</param>
/// <param name="Overdue">Not done and overdue, or of unknown receipt.</param>
/// <param name="Missed">Not done, and no longer possible.</param>
/// <param name="Open">Not decided yet: due today, or suspended. They do not score.</param>
/// <param name="Points">Points earned over points possible.</param>
/// <param name="Items">The duties.</param>
public sealed record ComplianceRow(
    string Clause, DutyKind Kind, int Weight, int Duties, int Met, int MetLate, int Overdue, int Missed, int Open, Ratio Points, IReadOnlyList<Duty> Items);

/// <summary>The compliance score (履职得分) of a unit in a period, with everything that it is made of.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Period">The period.</param>
/// <param name="Policy">The scoring policy.</param>
/// <param name="LateCredit">What a duty done late earned of its weight.</param>
/// <param name="Score">Points earned over points possible, the sum of the rows; 0/0 when no duty was decided.</param>
/// <param name="Duties">How many duties fell due.</param>
/// <param name="Met">Done on time.</param>
/// <param name="MetLate">Done late.</param>
/// <param name="Overdue">Not done and overdue, or of unknown receipt.</param>
/// <param name="Missed">Not done, and no longer possible.</param>
/// <param name="Open">Not decided yet.</param>
/// <param name="Rows">Kind by kind, in the order of the clauses.</param>
public sealed record ComplianceScore(
    string Unit, string Name, string Period, string Policy, Ratio LateCredit, Ratio Score,
    int Duties, int Met, int MetLate, int Overdue, int Missed, int Open, IReadOnlyList<ComplianceRow> Rows);

/// <summary>A unit in the ranking by compliance.</summary>
/// <param name="Rank">1 is the best; equal scores share a rank; null when no duty of the unit was decided.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Score">Points earned over points possible.</param>
/// <param name="Duties">How many duties fell due.</param>
/// <param name="Met">Done on time.</param>
/// <param name="MetLate">Done late.</param>
/// <param name="Overdue">Not done and overdue, or of unknown receipt.</param>
/// <param name="Missed">Not done, and no longer possible.</param>
/// <param name="Open">Not decided yet.</param>
/// <param name="Policy">The scoring policy.</param>
public sealed record ComplianceRankingRow(
    int? Rank, string Unit, string Name, Ratio Score, int Duties, int Met, int MetLate, int Overdue, int Missed, int Open, string Policy);

/// <summary>
/// How far a unit did what the plan makes it do. Each duty of its own counts in one period: that of its due day, once that has
/// come; one without a due day counts when it was missed or its receipt is unknown, in the period in which it was opened. So the
/// points of a year are those of its quarters, and what says only "timely" and is still open counts nowhere.
/// </summary>
public static class Compliance
{
    /// <summary>The score of a unit.</summary>
    public static ComplianceScore Of(Situation situation, string unit, Period period, ScoringPolicy policy) =>
        Of(unit, situation.NameOf(unit), situation.Duties.Where(d => d.Unit == unit), period, situation.AsOf, policy);

    /// <summary>The score that duties come to.</summary>
    /// <param name="unit">The unit's key.</param>
    /// <param name="name">Its name.</param>
    /// <param name="duties">Its duties as they stand on the day.</param>
    /// <param name="period">The period.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="policy">The scoring policy.</param>
    public static ComplianceScore Of(string unit, string name, IEnumerable<Duty> duties, Period period, DateOnly asOf, ScoringPolicy policy)
    {
        var rows = duties.Where(d => d.Holder == DutyHolder.Unit && DayOf(d) is { } day && day <= asOf && period.Contains(day))
            .GroupBy(d => d.Kind).OrderBy(g => DutyKinds.Of(g.Key).Clause, StringComparer.Ordinal).ThenBy(g => g.Key)
            .Select(g => RowOf(g.Key, [.. g], policy)).ToList();
        return new ComplianceScore(
            unit, name, period.Text, policy.Id, policy.LateCredit, rows.Aggregate(default(Ratio), (sum, row) => sum + row.Points),
            rows.Sum(r => r.Duties), rows.Sum(r => r.Met), rows.Sum(r => r.MetLate), rows.Sum(r => r.Overdue), rows.Sum(r => r.Missed), rows.Sum(r => r.Open), rows);
    }

    /// <summary>All counted units of the period, the best score first.</summary>
    public static IEnumerable<ComplianceRankingRow> Ranking(Situation situation, Period period, ScoringPolicy policy)
    {
        var duties = situation.Duties.Where(d => d.Unit is not null).ToLookup(d => d.Unit!, StringComparer.Ordinal);
        var scores = situation.County.CountedUnits.Where(u => County.IsListed(u, period))
            .Select(u => Of(u.Key, u.Name!, duties[u.Key], period, situation.AsOf, policy)).ToList();
        var ranked = scores.Where(s => s.Score.Exists).ToList();
        return scores
            .Select(s => new ComplianceRankingRow(
                s.Score.Exists ? 1 + ranked.Count(other => Ratio.Compare(other.Score, s.Score) > 0) : null,
                s.Unit, s.Name, s.Score, s.Duties, s.Met, s.MetLate, s.Overdue, s.Missed, s.Open, policy.Id))
            .OrderBy(r => r.Rank ?? int.MaxValue).ThenBy(r => r.Unit, StringComparer.Ordinal);
    }

    private static DateOnly? DayOf(Duty duty) =>
        duty.DueOn ?? (duty.Status is DutyStatus.Missed or DutyStatus.ReceiptUnknown ? duty.OpenedOn : null);

    private static ComplianceRow RowOf(DutyKind kind, IReadOnlyList<Duty> duties, ScoringPolicy policy)
    {
        int Count(params DutyStatus[] of) => duties.Count(d => of.Contains(d.Status));
        var (weight, late) = (policy.WeightOf(kind), policy.LateCredit);
        var (met, metLate, overdue, missed) = (
            Count(DutyStatus.Met), Count(DutyStatus.MetLate), Count(DutyStatus.Overdue, DutyStatus.ReceiptUnknown), Count(DutyStatus.Missed));
        return new ComplianceRow(
            DutyKinds.Of(kind).Clause, kind, weight, duties.Count, met, metLate, overdue, missed, Count(DutyStatus.Pending, DutyStatus.Suspended),
            new Ratio(weight * ((met * late.D) + (metLate * late.N)), weight * late.D * (met + metLate + overdue + missed)), duties);
    }
}
