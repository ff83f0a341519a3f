using System.Text;
using Ledger.Domain.Facts;
using Ledger.Host;
using Ledger.Host.Import;
using Ledger.Host.Intake;
using Ledger.Host.Postgres;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Marten;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;

namespace Ledger.Tests.Import;

/// <summary>A fresh ledger with the real catalogue, for imports. The schema is applied once and copied.</summary>
public sealed class ImportDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var connectionString = await TestCluster.CreateDatabaseAsync();
        await using var store = DocumentStore.For(o => LedgerServices.ConfigureStore(o, connectionString));
        await LedgerSchema.ApplyAsync(store);
        NpgsqlConnection.ClearAllPools();
        return TestCluster.NameOf(connectionString);
    });

    private ImportDatabase(LedgerLogins logins)
    {
        Logins = logins;
        Audit = new FinalAudit(logins);
        Store = DocumentStore.For(o => LedgerServices.ConfigureStore(o, logins.Writer));
        Source = NpgsqlDataSource.Create(LedgerStore.ConnectionString(logins.Writer) + ";Persist Security Info=true");
    }

    /// <summary>How the test ends.</summary>
    public FinalAudit Audit { get; }

    /// <summary>The logins of the database. Everything here works as the writer.</summary>
    public LedgerLogins Logins { get; }

    public DocumentStore Store { get; }

    public NpgsqlDataSource Source { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 1, 1, 0, 0, TimeSpan.Zero));

    public static async Task<ImportDatabase> CreateAsync() => new(await TestCluster.CreateLedgerAsync(await Template.Value));

    public FactIntake Intake => new(Store, new PositionMarker(new Positions(Source)), new Reproduction(new FactMemory(new FactLog(Source)), new Positions(Source), Clock), Clock);

    /// <summary>Records a line as a command.</summary>
    public Task<Receipt> RecordAsync(string line, string actor = "importer")
    {
        var envelope = Envelope.Read(Encoding.UTF8.GetBytes(line)).Envelope!;
        return Intake.RecordAsync(new RecordFact(envelope.Subject, envelope.Fact, envelope.Id, actor, envelope.Time));
    }

    public FactImport Importer(ImportOptions? options = null) => new(Source, Clock, options);

    public async Task<ImportReport> ImportAsync(IEnumerable<string> lines, ImportOptions? options = null)
    {
        using var file = FileOf(lines);
        return await Importer(options).RunAsync(file, "importer");
    }

    public static MemoryStream FileOf(IEnumerable<string> lines) => new(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<List<string>> ColumnAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>Everything that an import leaves, except instants and the numbers that order subjects among each other.</summary>
    public async Task<string> ContentAsync()
    {
        var parts = new List<string>();
        foreach (var sql in new[]
        {
            """
            select jsonb_build_object('id', id, 'stream', stream_id, 'version', version, 'data', data, 'type', type, 'class', mt_dotnet_type,
              'tenant', tenant_id, 'correlation', correlation_id, 'causation', causation_id, 'headers', headers, 'user', user_name,
              'archived', is_archived)::text
            from mt.mt_events order by stream_id collate "C", version
            """,
            """select id || ' ' || type || ' ' || version || ' ' || tenant_id from mt.mt_streams order by id collate "C" """,
            """select case_no || ' ' || subject from ledger.case_number order by case_no collate "C" """,
            """select unit from ledger.registered_unit order by unit collate "C" """,
            "select state || ' ' || imported || ' ' || duplicates || ' ' || encode(sha256, 'hex') from ledger.import order by id",
        }) parts.AddRange(await ColumnAsync(sql));
        return string.Join('\n', parts);
    }

    /// <summary>What every ledger must hold, however it was filled.</summary>
    public async Task CheckInvariantsAsync()
    {
        (await ScalarAsync<long>("""
            select count(*) from mt.mt_streams s left join
              (select stream_id, max(version) m, count(*) n, count(distinct version) d from mt.mt_events group by 1) e on e.stream_id = s.id
            where s.version is distinct from e.m or e.m <> e.n or e.n <> e.d
            """)).ShouldBe(0);
        (await ScalarAsync<long>("""
            select count(*) from (select seq_id < lag(seq_id) over (partition by stream_id order by version) as back from mt.mt_events) x where back
            """)).ShouldBe(0);
        (await ScalarAsync<long>("select count(*) from mt.mt_events e full join ledger.intake i using (seq_id) where e.id is null or i.xid is null")).ShouldBe(0);
        foreach (var table in new[] { "line", "outcome", "subject", "case_number", "unit", "progress" })
            (await ScalarAsync<long>($"select count(*) from ledger.import_{table}")).ShouldBe(0, table);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Source.DisposeAsync();
        await Audit.RunAsync();
    }
}
