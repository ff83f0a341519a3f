using Ledger.Projections.Reading;
using Npgsql;

namespace Ledger.Host.Telemetry;

/// <summary>Looks from time to time how far the read models are behind, for the gauge: a metric's callback must not wait for a database.</summary>
public sealed class LagSampler(NpgsqlDataSource database, ReadModels models, LedgerMetrics metrics, ILogger<LagSampler> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        do
        {
            try
            {
                await using var command = database.CreateCommand("select coalesce(max(position), 0) from ledger.position");
                var position = (long)(await command.ExecuteScalarAsync(stoppingToken))!;
                metrics.Lag(Math.Max(0, position - (await models.StateAsync(stoppingToken)).Position));
            }
            catch (NpgsqlException e)
            {
                log.LogWarning("The lag cannot be read: {SqlState}", e.SqlState ?? e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
