using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Bulletins;

/// <summary>The numbers of a row of a ranking.</summary>
/// <param name="LossRate">败诉率</param>
/// <param name="NewCases">发案量</param>
/// <param name="MediatedOrWithdrawn">调撤率</param>
/// <param name="HeadAttendance">负责人出庭应诉率</param>
/// <param name="TimelyCaseFiling">三日报备率</param>
/// <param name="TimelyLossFiling">五日败诉报备率</param>
/// <param name="Rank">名次; null without a closing and for the county.</param>
/// <param name="Barred">For a year and a unit: whether it must not be graded excellent.</param>
public sealed record RankingNumbers(
    Ratio LossRate, int NewCases, Ratio MediatedOrWithdrawn, Ratio HeadAttendance, Ratio TimelyCaseFiling, Ratio TimelyLossFiling,
    int? Rank = null, bool? Barred = null)
{
    /// <summary>The numbers of a row.</summary>
    public static RankingNumbers Of(Figures figures, int? rank = null, bool? barred = null) => new(
        figures.LossRate, figures.NewCases, figures.MediatedOrWithdrawn, figures.HeadAttendance, figures.TimelyCaseFiling, figures.TimelyLossFiling, rank, barred);
}

/// <summary>A row that is restated.</summary>
/// <param name="Unit">The unit; null for the county.</param>
/// <param name="Old">As published or last restated; null where the unit was not listed.</param>
/// <param name="New">As it is now; null where the unit is no longer listed.</param>
public sealed record RankingChange([property: StreamKey] string? Unit = null, RankingNumbers? Old = null, RankingNumbers? New = null);

/// <summary>A fact that moved a number.</summary>
/// <param name="Subject">Its stream.</param>
/// <param name="Fact">Its stable name.</param>
/// <param name="Sequence">Its ledger sequence.</param>
public sealed record MovingFact(string Subject, string Fact, long Sequence);

/// <summary>What a later count makes of a published ranking: the hashes, the rows that differ, the facts between.</summary>
/// <param name="OldSha256">The hash as published or last restated.</param>
/// <param name="NewSha256">The hash as it is now.</param>
/// <param name="Ranking">The ranking as it is now.</param>
/// <param name="Changes">The rows that differ, by unit; the county first.</param>
/// <param name="Facts">The facts that moved a number, in ledger order.</param>
public sealed record Restatement(
    string OldSha256, string NewSha256, Ranking Ranking, IReadOnlyList<RankingChange> Changes, IReadOnlyList<MovingFact> Facts)
{
    /// <summary>Counts a published ranking again; refused when nothing changed, and when the new count is not later.</summary>
    /// <param name="now">The ledger at the new position, on the new day.</param>
    /// <param name="last">What stands: as published, or the last restatement.</param>
    public static (Restatement? Restatement, Refusal? Refusal) Of(Situation now, IStatesRanking last)
    {
        if (now.Position <= last.Position || now.AsOf < last.AsOf)
            return (null, Refusal.Of(Codes.RestatementNotLater, now.Position, Iso(now.AsOf), last.Position, Iso(last.AsOf)));
        var period = Period.Parse(last.Period);
        // By the policy of what stands: another one makes another number, not a restated one.
        if (now.County.Policies.Find(last.Policy) is not { } policy) return (null, Refusal.Of(Codes.PolicyNotFound, last.Policy));
        var ranking = now.County.Rank(period, UnitList.All, policy);
        var hash = RankingText.Sha256Of(ranking);
        if (hash == last.RowsSha256) return (null, Refusal.Of(Codes.RestatementNothingChanged, last.Period, now.Position));
        var before = now.Everything.Earlier(last.Position, last.AsOf);
        var old = before.County.Rank(period, UnitList.All, before.County.Policies.Find(last.Policy)!);
        return (new Restatement(last.RowsSha256, hash, ranking, Between(old, ranking), FactsBetween.Between(before, now, period, policy)), null);
    }

    /// <summary>The rows that differ between two rankings of one period.</summary>
    public static IReadOnlyList<RankingChange> Between(Ranking old, Ranking now)
    {
        var (before, after) = (Rows(old), Rows(now));
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(unit => new RankingChange(unit.Length == 0 ? null : unit, before.GetValueOrDefault(unit), after.GetValueOrDefault(unit)))
                .Where(change => change.Old != change.New),
        ];
    }

    // The county under the empty key, which no unit has.
    private static Dictionary<string, RankingNumbers> Rows(Ranking ranking) => ranking.Rows
        .Select(r => (r.Unit, Numbers: RankingNumbers.Of(r.Figures, r.Rank, r.Barred))).Append(("", RankingNumbers.Of(ranking.County)))
        .ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);

    private static string Iso(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
