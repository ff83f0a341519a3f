namespace Ledger.Verifier.Numbers;

/// <summary>A unit in a ranking: its loss rate and what follows from it.</summary>
internal sealed record Standing(string Unit, Rate LossRate, int? Rank);

/// <summary>The order of a ranking (counting-rules.md §6).</summary>
internal static class Standings
{
    /// <summary>Ranks units by their rates: the highest first, then the most losses; equals share a rank and the next one skips.</summary>
    /// <returns>The ranked ones by rank and key, then those without a rate by key.</returns>
    public static IReadOnlyList<Standing> Of(IEnumerable<(string Unit, Rate LossRate)> rates)
    {
        var all = rates.ToList();
        return [.. all
            .Select(u => new Standing(u.Unit, u.LossRate, u.LossRate.D == 0 ? null : 1 + all.Count(o => o.LossRate.D > 0 && IsWorse(o.LossRate, u.LossRate))))
            .OrderBy(s => s.Rank ?? int.MaxValue).ThenBy(s => s.Unit, StringComparer.Ordinal)];
    }

    private static bool IsWorse(Rate a, Rate b)
    {
        var (left, right) = ((long)a.N * b.D, (long)b.N * a.D);
        return left > right || (left == right && a.N > b.N);
    }
}
