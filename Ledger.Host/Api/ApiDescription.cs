using Scalar.AspNetCore;

namespace Ledger.Host.Api;

/// <summary>The OpenAPI document and the page that shows it.</summary>
public static class ApiDescription
{
    /// <summary>Where the page is.</summary>
    public const string Page = "/docs/api";

    // The page is one inline script and one file of our own host: it asks nobody else for anything, and cannot.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Registers the document.</summary>
    public static void Register(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer<FactSchemas>();
        options.AddOperationTransformer<FactSchemas>();
    });

    /// <summary>
    /// Maps both for everybody: they say what the API is, which is public, and nothing of what it holds; whoever has no token
    /// yet needs them most.
    /// </summary>
    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        routes.MapScalarApiReference(Page, options =>
        {
            options.Title = "双下降合规账本 · API (Ledger)";
            options.OpenApiRoutePattern = "/openapi/{documentName}.json";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.ProxyUrl = null;
            options.HideClientButton = true;
            // Both would talk to the maker's servers.
            options.DisableAgent().DisableMcp();
        })
            .AddEndpointFilterFactory((_, next) => context =>
            {
                context.HttpContext.Response.Headers.ContentSecurityPolicy = PagePolicy;
                return next(context);
            })
            .AllowAnonymous();
    }
}
