using System.Collections.Concurrent;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>Sixteen writers, a sealer, and four readers who check every proof against the checkpoint that they hold.</summary>
public sealed class EvidenceHammerTests : IAsyncLifetime
{
    private const int Writers = 16;
    private const int FactsOfEach = 25;

    private SealedLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await SealedLedger.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task Every_proof_holds_while_the_log_grows_and_every_fact_is_in_it_at_the_end()
    {
        await _ledger.Sealer.SealAsync();
        using var done = new CancellationTokenSource();
        var units = new ConcurrentBag<string>();
        var writers = Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            for (var i = 0; i < FactsOfEach; i++) units.Add(await _ledger.RecordAsync());
        }));
        var sealing = Task.Run(async () =>
        {
            while (!writers.IsCompleted) await _ledger.Sealer.SealAsync();
        });
        var readers = Enumerable.Range(0, 4).Select(seed => Task.Run(() => ReadAsync(seed, done.Token))).ToList();

        await writers;
        await sealing;
        await done.CancelAsync();
        var proofs = await Task.WhenAll(readers);
        proofs.ShouldAllBe(checkedProofs => checkedProofs > 0);

        await _ledger.Sealer.SealAsync();
        var leaves = await _ledger.LeavesAsync();
        leaves.Count(l => l.Kind == "event").ShouldBe((int)await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events"));
        units.Count.ShouldBe(Writers * FactsOfEach);
        (await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf l join mt.mt_events e using (seq_id) where e.type = 'UnitRegistered'")).ShouldBe(Writers * FactsOfEach);
        (await _ledger.LatestAsync()).Checkpoint.Root.ShouldBe(Merkle.Root([.. leaves.Select(l => Merkle.LeafHash(l.Entry))]));
    }

    // Like somebody who keeps each checkpoint that he has seen and believes nothing.
    private async Task<int> ReadAsync(int seed, CancellationToken stop)
    {
        var log = new SealedLog(_ledger.Ledger.Source);
        var (held, proofs, next) = ((Checkpoint?)null, 0, seed);
        do
        {
            var latest = (await log.LatestAsync(CancellationToken.None))!.Checkpoint;
            if (held is not null)
                Merkle.VerifyConsistency(held.Size, held.Root, latest.Size, latest.Root, await log.ConsistencyAsync(held.Size, latest.Size, CancellationToken.None)).ShouldBeTrue();
            held = latest;
            next = unchecked((next * 31) + 7);
            var leaf = unchecked((uint)next) % latest.Size;
            var entry = (await log.EntriesAsync(leaf, 1, latest.Size, CancellationToken.None)).ShouldHaveSingleItem();
            var tree = await LogSnapshot.ReadAsync(_ledger.Ledger.Source, CancellationToken.None);
            Merkle.VerifyInclusion(leaf, latest.Size, Merkle.LeafHash(entry), await tree.InclusionAsync(leaf, latest.Size), latest.Root).ShouldBeTrue();
            proofs++;
        }
        while (!stop.IsCancellationRequested);
        return proofs;
    }
}
