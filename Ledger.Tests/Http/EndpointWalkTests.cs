using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>No endpoint is left to chance: each has a decision, and what has none is denied.</summary>
public sealed class EndpointWalkTests(AppFixture app) : IClassFixture<AppFixture>
{
    private static readonly string[] Public = ["/health/live", "/health/ready", "/openapi/{documentName}.json", "/docs/api", "/log/checkpoint", "/log/{epoch:int}/checkpoint", "/log/{epoch:int}/tile/{level:int}/{**place}", "/preferences"];

    private IEnumerable<RouteEndpoint> Endpoints =>
        app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    [Fact]
    public void Every_endpoint_has_a_named_policy_or_is_public_on_purpose()
    {
        var undecided = new List<string>();
        foreach (var endpoint in Endpoints)
        {
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            var isPublic = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            if (isPublic ? !Public.Any(p => route == p || route.StartsWith("/docs/api/", StringComparison.Ordinal))
                : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is not [{ Policy: { } policy, Roles: null }] || !LedgerPolicies.Roles.ContainsKey(policy))
                undecided.Add(route);
        }

        undecided.ShouldBeEmpty();
        Endpoints.Count().ShouldBeGreaterThan(40);
    }

    [Fact]
    public void Every_question_about_a_unit_or_a_lawsuit_stops_a_clerk_of_another_unit()
    {
        var open = Endpoints
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Where(e => e.RoutePattern.Parameters.Any(p => p.Name is "unit" or "key"))
            .Where(e => e.Metadata.GetMetadata<OwnUnit.Mark>() is null);
        open.Select(e => e.RoutePattern.RawText).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_public_wants_a_token()
    {
        foreach (var endpoint in Endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: [var first, ..] } ? first : "GET";
            var url = "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{epoch:int}", "1", StringComparison.Ordinal).Replace("{leaf:long}", "1", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(method), url);
            using var client = app.Host.Server.CreateClient();
            using var answer = await client.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(401, url);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"auth.required\"");
        }
    }
}
