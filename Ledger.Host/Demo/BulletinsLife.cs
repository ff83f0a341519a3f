using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>
/// Bulletins: each rests on a ledger position, which no file can know. They are published when the county is in the ledger
/// (<see cref="DemoClosings"/>).
/// </summary>
internal static class BulletinsLife
{
    /// <summary>None.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) => [];
}
