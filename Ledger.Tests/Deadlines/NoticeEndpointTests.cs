using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Deadlines;

/// <summary>The notices over HTTP: whoever may read units sees them all, a clerk those of the own unit.</summary>
public sealed class NoticeEndpointTests(NoticeEndpointTests.Overdue app) : IClassFixture<NoticeEndpointTests.Overdue>
{
    [Fact]
    public async Task Everybody_who_supervises_sees_every_notice()
    {
        var json = (await app.JsonAsync("/api/notices", TestTokens.Of(LedgerRole.Supervisor))).AsArray();
        json.Select(n => n!["unit"]!.GetValue<string>()).ShouldBe(["a", "b"]);
        json[0]!["recipients"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["a", "sifa"]);
        (await app.JsonAsync("/api/notices?unit=b&kind=Overdue", TestTokens.Of(LedgerRole.Auditor))).AsArray().Count.ShouldBe(1);
        (await app.JsonAsync("/api/notices?kind=Warning", TestTokens.Of(LedgerRole.Auditor))).AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_clerk_sees_those_of_the_own_unit()
    {
        var clerk = TestTokens.Of(LedgerRole.Clerk, "b");
        (await app.JsonAsync("/api/notices", clerk)).AsArray().Select(n => n!["unit"]!.GetValue<string>()).ShouldBe(["b"]);
        await app.GetAsync("/api/notices?unit=a", clerk, 403);
        await app.GetAsync("/api/notices", TestTokens.Of(LedgerRole.Clerk), 403);
    }

    [Fact]
    public async Task Others_see_none()
    {
        await app.GetAsync("/api/notices", null, 401);
        await app.GetAsync("/api/notices", TestTokens.Of(LedgerRole.Court), 403);
        await app.GetAsync("/api/notices?kind=Late", TestTokens.Of(LedgerRole.Auditor), 400);
        await app.GetAsync("/api/notices?unit=nobody", TestTokens.Of(LedgerRole.Auditor), 404);
    }

    [Fact]
    public async Task The_health_check_watches_the_subscription() =>
        (await (await app.GetAsync("/health/ready", TestTokens.Of(LedgerRole.Admin))).ReadAsTextAsync()).ShouldContain("Deadlines:All");

    public sealed class Overdue : AppFixture
    {
        protected override async Task ArrangeAsync()
        {
            foreach (var (unit, number) in new[] { ("a", 1), ("b", 2) })
            {
                var caseNo = DeadlineHost.CaseNo(number);
                await RecordAsync("unit/" + unit, new UnitRegistered(unit, UnitKind.Department, new DateOnly(2020, 1, 1)));
                await RecordAsync(
                    "lawsuit/" + unit,
                    new LawsuitDocketed(
                        caseNo, "舞阳县人民法院", new DateOnly(2023, 9, 4), LawsuitCategory.Administrative, "行政处罚", "城管", "处罚",
                        [new Defendant(unit, DefendantCapacity.Sole)]),
                    new ResponseMaterialsReceived(unit, caseNo, new DateOnly(2023, 10, 12)));
            }

            await Eventually.IsAsync(async () => await SqlAsync("select count(*) from mt.mt_doc_noticeentry") is 4L, "both notices, each for two recipients");
        }
    }
}
