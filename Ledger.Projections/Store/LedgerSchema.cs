using Marten;
using JasperFx;
using Npgsql;

namespace Ledger.Projections.Store;

/// <summary>Brings a database to the schema that this program needs.</summary>
public static class LedgerSchema
{
    // Any constant that nothing else on the database uses; advance() has another.
    private const long ApplyLock = 4774451407313061;

    private static readonly string Script = Read("schema.sql");
    private static readonly string ImportScript = Read("import.sql");
    private static readonly string EvidenceScript = Read("evidence.sql");

    /// <summary>
    /// Applies Marten's schema, then the ledger's own in one transaction. Applied again it changes nothing; programs that
    /// start together wait for each other.
    /// </summary>
    public static async Task ApplyAsync(IDocumentStore store, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        await using var connection = store.Storage.Database.CreateConnection();
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(transaction, $"select pg_advisory_xact_lock({ApplyLock})", cancellation);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await RunAsync(transaction, Script, cancellation);
        await RunAsync(transaction, ImportScript, cancellation);
        await RunAsync(transaction, EvidenceScript, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task RunAsync(NpgsqlTransaction transaction, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Read(string name)
    {
        using var stream = typeof(LedgerSchema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
