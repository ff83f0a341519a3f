using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host;
using Ledger.Host.Deadlines;
using Ledger.Host.Intake;
using Ledger.Host.Postgres;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;
using Wolverine;

namespace Ledger.Tests.Deadlines;

/// <summary>A real host over a database of its own, on a clock that the test moves.</summary>
public sealed class DeadlineHost : IAsyncDisposable
{
    public const string Unit = "wuquan";
    public const string Township = "wucheng";

    private static readonly Lazy<Task<string>> Template = new(async () =>
    {
        var logins = await AppFixture.CreateDatabaseAsync();
        await using (var app = Build(logins.Writer, new FakeTimeProvider(At("2022-01-04T09:00")), DurabilityMode.Solo))
        {
            var intake = app.Services.GetRequiredService<FactIntake>();
            foreach (var unit in new[] { Unit, Township, RecordNoticeHandler.Bureau })
                await RecordAsync(intake, Subject.Unit(unit), new UnitRegistered(unit, UnitKind.Department, new DateOnly(2020, 1, 1)), unit);
        }

        NpgsqlConnection.ClearAllPools();
        return TestCluster.NameOf(logins.Writer);
    });

    private readonly WebApplication _app;

    // The database's own; a further host on it has none.
    private readonly FinalAudit? _audit;

    private DeadlineHost(WebApplication app, LedgerLogins logins, FakeTimeProvider clock, FinalAudit? audit) =>
        (_app, Logins, Clock, _audit) = (app, logins, clock, audit);

    /// <summary>The logins of the database; the host works as the writer.</summary>
    public LedgerLogins Logins { get; }

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>An instant in Asia/Shanghai.</summary>
    public static DateTimeOffset At(string local) =>
        new DateTimeOffset(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8)).ToUniversalTime();

    /// <summary>A host that runs, on a new database. It has followed the first facts: what comes later is looked at once.</summary>
    public static async Task<DeadlineHost> StartAsync(string now)
    {
        var host = await CreateAsync(now);
        await host._app.StartAsync();
        await host.SettledAsync();
        return host;
    }

    /// <summary>The services of a host that does not run, on a new database: what records facts without a host.</summary>
    public static async Task<DeadlineHost> CreateAsync(string now)
    {
        var (database, clock) = (await TestCluster.CreateLedgerAsync(await Template.Value), new FakeTimeProvider(At(now)));
        return new DeadlineHost(Build(database.Writer, clock, DurabilityMode.Solo), database, clock, new FinalAudit(database));
    }

    /// <summary>A further host on the same database and clock.</summary>
    public async Task<DeadlineHost> StartAnotherAsync(DurabilityMode mode = DurabilityMode.Solo)
    {
        var host = new DeadlineHost(Build(Logins.Writer, Clock, mode), Logins, Clock, audit: null);
        await host._app.StartAsync();
        return host;
    }

    public Task StopAsync() => _app.StopAsync();

    /// <summary>Moves the clock on to an instant.</summary>
    public DateTimeOffset Reach(string local)
    {
        Clock.SetUtcNow(At(local));
        return At(local);
    }

    /// <summary>Records a lawsuit of 4 September 2023 against a unit.</summary>
    public Task DocketAsync(string key, int number, string unit = Unit) => RecordAsync(
        key,
        new LawsuitDocketed(
            CaseNo(number), "舞阳县人民法院", new DateOnly(2023, 9, 4), LawsuitCategory.Administrative, "行政处罚", "城管", "处罚",
            [new Defendant(unit, DefendantCapacity.Sole)]),
        "docketed");

    public Task MaterialsAsync(string key, int number, string on, string unit = Unit, string id = "materials") =>
        RecordAsync(key, new ResponseMaterialsReceived(unit, CaseNo(number), DateOnly.Parse(on)), id);

    public Task FileAsync(string key, int number, string at, string unit = Unit) =>
        RecordAsync(key, new CaseFilingSubmitted(unit, CaseNo(number), At(at)), "filed");

    public Task CorrectAsync(string key, string id, string member, object value, string because = "1") => RecordAsync(
        key,
        new FactCorrected(
            IdOf(key, id),
            new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [member] = JsonSerializer.SerializeToElement(value, FactJson.Options) },
            "录入有误",
            "张三"),
        $"{id}/{member}/{because}");

    public Task RetractAsync(string key, string id) => RecordAsync(key, new FactRetracted(IdOf(key, id), "录入有误", "张三"), id + "/retracted");

    public static string CaseNo(int number) => $"（2023）豫1121行初{number}号";

    public Task RecordAsync(string key, IFact fact, string id) =>
        RecordAsync(Services.GetRequiredService<FactIntake>(), Subject.Lawsuit(key), fact, id);

    public Task RecordAsync(Subject subject, IFact fact, string id) =>
        RecordAsync(Services.GetRequiredService<FactIntake>(), subject, fact, id);

    /// <summary>Delivers a wake-up for the present instant, past the queue.</summary>
    public Task WakeAsync(params string[] lawsuits) => WakeAsync(Clock.GetUtcNow(), lawsuits);

    public Task WakeAsync(DateTimeOffset at, params string[] lawsuits) =>
        Services.CreateScope().ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(new DeadlineReached(at, lawsuits));

    /// <summary>The notices once everything recorded has been followed and every message handled; each "kind dueOn".</summary>
    public async Task<IReadOnlyList<string>> NoticesAsync(string lawsuit) =>
        [.. (await ListAsync()).Where(n => n.Notice.Lawsuit == lawsuit).Select(n => $"{n.Notice.Kind} {n.Notice.DueOn:yyyy-MM-dd}").Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<ListedNotice>> ListAsync()
    {
        await SettledAsync();
        var (notices, _) = await Services.GetRequiredService<NoticeAnswers>().ListAsync(null, null);
        foreach (var notice in notices!)
            notice.Recipients.ShouldBe([RecordNoticeHandler.Bureau, notice.Notice.Unit], ignoreOrder: true);
        return notices;
    }

    public Task SettledAsync() => Eventually.IsAsync(
        async () => await ScalarAsync<bool>(
            """
            select coalesce((select last_seq_id from mt.mt_event_progression where name = 'Deadlines:All'), 0) >= (select max(seq_id) from mt.mt_events)
               and not exists (select from wolverine.wolverine_incoming_envelopes where status = 'Incoming')
            """),
        "the subscription follows and the messages are handled",
        TimeSpan.FromMinutes(1));

    /// <summary>How many messages wait for their time.</summary>
    public async Task<long> ScheduledAsync() =>
        await ScalarAsync<long>("select count(*) from wolverine.wolverine_incoming_envelopes where status = 'Scheduled'");

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_audit is not null) await _audit.RunAsync();
    }

    private static FactId IdOf(string key, string id) => new("/test", key + "/" + id);

    private static async Task RecordAsync(FactIntake intake, Subject subject, IFact fact, string id)
    {
        var receipt = await intake.RecordAsync(new RecordFact(subject, fact, IdOf(subject.Key, id), "test"));
        receipt.Refusal.ShouldBeNull();
    }

    private static WebApplication Build(string database, TimeProvider clock, DurabilityMode mode) => LedgerHost.Build([], database, builder =>
    {
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(TestTokens.Configuration);
        builder.Services.AddSingleton(clock);
        builder.Services.ConfigureWolverine(options =>
        {
            options.Durability.Mode = mode;
            options.Durability.ScheduledJobFirstExecution = TimeSpan.FromMilliseconds(100);
            options.Durability.ScheduledJobPollingTime = TimeSpan.FromMilliseconds(250);
        });
    });
}
