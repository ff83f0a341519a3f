using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Host.Answers;

namespace Ledger.Host.Pages;

/// <summary>A row as it is shown.</summary>
/// <param name="Row">The row.</param>
/// <param name="IsTied">Whether another unit has the same rank.</param>
/// <param name="AdoptedRank">Its rank under the adopted policy; null where it has none.</param>
/// <param name="RankBefore">Its rank in the period before; null where it had none.</param>
public sealed record RankingViewRow(RankingRow Row, bool IsTied, int? AdoptedRank, int? RankBefore);

/// <summary>A ranking beside the adopted one and that of the period before. Nothing is counted here: three answers stand side by side.</summary>
/// <param name="Ranking">The ranking asked for.</param>
/// <param name="Scope">What it rests on.</param>
/// <param name="Adopted">Under the policy that governs the period.</param>
/// <param name="Before">Of the period before, under the same policy as the ranking; null where there is none.</param>
public sealed record RankingView(Ranking Ranking, Scope Scope, Ranking Adopted, Ranking? Before)
{
    /// <summary>The columns by which rows can stand.</summary>
    public static IReadOnlyDictionary<string, Func<Figures, Ratio>> Columns { get; } = new Dictionary<string, Func<Figures, Ratio>>(StringComparer.Ordinal)
    {
        ["lossRate"] = f => f.LossRate,
        ["newCases"] = f => new Ratio(f.NewCases, 1),
        ["closed"] = f => new Ratio(f.Closed, 1),
        ["mediated"] = f => f.MediatedOrWithdrawn,
        ["headAttendance"] = f => f.HeadAttendance,
        ["caseFiling"] = f => f.TimelyCaseFiling,
        ["lossFiling"] = f => f.TimelyLossFiling,
    };

    /// <summary>Whether another policy than the adopted one is tried.</summary>
    public bool IsTrial => Ranking.Policy.Id != Adopted.Policy.Id;

    /// <summary>The rows, by rank or by a column: the greatest first, what has no number last.</summary>
    public IReadOnlyList<RankingViewRow> Rows(string? sort)
    {
        var ties = Ranking.Rows.Where(r => r.Rank is not null).CountBy(r => r.Rank!.Value).Where(t => t.Value > 1).Select(t => t.Key).ToHashSet();
        var adopted = RanksOf(Adopted);
        var before = Before is null ? [] : RanksOf(Before);
        var rows = Ranking.Rows.Select(r => new RankingViewRow(
            r, r.Rank is { } rank && ties.Contains(rank), adopted.GetValueOrDefault(r.Unit), before.GetValueOrDefault(r.Unit)));
        return sort is not null && Columns.TryGetValue(sort, out var column)
            ? [.. rows.OrderBy(r => column(r.Row.Figures), Comparer<Ratio>.Create(GreatestFirst))]
            : [.. rows];
    }

    private static Dictionary<string, int?> RanksOf(Ranking ranking) => ranking.Rows.ToDictionary(r => r.Unit, r => r.Rank, StringComparer.Ordinal);

    private static int GreatestFirst(Ratio left, Ratio right) =>
        left.Exists && right.Exists ? Ratio.Compare(right, left) : right.Exists.CompareTo(left.Exists);
}
