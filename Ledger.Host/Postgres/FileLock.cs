namespace Ledger.Host.Postgres;

/// <summary>
/// A lock on a file that the operating system releases when the process ends, however it ends.
/// Shared holders are the users of a running server; whoever gets it exclusively knows that nobody else uses it.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    public static FileLock Shared(string path) =>
        new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read));

    public static FileLock? TryExclusive(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Waits for the lock, at most until the deadline.</summary>
    public static async Task<FileLock?> ExclusiveAsync(string path, TimeSpan atMost, CancellationToken cancellation)
    {
        FileLock? held = null;
        await Poll.UntilAsync(
            () =>
            {
                held = TryExclusive(path);
                return Task.FromResult(held is not null);
            },
            atMost,
            cancellation);
        return held;
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>Asks again until the answer is yes or the time is up; never an unbounded wait.</summary>
internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task<bool> UntilAsync(Func<Task<bool>> condition, TimeSpan atMost, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, clock);
        while (!await condition())
        {
            if (clock.GetElapsedTime(started) > atMost)
            {
                return false;
            }

            await timer.WaitForNextTickAsync(cancellation);
        }

        return true;
    }
}
