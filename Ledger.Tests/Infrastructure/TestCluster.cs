using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ledger.Host.Postgres;
using Ledger.Tests.Infrastructure;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace Ledger.Tests.Infrastructure;

/// <summary>
/// One throw-away PostgreSQL for the whole test run, started by the first test that asks for a database.
/// A server named by ConnectionStrings__ledger_test stands in for it; our databases are dropped there at the end.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private static readonly SemaphoreSlim Turn = new(1);
    private static readonly List<string> Created = [];
    private static PostgresServer? _server;
    private static string? _administrator;
    private static PosixSignalRegistration? _onTerminate;

    /// <summary>A connection string to a fresh database, a copy of the template when one is named.</summary>
    /// <param name="template">The name of a database made here before. Its open connections are ended: nobody may be in it while it is copied.</param>
    public static async Task<string> CreateDatabaseAsync(string? template = null)
    {
        await Turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _administrator ??= await StartAsync();
            await using var connection = new NpgsqlConnection(_administrator);
            await connection.OpenAsync();
            if (template is not null)
            {
                await using var leave = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", connection);
                leave.Parameters.Add(new NpgsqlParameter<string> { TypedValue = template });
                await leave.ExecuteNonQueryAsync();
            }

            var name = "test_" + RandomNumberGenerator.GetHexString(12, lowercase: true);
            await using var create = new NpgsqlCommand($"create database {name} template {template ?? "template0"}", connection);
            await create.ExecuteNonQueryAsync();
            Created.Add(name);
            return new NpgsqlConnectionStringBuilder(_administrator)
            {
                Database = name,
                Pooling = true,
                MaxPoolSize = 30,
                ConnectionIdleLifetime = 10,
                ConnectionPruningInterval = 5,
                IncludeErrorDetail = true,
            }.ConnectionString;
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>A copy of a migrated ledger, and its logins; the owner's is the cluster's superuser.</summary>
    public static async Task<LedgerLogins> CreateLedgerAsync(string template) =>
        await LedgerLogins.OfOwnerAsync(await CreateDatabaseAsync(template));

    /// <summary>The database's name in a connection string that came from here, to be used as a template.</summary>
    public static string NameOf(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString).Database ?? throw new ArgumentException("no database", nameof(connectionString));

    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<string> StartAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAsync().GetAwaiter().GetResult();
        _onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => StopAsync().GetAwaiter().GetResult());
        if (Environment.GetEnvironmentVariable("ConnectionStrings__ledger_test") is { Length: > 0 } named)
        {
            return LedgerConnection.Tuned(new NpgsqlConnectionStringBuilder(named) { Pooling = false }).ConnectionString;
        }

        _server = await EmbeddedPostgres.StartThrowawayAsync(cancellation: TestContext.Current.CancellationToken);
        return new NpgsqlConnectionStringBuilder(_server.ConnectionStringFor("postgres")) { Pooling = false }.ConnectionString;
    }

    private static async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _administrator, null) is not { } administrator)
        {
            return;
        }

        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
        {
            await _server.DisposeAsync();
            return;
        }

        await using var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync();
        foreach (var name in Created)
        {
            await using var drop = new NpgsqlCommand($"drop database if exists {name} with (force)", connection);
            await drop.ExecuteNonQueryAsync();
        }
    }
}
