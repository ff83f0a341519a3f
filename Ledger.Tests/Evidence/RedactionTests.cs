using System.Text;
using System.Text.Json;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Domain.Redactions;
using Ledger.Domain.Sealing;
using Ledger.Host;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;
using Ledger.Host.Intake;
using Ledger.Host.Rebuild;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Evidence;

/// <summary>Personal data go and the proof stays; nothing else goes with them.</summary>
public sealed class RedactionTests : IAsyncLifetime
{
    private const string Name = "欧阳某甲";
    private const string Lawsuit = "lawsuit/a";

    private static readonly FactId Docketing = new("/tests", "docketed");

    private SealedLedger _ledger = null!;
    private NpgsqlDataSource _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await SealedLedger.CreateAsync();
        _owner = NpgsqlDataSource.Create(_ledger.Ledger.AdministratorConnectionString);
        foreach (var unit in Units) await SayAsync(unit.Subject.ToString(), unit.Fact, unit.Id);
        await SayAsync(Lawsuit, Docketed() with { Plaintiffs = [Name, "李四"], Series = "串案一" }, Docketing);
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _ledger.DisposeAsync();
    }

    [Fact]
    public async Task The_name_is_nowhere_and_the_leaf_is_proved_as_before()
    {
        await _ledger.Sealer.SealAsync();
        await RebuildAsync();
        (await WhereIsAsync(Name)).ShouldContain("ledger.leaf_payload");
        var (before, _) = await _ledger.LatestAsync();
        var entry = await EntryAsync();
        await DecideAsync("x");
        var (report, refusal) = await RunAsync("x");
        refusal.ShouldBeNull();
        (report!.Subject, report.Members.Single(), report.AlsoIn.Count).ShouldBe((Lawsuit, "plaintiffs", 0));
        await RebuildAsync();

        (await WhereIsAsync(Name)).ShouldBeEmpty();
        var row = await RowAsync();
        row.Data.ShouldContain("\"plaintiffs\": [\"已删除\", \"已删除\"]");
        row.Data.ShouldContain("串案一");
        await ShouldBeAsSealedAsync();
        (await EntryAsync()).ShouldBe(entry);
        var (after, _) = await _ledger.LatestAsync();
        var tree = await LogSnapshot.ReadAsync(_ledger.Ledger.Source);
        var leaf = await _ledger.ScalarAsync<long>($"select leaf_index from ledger.leaf where seq_id = {row.Sequence}");
        Merkle.VerifyInclusion(leaf, after.Size, Merkle.LeafHash(entry), await tree.InclusionAsync(leaf, after.Size), after.Root).ShouldBeTrue();
        Merkle.VerifyConsistency(before.Size, before.Root, after.Size, after.Root, await tree.ConsistencyAsync(before.Size, after.Size)).ShouldBeTrue();

        // What was done is in the log, with what remains of the data.
        var said = (await _ledger.LeavesAsync()).Single(l => l.Kind == "redaction");
        using var redaction = JsonDocument.Parse(said.Entry);
        (redaction.RootElement.GetProperty("seq").GetString(), redaction.RootElement.GetProperty("approval").GetString()).ShouldBe(($"{row.Sequence}", "approval/a-x"));
        redaction.RootElement.GetProperty("members").EnumerateArray().Select(m => m.GetString()).ShouldBe(["plaintiffs"]);
        var remainder = await _ledger.ScalarAsync<string>("select data ->> 'remainder' from mt.mt_events where stream_id = 'redaction/x' and type = 'RedactionCarriedOut'");
        using var remaining = JsonDocument.Parse(row.Data);
        remainder.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Jcs.Bytes(Jcs.Text(remaining.RootElement)))));
        (await _ledger.ScalarAsync<bool>("select bool_or(tag = 'GRANT') and bool_or(tag = 'REVOKE') from ledger.schema_change")).ShouldBeTrue("the right to change events was given, and that was logged");
    }

    [Fact]
    public async Task An_audit_knows_what_was_redacted_and_what_only_looks_like_it()
    {
        await DecideAsync("x");
        (await RunAsync("x")).Refusal.ShouldBeNull();
        await using var audited = AuditedLedger.Of(_ledger);
        var sequence = (await RowAsync()).Sequence;
        var report = await audited.AuditAsync();
        report.ShouldFindOnly();
        report.Findings.ShouldContain(f => f.Code == AuditCodes.RedactionSealed.Code && f.Sequence == sequence && f.Member == "plaintiffs");

        // What stands in a hidden member's place, or beside it.
        await audited.BehindAsync($"update mt.mt_events set data = jsonb_set(data, '{{plaintiffs}}', '[\"王五\", \"已删除\"]') where seq_id = {sequence}");
        (await audited.AuditAsync()).Findings.ShouldContain(f => f.Kind == AuditKind.Changed && f.Sequence == sequence);
        await audited.BehindAsync($"update mt.mt_events set data = jsonb_set(data, '{{plaintiffs}}', '[\"已删除\", \"已删除\"]'), user_name = 'x' where seq_id = {sequence}");
        var changed = await audited.AuditAsync();
        changed.Findings.ShouldContain(f => f.Kind == AuditKind.Changed && f.Sequence == sequence);

        // Another member hidden in the same way, and no redaction says so.
        await audited.BehindAsync(
            $"update mt.mt_events set user_name = 'tester', data = jsonb_set(data, '{{cause}}', '\"行政许可\"') where seq_id = {sequence};"
            + $"update ledger.leaf_payload p set data = replace(data, '行政处罚', '行政许可') where seq_id = {sequence};"
            + $"update ledger.leaf_member set salt = null, hash = sha256('x') where seq_id = {sequence} and part = 'data' and name = 'cause'");
        (await audited.AuditAsync()).Findings.ShouldContain(f => f.Kind != AuditKind.Information && f.Sequence == sequence);
    }

    [Fact]
    public async Task Nobody_is_shown_what_is_gone_and_everybody_can_still_open_the_rest()
    {
        await DecideAsync("x");
        (await RunAsync("x")).Refusal.ShouldBeNull();
        foreach (var full in (bool[])[true, false])
        {
            var opened = new Disclosure((await new SealedLog(_ledger.Ledger.Source).FindAsync(Docketing))!, full);
            opened.Data.ContainsKey("plaintiffs").ShouldBeFalse();
            opened.Data["series"]!.GetValue<string>().ShouldBe("串案一");
            var opening = opened.Opening();
            opening["salt"].ShouldBeNull();
            var salts = opening["salts"]!["data"]!.AsObject();
            var hashes = opened.Data.Select(m => (m.Key, Hash: Commitment.Member(Convert.FromBase64String(salts[m.Key]!.GetValue<string>()), Jcs.Text(JsonSerializer.SerializeToElement(m.Value)))))
                .Concat(opening["hidden"]!["data"]!.AsObject().Select(m => (m.Key, Hash: Convert.FromBase64String(m.Value!.GetValue<string>()))));
            Convert.ToBase64String(Commitment.Of(hashes)).ShouldBe(opened.Entry["data"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task The_salt_that_could_be_guessed_with_is_gone()
    {
        await DecideAsync("x");
        (await RunAsync("x")).Refusal.ShouldBeNull();
        var row = await RowAsync();
        (await _ledger.ScalarAsync<bool>($"select p.salt is null and i.row_sha256 is null from ledger.leaf_payload p join ledger.intake i using (seq_id) where seq_id = {row.Sequence}")).ShouldBeTrue();
        (await _ledger.ScalarAsync<bool>($"select salt is null from ledger.leaf_member where seq_id = {row.Sequence} and part = 'data' and name = 'plaintiffs'")).ShouldBeTrue();
        (await _ledger.ScalarAsync<long>($"select count(*) from ledger.leaf_member where seq_id = {row.Sequence} and salt is null")).ShouldBe(1);
    }

    [Fact]
    public async Task Only_a_sealed_redaction_opens_the_guard_and_only_for_what_it_names()
    {
        await _ledger.Sealer.SealAsync();
        var row = await RowAsync();
        var change = $"update mt.mt_events set data = jsonb_set(data, '{{plaintiffs}}', '[\"已删除\", \"已删除\"]') where seq_id = {row.Sequence}";
        await ShouldBeRefusedAsync(change);
        // Announced and not sealed is not enough.
        await _ledger.RunAsync($$"""insert into ledger.pending_leaf (kind, body) values ('redaction', '{"seq": {{row.Sequence}}, "members": ["plaintiffs"], "by": "x", "approval": "approval/none", "reason": ""}')""");
        await ShouldBeRefusedAsync(change);
        await _ledger.Sealer.SealAsync();
        string[] others =
        [
            $"update mt.mt_events set data = jsonb_set(data, '{{cause}}', '\"已删除\"') where seq_id = {row.Sequence}",
            $"update mt.mt_events set data = jsonb_set(data, '{{plaintiffs}}', '[\"王五\", \"已删除\"]') where seq_id = {row.Sequence}",
            $"update mt.mt_events set data = jsonb_set(data, '{{plaintiffs}}', '[\"已删除\"]') where seq_id = {row.Sequence}",
            $"update mt.mt_events set data = data - 'plaintiffs' where seq_id = {row.Sequence}",
            $"update mt.mt_events set data = jsonb_set(data, '{{plaintiffs}}', '[\"已删除\", \"已删除\"]'), version = version + 1 where seq_id = {row.Sequence}",
            $"update mt.mt_events set data = jsonb_set(data, '{{plaintiffs}}', '[\"已删除\", \"已删除\"]'), user_name = 'x' where seq_id = {row.Sequence}",
            $"update mt.mt_events set data = jsonb_set(data, '{{name}}', '\"已删除\"') where seq_id = (select min(seq_id) from mt.mt_events where type = 'UnitRegistered')",
            $"update ledger.leaf_payload set data = jsonb_set(data::jsonb, '{{cause}}', '\"已删除\"')::text, salt = null where seq_id = {row.Sequence}",
            $"update ledger.leaf_payload set data = jsonb_set(data::jsonb, '{{plaintiffs}}', '[\"已删除\", \"已删除\"]')::text where seq_id = {row.Sequence}",
            $"update ledger.leaf_payload set headers = '{{}}', salt = null where seq_id = {row.Sequence}",
            $"update ledger.intake set login = 'x', row_sha256 = null where seq_id = {row.Sequence}",
            $"update ledger.intake set row_sha256 = sha256('x') where seq_id = {row.Sequence}",
            $"update ledger.leaf set entry = 'x' where seq_id = {row.Sequence}",
            $"delete from mt.mt_events where seq_id = {row.Sequence}",
        ];
        foreach (var other in others) await ShouldBeRefusedAsync(other);
        (await RowAsync()).Data.ShouldBe(row.Data);
        _ledger.Ledger.Audit.Skip("a redaction was sealed that nobody decided");
    }

    [Fact]
    public async Task Nobody_but_the_owner_asks_for_it_behind_the_ledgers_back()
    {
        foreach (var login in (string[])[_ledger.Ledger.Logins.Writer, _ledger.Ledger.Logins.RequiredSealer, _ledger.Ledger.Logins.RequiredAuditor])
        {
            await using var source = NpgsqlDataSource.Create(login);
            foreach (var sql in (string[])
            [
                "select ledger.redact(1, '{}', '{}', '{}', '{}', '{}', '{}')",
                "update mt.mt_events set data = data",
                "update ledger.leaf_payload set salt = null",
                "insert into ledger.leaf_member (seq_id, part, name, salt) values (1, 'data', 'x', sha256('x'))",
                """insert into ledger.pending_leaf (kind, body) values ('redaction', '{"seq": 1, "members": []}')""",
                """insert into ledger.pending_leaf (kind, body) values ('key-change', '{"key": "x"}')""",
            ])
            {
                await using var command = source.CreateCommand(sql);
                (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBeOneOf("42501", "LG001");
            }
        }
    }

    [Fact]
    public async Task Stopped_before_any_step_it_goes_on_where_it_was()
    {
        await DecideAsync("x");
        var steps = new List<string>();
        foreach (var step in (string[])["record", "announce", "seal", "redact", "redacted"])
        {
            var stopped = new Redactor(_owner, _ledger.Ledger.Intake, _ledger.Sealer, _ledger.Ledger.Clock)
            {
                Before = name =>
                {
                    steps.Add(name);
                    if (name == step) throw new OperationCanceledException(name);
                },
            };
            await Should.ThrowAsync<OperationCanceledException>(() => stopped.RunAsync("x", "owner"));
            // Everything or nothing of it is changed.
            await ShouldBeAsSealedAsync();
            // A day passes; what was recorded yesterday is not recorded again.
            _ledger.Ledger.Clock.Advance(TimeSpan.FromDays(1));
        }

        steps[^1].ShouldBe("redacted");
        var (report, refusal) = await RunAsync("x");
        (refusal, report!.Members.Single()).ShouldBe((null, "plaintiffs"));
        (await WhereIsAsync(Name)).ShouldBeEmpty();
        (await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events where type = 'RedactionCarriedOut'")).ShouldBe(1);
        (await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf where kind = 'redaction'")).ShouldBe(1);
        await ShouldBeAsSealedAsync();
    }

    [Fact]
    public async Task What_was_not_decided_or_is_not_there_or_was_changed_is_not_redacted()
    {
        (await RunAsync("x")).Refusal!.Code.ShouldBe(Codes.RedactionNotDecided);
        await DecideAsync("gone", new FactId("/nowhere", "1"));
        (await RunAsync("gone")).Refusal!.Code.ShouldBe(Codes.RedactionFactNotFound);
        // A correction: only the row itself shows what is personal in it.
        await SayAsync(Lawsuit, Corrected(Docketing, ("cause", "\"行政许可\"")), new FactId("/tests", "corrected"));
        await DecideAsync("set", new FactId("/tests", "corrected"), "set");
        (await RunAsync("set")).Refusal!.Code.ShouldBe(Codes.RedactionNotPersonal);

        await DecideAsync("x");
        await _ledger.Sealer.SealAsync();
        _ledger.Ledger.Audit.Skip("the row is changed on purpose");
        await _ledger.RunAsync($"set session_replication_role = replica; alter table mt.mt_events disable trigger user; update mt.mt_events set data = jsonb_set(data, '{{cause}}', '\"x\"') where stream_id = '{Lawsuit}' and version = 1; alter table mt.mt_events enable trigger user");
        (await RunAsync("x")).Refusal!.Code.ShouldBe(Codes.RedactionDiffers);
        (await WhereIsAsync(Name)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_no_sealer_publishes_is_not_taken_away()
    {
        await DecideAsync("x");
        await _ledger.Sealer.SealAsync();
        // The sealer of another ledger: nothing of this one is sealed by it.
        await using var other = await SealedLedger.CreateAsync();
        var (report, refusal) = await new Redactor(_owner, _ledger.Ledger.Intake, other.Sealer, _ledger.Ledger.Clock).RunAsync("x", "owner");
        (report, refusal!.Code).ShouldBe((null, Codes.RedactionNotSealed));
        (await WhereIsAsync(Name)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("update mt.mt_events set data = jsonb_set(data, '{cause}', '\"改\"') where seq_id = $seq")]
    [InlineData("update mt.mt_events set user_name = 'other' where seq_id = $seq")]
    [InlineData("update mt.mt_events set data = jsonb_set(data, '{plaintiffs}', '[\"王五\", \"李四\"]') where seq_id = $seq")]
    [InlineData("update ledger.leaf_member set salt = null, hash = sha256('x') where seq_id = $seq and name = 'cause'")]
    [InlineData("update ledger.leaf_payload set data = '{}' where seq_id = $seq")]
    [InlineData("update ledger.intake set row_sha256 = sha256('x') where seq_id = $seq")]
    [InlineData("insert into ledger.leaf_member (seq_id, part, name, salt) select min(seq_id), 'data', 'name', sha256('x') from ledger.leaf")]
    public async Task The_audit_accepts_a_redaction_and_nothing_else_under_its_cover(string attack)
    {
        await DecideAsync("x");
        (await RunAsync("x")).Refusal.ShouldBeNull();
        await using var audited = AuditedLedger.Of(_ledger);
        (await audited.AuditAsync()).ShouldFindOnly();
        await audited.BehindAsync(attack.Replace("$seq", $"{(await RowAsync()).Sequence}", StringComparison.Ordinal));
        (await audited.AuditAsync()).Worst.ShouldBeOneOf(AuditKind.Changed, AuditKind.Forged);
    }

    [Fact]
    public async Task Where_else_the_name_stands_is_said_and_goes_by_a_decision_of_its_own()
    {
        await SayAsync(Lawsuit, Corrected(Docketing, ("plaintiffs", $"[\"{Name}\"]"), ("cause", "\"行政许可\"")), new FactId("/tests", "corrected"));
        await DecideAsync("x");
        (await RunAsync("x")).Report!.AlsoIn.ShouldBe([$"{Lawsuit} /tests#corrected"]);
        await DecideAsync("y", new FactId("/tests", "corrected"), "set");
        (await RunAsync("y")).Report!.AlsoIn.ShouldBeEmpty();
        (await WhereIsAsync(Name)).ShouldBeEmpty();
        (await _ledger.ScalarAsync<string>("select data #>> '{set,cause}' from mt.mt_events where type = 'FactCorrected'")).ShouldBe("行政许可");
        await ShouldBeAsSealedAsync();
        // Said again it is done already.
        (await RunAsync("y")).Report!.Members.ShouldBe(["set"]);
    }

    private Task<(RedactionReport? Report, Refusal? Refusal)> RunAsync(string key) =>
        new Redactor(_owner, _ledger.Ledger.Intake, _ledger.Sealer, _ledger.Ledger.Clock).RunAsync(key, "owner");

    private async Task SayAsync(string subject, IFact fact, FactId id) =>
        (await _ledger.Ledger.Intake.RecordAsync(new RecordFact(Subject(subject), fact, id, "tester"))).Refusal.ShouldBeNullRefusal();

    private async Task DecideAsync(string key, FactId? fact = null, string member = "plaintiffs")
    {
        var decision = new PersonalDataRedacted(Lawsuit, fact ?? Docketing, [member], "当事人申请", "个人信息保护法第四十七条", Day("2026-06-10"), "a-" + key);
        var approval = "approval/a-" + key;
        var data = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(FactJson.Write(decision))!;
        await SayAsync(approval, new ApprovalRequested("redaction/" + key, "PersonalDataRedacted", data, "supervisor", Day("2026-06-09"), "删除"), new FactId("/tests", approval));
        await SayAsync(approval, new ApprovalGranted("leader", Day("2026-06-10")), new FactId("/tests", approval + "-granted"));
        await SayAsync("redaction/" + key, decision, Approval.IdOf("a-" + key));
    }

    private async Task RebuildAsync()
    {
        await using var program = LedgerHost.BuildWithoutServer(_ledger.Ledger.ConnectionString);
        var (report, refused) = await ActivatorUtilities.CreateInstance<ReadModelRebuild>(program.Services).RunAsync(cancellation: TestContext.Current.CancellationToken);
        refused.ShouldBeNull();
        report!.After.Documents.Values.Sum(d => d.Count).ShouldBeGreaterThan(0);
    }

    private async Task<(long Sequence, string Data)> RowAsync()
    {
        await using var command = _owner.CreateCommand("select seq_id, data::text from mt.mt_events where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Docketing.ToEventId() });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetString(1));
    }

    private async Task<byte[]> EntryAsync() => await _ledger.ScalarAsync<byte[]>($"select entry from ledger.leaf where seq_id = {(await RowAsync()).Sequence}");

    // Each row, hashed again with what opens it now, comes to its entry; the sealed copy is the row.
    private async Task ShouldBeAsSealedAsync()
    {
        var units = new HashSet<string>(await _ledger.ScalarAsync<string[]>("select array_agg(unit) from ledger.registered_unit"), StringComparer.Ordinal);
        await using var command = _owner.CreateCommand(
            $"select {SealedRow.Columns}, l.entry, p.data, {LeafOpening.Columns} from ledger.leaf l join ledger.leaf_payload p using (seq_id) "
            + "join ledger.intake i using (seq_id) join mt.mt_events e using (seq_id) order by l.leaf_index");
        await using var reader = await command.ExecuteReaderAsync();
        var seen = 0;
        while (await reader.ReadAsync())
        {
            var row = SealedRow.Read(reader, units);
            // The hash of the intake goes with the data; what it showed is in the entry.
            row = row with { Event = row.Event! with { Intake = IntakeState.Ok } };
            Encoding.UTF8.GetString(row.Entry(LeafOpening.Read(reader, 22)).ShouldNotBeNull($"{row.Sequence}")).ShouldBe(Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(20)));
            row.CanonicalData.ShouldBe(reader.GetString(21));
            seen++;
        }

        seen.ShouldBeGreaterThan(7);
    }

    // The tables of the database in which a text stands, in whatever column.
    private async Task<List<string>> WhereIsAsync(string text)
    {
        var tables = await _ledger.ScalarAsync<string[]>(
            "select array_agg(c.oid::regclass::text order by 1) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname in ('mt', 'ledger', 'wolverine')");
        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var command = _owner.CreateCommand(
                $"select exists (select from {table} t where position($1 in t::text) > 0 or position($2 in t::text) > 0)");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)) });
            if ((bool)(await command.ExecuteScalarAsync())!) found.Add(table);
        }

        return found;
    }

    private async Task ShouldBeRefusedAsync(string sql) =>
        (await Should.ThrowAsync<PostgresException>(() => _ledger.RunAsync(sql), sql)).SqlState.ShouldBe("LG001", sql);
}
