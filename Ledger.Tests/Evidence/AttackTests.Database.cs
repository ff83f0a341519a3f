using System.Text;
using Ledger.Domain.Units;
using Ledger.Host.Evidence.Audit;
using Ledger.Host.Postgres;
using Ledger.Tests.Infrastructure;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <content>Attacks on what is derived, on the guards, and below the database.</content>
public sealed partial class AttackTests
{
    [Fact]
    public async Task An_edited_read_model_does_not_follow_from_the_facts()
    {
        await LawsuitAsync();
        (await _ledger.AuditAsync()).ShouldFindOnly();
        await _ledger.AsSuperuserAsync("update mt.mt_doc_unitmonth set data = jsonb_set(data, '{contributions,a,newCases}', '[]') where id = '2023-04|wuquan'");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.ReadModelDiffers);
        report.ExitCode.ShouldBe((int)AuditKind.ReadModels);
        var finding = report.Findings.Single(f => f.Code == AuditCodes.ReadModelDiffers.Code);
        finding.Subject.ShouldBe("mt_doc_unitmonth 2023-04|wuquan");
        finding.Member.ShouldNotBeNull().ShouldStartWith("contributions.a.newCases");
        finding.Sealed.ShouldNotBeNull();
        finding.Found.ShouldNotBe(finding.Sealed);
    }

    [Fact]
    public async Task Read_models_that_are_gone_moved_or_made_up_are_found()
    {
        await LawsuitAsync();
        await _ledger.AsSuperuserAsync(
            """
            insert into mt.mt_doc_unitmonth select (jsonb_populate_record(m, '{"id": "2023-05|wuquan"}')).* from mt.mt_doc_unitmonth m where id = '2023-04|wuquan';
            delete from mt.mt_doc_unitdocket where id = 'wuquan';
            update mt.mt_doc_unitmonth set data = jsonb_set(data, '{contributions,b}', data #> '{contributions,a}') where id = '2023-04|wuquan';
            update mt.mt_doc_lawsuitrecord set data = jsonb_set(data, '{facts,0,data,court}', '"别的法院"') where id = 'lawsuit/a';
            delete from mt.mt_doc_subjectrecord where id = 'unit/wuquan';
            insert into mt.mt_doc_subjectrecord select (jsonb_populate_record(m, '{"id": "unit/forged"}')).* from mt.mt_doc_subjectrecord m limit 1
            """);
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.ReadModelDiffers, AuditCodes.ReadModelMissing, AuditCodes.ReadModelForged);
        Of(AuditCodes.ReadModelMissing).ShouldBe(["mt_doc_subjectrecord unit/wuquan", "mt_doc_unitdocket wuquan"]);
        Of(AuditCodes.ReadModelForged).ShouldBe(["mt_doc_subjectrecord unit/forged", "mt_doc_unitmonth 2023-05|wuquan"]);
        Of(AuditCodes.ReadModelDiffers).ShouldBe(["mt_doc_lawsuitrecord lawsuit/a", "mt_doc_unitmonth 2023-04|wuquan"]);
        report.Findings.Single(f => f.Member == "facts[0].data.court").Found.ShouldNotBe("别的法院", "personal data may stand there");
        (await _ledger.AuditAsync(new AuditOptions { Unmasked = true })).Findings.Single(f => f.Member == "facts[0].data.court").Found.ShouldBe("别的法院");

        string[] Of(AuditCode code) => [.. report.Findings.Where(f => f.Code == code.Code).Select(f => f.Subject!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Read_models_that_were_set_back_are_those_of_their_position()
    {
        await LawsuitAsync();
        await _ledger.AsSuperuserAsync("update mt.mt_event_progression set last_seq_id = last_seq_id - 1 where name = 'County:All'");
        var report = await _ledger.AuditAsync();
        report.Codes().ShouldContain(code => AuditCodes.Of(code).Kind == AuditKind.ReadModels);
        report.ShouldFind(AuditCodes.ReadModelBehind);
    }

    [Fact]
    public async Task Guards_that_are_down_are_named()
    {
        await _ledger.Sealer.SealAsync();
        (await _ledger.AuditAsync()).ShouldFindOnly();
        await _ledger.AsSuperuserAsync("alter event trigger ledger_log_ddl disable; alter table mt.mt_events disable trigger ledger_no_change");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.GuardsDiffer, AuditCodes.GuardDown);
        report.ExitCode.ShouldBe((int)AuditKind.Guards);
        report.Findings.ShouldContain(f => f.Member == "-" && f.Sealed!.Contains("ledger_no_change", StringComparison.Ordinal) && f.Sealed.EndsWith("enabled A", StringComparison.Ordinal));
        report.Findings.ShouldContain(f => f.Member == "+" && f.Found!.Contains("ledger_no_change", StringComparison.Ordinal) && f.Found.EndsWith("enabled D", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guards_that_were_down_at_a_sealing_and_up_again_stay_in_the_log()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.AsSuperuserAsync("alter event trigger ledger_log_ddl disable; alter table mt.mt_events disable trigger ledger_no_change");
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await _ledger.AsSuperuserAsync("alter table mt.mt_events enable always trigger ledger_no_change; alter event trigger ledger_log_ddl enable always");
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.GuardsChanged);
        report.Counts[AuditCodes.GuardsChanged.Code].ShouldBe(2, "down, and up again");
    }

    [Fact]
    public async Task Guards_that_were_taken_down_with_the_log_of_changes_on_are_written_there()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.AsSuperuserAsync(
            $"alter table mt.mt_events disable trigger ledger_no_change; update mt.mt_events set user_name = 'x' where seq_id = {_fact}; alter table mt.mt_events enable always trigger ledger_no_change");
        await _ledger.Sealer.SealAsync();
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.FactChanged);
        report.Findings.ShouldContain(f => f.Code == AuditCodes.SchemaChanged.Code && f.Subject!.Contains("mt.mt_events", StringComparison.Ordinal));

        await _ledger.BehindAsync("delete from ledger.schema_change");
        (await _ledger.AuditAsync()).ShouldFind(AuditCodes.SchemaChangeDiffers);
    }

    [Fact]
    public async Task A_redaction_that_nobody_decided_is_named()
    {
        await _ledger.AsSuperuserAsync(
            $"insert into ledger.pending_leaf (kind, body) values ('redaction', '{{\"seq\":{_fact},\"members\":[\"name\"],\"by\":\"x\",\"approval\":\"approval/none\",\"reason\":\"x\"}}')");
        await _ledger.Sealer.SealAsync();
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.RedactionUndecided);
        report.ShouldFind(AuditCodes.RedactionUndecided, _fact).Member.ShouldBe("name");
    }

    [Fact]
    public async Task A_fact_whose_hash_was_taken_from_the_intake_before_it_was_sealed_is_named()
    {
        await _ledger.BehindAsync($"update mt.mt_events set user_name = 'somebody' where seq_id = {_fact}; update ledger.intake set row_sha256 = null where seq_id = {_fact}");
        await _ledger.Sealer.SealAsync();
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.Unhashed);
        report.ShouldFind(AuditCodes.Unhashed, _fact);
    }

    [Fact]
    public async Task A_fingerprint_that_lies_is_computed_again()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.AsSuperuserAsync(
            """
            alter event trigger ledger_log_ddl disable;
            do $$ begin execute format('create or replace function ledger.guard_fingerprint() returns bytea language sql as $f$ select %L::bytea $f$', ledger.guard_fingerprint()); end $$
            """);
        (await _ledger.AuditAsync()).ShouldFindOnly(AuditCodes.GuardsDiffer, AuditCodes.GuardDown, AuditCodes.GuardFunction);
    }

    [Theory]
    [InlineData("alter table mt.mt_events disable trigger ledger_no_change", "guards.down", "mt.mt_events", "ledger_no_change")]
    [InlineData("alter table mt.mt_events enable trigger ledger_take_in", "guards.down", "mt.mt_events", "ledger_take_in")]
    [InlineData("drop trigger ledger_no_trunc on ledger.leaf", "guards.down", "ledger.leaf", "ledger_no_trunc")]
    [InlineData("alter event trigger ledger_log_drop disable", "guards.down", "event trigger", "ledger_log_drop")]
    [InlineData("drop event trigger ledger_log_ddl", "guards.down", "event trigger", "ledger_log_ddl")]
    [InlineData("create or replace function ledger.refuse() returns trigger language plpgsql as $f$ begin return new; end $f$", "guards.function", "function", "ledger.refuse")]
    [InlineData("create or replace function ledger.redacts(on_table text, old jsonb, new jsonb) returns boolean language sql as 'select true'", "guards.function", "function", "ledger.redacts")]
    [InlineData("grant update, delete on mt.mt_events to ledger_writer", "guards.right", "mt.mt_events", "ledger_writer")]
    public async Task A_guard_that_was_taken_away_for_good_is_missed_though_the_log_tells_of_it(string change, string code, string table, string name)
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.AsSuperuserAsync(change);
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var report = await _ledger.AuditAsync();
        report.Findings.ShouldContain(f => f.Code == code && f.Subject == table && f.Member == name);
        report.ExitCode.ShouldBe((int)AuditKind.Guards);
    }

    [Fact]
    public async Task An_index_that_hides_a_row_contradicts_its_table()
    {
        await _ledger.Sealer.SealAsync();
        (await _ledger.AuditAsync(new AuditOptions { Indexes = true })).ShouldFindOnly(AuditCodes.IndexUnchecked);
        var forged = await BurnAsync();
        await _ledger.AsSuperuserAsync("set allow_system_table_mods = on; update pg_index set indisready = false where indexrelid = 'mt.pkey_mt_events_seq_id'::regclass");
        await _ledger.BehindAsync(Forged(forged));
        await _ledger.AsSuperuserAsync("set allow_system_table_mods = on; update pg_index set indisready = true where indexrelid = 'mt.pkey_mt_events_seq_id'::regclass");
        var finding = (await _ledger.AuditAsync(new AuditOptions { Indexes = true })).ShouldFind(AuditCodes.IndexDiffers, forged);
        (finding.Subject, finding.Found).ShouldBe(("mt.mt_events", "heap"));

        await _ledger.AsSuperuserAsync("create extension amcheck; grant execute on function bt_index_check(regclass, boolean) to ledger_auditor");
        var checked_ = await _ledger.AuditAsync(new AuditOptions { Indexes = true });
        checked_.Findings.ShouldContain(f => f.Code == AuditCodes.IndexDiffers.Code && f.Subject == "mt.pkey_mt_events_seq_id");
    }

    [Fact]
    public async Task A_document_whose_bytes_were_changed_is_found()
    {
        await _ledger.Sealer.SealAsync();
        await using (var document = new MemoryStream(Encoding.UTF8.GetBytes("%PDF-1.4 a document")))
            (await new Host.Attachments.AttachmentStore(_ledger.Ledger.Source).StoreAsync(document, sha256: null, new Host.Attachments.Storer("tester", null, "test"))).Refusal.ShouldBeNull();
        var clean = await _ledger.AuditAsync();
        clean.ShouldFindOnly();
        clean.Attachments.ShouldBe(1);
        await _ledger.BehindAsync("update ledger.attachment_chunk set data = overlay(data placing 'x' from 10 for 1)");
        (await _ledger.AuditAsync()).ShouldFindOnly(AuditCodes.AttachmentChanged);
        await _ledger.BehindAsync("delete from ledger.attachment_storer; delete from ledger.attachment");
        (await _ledger.AuditAsync()).ShouldFindOnly(AuditCodes.AttachmentOrphan);
    }

    [Fact]
    public async Task Bytes_changed_in_the_databases_file_are_found_by_checksums_and_without_them()
    {
        await using var server = await EmbeddedPostgres.StartThrowawayAsync(cancellation: TestContext.Current.CancellationToken);
        var logins = await LedgerLogins.MigrateAsync(new GivenLogins(await server.EnsureDatabaseAsync("ledger")));
        await using var ledger = AuditedLedger.On(LedgerDatabase.On(logins));
        await ledger.RecordAsync("unit/a", new UnitRegistered("甲甲甲甲", UnitKind.Township, new DateOnly(2020, 1, 1)));
        var fact = await ledger.RecordAsync("unit/b", new UnitRegistered("乙乙乙乙", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await ledger.Sealer.SealAsync();
        (await ledger.AuditAsync()).ShouldFindOnly();
        ledger.Ledger.Audit.Skip("its server is stopped with the test");

        // A copy that no server has in its memory yet is edited where it lies.
        NpgsqlConnection.ClearAllPools();
        await using (var administrator = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionStringFor("postgres")) { Pooling = false }.ConnectionString))
        {
            await administrator.OpenAsync(TestContext.Current.CancellationToken);
            var node = await ledger.ScalarAsync<string>("select pg_relation_filepath('mt.mt_events')");
            NpgsqlConnection.ClearAllPools();
            await RunAsync(administrator, "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'ledger'");
            await RunAsync(administrator, "create database damaged template ledger strategy file_copy");
            var (folder, oid) = ((string)(await RunAsync(administrator, "show data_directory"))!, (uint)(await RunAsync(administrator, "select oid from pg_database where datname = 'damaged'"))!);
            var file = Path.Combine(folder, "base", $"{oid}", Path.GetFileName(node));
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("乙乙乙乙"));
            at.ShouldBeGreaterThan(0);
            await using var heap = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            heap.Seek(at, SeekOrigin.Begin);
            heap.Write(Encoding.UTF8.GetBytes("丙"));
        }

        string Damaged(string login, string options = "") => new NpgsqlConnectionStringBuilder(login) { Database = "damaged", Options = options }.ConnectionString;
        var report = await ledger.AuditAsync(Damaged(logins.RequiredAuditor));
        report.ShouldFind(AuditCodes.StorageDamaged, fact).Found.ShouldNotBeNull().ShouldContain("invalid page");
        report.Codes().ShouldNotContain(AuditCodes.FactDeleted.Code);
        report.ExitCode.ShouldBe((int)AuditKind.Storage);

        // Who edits a page can write its checksum as well: then it is the entry that does not fit.
        var unchecked_ = await ledger.AuditAsync(Damaged(logins.Owner!, "-c ignore_checksum_failure=on"));
        var finding = unchecked_.ShouldFind(AuditCodes.FactChanged, fact, "data.name");
        (finding.Sealed, finding.Found).ShouldBe(("乙乙乙乙", "丙乙乙乙"));
    }

    private async Task LawsuitAsync()
    {
        await _ledger.RecordAsync("unit/wuquan", new UnitRegistered("舞泉镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await _ledger.RecordAsync("lawsuit/a", Samples.Docketed());
        await _ledger.ProjectAsync();
        await _ledger.Sealer.SealAsync();
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
