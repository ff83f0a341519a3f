namespace Ledger.Host.Evidence;

/// <summary>How the sealer of this process is doing; health and receipts read it.</summary>
public sealed class SealState
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last report; null before the first.</summary>
    public SealReport? Last { get; private set; }

    /// <summary>Why it refuses to sign; null when it does not.</summary>
    public EvidenceStoppedException? Refusal { get; private set; }

    /// <summary>What went wrong the last time; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Completes when there is something new to know.</summary>
    public Task Next
    {
        get
        {
            lock (_gate) return _next.Task;
        }
    }

    internal void Report(SealReport report)
    {
        lock (_gate)
        {
            var isNews = report != Last;
            (Last, Refusal, Failure) = (report, null, null);
            if (isNews) Tell();
        }
    }

    // True the first time, so that a log has one line and not two a second.
    internal bool Refuse(EvidenceStoppedException refusal)
    {
        lock (_gate)
        {
            var isNews = Refusal?.Code != refusal.Code;
            (Refusal, Failure) = (refusal, null);
            if (isNews) Tell();
            return isNews;
        }
    }

    internal bool Fail(Exception failure)
    {
        lock (_gate)
        {
            var isNews = Failure?.Message != failure.Message;
            Failure = failure;
            return isNews;
        }
    }

    private void Tell()
    {
        _next.TrySetResult();
        _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
