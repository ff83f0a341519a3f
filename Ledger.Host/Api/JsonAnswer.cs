using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
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
            headers["Ledger-Total"] = list.Count.ToString(CultureInfo.InvariantCulture);
            json = Page(list, http.Request.Query);
        }

        var text = AnswerJson.Text(json);
        var tag = new EntityTagHeaderValue("\"" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)) + "\"");
        headers.CacheControl = "private, no-cache";
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new Tagged(text, tag.ToString());
    }

    private static JsonArray Page(JsonArray list, IQueryCollection query)
    {
        if (!query.ContainsKey("limit") && !query.ContainsKey("offset")) return list;
        var offset = int.TryParse(query["offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var o) ? o : 0;
        var limit = int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var l) ? l : int.MaxValue;
        return new JsonArray([.. list.Skip(offset).Take(limit).Select(item => item?.DeepClone())]);
    }

    private sealed class Tagged(string text, string tag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = tag;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            return httpContext.Response.WriteAsync(text, httpContext.RequestAborted);
        }
    }
}
