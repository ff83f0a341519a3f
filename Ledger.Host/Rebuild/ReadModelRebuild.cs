using JasperFx;
using JasperFx.Events.Daemon;
using Ledger.Projections;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Marten;
using Npgsql;
using Wolverine.Persistence.Durability;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Rebuild;

/// <summary>How far a rebuild has come.</summary>
/// <param name="Position">The ledger position that the read models rest on.</param>
/// <param name="Target">Where they are going.</param>
/// <param name="Elapsed">The time since the documents were taken away.</param>
public sealed record RebuildProgress(long Position, long Target, TimeSpan Elapsed);

/// <summary>What a rebuild did.</summary>
/// <param name="Before">The read models before.</param>
/// <param name="After">The read models after.</param>
/// <param name="Elapsed">The time it took to build them.</param>
public sealed record RebuildReport(ReadModelSums Before, ReadModelSums After, TimeSpan Elapsed);

/// <summary>
/// Builds the read models anew from the facts. It is the same daemon that follows the ledger, started from nothing: so it
/// waits for events that are still to be committed, a break leaves a ledger that goes on from where it was, and nothing
/// half-built is ever answered, because an answer is read from the read models only where they rest on its very position.
/// </summary>
public sealed class ReadModelRebuild(
    IDocumentStore store, NpgsqlDataSource database, Positions positions, ReadModels readModels, IMessageStore messages, TimeProvider clock)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A host that is heard of no more is taken for dead after this time; Wolverine's default. A host that is stopped takes
    /// its leave at once.
    /// </summary>
    private static readonly TimeSpan SilenceOfTheDead = TimeSpan.FromMinutes(1);

    /// <summary>Rebuilds, or says why not.</summary>
    public async Task<(RebuildReport? Report, string? Refused)> RunAsync(
        IProgress<RebuildProgress>? progress = null, CancellationToken cancellation = default)
    {
        // The leader assigns the projections to the hosts. While the lead is ours no host begins to run them; where a host
        // has it, or has been heard of, one may be running them now, and two would fight for each page.
        if (!await messages.Nodes.TryAttainLeadershipLockAsync(cancellation))
            return (null, Say("主机正在运行，投影由它负责。请先停止主机（例如 docker compose stop ledger）再重建。", "A host is running and owns the projections. Stop it first (for example: docker compose stop ledger)."));
        try
        {
            var heard = (await messages.Nodes.LoadAllNodesAsync(cancellation)).Select(n => clock.GetUtcNow() - n.LastHealthCheck).DefaultIfEmpty(TimeSpan.MaxValue).Min();
            if (heard < SilenceOfTheDead)
                return (null, Say(
                    $"{heard.TotalSeconds:F0} 秒前还有主机在运行，它可能仍在更新投影。若已停止，请一分钟后再试。",
                    $"A host was heard of {heard.TotalSeconds:F0} s ago and may still be projecting. If it has been killed, try again in a minute."));
            var before = await ReadModelSums.ReadAsync(store, database, cancellation);
            var target = (await positions.AdvanceAsync(cancellation)).Position;
            var started = clock.GetTimestamp();
            await ForgetAsync(cancellation);
            var stopped = await BuildAsync(target, progress, started, cancellation);
            return stopped is not null
                ? (null, stopped)
                : (new RebuildReport(before, await ReadModelSums.ReadAsync(store, database, cancellation), clock.GetElapsedTime(started)), null);
        }
        finally
        {
            await messages.Nodes.ReleaseLeadershipLockAsync();
        }
    }

    // One transaction, and no TRUNCATE: a reader in the middle of an answer goes on seeing the documents that it began with.
    private async Task ForgetAsync(CancellationToken cancellation)
    {
        var statements = CountyProjection.Tables(store).Select(table => $"delete from {table};");
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var documents = new NpgsqlCommand(string.Concat(statements), connection, transaction) { CommandTimeout = 0 };
        await documents.ExecuteNonQueryAsync(cancellation);
        await using var progress = new NpgsqlCommand($"delete from {LedgerStore.Schema}.mt_event_progression where name = any($1)", connection, transaction);
        progress.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. CountyProjection.ProgressRows] });
        await progress.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<string?> BuildAsync(long target, IProgress<RebuildProgress>? progress, long started, CancellationToken cancellation)
    {
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAgentAsync(CountyProjection.Shard, cancellation);
        try
        {
            while (true)
            {
                var position = (await readModels.StateAsync(cancellation)).Position;
                progress?.Report(new RebuildProgress(position, target, clock.GetElapsedTime(started)));
                if (position >= target) return null;
                if (daemon.CurrentAgents().FirstOrDefault(a => a.Status == AgentStatus.Paused) is { } paused)
                    return Say($"重建停在 {position}：", $"The rebuild stopped at {position}: ") + Reason(paused.Failure);
                await Task.Delay(Glance, clock, cancellation);
            }
        }
        finally
        {
            await daemon.StopAllAsync();
        }
    }

    private static string Reason(ShardFailure? failure) => failure?.Event is { } e
        ? Say($"事件 {e.Sequence}（{e.EventTypeName}）无法读取或应用", $"event {e.Sequence} ({e.EventTypeName}) cannot be read or applied")
        : failure?.ToString() ?? Say("原因不明", "the reason is not known");
}
