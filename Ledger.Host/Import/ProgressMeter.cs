namespace Ledger.Host.Import;

/// <summary>Counts the work of one phase from several threads and reports it a few times a second.</summary>
internal sealed class ProgressMeter(IProgress<ImportProgress>? sink, ImportPhase phase, long? total, TimeProvider clock, long done = 0)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly long _before = done;
    private readonly long _began = clock.GetTimestamp();
    private long _done = done;
    private long _reported;

    /// <summary>Counts more work as done.</summary>
    public void Add(long count)
    {
        var now = Interlocked.Add(ref _done, count);
        if (sink is null) return;
        var last = Interlocked.Read(ref _reported);
        var stamp = clock.GetTimestamp();
        // One of several threads reports, the others go on.
        if ((last == 0 || clock.GetElapsedTime(last, stamp) >= Interval) && Interlocked.CompareExchange(ref _reported, stamp, last) == last)
            Report(now);
    }

    /// <summary>Reports the end of the phase, however short it was.</summary>
    public void Finish() => Report(Interlocked.Read(ref _done));

    private void Report(long now)
    {
        if (sink is null) return;
        var seconds = clock.GetElapsedTime(_began).TotalSeconds;
        var rate = seconds > 0 ? (now - _before) / seconds : 0;
        TimeSpan? remaining = total is { } all && rate > 0 ? TimeSpan.FromSeconds(Math.Max(0, all - now) / rate) : null;
        sink.Report(new ImportProgress(phase, now, total, rate, remaining));
    }
}
