using Ledger.Domain.Units;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>
/// A cycle of append, seal and publish in which each statement fails in its turn, and in which the process dies between each
/// statement and its answer. Each time another process goes on, and the audit finds nothing: no fact is lost, none is there twice, and
/// no size is signed with two roots.
/// </summary>
public sealed class WireFaultTests : IAsyncLifetime
{
    private SealedLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await SealedLedger.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fact_is_recorded_once_whichever_statement_of_its_recording_fails(bool afterwards)
    {
        var cuts = await EveryCutAsync(afterwards, _ledger.Ledger.Logins.Writer, async (wire, n) =>
        {
            await using (var cut = _ledger.Ledger.OpenThrough(wire))
                await TriedAsync(() => RecordAsync(cut, n));
            await RecordAsync(_ledger.Ledger, n);
        });
        (await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events where stream_id like 'unit/w%'")).ShouldBe(cuts);
        (await _ledger.ScalarAsync<long>("select count(distinct stream_id) from mt.mt_events where stream_id like 'unit/w%'")).ShouldBe(cuts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_log_goes_on_whichever_statement_of_a_sealing_or_a_publication_fails(bool afterwards) =>
        await EveryCutAsync(afterwards, _ledger.Ledger.Logins.RequiredSealer, async (wire, n) =>
        {
            await RecordAsync(_ledger.Ledger, n);
            await using (var cut = NpgsqlDataSource.Create(LedgerStore.ConnectionString(wire)))
                await TriedAsync(() => _ledger.NewSealer(cut).SealWithHeadsAsync());
            await _ledger.NewSealer().SealAsync();
        });

    // Cut by cut until there is nothing left to cut, with an audit after each.
    private async Task<int> EveryCutAsync(bool afterwards, string login, Func<string, int, Task> cycle)
    {
        for (var n = 1; ; n++)
        {
            await using var wire = new CuttingWire(login, n, afterwards);
            await cycle(wire.ConnectionString, n);
            await _ledger.Ledger.Audit.RunAsync();
            if (wire.IsCut) continue;
            n.ShouldBeGreaterThan(6, "a login alone takes more than that");
            return n;
        }
    }

    private static async Task RecordAsync(LedgerDatabase ledger, int n)
    {
        var receipt = await ledger.RecordAsync($"unit/w{n}", new UnitRegistered($"单位{n}", UnitKind.Township, new DateOnly(2020, 1, 1)));
        receipt.Refusal.ShouldBeNullRefusal();
    }

    private static async Task TriedAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or Marten.Exceptions.MartenException or InvalidOperationException or TimeoutException)
        {
            // The process is gone; what it left is looked at.
        }
    }
}
