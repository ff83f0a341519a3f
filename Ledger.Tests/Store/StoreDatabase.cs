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
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var connectionString = await TestCluster.CreateDatabaseAsync();
        await using (var store = StoreOn(connectionString)) await LedgerSchema.ApplyAsync(store);
        NpgsqlConnection.ClearAllPools();
        return TestCluster.NameOf(connectionString);
    });

    private StoreDatabase(string owner, string login)
    {
        Owner = NpgsqlDataSource.Create(LedgerStore.ConnectionString(owner) + ";Persist Security Info=true");
        Source = NpgsqlDataSource.Create(LedgerStore.ConnectionString(login) + ";Persist Security Info=true");
        (Store, Positions) = (StoreOn(login), new Positions(Source));
    }

    /// <summary>The cluster's superuser.</summary>
    public NpgsqlDataSource Owner { get; }

    public DocumentStore Store { get; }

    public NpgsqlDataSource Source { get; }

    public Positions Positions { get; }

    /// <summary>A migrated database; the store and the source work as its writer.</summary>
    public static async Task<StoreDatabase> CreateAsync()
    {
        var logins = await TestCluster.CreateLedgerAsync(await Template.Value);
        return new StoreDatabase(logins.Owner!, logins.Writer);
    }

    /// <summary>A database with nothing in it, used by the superuser.</summary>
    public static async Task<StoreDatabase> CreateEmptyAsync()
    {
        var owner = await TestCluster.CreateDatabaseAsync();
        return new StoreDatabase(owner, owner);
    }

    /// <summary>Another program on the same database, as the same login.</summary>
    public StoreDatabase OpenAgain() => new(Owner.ConnectionString, Source.ConnectionString);

    /// <summary>The same database with the superuser at work.</summary>
    public StoreDatabase AsOwner() => new(Owner.ConnectionString, Owner.ConnectionString);

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

    /// <summary>Runs SQL as the superuser.</summary>
    public async Task AsAdministratorAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Source.DisposeAsync();
        await Owner.DisposeAsync();
    }

    private static DocumentStore StoreOn(string connectionString) => DocumentStore.For(options => LedgerStore.Configure(
        options, connectionString, [(typeof(Opened), "MatterOpened"), (typeof(Noted), "MatterNoted")], Json));
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
