using Ledger.Domain.Facts;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Benchmarks;

/// <summary>What the province's figure measures.</summary>
public enum BenchmarkIndicator
{
    /// <summary>败诉率</summary>
    LossRate,

    /// <summary>发案量</summary>
    CaseVolume,
}

/// <summary>全省平均值录入: the provincial average of an indicator (goals G4 and G5 of the plan).</summary>
/// <param name="Period">The period, the same as the stream's key.</param>
/// <param name="Indicator">What it measures.</param>
/// <param name="Value">The value as published, numerator and denominator.</param>
/// <param name="Basis">The basis (口径) that the province counted by; a comparison with another basis is refused.</param>
/// <param name="Document">The document that gives the figure.</param>
public sealed record ProvincialBenchmarkRecorded(
    [property: Period] string Period,
    BenchmarkIndicator Indicator,
    Ratio Value,
    CountingBasis Basis,
    string Document) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => null;
}
