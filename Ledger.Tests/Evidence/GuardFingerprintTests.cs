using Ledger.Tests.Infrastructure;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>The fingerprint of the guards changes with each guard, and with nothing else.</summary>
public sealed class GuardFingerprintTests : IAsyncLifetime
{
    private const string Ask = "select encode(ledger.guard_fingerprint(), 'hex')";

    private LedgerDatabase _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await LedgerDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    // Rolled back: the roles belong to the whole cluster, where other tests run.
    [Theory]
    [InlineData("alter table mt.mt_events disable trigger ledger_no_change", "ledger_no_change BEFORE DELETE OR UPDATE ON mt.mt_events")]
    [InlineData("alter table mt.mt_events enable trigger ledger_no_change", "ledger_no_change BEFORE DELETE OR UPDATE ON mt.mt_events")]
    [InlineData("drop trigger ledger_take_in on mt.mt_events", "ledger_take_in")]
    [InlineData("create trigger mine before insert on mt.mt_events for each row execute function suppress_redundant_updates_trigger()", "mine")]
    [InlineData("alter table mt.mt_streams disable trigger ledger_no_delete", "ledger_no_delete")]
    [InlineData("alter table ledger.leaf disable trigger all", "ledger.leaf")]
    [InlineData("create or replace function ledger.refuse() returns trigger language plpgsql as 'begin return new; end'", "function ledger.refuse()")]
    [InlineData("create function mt.mt_sweep() returns void language sql as 'delete from mt.mt_events'", "function mt.mt_sweep()")]
    [InlineData("grant update on mt.mt_events to ledger_writer", "table mt.mt_events")]
    [InlineData("grant update (data) on mt.mt_events to ledger_writer", "column mt.mt_events.data")]
    [InlineData("alter table mt.mt_events owner to ledger_writer", "table mt.mt_events")]
    [InlineData("grant execute on function ledger.admit(text, text, text) to public", "function ledger.admit")]
    [InlineData("grant create on schema ledger to ledger_writer", "schema ledger")]
    [InlineData("create rule mine as on update to mt.mt_events do instead nothing", "rule")]
    [InlineData("create table public.more () inherits (mt.mt_events)", "inherits")]
    [InlineData("alter table mt.mt_events enable row level security", "table mt.mt_events")]
    [InlineData("alter table ledger.intake alter column recorded_at set default '2000-01-01'", "column ledger.intake.recorded_at")]
    [InlineData("alter table ledger.intake drop constraint intake_pkey", "intake_pkey")]
    [InlineData("drop index mt.idx_mt_events_event_id", "idx_mt_events_event_id")]
    [InlineData("alter event trigger ledger_log_ddl disable", "event trigger ledger_log_ddl")]
    [InlineData("drop event trigger ledger_refuse_drop", "event trigger ledger_refuse_drop")]
    [InlineData("alter role ledger_writer createrole", "role ledger_writer")]
    [InlineData("grant ledger_owner to ledger_writer", "role ledger_writer")]
    [InlineData("grant pg_write_all_data to ledger_auditor", "role ledger_auditor")]
    [InlineData("do $$ begin execute format('alter database %I set session_replication_role = replica', current_database()); end $$", "setting for database")]
    [InlineData("do $$ begin execute format('alter role %I superuser', (select login from ledger.login where role = 'ledger_writer')); end $$", "superuser t")]
    public async Task It_changes_with(string tampering, string named)
    {
        await using var connection = new NpgsqlConnection(_ledger.AdministratorConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (before, lines) = (await TextAsync(connection, Ask), await LinesAsync(connection));
        await TextAsync(connection, tampering);
        (await TextAsync(connection, Ask)).ShouldNotBe(before);
        var after = await LinesAsync(connection);
        after.Except(lines, StringComparer.Ordinal).Concat(lines.Except(after, StringComparer.Ordinal)).ShouldContain(l => l.Contains(named, StringComparison.Ordinal));
        await transaction.RollbackAsync();
        (await TextAsync(connection, Ask)).ShouldBe(before);
    }

    [Fact]
    public async Task It_is_the_same_for_every_role_and_in_every_session()
    {
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var login in (string[])[_ledger.AdministratorConnectionString, _ledger.Logins.Writer, _ledger.Logins.RequiredSealer, _ledger.Logins.RequiredAuditor])
            foreach (var setting in (string[])["search_path = public", "search_path = mt, ledger", "timezone = 'Asia/Shanghai'", "datestyle = 'German'", "quote_all_identifiers = on", "extra_float_digits = 0"])
            {
                await using var connection = new NpgsqlConnection(login + ";Pooling=false");
                await connection.OpenAsync();
                await TextAsync(connection, "set " + setting);
                seen.Add(await TextAsync(connection, Ask));
            }

        seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Work_does_not_change_it_and_copies_and_other_databases_have_their_own()
    {
        var before = await _ledger.ScalarAsync<string>(Ask);
        await using (var sealedLedger = await SealedLedger.CreateAsync())
        {
            await sealedLedger.RecordAsync();
            await sealedLedger.Sealer.SealAsync();
            (await sealedLedger.ScalarAsync<string>(Ask)).ShouldBe(before, "a copy of the same database: only the oids differ");
        }

        var other = await TestCluster.CreateDatabaseAsync();
        var logins = await Host.Postgres.LedgerLogins.MigrateAsync(new Host.Postgres.GivenLogins(other), TestContext.Current.CancellationToken);
        logins.Writer.ShouldNotBe(_ledger.Logins.Writer);
        (await _ledger.ScalarAsync<string>(Ask)).ShouldBe(before, "the logins of another database");
    }

    private static async Task<string?> TextAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string;
    }

    private static async Task<string[]> LinesAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select array_agg(line) from ledger.guard_description()", connection);
        return (string[])(await command.ExecuteScalarAsync())!;
    }
}
