using JasperFx;
using Ledger.Host.Api;
using Ledger.Host.Deadlines;
using Ledger.Host.Intake;
using Ledger.Projections.Store;
using Marten;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
    public static WebApplication Build(string[] args, string connectionString, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        configure?.Invoke(builder);
        AddLedger(builder, connectionString);
        builder.Services.AddProblemDetails();
        var app = builder.Build();
        app.MapLedgerApi();
        return app;
    }

    /// <summary>Brings the database to the schema of this program and records the first facts; safe to run at every start.</summary>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellation = default)
    {
        await LedgerSchema.ApplyAsync(services.GetRequiredService<IDocumentStore>(), cancellation);
        await services.GetRequiredService<IMessageStore>().Admin.MigrateAsync(AutoCreate.CreateOrUpdate);
        await services.GetRequiredService<FirstFacts>().RecordAsync(cancellation);
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
