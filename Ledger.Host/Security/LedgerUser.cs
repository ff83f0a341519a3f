using System.Security.Claims;

namespace Ledger.Host.Security;

/// <summary>The authenticated caller, as the ledger's rules see it.</summary>
/// <param name="Actor">The person (or system): recorded with every fact.</param>
/// <param name="Client">The authenticated client: the source of the facts that come through it.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Unit">A clerk's own unit; null when the token names none, or more than one.</param>
public sealed record LedgerUser(string Actor, string Client, IReadOnlySet<LedgerRole> Roles, string? Unit)
{
    private static readonly Dictionary<string, LedgerRole> RoleNames =
        Enum.GetValues<LedgerRole>().ToDictionary(r => r.ToString(), StringComparer.OrdinalIgnoreCase);

    // RFC 9068 names the client client_id, OpenID Connect azp, older authorities appid.
    private static readonly string[] ClientClaims = ["azp", "client_id", "appid"];

    /// <summary>The caller of a request that a policy let through.</summary>
    public static LedgerUser Of(HttpContext http) =>
        Of(http.User, http.RequestServices.GetRequiredService<LedgerAuthentication>())
        ?? throw new InvalidOperationException("The endpoint was reached without a policy.");

    /// <summary>The caller of a principal; null for one who is not authenticated, or whom the record could not name.</summary>
    public static LedgerUser? Of(ClaimsPrincipal principal, LedgerAuthentication settings)
    {
        if (principal.Identity is not { IsAuthenticated: true }) return null;
        var actor = Text(principal.FindFirst(LedgerAuthentication.ActorClaim)?.Value);
        var client = ClientClaims.Select(name => Text(principal.FindFirst(name)?.Value)).FirstOrDefault(c => c is not null);
        if (actor is null || client is null) return null;
        var units = principal.FindAll(settings.UnitClaim).Select(c => c.Value).Distinct(StringComparer.Ordinal).ToList();
        var roles = principal.FindAll(settings.RoleClaim).Where(c => RoleNames.ContainsKey(c.Value)).Select(c => RoleNames[c.Value]).ToHashSet();
        return new LedgerUser(actor, client, roles, units.Count == 1 ? Text(units[0]) : null);
    }

    private static string? Text(string? value) => value is { Length: > 0 and <= 200 } && !value.Any(char.IsControl) ? value : null;
}
