using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Domain.Sealing;
using Ledger.Domain.Units;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;
using Ledger.Tests.Infrastructure;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <content>Attacks on the sealed log itself, on its journal and on what was signed.</content>
public sealed partial class AttackTests
{
    [Fact]
    public async Task A_row_changed_with_its_leaf_is_not_what_was_signed()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync(
            $"update mt.mt_events set user_name = 'somebody' where seq_id = {_fact};"
            + $"update ledger.leaf set entry = convert_to(replace(convert_from(entry, 'UTF8'), '\"user\":\"tester\"', '\"user\":\"somebody\"'), 'UTF8') where seq_id = {_fact};"
            + $"update ledger.intake set row_sha256 = (select ledger.row_hash(e) from mt.mt_events e where e.seq_id = {_fact}) where seq_id = {_fact}");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.LeafChanged, AuditCodes.RootDiffers, AuditCodes.JournalFork, AuditCodes.HeadDiffers);
        report.ShouldFind(AuditCodes.LeafChanged, _fact).Leaf.ShouldBe(await _ledger.LeafOfAsync(_fact));
        report.ExitCode.ShouldBe((int)AuditKind.Tree);
    }

    [Fact]
    public async Task A_leaf_that_was_changed_alone_does_not_accuse_its_row()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync($"update ledger.leaf set entry = convert_to(replace(convert_from(entry, 'UTF8'), '\"tester\"', '\"somebody\"'), 'UTF8') where seq_id = {_fact}");
        (await _ledger.AuditAsync()).ShouldFindOnly(AuditCodes.LeafChanged, AuditCodes.RootDiffers, AuditCodes.JournalFork, AuditCodes.HeadDiffers);
    }

    [Fact]
    public async Task A_leaf_that_is_gone_leaves_a_hole_and_a_row()
    {
        await _ledger.Sealer.SealAsync();
        var leaf = await _ledger.LeafOfAsync(_fact);
        await _ledger.BehindAsync($"delete from ledger.leaf where seq_id = {_fact}");
        var report = await _ledger.AuditAsync();
        report.ShouldFind(AuditCodes.LeafMissing).Leaf.ShouldBe(leaf);
        report.ShouldFind(AuditCodes.LeafAbsent, _fact);
        report.ShouldFind(AuditCodes.RootDiffers);
    }

    [Fact]
    public async Task A_log_that_was_signed_again_with_the_stolen_key_does_not_continue_the_journal()
    {
        await _ledger.Sealer.SealWithHeadsAsync();
        var (printed, _) = await _ledger.LatestAsync();
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var notes = await RewriteAsync();

        // Without the journal and without a checkpoint of one's own nothing is left to tell: the rewritten log is whole.
        (await _ledger.AuditAsync(new AuditOptions { Journal = "/nowhere/journal" })).ShouldFindOnly(AuditCodes.JournalNotFound);
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.JournalFork, AuditCodes.JournalNote);
        report.ShouldFind(AuditCodes.JournalFork).Member.ShouldBe($"0..{printed.Size}");
        await _ledger.RecordAsync();
        // The one that has run all the time and one that begins.
        foreach (var sealer in (Sealer[])[_ledger.Sealer, _ledger.Sealed.NewSealer()])
            (await Should.ThrowAsync<EvidenceStoppedException>(sealer.SealAsync())).Code.ShouldBe(EvidenceStoppedException.Fork);

        // The journal rewritten as well: then a witness, a time-stamp or a printed checkpoint.
        var journal = await _ledger.Sealed.JournalAsync();
        await File.WriteAllLinesAsync(journal.Path, notes.Select(n => JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["note"] = n.ToString() })), TestContext.Current.CancellationToken);
        (await _ledger.AuditAsync()).ShouldFindOnly();
        var held = await _ledger.AuditAsync(new AuditOptions { Held = [printed] });
        held.ShouldFindOnly(AuditCodes.HeldDiffers);
        held.ShouldFind(AuditCodes.HeldDiffers).Leaf.ShouldBe(printed.Size);
    }

    [Fact]
    public async Task A_checkpoint_is_signed_by_the_key_of_its_time_and_by_the_pinned_one()
    {
        await _ledger.Sealer.SealAsync();
        var key = NoteKey.Parse((await _ledger.AuditAsync()).Keys.Single());
        (await _ledger.AuditAsync(new AuditOptions { Keys = [key] })).ShouldFindOnly();

        var stranger = new MemoryKeys().Create(Guid.Empty, key.Name);
        (await _ledger.AuditAsync(new AuditOptions { Keys = [stranger] })).ShouldFindOnly(AuditCodes.KeyUntrusted);

        // The first character of the signature's last group: whatever it was, it is another one.
        await _ledger.BehindAsync("update ledger.checkpoint set note = regexp_replace(note, '.(..=\\n)$', case when note ~ 'A..=\\n$' then 'B' else 'A' end || '\\1')");
        (await _ledger.AuditAsync()).ShouldFind(AuditCodes.JournalNote);
        await _ledger.BehindAsync("update ledger.checkpoint set note = note || 'garbage'");
        (await _ledger.AuditAsync()).ShouldFind(AuditCodes.CheckpointUnreadable);
    }

    [Fact]
    public async Task Hashes_that_were_changed_in_a_tile_are_found()
    {
        for (var i = 0; i < 260; i++) await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync("update ledger.tile set hashes = overlay(hashes placing '\\x00' from 33 for 1) where level = 0");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.LeafChanged, AuditCodes.TileDiffers);
        report.ShouldFind(AuditCodes.LeafChanged).Leaf.ShouldBe(1);
        report.ShouldFind(AuditCodes.TileDiffers).Subject.ShouldBe("tile/0/0");
        await _ledger.BehindAsync("delete from ledger.tile");
        (await _ledger.AuditAsync()).ShouldFindOnly(AuditCodes.TileDiffers);
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_known_to_the_journal_alone_and_nothing_is_signed_any_more()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync("create schema attic; create table attic.head as select * from ledger.head; create table attic.position as select max(position) as position from ledger.position; create table attic.last as select last_value from mt.mt_events_sequence");
        await _ledger.RecordAsync();
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync(
            """
            delete from mt.mt_streams s where exists (select from mt.mt_events e where e.stream_id = s.id and e.seq_id > (select position from attic.head));
            delete from mt.mt_events where seq_id > (select position from attic.head);
            delete from ledger.intake where seq_id > (select position from attic.head);
            delete from ledger.leaf_payload where seq_id > (select position from attic.head);
            delete from ledger.leaf where leaf_index >= (select tree_size from attic.head);
            delete from ledger.checkpoint where tree_size > (select tree_size from attic.head);
            delete from ledger.stream_index i using ledger.stream_head h where h.stream = i.stream and h.leaf_index >= (select tree_size from attic.head);
            delete from ledger.stream_head where leaf_index >= (select tree_size from attic.head);
            delete from ledger.position where position > (select position from attic.position);
            update ledger.head set (tree_size, position, batch, edge) = (select tree_size, position, batch, edge from attic.head);
            select setval('mt.mt_events_sequence', (select last_value from attic.last));
            drop schema attic cascade
            """);
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.JournalRollback);
        report.ExitCode.ShouldBe((int)AuditKind.Journal);
        foreach (var sealer in new[] { _ledger.Sealer, _ledger.Sealed.NewSealer() })
            (await Should.ThrowAsync<EvidenceStoppedException>(sealer.SealAsync())).Code.ShouldBe(EvidenceStoppedException.Rollback);
    }

    [Fact]
    public async Task A_restored_backup_is_behind_its_journal_and_one_that_went_on_alone_is_a_fork()
    {
        await _ledger.Sealer.SealAsync();
        var backup = await TestCluster.CreateLedgerAsync(TestCluster.NameOf(_ledger.Ledger.ConnectionString));
        // Whoever was connected was thrown out by the copying.
        await using var ledger = _ledger.OpenAgain();
        await ledger.RecordAsync("unit/later", new UnitRegistered("后来", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await ledger.Sealer.SealAsync();

        (await _ledger.AuditAsync(backup.RequiredAuditor)).ShouldFindOnly(AuditCodes.JournalRollback);
        await using var restored = NpgsqlDataSource.Create(backup.RequiredSealer);
        var sealer = new Sealer(new SealerDatabase(restored), _ledger.Sealed.Folder, _ledger.Sealed.Keys, _ledger.Sealed.Options);
        (await Should.ThrowAsync<EvidenceStoppedException>(sealer.SealAsync())).Code.ShouldBe(EvidenceStoppedException.Rollback);

        // The backup goes on, beside a journal that was made for it, until it is as long.
        await using var other = AuditedLedger.On(LedgerDatabase.On(backup));
        other.Ledger.Audit.Skip("a backup that goes on without its journal");
        for (var i = 0; i < 3; i++) await other.RecordAsync($"unit/other{i}", new UnitRegistered($"别的{i}", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await BringJournalAsync(other, lines: 1);
        foreach (var key in _ledger.Sealed.Keys.Secrets) other.Sealed.Keys.Take(key);
        await other.Sealer.SealAsync();
        (await _ledger.AuditAsync(backup.RequiredAuditor)).ShouldFind(AuditCodes.JournalFork);
        (await Should.ThrowAsync<EvidenceStoppedException>(new Sealer(new SealerDatabase(restored), _ledger.Sealed.Folder, _ledger.Sealed.Keys, _ledger.Sealed.Options).SealAsync())).Code
            .ShouldBe(EvidenceStoppedException.Fork);
    }

    [Fact]
    public async Task A_journal_that_is_gone_shortened_or_broken_is_said()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        _ledger.Ledger.Audit.Skip("its journal is destroyed");
        var journal = await _ledger.Sealed.JournalAsync();
        var lines = await File.ReadAllLinesAsync(journal.Path, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(journal.Path, lines[0] + "\n", TestContext.Current.CancellationToken);
        (await _ledger.AuditAsync()).ShouldFindOnly(AuditCodes.JournalBehind);
        (await Should.ThrowAsync<EvidenceStoppedException>(_ledger.Sealed.NewSealer().SealAsync())).Code.ShouldBe(EvidenceStoppedException.JournalMissing);

        await File.WriteAllTextAsync(journal.Path, lines[0] + "\ngarbage\n" + lines[1] + "\n", TestContext.Current.CancellationToken);
        (await _ledger.AuditAsync()).ShouldFindOnly(AuditCodes.JournalBroken);

        File.Delete(journal.Path);
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.JournalNotFound);
        report.ExitCode.ShouldBe((int)AuditKind.NotChecked);
        (await Should.ThrowAsync<EvidenceStoppedException>(_ledger.Sealed.NewSealer().SealAsync())).Code.ShouldBe(EvidenceStoppedException.JournalMissing);

        // No room for it: what cannot be kept outside is not published.
        Directory.CreateDirectory(journal.Path);
        await _ledger.RecordAsync();
        (await Should.ThrowAsync<EvidenceStoppedException>(_ledger.Sealed.NewSealer().SealAsync())).Code.ShouldBeOneOf(EvidenceStoppedException.JournalBroken, EvidenceStoppedException.JournalMissing);
        (await _ledger.ScalarAsync<long>("select count(*) from ledger.checkpoint")).ShouldBe(2);
    }

    // One fact is told otherwise, and everything that follows from it is made to fit: intake, leaf, tiles, edge, checkpoints and,
    // with the stolen key, the signatures.
    private async Task<List<SignedNote>> RewriteAsync()
    {
        var leaves = await _ledger.Sealed.LeavesAsync();
        var leaf = await _ledger.LeafOfAsync(_fact);
        var entry = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(leaves[(int)leaf].Entry).Replace("\"user\":\"tester\"", "\"user\":\"somebody\"", StringComparison.Ordinal));
        entry.ShouldNotBe(leaves[(int)leaf].Entry);
        leaves[(int)leaf] = (leaf, "event", entry);

        var ledger = await _ledger.Sealer.LedgerAsync();
        var signer = _ledger.Sealed.Keys.Find(ledger, NoteKey.Parse(await _ledger.ScalarAsync<string>("select key from ledger.head")))!;
        var sizes = await SizesAsync();
        var (edge, notes, sql) = (new TreeEdge(), new List<SignedNote>(), new StringBuilder());
        foreach (var (_, _, bytes) in leaves)
        {
            edge.Append(Merkle.LeafHash(bytes)).ShouldBeEmpty("the attack is on a log without full tiles");
            if (!sizes.Contains(edge.Size)) continue;
            var note = SignedNote.Sign(new Checkpoint(signer.Name, edge.Size, edge.Root()).ToString(), [signer]);
            notes.Add(note);
            sql.Append(CultureInfo.InvariantCulture, $"update ledger.checkpoint set root = '\\x{Convert.ToHexString(edge.Root())}', note = '{note}' where tree_size = {edge.Size};");
        }

        await _ledger.BehindAsync(
            $"""
            update mt.mt_events set user_name = 'somebody' where seq_id = {_fact};
            update ledger.intake set row_sha256 = (select ledger.row_hash(e) from mt.mt_events e where e.seq_id = {_fact}) where seq_id = {_fact};
            update ledger.leaf set entry = '\x{Convert.ToHexString(entry)}' where leaf_index = {leaf};
            update ledger.head set edge = array['\x{Convert.ToHexString(edge.Levels[0])}'::bytea];
            {sql}
            """);
        return notes;
    }

    private async Task<HashSet<long>> SizesAsync()
    {
        await using var command = _ledger.Ledger.Source.CreateCommand("select tree_size from ledger.checkpoint");
        await using var reader = await command.ExecuteReaderAsync();
        var sizes = new HashSet<long>();
        while (await reader.ReadAsync()) sizes.Add(reader.GetInt64(0));
        return sizes;
    }

    private async Task BringJournalAsync(AuditedLedger to, int lines)
    {
        var (from, there) = (await _ledger.Sealed.JournalAsync(), await to.Sealed.JournalAsync());
        Directory.CreateDirectory(Path.GetDirectoryName(there.Path)!);
        await File.WriteAllTextAsync(there.Path, string.Concat((await File.ReadAllLinesAsync(from.Path)).Take(lines).Select(l => l + "\n")));
    }
}
