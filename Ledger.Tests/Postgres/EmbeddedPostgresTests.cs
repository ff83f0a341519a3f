using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Ledger.Host.Postgres;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Postgres;

/// <summary>The embedded server on the real thing. One cluster is made for the class; each test starts and stops it.</summary>
public sealed class EmbeddedPostgresTests(EmbeddedPostgresTests.DataRoot root) : IClassFixture<EmbeddedPostgresTests.DataRoot>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_cluster_has_checksums_the_C_locale_and_passwords_that_are_never_sent()
    {
        await using var server = await root.StartAsync();
        var settings = server.ConnectionStringFor("postgres");

        (await ScalarAsync(settings, "show data_checksums")).ShouldBe("on");
        (await ScalarAsync(settings, "show server_encoding")).ShouldBe("UTF8");
        (await ScalarAsync(settings, "select datcollate from pg_database where datname = 'postgres'"))
            .ShouldBe(OperatingSystem.IsLinux() ? "C.UTF-8" : "C");
        (await ScalarAsync(settings, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules")).ShouldBe("scram-sha-256");
        (await ScalarAsync(settings, "show fsync")).ShouldBe("on");
        (await ScalarAsync(settings, "show idle_in_transaction_session_timeout")).ShouldBe("5min");
        (await ScalarAsync(settings, "show max_connections")).ShouldBe("200");
        (await ScalarAsync(settings, "show timezone")).ShouldBe("UTC");
    }

    [Fact]
    public async Task It_listens_on_the_loopback_address_only()
    {
        await using var server = await root.StartAsync();
        var settings = server.ConnectionStringFor("postgres");

        (await ScalarAsync(settings, "show listen_addresses")).ShouldBe("127.0.0.1");
        (await ScalarAsync(settings, "show unix_socket_directories")).ShouldBe("");
    }

    [Fact]
    public async Task Only_the_servers_account_can_read_the_password_and_no_log_holds_it()
    {
        await using var server = await root.StartAsync();
        var file = Path.Combine(server.Folder, "password");

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(server.Folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var password = await File.ReadAllTextAsync(file, Cancellation);
        password.Length.ShouldBe(40);
        (await File.ReadAllTextAsync(Path.Combine(server.Folder, "log"), Cancellation)).ShouldNotContain(password);
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionStringFor("postgres")) { Password = "wrong" };
        (await Should.ThrowAsync<PostgresException>(ScalarAsync(wrong.ConnectionString, "select 1"))).SqlState.ShouldBe("28P01");
    }

    [Fact]
    public async Task Its_connection_strings_carry_the_settings_that_the_ledger_relies_on()
    {
        await using var server = await root.StartAsync();
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionStringFor("ledger"));

        connection.Timezone.ShouldBe("UTC");
        connection.MaxAutoPrepare.ShouldBe(40);
        connection.KeepAlive.ShouldBe(30);
        connection.TcpKeepAlive.ShouldBeTrue();
        connection.ApplicationName.ShouldBe("ledger");
    }

    [Fact]
    public async Task A_second_user_joins_the_running_server_and_the_last_one_out_stops_it()
    {
        var first = await root.StartAsync();
        var second = await root.StartAsync();
        second.ConnectionStringFor("postgres").ShouldBe(first.ConnectionStringFor("postgres"));
        var postmaster = PostmasterOf(first);

        await first.DisposeAsync();
        PostmasterOf(second).ShouldBe(postmaster);
        (await ScalarAsync(second.ConnectionStringFor("postgres"), "select 'still here'")).ShouldBe("still here");

        await second.DisposeAsync();
        File.Exists(PidFileOf(second)).ShouldBeFalse();
        Listens(second.Port).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_users_that_start_at_the_same_moment_share_one_server()
    {
        var servers = await Task.WhenAll(root.StartAsync(), root.StartAsync(), root.StartAsync());

        servers.Select(PostmasterOf).Distinct().ShouldHaveSingleItem();
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task After_a_kill_minus_nine_it_recovers_what_was_committed()
    {
        await using (var killed = await root.StartAsync())
        {
            var database = await killed.RecreateDatabaseAsync("crash", Cancellation);
            await ScalarAsync(database, "create table kept (n int); insert into kept values (1)");
            Kill(PostmasterOf(killed));
        }

        await using var server = await root.StartAsync();
        (await ScalarAsync(server.ConnectionStringFor("crash"), "select count(*)::text from kept")).ShouldBe("1");
    }

    [Fact]
    public async Task After_a_kill_minus_nine_a_pid_file_that_names_a_stranger_is_no_obstacle()
    {
        string pidFile;
        await using (var killed = await root.StartAsync())
        {
            pidFile = PidFileOf(killed);
            Kill(PostmasterOf(killed));
        }

        var lines = await File.ReadAllLinesAsync(pidFile, Cancellation);
        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(pidFile, lines, Cancellation);

        await using var server = await root.StartAsync();
        PostmasterOf(server).ShouldNotBe(Environment.ProcessId);
    }

    [Fact]
    public async Task It_keeps_its_port_and_moves_to_another_one_when_that_is_taken()
    {
        var port = await PortOfAsync();
        (await PortOfAsync()).ShouldBe(port);

        using var stranger = new TcpListener(IPAddress.Loopback, port);
        stranger.Start();
        (await PortOfAsync()).ShouldNotBe(port);

        async Task<int> PortOfAsync()
        {
            await using var server = await root.StartAsync();
            (await ScalarAsync(server.ConnectionStringFor("postgres"), "show port")).ShouldBe($"{server.Port}");
            return server.Port;
        }
    }

    [Fact]
    public async Task A_database_is_created_once_and_emptied_on_request()
    {
        await using var server = await root.StartAsync();
        var database = await server.EnsureDatabaseAsync("county \"x\"", Cancellation);
        await ScalarAsync(database, "create table t (n int)");
        (await server.EnsureDatabaseAsync("county \"x\"", Cancellation)).ShouldBe(database);
        (await ScalarAsync(database, "select to_regclass('t')::text")).ShouldBe("t");

        await server.RecreateDatabaseAsync("county \"x\"", Cancellation);
        (await ScalarAsync(database, "select to_regclass('t')::text")).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task A_throw_away_cluster_leaves_nothing_behind()
    {
        var server = await EmbeddedPostgres.StartThrowawayAsync(cancellation: Cancellation);
        Listens(server.Port).ShouldBeTrue();

        await server.DisposeAsync();

        Listens(server.Port).ShouldBeFalse();
        Directory.Exists(server.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_the_servers_account_cannot_reach_is_replaced_by_one_of_its_own()
    {
        // The system makes temporary folders with mode 0700: only root has to lend its cluster to another account.
        var closed = Directory.CreateTempSubdirectory("ledger-test-").FullName;
        PostgresServer? server = null;
        try
        {
            server = await EmbeddedPostgres.StartAsync(Path.Combine(closed, ".ledger"), cancellation: Cancellation);
            server.Folder.ShouldStartWith(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? "/var/lib/ledger/" : closed);
            (await ScalarAsync(server.ConnectionStringFor("postgres"), "select 'reached'")).ShouldBe("reached");
        }
        finally
        {
            if (server is not null)
            {
                await server.DisposeAsync();
                Directory.Delete(Path.GetDirectoryName(server.Folder)!, recursive: true);
            }

            if (Directory.Exists(closed))
            {
                Directory.Delete(closed, recursive: true);
            }
        }
    }

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    private static string PidFileOf(PostgresServer server) => Path.Combine(server.Folder, "data", "postmaster.pid");

    private static int PostmasterOf(PostgresServer server) => int.Parse(File.ReadLines(PidFileOf(server)).First());

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    private static bool Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A folder that every account may enter.</summary>
    public sealed class DataRoot : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("ledger-test-").FullName;

        public DataRoot()
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }
        }

        public Task<PostgresServer> StartAsync() => EmbeddedPostgres.StartAsync(_folder, cancellation: Cancellation);

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
