using Ledger.Domain.Facts;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Benchmarks;

/// <summary>The rules of <c>benchmark/{period}</c>: a later figure of the same indicator replaces an earlier one.</summary>
public sealed class BenchmarkStream : IStreamState
{
    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => null;

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        // No rule of this stream reads its past.
    }
}

/// <summary>The county's figure beside the province's (goals G4, G5; counting-rules.md §6).</summary>
/// <param name="Indicator">What is compared.</param>
/// <param name="County">The county's figure.</param>
/// <param name="Province">The province's figure.</param>
/// <param name="IsHigher">Whether the county's is higher: the goal is not to be.</param>
public sealed record Comparison(BenchmarkIndicator Indicator, Ratio County, Ratio Province, bool IsHigher)
{
    /// <summary>Compares only like with like: another basis (口径) is refused with the reason.</summary>
    /// <param name="indicator">What is compared.</param>
    /// <param name="county">The county's figure; a case volume stands over 1.</param>
    /// <param name="policy">The policy by which the county counted.</param>
    /// <param name="facts">The benchmark stream's visible facts.</param>
    /// <param name="period">The period, for the refusal's text.</param>
    public static (Comparison? Comparison, Refusal? Refusal) Of(
        BenchmarkIndicator indicator, Ratio county, CountingPolicy policy, IEnumerable<VisibleFact> facts, string period)
    {
        var figure = facts.Select(f => f.Fact).OfType<ProvincialBenchmarkRecorded>().LastOrDefault(f => f.Indicator == indicator);
        if (figure is null) return (null, Refusal.Of(Codes.BenchmarkNotFound, period, indicator));
        if (figure.Basis != policy.Basis) return (null, Refusal.Of(Codes.BenchmarkBasisDiffers, figure.Basis, policy.Basis));
        var isHigher = county.Exists && figure.Value.Exists && Ratio.Compare(county, figure.Value) > 0;
        return (new Comparison(indicator, county, figure.Value, isHigher), null);
    }
}
