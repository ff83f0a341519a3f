using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>Who may do what, written down once more and independently of the policies.</summary>
[Collection(CountyCollection.Name)]
public sealed class RightsTests(CountyApp app)
{
    private const string Everybody = "Clerk Supervisor Auditor Inspector Court Approver Admin";
    private const string UnitReaders = "Clerk Supervisor Auditor Inspector Approver Admin";

    private static readonly (string Url, string Roles)[] Questions =
    [
        ("/api/rankings/2024Q2", Everybody),
        ("/api/units/wuquan", UnitReaders),
        ("/api/units/wuquan/history", UnitReaders),
        ("/api/units/wuquan/scorecard/2024Q2", UnitReaders),
        ("/api/obligations", UnitReaders),
        ("/api/notices", UnitReaders),
        ("/api/lawsuits/mine", Everybody),
        ("/api/lawsuits/mine/history", Everybody),
        ("/api/units/wuquan/history?states=true", UnitReaders),
        ("/api/units/wuquan/diff?from=@0", UnitReaders),
        ("/api/lawsuits/mine/history?states=true", Everybody),
        ("/api/lawsuits/mine/diff?from=2024-01-01", Everybody),
        ("/api/rankings/2024Q2/diff?from=@0", UnitReaders),
    ];

    private static readonly Dictionary<string, string> Recorders = new(StringComparer.Ordinal)
    {
        ["UnitRegistered"] = "Supervisor Admin",
        ["UnitRenamed"] = "Supervisor Admin",
        ["UnitMerged"] = "Supervisor Admin",
        ["DutyRegistered"] = "Clerk Supervisor Admin",
        ["EnforcementPerformed"] = "Clerk Supervisor Admin",
        ["NonPerformanceReportSubmitted"] = "Clerk Supervisor Admin",
        ["LawsuitDocketed"] = "Clerk Supervisor Court",
        ["DefendantAdded"] = "Clerk Supervisor Court",
        ["DefendantRemoved"] = "Clerk Supervisor Court",
        ["SeriesLinked"] = "Clerk Supervisor Court",
        ["ResponseMaterialsReceived"] = "Clerk Supervisor",
        ["CaseFilingSubmitted"] = "Clerk Supervisor",
        ["AnswerSubmitted"] = "Clerk Supervisor",
        ["CaseConferenceHeld"] = "Clerk Supervisor",
        ["SelfCorrectionMade"] = "Clerk Supervisor",
        ["HearingHeld"] = "Clerk Supervisor Court",
        ["InstanceOpened"] = "Clerk Supervisor Court",
        ["AppealFiled"] = "Clerk Supervisor Court",
        ["JudgmentRendered"] = "Clerk Supervisor Court",
        ["JudgmentReceived"] = "Clerk Supervisor",
        ["LossFilingDocumentSubmitted"] = "Clerk Supervisor",
        ["OutcomeBecameEffective"] = "Clerk Supervisor Court",
        ["LawsuitSuspended"] = "Clerk Supervisor Court",
        ["LawsuitResumed"] = "Clerk Supervisor Court",
        ["CountingPolicyAdopted"] = "Admin",
        ["CalendarYearPublished"] = "Admin",
        ["ProvincialBenchmarkRecorded"] = "Admin",
        ["FactCorrected@Unit"] = "Supervisor Admin",
        ["FactRetracted@Unit"] = "Supervisor Admin",
        ["FactCorrected@Lawsuit"] = "Supervisor",
        ["FactRetracted@Lawsuit"] = "Supervisor",
        ["FactCorrected@Policy"] = "Admin",
        ["FactRetracted@Policy"] = "Admin",
        ["FactCorrected@Calendar"] = "Admin",
        ["FactRetracted@Calendar"] = "Admin",
        ["FactCorrected@Benchmark"] = "Admin",
        ["FactRetracted@Benchmark"] = "Admin",
    };

    [Fact]
    public async Task Each_role_asks_what_it_may_and_nothing_else()
    {
        foreach (var (url, roles) in Questions)
            foreach (var role in Enum.GetValues<LedgerRole>())
                await app.GetAsync(url, Token(role), Has(roles, role) ? 200 : 403);
    }

    [Fact]
    public async Task Each_role_records_what_it_may_and_nothing_else()
    {
        foreach (var entry in EventCatalog.All)
            foreach (var kind in Enum.GetValues<StreamKind>().Where(entry.BelongsTo))
            {
                var roles = entry.Recorder is null ? OfTheSpine(entry, kind) : AreaSpecimen.All.Single(a => a.Recorders.ContainsKey(entry.Name)).Recorders[entry.Name];
                foreach (var role in Enum.GetValues<LedgerRole>())
                {
                    // An empty fact: who may record it hears what is missing (a policy has no required member but one).
                    var answer = await app.PostAsync(AppFixture.UrlOf(new Subject(kind, "x"), entry.Name), "{}", Token(role), Has(roles, role) ? 422 : 403);
                    (await answer.ReadAsTextAsync()).ShouldContain(Has(roles, role) ? "\"code\":\"import.missing-member\"" : "\"code\":\"auth.forbidden\"");
                }
            }
    }

    [Fact]
    public async Task Each_role_asks_about_the_plan_what_it_may_and_nothing_else()
    {
        foreach (var question in Areas.Questions)
        {
            var roles = AreaSpecimen.All.Single(a => a.Askers.ContainsKey(question.Name)).Askers[question.Name];
            foreach (var role in Enum.GetValues<LedgerRole>())
            {
                // What it asks for may not exist; it is the caller that is looked at first.
                var answer = await app.Host.Scenario(s =>
                {
                    s.Get.Url($"/api/{question.Name}?{string.Join('&', Parameterised.Each(question.Takes).Select(p => p switch
                    {
                        Parameters.Unit => "unit=wuquan", Parameters.Period => "period=2024Q2", Parameters.Key => "key=x", Parameters.From => "from=1", _ => "",
                    }))}");
                    s.WithRequestHeader("Authorization", "Bearer " + Token(role));
                    s.IgnoreStatusCode();
                });
                (answer.Context.Response.StatusCode != 403).ShouldBe(Has(roles, role), $"{role} {question.Name}");
                answer.Context.Response.StatusCode.ShouldBeLessThan(500, question.Name);
            }
        }
    }

    // What the plan adds is corrected by the office, reference data, approvals, exports and redactions by the administrator.
    private static string OfTheSpine(CatalogEntry entry, StreamKind kind) =>
        entry.Kind is null && !Recorders.ContainsKey($"{entry.Name}@{kind}")
            ? kind is StreamKind.Approval or StreamKind.Export or StreamKind.Redaction ? "Admin" : "Supervisor"
            : Recorders[entry.Kind is null ? $"{entry.Name}@{kind}" : entry.Name];

    [Fact]
    public async Task Only_those_who_answer_for_a_file_import_one()
    {
        foreach (var role in Enum.GetValues<LedgerRole>())
            await app.PostAsync("/api/import", "", Token(role), Has("Supervisor Court Admin", role) ? 200 : 403,
                s => s.WithRequestHeader("Content-Type", "application/x-ndjson"));
    }

    [Theory]
    [InlineData("/api/units/beiwudu")]
    [InlineData("/api/units/beiwudu/history")]
    [InlineData("/api/units/beiwudu/history?states=true")]
    [InlineData("/api/units/beiwudu/diff?from=@0")]
    [InlineData("/api/lawsuits/other/history?states=true")]
    [InlineData("/api/lawsuits/other/diff?from=@0")]
    [InlineData("/api/units/beiwudu/scorecard/2024Q2")]
    [InlineData("/api/obligations?unit=beiwudu")]
    [InlineData("/api/notices?unit=beiwudu")]
    [InlineData("/api/lawsuits/other")]
    [InlineData("/api/lawsuits/other/history")]
    [InlineData("/api/lawsuits/none")]
    public async Task A_clerk_of_another_unit_is_refused(string url)
    {
        var answer = await app.GetAsync(url, CountyApp.Clerk, 403);
        JsonNode.Parse(await answer.ReadAsTextAsync())!["code"]!.GetValue<string>().ShouldBe(Codes.UnitForbidden);
    }

    [Fact]
    public async Task A_clerks_lists_hold_the_own_unit_only()
    {
        (await app.JsonAsync("/api/obligations", CountyApp.Supervisor)).AsArray().Select(o => o!["unit"]!.GetValue<string>()).Distinct()
            .ShouldBe([CountyApp.Mine, CountyApp.Other], ignoreOrder: true);
        var mine = (await app.JsonAsync("/api/obligations", CountyApp.Clerk)).AsArray();
        mine.ShouldNotBeEmpty();
        mine.ShouldAllBe(o => o!["unit"]!.GetValue<string>() == CountyApp.Mine);
    }

    [Fact]
    public async Task A_clerk_without_a_unit_reads_published_figures_only()
    {
        foreach (var (url, _) in Questions)
            await app.GetAsync(url, TestTokens.Of(LedgerRole.Clerk), url.Contains("rankings", StringComparison.Ordinal) ? 200 : 403);
    }

    [Theory]
    [InlineData("mine", "CaseConferenceHeld", """{"unit":"wuquan","heldOn":"2024-04-20","risk":"Yellow"}""", 201)]
    [InlineData("mine", "CaseConferenceHeld", """{"unit":"beiwudu","heldOn":"2024-04-20","risk":"Yellow"}""", 403)]
    [InlineData("other", "CaseConferenceHeld", """{"unit":"beiwudu","heldOn":"2024-04-20","risk":"Yellow"}""", 403)]
    [InlineData("other", "CaseConferenceHeld", """{"unit":"wuquan","heldOn":"2024-04-20","risk":"Yellow"}""", 403)]
    [InlineData("mine", "LawsuitSuspended", """{"on":"2024-05-01","reason":"等待"}""", 201)]
    [InlineData("other", "LawsuitSuspended", """{"on":"2024-05-01","reason":"等待"}""", 403)]
    [InlineData("none", "CaseConferenceHeld", """{"unit":"wuquan","heldOn":"2024-04-20","risk":"Yellow"}""", 404)]
    [InlineData("mine", "HearingHeld", """{"caseNo":"（2024）豫1121行初1号","heldOn":"2024-05-10","openCourt":true,"attendances":[]}""", 201)]
    [InlineData("other", "HearingHeld", """{"caseNo":"（2024）豫1121行初2号","heldOn":"2024-05-10","openCourt":true,"attendances":[]}""", 403)]
    // That the own unit was added to another's lawsuit is its own to say: here the rules refuse it, for its date.
    [InlineData("other", "DefendantAdded", """{"unit":"wuquan","capacity":"Joint","addedOn":"2999-05-10"}""", 422)]
    [InlineData("other", "DefendantAdded", """{"unit":"beiwudu","capacity":"Joint","addedOn":"2999-05-10"}""", 403)]
    public async Task A_clerk_records_for_the_own_unit_only(string key, string fact, string data, int status) =>
        await app.PostAsync(AppFixture.UrlOf(Subject.Lawsuit(key), fact), data, CountyApp.Clerk, status);

    [Fact]
    public async Task A_clerk_registers_duties_of_the_own_unit_only()
    {
        const string duty = """{"duty":"d1","name":"职责","registeredOn":"2024-01-01"}""";
        await app.PostAsync("/api/units/wuquan/duty-registered", duty, CountyApp.Clerk);
        await app.PostAsync("/api/units/beiwudu/duty-registered", duty, CountyApp.Clerk, 403);
    }

    [Fact]
    public async Task A_person_with_two_roles_has_the_rights_of_both()
    {
        var both = TestTokens.Of([LedgerRole.Clerk, LedgerRole.Inspector], CountyApp.Mine);
        await app.GetAsync("/api/units/beiwudu/history", both);
        await app.PostAsync("/api/units/beiwudu/duty-registered", """{"duty":"d","name":"n","registeredOn":"2024-01-01"}""", both, 403);
    }

    [Fact]
    public async Task A_token_that_is_not_meant_for_us_is_refused()
    {
        var strange = new SigningCredentials(new RsaSecurityKey(System.Security.Cryptography.RSA.Create(2048)), SecurityAlgorithms.RsaSha256);
        LedgerRole[] roles = [LedgerRole.Admin];
        foreach (var token in new[]
        {
            TestTokens.Of(roles, audience: "another"), TestTokens.Of(roles, issuer: "https://elsewhere.test"),
            TestTokens.Of(roles, credentials: strange), TestTokens.Of(roles, age: TimeSpan.FromHours(2)), "nonsense",
        })
            await app.GetAsync("/api/rankings/2024", token, 401);
        // Authenticated, but the record could not say through whom; or without a role.
        await app.GetAsync("/api/rankings/2024", TestTokens.Of(roles, client: null), 403);
        await app.GetAsync("/api/rankings/2024", TestTokens.Of([]), 403);
    }

    [Fact]
    public async Task What_is_recorded_names_the_person_and_the_client()
    {
        await app.PostAsync("/api/units/beiwudu/duty-registered", """{"duty":"named","name":"n","registeredOn":"2024-01-01"}""", CountyApp.Supervisor, key: "the-key");
        var entry = (await app.JsonAsync("/api/units/beiwudu/history", CountyApp.Auditor)).AsArray().Single(e => e!["id"]!.GetValue<string>() == "the-key")!;
        entry["actor"]!.GetValue<string>().ShouldBe("supervisor");
        entry["source"]!.GetValue<string>().ShouldBe("/http/tests");
    }

    private static string Token(LedgerRole role) => role == LedgerRole.Clerk ? CountyApp.Clerk : TestTokens.Of(role);

    private static bool Has(string roles, LedgerRole role) => roles.Split(' ').Contains(role.ToString());
}
