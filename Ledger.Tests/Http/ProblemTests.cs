using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Api;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>Whatever goes wrong is answered with problem details and a stable code.</summary>
[Collection(CountyCollection.Name)]
public sealed class ProblemTests(CountyApp app)
{
    private const string Conference = "/api/lawsuits/mine/case-conference-held";
    private const string Held = """{"unit":"wuquan","heldOn":"2024-04-21","risk":"Green"}""";

    [Theory]
    [InlineData("GET", "/api/nothing", null, null, 404, "request.not-found")]
    [InlineData("GET", "/nothing", null, null, 404, "request.not-found")]
    [InlineData("GET", "/", null, null, 401, "auth.required")] // a page: a session counts there, a token does not
    [InlineData("DELETE", "/api/rankings/2024", null, null, 405, "request.method-not-allowed")]
    [InlineData("GET", Conference, null, null, 405, "request.method-not-allowed")]
    [InlineData("POST", Conference, Held, "text/plain", 415, "request.unsupported-media-type")]
    [InlineData("POST", "/api/import", "", "application/json", 415, "request.unsupported-media-type")]
    [InlineData("POST", Conference, "{", "application/json", 422, Codes.Malformed)]
    [InlineData("POST", Conference, "", "application/json", 422, Codes.Malformed)]
    [InlineData("POST", Conference, """{"unit":"wuquan","unit":"wuquan"}""", "application/json", 422, Codes.Malformed)]
    [InlineData("POST", Conference, """{"unit":"wuquan","heldOn":"2024-02-30","risk":"Green"}""", "application/json", 422, Codes.InvalidValue)]
    [InlineData("POST", Conference, """{"unit":"wuquan","heldOn":"2024-04-20","risk":"Green","more":1}""", "application/json", 422, Codes.UnknownMember)]
    [InlineData("POST", Conference, """{"unit":"wuquan","heldOn":"2999-04-20","risk":"Green"}""", "application/json", 422, Codes.InFuture)]
    [InlineData("POST", "/api/lawsuits/none/case-conference-held", Held, "application/json", 404, Codes.LawsuitNotFound)]
    [InlineData("POST", "/api/units/none/duty-registered", """{"duty":"d","name":"n","registeredOn":"2024-01-01"}""", "application/json", 404, Codes.UnitNotFound)]
    [InlineData("POST", "/api/units/wuquan/unit-merged", """{"into":"none","mergedOn":"2024-01-01"}""", "application/json", 422, Codes.UnitNotFound)]
    [InlineData("POST", "/api/lawsuits/mine/case-conference-held", """{"unit":"none","heldOn":"2024-04-20","risk":"Green"}""", "application/json", 422, Codes.UnknownUnit)]
    [InlineData("POST", "/api/lawsuits/a%20b/case-conference-held", Held, "application/json", 422, Codes.InvalidValue)]
    [InlineData("GET", "/api/units/none", null, null, 404, Codes.UnitNotFound)]
    [InlineData("GET", "/api/units/none/history", null, null, 404, Codes.UnitNotFound)]
    [InlineData("GET", "/api/lawsuits/none", null, null, 404, Codes.LawsuitNotFound)]
    [InlineData("GET", "/api/lawsuits/none/history", null, null, 404, Codes.LawsuitNotFound)]
    [InlineData("GET", "/api/rankings/2024Q9", null, null, 400, Codes.QueryInvalid)]
    [InlineData("GET", "/api/rankings/2024?asOf=yesterday", null, null, 400, Codes.QueryInvalid)]
    [InlineData("GET", "/api/rankings/2024?position=999999", null, null, 400, Codes.QueryInvalid)]
    [InlineData("GET", "/api/rankings/2024?list=Nonsense", null, null, 400, Codes.QueryInvalid)]
    [InlineData("GET", "/api/rankings/2024?policy=none", null, null, 422, Codes.PolicyNotFound)]
    [InlineData("GET", "/api/rankings/2024/comparison", null, null, 404, Codes.BenchmarkNotFound)]
    [InlineData("GET", "/api/obligations?limit=ten", null, null, 400, Codes.QueryInvalid)]
    [InlineData("GET", "/api/obligations?limit=0", null, null, 400, Codes.QueryInvalid)]
    [InlineData("GET", "/api/obligations?limit=-1", null, null, 400, Codes.QueryInvalid)]
    [InlineData("GET", "/api/obligations?offset=1.5", null, null, 400, Codes.QueryInvalid)]
    [InlineData("GET", "/api/obligations?offset=1&offset=2", null, null, 400, Codes.QueryInvalid)]
    public async Task Each_fault_has_its_status_and_code(string method, string url, string? body, string? type, int status, string code)
    {
        using var request = Request(method, url, body, type);
        await ShouldBeProblemAsync(request, status, code);
    }

    [Fact]
    public async Task A_receipt_of_what_is_not_sealed_is_not_given()
    {
        var answer = await app.GetAsync("/api/evidence/receipts?source=/nobody&id=1", TestTokens.Of(LedgerRole.Auditor), 404);
        (await answer.ReadAsTextAsync()).ShouldContain(Codes.EvidenceNotSealed);
    }

    [Fact]
    public async Task A_command_needs_an_idempotency_key()
    {
        using var without = Request("POST", Conference, Held, "application/json");
        without.Headers.Remove(Caller.KeyHeader);
        await ShouldBeProblemAsync(without, 400, "request.idempotency-key-missing");
        using var blank = Request("POST", Conference, Held, "application/json", (Caller.KeyHeader, " "));
        await ShouldBeProblemAsync(blank, 400, "request.header-invalid");
    }

    [Theory]
    [InlineData("If-Match", "abc")]
    [InlineData("If-Match", "\"x\"")]
    [InlineData("If-Match", "*")]
    [InlineData(Caller.TimeHeader, "yesterday")]
    public async Task A_header_that_does_not_parse_is_refused_rather_than_ignored(string name, string value)
    {
        using var request = Request("POST", Conference, Held, "application/json", (name, value));
        await ShouldBeProblemAsync(request, 400, "request.header-invalid");
    }

    [Fact]
    public async Task A_body_longer_than_a_line_is_refused_also_when_its_length_is_not_said()
    {
        var body = new string(' ', Envelope.LongestLine) + Held;
        using var request = Request("POST", Conference, body, "application/json");
        request.Headers.TransferEncodingChunked = true;
        await ShouldBeProblemAsync(request, 422, Codes.Malformed);
    }

    [Fact]
    public async Task A_stale_version_is_a_conflict_that_says_the_present_one()
    {
        await app.RecordAsync("lawsuit/versions", CountyApp.Docketed(50, CountyApp.Mine));
        const string url = "/api/lawsuits/versions/case-conference-held";
        using var stale = Request("POST", url, Held, "application/json", ("If-Match", "\"7\""));
        (await ShouldBeProblemAsync(stale, 409, Codes.StreamConflict))["version"]!.GetValue<long>().ShouldBe(1);
        using var fresh = Request("POST", url, Held, "application/json", ("If-Match", "\"1\""));
        using var answer = await SendAsync(fresh);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.ETag!.Tag.ShouldBe("\"2\"");
    }

    [Fact]
    public async Task The_same_key_again_changes_nothing_and_with_other_content_is_refused()
    {
        await app.RecordAsync("lawsuit/keys", CountyApp.Docketed(51, CountyApp.Mine));
        const string url = "/api/lawsuits/keys/case-conference-held";
        await app.PostAsync(url, Held, CountyApp.Supervisor, 201, key: "once");
        var again = await app.PostAsync(url, Held, CountyApp.Supervisor, 200, key: "once");
        JsonNode.Parse(await again.ReadAsTextAsync())!["duplicate"]!.GetValue<bool>().ShouldBeTrue();
        var other = await app.PostAsync(url, Held.Replace("21", "22", StringComparison.Ordinal), CountyApp.Supervisor, 422, key: "once");
        (await other.ReadAsTextAsync()).ShouldContain($"\"code\":\"{Codes.Conflict}\"");
    }

    [Fact]
    public async Task Answers_tell_nothing_about_the_server()
    {
        using var request = Request("GET", "/api/rankings/2024", null, null);
        using var answer = await SendAsync(request);
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    private async Task<JsonNode> ShouldBeProblemAsync(HttpRequestMessage request, int status, string code)
    {
        using var answer = await SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(text)!;
        problem["code"]!.GetValue<string>().ShouldBe(code);
        problem["status"]!.GetValue<int>().ShouldBe(status);
        problem["type"]!.GetValue<string>().ShouldBe("urn:ledger:" + code);
        problem["message"]!.GetValue<string>().ShouldMatch("\\p{IsCJKUnifiedIdeographs}");
        problem["messageEn"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        return problem;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var client = app.Host.Server.CreateClient();
        return await client.SendAsync(request);
    }

    private static HttpRequestMessage Request(string method, string url, string? body, string? type, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", CountyApp.Supervisor);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type!);
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (!request.Headers.Contains(Caller.KeyHeader)) request.Headers.Add(Caller.KeyHeader, Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)));
        return request;
    }
}
