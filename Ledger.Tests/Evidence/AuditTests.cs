using System.Globalization;
using System.Text;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Audit;
using Ledger.Projections.Store;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>What an audit says of a ledger that nobody has touched, and that it goes on from where it was stopped.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private AuditedLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await AuditedLedger.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task An_untouched_ledger_is_clean_and_every_row_was_hashed()
    {
        for (var i = 0; i < 5; i++) await _ledger.RecordAsync();
        await _ledger.Sealer.SealWithHeadsAsync();
        for (var i = 0; i < 300; i++) await _ledger.RecordAsync();
        await _ledger.Sealer.SealWithHeadsAsync();
        await _ledger.RecordAsync();

        var report = await _ledger.AuditAsync();
        report.Findings.Where(f => f.Kind != AuditKind.Information).ShouldBeEmpty();
        report.ExitCode.ShouldBe(0);
        report.Rows.ShouldBe(await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf where kind = 'event'"));
        report.Unsealed.ShouldBe(1);
        var (checkpoint, _) = await _ledger.LatestAsync();
        (report.Size, report.Root).ShouldBe((checkpoint.Size, Convert.ToBase64String(checkpoint.Root)));
    }
}
