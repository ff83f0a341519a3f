using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>Entity tags and pages.</summary>
[Collection(CountyCollection.Name)]
public sealed class AnswerTests(CountyApp app)
{
    [Fact]
    public async Task What_the_client_has_already_is_not_sent_again()
    {
        var position = (await app.JsonAsync("/api/rankings/2024Q2", CountyApp.Inspector))["position"]!.GetValue<long>();
        var url = $"/api/rankings/2024Q2?position={position}";
        var tag = (await app.GetAsync(url, CountyApp.Inspector)).Context.Response.Headers.ETag.ToString();
        tag.ShouldStartWith("\"");
        var again = await app.GetAsync(url, CountyApp.Inspector, 304, s => s.WithRequestHeader("If-None-Match", tag));
        (await again.ReadAsTextAsync()).ShouldBeEmpty();
        again.Context.Response.Headers.ETag.ToString().ShouldBe(tag);
        again.Context.Response.Headers.CacheControl.ToString().ShouldBe("private, no-cache");
        await app.GetAsync(url, CountyApp.Inspector, 200, s => s.WithRequestHeader("If-None-Match", "\"another\""));
    }

    [Fact]
    public async Task A_masked_answer_has_another_tag_than_an_unmasked_one()
    {
        var position = (await app.JsonAsync("/api/rankings/2024Q2", CountyApp.Inspector))["position"]!.GetValue<long>();
        var url = $"/api/lawsuits/mine?position={position}";
        var masked = (await app.GetAsync(url, CountyApp.Inspector)).Context.Response.Headers.ETag.ToString();
        (await app.GetAsync(url, CountyApp.Auditor)).Context.Response.Headers.ETag.ToString().ShouldNotBe(masked);
    }

    [Fact]
    public async Task Pages_put_together_are_the_list()
    {
        const string url = "/api/units/wuquan/history";
        var position = (await app.JsonAsync("/api/rankings/2024Q2", CountyApp.Auditor))["position"]!.GetValue<long>();
        var whole = (await app.JsonAsync($"{url}?position={position}", CountyApp.Auditor)).AsArray();
        whole.Count.ShouldBeGreaterThanOrEqualTo(3);
        var paged = new JsonArray();
        for (var offset = 0; ; offset += 2)
        {
            var page = await app.GetAsync($"{url}?position={position}&offset={offset}&limit=2", CountyApp.Auditor);
            page.Context.Response.Headers["Ledger-Total"].ToString().ShouldBe($"{whole.Count}");
            var items = JsonNode.Parse(await page.ReadAsTextAsync())!.AsArray();
            items.Count.ShouldBeLessThanOrEqualTo(2);
            if (items.Count == 0) break;
            foreach (var item in items) paged.Add(item!.DeepClone());
        }

        JsonNode.DeepEquals(paged, whole).ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_says_what_it_rests_on()
    {
        var headers = (await app.GetAsync("/api/obligations", CountyApp.Auditor)).Context.Response.Headers;
        long.Parse(headers["Ledger-Position"].ToString()).ShouldBeGreaterThan(0);
        headers["Ledger-Known-At"].ToString().ShouldEndWith("Z");
    }
}
