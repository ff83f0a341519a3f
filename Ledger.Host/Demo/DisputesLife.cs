using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: 诉前化解 (plan 3.2.1): disputes before court.</summary>
internal static class DisputesLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
