using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Capacity (plan 4.1–4.3): analyses, trainings, staffing, external supervisors.</summary>
internal static class CapacityLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
