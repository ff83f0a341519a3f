using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ledger.Host;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>Demo mode on a real socket: its people pass the same handler and policies, and nobody else's tokens do.</summary>
public sealed class DemoModeTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await BuildAsync();
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Each_persona_gets_a_token_that_its_role_makes_of_it()
    {
        foreach (var persona in DemoTokens.Personas)
        {
            using var asked = await _client.PostAsync("/demo/tokens/" + persona.Name, null);
            var token = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
            (await StatusAsync("/api/rankings/2024", token)).ShouldBe(HttpStatusCode.OK);
            (await StatusAsync("/api/units/none", token)).ShouldBe(
                persona.Role is LedgerRole.Clerk or LedgerRole.Court ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound, persona.Name);
        }

        using var nobody = await _client.PostAsync("/demo/tokens/nobody", null);
        nobody.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var link = await _client.GetAsync("/demo/tokens/admin");
        link.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Tokens_of_another_start_or_of_an_authority_are_refused()
    {
        using var other = new DemoTokens();
        (await StatusAsync("/api/rankings/2024", other.Issue("admin")!)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync("/api/rankings/2024", TestTokens.Of(LedgerRole.Admin))).ShouldBe(HttpStatusCode.Unauthorized);
        // The unsigned kind.
        (await StatusAsync("/api/rankings/2024", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZSI6IkFkbWluIiwiYXpwIjoieCJ9.")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Another_sites_name_for_this_machine_gets_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/demo/tokens/admin") { Headers = { Host = "evil.test" } };
        using var answer = await _client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_server_says_nothing_of_itself_and_takes_no_endless_body()
    {
        using var answer = await _client.GetAsync("/health/live");
        answer.Headers.Contains("Server").ShouldBeFalse();
        using var content = new ByteArrayContent(new byte[1024 * 1024]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/units/wuquan/duty-registered") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token("supervisor"));
        request.Headers.Add("Idempotency-Key", "long");
        using var refused = await _client.SendAsync(request);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await refused.Content.ReadFromJsonAsync<JsonNode>())!["code"]!.GetValue<string>().ShouldBe("request.too-large");
    }

    [Fact]
    public async Task A_file_longer_than_any_body_is_imported()
    {
        var lines = string.Concat(Enumerable.Range(0, 2_000).Select(n => Ledger.Tests.Import.FactLines.Unit($"import{n}") + "\n"));
        lines.Length.ShouldBeGreaterThan(300_000);
        using var content = new StringContent(lines, new MediaTypeHeaderValue("application/x-ndjson"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/import") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token("admin"));
        using var answer = await _client.SendAsync(request);
        var report = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, report.ToJsonString());
        report["imported"]!.GetValue<int>().ShouldBe(2_000);
    }

    [Fact]
    public async Task An_address_added_in_code_is_looked_at_before_anything_listens()
    {
        await using var app = await BuildAsync();
        app.Urls.Add("http://0.0.0.0:0");
        (await Should.ThrowAsync<StartupRefusedException>(() => app.StartAsync())).Message.ShouldContain("0.0.0.0");
    }

    private static async Task<WebApplication> BuildAsync() => LedgerHost.Build(
        [], (await AppFixture.CreateDatabaseAsync()).Writer, builder =>
        {
            builder.Configuration.AddInMemoryCollection([new("Ledger:Demo", "true"), new("urls", "http://127.0.0.1:0"), new("Logging:Console:LogLevel:Default", "None")]);
            builder.Logging.ClearProviders();
        });

    private string Token(string persona) => _app.Services.GetRequiredService<DemoTokens>().Issue(persona)!;

    private async Task<HttpStatusCode> StatusAsync(string url, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _client.SendAsync(request);
        return answer.StatusCode;
    }
}
