using Ledger.Domain.Facts;

namespace Ledger.Host.Api;

/// <summary>What the server takes in at most, and what it tells about itself: nothing.</summary>
public static class ServerLimits
{
    // A fact is at most one line of an import; the endpoint refuses a longer one, this is what is read before.
    private const long LargestBody = 2 * Envelope.LongestLine;

    // Nothing of an answer is ever a page; the interactive description has its own policy.
    private const string AnswerPolicy = "default-src 'none'; frame-ancestors 'none'";

    // Scripts of our own files only. Styles may stand in the markup: the components set positions and widths that way.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] Answers = ["/api", "/health", "/openapi", "/demo"];

    // Neither answers nor pages of ours: what the log publishes, and the description of the API, which has its own policy.
    private static readonly string[] Others = ["/log", "/docs"];

    /// <summary>Sets the limits.</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        });
        builder.Services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
    }

    /// <summary>Adds the headers that every answer carries.</summary>
    public static void UseServerLimits(this WebApplication app)
    {
        // Says nothing over http, nor for localhost.
        app.UseHsts();
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.XFrameOptions = "DENY";
            if (IsAnswer(http.Request.Path))
            {
                headers.ContentSecurityPolicy = AnswerPolicy;
                // What an endpoint does not say otherwise stays in nobody's cache.
                headers.CacheControl = "no-store";
            }
            else if (IsPage(http.Request.Path))
            {
                headers.ContentSecurityPolicy = PagePolicy;
                headers.CacheControl = "no-cache, no-store";
                headers.Pragma = "no-cache"; // as the forms' tokens want it
                // Without a referrer a browser does not say either where a form of ours came from.
                headers["Referrer-Policy"] = "same-origin";
            }

            return next(http);
        });
    }

    /// <summary>
    /// Answers what routing itself decides (no such address, no such method), before authorization: these have no endpoint of
    /// ours that could carry a decision, and tell nothing that the description of the API does not.
    /// </summary>
    public static void UseRoutingAnswers(this WebApplication app) => app.Use((http, next) =>
    {
        switch (http.GetEndpoint())
        {
            case null:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            case not RouteEndpoint and { RequestDelegate: { } answer }:
                return answer(http);
            default:
                return next(http);
        }
    });

    /// <summary>Whether an address is a page's, for people and their sessions, and not the API's.</summary>
    public static bool IsPage(PathString path) => !IsAnswer(path) && !IsUnder(Others, path);

    private static bool IsAnswer(PathString path) => IsUnder(Answers, path);

    private static bool IsUnder(string[] prefixes, PathString path) =>
        Array.Exists(prefixes, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
}
