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
        .MapPost(SignOutPath, async ([FromForm] string? back, HttpContext http) =>
        {
            await http.SignOutAsync(PageSession.Scheme);
            return Results.LocalRedirect(PagePreferences.IsLocal(back) ? back! : "/");
        })
        .RequireAuthorization(LedgerPolicies.Query)
        .ExcludeFromDescription();

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
            .ExcludeFromDescription();
    }
}
