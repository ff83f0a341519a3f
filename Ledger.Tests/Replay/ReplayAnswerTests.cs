using System.Text.Json.Nodes;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Policies;
using Ledger.Domain.Rectifications;
using Ledger.Domain.Units;
using Ledger.Host.Answers;
using Ledger.Host.Replay;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Projections;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Replay;

/// <summary>What an auditor reads of single facts: given these facts, when the history is told, then this is what each one did.</summary>
public sealed class ReplayAnswerTests : IAsyncLifetime
{
    private ReadSide _ledger = null!;
    private int _told;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await ReadSide.CreateAsync();
        await _ledger.RecordAsync(Units);
    }

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task A_loss_and_its_correction_in_a_units_history()
    {
        await TellAsync("lawsuit/a", Docketed("wuquan", "beiwudu"));
        var judged = await TellAsync("lawsuit/a", Judgment(("wuquan", Outcome.RevokeAll), ("beiwudu", Outcome.DismissClaims)));
        await TellAsync("lawsuit/a", new AnswerSubmitted("wuquan", First, Day("2023-04-20")));
        await TellAsync("lawsuit/a", Corrected(judged, ("closedOn", "\"2023-07-03\""), ("dispositions", """[{"unit":"wuquan","outcome":"DismissClaims"},{"unit":"beiwudu","outcome":"DismissClaims"}]""")));
        var steps = await ReplayAsync("unit/wuquan");
        steps.Select(s => (s["type"]!.ToString(), s["subject"]!.ToString())).ShouldBe(
        [
            ("UnitRegistered", "unit/wuquan"), ("LawsuitDocketed", "lawsuit/a"), ("JudgmentRendered", "lawsuit/a"), ("AnswerSubmitted", "lawsuit/a"), ("FactCorrected", "lawsuit/a"),
        ]);
        Numbers(steps[1]).ShouldBe(["2023 newCases 0 → 1", "2023Q2 newCases 0 → 1"]);
        Numbers(steps[2]).ShouldBe(["2023 lossRate 0/0 → 1/1", "2023 mediatedOrWithdrawn 0/0 → 0/1", "2023Q2 lossRate 0/0 → 1/1", "2023Q2 mediatedOrWithdrawn 0/0 → 0/1"]);
        Numbers(steps[4]).ShouldBe(
        [
            "2023 lossRate 1/1 → 0/1", "2023Q2 lossRate 1/1 → 0/0", "2023Q2 mediatedOrWithdrawn 0/1 → 0/0", "2023Q3 lossRate 0/0 → 0/1", "2023Q3 mediatedOrWithdrawn 0/0 → 0/1",
        ]);
        // The answer changes nothing that is folded, and says so by an empty list.
        Changes(steps[3]).ShouldBeEmpty();
        steps[3]["states"]![0]!["before"]!.ToJsonString().ShouldBe(steps[3]["states"]![0]!["after"]!.ToJsonString());
        Changes(steps[4]).ShouldContain("""/instances/0/document/closedOn "2023-05-20" → "2023-07-03" """.TrimEnd());
        Changes(steps[4]).ShouldContain("/instances/0/outcomes/0/lost true → false");
        var amends = steps[4]["amends"]!;
        (amends["sequence"]!.GetValue<long>(), amends["type"]!.ToString()).ShouldBe((steps[2]["sequence"]!.GetValue<long>(), "JudgmentRendered"));
        Listed(amends).ShouldBe(["""/closedOn "2023-05-20" → "2023-07-03" """.TrimEnd(), """/dispositions/0/outcome "RevokeAll" → "DismissClaims" """.TrimEnd()]);
    }

    [Fact]
    public async Task A_retraction_takes_the_fact_back_and_its_own_retraction_restores_it()
    {
        await TellAsync("lawsuit/a", Docketed("wuquan"));
        var materials = await TellAsync("lawsuit/a", Materials("wuquan"));
        var moved = await TellAsync("lawsuit/a", Corrected(materials, ("receivedOn", "\"2023-04-17\"")));
        await TellAsync("lawsuit/a", Retracted(moved));
        await TellAsync("lawsuit/a", Retracted(materials));
        var steps = await ReplayAsync("lawsuit/a");
        Listed(steps[2]["amends"]!).ShouldBe(["""/receivedOn "2023-04-14" → "2023-04-17" """.TrimEnd()]);
        // The retraction of a correction names the correction, and what it did to the fact behind it.
        (steps[3]["amends"]!["type"]!.ToString(), steps[3]["amends"]!["fact"]!["type"]!.ToString()).ShouldBe(("FactCorrected", "ResponseMaterialsReceived"));
        Listed(steps[3]["amends"]!).ShouldBe(["""/receivedOn "2023-04-17" → "2023-04-14" """.TrimEnd()]);
        steps[4]["amends"]!["changes"]![0]!.AsObject().Select(m => m.Key).ShouldBe(["member", "before"]);
        Changes(steps[4]).ShouldAllBe(c => c.EndsWith(" → ", StringComparison.Ordinal));
        steps[1]["corrections"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_calendar_or_a_policy_does_is_a_step_of_its_own()
    {
        await TellAsync("lawsuit/a", Docketed("wuquan"));
        await TellAsync("lawsuit/a", Materials("wuquan"));
        await TellAsync("lawsuit/a", Judgment(("wuquan", Outcome.RevokeAll)));
        var published = WorkingCalendar.Published.Single(c => c.Year == 2023);
        await TellAsync("calendar/2023", published with { Holidays = [.. published.Holidays, Day("2023-04-17")], Notice = "修订" });
        await TellAsync("policy/lenient", new CountingPolicyAdopted(Day("2023-01-01"), NotLosses: [Outcome.RevokeAll]));
        await TellAsync("calendar/2024", WorkingCalendar.Published.Single(c => c.Year == 2024) with { Notice = "再次公布" });
        var lawsuit = await ReplayAsync("lawsuit/a");
        lawsuit.Select(s => s["type"]!.ToString()).ShouldBe(["LawsuitDocketed", "ResponseMaterialsReceived", "JudgmentRendered", "CalendarYearPublished"]);
        lawsuit[3]["elsewhere"]!.GetValue<bool>().ShouldBeTrue();
        lawsuit[3]["states"]![0]!["subject"]!.ToString().ShouldBe("lawsuit/a");
        Changes(lawsuit[3]).ShouldContain("""/obligations/0/dueOn "2023-04-19" → "2023-04-20" """.TrimEnd());
        var unit = await ReplayAsync("unit/wuquan");
        unit.Select(s => s["type"]!.ToString()).ShouldBe(["UnitRegistered", "LawsuitDocketed", "ResponseMaterialsReceived", "JudgmentRendered", "CalendarYearPublished", "CountingPolicyAdopted"]);
        Numbers(unit[5]).ShouldBe(["2023 lossRate 1/1 → 0/1", "2023Q2 lossRate 1/1 → 0/1"]);
        unit[5]["numbers"]![0]!["policy"]!.ToString().ShouldBe("lenient");
    }

    [Fact]
    public async Task A_fact_corrected_to_a_later_day_counted_until_then_and_is_told()
    {
        await TellAsync("lawsuit/a", Docketed("wuquan"));
        var materials = await TellAsync("lawsuit/a", Materials("wuquan"));
        await TellAsync("lawsuit/a", Corrected(materials, ("receivedOn", "\"2023-05-04\"")));
        var steps = await ReplayAsync("lawsuit/a", new TimesAsked("2023-04-30"));
        steps.Select(s => s["type"]!.ToString()).ShouldBe(["LawsuitDocketed", "ResponseMaterialsReceived", "FactCorrected"]);
        Changes(steps[1]).ShouldContain(c => c.StartsWith("/obligations/0 ", StringComparison.Ordinal));
        Changes(steps[2]).ShouldContain(c => c.StartsWith("/obligations/0 ", StringComparison.Ordinal));
        steps[2]["states"]![0]!["after"]!["obligations"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_stream_is_told_by_its_facts_as_they_stand_under_present_case_numbers()
    {
        var docketed = await TellAsync("lawsuit/a", Docketed("wuquan"));
        await TellAsync("lawsuit/a", Judgment(("wuquan", Outcome.RevokeAll)));
        await TellAsync("unit/wuquan", new ObligationTransferred(DutyKind.CaseFiling, "jiaotong", Day("2023-05-01"), First));
        var opened = await TellAsync("rectification/r", new RectificationOpened("a", "wuquan", First, Day("2023-06-01")));
        await TellAsync("lawsuit/a", Corrected(docketed, ("caseNo", "\"（2023）豫1121行初7号\"")));
        await TellAsync("rectification/r", Corrected(opened, ("openedOn", "\"2023-06-02\"")));
        var steps = await ReplayAsync("rectification/r");
        steps.Select(s => (s["type"]!.ToString(), s["elsewhere"] is not null)).ShouldBe([("RectificationOpened", false), ("FactCorrected", true), ("FactCorrected", false)]);
        Changes(steps[1]).ShouldBe([$"""/facts/0/data/caseNo "{First}" → "（2023）豫1121行初7号" """.TrimEnd()]);
        Changes(steps[2]).ShouldBe(["""/facts/0/legalDate "2023-06-01" → "2023-06-02" """.TrimEnd(), """/facts/0/data/openedOn "2023-06-01" → "2023-06-02" """.TrimEnd()]);
        // A unit's own state holds what it handed over.
        Changes((await ReplayAsync("unit/wuquan")).Single(s => s["type"]!.ToString() == "ObligationTransferred")).ShouldHaveSingleItem().ShouldStartWith("/transferred/0 ");
    }

    [Fact]
    public async Task Two_days_differ_by_what_happened_and_by_what_fell_due()
    {
        await TellAsync("lawsuit/a", Docketed("wuquan"));
        await TellAsync("lawsuit/a", Materials("wuquan"));
        await TellAsync("lawsuit/a", Judgment(("wuquan", Outcome.RevokeAll)));
        var difference = await DiffAsync("unit/wuquan", new MomentsAsked("2023-04-13", "2023-05-19"));
        difference["axis"]!.ToString().ShouldBe("asOf");
        difference["facts"]!.AsArray().Select(f => f!["type"]!.ToString()).ShouldBe(["ResponseMaterialsReceived"]);
        difference["numbers"]!.AsArray().Select(n => $"{n!["period"]} {n["number"]} {n["before"]!.ToJsonString()} → {n["after"]!.ToJsonString()} {n["by"]!.AsArray().Single()!["on"]}").ShouldBe(
            ["""2023 timelyCaseFiling {"n":0,"d":0} → {"n":0,"d":1} 2023-04-19""", """2023Q2 timelyCaseFiling {"n":0,"d":0} → {"n":0,"d":1} 2023-04-19"""]);
        difference["numbers"]![0]!["by"]![0]!["sequence"].ShouldBeNull();
        difference["lawsuits"]!.AsArray().Single()!["subject"]!.ToString().ShouldBe("lawsuit/a");
        // One day later the judgment is there.
        (await DiffAsync("lawsuit/a", new MomentsAsked("2023-05-19", "2023-05-20")))["facts"]!.AsArray().Single()!["type"]!.ToString().ShouldBe("JudgmentRendered");
    }

    [Fact]
    public async Task A_ranking_at_two_positions_is_the_two_rankings_and_the_facts_between()
    {
        await TellAsync("lawsuit/a", Docketed("wuquan"));
        await TellAsync("lawsuit/b", Docketed("beiwudu") with { CaseNo = Remanded });
        await TellAsync("lawsuit/b", Rendered(Remanded, InstanceLevel.First, "2023-05-22", ("beiwudu", Outcome.RevokeAll)));
        var from = (await _ledger.Positions.AdvanceAsync(Cancellation)).Position;
        await TellAsync("lawsuit/a", new CaseConferenceHeld("wuquan", Day("2023-04-20"), LossRisk.Red));
        var judged = await TellAsync("lawsuit/a", Judgment(("wuquan", Outcome.RevokeAll)));
        await TellAsync("lawsuit/b", Samples.Received("beiwudu", Remanded));
        await TellAsync("lawsuit/a", Corrected(judged, ("dispositions", """[{"unit":"wuquan","outcome":"DismissClaims"}]""")));
        var end = (await _ledger.Positions.AdvanceAsync(Cancellation)).Position;
        var told = await RankingAsync("2023Q2", new MomentsAsked($"@{from}", $"@{end}"));
        foreach (var (position, side, moment) in ((long, string, string)[])[(from, "before", "from"), (end, "after", "to")])
        {
            var ranking = await _ledger.Answers.RankingAsync("2023Q2", null, null, new TimesAsked(Position: $"{position}"), Cancellation);
            var json = AnswerJson.Of(ranking.Value!, ranking.Scope!);
            foreach (var row in json["rows"]!.AsArray())
                foreach (var (name, value) in told["rows"]!.AsArray().Single(r => r!["unit"]!.ToString() == row!["unit"]!.ToString())![side]!.AsObject())
                    JsonNode.DeepEquals(value, row![name]).ShouldBeTrue($"{row["unit"]} {name}");
            foreach (var (name, value) in told["county"]![side]!.AsObject()) JsonNode.DeepEquals(value, json["county"]![name]).ShouldBeTrue(name);
            (told[moment]!["position"]!.GetValue<long>(), told[moment]!["policy"]!.ToString()).ShouldBe((position, "P-A"));
        }

        told["rows"]!.AsArray().Where(r => r!["moved"]!.GetValue<bool>()).Select(r => r!["unit"]!.ToString()).ShouldBe(["beiwudu", "wuquan"], ignoreOrder: true);
        told["facts"]!.AsArray().Select(f => (f!["type"]!.ToString(), f["subject"]!.ToString(), f["actor"]!.ToString())).ShouldBe(
            [("JudgmentRendered", "lawsuit/a", ReadSide.Actor), ("JudgmentReceived", "lawsuit/b", ReadSide.Actor), ("FactCorrected", "lawsuit/a", ReadSide.Actor)]);
        var last = told["facts"]![2]!;
        last["amends"]!["type"]!.ToString().ShouldBe("JudgmentRendered");
        last["units"]!.AsArray().Select(u => $"{u!["unit"]} {u["rankBefore"]} → {u["rankAfter"]}: {string.Join(", ", u["numbers"]!.AsArray().Select(n => n!["number"]!.ToString()))}").ShouldBe(["wuquan 1 → 2: lossRate"]);
        last["county"]![0]!.ToJsonString().ShouldBe("""{"number":"lossRate","before":{"n":2,"d":2},"after":{"n":1,"d":2}}""");
        // A what-if counts throughout, and a list holds its units only.
        (await RankingAsync("2023", new MomentsAsked("@0"), "Departments", "P-B"))["rows"]!.AsArray().Select(r => r!["unit"]!.ToString()).ShouldBe(["gongan", "jiaotong", "shuiwu"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("2023Q5", null, null, "@0", Codes.QueryInvalid)]
    [InlineData("2023Q2", "Villages", null, "@0", Codes.QueryInvalid)]
    [InlineData("2023Q2", null, "none", "@0", Codes.PolicyNotFound)]
    [InlineData("2023Q2", null, null, "2023-05-01", Codes.QueryInvalid)]
    [InlineData("2023Q2", null, null, "@999999", Codes.QueryInvalid)]
    [InlineData("2023Q2", null, null, null, Codes.QueryInvalid)]
    public async Task A_ranking_that_cannot_be_compared_is_refused(string period, string? list, string? policy, string? from, string code) =>
        (await _ledger.Get<ReplayAnswers>().RankingAsync(period, list, policy, new MomentsAsked(from), Cancellation)).Refusal!.Code.ShouldBe(code);

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var replays = _ledger.Get<ReplayAnswers>();
        (await replays.ReplayAsync(Subject("unit/none"), new RangeAsked(), new TimesAsked(), Cancellation)).Refusal!.Code.ShouldBe(Codes.UnitNotFound);
        (await replays.DiffAsync(Subject("lawsuit/none"), new MomentsAsked("@0"), Cancellation)).Refusal!.Code.ShouldBe(Codes.LawsuitNotFound);
        (await replays.DiffAsync(Subject("dispute/none"), new MomentsAsked("@0"), Cancellation)).Refusal!.Code.ShouldBe(Codes.SubjectNotFound);
    }

    [Theory]
    [InlineData("x", null, "from")]
    [InlineData("-1", null, "from")]
    [InlineData(null, "1.5", "to")]
    [InlineData("5", "@4", "to")]
    public async Task A_part_that_is_none_is_refused(string? from, string? to, string parameter)
    {
        var refusal = (await _ledger.Get<ReplayAnswers>().ReplayAsync(Subject("unit/wuquan"), new RangeAsked(from, to), new TimesAsked(), Cancellation)).Refusal!;
        (refusal.Code, refusal.English.Contains($"'{parameter}'", StringComparison.Ordinal)).ShouldBe((Codes.QueryInvalid, true));
    }

    private async Task<FactId> TellAsync(string subject, IFact fact)
    {
        var told = new Told(Subject(subject), new FactId("/told", $"{++_told}"), fact);
        (await _ledger.RecordAsync(told)).Refusal.ShouldBeNull();
        return told.Id;
    }

    private async Task<IReadOnlyList<JsonNode>> ReplayAsync(string subject, TimesAsked? times = null)
    {
        var answer = await _ledger.Get<ReplayAnswers>().ReplayAsync(Subject(subject), new RangeAsked(), times ?? new TimesAsked(), Cancellation);
        return [.. new ReplayJson(unmasked: true).Of(await answer.Value!.TellAsync(true)).Select(s => s!)];
    }

    private async Task<JsonNode> DiffAsync(string subject, MomentsAsked moments)
    {
        var answer = await _ledger.Get<ReplayAnswers>().DiffAsync(Subject(subject), moments, Cancellation);
        return new ReplayJson(unmasked: true).Of(Subject(subject), await answer.Value!.TellAsync(true));
    }

    private async Task<JsonNode> RankingAsync(string period, MomentsAsked moments, string? list = null, string? policy = null) =>
        new ReplayJson(unmasked: true).Of((await _ledger.Get<ReplayAnswers>().RankingAsync(period, list, policy, moments, Cancellation)).Value!);

    private static IEnumerable<string> Numbers(JsonNode step) => step["numbers"]!.AsArray().Select(n => $"{n!["period"]} {n["number"]} {Rate(n["before"]!)} → {Rate(n["after"]!)}");

    private static string Rate(JsonNode value) => value is JsonObject rate ? $"{rate["n"]}/{rate["d"]}" : value.ToString();

    private static IEnumerable<string> Changes(JsonNode step) => step["states"]!.AsArray().SelectMany(s => Listed(s!));

    private static IEnumerable<string> Listed(JsonNode of) =>
        of["changes"]!.AsArray().Select(c => $"{c!["member"]} {c["before"]?.ToJsonString(FactJson.Options)} → {c["after"]?.ToJsonString(FactJson.Options)}");
}
