using Ledger.Host.Answers;
using Ledger.Host.Postgres;
using Marten;

namespace Ledger.Host.Cli;

/// <summary>The ledger as a CLI verb uses it: the database of the connection string or the embedded one, and no running host.</summary>
public sealed class CliLedger : IAsyncDisposable
{
    private readonly LedgerConnection _connection;
    private readonly ServiceProvider _services;

    private CliLedger(LedgerConnection connection, LedgerLogins logins, ServiceProvider services) => (_connection, Logins, _services) = (connection, logins, services);

    /// <summary>The answers.</summary>
    public LedgerAnswers Answers => _services.GetRequiredService<LedgerAnswers>();

    /// <summary>Replays and comparisons.</summary>
    public Replay.ReplayAnswers Replays => _services.GetRequiredService<Replay.ReplayAnswers>();

    /// <summary>The questions about the plan.</summary>
    public Questions Questions => _services.GetRequiredService<Questions>();

    /// <summary>The store.</summary>
    public IDocumentStore Store => _services.GetRequiredService<IDocumentStore>();

    /// <summary>Everything else.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The connection strings of the ledger's roles.</summary>
    public LedgerLogins Logins { get; }

    /// <summary>Opens the ledger as its writer, and lays out its schema in a database that has none.</summary>
    public static async Task<CliLedger> OpenAsync(CancellationToken cancellation = default)
    {
        var connection = await LedgerConnection.ResolveAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
        try
        {
            var logins = await connection.OpenAsync(cancellation);
            return new CliLedger(connection, logins, LedgerServices.Open(logins.Writer, logins.Sealer));
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
        await _services.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
