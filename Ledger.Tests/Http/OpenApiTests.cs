using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Tests.Infrastructure;
using Microsoft.OpenApi;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>The description of the API is complete, valid, and shown without asking anybody else.</summary>
[Collection(CountyCollection.Name)]
public sealed class OpenApiTests(CountyApp app)
{
    [Fact]
    public async Task It_is_a_valid_document()
    {
        var text = await (await app.GetAsync("/openapi/v1.json", null)).ReadAsTextAsync();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var read = await OpenApiDocument.LoadAsync(stream, "json");
        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_fact_has_a_closed_schema_with_the_very_members_that_are_checked()
    {
        var document = await DocumentAsync();
        foreach (var entry in EventCatalog.All)
        {
            var schema = document["components"]!["schemas"]![entry.Name].ShouldNotBeNull(entry.Name);
            schema["title"]!.GetValue<string>().ShouldBe(entry.Chinese);
            schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
            schema["properties"]!.AsObject().Select(p => p.Key).ShouldBe(entry.Schema.Members.Select(m => m.Name), entry.Name);
            (schema["required"]?.AsArray().Select(r => r!.GetValue<string>()) ?? []).ShouldBe(
                entry.Schema.Members.Where(m => m.Required).Select(m => m.Name), ignoreOrder: true, entry.Name);
            schema["properties"]!.AsObject().ShouldAllBe(p => !string.IsNullOrWhiteSpace((string?)p.Value!["description"]));
            foreach (var kind in Enum.GetValues<StreamKind>().Where(entry.BelongsTo))
            {
                var post = document["paths"]![AppFixture.UrlOf(new Subject(kind, "{key}"), entry.Name)]!["post"]!;
                post["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().ShouldBe($"#/components/schemas/{entry.Name}");
                post["parameters"]!.AsArray().Single(p => p!["name"]!.GetValue<string>() == "Idempotency-Key")!["required"]!.GetValue<bool>().ShouldBeTrue();
            }
        }

        var outcome = document["components"]!["schemas"]!["JudgmentRendered"]!["properties"]!["dispositions"]!["items"]!["properties"]!["outcome"]!;
        outcome["enum"]!.AsArray().Count.ShouldBe(Enum.GetValues<Ledger.Domain.Lawsuits.Outcome>().Length);
    }

    [Fact]
    public async Task Each_operation_speaks_both_languages_and_names_its_problems()
    {
        var document = await DocumentAsync();
        foreach (var (path, item) in document["paths"]!.AsObject())
            foreach (var (method, operation) in item!.AsObject())
            {
                var summary = operation!["summary"]?.GetValue<string>() ?? "";
                summary.ShouldMatch("\\p{IsCJKUnifiedIdeographs}.*[A-Za-z]", $"{method} {path}");
                if (!path.StartsWith("/api", StringComparison.Ordinal)) continue;
                operation["security"]!.AsArray().Count.ShouldBe(1);
                operation["responses"]!["401"]!["content"]!["application/problem+json"]!["schema"]!["$ref"]!.GetValue<string>().ShouldBe("#/components/schemas/Problem");
            }

        var codes = document["components"]!["schemas"]!["Problem"]!["properties"]!["code"]!["enum"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();
        codes.ShouldBeUnique();
        codes.ShouldContain(Codes.UnitForbidden);
        codes.ShouldContain("request.idempotency-key-missing");
        document["components"]!["securitySchemes"]!["bearer"]!["scheme"]!.GetValue<string>().ShouldBe("bearer");
    }

    [Fact]
    public async Task The_page_is_served_by_this_host_alone()
    {
        var page = await app.GetAsync("/docs/api/", null);
        var html = await page.ReadAsTextAsync();
        page.Context.Response.Headers.ContentSecurityPolicy.ToString().ShouldContain("connect-src 'self'");
        html.ShouldNotContain("https://");
        html.ShouldNotContain("cdn", Case.Insensitive);
        var script = await app.GetAsync("/docs/api/scalar.js", null);
        (await script.ReadAsTextAsync()).Length.ShouldBeGreaterThan(100_000);
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await (await app.GetAsync("/openapi/v1.json", null)).ReadAsTextAsync())!;
}
