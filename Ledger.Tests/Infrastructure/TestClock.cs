namespace Ledger.Tests.Infrastructure;

/// <summary>
/// A clock that says what a test sets and runs on from there. Its timers are the machine's: a host that waits for a retry
/// does not hang because nobody moves the time.
/// </summary>
public sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    private TimeSpan _offset = now - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _offset;

    public void Set(DateTimeOffset now) => _offset = now - System.GetUtcNow();
}
