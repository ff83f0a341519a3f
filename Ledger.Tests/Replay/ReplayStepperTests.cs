using Ledger.Host.Cli;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Replay;

/// <summary>Stepping through a replay on a terminal.</summary>
public sealed class ReplayStepperTests
{
    private const ConsoleKey Next = ConsoleKey.Enter;
    private const ConsoleKey Back = ConsoleKey.B;

    [Theory]
    [InlineData(3, new[] { Next, Next, Next }, new[] { 0, 1, 2 })] // past the last it ends
    [InlineData(3, new[] { Next, Back, Next, ConsoleKey.Q, Next }, new[] { 0, 1, 0, 1 })]
    [InlineData(3, new[] { Back, ConsoleKey.X, Next, ConsoleKey.Escape }, new[] { 0, 1 })] // there is nothing before the first
    [InlineData(2, new ConsoleKey[0], new[] { 0 })] // no more keys
    [InlineData(0, new[] { Next }, new int[0])]
    public void Keys_go_on_back_and_out(int count, ConsoleKey[] keys, int[] shown)
    {
        var (pressed, seen) = (new Queue<ConsoleKey>(keys), new List<int>());
        ReplayStepper.Run(count, () => pressed.TryDequeue(out var key) ? key : null, seen.Add);
        seen.ShouldBe(shown);
    }
}
