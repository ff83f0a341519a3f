namespace Ledger.Host.Demo;

/// <summary>What the synthetic county should look like. The same options always give the same facts.</summary>
public sealed record DemoOptions
{
    // New first-instance cases a year of the calibrated county, and those still pending when its first year begins (旧存).
    private const int Pending = 14;
    private static readonly int[] NewCases = [96, 84, 66, 60];
    private static readonly int[] LossPercent = [24, 18, 12, 9];

    /// <summary>The seed of everything that is drawn.</summary>
    public int Seed { get; init; } = 2023;

    /// <summary>
    /// How many lawsuits altogether; null for the calibrated county (14 pending from 2021 and 96, 84, 66, 60 new ones a year).
    /// Another number scales the years in proportion.
    /// </summary>
    public int? Lawsuits { get; init; }

    /// <summary>The first year; a few lawsuits were docketed in the last quarter before it.</summary>
    public int FirstYear { get; init; } = 2022;

    /// <summary>The last year in which lawsuits are docketed.</summary>
    public int LastYear { get; init; } = 2025;

    /// <summary>No fact has a later legal or recording date; null for the last day of the last year.</summary>
    public DateOnly? EndOn { get; init; }

    /// <summary>The day after which there is nothing.</summary>
    public DateOnly LastDay => EndOn ?? new DateOnly(LastYear, 12, 31);

    /// <summary>The percentage of first-instance closings that are lost in a year (P-A).</summary>
    public static int LossRate(int year) => LossPercent[Math.Clamp(year - 2022, 0, LossPercent.Length - 1)];

    /// <summary>Docketed lawsuits by year, the year before the first one holding the pending ones.</summary>
    public IReadOnlyList<(int Year, int Count)> Dockets()
    {
        var shares = new List<(int Year, int Weight)> { (FirstYear - 1, Pending) };
        for (var year = FirstYear; year <= LastYear; year++)
            shares.Add((year, NewCases[Math.Clamp(year - 2022, 0, NewCases.Length - 1)]));
        long weights = shares.Sum(s => s.Weight), total = Lawsuits ?? weights, given = 0, passed = 0;
        var dockets = new List<(int, int)>();
        foreach (var (year, weight) in shares)
        {
            passed += weight;
            var upTo = (passed * total + weights / 2) / weights;
            dockets.Add((year, (int)(upTo - given)));
            given = upTo;
        }

        return dockets;
    }
}
