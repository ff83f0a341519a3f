using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: 警示案例、典型案例 (plan 3.1.3, 3.4.1e).</summary>
internal static class WarningCasesLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
