using JasperFx.Events.Daemon;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Attachments;
using Ledger.Host.Deadlines;
using Ledger.Host.Evidence;
using Ledger.Host.Import;
using Ledger.Host.Intake;
using Ledger.Projections;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Marten;
using Npgsql;

namespace Ledger.Host;

/// <summary>What the host and the CLI share: the store, the intake and the answers over one database.</summary>
public static class LedgerServices
{
    /// <summary>Configures Marten for the ledger: the store, the write models and the read models.</summary>
    public static void ConfigureStore(StoreOptions options, string connectionString, TimeProvider? clock = null)
    {
        LedgerStore.Configure(options, connectionString, EventCatalog.All.Select(e => (e.Type, e.Name)), FactJson.Options, clock);
        CountyProjection.Configure(options);
        // The host's Wolverine runs the projections; without a host nobody does, and Marten need not say so on standard output.
        options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        options.ConfigureDeadlines();
    }

    /// <summary>Registers everything but the document store itself.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(LedgerStore.ConnectionString(connectionString)));
        services.AddSingleton<Positions>();
        services.AddSingleton(provider => new PositionMarker(provider.GetRequiredService<Positions>()));
        services.AddSingleton<FactLog>();
        services.AddSingleton(provider => new FactMemory(provider.GetRequiredService<FactLog>()));
        services.AddSingleton<ReadModels>();
        services.AddSingleton<Reproduction>();
        services.AddSingleton<FactIntake>();
        services.AddSingleton<ApprovedFacts>();
        services.AddSingleton<Questions>();
        services.AddSingleton<LedgerMarks>();
        services.AddSingleton<AttachmentStore>();
        services.AddSingleton<Scopes>();
        services.AddSingleton<LedgerAnswers>();
        services.AddSingleton<Replay.ReplayAnswers>();
        services.AddSingleton<NoticeAnswers>();
        services.AddSingleton<FirstFacts>();
        services.AddSingleton<Demo.DemoClosings>();
        services.AddSingleton(provider => new FactImport(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>The services over one database without a host, with a store that writes nothing to the standard output.</summary>
    public static ServiceProvider Open(string connectionString, string? sealer = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddLedger(connectionString);
        services.AddEvidence(sealer);
        services.AddSingleton<IDocumentStore>(_ => DocumentStore.For(options =>
        {
            ConfigureStore(options, connectionString, TimeProvider.System);
            options.Logger(new Cli.SilentLogger());
        }));
        return services.BuildServiceProvider();
    }
}
