using System.Security.Claims;
using Ledger.Host.Api;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Host.Pages;

/// <summary>Into a session and out of it.</summary>
public static class PageSignIn
{
    /// <summary>Where a session ends.</summary>
    public const string SignOutPath = "/sign-out";

    /// <summary>Maps the end of a session, whoever began it.</summary>
    public static void MapSignOut(IEndpointRouteBuilder routes) => routes
        .MapPost(SignOutPath, async ([FromForm] string? back, LedgerAuthentication settings, HttpContext http) =>
        {
            await http.SignOutAsync(PageSession.Scheme);
            // The authority's own session ends as well: else the next one at this desk is signed in without being asked.
            if (settings.ClientId is not null) return Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [CodeFlow.Scheme]);
            return Results.LocalRedirect(PagePreferences.IsLocal(back) ? back! : "/");
        })
        .RequireAuthorization(LedgerPolicies.Query)
        .ExcludeFromDescription();

    /// <summary>
    /// The way to the authority and back. Back is an address of the code flow's handler, which answers before the endpoint does;
    /// the endpoint is there for who comes without a request that the handler knows.
    /// </summary>
    public static void MapAuthority(IEndpointRouteBuilder routes)
    {
        routes.MapGet(PageSession.SignInPath, (string? back, HttpContext http) =>
                Results.Challenge(new AuthenticationProperties { RedirectUri = PagePreferences.IsLocal(back) ? back : "/" }, [CodeFlow.Scheme]))
            .AllowAnonymous()
            .RequireRateLimiting(PageLimits.SignIn)
            .ExcludeFromDescription();
        routes.MapGet(CodeFlow.FailedPath, (HttpContext http) =>
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return new RazorComponentResult<SignInFailedPage>(new { Preferences = PagePreferences.Of(http) });
            })
            .AllowAnonymous()
            .ExcludeFromDescription();
        foreach (var path in (string[])[CodeFlow.CallbackPath, CodeFlow.SignedOutPath])
            routes.MapGet(path, () => Results.LocalRedirect("/")).AllowAnonymous().RequireRateLimiting(PageLimits.SignIn).ExcludeFromDescription();
    }

    /// <summary>
    /// Demo mode's stand-in for an authority: a list of made-up people. On loopback only, like the tokens; a POST with a form's
    /// token, so that no other page can sign anybody in.
    /// </summary>
    public static void MapDemo(IEndpointRouteBuilder routes)
    {
        routes.MapGet(PageSession.SignInPath, (string? back, HttpContext http) =>
                new RazorComponentResult<SignInPage>(new { Preferences = PagePreferences.Of(http), Back = PagePreferences.IsLocal(back) ? back : "/" }))
            .AllowAnonymous()
            .ExcludeFromDescription();
        routes.MapPost(PageSession.SignInPath, async ([FromForm] string persona, [FromForm] string? back, HttpContext http) =>
            {
                if (DemoTokens.Personas.FirstOrDefault(p => p.Name == persona) is not { } found) return Problems.Of(RequestRefusals.Of(StatusCodes.Status404NotFound));
                var identity = new ClaimsIdentity(DemoTokens.ClaimsOf(found), PageSession.Scheme, LedgerAuthentication.ActorClaim, DemoTokens.RoleClaim);
                await http.SignInAsync(PageSession.Scheme, new ClaimsPrincipal(identity));
                return Results.LocalRedirect(PagePreferences.IsLocal(back) ? back! : "/");
            })
            .AllowAnonymous()
            .RequireRateLimiting(PageLimits.SignIn)
            .ExcludeFromDescription();
    }
}
