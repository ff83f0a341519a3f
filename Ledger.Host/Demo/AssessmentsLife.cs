using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Annual ranking, bars and assessment (plan 4.4a, 4.4e) and satisfaction (G3).</summary>
internal static class AssessmentsLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
