using Ledger.Domain.Facts;
using Ledger.Host.Api;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>Plaintiffs' names: who reads them, who does not, and what is kept of it.</summary>
[Collection(CountyCollection.Name)]
public sealed class PersonalDataTests(CountyApp app)
{
    [Theory]
    [InlineData(LedgerRole.Clerk, true)]
    [InlineData(LedgerRole.Supervisor, true)]
    [InlineData(LedgerRole.Auditor, true)]
    [InlineData(LedgerRole.Court, true)]
    [InlineData(LedgerRole.Inspector, false)]
    [InlineData(LedgerRole.Admin, false)]
    public async Task Names_are_masked_for_roles_that_do_not_need_them(LedgerRole role, bool reads)
    {
        var token = TestTokens.Of([role], role == LedgerRole.Clerk ? CountyApp.Mine : null, subject: "reader-" + role);
        string[] urls = ["/api/lawsuits/mine", "/api/lawsuits/mine/history", "/api/units/wuquan/history"];
        foreach (var url in role == LedgerRole.Court ? urls[..2] : urls)
        {
            var answer = (await app.JsonAsync(url, token)).ToJsonString(FactJson.Options);
            answer.Contains(CountyApp.Names[0], StringComparison.Ordinal).ShouldBe(reads, url);
            answer.Contains("张某某", StringComparison.Ordinal).ShouldBe(!reads, url);
        }

        var logged = app.Logs.Lines.Where(l => l.Category == PersonalData.Category && (string?)l.Values["Actor"] == "reader-" + role).ToList();
        logged.Select(l => (string?)l.Values["Subject"]).Distinct()
            .ShouldBe(!reads ? [] : role == LedgerRole.Court ? ["lawsuit/mine"] : ["lawsuit/mine", "unit/wuquan"], ignoreOrder: true);
        logged.ShouldAllBe(l => (long)l.Values["Position"]! > 0 && (string?)l.Values["Client"] == "tests");
    }

    [Fact]
    public async Task A_clerk_who_may_see_another_units_lawsuit_for_another_reason_reads_it_masked()
    {
        var token = TestTokens.Of([LedgerRole.Clerk, LedgerRole.Inspector], CountyApp.Mine);
        (await app.JsonAsync("/api/lawsuits/other", token)).ToJsonString(FactJson.Options).ShouldContain("李某某");
        (await app.JsonAsync("/api/lawsuits/mine", token)).ToJsonString(FactJson.Options).ShouldContain(CountyApp.Names[0]);
    }

    [Fact]
    public async Task A_correction_of_names_is_masked_too()
    {
        await app.RecordAsync("lawsuit/corrected", CountyApp.Docketed(77, CountyApp.Other, CountyApp.Names[2]));
        var docketed = (await app.JsonAsync("/api/lawsuits/corrected/history", CountyApp.Supervisor)).AsArray().Single()!;
        await app.PostAsync("/api/lawsuits/corrected/fact-corrected", $$"""
            {"fact":{"source":"{{docketed["source"]}}","id":"{{docketed["id"]}}"},"set":{"plaintiffs":["{{CountyApp.Names[0]}}"]},"reason":"笔误","approvedBy":"局长"}
            """, CountyApp.Supervisor);
        var masked = (await app.JsonAsync("/api/lawsuits/corrected/history", CountyApp.Inspector)).ToJsonString(FactJson.Options);
        CountyApp.Names.ShouldAllBe(name => !masked.Contains(name, StringComparison.Ordinal));
        masked.ShouldContain("张某某");
    }

    [Fact]
    public async Task No_log_holds_a_name()
    {
        // Facts that are admitted, refused by a rule, refused by the schema, and not JSON at all, all with a name in them.
        var name = CountyApp.Names[0];
        await app.GetAsync("/api/lawsuits/mine", CountyApp.Auditor);
        await app.PostAsync("/api/lawsuits/mine/lawsuit-docketed", FactJson.Write(CountyApp.Docketed(1, CountyApp.Mine, name)), CountyApp.Supervisor, 422);
        await app.PostAsync("/api/lawsuits/mine/lawsuit-docketed", $$"""{"plaintiffs":"{{name}}"}""", CountyApp.Supervisor, 422);
        await app.PostAsync("/api/lawsuits/mine/lawsuit-docketed", $"{{ {name}", CountyApp.Supervisor, 422);
        app.Logs.Lines.Count.ShouldBeGreaterThan(10);
        foreach (var line in app.Logs.Lines)
        {
            var text = line.Text + line.Exception + string.Join(' ', line.Values.Values);
            CountyApp.Names.ShouldAllBe(n => !text.Contains(n, StringComparison.Ordinal), $"{line.Category}: {line.Text}");
        }
    }
}
