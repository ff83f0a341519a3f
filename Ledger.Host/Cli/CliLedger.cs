using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Intake;
using Ledger.Host.Postgres;
using Ledger.Projections.Store;
using Marten;
using Npgsql;

namespace Ledger.Host.Cli;

/// <summary>The ledger as a CLI verb uses it: the database of the connection string or the embedded one, and no running host.</summary>
public sealed class CliLedger : IAsyncDisposable
{
    private readonly LedgerConnection _connection;
    private readonly ServiceProvider _services;

    private CliLedger(LedgerConnection connection, ServiceProvider services) => (_connection, _services) = (connection, services);

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

    /// <summary>Opens the ledger, and lays out its schema in a database that has none.</summary>
    public static async Task<CliLedger> OpenAsync(CancellationToken cancellation = default)
    {
        var connection = await LedgerConnection.ResolveAsync(new Progress<string>(Console.Error.WriteLine), cancellation);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddLedger(connection.ConnectionString);
        services.AddSingleton<IDocumentStore>(provider => DocumentStore.For(options =>
        {
            LedgerServices.ConfigureStore(options, connection.ConnectionString, TimeProvider.System);
            options.Logger(new SilentLogger());
            // Without a word on who runs the projections Marten writes a warning to the standard output, into the answer.
            options.Projections.AsyncMode = JasperFx.Events.Daemon.DaemonMode.ExternallyManaged;
        }));
        var ledger = new CliLedger(connection, services.BuildServiceProvider());
        if (!await ledger.HasSchemaAsync(cancellation)) await ledger.MigrateAsync(cancellation);
        return ledger;
    }

    /// <summary>Brings the database to the schema of this program.</summary>
    public async Task MigrateAsync(CancellationToken cancellation = default)
    {
        await LedgerSchema.ApplyAsync(Store, cancellation);
        await _services.GetRequiredService<FirstFacts>().RecordAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<bool> HasSchemaAsync(CancellationToken cancellation)
    {
        await using var command = _services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select to_regclass('ledger.position') is not null and to_regclass('mt.mt_doc_noticeentry') is not null and to_regclass('ledger.attachment') is not null");
        if (!(bool)(await command.ExecuteScalarAsync(cancellation))!) return false;
        await using var first = _services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select exists (select from mt.mt_streams where id = $1)");
        first.Parameters.Add(new NpgsqlParameter<string> { TypedValue = new Subject(StreamKind.Calendar, "2026").ToString() });
        return (bool)(await first.ExecuteScalarAsync(cancellation))!;
    }
}
