using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace Ledger.Tests.SignIn;

/// <summary>A real OIDC server on a socket of its own. Who signs in there is said beforehand: it asks for no password.</summary>
public sealed class Authority : IAsyncDisposable
{
    public const string Client = "ledger-pages";

    private readonly WebApplication _app;

    private Authority(WebApplication app) => _app = app;

    /// <summary>The issuer.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>Who is at the keyboard: the claims that the next sign-in carries; null refuses it.</summary>
    public IReadOnlyList<(string Type, string Value)>? Person { get; set; }

    /// <summary>What the client asked for, last.</summary>
    public OpenIddictRequest? Asked { get; private set; }

    /// <summary>How many sessions were ended here.</summary>
    public int Ended { get; private set; }

    public static async Task<Authority> StartAsync(string audience)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        Authority authority = null!;
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetEndSessionEndpointUris("end");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.RegisterScopes(OpenIddictConstants.Scopes.Profile);
            server.EnableDegradedMode();
            server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.DisableAccessTokenEncryption();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client) context.Reject(OpenIddictConstants.Errors.InvalidClient);
                else if (context.RedirectUri is not { } back || !back.EndsWith("/signin-oidc", StringComparison.Ordinal)) context.Reject(OpenIddictConstants.Errors.InvalidRequest);
                return default;
            }));
            server.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                authority.Asked = context.Request;
                if (authority.Person is null) context.Reject(OpenIddictConstants.Errors.AccessDenied);
                else context.SignIn(Principal(authority.Person, audience, context.Request.GetScopes()));
                return default;
            }));
            server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client) context.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<OpenIddictServerEvents.ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Client) context.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<OpenIddictServerEvents.HandleEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                authority.Ended++;
                context.SignOut();
                return default;
            }));
        });
        var app = builder.Build();
        authority = new Authority(app);
        app.UseAuthentication();
        await app.StartAsync();
        return authority;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static ClaimsPrincipal Principal(IReadOnlyList<(string Type, string Value)> person, string audience, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, "sub", "role");
        foreach (var (type, value) in person) identity.AddClaim(new Claim(type, value));
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken, OpenIddictConstants.Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetResources(audience);
        return principal;
    }
}
