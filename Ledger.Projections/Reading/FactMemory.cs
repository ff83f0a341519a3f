using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Projections.Reading;

/// <summary>
/// Keeps the facts in memory between questions about other times. Facts never change, so the memory only grows at its end:
/// a question about an older position reads a prefix. Beyond its limit nothing is kept and each question reads the log.
/// </summary>
public sealed class FactMemory(FactLog log, int atMost = 600_000) : IDisposable
{
    private const int FoldsKept = 6;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly LinkedList<((long Position, DateOnly AsOf) Key, Situation Situation)> _situations = [];
    private Dictionary<Subject, List<LedgerEntry>> _streams = [];
    private (long Position, LedgerAt Ledger)? _last;
    private long _upTo;
    private int _count;

    /// <summary>The ledger as it stood at a position.</summary>
    public async Task<LedgerAt> AtAsync(long position, CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await LoadAsync(position, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The county at a position, on a day. Questions that differ in period, list or policy share the fold.</summary>
    public async Task<County> CountyAsync(long position, DateOnly asOf, CancellationToken cancellation = default) =>
        (await SituationAsync(position, asOf, cancellation)).County;

    /// <summary>The ledger at a position, on a day: what every question about the plan is answered from.</summary>
    public async Task<Situation> SituationAsync(long position, DateOnly asOf, CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            for (var node = _situations.First; node is not null; node = node.Next)
                if (node.Value.Key == (position, asOf))
                {
                    _situations.Remove(node);
                    _situations.AddFirst(node);
                    return node.Value.Situation;
                }

            var situation = (await LoadAsync(position, cancellation)).On(asOf);
            _situations.AddFirst(((position, asOf), situation));
            if (_situations.Count > FoldsKept) _situations.RemoveLast();
            return situation;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<LedgerAt> LoadAsync(long position, CancellationToken cancellation)
    {
        if (_last is { } last && last.Position == position) return last.Ledger;
        if (_count > atMost) Forget();
        if (position > _upTo)
        {
            // A read that breaks off half-way leaves a prefix, and the next one goes on from there.
            await foreach (var entry in log.ReadAsync(_upTo, position, cancellation))
            {
                (_streams.TryGetValue(entry.Subject, out var stream) ? stream : _streams[entry.Subject] = []).Add(entry);
                _upTo = entry.Recorded.Sequence;
                _count++;
            }

            _upTo = position;
        }

        var ledger = new LedgerAt(_streams, position, _last?.Ledger);
        _last = (position, ledger);
        return ledger;
    }

    private void Forget()
    {
        _streams = [];
        _last = null;
        _upTo = 0;
        _count = 0;
        _situations.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
