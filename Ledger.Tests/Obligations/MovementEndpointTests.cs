using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Tests.Http;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Obligations;

/// <summary>One unit is first with a lost case and a won one; then the other loses its only one.</summary>
public sealed class MovingApp : AppFixture
{
    /// <summary>The position before the other unit lost.</summary>
    public long Before { get; private set; }

    protected override async Task ArrangeAsync()
    {
        foreach (var unit in new[] { CountyApp.Mine, CountyApp.Other })
            await RecordAsync("unit/" + unit, new UnitRegistered(unit + "镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await RecordAsync("lawsuit/lost", CountyApp.Docketed(1, CountyApp.Mine), Judgment(1, CountyApp.Mine, Outcome.RevokeAll));
        await RecordAsync("lawsuit/won", CountyApp.Docketed(2, CountyApp.Mine), Judgment(2, CountyApp.Mine, Outcome.DismissClaims));
        await RecordAsync("lawsuit/others", CountyApp.Docketed(3, CountyApp.Other));
        Before = (long)(await SqlAsync("select max(seq_id) from mt.mt_events"))!;
        await RecordAsync("lawsuit/others", Judgment(3, CountyApp.Other, Outcome.RevokeAll));
    }

    private static JudgmentRendered Judgment(int n, string unit, Outcome outcome) =>
        new(CountyApp.CaseNo(n), InstanceLevel.First, DocumentKind.Judgment, new DateOnly(2024, 5, 20), [new Disposition(unit, outcome)]);
}

/// <summary>The movement and the score over HTTP: a clerk hears of the own unit.</summary>
public sealed class MovementEndpointTests(MovingApp app) : IClassFixture<MovingApp>
{
    [Fact]
    public async Task A_clerk_hears_that_the_rank_moved_and_not_by_which_case_of_another_unit()
    {
        var url = $"/api/movement?unit={CountyApp.Mine}&period=2024&from={app.Before}";
        var told = (await app.JsonAsync(url, CountyApp.Supervisor))["steps"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)told["subject"], (string?)told["by"], (int?)told["rankBefore"], (int?)told["rankAfter"]).ShouldBe(("lawsuit/others", "tests", 1, 2));
        told["lossRateAfter"]!.ToJsonString().ShouldBe("""{"n":1,"d":2}""");
        var reserved = (await app.JsonAsync(url, CountyApp.Clerk))["steps"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)reserved["subject"], (string?)reserved["by"], (string?)reserved["on"], (int?)reserved["rankAfter"]).ShouldBe((null, null, null, 2));
        ((string?)reserved["fact"]).ShouldBe("JudgmentRendered");
        await app.GetAsync($"/api/movement?unit={CountyApp.Mine}&period=2024", CountyApp.Supervisor, 400);
        await app.GetAsync($"/api/movement?unit={CountyApp.Mine}&period=2024&from=999999", CountyApp.Supervisor, 400);
    }

    [Theory]
    [InlineData("movement?period=2024&from=1&unit=")]
    [InlineData("compliance?period=2024&unit=")]
    public async Task A_clerk_does_not_ask_about_another_unit(string question)
    {
        await app.GetAsync("/api/" + question + CountyApp.Mine, CountyApp.Clerk);
        await app.GetAsync("/api/" + question + CountyApp.Other, CountyApp.Clerk, 403);
    }
}
