using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Quarter and year (plan 3.2.3b, 3.5.1, 4.4): the court’s list, reconciliation, closing, hot lists.</summary>
internal static class PeriodsLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
