using System.Diagnostics;

namespace Ledger.Tests.Infrastructure;

/// <summary>Waits for a state that another thread or process brings about: polls it, and gives up in bounded time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task IsTrueAsync(Func<Task<bool>> condition, string what) => HasAsync(async () => await condition() ? what : null, _ => true, what);

    public static async Task<T> HasAsync<T>(Func<Task<T?>> read, Func<T, bool> enough, string what)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (value is not null && enough(value)) return value;
            if (watch.Elapsed > Limit) throw new TimeoutException($"Not within {Limit}: {what}; last: {value}");
            await Task.Delay(25);
        }
    }
}
