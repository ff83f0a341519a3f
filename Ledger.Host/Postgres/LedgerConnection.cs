using Npgsql;

namespace Ledger.Host.Postgres;

/// <summary>How this process reaches the ledger's database; disposing it lets go of the embedded server, if there is one.</summary>
public sealed record LedgerConnection(string ConnectionString, PostgresServer? Server) : IAsyncDisposable
{
    /// <summary>The name of the ledger's database.</summary>
    public const string Database = "ledger";

    /// <summary>The environment variable that names a database of the operator's own.</summary>
    public const string Variable = "ConnectionStrings__ledger";

    /// <summary>The operator's database if one is named, else the embedded one.</summary>
    public static async Task<LedgerConnection> ResolveAsync(IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return new LedgerConnection(Tuned(new NpgsqlConnectionStringBuilder(named)).ConnectionString, Server: null);
        }

        var server = await EmbeddedPostgres.StartAsync(EmbeddedPostgres.DefaultDataRoot(), progress, cancellation);
        try
        {
            return new LedgerConnection(await server.EnsureDatabaseAsync(Database, cancellation), server);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings that every connection of ours shares.</summary>
    public static NpgsqlConnectionStringBuilder Tuned(NpgsqlConnectionStringBuilder connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.Timezone = "UTC";
        connection.MaxAutoPrepare = 40;
        connection.KeepAlive = 30;
        connection.TcpKeepAlive = true;
        connection.ApplicationName = "ledger";
        return connection;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
