using System.Net;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Pages;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ledger.Host.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can be relied on. Everybody hears the verdict; why, only
/// this machine and operators do, for it names projections and positions.
/// </summary>
public static class HealthEndpoints
{
    private const string Ready = "ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Registers the checks.</summary>
    public static void Register(IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<SchemaHealth>("database", timeout: Patience, tags: [Ready])
        .AddCheck<ShardHealth>("projections", timeout: Patience, tags: [Ready])
        .AddCheck<PositionHealth>("position", timeout: Patience, tags: [Ready])
        .AddCheck<SealHealth>("sealing", timeout: Patience, tags: [Ready])
        .AddCheck<WitnessHealth>("witnesses", timeout: Patience, tags: [Ready])
        .AddCheck<PageWarmUp>(PageServices.Check, timeout: Patience, tags: [Ready]);

    /// <summary>Maps the endpoints.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous().WithSummary("进程存活 (The process is alive)");
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync })
            .AllowAnonymous().WithSummary("可以提供服务 (Ready to serve)");
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        var json = new JsonObject { ["status"] = report.Status.ToString() };
        if (MayKnowWhy(http))
            json["checks"] = new JsonArray([.. report.Entries.Select(e => (JsonNode)new JsonObject
            {
                ["name"] = e.Key,
                ["status"] = e.Value.Status.ToString(),
                // Never an exception's own message: it may quote what could not be read.
                ["description"] = e.Value.Exception is { } thrown ? thrown.GetType().Name : e.Value.Description,
                ["data"] = new JsonObject([.. e.Value.Data.Select(d => KeyValuePair.Create(d.Key, Node(d.Value)))]),
            })]);
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(json.ToJsonString(FactJson.Options), http.RequestAborted);
    }

    private static JsonNode? Node(object value) => value switch
    {
        long number => number,
        bool flag => flag,
        _ => value.ToString(),
    };

    private static bool MayKnowWhy(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
            && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded"))
            return true; // this machine itself, and not somebody behind its proxy
        return LedgerUser.Of(http.User, http.RequestServices.GetRequiredService<LedgerAuthentication>()) is { } user
            && LedgerPolicies.Allows(LedgerPolicies.Operate, user);
    }
}
