using Ledger.Host.Evidence;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ledger.Host.Health;

/// <summary>
/// Whether what is recorded is being sealed. A sealer that refuses to sign is unhealthy: what it would sign might be a lie. One
/// that is behind is degraded: facts are admitted all the same, their receipts wait.
/// </summary>
public sealed class SealHealth(NpgsqlDataSource database, SealState state, IOptions<EvidenceOptions> options, IServiceProvider services) : IHealthCheck
{
    // Of the first event that is not sealed; evidence.md asks for two seconds on a busy ledger, and a busy machine may take more.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (services.GetService<Sealer>() is null || !options.Value.Seal) return HealthCheckResult.Healthy("本机不封存 / this host does not seal");
        if (state.Refusal is { } refusal) return HealthCheckResult.Unhealthy(refusal.Code);
        try
        {
            await using var command = database.CreateCommand(
                "select h.position, h.tree_size, coalesce((select extract(epoch from clock_timestamp() - i.recorded_at) from ledger.intake i "
                + "where i.seq_id > h.position order by i.seq_id limit 1), 0)::float8 from ledger.head h");
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var lag = TimeSpan.FromSeconds(reader.GetDouble(2));
            var data = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sealedPosition"] = reader.GetInt64(0), ["treeSize"] = reader.GetInt64(1), ["sealLagMilliseconds"] = (long)lag.TotalMilliseconds,
            };
            return lag < Late
                ? HealthCheckResult.Healthy(null, data)
                : HealthCheckResult.Degraded("封存滞后 / sealing is behind", null, data);
        }
        catch (NpgsqlException e)
        {
            // Whether that matters is the database check's verdict.
            return HealthCheckResult.Healthy($"? ({e.SqlState ?? e.GetType().Name})");
        }
    }
}
