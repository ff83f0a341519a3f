using Ledger.Domain.Facts;
using Ledger.Host;
using Ledger.Host.Answers;
using Ledger.Host.Intake;
using Ledger.Projections.Store;
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
        await using (var ledger = Open(connectionString))
        {
            await LedgerSchema.ApplyAsync(ledger.Store);
            await ledger.Services.GetRequiredService<FirstFacts>().RecordAsync();
        }

        NpgsqlConnection.ClearAllPools();
        return TestCluster.NameOf(connectionString);
    });

    private LedgerDatabase(string connectionString, ServiceProvider services, FakeTimeProvider clock) =>
        (ConnectionString, Services, Clock) = (connectionString, services, clock);

    public string ConnectionString { get; }

    public ServiceProvider Services { get; }

    public FakeTimeProvider Clock { get; }

    public IDocumentStore Store => Services.GetRequiredService<IDocumentStore>();

    public NpgsqlDataSource Source => Services.GetRequiredService<NpgsqlDataSource>();

    public FactIntake Intake => Services.GetRequiredService<FactIntake>();

    public LedgerAnswers Answers => Services.GetRequiredService<LedgerAnswers>();

    public static async Task<LedgerDatabase> CreateAsync() => Open(await TestCluster.CreateDatabaseAsync(await Template.Value));

    /// <summary>Another process on the same ledger.</summary>
    public LedgerDatabase OpenAgain() => Open(ConnectionString);

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

    public async ValueTask DisposeAsync() => await Services.DisposeAsync();

    private static LedgerDatabase Open(string connectionString)
    {
        var clock = new FakeTimeProvider(Noon);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddLedger(connectionString);
        services.AddSingleton<IDocumentStore>(_ => DocumentStore.For(options => LedgerServices.ConfigureStore(options, connectionString, clock)));
        return new LedgerDatabase(connectionString, services.BuildServiceProvider(), clock);
    }
}
