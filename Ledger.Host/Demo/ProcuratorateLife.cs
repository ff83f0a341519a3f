using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>A year of life: The procuratorate and criminal referral (plan 3.3.4).</summary>
internal static class ProcuratorateLife
{
    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
