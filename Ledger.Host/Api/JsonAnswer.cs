using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Microsoft.Net.Http.Headers;

namespace Ledger.Host.Api;

/// <summary>
/// Writes an answer with what it rests on in headers, an entity tag, and, for lists, a page when one is asked for
/// (<c>offset</c>, <c>limit</c>; the whole length is in <c>Ledger-Total</c>).
/// </summary>
public static class JsonAnswer
{
    /// <summary>The response; 304 when the client has it already.</summary>
    public static IResult Of(HttpContext http, JsonNode json, Scope scope)
    {
        var headers = http.Response.Headers;
        headers["Ledger-Position"] = scope.Position.ToString(CultureInfo.InvariantCulture);
        headers["Ledger-Known-At"] = AnswerJson.Instant(scope.KnownAt);
        if (scope.ImportInProgress) headers["Ledger-Import-In-Progress"] = "true";
        if (scope.IsSynthetic) headers["Ledger-Synthetic"] = "true";
        if (json is JsonArray list)
        {
            if (!TryReadPage(http.Request.Query, out var offset, out var limit, out var refusal)) return Problems.Of(refusal!);
            headers["Ledger-Total"] = list.Count.ToString(CultureInfo.InvariantCulture);
            if (offset > 0 || limit < list.Count) json = new JsonArray([.. list.Skip(offset).Take(limit).Select(item => item?.DeepClone())]);
        }

        var text = AnswerJson.Text(json);
        var tag = new EntityTagHeaderValue("\"" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)) + "\"");
        headers.ETag = tag.ToString();
        headers.CacheControl = "private, no-cache";
        // What is masked, and whose data are there at all, depends on the caller.
        headers.Vary = "Authorization";
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new Written(text);
    }

    private static bool TryReadPage(IQueryCollection query, out int offset, out int limit, out Refusal? refusal)
    {
        (offset, limit, refusal) = (0, int.MaxValue, null);
        if (query.TryGetValue("offset", out var skip) && !int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out offset))
            refusal = Refusal.Of(Codes.QueryInvalid, "offset", skip);
        else if (query.TryGetValue("limit", out var take)
            && (!int.TryParse(take, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit == 0))
            refusal = Refusal.Of(Codes.QueryInvalid, "limit", take);
        return refusal is null;
    }

    private sealed class Written(string text) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            return httpContext.Response.WriteAsync(text, httpContext.RequestAborted);
        }
    }
}
