using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Ledger.Host.Security;

/// <summary>A made-up person of demo mode.</summary>
/// <param name="Name">How it is asked for.</param>
/// <param name="Role">Its role.</param>
/// <param name="Unit">A clerk's unit.</param>
/// <param name="Display">What people read.</param>
public sealed record Persona(string Name, LedgerRole Role, string? Unit, string Display);

/// <summary>
/// Signs tokens for the people of demo mode. The key lives in this process only: a restart makes every token worthless.
/// The tokens go through the same handler and the same policies as an authority's.
/// </summary>
public sealed class DemoTokens : IDisposable
{
    /// <summary>The issuer that they name.</summary>
    public const string Issuer = "urn:ledger:demo";

    /// <summary>The audience that they name.</summary>
    public const string Audience = "ledger";

    internal const string RoleClaim = "role";
    internal const string UnitClaim = "unit";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The people.</summary>
    public static IReadOnlyList<Persona> Personas { get; } =
    [
        new("clerk", LedgerRole.Clerk, "wuquan", "舞泉镇经办人（演示）"),
        new("supervisor", LedgerRole.Supervisor, null, "监督员（演示）"),
        new("approver", LedgerRole.Approver, null, "审批人（演示）"),
        new("auditor", LedgerRole.Auditor, null, "审计员（演示）"),
        new("inspector", LedgerRole.Inspector, null, "督察员（演示）"),
        new("court", LedgerRole.Court, null, "法院（演示）"),
        new("admin", LedgerRole.Admin, null, "管理员（演示）"),
    ];

    /// <summary>A token for one of them; null for a name that is not in the list.</summary>
    public string? Issue(string persona) => Personas.FirstOrDefault(p => p.Name == persona) is { } found ? Issue(found) : null;

    /// <summary>What is claimed of a person, in a token and in a session alike.</summary>
    public static IEnumerable<Claim> ClaimsOf(Persona persona)
    {
        yield return new Claim(LedgerAuthentication.ActorClaim, "demo-" + persona.Name);
        yield return new Claim("name", persona.Display);
        yield return new Claim("azp", "demo");
        yield return new Claim(RoleClaim, persona.Role.ToString());
        if (persona.Unit is { } unit) yield return new Claim(UnitClaim, unit);
    }

    /// <summary>A token for a person.</summary>
    public string Issue(Persona persona)
    {
        // A token's lifetime is the machine's time, whatever clock the ledger counts by.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var claims = ClaimsOf(persona).ToDictionary(c => c.Type, object (c) => c.Value, StringComparer.Ordinal);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>Makes the bearer handler accept these tokens.</summary>
    public void Accept(JwtBearerOptions options)
    {
        options.TokenValidationParameters.ValidIssuer = Issuer;
        options.TokenValidationParameters.IssuerSigningKey = new ECDsaSecurityKey(_key);
        options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
