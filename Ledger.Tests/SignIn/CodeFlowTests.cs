using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Web;
using Ledger.Host;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Ledger.Tests.SignIn;

/// <summary>People sign in to the pages at a real authority: code flow, PKCE, and a session that holds the claims which decide.</summary>
public sealed class CodeFlowTests : IAsyncLifetime
{
    private const string Audience = "ledger";

    private readonly DirectoryInfo _evidence = Directory.CreateTempSubdirectory("ledger-tests-");
    private Authority _authority = null!;
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        _authority = await Authority.StartAsync(Audience);
        var logins = await AppFixture.CreateDatabaseAsync();
        _app = LedgerHost.Build([], logins.Writer, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection([
                new("urls", "http://127.0.0.1:0"), new("Authentication:Authority", _authority.Url), new("Authentication:Audience", Audience),
                new("Authentication:ClientId", Authority.Client), new("Ledger:Evidence:Directory", _evidence.FullName), new("Limits:SignInsPerMinute", "20"), new("Logging:Console:LogLevel:Default", "None"),
            ]);
        });
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _authority.DisposeAsync();
        _evidence.Delete(recursive: true);
    }

    [Fact]
    public async Task Somebody_whom_the_authority_knows_comes_back_to_the_page_that_was_asked_for()
    {
        _authority.Person = [("sub", "person-1"), ("name", "张三"), ("role", "Supervisor")];
        using var client = Client(out var cookies);
        using var page = await FollowAsync(client, "/ranking?period=2024");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe("/ranking?period=2024");
        var asked = _authority.Asked.ShouldNotBeNull();
        asked.ResponseType.ShouldBe("code");
        asked.CodeChallengeMethod.ShouldBe("S256");
        asked.CodeChallenge.ShouldNotBeNullOrEmpty();
        asked.Nonce.ShouldNotBeNullOrEmpty();

        // Nothing of the way is left: neither the code's proofs nor a token.
        cookies.GetAllCookies().Select(c => c.Name).Where(n => n.StartsWith(".AspNetCore.", StringComparison.Ordinal)).ShouldBeEmpty();
        (await client.GetAsync(_app.Urls.Single() + "/api/rankings/2024")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "a session opens no door of the API");
    }

    [Fact]
    public async Task The_roles_of_the_authority_decide_and_a_person_without_one_sees_nothing()
    {
        _authority.Person = [("sub", "clerk-1"), ("role", "Clerk"), ("unit", "wuquan")];
        using (var clerk = Client(out _))
        {
            (await (await FollowAsync(clerk, "/")).Content.ReadAsStringAsync()).ShouldContain("h1");
            (await FollowAsync(clerk, "/numbers/wuquan?period=2024")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        _authority.Person = [("sub", "judge-1"), ("role", "Court")];
        using (var court = Client(out _)) (await FollowAsync(court, "/numbers/wuquan?period=2024")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        _authority.Person = [("sub", "nobody-1"), ("role", "Gardener")];
        using (var nobody = Client(out _)) (await FollowAsync(nobody, "/ranking")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_sign_in_that_the_authority_refuses_or_that_is_forged_signs_nobody_in()
    {
        _authority.Person = null;
        using var client = Client(out var cookies);
        using (var refused = await FollowAsync(client, "/ranking"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("&#x767B;", Case.Insensitive);
        }

        foreach (var forged in new[] { "/signin-oidc?code=x&state=y", "/signin-oidc?code=x", "/signin-oidc?error=access_denied&state=z" })
        {
            using var answer = await FollowAsync(client, forged);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, forged);
        }

        cookies.GetAllCookies().ShouldNotContain(c => c.Name == PageSession.Cookie);
    }

    [Fact]
    public async Task Another_browsers_way_back_is_refused()
    {
        _authority.Person = [("sub", "person-1"), ("role", "Supervisor")];
        using var thief = Client(out _);
        var way = await WayBackAsync(thief);
        using var victim = Client(out var cookies);
        using var answer = await FollowAsync(victim, way);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        cookies.GetAllCookies().ShouldNotContain(c => c.Name == PageSession.Cookie);
    }

    [Fact]
    public async Task Only_an_address_of_ours_is_gone_back_to()
    {
        _authority.Person = [("sub", "person-1"), ("role", "Auditor")];
        using var client = Client(out _);
        using var page = await FollowAsync(client, "/sign-in?back=" + Uri.EscapeDataString("//evil.test/"));
        page.RequestMessage!.RequestUri!.ToString().ShouldBe(_app.Urls.Single() + "/");
    }

    [Fact]
    public async Task Signing_out_ends_the_authoritys_session_too()
    {
        _authority.Person = [("sub", "person-1"), ("role", "Auditor")];
        using var client = Client(out var cookies);
        using var page = await FollowAsync(client, "/");
        const string field = "name=\"__RequestVerificationToken\" value=\"";
        var html = await page.Content.ReadAsStringAsync();
        var from = html.IndexOf(field, StringComparison.Ordinal) + field.Length;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", html[from..html.IndexOf('"', from)])]);
        using var answer = await client.PostAsync(_app.Urls.Single() + "/sign-out", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        cookies.GetAllCookies().ShouldNotContain(c => c.Name == PageSession.Cookie);
        _authority.Person = null;
        using var there = await FollowAsync(client, answer.Headers.Location!.ToString());
        _authority.Ended.ShouldBe(1);
        there.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "the page asks again, and the authority says no");
    }

    [Fact]
    public async Task The_same_authoritys_token_opens_the_API_and_no_page()
    {
        _authority.Person = [("sub", "person-1"), ("role", "Auditor")];
        var token = await TokenAsync();
        using var client = Client(out _);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await client.GetAsync(_app.Urls.Single() + "/api/rankings/2024")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync(_app.Urls.Single() + "/ranking")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "a token opens no page");
    }

    [Fact]
    public async Task Who_tries_over_and_over_has_to_wait()
    {
        using var client = Client(out _);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 21; i++)
        {
            using var answer = await client.GetAsync(_app.Urls.Single() + "/sign-in");
            answers.Add(answer.StatusCode);
        }

        answers.Take(20).ShouldAllBe(s => s == HttpStatusCode.Redirect);
        answers[20].ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private static HttpClient Client(out CookieContainer cookies)
    {
        cookies = new CookieContainer();
        return new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false });
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpClient client, string address)
    {
        var next = new Uri(new Uri(_app.Urls.Single()), address);
        for (var steps = 0; steps < 10; steps++)
        {
            var answer = await client.GetAsync(next);
            if (answer.StatusCode != HttpStatusCode.Redirect) return answer;
            next = new Uri(next, answer.Headers.Location!);
            answer.Dispose();
        }

        throw new InvalidOperationException($"No end at {next}.");
    }

    // Where the authority sends somebody back to, not gone to yet.
    private async Task<string> WayBackAsync(HttpClient client)
    {
        using var there = await client.GetAsync(_app.Urls.Single() + "/sign-in");
        using var back = await client.GetAsync(there.Headers.Location!);
        return back.Headers.Location!.ToString();
    }

    // A program's own code flow, as far as an access token.
    private async Task<string> TokenAsync()
    {
        const string verifier = "0123456789012345678901234567890123456789012";
        var challenge = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        using var client = Client(out _);
        var redirect = _app.Urls.Single() + "/signin-oidc";
        using var authorized = await client.GetAsync($"{_authority.Url}/authorize?client_id={Authority.Client}&response_type=code&scope=openid&redirect_uri={Uri.EscapeDataString(redirect)}&code_challenge={challenge}&code_challenge_method=S256&nonce=n&state=s");
        var code = HttpUtility.ParseQueryString(authorized.Headers.Location!.Query)["code"]!;
        using var form = new FormUrlEncodedContent([
            new("grant_type", "authorization_code"), new("client_id", Authority.Client), new("code", code), new("redirect_uri", redirect), new("code_verifier", verifier),
        ]);
        using var answer = await client.PostAsync(_authority.Url + "/token", form);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("access_token").GetString()!;
    }
}
