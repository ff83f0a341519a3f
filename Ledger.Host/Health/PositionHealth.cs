using Ledger.Host.Telemetry;
using Ledger.Projections.Reading;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Ledger.Host.Health;

/// <summary>
/// How far the read models are behind the ledger, and whether an import is under way. For information: answers are right
/// either way, only slower or marked.
/// </summary>
public sealed class PositionHealth(NpgsqlDataSource database, ReadModels models, LedgerMetrics metrics) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select coalesce(max(p.position), 0), ledger.import_in_progress() from ledger.position p");
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var (position, importing) = (reader.GetInt64(0), reader.GetBoolean(1));
            var lag = Math.Max(0, position - (await models.StateAsync(cancellationToken)).Position);
            metrics.Lag(lag);
            return HealthCheckResult.Healthy(
                importing ? "正在导入 / an import is in progress" : null,
                new Dictionary<string, object>(StringComparer.Ordinal) { ["position"] = position, ["projectionLag"] = lag, ["importInProgress"] = importing });
        }
        catch (NpgsqlException e)
        {
            // Whether that matters is the database check's verdict.
            return HealthCheckResult.Healthy($"? ({e.SqlState ?? e.GetType().Name})");
        }
    }
}
