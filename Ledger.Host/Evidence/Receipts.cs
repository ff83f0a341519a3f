using System.Text;
using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>
/// A receipt: the proof that a fact is in the sealed log, which whoever filed it keeps. A late or disputed filing is settled
/// by it: the entry names the instant at which the ledger took the fact in, under a signature of the ledger and its witnesses.
/// </summary>
public sealed class Receipts(NpgsqlDataSource database, SealedLog log, SealState state, TimeProvider clock)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The leaf of a fact with the checkpoint that covers it, waiting for both as long as the patience lasts; null when the
    /// fact is not sealed by then.
    /// </summary>
    public async Task<(OpenedLeaf Leaf, PublishedCheckpoint Checkpoint)?> FindAsync(FactId id, TimeSpan patience, CancellationToken cancellation = default)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            // Taken before the look: what is published in between is not waited for.
            var next = state.Next;
            if (await log.FindAsync(id, cancellation) is { } leaf && await log.LatestAsync(cancellation) is { } checkpoint && checkpoint.Checkpoint.Size > leaf.Leaf)
                return (leaf, checkpoint);
            if (clock.GetElapsedTime(started) >= patience) return null;
            // Another host may be the one that seals: its news do not reach this process.
            await Task.WhenAny(next, Task.Delay(Poll, clock, cancellation)).WaitAsync(cancellation);
        }
    }

    /// <summary>The receipt's text: a C2SP tlog-proof whose extra data open the entry.</summary>
    public async Task<string> TextAsync(Disclosure leaf, PublishedCheckpoint checkpoint, CancellationToken cancellation = default)
    {
        var tree = await LogSnapshot.ReadAsync(database, cancellation);
        var path = await tree.InclusionAsync(leaf.Leaf.Leaf, checkpoint.Checkpoint.Size);
        var opening = leaf.Opening();
        opening["fact"] = leaf.Fact();
        return new TlogProof(Encoding.UTF8.GetBytes(opening.ToJsonString(FactJson.Options)), leaf.Leaf.Leaf, path, checkpoint.Note).ToString();
    }
}
