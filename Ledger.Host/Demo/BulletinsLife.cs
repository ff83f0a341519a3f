using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Bulletins and their restatements (plan 3.4.1d, 4.4b, 4.4c).</summary>
internal static class BulletinsLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
