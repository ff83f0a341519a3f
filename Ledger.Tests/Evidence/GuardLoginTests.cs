using Ledger.Host.Postgres;
using Ledger.Host.Security;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>Which login a program works with, whatever it was given.</summary>
public sealed class GuardLoginTests
{
    [Fact]
    public async Task Who_is_given_the_superuser_works_as_the_writer_the_sealer_and_the_auditor()
    {
        var logins = await AppFixture.CreateDatabaseAsync();
        var resolved = await new LedgerConnection(new GivenLogins(logins.Owner), null).OpenAsync(Cancel);
        resolved.ShouldBe(logins);
        foreach (var (login, role) in new[] { (resolved.Writer, "ledger_writer"), (resolved.RequiredSealer, "ledger_sealer"), (resolved.RequiredAuditor, "ledger_auditor") })
            (await AskAsync(login, $"select pg_has_role(session_user, '{role}', 'usage') and not pg_has_role(session_user, 'ledger_owner', 'member') and not (select rolsuper from pg_roles where rolname = session_user)"))
                .ShouldBe(true);
    }

    [Fact]
    public async Task No_connection_of_a_host_is_the_superusers()
    {
        await using var app = new AppFixture();
        await app.InitializeAsync();
        await Eventually.IsAsync(
            async () => await app.AsAdministratorAsync("select exists (select from mt.mt_event_progression where last_seq_id > 0)") is true, "the projections run");
        // It writes facts as the one, and the sealed log as the other.
        string?[] own = [new NpgsqlConnectionStringBuilder(app.Logins.Writer).Username, new NpgsqlConnectionStringBuilder(app.Logins.RequiredSealer).Username];
        var connected = (string[])(await app.AsAdministratorAsync("select array_agg(distinct usename::text) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"))!;
        connected.ShouldContain(own[0]);
        connected.ShouldBeSubsetOf(own!);
    }

    [Fact]
    public async Task A_pooled_connection_that_was_reset_is_still_the_writers()
    {
        var logins = await AppFixture.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(logins.Writer) { MaxPoolSize = 1, MaxAutoPrepare = 0 });
        for (var i = 0; i < 2; i++)
        {
            await using var command = source.CreateCommand("select current_user::text");
            (await command.ExecuteScalarAsync(Cancel)).ShouldBe(new NpgsqlConnectionStringBuilder(logins.Writer).Username);
        }
    }

    [Fact]
    public async Task Who_is_given_the_writer_only_neither_migrates_nor_seals_nor_audits()
    {
        var logins = await AppFixture.CreateDatabaseAsync();
        var connection = new LedgerConnection(new GivenLogins(logins.Writer), null);
        var resolved = await connection.StartAsync(Cancel);
        resolved.ShouldBe(new LedgerLogins(null, logins.Writer, null, null));
        Should.Throw<StartupRefusedException>(() => resolved.RequiredSealer).Message.ShouldContain(LedgerLogins.SealerVariable);
        Should.Throw<StartupRefusedException>(() => resolved.RequiredAuditor).Message.ShouldContain(LedgerLogins.AuditorVariable);
        (await Should.ThrowAsync<StartupRefusedException>(() => LedgerLogins.MigrateAsync(connection.Given, Cancel))).Message.ShouldContain(LedgerLogins.OwnerVariable);
    }

    [Fact]
    public async Task A_writer_on_another_version_of_the_schema_is_told_that_a_migration_is_due()
    {
        var logins = await AppFixture.CreateDatabaseAsync();
        await RunAsync(logins.Owner!, "update ledger.schema_version set version = 'older'");
        var connection = new LedgerConnection(new GivenLogins(logins.Writer), null);
        var refused = (await Should.ThrowAsync<StartupRefusedException>(() => connection.StartAsync(Cancel))).Message;
        refused.ShouldContain("migrate");
        refused.ShouldContain("升级");
        (await connection.OpenAsync(Cancel)).Writer.ShouldBe(logins.Writer, "the command line asks and records all the same");
        await new LedgerConnection(new GivenLogins(logins.Owner), null).StartAsync(Cancel);
        await connection.StartAsync(Cancel);
    }

    [Fact]
    public async Task Logins_that_the_operator_names_are_created_and_admitted_by_the_migration()
    {
        var owner = await TestCluster.CreateDatabaseAsync();
        var name = TestCluster.NameOf(owner);
        string Named(string role) => new NpgsqlConnectionStringBuilder(owner) { Username = $"{name}_{role}", Password = "secret" }.ConnectionString;
        var given = new GivenLogins(Named("host"), owner, Named("sealer"), Named("auditor"));
        try
        {
            var logins = await LedgerLogins.MigrateAsync(given, Cancel);
            logins.ShouldBe(new LedgerLogins(owner, Named("host"), Named("sealer"), Named("auditor")));
            (await new LedgerConnection(given with { Owner = null }, null).StartAsync(Cancel)).ShouldBe(logins with { Owner = null });
            (await AskAsync(owner, $"select string_agg(login || ' ' || role, ', ' order by login) from ledger.login where password is null"))
                .ShouldBe($"{name}_auditor ledger_auditor, {name}_host ledger_writer, {name}_sealer ledger_sealer");
            (await AskAsync(owner, "select login from ledger.intake order by seq_id limit 1")).ShouldBe($"{name}_host", "the first facts are the writer's, not the owner's");
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync(owner, $"drop role if exists {name}_host, {name}_sealer, {name}_auditor");
        }
    }

    [Fact]
    public async Task A_login_that_is_no_member_or_is_not_let_in_is_refused_by_name()
    {
        var logins = await AppFixture.CreateDatabaseAsync();
        var stranger = TestCluster.NameOf(logins.Owner!) + "_stranger";
        await RunAsync(logins.Owner!, $"create role {stranger} login password 'secret'");
        try
        {
            var named = new NpgsqlConnectionStringBuilder(logins.Owner) { Username = stranger, Password = "secret" };
            var refused = (await Should.ThrowAsync<StartupRefusedException>(() => LedgerLogins.ResolveAsync(new GivenLogins(named.ConnectionString), Cancel))).Message;
            refused.ShouldContain(stranger);
            refused.ShouldContain("GRANT ledger_writer");
            await RunAsync(logins.Owner!, $"do $$ begin execute format('alter role %I nologin', (select login from ledger.login where role = 'ledger_writer')); end $$");
            refused = (await Should.ThrowAsync<StartupRefusedException>(() => LedgerLogins.OfOwnerAsync(logins.Owner!, Cancel))).Message;
            refused.ShouldContain("28000");
            refused.ShouldContain("pg_hba.conf");
            refused.ShouldContain(LedgerConnection.Variable);
        }
        finally
        {
            await RunAsync(logins.Owner!, $"do $$ begin execute format('alter role %I login', (select login from ledger.login where role = 'ledger_writer')); end $$");
            await RunAsync(logins.Owner!, $"drop role {stranger}");
        }
    }

    [Fact]
    public async Task A_database_without_a_ledger_is_refused_by_a_writer_and_laid_out_by_who_may()
    {
        var logins = await AppFixture.CreateDatabaseAsync();
        var empty = await TestCluster.CreateDatabaseAsync();
        var writer = new NpgsqlConnectionStringBuilder(logins.Writer) { Database = TestCluster.NameOf(empty) }.ConnectionString;
        await Should.ThrowAsync<StartupRefusedException>(() => new LedgerConnection(new GivenLogins(writer), null).StartAsync(Cancel));
        await Should.ThrowAsync<StartupRefusedException>(() => new LedgerConnection(new GivenLogins(writer), null).OpenAsync(Cancel));
        (await new LedgerConnection(new GivenLogins(empty), null).OpenAsync(Cancel)).Writer.ShouldNotBe(logins.Writer);
    }

    /// <summary>On a server of its own: what it grants to its administrator is of the whole server.</summary>
    [Fact]
    public async Task An_administrator_who_is_no_superuser_migrates_too_and_is_told_what_is_missing()
    {
        await using var server = await EmbeddedPostgres.StartThrowawayAsync(cancellation: Cancel);
        await RunAsync(server.ConnectionStringFor("postgres"), "create role dba login createrole password 'secret'");
        await RunAsync(server.ConnectionStringFor("postgres"), "create database county owner dba");
        var dba = new NpgsqlConnectionStringBuilder(server.ConnectionStringFor("county")) { Username = "dba", Password = "secret" }.ConnectionString;
        var logins = await LedgerLogins.MigrateAsync(new GivenLogins(dba), Cancel);
        (await logins.LogsChangesAsync(Cancel)).ShouldBeFalse();
        (await AskAsync(logins.Writer, "select count(*) > 0 from mt.mt_events")).ShouldBe(true);
        (await LedgerLogins.MigrateAsync(new GivenLogins(dba), Cancel)).ShouldBe(logins);

        var bySuperuser = await LedgerLogins.MigrateAsync(new GivenLogins(server.ConnectionStringFor("county")), Cancel);
        bySuperuser.Writer.ShouldContain(new NpgsqlConnectionStringBuilder(logins.Writer).Username!);
        (await bySuperuser.LogsChangesAsync(Cancel)).ShouldBeTrue();
        NpgsqlConnection.ClearAllPools();
    }

    [Fact]
    public async Task The_command_line_opened_with_the_superuser_records_as_the_writer()
    {
        var logins = await AppFixture.CreateDatabaseAsync();
        await using var services = Host.LedgerServices.Open((await new LedgerConnection(new GivenLogins(logins.Owner), null).OpenAsync(Cancel)).Writer);
        (await services.GetRequiredService<Positions>().AdvanceAsync(Cancel)).Position.ShouldBeGreaterThan(0);
        await using var who = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select session_user::text");
        (await who.ExecuteScalarAsync(Cancel)).ShouldBe(new NpgsqlConnectionStringBuilder(logins.Writer).Username);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<object?> AskAsync(string login, string sql)
    {
        await using var connection = new NpgsqlConnection(login + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }

    private static Task RunAsync(string login, string sql) => AskAsync(login, sql);
}
