using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Npgsql;
using Shouldly;

namespace Ledger.Tests.Evidence;

/// <summary>A sealed ledger with an auditor, and a superuser who does what he should not.</summary>
public sealed class AuditedLedger : IAsyncDisposable
{
    private readonly NpgsqlDataSource _auditor;

    private AuditedLedger(SealedLedger ledger)
    {
        Sealed = ledger;
        _auditor = NpgsqlDataSource.Create(LedgerStore.ConnectionString(ledger.Ledger.Logins.RequiredAuditor));
    }

    public SealedLedger Sealed { get; }

    public LedgerDatabase Ledger => Sealed.Ledger;

    public Sealer Sealer => Sealed.Sealer;

    public static async Task<AuditedLedger> CreateAsync() => new(await SealedLedger.CreateAsync());

    public Task<string> RecordAsync() => Sealed.RecordAsync();

    public Task<T> ScalarAsync<T>(string sql) => Sealed.ScalarAsync<T>(sql);

    public Task<(Checkpoint Checkpoint, SignedNote Note)> LatestAsync() => Sealed.LatestAsync();

    /// <summary>Audits as the auditor's login.</summary>
    public Task<AuditReport> AuditAsync(AuditOptions? options = null, IProgress<AuditProgress>? progress = null, CancellationToken cancellation = default) =>
        new LedgerAudit(_auditor, Sealed.Folder, TimeProvider.System).RunAsync(options ?? new AuditOptions(), progress, cancellation);

    /// <summary>Runs SQL as a superuser for whom no trigger fires.</summary>
    public Task AttackAsync(string sql) => Sealed.RunAsync(sql);

    public async ValueTask DisposeAsync()
    {
        await _auditor.DisposeAsync();
        await Sealed.DisposeAsync();
    }
}
