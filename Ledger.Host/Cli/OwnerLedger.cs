using Ledger.Host.Evidence;
using Ledger.Host.Postgres;
using Ledger.Host.Security;
using Ledger.Projections.Store;
using Npgsql;

namespace Ledger.Host.Cli;

/// <summary>
/// The ledger for the few verbs that change what nobody else may: as its owner, with the sealer's login, the keys and the
/// journal of this machine.
/// </summary>
internal sealed class OwnerLedger : IAsyncDisposable
{
    private readonly LedgerConnection _connection;
    private readonly ServiceProvider _evidence;

    private OwnerLedger(LedgerConnection connection, LedgerLogins logins)
    {
        (_connection, Logins) = (connection, logins);
        Database = NpgsqlDataSource.Create(LedgerStore.ConnectionString(logins.Owner!));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Database);
        services.AddEvidence(logins.RequiredSealer);
        _evidence = services.BuildServiceProvider();
    }

    /// <summary>The database as its owner reaches it.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>The logins.</summary>
    public LedgerLogins Logins { get; }

    /// <summary>The sealer, the keys and the journal.</summary>
    public IServiceProvider Evidence => _evidence;

    /// <summary>Opens it.</summary>
    /// <exception cref="StartupRefusedException">The owner's or the sealer's connection string was not given.</exception>
    public static async Task<OwnerLedger> OpenAsync(CancellationToken cancellation = default)
    {
        var connection = await LedgerConnection.ResolveAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
        try
        {
            var logins = await connection.OpenAsync(cancellation);
            if (logins.Owner is null)
                throw new StartupRefusedException(
                    $"只有数据库所有者可以执行此操作。请设置 {LedgerLogins.OwnerVariable}。", $"Only the database's owner may do this. Set {LedgerLogins.OwnerVariable}.");
            return new OwnerLedger(connection, logins);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _evidence.DisposeAsync();
        await Database.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
