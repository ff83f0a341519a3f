using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: After a loss (plan 3.1.1): cause, measures, verification, recurrence, performance.</summary>
internal static class RectificationsLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
