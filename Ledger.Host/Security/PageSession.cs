using Ledger.Host.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Ledger.Host.Security;

/// <summary>
/// The session of somebody who uses the pages: a cookie that holds the claims which a token would hold, so that the same
/// policies decide. Its key lives in this process: a restart ends every session.
/// </summary>
public static class PageSession
{
    /// <summary>The scheme of the session. Whatever signs people in (the demo's list, an authority) signs them into it.</summary>
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>The default scheme: the session for the pages, a bearer token for everything else.</summary>
    public const string Either = "Ledger";

    /// <summary>The cookie.</summary>
    public const string Cookie = "ledger.session";

    /// <summary>Where people of the demo sign in.</summary>
    public const string SignInPath = "/sign-in";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Adds the scheme of the session and the one that chooses.</summary>
    public static AuthenticationBuilder AddPageSession(this AuthenticationBuilder builder, LedgerAuthentication settings) => builder
        .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector =
            http => ServerLimits.IsPage(http.Request.Path) ? Scheme : JwtBearerDefaults.AuthenticationScheme)
        .AddCookie(Scheme, options => Configure(options, settings));

    private static void Configure(CookieAuthenticationOptions options, LedgerAuthentication settings)
    {
        options.Cookie.Name = Cookie;
        options.Cookie.HttpOnly = true;
        // Not strict: somebody who follows a link out of a letter is signed in. Nothing changes by a GET.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = false;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = "back";
        options.Events.OnRedirectToLogin = context =>
        {
            // Where people can sign in at all; a circuit's requests are nobody's to redirect.
            if ((settings.IsDemo || settings.ClientId is not null) && !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)) context.Response.Redirect(context.RedirectUri);
            else context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }
}
