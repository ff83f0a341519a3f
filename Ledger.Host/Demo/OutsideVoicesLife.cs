using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Outside voices (plan 3.3.3): complaints, hotspots, early warnings, lay supervisors, publication.</summary>
internal static class OutsideVoicesLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
