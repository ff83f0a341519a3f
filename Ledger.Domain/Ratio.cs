namespace Ledger.Domain;

/// <summary>
/// A rate as it is printed, numerator over denominator; never a floating-point number. <c>D = 0</c> means no rate, not 0 %.
/// </summary>
/// <param name="N">Numerator.</param>
/// <param name="D">Denominator.</param>
public readonly record struct Ratio(long N, long D)
{
    /// <summary>Whether there is a rate at all.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Exists => D != 0;

    /// <summary>Compares two existing rates by cross-multiplication.</summary>
    public static int Compare(Ratio left, Ratio right) => ((Int128)left.N * right.D).CompareTo((Int128)right.N * left.D);

    /// <summary>Adds numerators and denominators: the rate of two disjoint sets taken together.</summary>
    public static Ratio operator +(Ratio left, Ratio right) => new(left.N + right.N, left.D + right.D);

    /// <summary>The rate of two disjoint sets taken together.</summary>
    public static Ratio Add(Ratio left, Ratio right) => left + right;

    /// <inheritdoc/>
    public override string ToString() => $"{N}/{D}";
}
