using Ledger.Projections.Store;
using Ledger.Tests.Import;
using Ledger.Tests.Store;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>Changes of the structure are written down, and those that would change rows past the triggers are refused.</summary>
public sealed class GuardLogTests : IAsyncLifetime
{
    private const string Log = "select coalesce(array_agg(tag || ': ' || object order by n), '{}') from ledger.schema_change";

    private StoreDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await StoreDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData("alter table mt.mt_events disable trigger ledger_no_change", "ALTER TABLE: table mt.mt_events")]
    [InlineData("drop trigger ledger_no_trunc on mt.mt_events", "DROP TRIGGER: trigger ledger_no_trunc on mt.mt_events")]
    [InlineData("create or replace function ledger.refuse() returns trigger language plpgsql as 'begin return new; end'", "CREATE FUNCTION: function ledger.refuse()")]
    [InlineData("create table public.mine (n int)", "CREATE TABLE: table public.mine")]
    [InlineData("grant update on mt.mt_events to public", "GRANT: TABLE")]
    [InlineData("create rule mine as on update to mt.mt_streams do instead nothing", "CREATE RULE: rule mine on mt.mt_streams")]
    public async Task A_change_is_written_down_with_who_made_it(string sql, string entry)
    {
        var before = await _database.InstantAsync("select clock_timestamp()");
        await _database.AsAdministratorAsync(sql);
        (await _database.ScalarAsync<string[]>(Log)).ShouldBe([entry]);
        (await _database.ScalarAsync<bool>("select login = $1 from ledger.schema_change", new NpgsqlConnectionStringBuilder(_database.Owner.ConnectionString).Username!)).ShouldBeTrue();
        (await _database.InstantAsync("select at from ledger.schema_change")).ShouldBeGreaterThanOrEqualTo(before);
    }

    [Fact]
    public async Task Also_one_made_as_a_replica_and_one_that_is_undone()
    {
        await _database.AsAdministratorAsync("set session_replication_role = replica; alter table mt.mt_events disable trigger ledger_no_change; alter table mt.mt_events enable always trigger ledger_no_change");
        (await _database.ScalarAsync<string[]>(Log)).Length.ShouldBe(2);
        (await Should.ThrowAsync<PostgresException>(() => _database.AsAdministratorAsync("delete from ledger.schema_change"))).SqlState.ShouldBe("LG001");
    }

    [Fact]
    public async Task A_function_replaced_and_put_back_is_two_changes_and_replaced_by_itself_none()
    {
        var original = await _database.TextAsync("select pg_get_functiondef('ledger.refuse'::regproc)");
        await _database.AsAdministratorAsync(original);
        (await _database.ScalarAsync<string[]>(Log)).ShouldBeEmpty();
        await _database.AsAdministratorAsync("create or replace function ledger.refuse() returns trigger language plpgsql as 'begin return new; end'");
        await _database.AsAdministratorAsync(original);
        (await _database.ScalarAsync<string[]>(Log)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Another_migration_and_temporary_tables_are_no_changes()
    {
        await using var owner = _database.AsOwner();
        await LedgerSchema.ApplyAsync(owner.Store, TestContext.Current.CancellationToken);
        await _database.RunAsync("create temp table mine (n int); create index on mine (n); drop table mine");
        (await _database.ScalarAsync<string[]>(Log)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_import_is_none_though_it_builds_its_indexes()
    {
        await using var database = await ImportDatabase.CreateAsync();
        (await database.ImportAsync([FactLines.Unit("a"), FactLines.Unit("b")])).Imported.ShouldBe(2);
        (await database.ScalarAsync<string[]>(Log)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("drop table mt.mt_events cascade")]
    [InlineData("drop table mt.mt_streams cascade")]
    [InlineData("drop table ledger.intake")]
    [InlineData("drop table ledger.leaf")]
    [InlineData("alter table mt.mt_events drop column data")]
    [InlineData("alter table mt.mt_events alter column data type jsonb using '{}'::jsonb")]
    [InlineData("alter table ledger.intake alter column recorded_at type timestamptz using now() - interval '1 year'")]
    [InlineData("alter table mt.mt_events set unlogged")]
    public async Task What_changes_rows_without_a_row_trigger_is_refused(string sql)
    {
        await _database.AppendAsync();
        var before = await _database.TextAsync("select e::text || i::text from mt.mt_events e join ledger.intake i using (seq_id)");
        (await Should.ThrowAsync<PostgresException>(() => _database.AsAdministratorAsync(sql))).SqlState.ShouldBe("LG001");
        (await _database.TextAsync("select e::text || i::text from mt.mt_events e join ledger.intake i using (seq_id)")).ShouldBe(before);
    }
}
