using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Store;

/// <summary>Every caller is answered by a database call that began after it asked, and many share one.</summary>
public sealed class PositionMarkerTests
{
    [Fact]
    public async Task Callers_that_arrive_during_a_call_share_the_next_one()
    {
        var calls = new List<TaskCompletionSource<LedgerPosition>>();
        var marker = new PositionMarker(_ =>
        {
            var call = new TaskCompletionSource<LedgerPosition>();
            lock (calls)
            {
                calls.Add(call);
            }

            return call.Task;
        });

        var first = marker.AdvanceAsync();
        await UntilAsync(1);
        var later = Enumerable.Range(0, 10).Select(_ => marker.AdvanceAsync()).ToList();
        calls.Count.ShouldBe(1);
        calls[0].SetException(new InvalidOperationException("lost"));
        await Should.ThrowAsync<InvalidOperationException>(() => first);
        await UntilAsync(2);
        var last = marker.AdvanceAsync();
        calls[1].SetResult(At(2));
        (await Task.WhenAll(later)).ShouldAllBe(p => p.Position == 2);
        await UntilAsync(3);
        calls[2].SetResult(At(3));
        (await last).Position.ShouldBe(3);

        Task UntilAsync(int count) => Eventually.IsAsync(() => Task.FromResult(calls.Count >= count), $"{count} calls");
    }

    [Fact]
    public async Task Every_answer_comes_from_a_call_that_began_after_the_question()
    {
        var commits = 0L;
        var calls = 0;
        var marker = new PositionMarker(async _ =>
        {
            Interlocked.Increment(ref calls);
            var seen = Interlocked.Read(ref commits);
            await Task.Yield();
            return At(seen);
        });

        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            var mine = Interlocked.Increment(ref commits);
            (await marker.AdvanceAsync(CancellationToken.None)).Position.ShouldBeGreaterThanOrEqualTo(mine);
        });
        calls.ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_stop_the_others()
    {
        var call = new TaskCompletionSource<LedgerPosition>();
        var marker = new PositionMarker(_ => call.Task);
        using var impatient = new CancellationTokenSource();
        var running = marker.AdvanceAsync();
        var gone = marker.AdvanceAsync(impatient.Token);
        var waiting = marker.AdvanceAsync();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => gone);
        call.SetResult(At(1));
        (await running).Position.ShouldBe(1);
        (await waiting).Position.ShouldBe(1);
    }

    [Fact]
    public async Task It_can_wait_for_a_number_and_gives_up_in_time()
    {
        var calls = 0;
        var marker = new PositionMarker(_ => Task.FromResult(At(++calls)));
        (await marker.ReachAsync(5, TimeSpan.FromMinutes(1), TimeProvider.System)).Position.ShouldBe(5);
        (await marker.ReachAsync(1000, TimeSpan.Zero, TimeProvider.System)).Position.ShouldBe(6);
    }

    private static LedgerPosition At(long position) => new(position, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
