using System.Security.Cryptography;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>A host that knows its authority by its address only, with claims under the authority's own names.</summary>
public sealed class AuthorityApp : AppFixture
{
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "a-key" };
    private WebApplication? _authority;

    public string Token(string role, string? unit = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = _authority!.Urls.Single(),
        Audience = "county-ledger",
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
        Claims = new Dictionary<string, object> { ["sub"] = "p", ["client_id"] = "portal", ["groups"] = new[] { "staff", role }, ["org"] = unit ?? "-" },
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
    });

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        var authority = WebApplication.CreateSlimBuilder();
        authority.Logging.ClearProviders();
        _authority = authority.Build();
        _authority.Urls.Add("http://127.0.0.1:0");
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.Rsa.ExportParameters(false)) { KeyId = _key.KeyId });
        _authority.MapGet("/.well-known/openid-configuration", () => new { issuer = _authority.Urls.Single(), jwks_uri = _authority.Urls.Single() + "/jwks" });
        _authority.MapGet("/jwks", () => new { keys = new[] { new { kty = jwk.Kty, kid = jwk.Kid, n = jwk.N, e = jwk.E, use = "sig" } } });
        _authority.StartAsync().GetAwaiter().GetResult();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Authentication:Authority", _authority.Urls.Single()), new("Authentication:Audience", "county-ledger"),
            new("Authentication:RoleClaim", "groups"), new("Authentication:UnitClaim", "org"),
        ]);
    }

    protected override void Trust(IServiceCollection services)
    {
    }

    public ValueTask StopAuthorityAsync() => _authority?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Any OIDC authority will do: its metadata and keys come over the network, its claims may have other names.</summary>
public sealed class AuthorityTests(AuthorityApp app) : IClassFixture<AuthorityApp>, IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => app.StopAuthorityAsync();

    [Fact]
    public async Task Its_tokens_are_accepted_and_nobody_elses()
    {
        await app.GetAsync("/api/rankings/2024", app.Token("auditor"));
        await app.GetAsync("/api/units/wuquan", app.Token("clerk", "wuquan"), 404);
        await app.GetAsync("/api/units/wuquan", app.Token("clerk", "beiwudu"), 403);
        await app.GetAsync("/api/rankings/2024", app.Token("staff"), 403);
        await app.GetAsync("/api/rankings/2024", TestTokens.Of(LedgerRole.Admin), 401);
    }
}
