using Ledger.Host.Evidence.Bundle;
using Ledger.Host.Evidence.Keys;
using Ledger.Host.Evidence.TimeStamps;
using Ledger.Projections.Store;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>Registers what seals, reads and hands out the sealed log.</summary>
public static class EvidenceServices
{
    /// <summary>Adds the services; those that write the log only where the sealer's login is given.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services, string? sealer)
    {
        // The command line has no configuration of its own; the variables are the same as the host's.
        services.TryAddSingleton<IConfiguration>(_ => new ConfigurationBuilder().AddEnvironmentVariables().Build());
        services.AddOptions<EvidenceOptions>().BindConfiguration(EvidenceOptions.Section);
        services.AddSingleton<EvidenceFolder>();
        services.TryAddSingleton<IKeyRing, FileKeyRing>();
        services.AddSingleton<SealState>();
        services.AddSingleton<SealedLog>();
        services.AddSingleton<Receipts>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<EvidenceOptions>>().Value;
            return new CheckpointStandings(provider.GetRequiredService<SealedLog>(), options.Policy is { } policy ? OutsideParties.ReadPolicy(policy) : null, options.Tsa);
        });
        if (sealer is null) return services;
        services.AddSingleton(_ => new SealerDatabase(NpgsqlDataSource.Create(LedgerStore.ConnectionString(sealer))));
        services.AddSingleton<Sealer>();
        services.TryAddSingleton<ICheckpointSource, PostgresCheckpoints>();
        services.AddSingleton(_ => new TimeStampClient(TimeStampClient.NewHttp()));
        services.AddSingleton<TimeStamper>();
        services.AddSingleton<EvidenceExport>();
        return services;
    }
}
