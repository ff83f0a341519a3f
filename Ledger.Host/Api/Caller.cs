using System.Globalization;
using Ledger.Domain.Facts;

namespace Ledger.Host.Api;

/// <summary>Who sends a fact, and what the request says about it.</summary>
/// <param name="Actor">The person.</param>
/// <param name="Source">The authenticated client.</param>
/// <param name="IdempotencyKey">The sender's id of the fact.</param>
/// <param name="Time">When the sender recorded it.</param>
/// <param name="Clause">The clause that it serves.</param>
/// <param name="ExpectedVersion">The version that the sender has read, if it insists on it.</param>
public sealed record Caller(string Actor, string Source, string IdempotencyKey, DateTimeOffset? Time, string? Clause, long? ExpectedVersion)
{
    /// <summary>Reads the caller of a request; null when the caller may not act for the units that the fact concerns.</summary>
    public static Caller? Of(HttpContext http, IFact fact, Subject subject)
    {
        var headers = http.Request.Headers;
        var key = headers["Idempotency-Key"].FirstOrDefault() is { Length: > 0 } sent ? sent : http.TraceIdentifier;
        var version = headers.IfMatch.FirstOrDefault()?.Trim('"');
        return new Caller(
            http.User.Identity?.Name ?? "anonymous",
            "/http/" + (http.User.FindFirst("azp")?.Value ?? http.User.FindFirst("client_id")?.Value ?? "anonymous"),
            key,
            DateTimeOffset.TryParse(headers["Ledger-Time"], CultureInfo.InvariantCulture, out var time) ? time : null,
            headers["Ledger-Clause"].FirstOrDefault(),
            long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var expected) ? expected : null);
    }

    /// <summary>The unit of a clerk.</summary>
    public static string? UnitOf(HttpContext http) => http.User.FindFirst("unit")?.Value;
}
