using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Ledger.Host.Health;

/// <summary>The database answers, and holds every table that this program works with.</summary>
public sealed class SchemaHealth(NpgsqlDataSource database, IDocumentStore store) : IHealthCheck
{
    private static readonly string[] OwnTables =
        ["ledger.position", "ledger.intake", "ledger.frontier", "ledger.case_number", "ledger.registered_unit", LedgerHost.MessageSchema + ".wolverine_nodes"];

    private readonly Lazy<string[]> _tables = new(() =>
        [.. ((DocumentStore)store).Storage.AllObjects().OfType<Table>().Select(t => t.Identifier.QualifiedName), .. OwnTables]);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select name from unnest($1) name where to_regclass(name) is null order by name");
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = _tables.Value });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var missing = new List<string>();
            while (await reader.ReadAsync(cancellationToken)) missing.Add(reader.GetString(0));
            return missing.Count == 0
                ? HealthCheckResult.Healthy("数据库可用，结构完整 / reachable, schema applied")
                : HealthCheckResult.Unhealthy($"缺少表 / tables are missing: {string.Join(", ", missing)}");
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy($"数据库不可用 / the database cannot be reached ({e.SqlState ?? e.GetType().Name})");
        }
    }
}
