using Ledger.Host.Evidence.Witnesses;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ledger.Host.Health;

/// <summary>
/// Whether a witness contradicts the ledger: it has cosigned more than the ledger has published, or another history. Then the
/// ledger was rolled back or rewritten together with its journal, or somebody signs in its name. That a witness is away is no
/// illness of the ledger's.
/// </summary>
public sealed class WitnessHealth(IServiceProvider services) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (services.GetService<WitnessService>() is not { } witnesses)
            return Task.FromResult(HealthCheckResult.Healthy("没有可询问的见证 / no witness is asked"));
        var contradictions = witnesses.Contradictions;
        var data = witnesses.Standings.ToDictionary(s => s.Name, s => (object)(contradictions.GetValueOrDefault(s.Name) ?? $"failures: {s.Failures}"), StringComparer.Ordinal);
        return Task.FromResult(contradictions.Count > 0
            ? HealthCheckResult.Unhealthy(string.Join(", ", contradictions.Values.Distinct(StringComparer.Ordinal)), null, data)
            : HealthCheckResult.Healthy(null, data));
    }
}
