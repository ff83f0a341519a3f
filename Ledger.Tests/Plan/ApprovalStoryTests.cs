using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Plan;

/// <summary>Two persons over HTTP: who asks, who decides, and that what was approved is recorded once.</summary>
public sealed class ApprovalStoryTests(ApprovalStoryTests.App app) : IClassFixture<ApprovalStoryTests.App>
{
    private static readonly string Supervisor = TestTokens.Of(LedgerRole.Supervisor);
    private static readonly string Approver = TestTokens.Of(LedgerRole.Approver);
    private static readonly string Admin = TestTokens.Of(LedgerRole.Admin);

    private static string Retraction(string id) =>
        $$$"""{"about":"lawsuit/a","fact":"FactRetracted","data":{"fact":{"source":"/tests/arranged","id":"{{{id}}}"},"reason":"重复录入","approvedBy":"approver"},"requestedOn":"2024-07-01","reason":"重复录入"}""";

    [Fact]
    public async Task Granting_records_what_was_approved_once_however_often_it_is_said()
    {
        await app.PostAsync("/api/approvals/grant/approval-requested", Retraction("a3"), Supervisor);
        var held = await HeldAsync();
        const string granted = """{"grantedOn":"2024-07-02"}""";
        await app.PostAsync("/api/approvals/grant/approval-granted", granted, Approver, key: "g");
        // As after a kill between the grant and the record, or a second click.
        await app.PostAsync("/api/approvals/grant/approval-granted", granted, Approver, 200, key: "g");
        await app.PostAsync("/api/approvals/grant/approval-granted", granted, Approver, 200, key: "g2");
        (await HeldAsync()).ShouldBe(held + 1);
        var history = (await app.JsonAsync("/api/lawsuits/a/history", Supervisor)).AsArray();
        var retraction = history.Single(h => h!["type"]!.GetValue<string>() == "FactRetracted")!;
        (retraction["source"]!.GetValue<string>(), retraction["actor"]!.GetValue<string>()).ShouldBe(("/ledger/approvals", "approver"));
        var row = (await app.JsonAsync("/api/approvals?key=grant", Supervisor)).AsArray().ShouldHaveSingleItem()!;
        (row["status"]!.GetValue<string>(), row["requestedBy"]!.GetValue<string>(), row["decidedBy"]!.GetValue<string>(), row["recorded"]!.GetValue<bool>())
            .ShouldBe(("Granted", "supervisor", "approver", true));
    }

    [Fact]
    public async Task What_the_rules_would_refuse_is_not_granted()
    {
        // Retracting the docketing would leave a lawsuit without a beginning.
        await app.PostAsync("/api/approvals/broken/approval-requested", Retraction("a2"), Supervisor);
        await RefusedAsync("/api/approvals/broken/approval-granted", """{"grantedOn":"2024-07-02"}""", Approver, 422, Codes.FactInvalidHistory);
        (await app.JsonAsync("/api/approvals?key=broken", Supervisor)).AsArray()[0]!["status"]!.GetValue<string>().ShouldBe("Requested");
    }

    [Fact]
    public async Task The_person_who_asked_cannot_decide_whatever_roles_the_token_carries()
    {
        var both = TestTokens.Of([LedgerRole.Supervisor, LedgerRole.Approver], subject: "both");
        await app.PostAsync("/api/approvals/own/approval-requested", Retraction("a1"), both);
        await RefusedAsync("/api/approvals/own/approval-granted", """{"grantedOn":"2024-07-02"}""", both, 422, Codes.ApprovalSamePerson);
        await RefusedAsync("/api/approvals/own/approval-granted", """{"grantedBy":"approver","grantedOn":"2024-07-02"}""", both, 403, Codes.ActorNotCaller);
        await app.PostAsync("/api/approvals/own/approval-refused", """{"refusedOn":"2024-07-02","reason":"依据不足"}""", Approver);
        await RefusedAsync("/api/approvals/own/approval-granted", """{"grantedOn":"2024-07-03"}""", Approver, 422, Codes.ApprovalAlreadyDecided);
    }

    [Fact]
    public async Task A_correction_is_not_approved_by_the_one_who_records_it() => await RefusedAsync(
        "/api/lawsuits/a/fact-retracted", """{"fact":{"source":"/tests/arranged","id":"a1"},"reason":"误录","approvedBy":"supervisor"}""", Supervisor, 422, Codes.ApprovalSamePerson);

    [Fact]
    public async Task A_decision_is_not_imported_by_those_who_ask()
    {
        await app.PostAsync("/api/approvals/file/approval-requested", Retraction("a1"), Supervisor);
        const string line = """{"specversion":"1.0","id":"1","source":"/file","type":"ApprovalGranted","subject":"approval/file","data":{"grantedBy":"somebody","grantedOn":"2024-07-02"}}""";
        var refused = await app.PostAsync("/api/import", line, Supervisor, 422, s => s.WithRequestHeader("Content-Type", "application/x-ndjson"));
        (await refused.ReadAsTextAsync()).ShouldContain(Codes.ApprovalNotImportable);
        await app.PostAsync("/api/import", line, Admin, 422, s => s.WithRequestHeader("Content-Type", "application/x-ndjson"));
        // Nor is a request, which could name anybody, a fact under an approval's id, or a correction that approves itself.
        string[] others =
        [
            """{"specversion":"1.0","id":"2","source":"/file","type":"ApprovalRequested","subject":"approval/f2","data":""" + Retraction("a1").Replace("\"requestedOn\"", "\"requestedBy\":\"zhang\",\"requestedOn\"", StringComparison.Ordinal) + "}",
            """{"specversion":"1.0","id":"f3","source":"/ledger/approvals","type":"CaseConferenceHeld","subject":"lawsuit/a","data":{"unit":"wuquan","heldOn":"2023-05-02","risk":"Red"}}""",
            """{"specversion":"1.0","id":"4","source":"/file","type":"FactRetracted","subject":"lawsuit/a","data":{"fact":{"source":"/tests/arranged","id":"a3"},"reason":"误录","approvedBy":"supervisor"}}""",
        ];
        foreach (var other in others)
            (await (await app.PostAsync("/api/import", other, Supervisor, 422, s => s.WithRequestHeader("Content-Type", "application/x-ndjson"))).ReadAsTextAsync())
                .ShouldContain("\"code\":\"approval.");
    }

    [Fact]
    public async Task What_the_ledger_records_of_itself_nobody_else_does()
    {
        const string export = """{"exportedBy":"admin","recipient":"某人","purpose":"查阅","unit":"wuquan","position":1,"checkpoint":"2","disclosure":"Full","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","exportedOn":"2024-07-01"}""";
        await RefusedAsync("/api/exports/x/evidence-exported", export, Admin, 403, "auth.forbidden");
        string[] lines =
        [
            """{"specversion":"1.0","id":"x","source":"/file","type":"EvidenceExported","subject":"export/x","data":""" + export + "}",
            """{"specversion":"1.0","id":"x","source":"/ledger/exports","type":"UnitRegistered","subject":"unit/new","data":{"name":"新","kind":"Township","registeredOn":"2020-01-01"}}""",
        ];
        foreach (var line in lines)
            (await (await app.PostAsync("/api/import", line, Admin, 422, s => s.WithRequestHeader("Content-Type", "application/x-ndjson"))).ReadAsTextAsync())
                .ShouldContain(Codes.RecordedByLedgerOnly);
    }

    [Fact]
    public async Task What_was_asked_for_is_not_rewritten_by_anybody()
    {
        await app.PostAsync("/api/approvals/final/approval-requested", Retraction("a1"), Supervisor, key: "final-request");
        await RefusedAsync("/api/approvals/final/fact-corrected",
            """{"fact":{"source":"/http/tests","id":"final-request"},"set":{"requestedBy":"other"},"reason":"误录","approvedBy":"other"}""", Admin, 422, Codes.FactNotCorrectable);
        await RefusedAsync("/api/approvals/final/fact-retracted",
            """{"fact":{"source":"/http/tests","id":"final-request"},"reason":"误录","approvedBy":"other"}""", Admin, 422, Codes.FactNotCorrectable);
    }

    [Fact]
    public async Task An_approval_gives_no_right_over_facts_that_the_asker_could_not_record() =>
        await RefusedAsync("/api/approvals/policy/approval-requested",
            """{"about":"calendar/2024","fact":"FactRetracted","data":{"fact":{"source":"/ledger/working-days","id":"2024"},"reason":"误录","approvedBy":"approver"},"requestedOn":"2024-07-01","reason":"误录"}""",
            Supervisor, 403, "auth.forbidden");

    [Fact]
    public async Task An_approval_that_was_never_asked_for_is_not_found() =>
        await RefusedAsync("/api/approvals/none/approval-granted", """{"grantedOn":"2024-07-02"}""", Approver, 404, Codes.SubjectNotFound);

    private async Task RefusedAsync(string url, string data, string token, int status, string code)
    {
        var answer = await app.PostAsync(url, data, token, status);
        JsonNode.Parse(await answer.ReadAsTextAsync())!["code"]!.GetValue<string>().ShouldBe(code);
    }

    private async Task<long> HeldAsync() => (long)(await app.SqlAsync("select count(*) from mt.mt_events where stream_id = 'lawsuit/a'"))!;

    public sealed class App : AppFixture
    {
        protected override async Task ArrangeAsync()
        {
            // Ids a1 to a4 in the order of recording, the unit's among them. One conference is retracted by a story; the other
            // stays, so that the docketing carries something whatever the order of the stories.
            await RecordAsync("unit/wuquan", new UnitRegistered("舞泉镇", UnitKind.Township, new DateOnly(2020, 1, 1)));
            await RecordAsync("lawsuit/a", Samples.Docketed("wuquan"), new CaseConferenceHeld("wuquan", new DateOnly(2023, 5, 1), LossRisk.Green),
                new CaseConferenceHeld("wuquan", new DateOnly(2023, 5, 3), LossRisk.Green));
        }
    }
}
