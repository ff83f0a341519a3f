using JasperFx.Events.Daemon;
using Ledger.Host;
using Ledger.Host.Answers;
using Ledger.Host.Intake;
using Ledger.Host.Postgres;
using Ledger.Projections;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace Ledger.Tests.Projections;

/// <summary>
/// A ledger on a database of its own, with its intake, its answers and a daemon that runs when told to; no host. Today is
/// that of the random histories.
/// </summary>
public sealed class ReadSide : IAsyncDisposable
{
    public const string Actor = "clerk";

    public static readonly string[] Documents = ["lawsuitrecord", "subjectrecord", "unitmonth", "unitdocket"];

    private static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var connectionString = await TestCluster.CreateDatabaseAsync();
        await LedgerLogins.MigrateAsync(new GivenLogins(connectionString));
        NpgsqlConnection.ClearAllPools();
        return TestCluster.NameOf(connectionString);
    });

    private readonly ServiceProvider _services;

    private readonly FinalAudit? _audit;

    private ReadSide(LedgerLogins logins, int batchSize, Action<StoreOptions>? configure, FinalAudit? audit)
    {
        _audit = audit;
        Logins = logins;
        var connectionString = logins.Writer;
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(new FixedDay());
        services.AddLedger(connectionString);
        services.AddSingleton<IDocumentStore>(provider => DocumentStore.For(options =>
        {
            LedgerServices.ConfigureStore(options, connectionString, provider.GetRequiredService<TimeProvider>());
            options.Projections.All.Single(p => p.Name == CountyProjection.Name).Options.BatchSize = batchSize;
            options.Projections.FastPollingTime = options.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(20);
            // The daemon is a test's own to start; any other value makes Marten write a warning to the standard output.
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
            configure?.Invoke(options);
        }));
        _services = services.BuildServiceProvider();
    }

    /// <summary>The logins of the database. Everything here works as the writer.</summary>
    public LedgerLogins Logins { get; }

    /// <summary>The writer's login.</summary>
    public string ConnectionString => Logins.Writer;

    /// <summary>Whether a daemon follows this ledger.</summary>
    public bool Running { get; private set; }

    public IDocumentStore Store => Get<IDocumentStore>();

    public LedgerAnswers Answers => Get<LedgerAnswers>();

    public FactIntake Intake => Get<FactIntake>();

    public ReadModels ReadModels => Get<ReadModels>();

    public Positions Positions => Get<Positions>();

    public NpgsqlDataSource Database => Get<NpgsqlDataSource>();

    /// <summary>A ledger that holds the first facts.</summary>
    public static async Task<ReadSide> CreateAsync(int batchSize = 5_000, Action<StoreOptions>? configure = null)
    {
        var logins = await TestCluster.CreateLedgerAsync(await Template.Value);
        return new ReadSide(logins, batchSize, configure, new FinalAudit(logins));
    }

    /// <summary>The same database as another program sees it: nothing is shared in memory.</summary>
    public ReadSide Again(int batchSize = 5_000, Action<StoreOptions>? configure = null) => new(Logins, batchSize, configure, audit: null);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<Receipt> RecordAsync(Told told) => Intake.RecordAsync(new RecordFact(told.Subject, told.Fact, told.Id, Actor));

    /// <summary>Records facts that were admitted elsewhere; calendars may be known here already.</summary>
    public async Task RecordAsync(IEnumerable<Told> history)
    {
        foreach (var told in history) (await RecordAsync(told)).Refusal.ShouldBeNull(told.ToString());
    }

    /// <summary>A daemon that follows the ledger until disposed.</summary>
    public async Task<RunningDaemon> StartDaemonAsync()
    {
        var daemon = await Store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        Running = true;
        return new RunningDaemon(daemon, this);
    }

    /// <summary>Waits until the read models rest on the ledger's position.</summary>
    public async Task<long> CaughtUpAsync()
    {
        var position = (await Positions.AdvanceAsync()).Position;
        await Eventually.BecomesAsync(
            async () => (await ReadModels.StateAsync(), await Positions.AdvanceAsync()),
            at => at.Item1.Position >= position, $"read models at {position}");
        return position;
    }

    /// <summary>Runs a daemon until the read models are there.</summary>
    public async Task<long> CatchUpAsync()
    {
        await using var daemon = await StartDaemonAsync();
        return await CaughtUpAsync();
    }

    /// <summary>Takes the read models back to nothing.</summary>
    public Task ForgetAsync() => RunAsync(
        string.Concat(Documents.Select(d => $"delete from mt.mt_doc_{d};")) + "delete from mt.mt_event_progression where name not like 'HighWater%'");

    /// <summary>Every document as the database holds it.</summary>
    public Task<string> DocumentsAsync() => ScalarAsync<string>(
        $"select coalesce(string_agg(d, E'\\n' order by d collate \"C\"), '') from ({string.Join(" union all ",
            Documents.Select(d => $"select '{d} ' || id || ' ' || data::text from mt.mt_doc_{d}"))}) all_of (d)");

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs SQL as the superuser: what a test does to the database, and not the ledger.</summary>
    public async Task AsAdministratorAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Logins.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How the test ends.</summary>
    public FinalAudit Audit => _audit ?? throw new InvalidOperationException("The ledger is audited by its first process.");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_audit is not null) await _audit.RunAsync();
    }

    /// <summary>A daemon that is stopped when the test is done with it.</summary>
    public sealed class RunningDaemon(IProjectionDaemon daemon, ReadSide ledger) : IAsyncDisposable
    {
        public IProjectionDaemon Daemon => daemon;

        public async ValueTask DisposeAsync()
        {
            await daemon.StopAllAsync();
            daemon.Dispose();
            ledger.Running = false;
        }
    }

    /// <summary>Noon, in Shanghai, of the last day of the random histories; timers run as always.</summary>
    private sealed class FixedDay : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 6, 30, 4, 0, 0, TimeSpan.Zero);
    }
}
