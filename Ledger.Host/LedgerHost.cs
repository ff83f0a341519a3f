using JasperFx;
using Ledger.Host.Api;
using Ledger.Host.Deadlines;
using Ledger.Host.Evidence;
using Ledger.Host.Health;
using Ledger.Host.Intake;
using Ledger.Host.Pages;
using Ledger.Host.Security;
using Ledger.Host.Telemetry;
using Ledger.Projections.Store;
using Marten;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Wolverine;
using Wolverine.Marten;
using Wolverine.Persistence.Durability;

namespace Ledger.Host;

/// <summary>Builds the host: HTTP, the projections and the deadlines over one county's database.</summary>
public static class LedgerHost
{
    /// <summary>The schema of Wolverine's message tables.</summary>
    public const string MessageSchema = "wolverine";

    /// <summary>Puts the application together; nothing is started.</summary>
    /// <exception cref="StartupRefusedException">The configuration would leave the ledger unprotected.</exception>
    public static WebApplication Build(string[] args, string connectionString, Action<WebApplicationBuilder>? configure = null, string? sealer = null)
    {
        var app = CreateBuilder(args, connectionString, configure, sealer).Build();
        Compose(app);
        return app;
    }

    /// <summary>Everything that the application is made of. It seals where it is given the sealer's login.</summary>
    /// <exception cref="StartupRefusedException">The configuration would leave the ledger unprotected.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args, string connectionString, Action<WebApplicationBuilder>? configure = null, string? sealer = null)
    {
        // Named, whoever starts it: the pages' files are found by that name.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args, ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(LedgerHost).Assembly.GetName().Name,
        });
        configure?.Invoke(builder);
        var authentication = LedgerAuthentication.Read(builder.Configuration);
        if (authentication.IsDemo) DemoMode.Register(builder);
        AddLedger(builder, connectionString);
        AddEvidence(builder, sealer);
        authentication.Register(builder.Services);
        LedgerPolicies.Register(builder.Services, authentication);
        builder.Services.AddSingleton<ClerkRights>();
        builder.Services.AddSingleton<FactCommands>();
        builder.Services.AddSingleton<PersonalData>();
        Problems.Register(builder.Services);
        ApiDescription.Register(builder.Services);
        ServerLimits.Register(builder);
        HealthEndpoints.Register(builder.Services);
        PageServices.Register(builder);
        PageLimits.Register(builder);
        LedgerTelemetry.Register(builder);
        return builder;
    }

    /// <summary>The pipeline and the endpoints. The order is the protection: nothing runs before its caller is known.</summary>
    public static void Compose(WebApplication app)
    {
        app.UseProblems();
        app.UseServerLimits();
        app.UsePageFiles();
        app.UseRouting();
        app.UseRoutingAnswers();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UsePageForms();
        app.MapHealth();
        app.MapApiDescription();
        app.MapLedgerApi();
        app.MapPages();
        if (app.Services.GetService<DemoTokens>() is not null) app.MapDemoTokens();
    }

    /// <summary>The services that work on the database (migrate, rebuild), without a server and so without an authority.</summary>
    public static WebApplication BuildWithoutServer(string connectionString, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        configure?.Invoke(builder);
        AddLedger(builder, connectionString);
        return builder.Build();
    }

    /// <summary>Brings the database to the schema of this program, as its owner. Safe to run at every start.</summary>
    internal static async Task PrepareAsync(string owner, CancellationToken cancellation)
    {
        // Wolverine's tables first: the ledger's script gives everything its owner and its rights.
        await using var app = BuildWithoutServer(owner, builder => builder.Logging.ClearProviders());
        await app.Services.GetRequiredService<IMessageStore>().Admin.MigrateAsync(AutoCreate.CreateOrUpdate);
        await LedgerSchema.ApplyAsync(app.Services.GetRequiredService<IDocumentStore>(), cancellation);
    }

    /// <summary>Records the first facts where they are missing, as the writer that everybody is.</summary>
    internal static async Task RecordFirstFactsAsync(string writer, CancellationToken cancellation)
    {
        await using var services = LedgerServices.Open(writer);
        await services.GetRequiredService<FirstFacts>().RecordAsync(cancellation);
    }

    /// <summary>Whether the database has the tables and the very schema of this program, and the first facts.</summary>
    public static async Task<bool> IsMigratedAsync(string connectionString, CancellationToken cancellation = default)
    {
        // With the host's own store: Wolverine adds tables to it.
        await using var app = BuildWithoutServer(connectionString, builder => builder.Logging.ClearProviders());
        var database = app.Services.GetRequiredService<NpgsqlDataSource>();
        if (!await LedgerSchema.IsCurrentAsync(app.Services.GetRequiredService<IDocumentStore>(), database, cancellation)) return false;
        await using var command = database.CreateCommand($"select to_regclass('{MessageSchema}.wolverine_nodes') is not null and exists (select from mt.mt_streams where id like 'calendar/%')");
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static void AddEvidence(WebApplicationBuilder builder, string? sealer)
    {
        builder.Services.AddEvidence(sealer);
        if (sealer is null) return;
        builder.Services.AddHostedService<SealerService>();
        builder.Services.AddOutsideParties(builder.Configuration);
    }

    private static void AddLedger(WebApplicationBuilder builder, string connectionString)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddLedger(connectionString);
        builder.Services
            .AddMarten(provider =>
            {
                var options = new StoreOptions();
                LedgerServices.ConfigureStore(options, connectionString, provider.GetRequiredService<TimeProvider>());
                return options;
            })
            .UseLightweightSessions()
            .IntegrateWithWolverine(integration =>
            {
                integration.MessageStorageSchemaName = MessageSchema;
                // The projections are agents that can move to another node.
                integration.UseWolverineManagedEventSubscriptionDistribution = true;
            })
            .AddDeadlines();
        builder.Host.UseWolverine(options =>
        {
            options.ApplicationAssembly = typeof(LedgerHost).Assembly;
            options.Policies.AutoApplyTransactions();
            // A scheduled deadline must survive a restart: the local queues are tables.
            options.Policies.UseDurableLocalQueues();
            options.ConfigureDeadlines();
            options.AutoBuildMessageStorageOnStartup = AutoCreate.None;
        });
    }
}
