namespace Ledger.Benchmarks.Running;

/// <summary>One number of each repetition.</summary>
internal sealed record Samples(IReadOnlyList<double> Values)
{
    public double Median => Percentile(Values, 50);

    /// <summary>The largest over the smallest: how far the machine itself can be trusted.</summary>
    public double Spread => Values.Max() / Values.Min();

    /// <summary>The nearest-rank percentile.</summary>
    public static double Percentile(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * percent / 100) - 1, 0, sorted.Count - 1)];
    }
}

/// <summary>What a reference and a candidate came to when they took turns.</summary>
internal sealed record Pair(Samples Reference, Samples Candidate)
{
    /// <summary>A reference that moves by more than this says that the machine was busy with something else.</summary>
    public const double LargestSpread = 1.5;

    public double Ratio => Candidate.Median / Reference.Median;

    public bool IsVoid => Reference.Spread > LargestSpread;
}

/// <summary>A first target: of the ratio, or of a number itself.</summary>
/// <param name="Value">Where it lies.</param>
/// <param name="IsFloor">Whether more is better.</param>
/// <param name="Text">As the table says it.</param>
internal sealed record Target(double Value, bool IsFloor, string Text)
{
    public static Target AtLeast(double ratio) => new(ratio, true, $"≥ {ratio:0.00}");

    public static Target AtMost(double ratio) => new(ratio, false, $"≤ {ratio:0.0}");

    public static Target Within(double milliseconds) => new(milliseconds, false, $"p99 ≤ {milliseconds:0} ms");

    public bool IsMet(double value) => IsFloor ? value >= Value : value <= Value;

    /// <summary>By how much it is missed.</summary>
    public string Missed(double value) => IsFloor
        ? $"{value:0.00} of {Value:0.00}, {(Value - value) / Value:0%} short"
        : $"{value:0.##} where {Value:0.##} is allowed, {(value - Value) / Value:0%} over";
}

/// <summary>A line of the table.</summary>
/// <param name="Cell">What was measured.</param>
/// <param name="Ours">Our number.</param>
/// <param name="Limit">The reference's number and its spread.</param>
/// <param name="Ratio">Ours over the limit.</param>
/// <param name="Target">The first target.</param>
/// <param name="Met">yes, no, or void; empty without a target.</param>
internal sealed record Row(string Cell, string Ours, string Limit, string Ratio, string Target, string Met);
