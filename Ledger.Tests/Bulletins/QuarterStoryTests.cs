using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Bulletins;

/// <summary>
/// Over HTTP, on PostgreSQL: a quarter is closed and published by two persons; a late fact leaves the published number alone
/// and is restated; the annual ranking bars a unit, and only the restated ranking lifts the bar.
/// </summary>
public sealed class QuarterStoryTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Granted = """{"grantedOn":"2024-07-05"}""";
    private const string Sheet = "assessment/wuquan-2023";

    private static readonly string Zhang = TestTokens.Of([LedgerRole.Supervisor, LedgerRole.Approver], subject: "zhang");
    private static readonly string Li = TestTokens.Of([LedgerRole.Approver], subject: "li");
    private static readonly string Auditor = TestTokens.Of(LedgerRole.Auditor);

    [Fact]
    public async Task A_published_number_never_changes_and_only_a_restated_ranking_lifts_a_bar()
    {
        // 舞泉镇 lost its only case of the year, 交通运输局 won its own.
        await CaseAsync(1, "wuquan", Outcome.RevokeAll);
        await CaseAsync(2, "jiaotong", Outcome.DismissClaims);

        // The quarter is closed, as the ledger counts it, once.
        var closing = await DraftAsync("QuarterClosed", "2023Q4");
        await RecordAsync(closing, ("closedOn", "2024-07-05"));
        await app.GetAsync("/api/drafts?key=QuarterClosed&period=2023Q4", Auditor, 422);
        var other = closing.DeepClone();
        other["data"]!["rows"] = 9;
        await RefusedAsync(other, "fact.not-reproducible", ("closedOn", "2024-07-05"));

        // Published with two persons' approval; who asks cannot grant.
        var published = await DraftAsync("RankingBulletinPublished", "2023Q4");
        published["data"]!["rowsSha256"]!.ToString().ShouldBe(closing["data"]!["rowsSha256"]!.ToString());
        await RefusedAsync(published, "approval.missing", ("publishedOn", "2024-07-05"), ("approval", "a1"));
        await RequestAsync("a1", published, ("publishedOn", "2024-07-05"), ("approval", "a1"), ("title", "2023年第四季度通报"));
        (await (await app.PostAsync("/api/approvals/a1/approval-granted", Granted, Zhang, 422)).ReadAsTextAsync()).ShouldContain("\"code\":\"approval.same-person\"");
        await app.GetAsync("/api/bulletin?key=2023Q4", Auditor, 404);
        await app.PostAsync("/api/approvals/a1/approval-granted", Granted, Li);
        var before = await BulletinAsync();
        (before["preparedBy"]!.ToString(), before["approvedBy"]!.ToString()).ShouldBe(("zhang", "li"));
        Rate(Row(before, "jiaotong")["lossRate"]).ShouldBe("0/1");

        // A late fact: a judgment had been recorded wrongly. What was published stays, and the office is told what to restate.
        await CorrectAsync(2, "jiaotong", Outcome.ConfirmUnlawful);
        var after = await BulletinAsync();
        after["reproduced"]!.GetValue<bool>().ShouldBeTrue();
        after["rows"]!.ToJsonString().ShouldBe(before["rows"]!.ToJsonString());
        var due = (await app.JsonAsync("/api/restatements-due", Auditor)).AsArray().ShouldHaveSingleItem()!;
        due["facts"]!.AsArray().ShouldHaveSingleItem()!["fact"]!.ToString().ShouldBe("FactCorrected");

        // The restatement shows old, new and the fact between; two persons again. What was published is still there.
        var restated = await DraftAsync("BulletinRestated", "2023Q4");
        var change = restated["data"]!["changes"]!.AsArray().Single(c => c!["unit"]?.ToString() == "jiaotong")!;
        (Rate(change["old"]!["lossRate"]), Rate(change["new"]!["lossRate"])).ShouldBe(("0/1", "1/1"));
        restated["data"]!["facts"]!.ToJsonString().ShouldBe(due["facts"]!.ToJsonString());
        await ApprovedAsync("a2", restated, ("reason", "裁判结果更正"), ("restatedOn", "2024-07-05"));
        var shown = await BulletinAsync();
        Rate(Row(shown, "jiaotong")["lossRate"]).ShouldBe("0/1");
        Rate(Row(shown, "jiaotong")["restated"]!["lossRate"]).ShouldBe("1/1");
        shown["restatements"]!.AsArray().Count.ShouldBe(1);
        (await app.JsonAsync("/api/restatements-due", Auditor)).AsArray().ShouldBeEmpty();
        var listed = (await app.JsonAsync("/api/bulletins", TestTokens.Of(LedgerRole.Court))).AsArray().ShouldHaveSingleItem()!;
        (Rate(listed["lossRate"]), Rate(listed["restatedLossRate"])).ShouldBe(("1/2", "2/2"));

        // The year: closed, final, and the unit is told that it must not be graded excellent.
        await RecordAsync(await DraftAsync("QuarterClosed", "2023"), ("closedOn", "2024-07-05"));
        await RecordAsync(await DraftAsync("AnnualLossRankingFinalised", "2023"), ("finalisedOn", "2024-07-05"));
        var bar = await DraftAsync("ExcellentGradeBarred", "2023", "wuquan");
        bar["data"]!["rank"]!.GetValue<int>().ShouldBe(1);
        await ApprovedAsync("b1", bar, ("barredOn", "2024-07-05"));
        await RefusedAsync(Excellent, "assessment.excellent-barred");

        // A late correction; the bar stands until the restated ranking lifts it, and two persons do.
        await CorrectAsync(1, "wuquan", Outcome.DismissClaims);
        await RefusedAsync(Excellent, "assessment.excellent-barred");
        await app.GetAsync("/api/drafts?key=ExcellentBarLifted&period=2023", Auditor, 422);
        var annual = await DraftAsync("AnnualLossRankingRestated", "2023");
        annual["data"]!["noLongerBarred"]!.AsArray().Select(u => u!.ToString()).ShouldBe(["wuquan"]);
        await ApprovedAsync("b2", annual, ("reason", "裁判结果更正"), ("restatedOn", "2024-07-05"));
        await RefusedAsync(Excellent, "assessment.excellent-barred");
        await ApprovedAsync("b3", await DraftAsync("ExcellentBarLifted", "2023"), ("liftedOn", "2024-07-05"));
        await RecordAsync(Excellent);
        var mine = (await app.JsonAsync("/api/assessments", TestTokens.Of(LedgerRole.Clerk, "wuquan"))).AsArray().ShouldHaveSingleItem()!;
        (mine["grade"]!.ToString(), mine["barred"]!.GetValue<bool>(), mine["liftedOn"]!.ToString()).ShouldBe(("Excellent", false, "2024-07-05"));
        var rankings = (await app.JsonAsync("/api/annual-ranking?period=2023", Auditor)).AsArray();
        rankings.Select(r => r!["stands"]!.GetValue<bool>()).ShouldBe([false, true]);
        rankings.Select(r => r!["barred"]!.AsArray().Count).ShouldBe([2, 1]);

        // All that was published can be counted again from where it stood.
        foreach (var (stated, period) in new[] { (before["rowsSha256"]!.ToString(), "2023Q4"), (rankings[0]!["rowsSha256"]!.ToString(), "2023") })
            (await app.JsonAsync($"/api/quarters?period={period}", Auditor)).AsArray().ShouldHaveSingleItem()!["rowsSha256"]!.ToString().ShouldBe(stated);
    }

    private static JsonObject Excellent => new()
    {
        ["subject"] = Sheet, ["fact"] = "AssessmentGraded",
        ["data"] = new JsonObject { ["unit"] = "wuquan", ["year"] = 2023, ["grade"] = "Excellent", ["gradedOn"] = "2024-07-05" },
    };

    private async Task CaseAsync(int n, string unit, Outcome outcome)
    {
        var caseNo = $"（2023）豫1121行初{n}号";
        await app.RecordAsync("unit/" + unit, new UnitRegistered(unit, UnitKind.Department, new DateOnly(2020, 1, 1)));
        await app.RecordAsync($"lawsuit/c{n}", new LawsuitDocketed(
            caseNo, "舞阳县人民法院", new DateOnly(2023, 10, 10), LawsuitCategory.Administrative, "行政处罚", "自然资源", "罚款", [new Defendant(unit, DefendantCapacity.Sole)]));
        var judgment = new JudgmentRendered(caseNo, InstanceLevel.First, DocumentKind.Judgment, new DateOnly(2023, 12, 20), [new Disposition(unit, outcome)]);
        await app.PostAsync($"/api/lawsuits/c{n}/judgment-rendered", FactJson.Write(judgment), TestTokens.Of(LedgerRole.Court), key: $"judgment-{n}");
    }

    private Task CorrectAsync(int n, string unit, Outcome outcome)
    {
        var correction = new FactCorrected(
            new FactId("/http/tests", $"judgment-{n}"),
            new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            {
                ["dispositions"] = JsonSerializer.SerializeToElement(new[] { new Disposition(unit, outcome) }, FactJson.Options),
            },
            "裁判结果录错", "局长");
        return app.PostAsync($"/api/lawsuits/c{n}/fact-corrected", FactJson.Write(correction), Zhang);
    }

    private async Task<JsonNode> BulletinAsync() => await app.JsonAsync("/api/bulletin?key=2023Q4", TestTokens.Of(LedgerRole.Clerk, "wuquan"));

    private async Task<JsonNode> DraftAsync(string fact, string period, string? unit = null) =>
        (await app.JsonAsync($"/api/drafts?key={fact}&period={period}{(unit is null ? "" : "&unit=" + unit)}", Auditor)).AsArray()[0]!;

    private async Task RecordAsync(JsonNode draft, params (string Member, string Value)[] added) => await app.PostAsync(UrlOf(draft), Data(draft, added).ToJsonString(), Zhang);

    private async Task RefusedAsync(JsonNode draft, string code, params (string Member, string Value)[] added) =>
        (await (await app.PostAsync(UrlOf(draft), Data(draft, added).ToJsonString(), Zhang, 422)).ReadAsTextAsync()).ShouldContain($"\"code\":\"{code}\"");

    private async Task RequestAsync(string approval, JsonNode draft, params (string Member, string Value)[] added)
    {
        var request = new JsonObject
        {
            ["about"] = draft["subject"]!.ToString(), ["fact"] = draft["fact"]!.ToString(), ["data"] = Data(draft, added), ["requestedOn"] = "2024-07-05", ["reason"] = "请审批",
        };
        await app.PostAsync($"/api/approvals/{approval}/approval-requested", request.ToJsonString(), Zhang);
    }

    // Granting records what was approved.
    private async Task ApprovedAsync(string approval, JsonNode draft, params (string Member, string Value)[] added)
    {
        await RequestAsync(approval, draft, [.. added, ("approval", approval)]);
        await app.PostAsync($"/api/approvals/{approval}/approval-granted", Granted, Li);
    }

    private static JsonObject Data(JsonNode draft, (string Member, string Value)[] added)
    {
        var data = draft["data"]!.DeepClone().AsObject();
        foreach (var (member, value) in added) data[member] = value;
        return data;
    }

    private static string UrlOf(JsonNode draft) => AppFixture.UrlOf(Subject.Parse(draft["subject"]!.ToString()), draft["fact"]!.ToString());

    private static JsonNode Row(JsonNode bulletin, string unit) => bulletin["rows"]!.AsArray().Single(r => r!["unit"]!.ToString() == unit)!;

    private static string Rate(JsonNode? rate) => $"{rate!["n"]}/{rate["d"]}";
}
