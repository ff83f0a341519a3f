using Ledger.Domain.Facts;
using Ledger.Host;
using Ledger.Host.Answers;
using Ledger.Host.Intake;
using Ledger.Host.Postgres;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Ledger.Tests.Infrastructure;

/// <summary>
/// A fresh ledger of its own, with its first facts, and everything that the host and the CLI share; no host runs on it. The
/// schema is applied once per run and copied.
/// </summary>
public sealed class LedgerDatabase : IAsyncDisposable
{
    /// <summary>The ledger's today in tests (noon in Shanghai), unless a test moves the clock.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 6, 15, 4, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var connectionString = await TestCluster.CreateDatabaseAsync();
        await LedgerLogins.MigrateAsync(new GivenLogins(connectionString));
        NpgsqlConnection.ClearAllPools();
        return TestCluster.NameOf(connectionString);
    });

    private readonly FinalAudit? _audit;

    private LedgerDatabase(LedgerLogins logins, ServiceProvider services, FakeTimeProvider clock, FinalAudit? audit) =>
        (Logins, Services, Clock, _audit) = (logins, services, clock, audit);

    /// <summary>How the test ends; the database's own, not that of another process on it.</summary>
    public FinalAudit Audit => _audit ?? throw new InvalidOperationException("The ledger is audited by its first process.");

    /// <summary>The logins of the database. Everything here works as the writer.</summary>
    public LedgerLogins Logins { get; }

    /// <summary>The writer's login.</summary>
    public string ConnectionString => Logins.Writer;

    /// <summary>A superuser's login, for what is done behind the ledger's back.</summary>
    public string AdministratorConnectionString => Logins.Owner!;

    public ServiceProvider Services { get; }

    public FakeTimeProvider Clock { get; }

    public IDocumentStore Store => Services.GetRequiredService<IDocumentStore>();

    public NpgsqlDataSource Source => Services.GetRequiredService<NpgsqlDataSource>();

    public FactIntake Intake => Services.GetRequiredService<FactIntake>();

    public LedgerAnswers Answers => Services.GetRequiredService<LedgerAnswers>();

    public static async Task<LedgerDatabase> CreateAsync() => On(await TestCluster.CreateLedgerAsync(await Template.Value));

    /// <summary>A ledger that was migrated elsewhere.</summary>
    public static LedgerDatabase On(LedgerLogins logins) => Open(logins, new FinalAudit(logins));

    /// <summary>Another process on the same ledger.</summary>
    public LedgerDatabase OpenAgain() => Open(Logins, audit: null);

    /// <summary>Another process on the same ledger, whose writer goes another way to the server.</summary>
    public LedgerDatabase OpenThrough(string writer) => Open(Logins with { Writer = writer }, audit: null);

    /// <summary>Records a fact under an id of its own choosing.</summary>
    public Task<Receipt> RecordAsync(string subject, IFact fact, string? id = null, string source = "/tests")
    {
        return Intake.RecordAsync(new RecordFact(Subject.Parse(subject), fact, new FactId(source, id ?? subject + "/" + EventCatalog.NameOf(fact)), "tester"));
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs SQL as the superuser.</summary>
    public async Task AsAdministratorAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(AdministratorConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (_audit is not null) await _audit.RunAsync();
    }

    private static LedgerDatabase Open(LedgerLogins logins, FinalAudit? audit)
    {
        var connectionString = logins.Writer;
        var clock = new FakeTimeProvider(Noon);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddLedger(connectionString);
        services.AddSingleton<IDocumentStore>(_ => DocumentStore.For(options => LedgerServices.ConfigureStore(options, connectionString, clock)));
        return new LedgerDatabase(logins, services.BuildServiceProvider(), clock, audit);
    }
}
