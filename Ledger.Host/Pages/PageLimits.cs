using System.Threading.RateLimiting;
using Ledger.Host.Api;

namespace Ledger.Host.Pages;

/// <summary>How often somebody may do what costs much or could be tried over and over.</summary>
public static class PageLimits
{
    /// <summary>Signing in, by the address that it comes from.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Making an evidence bundle or a document, by person.</summary>
    public const string Export = "export";

    /// <summary>The configuration section: <c>SignInsPerMinute</c> (120) and <c>ExportsPerMinute</c> (60).</summary>
    public const string Section = "Limits";

    /// <summary>Registers the limits.</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(Section);
        var (signIns, exports) = (section.GetValue("SignInsPerMinute", 120), section.GetValue("ExportsPerMinute", 60));
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = async (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                await Problems.Of(RequestRefusals.Of(StatusCodes.Status429TooManyRequests)).ExecuteAsync(context.HttpContext);
            };
            limiter.AddPolicy(SignIn, http => PerMinute(http.Connection.RemoteIpAddress?.ToString() ?? "", signIns));
            limiter.AddPolicy(Export, http => PerMinute(http.User.FindFirst(Security.LedgerAuthentication.ActorClaim)?.Value ?? "", exports));
        });
    }

    private static RateLimitPartition<string> PerMinute(string who, int most) => RateLimitPartition.GetFixedWindowLimiter(
        who, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
}
