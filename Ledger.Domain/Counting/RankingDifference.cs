using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Counting;

/// <summary>A unit's row at two positions.</summary>
/// <param name="Unit">The unit's key.</param>
/// <param name="Name">Its name at the later position, or else at the earlier one.</param>
/// <param name="Before">The row at the earlier position; null where the unit was not in the list.</param>
/// <param name="After">The row at the later position; null where the unit is not in the list.</param>
public sealed record RowDifference(string Unit, string Name, RankingRow? Before, RankingRow? After)
{
    /// <summary>Whether the rank or any number is another one.</summary>
    public bool Moved => Before?.Rank != After?.Rank || Before?.Barred != After?.Barred || !Equals(Before?.Figures, After?.Figures) || Before is null != After is null;
}

/// <summary>What one fact did to one unit of the list.</summary>
/// <param name="Unit">The unit's key.</param>
/// <param name="RankBefore">Its rank before the fact; null where it was not ranked.</param>
/// <param name="RankAfter">Its rank after the fact.</param>
/// <param name="Figures">The numbers of it that the fact moved.</param>
public sealed record UnitMove(string Unit, int? RankBefore, int? RankAfter, IReadOnlyList<FigureMove> Figures);

/// <summary>A fact that moved the ranking.</summary>
/// <param name="Subject">Its stream.</param>
/// <param name="Fact">The fact as recorded.</param>
/// <param name="Units">The units that it moved, by key.</param>
/// <param name="County">The county's numbers that it moved.</param>
public sealed record RankingStep(Subject Subject, Recorded Fact, IReadOnlyList<UnitMove> Units, IReadOnlyList<FigureMove> County);

/// <summary>
/// 排名比对: a period's ranking at two positions, and the facts between them that made the one into the other, in ledger order.
/// Each number begins where the earlier ranking has it, is carried on by the steps without a gap, and ends where the later
/// ranking has it.
/// </summary>
/// <param name="Before">The ranking at the earlier position.</param>
/// <param name="After">The ranking at the later position.</param>
/// <param name="Rows">Every unit of either, in the order of the later one, then those that are no longer in it.</param>
/// <param name="Steps">The facts that moved anything.</param>
public sealed record RankingDifference(Ranking Before, Ranking After, IReadOnlyList<RowDifference> Rows, IReadOnlyList<RankingStep> Steps)
{
    /// <summary>The county's numbers that differ.</summary>
    public IReadOnlyList<FigureMove> County => FigureMove.Between(Before.County, After.County);

    /// <summary>Compares a ranking at two positions.</summary>
    /// <param name="from">The ledger at the earlier position.</param>
    /// <param name="to">The ledger at the later position, on the same day.</param>
    /// <param name="period">The period.</param>
    /// <param name="list">The list.</param>
    /// <param name="policy">The counting policy throughout (a what-if); null for the one that governs the period at each moment.</param>
    public static RankingDifference Between(Situation from, Situation to, Period period, UnitList list, CountingPolicy? policy)
    {
        var before = from.County.Rank(period, list, policy ?? from.County.Policies.GoverningFrom(period.First));
        var after = to.County.Rank(period, list, policy ?? to.County.Policies.GoverningFrom(period.First));
        var (old, now) = (before.Rows.ToDictionary(r => r.Unit, StringComparer.Ordinal), after.Rows.ToDictionary(r => r.Unit, StringComparer.Ordinal));
        var rows = after.Rows.Select(r => new RowDifference(r.Unit, r.Name, old.GetValueOrDefault(r.Unit), r))
            .Concat(before.Rows.Where(r => !now.ContainsKey(r.Unit)).Select(r => new RowDifference(r.Unit, r.Name, r, null)));
        return new RankingDifference(before, after, [.. rows], [.. Tell(new RankingReplay(from, period, list, policy), to.Everything.RecordedAfter(from.Position))]);
    }

    private static IEnumerable<RankingStep> Tell(RankingReplay replay, IReadOnlyList<(Subject Subject, Recorded Recorded)> facts)
    {
        var (rows, county) = (RowsOf(replay), replay.County);
        foreach (var (subject, fact) in facts)
        {
            // Of the other streams none is counted.
            if (subject.Kind is not (StreamKind.Lawsuit or StreamKind.Unit or StreamKind.Policy or StreamKind.Calendar)) continue;
            replay.Apply(subject, fact);
            var (newRows, newCounty) = (RowsOf(replay), replay.County);
            var moves = from unit in rows.Keys.Union(newRows.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                        let was = rows.GetValueOrDefault(unit)
                        let isNow = newRows.GetValueOrDefault(unit)
                        where was != isNow
                        select new UnitMove(unit, was.Rank, isNow.Rank, FigureMove.Between(was.Figures, isNow.Figures));
            var step = new RankingStep(subject, fact, [.. moves], FigureMove.Between(county, newCounty));
            (rows, county) = (newRows, newCounty);
            if (step.Units.Count + step.County.Count > 0) yield return step;
        }
    }

    private static Dictionary<string, (int? Rank, Figures? Figures)> RowsOf(RankingReplay replay) =>
        replay.Listed.ToDictionary(u => u, u => (replay.RankOf(u), replay.FiguresOf(u)), StringComparer.Ordinal);
}
