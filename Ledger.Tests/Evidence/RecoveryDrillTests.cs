using System.Text;
using System.Text.Json;
using Ledger.Domain.Sealing;
using Ledger.Domain.Units;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;
using Ledger.Host.Postgres;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>The playbooks of docs/operations.md, step by step, with the commands' own code.</summary>
public sealed class RecoveryDrillTests : IAsyncLifetime
{
    private SealedLedger _ledger = null!;
    private NpgsqlDataSource _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await SealedLedger.CreateAsync();
        _owner = NpgsqlDataSource.Create(_ledger.Ledger.AdministratorConnectionString);
        for (var i = 0; i < 3; i++) await _ledger.RecordAsync();
        await _ledger.Sealer.SealWithHeadsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _ledger.DisposeAsync();
    }

    [Fact]
    public async Task A_restored_older_backup_is_detected_and_a_new_log_says_what_is_lost()
    {
        // Backup. Then the ledger goes on, and is lost.
        var (kept, _) = await _ledger.LatestAsync();
        var backup = await TestCluster.CreateDatabaseAsync(TestCluster.NameOf(_ledger.Ledger.AdministratorConnectionString));
        // (Whoever was connected while the copy was made is not any more: the ledger is opened again.)
        await using var live = await Opened.OpenAsync(_ledger, _ledger.Ledger.AdministratorConnectionString);
        await using (var writer = _ledger.Ledger.OpenAgain())
            (await writer.RecordAsync("unit/later", new UnitRegistered("后来", UnitKind.Township, new DateOnly(2020, 1, 1)))).Refusal.ShouldBeNullRefusal();
        await live.Sealer.SealAsync();
        var lostNote = SignedNote.Parse(await live.ScalarAsync<string>("select note from ledger.checkpoint order by tree_size desc limit 1"));
        var lost = Checkpoint.Parse(lostNote.Text);

        // The backup is restored, with the journal and the keys that were kept apart from it.
        await using var restored = await Opened.OpenAsync(_ledger, backup);
        var stopped = await Should.ThrowAsync<EvidenceStoppedException>(() => restored.Sealer.SealAsync());
        stopped.Code.ShouldBe(EvidenceStoppedException.Rollback);
        (await restored.AuditAsync()).Findings.ShouldContain(f => f.Code == "journal.rollback");

        // The only way on names what was lost.
        var begun = (await restored.Epoch().RunAsync("恢复了旧备份", force: false)).ShouldNotBeNull();
        (begun.Epoch, begun.Checkpoint.Signatures.Single().Name).ShouldBe((2, NoteKey.Parse(begun.Key).Name));
        NoteKey.Parse(begun.Key).Name.ShouldEndWith("/epoch-2");
        begun.Reason.ShouldContain($"leaves {kept.Size} to {lost.Size - 1} are missing");
        begun.Reason.ShouldContain($"last checkpoint in common: {kept.Size} leaves");
        using (var genesis = JsonDocument.Parse(await restored.ScalarAsync<byte[]>("select entry from ledger.leaf where leaf_index = 0")))
        {
            genesis.RootElement.GetProperty("previous").GetString().ShouldBe(lostNote.ToString());
            genesis.RootElement.GetProperty("reason").GetString().ShouldBe(begun.Reason);
        }

        // Every event is sealed again, the audit is content, and the old log is there as it was.
        (await restored.ScalarAsync<long>("select count(*) from mt.mt_events e where not exists (select from ledger.leaf l where l.seq_id = e.seq_id)")).ShouldBe(0);
        (await restored.ScalarAsync<long>("select max(tree_size) from ledger.checkpoint_epoch_1")).ShouldBe(kept.Size);
        (await restored.ScalarAsync<long>("select count(*) from ledger.leaf_epoch_1")).ShouldBe(kept.Size);
        Wrong(await restored.AuditAsync()).ShouldBeEmpty();

        // It goes on, also in a process that has just begun, and nothing is left to do.
        (await restored.NewSealer().SealAsync()).Size.ShouldBe(Checkpoint.Parse(begun.Checkpoint.Text).Size);
        (await restored.Epoch().RunAsync("again", force: false)).ShouldBeNull();
        foreach (var sql in (string[])["delete from ledger.leaf_epoch_1", "update ledger.head_epoch_1 set tree_size = 0", "truncate ledger.checkpoint_epoch_1"])
            (await Should.ThrowAsync<PostgresException>(() => restored.RunAsync(sql))).SqlState.ShouldBe("LG001", sql);
    }

    [Fact]
    public async Task A_rewritten_log_is_detected_and_a_new_one_begun()
    {
        var (signed, _) = await _ledger.LatestAsync();
        await _ledger.RecordAsync();
        await _ledger.RunAsync(
            "alter table ledger.tile disable trigger user; alter table ledger.leaf disable trigger user; update ledger.leaf set entry = convert_to('{}', 'UTF8') where leaf_index = 2; "
            + "update ledger.head set edge[1] = set_byte(edge[1], 64, 255 - get_byte(edge[1], 64)); alter table ledger.leaf enable always trigger ledger_no_change; alter table ledger.leaf enable always trigger ledger_no_trunc; "
            + "alter table ledger.tile enable always trigger ledger_no_change; alter table ledger.tile enable always trigger ledger_no_trunc");
        var stopped = await Should.ThrowAsync<EvidenceStoppedException>(() => _ledger.NewSealer().SealAsync());
        stopped.Code.ShouldBe(EvidenceStoppedException.Fork);
        var begun = (await new EpochChange(_owner, _ledger.NewSealer(), _ledger.Folder).RunAsync("封存树被改写", force: false)).ShouldNotBeNull();
        begun.Reason.ShouldContain($"journal: {signed.Size} leaves");
        begun.Reason.ShouldContain("last checkpoint in common: none");
        Wrong(await AuditAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_incident_the_log_goes_on_unless_the_operator_insists()
    {
        var change = new EpochChange(_owner, _ledger.Sealer, _ledger.Folder);
        (await change.RunAsync("没有原因", force: false)).ShouldBeNull();
        (await _ledger.ScalarAsync<int>("select epoch from ledger.head")).ShouldBe(1);
        _ledger.Keys.Forget();
        await _ledger.RecordAsync();
        (await Should.ThrowAsync<EvidenceStoppedException>(() => _ledger.Sealer.SealAsync())).Code.ShouldBe(EvidenceStoppedException.KeyMissing);
        (await change.RunAsync("私钥丢失", force: false)).ShouldBeNull("a key that is not here is brought back");
        var begun = (await change.RunAsync("私钥丢失", force: true)).ShouldNotBeNull();
        begun.Reason.ShouldStartWith("私钥丢失");
        begun.Checkpoint.Signatures.Single().Name.ShouldEndWith("/epoch-2");
        Wrong(await AuditAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_others_sign_of_a_log_that_has_ended_does_not_meet_the_same_size_of_the_new_one()
    {
        var (old, _) = await _ledger.LatestAsync();
        var line = NoteSignature.Of("court", 1, [1, 2, 3]);
        var stamp = new StoredTimeStamp(old.Size, "tsa", [1], LedgerDatabase.Noon);
        (await new EpochChange(_owner, _ledger.Sealer, _ledger.Folder).RunAsync("私钥丢失", force: true)).ShouldNotBeNull();

        // The witness was asked before, and answers now.
        var (begun, _) = await _ledger.LatestAsync();
        const string kept = "select (select count(*) from ledger.cosignature) + (select count(*) from ledger.time_stamp)";
        foreach (var (checkpoint, count) in ((Checkpoint, long)[])[(new Checkpoint(old.Origin, begun.Size, old.Root), 0), (begun, 2)])
        {
            await _ledger.Checkpoints.AddCosignatureAsync(checkpoint, line);
            await _ledger.Checkpoints.AddTimeStampAsync(checkpoint, stamp with { Size = checkpoint.Size });
            (await _ledger.ScalarAsync<long>(kept)).ShouldBe(count);
        }
    }

    [Theory]
    [InlineData("update mt.mt_events set data = jsonb_set(data, '{name}', '\"改\"'), user_name = 'other', timestamp = timestamp + interval '1 day' where seq_id = $seq", "fact.changed")]
    [InlineData("delete from mt.mt_events where seq_id = $seq", "fact.deleted")]
    public async Task A_tampered_fact_is_put_back_as_it_was_sealed(string attack, string code)
    {
        var sequence = await _ledger.ScalarAsync<long>("select seq_id from mt.mt_events where stream_id = 'unit/u2'");
        const string row = "select to_jsonb(e)::text from mt.mt_events e where stream_id = 'unit/u2'";
        var before = await _ledger.ScalarAsync<string>(row);
        await _ledger.RunAsync($"alter table mt.mt_events disable trigger ledger_no_change; {attack.Replace("$seq", $"{sequence}", StringComparison.Ordinal)}; alter table mt.mt_events enable always trigger ledger_no_change");

        // Detect, and keep what was found as evidence.
        Wrong(await AuditAsync()).ShouldContain(code);
        var proposal = (await RestoreProposal.ReadAsync(_owner, sequence)).ShouldNotBeNull();
        var json = proposal.ToJson();
        json["sealed"]!["data"]!["name"]!.GetValue<string>().ShouldBe("单位u2");
        (json["found"] is null, proposal.IsDeleted).ShouldBe((code == "fact.deleted", code == "fact.deleted"));
        if (json["found"] is { } found) found["data"]!["name"]!.GetValue<string>().ShouldBe("改");

        // The proposal alone changes nothing; carried out, it does.
        Wrong(await AuditAsync()).ShouldContain(code);
        await _ledger.RunAsync(proposal.ToSql());
        (await _ledger.ScalarAsync<string>(row)).ShouldBe(before);
        await _ledger.NewSealer().SealAsync();
        var after = await AuditAsync();
        Wrong(after).ShouldBeEmpty();
        after.Findings.ShouldContain(f => f.Code == "schema-change.sealed", "that the guards were off stays in the log");
    }

    [Fact]
    public async Task What_was_never_sealed_is_not_proposed_nor_a_copy_that_was_changed_as_well()
    {
        (await RestoreProposal.ReadAsync(_owner, 999_999)).ShouldBeNull();
        await _ledger.RunAsync(
            "alter table ledger.leaf_payload disable trigger ledger_no_change; update ledger.leaf_payload set data = '{\"name\":\"改\"}' where seq_id = (select seq_id from mt.mt_events where stream_id = 'unit/u2')");
        var sequence = await _ledger.ScalarAsync<long>("select seq_id from mt.mt_events where stream_id = 'unit/u2'");
        await Should.ThrowAsync<EvidenceStoppedException>(() => RestoreProposal.ReadAsync(_owner, sequence));
        // Put back, so that the ledger is whole again for whoever looks after this test.
        await _ledger.RunAsync(
            $"update ledger.leaf_payload p set data = '{(await SealedAsync("unit/u2")).Replace("'", "''", StringComparison.Ordinal)}' where seq_id = {sequence}; alter table ledger.leaf_payload enable always trigger ledger_no_change");
        (await RestoreProposal.ReadAsync(_owner, sequence)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_new_key_is_announced_and_both_sign_the_checkpoint_that_announces_it()
    {
        var (_, before) = await _ledger.LatestAsync();
        var old = before.Signatures.Single();
        var (key, checkpoint) = await new KeyRotation(_owner, _ledger.Sealer, _ledger.Keys).RunAsync("每年更换", "operator");
        checkpoint.Signatures.Select(s => (s.Name, s.KeyId)).ShouldBe([(old.Name, old.KeyId), (key.Name, key.KeyId)]);
        key.Name.ShouldBe(old.Name);
        var entry = Encoding.UTF8.GetString((await _ledger.LeavesAsync()).Single(l => l.Kind == "key-change").Entry);
        entry.ShouldContain($"\"key\":\"{key}\"");
        entry.ShouldContain("\"reason\":\"每年更换\"");

        await _ledger.RecordAsync();
        await _ledger.NewSealer().SealAsync();
        var (_, next) = await _ledger.LatestAsync();
        next.Signatures.Single().KeyId.ShouldBe(key.KeyId);
        var (again, both) = await new KeyRotation(_owner, _ledger.Sealer, _ledger.Keys).RunAsync("再次更换", "operator");
        both.Signatures.Select(s => s.KeyId).ShouldBe([key.KeyId, again.KeyId]);
        Wrong(await AuditAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_of_the_old_log_is_not_announced_in_the_new_one()
    {
        await new KeyRotation(_owner, _ledger.Sealer, _ledger.Keys).RunAsync("更换", "operator");
        var begun = (await new EpochChange(_owner, _ledger.Sealer, _ledger.Folder).RunAsync("密钥被盗", force: true)).ShouldNotBeNull();
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var (_, note) = await _ledger.LatestAsync();
        note.Signatures.Single().KeyId.ShouldBe(NoteKey.Parse(begun.Key).KeyId);
        (await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf where kind = 'key-change'")).ShouldBe(0);
    }

    private Task<AuditReport> AuditAsync() => AuditAsync(_ledger.Ledger.Logins, _ledger);

    private static async Task<AuditReport> AuditAsync(LedgerLogins logins, SealedLedger evidence)
    {
        await using var auditor = NpgsqlDataSource.Create(LedgerStore.ConnectionString(logins.RequiredAuditor));
        return await new LedgerAudit(auditor, evidence.Folder, TimeProvider.System).RunAsync(new AuditOptions { ReadModels = false, Attachments = false });
    }

    // The codes of what is wrong; what is only to be known is not.
    private static List<string> Wrong(AuditReport report) => [.. report.Findings.Where(f => f.Kind != AuditKind.Information).Select(f => f.Code).Distinct()];

    private async Task<string> SealedAsync(string stream)
    {
        using var data = JsonDocument.Parse(await _ledger.ScalarAsync<string>($"select data::text from mt.mt_events where stream_id = '{stream}'"));
        return Jcs.Text(data.RootElement);
    }

    /// <summary>A ledger or a copy of it as another process has it, with the journal and the keys of the ledger.</summary>
    private sealed class Opened(LedgerLogins logins, SealedLedger of) : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _sealer = NpgsqlDataSource.Create(LedgerStore.ConnectionString(logins.RequiredSealer));
        private readonly NpgsqlDataSource _owner = NpgsqlDataSource.Create(logins.Owner!);

        public Sealer Sealer => field ??= NewSealer();

        public static async Task<Opened> OpenAsync(SealedLedger of, string connectionString) => new(await LedgerLogins.OfOwnerAsync(connectionString), of);

        public Sealer NewSealer() => new(new SealerDatabase(_sealer), of.Folder, of.Keys, of.Options);

        public EpochChange Epoch() => new(_owner, Sealer, of.Folder);

        public Task<AuditReport> AuditAsync() => RecoveryDrillTests.AuditAsync(logins, of);

        public async Task<T> ScalarAsync<T>(string sql)
        {
            await using var command = _owner.CreateCommand(sql);
            return (T)(await command.ExecuteScalarAsync())!;
        }

        public async Task RunAsync(string sql)
        {
            await using var command = _owner.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await _sealer.DisposeAsync();
            await _owner.DisposeAsync();
        }
    }
}
