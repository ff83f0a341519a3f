using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: During the case (plan 3.2.2, 3.2.3c): conferences, attendance, corrections, prompt reporting.</summary>
internal static class LawsuitConductLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
