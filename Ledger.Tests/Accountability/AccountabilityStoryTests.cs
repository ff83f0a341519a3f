using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Units;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Accountability;

/// <summary>
/// Over HTTP, on PostgreSQL: a loss, its cause, what is put right, who answers for it, and a tolerance that two persons grant
/// while the rectification goes on; revoked, it leaves the loss without a decision until there is one.
/// </summary>
public sealed class AccountabilityStoryTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Rectification = "rectification/2024-1-wuquan";
    private const string Case = "accountability/2024-1-wuquan";
    private const string Leader = "王某人";

    private static readonly string CaseNo = "（2024）豫1121行初1号";
    private static readonly string Hash = new('a', 64);
    private static readonly string Clerk = TestTokens.Of(LedgerRole.Clerk, "wuquan");
    private static readonly string Zhang = TestTokens.Of(LedgerRole.Supervisor);
    private static readonly string Li = TestTokens.Of([LedgerRole.Approver], subject: "li");
    private static readonly string Auditor = TestTokens.Of(LedgerRole.Auditor);
    private static readonly string Inspector = TestTokens.Of(LedgerRole.Inspector);

    [Fact]
    public async Task From_the_loss_to_a_tolerance_and_back()
    {
        await app.RecordAsync("unit/wuquan", new UnitRegistered("舞泉镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
        await TellAsync("lawsuit/2024-1", "LawsuitDocketed", new
        {
            caseNo = CaseNo, court = "舞阳县人民法院", docketedOn = "2024-03-01", category = "Administrative", cause = "行政处罚", field = "市场监管",
            actType = "罚款", defendants = new[] { new { unit = "wuquan", capacity = "Sole" } },
        }, Clerk);
        await TellAsync("lawsuit/2024-1", "JudgmentRendered", new
        {
            caseNo = CaseNo, level = "First", kind = "Judgment", closedOn = "2024-05-10",
            dispositions = new[] { new { unit = "wuquan", outcome = "RevokeAll", causes = new[] { "ProceduralViolation" } } },
        }, TestTokens.Of(LedgerRole.Court));
        await TellAsync("lawsuit/2024-1", "JudgmentReceived", new { unit = "wuquan", caseNo = CaseNo, receivedOn = "2024-05-14" }, Clerk);

        // The loss is in the register and nothing was done about it yet.
        var loss = (await AskAsync("loss-register?unit=wuquan")).ShouldHaveSingleItem()!;
        loss["caseNo"]!.GetValue<string>().ShouldBe(CaseNo);

        // Rectification: a loss only; a cause among the causes; verified by somebody else than the one who reported.
        await RefusedAsync(Rectification, "RectificationOpened", new { lawsuit = "none", unit = "wuquan", caseNo = CaseNo, openedOn = "2024-05-15" }, Zhang);
        await TellAsync(Rectification, "RectificationOpened", new { lawsuit = "2024-1", unit = "wuquan", caseNo = CaseNo, openedOn = "2024-05-15" }, Clerk);
        await RefusedAsync(Rectification, "LossCauseDetermined", new { primary = "ProceduralViolation", causes = new[] { "MisappliedLaw" }, fault = true, determinedOn = "2024-05-20" }, Zhang);
        await TellAsync(Rectification, "LossCauseDetermined", new { primary = "ProceduralViolation", causes = new[] { "ProceduralViolation" }, fault = true, determinedOn = "2024-05-20" }, Zhang);
        await TellAsync(Rectification, "RectificationMeasureAdopted", new
        {
            measure = "m1", type = "LegalReview", content = "重大处罚决定先经法制审核", owner = "法制股", dueOn = "2024-06-28", adoptedOn = "2024-05-22", document = Hash,
        }, Clerk);
        await TellAsync(Rectification, "RectificationCompleted", new { completedOn = "2024-06-20", evidence = new[] { new { sha256 = Hash } } }, Clerk);
        await RefusedAsync(Rectification, "RectificationVerified", new { verifiedOn = "2024-06-25", verifiedBy = "somebody-else" }, Zhang, 403);
        await TellAsync(Rectification, "RectificationVerified", new { verifiedOn = "2024-06-25" }, Zhang);

        // A fault loss without a terminal decision is an orphan, and a duty of the office.
        (await AskAsync("orphans?unit=wuquan")).Count.ShouldBe(1);
        (await AskAsync("duties?unit=wuquan&clause=3.4.1b")).ShouldHaveSingleItem()!["status"]!.GetValue<string>().ShouldBe("Pending");

        // Clue, investigation, fault; a decision by an authority that may not decide is refused.
        await TellAsync(Case, "FaultClueOpened", new { unit = "wuquan", openedOn = "2024-05-28", loss = new { lawsuit = "2024-1", caseNo = CaseNo, rectification = "2024-1-wuquan" } }, Zhang);
        await TellAsync(Case, "FaultInvestigationStarted", new { organ = "SupervisingOffice", investigators = 2, startedOn = "2024-05-29" }, Zhang);
        await TellAsync(Case, "FaultInvestigationConcluded", new { faultFound = true, report = Hash, concludedOn = "2024-06-05" }, Zhang);
        await TellAsync(Case, "FaultDetermined", new
        {
            types = new[] { "ProceduralViolation" }, severity = "Ordinary", persons = new[] { new { person = "p1", name = Leader, role = "Approver" } }, determinedOn = "2024-06-06",
        }, Zhang);
        await RefusedAsync(Case, "AccountabilityDecided", new
        {
            measures = new[] { new { subject = "Person", form = "Disqualified", authority = "OwnOrgan", person = "p1" } }, documentNo = "舞司追〔2024〕1号", decidedOn = "2024-06-10",
        }, Zhang);

        // Tolerance: asked for, the discipline organ consulted first, granted by two persons, and the case is closed by it.
        await TellAsync(Case, "ToleranceRequested", new { conditions = new[] { "MinorAndCorrected" }, requestedOn = "2024-06-11" }, Zhang);
        var grant = new { approval = "t1", grantedOn = "2024-06-20", document = Hash, rectification = "2024-1-wuquan" };
        await RequestAsync("t0", new { approval = "t0", grantedOn = "2024-06-13", document = Hash, rectification = "2024-1-wuquan" });
        await GrantAsync("t0", 422);
        await TellAsync(Case, "ToleranceConsulted", new { organ = "CountyCommission", documentNo = "舞纪函〔2024〕3号", opinion = "NoObjection", consultedOn = "2024-06-14" }, Zhang);
        await RefusedAsync(Case, "ToleranceGranted", grant, Zhang, code: Codes.ApprovalMissing);
        await RequestAsync("t1", grant);
        await RefusedAsync(Case, "ToleranceGranted", grant, Zhang, code: Codes.ApprovalMissing);
        await GrantAsync("t1", 201);
        (await AskAsync("orphans?unit=wuquan")).ShouldBeEmpty();
        (await AskAsync("tolerances?unit=wuquan")).ShouldHaveSingleItem();

        // Exactly one terminal decision stands.
        var pursued = new { measures = new[] { new { subject = "Organ", form = "Circular", authority = "CountyGovernment" } }, documentNo = "舞司追〔2024〕2号", decidedOn = "2024-07-02" };
        await RefusedAsync(Case, "AccountabilityDecided", pursued, Zhang);

        // One person alone does not take a tolerance back out of the record; revoking it is a fact of its own.
        var history = (await app.JsonAsync("/api/accountabilities/2024-1-wuquan/history", Auditor)).AsArray();
        var granted = history.Single(h => h!["type"]!.GetValue<string>() == "ToleranceGranted")!;
        granted["source"]!.GetValue<string>().ShouldBe("/ledger/approvals");
        await RefusedAsync(Case, "FactRetracted", new { fact = new { source = "/ledger/approvals", id = "t1" }, reason = "误录", approvedBy = "li" }, Zhang, code: Codes.ApprovalMissing);
        await TellAsync(Case, "ToleranceRevoked", new { reason = "整改流于形式", revokedOn = "2024-07-01" }, Zhang);
        (await AskAsync("orphans?unit=wuquan")).Count.ShouldBe(1);
        await TellAsync(Case, "AccountabilityDecided", pursued, Zhang);
        (await AskAsync("orphans?unit=wuquan")).ShouldBeEmpty();

        // As it was known before the revocation, and whose name is read by whom.
        var position = granted["sequence"]!.GetValue<long>();
        (await AskAsync($"orphans?unit=wuquan&position={position}")).ShouldBeEmpty();
        (await AskAsync($"orphans?unit=wuquan&position={position - 1}")).Count.ShouldBe(1);
        history.ToJsonString(FactJson.Options).ShouldContain(Leader);
        (await app.JsonAsync("/api/accountabilities/2024-1-wuquan/history", Inspector)).ToJsonString(FactJson.Options).ShouldSatisfyAllConditions(
            text => text.ShouldNotContain(Leader), text => text.ShouldContain("王某某"));
        await app.GetAsync("/api/accountabilities/2024-1-wuquan/history", Clerk, 403);
    }

    private Task RequestAsync(string key, object data) => TellAsync("approval/" + key, "ApprovalRequested", new
    {
        about = Case, fact = "ToleranceGranted", data, requestedOn = "2024-07-01", reason = "容纠并举",
    }, Zhang);

    private Task GrantAsync(string key, int status) => app.PostAsync($"/api/approvals/{key}/approval-granted", """{"grantedOn":"2024-07-01"}""", Li, status);

    private Task TellAsync(string subject, string fact, object data, string token) => app.PostAsync(UrlOf(subject, fact), JsonSerializer.Serialize(data), token);

    private async Task RefusedAsync(string subject, string fact, object data, string token, int status = 422, string? code = null)
    {
        var answer = await app.PostAsync(UrlOf(subject, fact), JsonSerializer.Serialize(data), token, status);
        var given = JsonNode.Parse(await answer.ReadAsTextAsync())!["code"]!.GetValue<string>();
        if (code is not null) given.ShouldBe(code);
        given.ShouldNotStartWith("import.");
    }

    private async Task<JsonArray> AskAsync(string question) => (await app.JsonAsync("/api/" + question, Auditor)).AsArray();

    private static string UrlOf(string subject, string fact) => AppFixture.UrlOf(Subject.Parse(subject), fact);
}
