using Ledger.Domain.Sealing;
using Ledger.Host.Evidence;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>
/// One cycle of append, seal and publish, stopped at every point at which a process can die or a statement fail: whatever
/// was interrupted, the next sealer finishes it, nothing is lost, doubled or signed twice with two roots.
/// </summary>
public sealed class SealerFaultTests : IAsyncLifetime
{
    /// <summary>Every point that the sealer passes, in its order; the first test proves that the list is complete.</summary>
    private static readonly string[] Points =
        ["batch.begin", "batch.commit", "batch.committed", "sign", "journal", "publish", "publish.commit", "published"];

    private SealedLedger _ledger = null!;

    public static TheoryData<string> EveryPoint => [.. Points];

    public async ValueTask InitializeAsync() => _ledger = await SealedLedger.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task The_points_are_all_that_there_are()
    {
        var passed = new List<string>();
        await _ledger.RecordAsync();
        await _ledger.NewSealer(passed.Add).SealAsync();
        // The second batch finds nothing and begins all the same.
        passed.Distinct().ShouldBe(Points);
    }

    [Theory]
    [MemberData(nameof(EveryPoint))]
    public async Task A_kill_at_any_point_is_made_good_by_the_next_sealer(string point)
    {
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var (before, _) = await _ledger.LatestAsync();
        await _ledger.RecordAsync();

        var dying = _ledger.NewSealer(at =>
        {
            if (at == point) throw new KilledException();
        });
        await Should.ThrowAsync<KilledException>(() => dying.SealAsync());
        await _ledger.NewSealer().SealAsync();
        await ShouldBeWholeAsync(before);
    }

    [Theory]
    [MemberData(nameof(EveryPoint))]
    public async Task A_lost_connection_at_any_point_is_made_good(string point)
    {
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var (before, _) = await _ledger.LatestAsync();
        await _ledger.RecordAsync();

        var cut = false;
        var sealer = _ledger.NewSealer(at =>
        {
            if (at != point || cut) return;
            cut = true;
            _ledger.RunAsync("select pg_terminate_backend(pid) from pg_stat_activity where usename like 'ledger_sealer%' and datname = current_database()").GetAwaiter().GetResult();
        });
        // As the service does: it tries again, in the same process. A dead connection in the pool costs one more try.
        for (var tries = 1; ; tries++)
        {
            try
            {
                var over = cut;
                await sealer.SealAsync();
                if (over) break;
            }
            catch (Exception e) when (tries < 5 && e is NpgsqlException or IOException)
            {
            }
        }

        await ShouldBeWholeAsync(before);
    }

    [Fact]
    public async Task A_piece_of_a_line_at_the_journals_end_counts_for_nothing()
    {
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var (before, _) = await _ledger.LatestAsync();
        var journal = await _ledger.JournalAsync();
        await File.AppendAllTextAsync(journal.Path, "{\"note\":\"half");
        await _ledger.RecordAsync();
        await _ledger.NewSealer().SealAsync();
        await ShouldBeWholeAsync(before);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_stops_publication_and_loses_nothing()
    {
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var (before, _) = await _ledger.LatestAsync();
        var journal = await _ledger.JournalAsync();
        var kept = journal.Path + ".kept";
        await _ledger.RecordAsync();
        // The disk is full, or not there: a folder in the file's place cannot be written by anybody, root included.
        var sealer = _ledger.NewSealer(at =>
        {
            if (at != "journal" || File.Exists(kept)) return;
            File.Move(journal.Path, kept);
            Directory.CreateDirectory(journal.Path);
        });
        (await Should.ThrowAsync<EvidenceStoppedException>(() => sealer.SealAsync())).Code.ShouldBe(EvidenceStoppedException.JournalBroken);
        (await _ledger.LatestAsync()).Checkpoint.ShouldBe(before);
        Directory.Delete(journal.Path);
        File.Move(kept, journal.Path);
        await _ledger.NewSealer().SealAsync();
        await ShouldBeWholeAsync(before);
    }

    [Fact]
    public async Task Two_sealers_at_once_make_one_log()
    {
        for (var i = 0; i < 40; i++) await _ledger.RecordAsync();
        var sealers = Enumerable.Range(0, 4).Select(_ => _ledger.NewSealer()).ToList();
        for (var round = 0; round < 5; round++)
        {
            await _ledger.RecordAsync();
            await Task.WhenAll(sealers.Select(s => s.SealAsync()));
        }

        await ShouldBeWholeAsync(null);
    }

    private async Task ShouldBeWholeAsync(Checkpoint? before)
    {
        var leaves = await _ledger.LeavesAsync();
        leaves.Select(l => l.Leaf).ShouldBe(Enumerable.Range(0, leaves.Count).Select(i => (long)i));
        leaves.Count(l => l.Kind == "event").ShouldBe((int)await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events"));
        var (latest, note) = await _ledger.LatestAsync();
        latest.Size.ShouldBe(leaves.Count);
        latest.Root.ShouldBe(Merkle.Root([.. leaves.Select(l => Merkle.LeafHash(l.Entry))]));
        var journal = (await _ledger.JournalAsync()).All();
        journal[^1].Note.ShouldBe(note.ToString());
        // Each size was signed once, and each is a beginning of the last.
        journal.Select(e => e.Checkpoint.Size).ShouldBe(journal.Select(e => e.Checkpoint.Size).Distinct());
        foreach (var entry in journal)
            entry.Checkpoint.Root.ShouldBe(Merkle.Root([.. leaves.Take((int)entry.Checkpoint.Size).Select(l => Merkle.LeafHash(l.Entry))]));
        if (before is not null) latest.Size.ShouldBeGreaterThan(before.Size);
    }

    private sealed class KilledException : Exception;
}
