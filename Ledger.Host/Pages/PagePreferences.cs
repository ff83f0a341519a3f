using Ledger.Host.Api;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Host.Pages;

/// <summary>How somebody wants the pages to look. It says nothing of anybody and decides nothing.</summary>
/// <param name="IsEnglish">English instead of Chinese.</param>
/// <param name="IsDark">Dark or light; null as the machine has it.</param>
public sealed record PagePreferences(bool IsEnglish, bool? IsDark)
{
    /// <summary>Where they are set.</summary>
    public const string Path = "/preferences";

    private const string Language = "ledger.lang";
    private const string Theme = "ledger.theme";

    /// <summary>What the request says of them.</summary>
    public static PagePreferences Of(HttpContext http) => new(
        http.Request.Cookies[Language] == "en",
        http.Request.Cookies[Theme] switch { "dark" => true, "light" => false, _ => null });

    /// <summary>The address that sets one of them and comes back.</summary>
    public static string Link(string name, string value, string back) => $"{Path}?{name}={value}&back={Uri.EscapeDataString(back)}";

    /// <summary>Whether an address is one of this host's own, so that nobody is sent elsewhere.</summary>
    public static bool IsLocal(string? address) =>
        address is ['/', ..] && !(address.Length > 1 && address[1] is '/' or '\\') && !address.Any(char.IsControl);

    /// <summary>Maps <c>GET /preferences</c>. A link of another site could change the language, and nothing else.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet(Path, ([FromQuery] string? lang, [FromQuery] string? theme, [FromQuery] string? back, HttpContext http) =>
        {
            if (lang is not (null or "zh" or "en") || theme is not (null or "light" or "dark") || !IsLocal(back ?? "/"))
                return Problems.Of(RequestRefusals.Of(StatusCodes.Status400BadRequest), StatusCodes.Status400BadRequest);
            Keep(http, Language, lang);
            Keep(http, Theme, theme);
            return Results.LocalRedirect(back ?? "/");
        })
        .AllowAnonymous()
        .ExcludeFromDescription();

    private static void Keep(HttpContext http, string name, string? value)
    {
        if (value is null) return;
        http.Response.Cookies.Append(name, value, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true,
        });
    }
}
