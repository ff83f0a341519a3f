using System.Security.Cryptography;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Ledger.Tests.Infrastructure;

/// <summary>
/// An authority of the tests' own: its tokens go through the host's real bearer handler; only the metadata does not come over
/// the network.
/// </summary>
public static class TestTokens
{
    public const string Authority = "https://authority.test";
    public const string Audience = "ledger";

    private static readonly SigningCredentials Credentials = new(
        new RsaSecurityKey(RSA.Create(2048)) { KeyId = "test" }, SecurityAlgorithms.RsaSha256);

    /// <summary>What the host is configured with.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Configuration { get; } =
    [
        new("Authentication:Authority", Authority), new("Authentication:Audience", Audience), new("Logging:Console:LogLevel:Default", "None"),
    ];

    /// <summary>Stands in for the authority's metadata address.</summary>
    public static void Trust(IServiceCollection services) => services.Configure<JwtBearerOptions>(
        JwtBearerDefaults.AuthenticationScheme,
        options =>
        {
            options.Configuration = new OpenIdConnectConfiguration { Issuer = Authority };
            options.Configuration.SigningKeys.Add(Credentials.Key);
        });

    /// <summary>A token of one role; a clerk's with a unit.</summary>
    public static string Of(LedgerRole role, string? unit = null) => Of([role], unit);

    /// <summary>A token as the authority could issue it; anything can be set differently.</summary>
    public static string Of(
        IEnumerable<LedgerRole> roles,
        string? unit = null,
        string? client = "tests",
        string? subject = null,
        string audience = Audience,
        string issuer = Authority,
        SigningCredentials? credentials = null,
        TimeSpan? age = null)
    {
        var claims = new Dictionary<string, object> { ["role"] = roles.Select(r => r.ToString()).ToArray() };
        claims["sub"] = subject ?? string.Join('+', roles).ToLowerInvariant() + (unit is null ? "" : "@" + unit);
        if (client is not null) claims["azp"] = client;
        if (unit is not null) claims["unit"] = unit;
        var issued = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = issued,
            NotBefore = issued,
            Expires = issued.AddHours(1),
            Claims = claims,
            SigningCredentials = credentials ?? Credentials,
        });
    }
}
