using JasperFx.Events.Projections;
using Ledger.Host;
using Ledger.Host.Answers;
using Ledger.Host.Attachments;
using Ledger.Host.Import;
using Ledger.Host.Intake;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ledger.Benchmarks.Running;

/// <summary>One ledger, put together as the CLI and the host put it together; the reference uses the same data source.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly Func<Task>? _drop;
    private readonly ServiceProvider _services;

    public BenchDatabase(string connectionString, Func<Task>? drop = null)
    {
        _drop = drop;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddLedger(connectionString);
        services.AddSingleton<IDocumentStore>(_ => DocumentStore.For(options =>
        {
            LedgerServices.ConfigureStore(options, connectionString, TimeProvider.System);
            options.DisableNpgsqlLogging = true;
            options.Projections.Add(new ReferenceFold(), ProjectionLifecycle.Live);
        }));
        _services = services.BuildServiceProvider();
    }

    public IDocumentStore Store => Get<IDocumentStore>();

    public NpgsqlDataSource Source => Get<NpgsqlDataSource>();

    public FactIntake Intake => Get<FactIntake>();

    public FactImport Import => Get<FactImport>();

    public ReadModels ReadModels => Get<ReadModels>();

    public Positions Positions => Get<Positions>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The questions with an empty memory, as a program has it that has just started.</summary>
    public LedgerAnswers AnswersWithoutMemory(out FactMemory memory)
    {
        memory = new FactMemory(Get<FactLog>());
        return new LedgerAnswers(Get<Scopes>(), ReadModels, memory, Get<FactLog>(), Get<AttachmentStore>());
    }

    /// <summary>Records a fact that has to be admitted.</summary>
    public async Task RecordAsync(RecordFact command)
    {
        var receipt = await Intake.RecordAsync(command);
        if (receipt.Refusal is { } refusal) throw new InvalidOperationException(refusal.English);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = Source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_drop is not null) await _drop();
    }
}
