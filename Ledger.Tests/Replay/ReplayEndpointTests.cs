using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;
using Ledger.Host.Api;
using Ledger.Host.Security;
using Ledger.Tests.Http;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Replay;

/// <summary>
/// One lawsuit of the clerk's own unit, whose plaintiffs were corrected; one of another unit that was sued instead of it; and a
/// duty that a third unit handed to the own one.
/// </summary>
public sealed class ReplayApp : AppFixture
{
    public const string Third = "taiwei";

    protected override async Task ArrangeAsync()
    {
        foreach (var unit in new[] { CountyApp.Mine, CountyApp.Other, Third })
            await RecordAsync("unit/" + unit, new UnitRegistered(unit + "镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await RecordAsync("lawsuit/mine", CountyApp.Docketed(1, CountyApp.Mine, CountyApp.Names[0]));
        await CorrectAsync("lawsuit/mine", "plaintiffs", $"[\"{CountyApp.Names[2]}\"]");
        await RecordAsync("lawsuit/other", CountyApp.Docketed(2, CountyApp.Mine, CountyApp.Names[1]), Lost(2, CountyApp.Mine));
        await RecordAsync("lawsuit/third", CountyApp.Docketed(3, Third, CountyApp.Names[1]), new ResponseMaterialsReceived(Third, CountyApp.CaseNo(3), new DateOnly(2024, 4, 15)));
        // The unit was named by mistake: the lawsuit is the other unit's, but it moved the own unit's numbers while it stood.
        await CorrectAsync("lawsuit/other", "dispositions", $$"""[{"unit":"{{CountyApp.Mine}}","outcome":"DismissClaims"}]""", 1);
        await RetractAsync("lawsuit/other", 1);
        await CorrectAsync("lawsuit/other", "defendants", $$"""[{"unit":"{{CountyApp.Other}}","capacity":"Sole"}]""");
        await RecordAsync("unit/" + Third, new ObligationTransferred(DutyKind.CaseFiling, CountyApp.Mine, new DateOnly(2024, 4, 16), CountyApp.CaseNo(3)));
    }

    private static JudgmentRendered Lost(int n, string unit) =>
        new(CountyApp.CaseNo(n), InstanceLevel.First, DocumentKind.Judgment, new DateOnly(2024, 5, 20), [new Disposition(unit, Outcome.RevokeAll)]);

    private async Task CorrectAsync(string subject, string member, string value, int at = 0) =>
        await RecordAsync(subject, Samples.Corrected(await IdAsync(subject, at), (member, value)));

    private async Task RetractAsync(string subject, int at) => await RecordAsync(subject, Samples.Retracted(await IdAsync(subject, at)));

    private async Task<FactId> IdAsync(string subject, int at) => new(
        (string)(await SqlAsync($"select headers ->> 'source' from mt.mt_events where stream_id = '{subject}' order by version offset {at} limit 1"))!,
        (string)(await SqlAsync($"select headers ->> 'id' from mt.mt_events where stream_id = '{subject}' order by version offset {at} limit 1"))!);
}

/// <summary>Replays and comparisons over HTTP: the same decisions as for histories, and no name more.</summary>
public sealed class ReplayEndpointTests(ReplayApp app) : IClassFixture<ReplayApp>
{
    private static readonly string[] Told =
    [
        "/api/lawsuits/mine/history?states=true", "/api/lawsuits/mine/diff?from=@0", "/api/lawsuits/mine/diff?from=2020-01-01",
        "/api/units/wuquan/history?states=true", "/api/units/wuquan/diff?from=@0",
    ];

    [Theory]
    [InlineData(LedgerRole.Clerk, true)]
    [InlineData(LedgerRole.Supervisor, true)]
    [InlineData(LedgerRole.Inspector, false)]
    [InlineData(LedgerRole.Admin, false)]
    public async Task Names_are_masked_in_states_changes_and_amendments(LedgerRole role, bool reads)
    {
        var token = TestTokens.Of([role], role == LedgerRole.Clerk ? CountyApp.Mine : null, subject: "replays-" + role);
        foreach (var url in Told)
        {
            var text = (await app.JsonAsync(url, token)).ToJsonString(FactJson.Options);
            text.Contains(CountyApp.Names[2], StringComparison.Ordinal).ShouldBe(reads, url);
            text.Contains("李某某", StringComparison.Ordinal).ShouldBe(!reads, url);
            if (!reads) CountyApp.Names.ShouldAllBe(name => !text.Contains(name, StringComparison.Ordinal), url);
            // Of a lawsuit that is not the own unit's nobody reads a name through the own unit.
            text.ShouldNotContain(CountyApp.Names[1], Case.Sensitive, url);
        }

        app.Logs.Lines.Count(l => l.Category == PersonalData.Category && (string?)l.Values["Actor"] == "replays-" + role).ShouldBe(reads ? Told.Length : 0);
    }

    [Fact]
    public async Task A_masked_reader_sees_that_names_were_corrected_and_not_which()
    {
        var steps = (await app.JsonAsync("/api/lawsuits/mine/history?states=true", CountyApp.Inspector)).AsArray();
        var correction = steps[1]!;
        correction["data"]!["set"]!["plaintiffs"]!.ToJsonString(FactJson.Options).ShouldBe("""["李某某"]""");
        correction["amends"]!["changes"]!.ToJsonString(FactJson.Options).ShouldBe("""[{"member":"/plaintiffs/0","before":"张某某","after":"李某某"}]""");
        correction["states"]![0]!["changes"]!.ToJsonString(FactJson.Options).ShouldBe("""[{"member":"/plaintiffs/0","before":"张某某","after":"李某某"}]""");
    }

    [Theory]
    [InlineData("/api/units/wuquan/history?states=true")]
    [InlineData("/api/units/wuquan/diff?from=@0")]
    public async Task A_clerk_is_told_that_a_fact_elsewhere_moved_a_number_and_not_what_it_says(string url)
    {
        var told = await app.JsonAsync(url, CountyApp.Clerk);
        var facts = (told as JsonArray ?? told["facts"]!.AsArray()).Where(f => f!["elsewhere"] is not null).ToList();
        facts.Select(f => f!["type"]!.ToString()).ShouldBe(["LawsuitDocketed", "JudgmentRendered", "FactCorrected", "FactRetracted", "FactCorrected", "ObligationTransferred"]);
        facts.ShouldAllBe(f => f!["subject"] == null && f["data"] == null && f["actor"] == null && f["amends"] == null);
        var text = told.ToJsonString(FactJson.Options);
        text.ShouldNotContain("lawsuit/other");
        text.ShouldNotContain("unit/taiwei");
        var supervised = (await app.JsonAsync(url, CountyApp.Supervisor)).ToJsonString(FactJson.Options);
        supervised.ShouldContain("lawsuit/other");
        supervised.ShouldContain("unit/taiwei");
    }

    [Fact]
    public async Task A_transferred_duty_moves_the_successors_numbers()
    {
        var last = (await app.JsonAsync("/api/units/wuquan/history?states=true", CountyApp.Supervisor)).AsArray()[^1]!;
        (last["type"]!.ToString(), last["subject"]!.ToString()).ShouldBe(("ObligationTransferred", "unit/taiwei"));
        last["numbers"]!.AsArray().Select(n => $"{n!["period"]} {n["number"]} {n["after"]!.ToJsonString()}").ShouldBe(
            ["""2024 timelyCaseFiling {"n":0,"d":1}""", """2024Q2 timelyCaseFiling {"n":0,"d":1}"""]);
    }

    [Fact]
    public async Task A_clerk_reads_the_rankings_movement_and_of_others_facts_only_that_there_was_one()
    {
        var told = await app.JsonAsync("/api/rankings/2024Q2/diff?from=@0", CountyApp.Clerk);
        told["rows"]!.AsArray().Select(r => r!["unit"]!.ToString()).ShouldBe(["beiwudu", "taiwei", "wuquan"], ignoreOrder: true);
        var facts = told["facts"]!.AsArray();
        facts.Select(f => f!["subject"]?.ToString()).Distinct().ShouldBe(["unit/wuquan", "lawsuit/mine", null], ignoreOrder: true);
        facts.Where(f => f!["subject"] is null).ShouldAllBe(f => f!["actor"] == null && f["legalDate"] == null && f["units"] != null);
        var supervised = (await app.JsonAsync("/api/rankings/2024Q2/diff?from=@0", CountyApp.Supervisor))["facts"]!.AsArray();
        supervised.Select(f => f!["sequence"]!.GetValue<long>()).ShouldBe(facts.Select(f => f!["sequence"]!.GetValue<long>()));
        supervised.ShouldAllBe(f => f!["subject"] != null && (string?)f["actor"] == "tests");
    }

    [Theory]
    [InlineData("/api/lawsuits/mine/history?states=yes")]
    [InlineData("/api/lawsuits/mine/history?from=x")]
    [InlineData("/api/lawsuits/mine/history?states=true&from=9&to=1")]
    [InlineData("/api/lawsuits/mine/history?states=true&knownAt=yesterday")]
    [InlineData("/api/lawsuits/mine/diff")]
    [InlineData("/api/lawsuits/mine/diff?from=now")]
    [InlineData("/api/lawsuits/mine/diff?from=@1&to=2024-01-01")]
    [InlineData("/api/units/wuquan/diff?from=@2&to=@1")]
    [InlineData("/api/units/wuquan/diff?from=@1&position=2")]
    [InlineData("/api/rankings/2024Q2/diff?from=2024-01-01")]
    [InlineData("/api/rankings/2024Q9/diff?from=@1")]
    public async Task What_cannot_be_read_is_refused(string url)
    {
        var answer = await app.GetAsync(url, CountyApp.Supervisor, 400);
        JsonNode.Parse(await answer.ReadAsTextAsync())!["code"]!.GetValue<string>().ShouldBe(Codes.QueryInvalid);
    }

    [Fact]
    public async Task A_part_of_a_history_is_that_part()
    {
        var all = (await app.JsonAsync("/api/lawsuits/mine/history", CountyApp.Supervisor)).AsArray();
        var second = all[1]!["sequence"]!.GetValue<long>();
        (await app.JsonAsync($"/api/lawsuits/mine/history?from=@{second}", CountyApp.Supervisor)).AsArray().ShouldHaveSingleItem()!["sequence"]!.GetValue<long>().ShouldBe(second);
        (await app.JsonAsync($"/api/lawsuits/mine/history?to={second - 1}", CountyApp.Supervisor)).AsArray().Count.ShouldBe(1);
        var told = (await app.JsonAsync($"/api/lawsuits/mine/history?states=true&from={second}", CountyApp.Supervisor)).AsArray().ShouldHaveSingleItem()!;
        told["states"]![0]!["before"]!["plaintiffs"]![0]!.ToString().ShouldBe(CountyApp.Names[0]);
        // Without states a history says what it always said.
        all[0]!.AsObject().ContainsKey("states").ShouldBeFalse();
        // Lists are paged like every other.
        (await app.JsonAsync("/api/lawsuits/mine/history?states=true&limit=1&offset=1", CountyApp.Supervisor)).AsArray().Count.ShouldBe(1);
    }
}
