namespace Ledger.Projections.Store;

/// <summary>
/// Advances the position for many commands at the cost of few database calls. A singleton: every command calls it after
/// its commit, before it is acknowledged.
/// </summary>
public sealed class PositionMarker(Func<CancellationToken, Task<LedgerPosition>> advance)
{
    private readonly Lock _gate = new();
    private Task<LedgerPosition>? _running;
    private Task<LedgerPosition>? _next;

    /// <summary>A marker for the positions of one database.</summary>
    public PositionMarker(Positions positions)
        : this(positions.AdvanceAsync)
    {
    }

    /// <summary>
    /// Completes after an advance that began after this call, so that it saw what the caller had committed. A call that
    /// finds one running waits for the next: the running one may have looked before the caller's commit.
    /// Where a writer that drew a lower number is still open the position stays below it, and so maybe below the caller's
    /// own events; use <see cref="ReachAsync"/> to wait for these. A caller that gives up does not stop the others.
    /// </summary>
    public Task<LedgerPosition> AdvanceAsync(CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            var mine = _running is { IsCompleted: false } running
                ? _next ??= AfterAsync(running)
                : _running = Task.Run(() => advance(CancellationToken.None), CancellationToken.None);
            return mine.WaitAsync(cancellation);
        }
    }

    /// <summary>
    /// Advances until <paramref name="sequence"/> is covered, or until <paramref name="patience"/> is over: then a writer
    /// with a lower number is still open, and the answer lies below <paramref name="sequence"/>.
    /// </summary>
    public async Task<LedgerPosition> ReachAsync(
        long sequence, TimeSpan patience, TimeProvider clock, CancellationToken cancellation = default)
    {
        var started = clock.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            var reached = await AdvanceAsync(cancellation);
            if (reached.Position >= sequence || clock.GetElapsedTime(started) >= patience)
            {
                return reached;
            }

            await Task.Delay(pause, clock, cancellation);
            pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 50));
        }
    }

    // The waiting call becomes the running one in one step with its start, so that a caller who arrives later waits for
    // the one after it. The yield makes sure that this runs after its own task is in _next. A failed call fails those
    // who shared it, and nobody else.
    private async Task<LedgerPosition> AfterAsync(Task<LedgerPosition> running)
    {
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _running = _next;
            _next = null;
        }

        return await advance(CancellationToken.None);
    }
}
