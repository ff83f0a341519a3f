using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Ledger.Host.Security;

/// <summary>
/// Sign-in to the pages at an OIDC authority: the authorization code flow with PKCE (OpenID Connect Core 3.1, RFC 7636). It ends
/// in the same session as the demo's, with the claims that decide and no others; no token of the authority is kept.
/// </summary>
public static class CodeFlow
{
    /// <summary>The scheme of the way to the authority.</summary>
    public const string Scheme = OpenIdConnectDefaults.AuthenticationScheme;

    /// <summary>Where the authority sends people back with a code: to be registered there.</summary>
    public const string CallbackPath = "/signin-oidc";

    /// <summary>Where the authority sends people back after the end of their session: to be registered there.</summary>
    public const string SignedOutPath = "/signout-callback-oidc";

    /// <summary>What somebody sees whose sign-in came to nothing.</summary>
    public const string FailedPath = "/sign-in/failed";

    /// <summary>Adds the scheme.</summary>
    public static void AddCodeFlow(this AuthenticationBuilder builder, LedgerAuthentication settings) =>
        builder.AddOpenIdConnect(Scheme, options => Configure(options, settings));

    private static void Configure(OpenIdConnectOptions options, LedgerAuthentication settings)
    {
        options.SignInScheme = PageSession.Scheme;
        options.Authority = settings.Authority;
        if (settings.MetadataAddress is not null) options.MetadataAddress = settings.MetadataAddress;
        options.RequireHttpsMetadata = settings.WantsHttps;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The way back is a GET: the cookies that prove it ours need not be sent with another site's POST.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        options.CallbackPath = CallbackPath;
        options.SignedOutCallbackPath = SignedOutPath;
        options.SignedOutRedirectUri = "/";
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        // The client stays among the claims: a fact records through which one it came.
        options.ClaimActions.Clear();
        options.TokenValidationParameters.NameClaimType = LedgerAuthentication.ActorClaim;
        options.TokenValidationParameters.RoleClaimType = settings.RoleClaim;
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        options.Events.OnTokenValidated = context =>
        {
            context.Principal = new ClaimsPrincipal(Of(context.Principal!, settings));
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.ClientId = settings.ClientId;
            // An authority without an address for it has no session of ours to end.
            if (string.IsNullOrEmpty(context.ProtocolMessage.IssuerAddress))
            {
                context.Response.Redirect("/");
                context.HandleResponse();
            }

            return Task.CompletedTask;
        };
        // Refused there, forged, expired or sent twice: a page that says so, and nobody is signed in.
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect(FailedPath);
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static ClaimsIdentity Of(ClaimsPrincipal validated, LedgerAuthentication settings)
    {
        string[] kept = [LedgerAuthentication.ActorClaim, "name", settings.RoleClaim, settings.UnitClaim];
        var claims = validated.Claims.Where(c => kept.Contains(c.Type, StringComparer.Ordinal)).Select(c => new Claim(c.Type, c.Value));
        return new ClaimsIdentity([.. claims, new Claim("azp", settings.ClientId!)], PageSession.Scheme, LedgerAuthentication.ActorClaim, settings.RoleClaim);
    }
}
