using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>Questions about the plan as they are asked over HTTP.</summary>
[Collection(CountyCollection.Name)]
public sealed class QuestionTests(CountyApp app)
{
    [Theory]
    [InlineData("/api/today", 400, Codes.QueryInvalid)]
    [InlineData("/api/today?unit=nobody", 404, Codes.UnitNotFound)]
    [InlineData("/api/duties?period=2024Q5", 400, Codes.QueryInvalid)]
    [InlineData("/api/duties?status=overdue", 400, Codes.QueryInvalid)]
    [InlineData("/api/clauses?unit=wuquan", 400, Codes.QueryInvalid)]
    [InlineData("/api/duties?asOf=yesterday", 400, Codes.QueryInvalid)]
    [InlineData("/api/duties?position=999999999", 400, Codes.QueryInvalid)]
    public async Task What_cannot_be_asked_is_refused_with_its_reason(string url, int status, string code)
    {
        var answer = await app.GetAsync(url, CountyApp.Supervisor, status);
        JsonNode.Parse(await answer.ReadAsTextAsync())!["code"]!.GetValue<string>().ShouldBe(code);
    }

    [Fact]
    public async Task A_clerk_hears_of_the_own_unit_only()
    {
        (await app.JsonAsync("/api/today", CountyApp.Clerk)).AsArray().ShouldAllBe(d => d!["unit"]!.GetValue<string>() == CountyApp.Mine);
        (await app.JsonAsync("/api/duties", CountyApp.Clerk)).AsArray().ShouldAllBe(d => d!["unit"]!.GetValue<string>() == CountyApp.Mine);
        var refused = await app.GetAsync("/api/today?unit=" + CountyApp.Other, CountyApp.Clerk, 403);
        JsonNode.Parse(await refused.ReadAsTextAsync())!["code"]!.GetValue<string>().ShouldBe(Codes.UnitForbidden);
    }

    [Fact]
    public async Task An_answer_has_a_tag_a_total_and_pages()
    {
        var first = await app.GetAsync("/api/clauses?limit=2", CountyApp.Supervisor);
        JsonNode.Parse(await first.ReadAsTextAsync())!.AsArray().Count.ShouldBe(2);
        var headers = first.Context.Response.Headers;
        int.Parse(headers["Ledger-Total"]!).ShouldBeGreaterThan(2);
        await app.GetAsync("/api/clauses?limit=2", CountyApp.Supervisor, 304, s => s.WithRequestHeader("If-None-Match", headers.ETag!));
    }

    [Fact]
    public async Task A_matter_of_the_plan_shows_its_history_to_the_unit_that_it_names()
    {
        await app.RecordAsync("policy/plan", new Ledger.Domain.Obligations.ActionPlanIssued("1", "方案", new DateOnly(2024, 1, 5)));
        await app.GetAsync("/api/disputes/none/history", CountyApp.Supervisor, 404);
        await app.GetAsync("/api/disputes/none/history", CountyApp.Clerk, 403);
    }
}
