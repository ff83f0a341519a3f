using Ledger.Domain.Units;
using Ledger.Host;
using Ledger.Host.Rebuild;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Wolverine;
using Xunit;

namespace Ledger.Tests.Projections;

/// <summary>Several hosts on one ledger: the projections run on one of them, and move when it dies.</summary>
public sealed class HostsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private ReadSide _ledger = null!;
    private int _recorded;

    public async ValueTask InitializeAsync() => _ledger = await ReadSide.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task The_projections_run_once_move_when_their_host_is_killed_and_run_again_after_a_rebuild()
    {
        using var victim = new HostProcess(_ledger.ConnectionString, "serve", "--urls", "http://127.0.0.1:0", "--Ledger:Demo=true");
        await RecordedIsProjectedAsync();
        (await AssignmentsAsync()).ShouldBe(1);
        (await RebuildAsync()).ShouldNotBeNull("a host owns the projections");

        await using (var second = BuildHost())
        {
            await second.StartAsync(TestContext.Current.CancellationToken);
            await Eventually.BecomesAsync(() => _ledger.ScalarAsync<long>("select count(*) from wolverine.wolverine_nodes"), n => n == 2, "two hosts", Patience);
            await RecordedIsProjectedAsync();
            (await AssignmentsAsync()).ShouldBe(1);

            victim.Kill();
            await RecordedIsProjectedAsync();
            (await AssignmentsAsync()).ShouldBe(1);
            // The projections may have been the second host's before; then nothing has waited for the dead one yet.
            await Eventually.BecomesAsync(() => _ledger.ScalarAsync<long>("select count(*) from wolverine.wolverine_nodes"), n => n == 1, "the killed host is given up", Patience);
            await second.StopAsync(TestContext.Current.CancellationToken);
        }

        var before = await _ledger.DocumentsAsync();
        (await RebuildAsync()).ShouldBeNull("nobody is there any more");
        (await _ledger.DocumentsAsync()).ShouldBe(before);

        await using var third = BuildHost();
        await third.StartAsync(TestContext.Current.CancellationToken);
        await RecordedIsProjectedAsync();
        (await _ledger.ScalarAsync<long>("select sum(jsonb_array_length(data -> 'facts'))::bigint from mt.mt_doc_subjectrecord"))
            .ShouldBe(await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events"));
        (await _ledger.ScalarAsync<long>("select count(*) from mt.mt_high_water_skips")).ShouldBe(0);
        await third.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task RecordedIsProjectedAsync()
    {
        for (var n = 0; n < 5; n++)
            (await _ledger.RecordAsync(Samples.Registered($"u{++_recorded}", $"第{_recorded}局", UnitKind.Department))).Refusal.ShouldBeNull();
        var position = (await _ledger.Positions.AdvanceAsync(TestContext.Current.CancellationToken)).Position;
        await Eventually.BecomesAsync(() => _ledger.ReadModels.StateAsync(), state => state.Position >= position, $"read models at {position}", Patience);
    }

    private Task<long> AssignmentsAsync() =>
        _ledger.ScalarAsync<long>("select count(*) from wolverine.wolverine_node_assignments where id ilike 'event-subscriptions:%county%'");

    private async Task<string?> RebuildAsync()
    {
        await using var program = LedgerHost.BuildWithoutServer(_ledger.ConnectionString);
        return (await ActivatorUtilities.CreateInstance<ReadModelRebuild>(program.Services).RunAsync(cancellation: TestContext.Current.CancellationToken)).Refused;
    }

    // It gives a silent host up sooner than a host in production, which waits for a minute.
    private WebApplication BuildHost() => LedgerHost.Build(["--urls", "http://127.0.0.1:0", "--Ledger:Demo=true"], _ledger.ConnectionString, builder =>
    {
        builder.Logging.ClearProviders();
        builder.Services.ConfigureWolverine(options =>
        {
            options.Durability.FirstHealthCheckExecution = TimeSpan.FromMilliseconds(200);
            options.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(1);
            options.Durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(1);
            options.Durability.StaleNodeTimeout = TimeSpan.FromSeconds(15);
            options.Durability.StaleNodeEjectionThreshold = 1;
        });
    });
}
