using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Marten;
using Npgsql;

namespace Ledger.Tests.Store;

/// <summary>A fresh ledger database with a store on it. The schema is applied once and copied.</summary>
public sealed class StoreDatabase : IAsyncDisposable
{
    /// <summary>As strict as the facts' own options: what the store needs of them is tested here.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var connectionString = await TestCluster.CreateDatabaseAsync();
        await using var database = Open(connectionString);
        await LedgerSchema.ApplyAsync(database.Store);
        return TestCluster.NameOf(connectionString);
    });

    private StoreDatabase(DocumentStore store, NpgsqlDataSource source)
    {
        (Store, Source, Positions) = (store, source, new Positions(source));
    }

    public DocumentStore Store { get; }

    public NpgsqlDataSource Source { get; }

    public Positions Positions { get; }

    public static async Task<StoreDatabase> CreateAsync() => Open(await TestCluster.CreateDatabaseAsync(await Template.Value));

    public static async Task<StoreDatabase> CreateEmptyAsync() => Open(await TestCluster.CreateDatabaseAsync());

    public StoreDatabase OpenAgain() => Open(Source.ConnectionString);

    /// <summary>Appends one event to a stream of its own, and answers its sequence number.</summary>
    public async Task<long> AppendAsync(string subject = "matter/1")
    {
        await using var session = Store.LightweightSession();
        var stream = await session.Events.FetchForWriting<Matter>(subject);
        var fact = stream.Aggregate is null ? (object)new Opened("first", new DateOnly(2026, 1, 2), Kind.Plain) : new Noted("more");
        stream.AppendOne(fact);
        await session.SaveChangesAsync();
        return await ScalarAsync<long>("select max(seq_id) from mt.mt_events where stream_id = $1", subject);
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<DateTimeOffset> InstantAsync(string sql) => new(await ScalarAsync<DateTime>(sql));

    public Task<string> TextAsync(string sql, params object[] parameters) => ScalarAsync<string>(sql, parameters);

    public async Task RunAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Source.DisposeAsync();
    }

    private static StoreDatabase Open(string connectionString) => new(
        DocumentStore.For(options => LedgerStore.Configure(
            options, connectionString, [(typeof(Opened), "MatterOpened"), (typeof(Noted), "MatterNoted")], Json)),
        NpgsqlDataSource.Create(LedgerStore.ConnectionString(connectionString) + ";Persist Security Info=true"));
}

public enum Kind
{
    Plain,
    VerySpecial,
}

public sealed record Opened(string Title, DateOnly On, Kind Kind, string? Remark = null);

public sealed record Noted(string Text);

public sealed partial record Matter(string Title, int Notes)
{
    public string Id { get; init; } = "";

    public static Matter Create(Opened fact) => new(fact.Title, 0);

    public Matter Apply(Noted fact) => this with { Notes = Notes + (fact.Text.Length > 0 ? 1 : 0) };
}
