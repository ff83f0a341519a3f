using Ledger.Host.Evidence.Audit;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>
/// What a superuser could do to the facts, and that the audit says it: which fact, which member, what it was. One test for each
/// line of the attack matrix; the guards are down during the attack and up again afterwards.
/// </summary>
public sealed partial class AttackTests : IAsyncLifetime
{
    private AuditedLedger _ledger = null!;
    private long _first;
    private long _fact;
    private string _stream = "";

    public async ValueTask InitializeAsync()
    {
        _ledger = await AuditedLedger.CreateAsync();
        _first = await _ledger.RecordAsync();
        _fact = await _ledger.RecordAsync();
        await _ledger.RecordAsync();
        _stream = await _ledger.StreamOfAsync(_fact);
    }

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Theory]
    [InlineData("data = jsonb_set(data, '{name}', '\"改名\"')", "data.name", "单位u2", "改名")]
    [InlineData("data = data || '{\"note\": \"x\"}'", "data.note", null, null)]
    [InlineData("headers = jsonb_set(headers, '{source}', '\"/elsewhere\"')", "hdr.source", "/tests", "/elsewhere")]
    [InlineData("user_name = 'somebody'", "user", "tester", "somebody")]
    [InlineData("user_name = null", "user", "tester", null)]
    [InlineData("type = 'UnitRenamed'", "type", "UnitRegistered", "UnitRenamed")]
    [InlineData("causation_id = 'c'", "caus", null, "c")]
    [InlineData("is_archived = true", "archived", "false", "true")]
    [InlineData("mt_dotnet_type = 'None, None'", "dotnet", null, "None, None")]
    [InlineData("timestamp = timestamp - interval '1 microsecond'", "ts", null, null)]
    [InlineData("id = gen_random_uuid()", "id", null, null)]
    [InlineData("version = 7", "ver", "1", "7")]
    [InlineData("bdata = '\\x00'", "bdata", null, null)]
    public async Task A_changed_column_is_named_with_both_values(string change, string member, string? was, string? found)
    {
        await _ledger.Sealer.SealWithHeadsAsync();
        await _ledger.BehindAsync($"update mt.mt_events set {change} where seq_id = {_fact}");

        var report = await _ledger.AuditAsync();
        var finding = report.ShouldFind(AuditCodes.FactChanged, _fact, member);
        (finding.Leaf, finding.Subject).ShouldBe((await _ledger.LeafOfAsync(_fact), _stream));
        if (was is not null) finding.Sealed.ShouldBe(was);
        if (found is not null) finding.Found.ShouldBe(found);
        finding.Sealed.ShouldNotBe(finding.Found, "what is not shown is another word than nothing");
        report.Counts[AuditCodes.FactChanged.Code].ShouldBe(1);
        report.ExitCode.ShouldBe((int)AuditKind.Changed);
    }

    [Fact]
    public async Task Another_spelling_of_the_same_value_is_found_by_the_rows_hash()
    {
        await _ledger.Sealer.SealAsync();
        // Two numbers that are one in canonical form: the intake's hash is over the row as it was.
        await _ledger.BehindAsync($"update mt.mt_events set data = data || '{{\"n\": 1.0}}', timestamp = timestamp where seq_id = {_fact}");
        (await _ledger.AuditAsync()).ShouldFind(AuditCodes.FactChanged, _fact, "data.n");
        await _ledger.BehindAsync($"update ledger.intake set row_sha256 = sha256('x') where seq_id = {_first}");
        (await _ledger.AuditAsync()).ShouldFind(AuditCodes.RowHash, _first, "row_sha256");
    }

    [Fact]
    public async Task A_changed_note_of_the_intake_is_found()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync($"update ledger.intake set recorded_at = recorded_at - interval '1 day', login = 'somebody' where seq_id = {_fact}");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.IntakeChanged);
        report.ShouldFind(AuditCodes.IntakeChanged, _fact, "rec");
        report.ShouldFind(AuditCodes.IntakeChanged, _fact, "by").Found.ShouldBe("somebody");
    }

    [Fact]
    public async Task A_changed_row_with_its_sealed_copy_changed_alike_is_found_by_the_commitment()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync(
            $"update mt.mt_events set data = jsonb_set(data, '{{name}}', '\"改名\"') where seq_id = {_fact};"
            + $"update ledger.leaf_payload set data = replace(data, '单位u2', '改名') where seq_id = {_fact}");
        var report = await _ledger.AuditAsync();
        report.ShouldFind(AuditCodes.FactChanged, _fact, "data");
        report.ShouldFind(AuditCodes.PayloadChanged, _fact, "data");

        await _ledger.BehindAsync($"update ledger.leaf_payload set salt = sha256('x') where seq_id = {_first}");
        (await _ledger.AuditAsync()).ShouldFind(AuditCodes.PayloadChanged, _first);
    }

    [Fact]
    public async Task A_sealed_copy_that_was_changed_or_is_gone_is_found_beside_an_honest_row()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync(
            $"update ledger.leaf_payload set data = replace(data, '单位u2', '改名') where seq_id = {_fact}; delete from ledger.leaf_payload where seq_id = {_first};"
            + "insert into ledger.leaf_payload values (100000, sha256('x'), '{}', '{}')");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.PayloadChanged, AuditCodes.PayloadMissing, AuditCodes.PayloadForged);
        var finding = report.ShouldFind(AuditCodes.PayloadChanged, _fact, "data.name");
        (finding.Sealed, finding.Found).ShouldBe(("单位u2", "改名"));
        report.ShouldFind(AuditCodes.PayloadMissing, _first);
        report.ShouldFind(AuditCodes.PayloadForged, 100_000);
    }

    [Fact]
    public async Task A_deleted_row_leaves_its_leaf()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync($"delete from mt.mt_events where seq_id = {_fact}");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.FactDeleted, AuditCodes.StreamVersion);
        var finding = report.ShouldFind(AuditCodes.FactDeleted, _fact);
        (finding.Subject, finding.Sealed).ShouldBe((_stream, "UnitRegistered"));
    }

    [Fact]
    public async Task A_deleted_stream_leaves_its_leaves_and_its_head()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync(
            $"delete from mt.mt_events where stream_id = '{_stream}'; delete from mt.mt_streams where id = '{_stream}';"
            + $"delete from ledger.stream_head where stream = '{_stream}'; delete from ledger.stream_index where stream = '{_stream}'");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.FactDeleted, AuditCodes.StreamHead, AuditCodes.StreamIndex);
        report.ShouldFind(AuditCodes.FactDeleted, _fact).Subject.ShouldBe(_stream);
        report.Findings.ShouldContain(f => f.Code == AuditCodes.StreamHead.Code && f.Subject == _stream);
    }

    [Fact]
    public async Task A_truncated_table_leaves_every_leaf()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync("truncate mt.mt_events");
        var report = await _ledger.AuditAsync();
        report.ShouldFind(AuditCodes.FactDeleted, _fact);
        report.Counts[AuditCodes.FactDeleted.Code].ShouldBe(await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf where kind = 'event'"));
    }

    [Fact]
    public async Task An_intake_that_was_deleted_is_missed()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync($"delete from ledger.intake where seq_id = {_fact}");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.IntakeMissing);
        report.ShouldFind(AuditCodes.IntakeMissing, _fact);
    }

    [Fact]
    public async Task A_back_dated_row_in_an_old_gap_has_no_intake()
    {
        var gap = await BurnAsync();
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync(Forged(gap));
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.FactForged);
        report.ShouldFind(AuditCodes.FactForged, gap).Subject.ShouldBe("unit/forged");
    }

    [Fact]
    public async Task A_row_that_was_inserted_with_its_intake_below_the_position_has_no_leaf()
    {
        var gap = await BurnAsync();
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync(Forged(gap) + $"insert into ledger.intake (seq_id, xid, recorded_at, row_sha256, login) select {gap}, pg_current_xact_id(), now() - interval '1 day', ledger.row_hash(e), 'x' from mt.mt_events e where e.seq_id = {gap};");
        (await _ledger.AuditAsync()).ShouldFind(AuditCodes.LeafAbsent, gap);
    }

    [Fact]
    public async Task A_row_that_was_inserted_with_the_triggers_off_is_found_before_its_sealing_and_for_ever_after()
    {
        await _ledger.Sealer.SealAsync();
        var forged = await BurnAsync();
        await _ledger.BehindAsync(Forged(forged));
        (await _ledger.AuditAsync()).ShouldFind(AuditCodes.FactForged, forged);

        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.ForgedAndSealed);
        report.ShouldFind(AuditCodes.ForgedAndSealed, forged).Subject.ShouldBe("unit/forged");
    }

    [Fact]
    public async Task Two_rows_that_change_places_are_both_named()
    {
        await _ledger.Sealer.SealAsync();
        var other = await _ledger.StreamOfAsync(_first);
        await _ledger.BehindAsync(
            $"update mt.mt_events set stream_id = 'unit/between' where seq_id = {_fact}; update mt.mt_events set stream_id = '{_stream}' where seq_id = {_first};"
            + $"update mt.mt_events set stream_id = '{other}' where seq_id = {_fact}");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.FactChanged);
        (report.ShouldFind(AuditCodes.FactChanged, _fact, "stream").Found, report.ShouldFind(AuditCodes.FactChanged, _first, "stream").Found).ShouldBe((other, _stream));
    }

    [Fact]
    public async Task A_row_that_was_given_another_number_is_gone_and_forged()
    {
        var gap = await BurnAsync();
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync($"update mt.mt_events set seq_id = {gap} where seq_id = {_fact}");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.FactDeleted, AuditCodes.FactForged);
        report.ShouldFind(AuditCodes.FactDeleted, _fact);
        report.ShouldFind(AuditCodes.FactForged, gap);
    }

    [Fact]
    public async Task A_row_that_was_changed_between_commit_and_sealing_is_found_before_and_after_it_is_sealed()
    {
        await _ledger.BehindAsync($"update mt.mt_events set user_name = 'somebody' where seq_id = {_fact}; delete from mt.mt_events where seq_id = {_first}; delete from mt.mt_streams where id = (select '{await _ledger.StreamOfAsync(_first)}')");
        var before = await _ledger.AuditAsync();
        before.ShouldFind(AuditCodes.ChangedUnsealed, _fact);
        before.ShouldFind(AuditCodes.DeletedUnsealed, _first);

        await _ledger.Sealer.SealAsync();
        var after = await _ledger.AuditAsync();
        after.ShouldFindOnly(AuditCodes.ChangedBeforeSealing, AuditCodes.DeletedBeforeSealing);
        after.ShouldFind(AuditCodes.ChangedBeforeSealing, _fact).Subject.ShouldBe(_stream);
        after.ShouldFind(AuditCodes.DeletedBeforeSealing, _first);
    }

    [Fact]
    public async Task The_version_of_a_stream_is_the_number_of_its_facts()
    {
        await _ledger.Sealer.SealAsync();
        await _ledger.BehindAsync($"update mt.mt_streams set version = 9 where id = '{_stream}'");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.StreamVersion);
        var finding = report.Findings.Single(f => f.Code == AuditCodes.StreamVersion.Code);
        (finding.Subject, finding.Sealed, finding.Found).ShouldBe((_stream, "1", "9"));
    }

    [Fact]
    public async Task The_heads_of_streams_follow_from_the_leaves()
    {
        await _ledger.Sealer.SealWithHeadsAsync();
        await _ledger.BehindAsync($"update ledger.stream_head set version = 2 where stream = '{_stream}'; update ledger.stream_index set chain = sha256('x') where stream = '{_stream}' and name like 'kind:%'");
        var report = await _ledger.AuditAsync();
        report.ShouldFindOnly(AuditCodes.StreamHead, AuditCodes.StreamIndex);

        // What is sealed from a changed table is not what the leaves come to, and stays so.
        await _ledger.Sealer.SealWithHeadsAsync();
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealWithHeadsAsync();
        (await _ledger.AuditAsync()).ShouldFind(AuditCodes.HeadsRoot);
    }

    private async Task<long> BurnAsync()
    {
        await _ledger.AsSuperuserAsync("select nextval('mt.mt_events_sequence')");
        return await _ledger.ScalarAsync<long>("select last_value from mt.mt_events_sequence");
    }

    // A copy of an honest row under another number, in a stream of its own.
    private string Forged(long sequence) =>
        "insert into mt.mt_streams select (jsonb_populate_record(s, '{\"id\": \"unit/forged\"}')).* from mt.mt_streams s where id = '" + _stream + "';"
        + $"insert into mt.mt_events select (jsonb_populate_record(e, jsonb_build_object('seq_id', {sequence}, 'id', gen_random_uuid(), 'stream_id', 'unit/forged', 'timestamp', '2024-01-01'))).* from mt.mt_events e where seq_id = {_fact};";
}
