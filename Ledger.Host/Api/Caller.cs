using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Host.Security;
using Microsoft.Extensions.Primitives;

namespace Ledger.Host.Api;

/// <summary>Who sends a fact, and what the request says about it.</summary>
/// <param name="Actor">The person.</param>
/// <param name="Source">The authenticated client: nobody can speak for another.</param>
/// <param name="IdempotencyKey">The sender's id of the fact.</param>
/// <param name="Time">When the sender recorded it.</param>
/// <param name="Clause">The clause that it serves.</param>
/// <param name="ExpectedVersion">The version that the sender has read, if it insists on it.</param>
public sealed record Caller(string Actor, string Source, string IdempotencyKey, DateTimeOffset? Time, string? Clause, long? ExpectedVersion)
{
    /// <summary>Header: the sender's id of the fact; required, for without it a repeat would be a second fact.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>Header: when the sender recorded the fact.</summary>
    public const string TimeHeader = "Ledger-Time";

    /// <summary>Header: the clause of the plan or law that the fact serves.</summary>
    public const string ClauseHeader = "Ledger-Clause";

    private const int LongestKey = 256;

    /// <summary>Reads the caller of a request, or says what is wrong with its headers.</summary>
    public static (Caller? Caller, Refusal? Refusal) Of(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (StringValues.IsNullOrEmpty(headers[KeyHeader])) return (null, RequestRefusals.KeyMissing);
        if (!TryRead(headers[KeyHeader], out var key)) return (null, RequestRefusals.HeaderInvalid(KeyHeader));
        if (!TryRead(headers[ClauseHeader], out var clause)) return (null, RequestRefusals.HeaderInvalid(ClauseHeader));
        if (!TryRead(headers[TimeHeader], out var time) || (time is not null && !FactSchema.IsInstant(time)))
            return (null, RequestRefusals.HeaderInvalid(TimeHeader));
        if (!TryReadVersion(headers.IfMatch, out var version)) return (null, RequestRefusals.HeaderInvalid("If-Match"));
        var user = LedgerUser.Of(http);
        return (new Caller(
            user.Actor,
            "/http/" + user.Client,
            key!,
            time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture),
            clause,
            version), null);
    }

    private static bool TryRead(StringValues header, out string? value)
    {
        value = header.Count == 0 ? null : header[0];
        return header.Count <= 1 && (value is null || (value.Length <= LongestKey && !string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl)));
    }

    // The entity tag of a stream is its version in quotes, as the answer to a command gives it.
    private static bool TryReadVersion(StringValues header, out long? version)
    {
        version = null;
        if (header.Count == 0) return true;
        if (header is not [{ Length: > 2 } tag] || tag[0] != '"' || tag[^1] != '"') return false;
        if (!long.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var expected)) return false;
        version = expected;
        return true;
    }
}
