using System.Text.Json.Nodes;
using Alba;
using Ledger.Domain.Facts;
using Ledger.Host;
using Ledger.Host.Api;
using Ledger.Host.Evidence;
using Ledger.Host.Intake;
using Ledger.Host.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Infrastructure;

/// <summary>
/// The whole host on a database of its own (a copy of one that was migrated once), asked through its real pipeline.
/// <code>
/// public sealed class SomeTests(AppFixture app) : IClassFixture&lt;AppFixture&gt;
/// </code>
/// </summary>
public class AppFixture : IAsyncLifetime
{
    /// <summary>What the ledger's clock says when the host starts.</summary>
    public static readonly DateTimeOffset Start = new(2024, 7, 5, 9, 0, 0, TimeSpan.FromHours(8));

    private static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var connectionString = await TestCluster.CreateDatabaseAsync();
        await LedgerLogins.MigrateAsync(new GivenLogins(connectionString));
        NpgsqlConnection.ClearAllPools();
        return TestCluster.NameOf(connectionString);
    });

    private readonly DirectoryInfo _evidence = Directory.CreateTempSubdirectory("ledger-evidence-");
    private int _keys;

    public IAlbaHost Host { get; private set; } = null!;

    public TestClock Clock { get; } = new(Start);

    public CapturedLogs Logs { get; } = new();

    /// <summary>The host's own login: what it may not do, it need not.</summary>
    public string ConnectionString => Logins.Writer;

    /// <summary>A superuser's login, for what is arranged behind the ledger's back.</summary>
    public string AdministratorConnectionString => Logins.Owner!;

    /// <summary>The logins of the database.</summary>
    public LedgerLogins Logins { get; private set; } = null!;

    public IServiceProvider Services => Host.Services;

    /// <summary>A database with the ledger's schema and first facts.</summary>
    public static async Task<LedgerLogins> CreateDatabaseAsync() => await TestCluster.CreateLedgerAsync(await Template.Value);

    public async ValueTask InitializeAsync()
    {
        Logins = await CreateDatabaseAsync();
        await PrepareAsync();
        var builder = LedgerHost.CreateBuilder([], ConnectionString, Configure, Logins.Sealer);
        Host = await AlbaHost.For(builder, LedgerHost.Compose);
        await ArrangeAsync();
    }

    /// <summary>How the class ends.</summary>
    public FinalAudit Audit => field ??= new FinalAudit(Logins);

    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            // The host has sealed with these.
            Audit.Evidence = (Services.GetRequiredService<EvidenceFolder>(), Services.GetRequiredService<IKeyRing>(), Services.GetRequiredService<IOptions<EvidenceOptions>>());
            await Host.DisposeAsync();
            await Audit.RunAsync();
        }
        finally
        {
            _evidence.Delete(recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>What the database holds before the host starts; the first facts unless a fixture adds to them.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>What the tests of a class start from; nothing unless a fixture overrides it.</summary>
    protected virtual Task ArrangeAsync() => Task.CompletedTask;

    /// <summary>Changes the host before it is built.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(TestTokens.Configuration);
        // Keys and journal go with the fixture.
        builder.Configuration.AddInMemoryCollection([new("Ledger:Evidence:Directory", _evidence.FullName)]);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Logging.ClearProviders();
        // Everything is captured, however quiet the configuration is: what is looked for must not be in any line.
        builder.Configuration.AddInMemoryCollection([new("Logging:LogLevel:Default", "Debug")]);
        builder.Logging.AddProvider(Logs);
        Trust(builder.Services);
    }

    /// <summary>Whose tokens the host takes.</summary>
    protected virtual void Trust(IServiceCollection services) => TestTokens.Trust(services);

    /// <summary>Asks as somebody; nobody when no token is given.</summary>
    public Task<IScenarioResult> GetAsync(string url, string? token, int status = 200, Action<Scenario>? more = null) => Host.Scenario(s =>
    {
        s.Get.Url(url);
        if (token is not null) s.WithRequestHeader("Authorization", "Bearer " + token);
        s.StatusCodeShouldBe(status);
        more?.Invoke(s);
    });

    /// <summary>The JSON of an answer.</summary>
    public async Task<JsonNode> JsonAsync(string url, string token) => JsonNode.Parse(await (await GetAsync(url, token)).ReadAsTextAsync())!;

    /// <summary>Sends a fact's data as somebody.</summary>
    public Task<IScenarioResult> PostAsync(string url, string data, string? token, int status = 201, Action<Scenario>? more = null, string? key = null) =>
        Host.Scenario(s =>
        {
            s.Post.Text(data).ToUrl(url);
            s.WithRequestHeader("Content-Type", "application/json");
            if (token is not null) s.WithRequestHeader("Authorization", "Bearer " + token);
            s.WithRequestHeader("Idempotency-Key", key ?? $"k{Interlocked.Increment(ref _keys)}");
            s.StatusCodeShouldBe(status);
            more?.Invoke(s);
        });

    /// <summary>The address of a fact's command.</summary>
    public static string UrlOf(Subject subject, string fact) => $"/api/{FactEndpoints.Plural(subject.Kind)}/{subject.Key}/{FactEndpoints.Kebab(fact)}";

    /// <summary>Records facts past HTTP: what a test starts from, not what it is about.</summary>
    public async Task RecordAsync(string subject, params IFact[] facts)
    {
        Subject.TryParse(subject, out var parsed).ShouldBeTrue();
        foreach (var fact in facts)
        {
            var id = new FactId("/tests/arranged", $"a{Interlocked.Increment(ref _keys)}");
            var receipt = await Services.GetRequiredService<FactIntake>().RecordAsync(new RecordFact(parsed, fact, id, "tests"));
            receipt.Refusal.ShouldBeNull();
        }
    }

    /// <summary>Runs SQL on the ledger's database as the host's login.</summary>
    public async Task<object?> SqlAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Runs SQL on the ledger's database as its superuser.</summary>
    public async Task<object?> AsAdministratorAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(AdministratorConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
