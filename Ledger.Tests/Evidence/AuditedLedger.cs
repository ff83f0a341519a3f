using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace Ledger.Tests.Evidence;

/// <summary>A sealed ledger with an auditor, and a superuser who does what he should not.</summary>
public sealed class AuditedLedger : IAsyncDisposable
{
    // Every table that is append only, and the heads that are not.
    private static readonly string[] Guarded =
    [
        "mt.mt_events", "mt.mt_streams", "ledger.intake", "ledger.position", "ledger.leaf", "ledger.leaf_payload", "ledger.tile", "ledger.checkpoint", "ledger.stream_index",
        "ledger.schema_change", "ledger.leaf_member", "ledger.pending_leaf", "ledger.attachment", "ledger.attachment_chunk", "ledger.attachment_storer",
    ];

    private readonly NpgsqlDataSource _auditor;

    private readonly bool _owns;

    private AuditedLedger(SealedLedger ledger, bool owns = true)
    {
        (Sealed, _owns) = (ledger, owns);
        _auditor = NpgsqlDataSource.Create(LedgerStore.ConnectionString(ledger.Ledger.Logins.RequiredAuditor));
    }

    public SealedLedger Sealed { get; }

    public LedgerDatabase Ledger => Sealed.Ledger;

    public Sealer Sealer => Sealed.Sealer;

    public static async Task<AuditedLedger> CreateAsync() => new(await SealedLedger.CreateAsync());

    /// <summary>An auditor of a ledger that somebody else disposes of.</summary>
    public static AuditedLedger Of(SealedLedger ledger) => new(ledger, owns: false);

    /// <summary>The same ledger after all its connections were ended.</summary>
    public AuditedLedger OpenAgain() => new(Sealed.OpenAgain());

    /// <summary>On a ledger that was migrated elsewhere.</summary>
    public static AuditedLedger On(LedgerDatabase ledger) => new(SealedLedger.On(ledger));

    /// <summary>Records a fact in a stream of its own, and answers its position.</summary>
    public async Task<long> RecordAsync() => await SequenceOfAsync("unit/" + await Sealed.RecordAsync());

    /// <summary>Records a fact about a subject.</summary>
    public async Task<long> RecordAsync(string subject, IFact fact)
    {
        (await Ledger.RecordAsync(subject, fact)).Refusal.ShouldBeNullRefusal();
        return await SequenceOfAsync(subject);
    }

    public Task<long> SequenceOfAsync(string stream) => ScalarAsync<long>($"select max(seq_id) from mt.mt_events where stream_id = '{stream}'");

    public Task<string> StreamOfAsync(long sequence) => ScalarAsync<string>($"select stream_id from mt.mt_events where seq_id = {sequence}");

    public Task<long> LeafOfAsync(long sequence) => ScalarAsync<long>($"select leaf_index from ledger.leaf where seq_id = {sequence}");

    public Task<T> ScalarAsync<T>(string sql) => Sealed.ScalarAsync<T>(sql);

    public Task<(Checkpoint Checkpoint, SignedNote Note)> LatestAsync() => Sealed.LatestAsync();

    /// <summary>Lets the projections follow the ledger to where it stands.</summary>
    public async Task ProjectAsync()
    {
        var position = (await Ledger.Services.GetRequiredService<Positions>().AdvanceAsync()).Position;
        using var daemon = await Ledger.Store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await Eventually.IsAsync(async () => (await Ledger.Services.GetRequiredService<ReadModels>().StateAsync()).Position >= position, $"read models at {position}");
        await daemon.StopAllAsync();
    }

    /// <summary>Audits as the auditor's login.</summary>
    public Task<AuditReport> AuditAsync(AuditOptions? options = null, IProgress<AuditProgress>? progress = null, CancellationToken cancellation = default) =>
        Audit().RunAsync(options ?? new AuditOptions(), progress, cancellation);

    public LedgerAudit Audit() => new(_auditor, Sealed.Folder, TimeProvider.System);

    /// <summary>Audits another database with this one's journal.</summary>
    public async Task<AuditReport> AuditAsync(string connectionString, AuditOptions? options = null)
    {
        await using var source = NpgsqlDataSource.Create(LedgerStore.ConnectionString(connectionString));
        return await new LedgerAudit(source, Sealed.Folder, TimeProvider.System).RunAsync(options ?? new AuditOptions());
    }

    /// <summary>Runs SQL as the superuser, guards and log of changes as they are.</summary>
    public Task AsSuperuserAsync(string sql)
    {
        Ledger.Audit.Skip("a superuser attacks this ledger");
        return Sealed.RunAsync(sql);
    }

    /// <summary>Runs SQL as a superuser who takes down every guard and the log of changes first, and puts them up again as they were.</summary>
    public Task BehindAsync(string sql) => AsSuperuserAsync(Unguarded(sql));

    public static string Unguarded(string sql) =>
        "alter event trigger ledger_log_ddl disable; alter event trigger ledger_log_drop disable;"
        + string.Concat(Guarded.Select(t => $"alter table {t} disable trigger all;"))
        + sql.TrimEnd(';') + ";"
        + string.Concat(Guarded.Select(t => $"alter table {t} enable trigger all;"))
        + """
          do $$
          declare t record;
          begin
            for t in select g.tgrelid::regclass as of, g.tgname as name from pg_trigger g where g.tgname like 'ledger\_%' loop
              execute format('alter table %s enable always trigger %I', t.of, t.name);
            end loop;
          end $$;
          alter event trigger ledger_log_ddl enable always; alter event trigger ledger_log_drop enable always;
          """;

    public async ValueTask DisposeAsync()
    {
        await _auditor.DisposeAsync();
        if (_owns) await Sealed.DisposeAsync();
    }
}

/// <summary>What an audit is expected to find.</summary>
public static class FindingAssertions
{
    /// <summary>The codes of everything that is not mere information, each once.</summary>
    public static IReadOnlyList<string> Codes(this AuditReport report) =>
        [.. report.Counts.Keys.Where(code => AuditCodes.Of(code).Kind != AuditKind.Information).Order(StringComparer.Ordinal)];

    /// <summary>These codes and no others.</summary>
    public static void ShouldFindOnly(this AuditReport report, params AuditCode[] codes) =>
        report.Codes().ShouldBe([.. codes.Select(c => c.Code).Order(StringComparer.Ordinal)], customMessage: FinalAudit.Text(report));

    /// <summary>A finding of that code and position.</summary>
    public static AuditFinding ShouldFind(this AuditReport report, AuditCode code, long? sequence = null, string? member = null)
    {
        var found = report.Findings.Where(f => f.Code == code.Code && (sequence is null || f.Sequence == sequence) && (member is null || f.Member == member)).ToList();
        found.ShouldNotBeEmpty(string.Create(CultureInfo.InvariantCulture, $"{code.Code} #{sequence} {member} in:{FinalAudit.Text(report)}"));
        found[0].Chinese.ShouldNotBeEmpty();
        found[0].English.ShouldNotBeEmpty();
        return found[0];
    }
}
