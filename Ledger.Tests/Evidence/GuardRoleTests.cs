using Ledger.Tests.Infrastructure;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>What each role of the database may not do. That it may do its work, every other test shows.</summary>
public sealed class GuardRoleTests : IAsyncLifetime
{
    private LedgerDatabase _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await LedgerDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Theory]
    [InlineData("update mt.mt_events set data = '{}'")]
    [InlineData("update mt.mt_events set is_archived = true where false")]
    [InlineData("delete from mt.mt_events")]
    [InlineData("truncate mt.mt_events cascade")]
    public async Task No_role_changes_an_event_not_even_the_owner(string sql)
    {
        foreach (var role in (string[])["ledger_owner", "ledger_writer", "ledger_sealer", "ledger_auditor", "ledger_reader"])
            (await RefusalAsync(role, sql)).ShouldBeOneOf(PostgresErrorCodes.InsufficientPrivilege);
        await Should.ThrowAsync<PostgresException>(() => _ledger.ScalarAsync<object>(sql));
    }

    [Theory]
    [InlineData("delete from mt.mt_streams")]
    [InlineData("truncate mt.mt_streams cascade")]
    [InlineData("select setval('mt.mt_events_sequence', 1)")]
    [InlineData("insert into ledger.intake (seq_id, xid) values (77, pg_current_xact_id())")]
    [InlineData("insert into ledger.position values (77, now())")]
    [InlineData("update ledger.frontier set watch_seq = 77")]
    [InlineData("insert into ledger.late_row values (77)")]
    [InlineData("insert into ledger.leaf (leaf_index, kind, entry, batch) values (77, 'event', '', 1)")]
    [InlineData("update ledger.head set position = 77")]
    [InlineData("insert into ledger.checkpoint (tree_size, root, position, note) values (1, sha256(''), 1, '')")]
    [InlineData("delete from ledger.pending_leaf")]
    [InlineData("insert into ledger.schema_change (tag) values ('x')")]
    [InlineData("insert into ledger.import (sha256, actor, state, imported, duplicates) values ('', '', 'done', 0, 0)")]
    [InlineData("select password from ledger.login")]
    [InlineData("update ledger.schema_version set version = ''")]
    public async Task A_writer_has_no_right_to(string sql) =>
        (await Should.ThrowAsync<PostgresException>(() => _ledger.ScalarAsync<object>(sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Theory]
    [InlineData("alter table mt.mt_events disable trigger ledger_no_change")]
    [InlineData("alter table mt.mt_events add column extra text")]
    [InlineData("drop trigger ledger_take_in on mt.mt_events")]
    [InlineData("drop table mt.mt_events cascade")]
    [InlineData("create rule nothing as on update to mt.mt_events do instead nothing")]
    [InlineData("create trigger mine before insert on mt.mt_events for each row execute function ledger.refuse()")]
    [InlineData("create table ledger.mine (n int)")]
    [InlineData("create table mt.mine (n int)")]
    [InlineData("create or replace function ledger.refuse() returns trigger language plpgsql as 'begin return new; end'")]
    [InlineData("create or replace function ledger.guard_fingerprint() returns bytea language sql as 'select sha256(''''::bytea)'")]
    [InlineData("drop function ledger.guard_fingerprint()")]
    [InlineData("alter event trigger ledger_log_ddl disable")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("grant update on mt.mt_events to public")]
    [InlineData("grant ledger_owner to current_user")]
    [InlineData("set role ledger_owner")]
    [InlineData("alter role ledger_writer superuser")]
    [InlineData("drop schema ledger cascade")]
    public async Task Nobody_but_the_owner_changes_the_structure(string sql)
    {
        foreach (var login in (string[])[_ledger.Logins.Writer, _ledger.Logins.RequiredSealer, _ledger.Logins.RequiredAuditor])
        {
            await using var connection = new NpgsqlConnection(login);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            // A grant without the right to is a warning to PostgreSQL, and nothing happens.
            if (sql.StartsWith("grant update", StringComparison.Ordinal)) await IgnoringAsync(command);
            else (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }

        (await _ledger.ScalarAsync<bool>("select not exists (select from pg_class, aclexplode(relacl) a where oid = 'mt.mt_events'::regclass and a.privilege_type = 'UPDATE')")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("ledger_sealer", "update ledger.leaf set entry = ''")]
    [InlineData("ledger_sealer", "delete from ledger.leaf")]
    [InlineData("ledger_sealer", "truncate ledger.leaf")]
    [InlineData("ledger_sealer", "delete from ledger.leaf_payload")]
    [InlineData("ledger_sealer", "update ledger.tile set hashes = ''")]
    [InlineData("ledger_sealer", "update ledger.checkpoint set note = ''")]
    [InlineData("ledger_sealer", "delete from ledger.head")]
    [InlineData("ledger_sealer", "insert into mt.mt_events select * from mt.mt_events")]
    [InlineData("ledger_auditor", "insert into mt.mt_events select * from mt.mt_events")]
    [InlineData("ledger_auditor", "insert into ledger.leaf (leaf_index, kind, entry, batch) values (77, 'event', '', 1)")]
    [InlineData("ledger_auditor", "insert into ledger.pending_leaf (kind, body) values ('incident', '{}')")]
    [InlineData("ledger_auditor", "select password from ledger.login")]
    [InlineData("ledger_reader", "select * from mt.mt_events")]
    [InlineData("ledger_reader", "select * from ledger.leaf_payload")]
    [InlineData("ledger_reader", "select * from wolverine.wolverine_incoming_envelopes")]
    [InlineData("ledger_reader", "select count(*) from mt.mt_doc_unitmonth")]
    [InlineData("ledger_reader", "select count(*) from mt.mt_doc_lawsuitrecord")]
    [InlineData("ledger_reader", "delete from mt.mt_doc_unitmonth")]
    public async Task A_role_has_no_right_to(string role, string sql) =>
        (await RefusalAsync(role, sql)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Theory]
    [InlineData("ledger_auditor", "select count(*) from mt.mt_events join ledger.intake using (seq_id)")]
    [InlineData("ledger_auditor", "select count(*) from ledger.leaf_payload")]
    [InlineData("ledger_auditor", "select length(ledger.guard_fingerprint())::bigint")]
    [InlineData("ledger_auditor", "select position from ledger.advance()")]
    public async Task A_role_reads(string role, string sql)
    {
        await using var connection = await AsAsync(role);
        await using var command = new NpgsqlCommand(sql, connection);
        (await command.ExecuteScalarAsync()).ShouldBeOfType<long>();
    }

    [Theory]
    [InlineData("leaf")]
    [InlineData("leaf_payload")]
    [InlineData("tile")]
    [InlineData("checkpoint")]
    [InlineData("cosignature")]
    [InlineData("time_stamp")]
    [InlineData("stream_index")]
    [InlineData("pending_leaf")]
    [InlineData("schema_change")]
    [InlineData("identity")]
    [InlineData("intake")]
    [InlineData("position")]
    public async Task The_sealed_tables_refuse_the_superuser_too(string table)
    {
        (await _ledger.ScalarAsync<long>($"select count(*) from pg_trigger where tgrelid = 'ledger.{table}'::regclass and tgname in ('ledger_no_change', 'ledger_no_trunc') and tgenabled = 'A'")).ShouldBe(2);
        foreach (var mode in (string[])["origin", "replica"])
            (await Should.ThrowAsync<PostgresException>(() => _ledger.AsAdministratorAsync($"set session_replication_role = {mode}; truncate ledger.{table} cascade"))).SqlState.ShouldBe("LG001");
        await Should.ThrowAsync<PostgresException>(() => _ledger.AsAdministratorAsync($"drop table ledger.{table}"));
    }

    [Fact]
    public async Task Everything_belongs_to_the_owner_and_only_the_listed_functions_run_with_its_rights()
    {
        (await _ledger.ScalarAsync<string[]>(
            """
            select coalesce(array_agg(c.relname::text), '{}') from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('mt', 'ledger', 'wolverine') and c.relowner <> 'ledger_owner'::regrole
            """)).ShouldBeEmpty();
        (await _ledger.ScalarAsync<string[]>(
            """
            select coalesce(array_agg(p.oid::regprocedure::text), '{}') from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname in ('mt', 'ledger', 'wolverine') and (p.proowner <> 'ledger_owner'::regrole or p.prosecdef and not p.proconfig::text like '%search_path=pg_catalog, pg_temp%')
            """)).ShouldBeEmpty();
        (await _ledger.ScalarAsync<bool>("select not exists (select from pg_proc p, aclexplode(p.proacl) a where p.pronamespace = 'ledger'::regnamespace and a.grantee = 0)")).ShouldBeTrue();
        (await _ledger.ScalarAsync<bool>("select bool_and(p.proacl is not null) from pg_proc p where p.pronamespace = 'ledger'::regnamespace")).ShouldBeTrue("the default is execute for everybody");
    }

    private static async Task IgnoringAsync(NpgsqlCommand command)
    {
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException refused)
        {
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    private async Task<NpgsqlConnection> AsAsync(string role)
    {
        var connection = new NpgsqlConnection(_ledger.AdministratorConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var become = new NpgsqlCommand($"set role {role}", connection);
        await become.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task<string> RefusalAsync(string role, string sql)
    {
        await using var connection = await AsAsync(role);
        await using var command = new NpgsqlCommand(sql, connection);
        return (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState;
    }
}
