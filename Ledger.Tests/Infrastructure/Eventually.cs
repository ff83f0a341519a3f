using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Infrastructure;

/// <summary>The one place where a test waits: until something is so, for a bounded time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks again until the answer is the wanted one; says the last answer when it never is.</summary>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> ask, Func<T, bool> isSo, string what, TimeSpan? patience = null)
    {
        var waited = Stopwatch.StartNew();
        var pause = TimeSpan.FromMilliseconds(5);
        while (true)
        {
            var answer = await ask();
            if (isSo(answer)) return answer;
            if (waited.Elapsed > (patience ?? Patience)) throw new ShouldAssertException($"{what}: still {answer} after {waited.Elapsed}");
            await Task.Delay(pause, TestContext.Current.CancellationToken);
            pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 100));
        }
    }

    /// <summary>Asks again until it is so.</summary>
    public static Task IsAsync(Func<Task<bool>> ask, string what, TimeSpan? patience = null) => BecomesAsync(ask, so => so, what, patience);

    /// <summary>Asks again until there is such a thing.</summary>
    public static async Task<T> HasAsync<T>(Func<Task<T?>> read, Func<T, bool> enough, string what) =>
        (await BecomesAsync(read, found => found is not null && enough(found), what))!;
}
