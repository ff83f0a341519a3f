using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Supervision of enforcement (plan 3.1.2, 3.3.2, 3.5.2, 4.4d).</summary>
internal static class SupervisionLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
