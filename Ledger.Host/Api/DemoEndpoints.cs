using Ledger.Host.Security;

namespace Ledger.Host.Api;

/// <summary>Demo mode's stand-in for an authority: a token for whoever on this machine asks. Mapped in demo mode only.</summary>
public static class DemoEndpoints
{
    /// <summary>Maps <c>POST /demo/tokens/{persona}</c>: a POST, so that no link and no picture can ask for one.</summary>
    public static void MapDemoTokens(this IEndpointRouteBuilder routes) => routes
        .MapPost("/demo/tokens/{persona}", (string persona, DemoTokens tokens) => tokens.Issue(persona) is { } token
            ? Results.Ok(new DemoToken(token, "Bearer"))
            : Problems.Of(RequestRefusals.Of(StatusCodes.Status404NotFound)))
        .WithSummary("演示人员的访问令牌 (A token for a made-up person of demo mode)")
        .WithTags("Demo")
        .AllowAnonymous()
        .Produces<DemoToken>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>A token as OAuth answers it.</summary>
    /// <param name="access_token">The token.</param>
    /// <param name="token_type">Always Bearer.</param>
#pragma warning disable CA1707, IDE1006 // The names are OAuth's.
    public sealed record DemoToken(string access_token, string token_type);
#pragma warning restore CA1707, IDE1006
}
