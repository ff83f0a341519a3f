using Ledger.Host.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using MudBlazor;
using MudBlazor.Services;

namespace Ledger.Host.Pages;

/// <summary>Registers and maps the pages.</summary>
public static class PageServices
{
    /// <summary>The health check that waits for the first drawing.</summary>
    public const string Check = "pages";

    private static readonly string[] Changing = [HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Patch];

    /// <summary>Registers the pages.</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        // Run from its build folder, the components' files lie where their packages are.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddMudServices();
        services.AddScoped<PageLanguage>();
        services.AddScoped<MudLocalizer, ChineseMudLocalizer>();
        services.AddScoped<PageAnswers>();
        services.AddScoped<Histories.PageHistories>();
        services.AddScoped<Filing.PageFilings>();
        services.AddScoped<Integrity.PageIntegrity>();
        Office.OfficeServices.Register(builder);
        // Sessions live as long as this process, like the demo's tokens; nothing of them is written down.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "ledger.form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true; // every answer says DENY already
        });
        services.AddSingleton<PageWarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<PageWarmUp>());
    }

    /// <summary>The files of the pages: public, and the same for everybody.</summary>
    public static void UsePageFiles(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = context => context.Context.Response.Headers["Cache-Control"] = "no-cache",
    });

    /// <summary>
    /// Another site's page on this machine counts as the same site for cookies: what changes anything, and every circuit, must
    /// come from our own pages. Then what a form must carry is looked at.
    /// </summary>
    public static void UsePageForms(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            var request = http.Request;
            if (Api.ServerLimits.IsPage(request.Path) && (http.WebSockets.IsWebSocketRequest || Changing.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
                && request.Headers.Origin is [{ Length: > 0 } origin, ..] && origin != $"{request.Scheme}://{request.Host}")
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }

            return next(http);
        });
        app.UseAntiforgery();
    }

    /// <summary>Maps the pages; each has its policy, and their circuits have that of the first page.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null) // every page says it already
            .Add(endpoint =>
            {
                if (!endpoint.Metadata.OfType<IAuthorizeData>().Any()) endpoint.Metadata.Add(new AuthorizeAttribute(LedgerPolicies.Query));
            });
        PagePreferences.Map(app);
        Histories.HistoryFiles.Map(app);
        Integrity.IntegrityFiles.Map(app);
        Office.OfficeServices.Map(app);
        PageSignIn.MapSignOut(app);
        switch (app.Services.GetRequiredService<LedgerAuthentication>())
        {
            case { IsDemo: true }:
                PageSignIn.MapDemo(app);
                break;
            case { ClientId: not null }:
                PageSignIn.MapAuthority(app);
                break;
        }
    }
}
