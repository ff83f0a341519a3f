using Ledger.Host.Api;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Bundle;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Host.Pages.Integrity;

/// <summary>Bundles to take away, and the page that verifies one in the browser without asking us anything.</summary>
public static class IntegrityFiles
{
    /// <summary>Where a bundle is asked for.</summary>
    public const string ExportPath = "/evidence-bundles";

    /// <summary>The page of the bundles.</summary>
    public const string VerifyPath = "/verify";

    /// <summary>Maps both.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ExportPath, (
                    [FromForm] string unit, [FromForm] string? period, [FromForm] string? disclosure, [FromForm] string recipient, [FromForm] string purpose,
                    IServiceProvider services, PersonalData personal, HttpContext http) =>
                EvidenceEndpoints.ExportAsync(
                    new ExportAsked(unit, null, string.IsNullOrWhiteSpace(period) ? null : period.Trim(), null, null, null, disclosure, recipient, purpose, null), services, personal, http))
            .RequireAuthorization(LedgerPolicies.ExportEvidence)
            .RequireRateLimiting(PageLimits.Export)
            .ExcludeFromDescription();
        routes.MapGet(VerifyPath, (HttpContext http) =>
            {
                // The page says itself what may run in it, by the hash of its one script; it asks nobody anything.
                http.Response.Headers.ContentSecurityPolicy = "frame-ancestors 'none'";
                return Results.Content(VerifyPage.Html, "text/html; charset=utf-8");
            })
            .RequireAuthorization(LedgerPolicies.Query)
            .ExcludeFromDescription();
    }
}
