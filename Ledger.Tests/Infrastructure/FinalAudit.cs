using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;
using Ledger.Host.Postgres;
using Ledger.Projections.Store;
using Ledger.Tests.Evidence;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit.Sdk;

namespace Ledger.Tests.Infrastructure;

/// <summary>
/// The end of each test that has a ledger of its own: everything is sealed and audited, and whatever the test did to the ledger by
/// the ledger's own means has to have left nothing to find.
/// </summary>
/// <param name="logins">The ledger.</param>
public sealed class FinalAudit(LedgerLogins logins)
{
    private string? _reason;

    /// <summary>Keys and journal of a ledger that has been sealed already; its own in a temporary folder when not given.</summary>
    public (EvidenceFolder Folder, IKeyRing Keys, IOptions<EvidenceOptions> Options)? Evidence { get; set; }

    /// <summary>Whether the store has the county's read models.</summary>
    public bool ReadModels { get; init; } = true;

    /// <summary>Leaves the audit out.</summary>
    /// <param name="reason">What the test does to its ledger that an audit finds.</param>
    public void Skip(string reason) => _reason = string.IsNullOrWhiteSpace(reason) ? throw new ArgumentException("a reason", nameof(reason)) : reason;

    /// <summary>Seals and audits.</summary>
    /// <exception cref="XunitException">There is a finding.</exception>
    public async Task RunAsync()
    {
        if (_reason is not null) return;
        var own = Evidence is null ? Directory.CreateTempSubdirectory("ledger-evidence-") : null;
        try
        {
            var (folder, keys, options) = Evidence ?? Own(own!.FullName);
            await using var sealer = NpgsqlDataSource.Create(LedgerStore.ConnectionString(logins.RequiredSealer));
            await using var auditor = NpgsqlDataSource.Create(LedgerStore.ConnectionString(logins.RequiredAuditor));
            await new Sealer(new SealerDatabase(sealer), folder, keys, options).SealWithHeadsAsync();
            var report = await new LedgerAudit(auditor, folder, TimeProvider.System).RunAsync(new AuditOptions { ReadModels = ReadModels });
            if (!report.IsClean) throw new XunitException("The ledger's final audit: " + Text(report));
        }
        finally
        {
            own?.Delete(recursive: true);
        }
    }

    /// <summary>The findings of a report, one a line.</summary>
    public static string Text(AuditReport report) => string.Concat(report.Findings.Where(f => f.Kind != AuditKind.Information).Select(f => $"\n{f.Code} #{f.Sequence} leaf {f.Leaf} {f.Subject} {f.Member}: {f.Sealed} -> {f.Found}"));

    private static (EvidenceFolder, IKeyRing, IOptions<EvidenceOptions>) Own(string path)
    {
        var options = Options.Create(new EvidenceOptions { Directory = path });
        return (new EvidenceFolder(options), new MemoryKeys(), options);
    }
}
