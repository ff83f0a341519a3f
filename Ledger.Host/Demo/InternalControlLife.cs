using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: A unit’s internal control (plan 3.3.1) and reports of non-performance (3.3.2g).</summary>
internal static class InternalControlLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
