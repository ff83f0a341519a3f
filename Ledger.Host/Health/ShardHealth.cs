using JasperFx;
using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Wolverine.Runtime;
using Wolverine.Runtime.Agents;

namespace Ledger.Host.Health;

/// <summary>
/// Every projection shard runs somewhere. The stock checks look at how far a shard lags behind the high-water mark and stay
/// green on one that has stopped, or that stopped before it ever wrote its row; here a shard is red unless an agent is seen
/// running it, on this node or on another that is alive, and its row does not say that it is paused.
/// </summary>
public sealed class ShardHealth(IDocumentStore store, NpgsqlDataSource database, IWolverineRuntime runtime) : IHealthCheck
{
    // As long as Wolverine itself takes a silent node for alive.
    private static readonly TimeSpan StaleNode = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var healthy = true;
        var paused = await PausedAsync(cancellationToken);
        IReadOnlyList<Uri>? elsewhere = null;
        foreach (var shard in ((DocumentStore)store).Options.Projections.AllShards())
        {
            var name = shard.Name.Identity;
            var problem = paused.GetValueOrDefault(name);
            if (problem is null)
            {
                if (LocalAgent(shard.Name.RelativeUrl) is { } agent)
                    problem = agent.Status == AgentStatus.Running ? null : Describe(agent);
                else
                    problem = (elsewhere ??= await AgentsElsewhereAsync(cancellationToken)).Any(uri => Runs(uri, shard.Name.RelativeUrl)) ? null : "NotRunning";
            }

            data[name] = problem ?? "Running";
            healthy &= problem is null;
        }

        return healthy
            ? HealthCheckResult.Healthy("全部投影在运行 / every projection runs", data)
            : HealthCheckResult.Unhealthy("有投影没有运行，它影响的数字不予提供 / a projection does not run; what it affects is withheld", data: data);
    }

    private async Task<Dictionary<string, string>> PausedAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select name, agent_status, failure_event_sequence, failure_event_type, failure_category
            from mt.mt_event_progression where agent_status is not null and agent_status <> 'Running'
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var paused = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            if (reader.GetString(1) is "Paused")
                paused[reader.GetString(0)] = Describe(
                    reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetInt64(2), Text(reader, 3), Text(reader, 4));
        return paused;
    }

    private IEventSubscriptionAgent? LocalAgent(string shard) => runtime.Agents.AllRunningAgentUris()
        .Where(uri => Runs(uri, shard))
        .Select(uri => runtime.Agents.TryFindActiveAgent<IEventSubscriptionAgent>(uri, out var agent) ? agent : null)
        .FirstOrDefault(agent => agent is not null);

    private async Task<IReadOnlyList<Uri>> AgentsElsewhereAsync(CancellationToken cancellation)
    {
        var nodes = await runtime.Storage.Nodes.LoadAllNodesAsync(cancellation);
        var oldest = TimeProvider.System.GetUtcNow() - StaleNode; // the nodes write the machine's time
        return [.. nodes.Where(n => n.NodeId != runtime.Options.UniqueNodeId && n.LastHealthCheck > oldest).SelectMany(n => n.ActiveAgents)];
    }

    private static bool Runs(Uri agent, string shard) => agent.ToString().EndsWith("/" + shard, StringComparison.OrdinalIgnoreCase);

    // The kind of failure and the event's place and type. Never the message: it may quote the event.
    private static string Describe(IEventSubscriptionAgent agent) => agent.Failure is { } failure
        ? Describe(agent.Status.ToString(), failure.Event?.Sequence, failure.Event?.EventTypeName, failure.Category.ToString())
        : agent.Status.ToString();

    private static string Describe(string status, long? sequence, string? type, string? category) =>
        $"{status}: event {sequence?.ToString() ?? "?"} ({type ?? "?"}), {category ?? "?"}";

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
