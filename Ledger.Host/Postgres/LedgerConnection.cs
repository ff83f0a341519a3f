using Ledger.Host.Security;
using Npgsql;

namespace Ledger.Host.Postgres;

/// <summary>How this process reaches the ledger's database; disposing it lets go of the embedded server, if there is one.</summary>
/// <param name="Given">What the operator has named, or the embedded server's administrator.</param>
/// <param name="Server">The embedded server.</param>
public sealed record LedgerConnection(GivenLogins Given, PostgresServer? Server) : IAsyncDisposable
{
    /// <summary>The name of the ledger's database.</summary>
    public const string Database = "ledger";

    /// <summary>The environment variable that names a database of the operator's own.</summary>
    public const string Variable = "ConnectionStrings__ledger";

    /// <summary>The operator's database if one is named, else the embedded one.</summary>
    public static async Task<LedgerConnection> ResolveAsync(IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        var given = GivenLogins.OfEnvironment();
        if (given.Ledger is not null || given.Owner is not null) return new LedgerConnection(given, Server: null);

        var server = await EmbeddedPostgres.StartAsync(EmbeddedPostgres.DefaultDataRoot(), progress, cancellation);
        try
        {
            return new LedgerConnection(new GivenLogins(await server.EnsureDatabaseAsync(Database, cancellation)), server);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The logins to run a host with. Who has the owner's migrates first; who has only a writer's is refused where that is due.
    /// </summary>
    /// <exception cref="StartupRefusedException">A migration is due, or a login is not let in or may not do its work.</exception>
    public async Task<LedgerLogins> StartAsync(CancellationToken cancellation = default)
    {
        if (await Given.IsOwnedAsync(cancellation)) return await LedgerLogins.MigrateAsync(Given, cancellation);
        var logins = await LedgerLogins.ResolveAsync(Given, cancellation);
        if (await LedgerHost.IsMigratedAsync(logins.Writer, cancellation)) return logins;
        throw new StartupRefusedException(
            $"数据库结构与本程序的版本不符，而当前登录无权升级。请由所有者先运行 ledger migrate（设置 {LedgerLogins.OwnerVariable}）。",
            $"The database's schema is not that of this program, and this login may not change it. Let the owner run ledger migrate first (set {LedgerLogins.OwnerVariable}).");
    }

    /// <summary>The logins to ask or record with. An empty database is laid out by who may; one of another version is used as it is.</summary>
    /// <exception cref="StartupRefusedException">There is no ledger, or a login is not let in or may not do its work.</exception>
    public async Task<LedgerLogins> OpenAsync(CancellationToken cancellation = default) =>
        await Given.IsOwnedAsync(cancellation) && !await Given.HasLedgerAsync(cancellation)
            ? await LedgerLogins.MigrateAsync(Given, cancellation)
            : await LedgerLogins.ResolveAsync(Given, cancellation);

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
