using System.Net;
using System.Net.Http.Headers;
using Ledger.Host.Security;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>Who gets in, and what they see: the API's decisions, on the pages.</summary>
[Collection(PagesCollection.Name)]
public sealed class PageRightsTests(PagesApp app)
{
    [Fact]
    public async Task Who_has_no_session_is_sent_to_the_list_of_people_and_back()
    {
        using var client = Client(out _);
        using var answer = await client.GetAsync("/ranking?period=2024");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.PathAndQuery.ShouldBe("/sign-in?back=%2Franking%3Fperiod%3D2024");
        using var circuit = await client.PostAsync("/_blazor/negotiate", null);
        circuit.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var elsewhere = await client.GetAsync("/sign-in?back=//evil.test/");
        (await elsewhere.Content.ReadAsStringAsync()).ShouldNotContain("evil.test");
    }

    [Fact]
    public async Task A_session_wants_the_forms_own_token_and_ends_when_it_is_ended()
    {
        using var client = Client(out var cookies);
        using (var forged = await client.PostAsync("/sign-in", Form(("persona", "supervisor")))) forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        cookies.GetAllCookies().ShouldNotContain(c => c.Name == PageSession.Cookie);

        using var signedIn = await SignInAsync(client, "supervisor");
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(PageSession.Cookie + "=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        (await client.GetAsync("/ranking")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using (var forged = await client.PostAsync("/sign-out", Form(("back", "/")))) forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var foreign = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Headers = { { "Origin", "http://127.0.0.1:1" } } })
            (await client.SendAsync(foreign)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        await using var browser = await app.SignInAsync("supervisor");
        await browser.Page.Locator(".bar-end button").ClickAsync();
        await browser.Page.WaitForURLAsync(app.Url + "/sign-in**");
        await browser.Page.GotoAsync(app.Url + "/ranking");
        browser.Page.Url.ShouldStartWith(app.Url + "/sign-in");
    }

    [Fact]
    public async Task A_session_opens_no_door_of_the_API_and_a_token_no_page()
    {
        using var client = Client(out _);
        using (await SignInAsync(client, "admin"))
            (await client.GetAsync("/api/rankings/2024")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var other = Client(out _);
        other.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", app.Services.GetRequiredService<DemoTokens>().Issue("admin"));
        (await other.GetAsync("/api/rankings/2024")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/ranking")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_clerk_opens_the_own_units_numbers_and_no_others()
    {
        await using var browser = await app.SignInAsync("clerk");
        (await browser.Page.Locator("h1").TextContentAsync()).ShouldBe("舞泉镇今天要办");
        await app.OpenAsync(browser, "/ranking?period=2024");
        var links = await browser.Page.Locator("table.ledger tbody a").EvaluateAllAsync<string[]>("all => all.map(a => new URL(a.href).pathname)");
        links.Distinct().Order(StringComparer.Ordinal).ShouldBe(["/numbers/wuquan", "/units/wuquan"]);

        await app.OpenAsync(browser, "/numbers/macun?period=2023");
        var text = await browser.Page.Locator("main, [role=main]").First.InnerTextAsync();
        text.ShouldContain("本单位");
        text.ShouldNotContain("马村");
        text.ShouldNotMatch("豫1121行初");

        // Not in what is sent before the circuit either.
        using var client = Client(out _);
        using (await SignInAsync(client, "clerk"))
        {
            var html = await client.GetStringAsync("/numbers/macun?period=2023");
            html.ShouldNotContain("行初");
            WebUtility.HtmlDecode(await client.GetStringAsync("/numbers/wuquan?period=2023")).ShouldContain("行初");
        }
    }

    [Fact]
    public async Task A_court_opens_no_units_numbers()
    {
        using var client = Client(out _);
        using (await SignInAsync(client, "court"))
        {
            (await client.GetStringAsync("/ranking?period=2024")).ShouldNotContain("/numbers/");
            (await client.GetAsync("/numbers/macun?period=2023")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Pages_run_scripts_of_our_own_files_only_and_stand_in_no_frame()
    {
        using var client = Client(out _);
        using (await SignInAsync(client, "auditor"))
            foreach (var path in new[] { "/", "/ranking", "/sign-in" })
            {
                using var answer = await client.GetAsync(path);
                var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
                policy.ShouldContain("script-src 'self';");
                policy.ShouldContain("frame-ancestors 'none'");
                answer.Headers.GetValues("X-Frame-Options").ShouldHaveSingleItem().ShouldBe("DENY");
                answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
            }
    }

    private HttpClient Client(out CookieContainer cookies)
    {
        cookies = new CookieContainer();
        return new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Url) };
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string persona)
    {
        var page = await client.GetStringAsync("/sign-in");
        const string field = "name=\"__RequestVerificationToken\" value=\"";
        var from = page.IndexOf(field, StringComparison.Ordinal) + field.Length;
        var answer = await client.PostAsync("/sign-in", Form(("persona", persona), ("__RequestVerificationToken", page[from..page.IndexOf('"', from)])));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer;
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}
