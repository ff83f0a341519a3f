using System.Net;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Ledger.Host.Security;

/// <summary>Whose tokens the host accepts, and which of their claims it reads. Any OIDC authority will do.</summary>
/// <param name="Authority">The issuer; its metadata names the keys. Null in demo mode only.</param>
/// <param name="Audience">The audience that a token must name: without it every other application's token would do.</param>
/// <param name="RoleClaim">The claim with the roles, one value or several.</param>
/// <param name="UnitClaim">The claim with a clerk's unit.</param>
/// <param name="IsDemo">Whether the host signs its own tokens for made-up people.</param>
public sealed record LedgerAuthentication(string? Authority, string Audience, string RoleClaim, string UnitClaim, bool IsDemo)
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Authentication";

    /// <summary>The client as which people sign in to the pages; null when only tokens are accepted.</summary>
    public string? ClientId { get; init; }

    /// <summary>The client's secret, for an authority that wants one beside the code's proof (PKCE). Never in a file of the project.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Where the authority's metadata are read, when this host reaches it under another address than its people do.</summary>
    public string? MetadataAddress { get; init; }

    /// <summary>The claim that names the person for good: an authority never gives a subject to somebody else.</summary>
    public const string ActorClaim = "sub";

    /// <summary>Reads the configuration; refuses one under which anybody could act.</summary>
    public static LedgerAuthentication Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var (authority, audience) = (Text(section["Authority"]), Text(section["Audience"]));
        var demo = DemoMode.IsOn(configuration);
        if (demo && authority is not null)
            throw new StartupRefusedException(
                "演示模式（Ledger:Demo）自行签发令牌，不能与 Authentication:Authority 同时设置。请去掉其中一项。",
                "Demo mode (Ledger:Demo) signs its own tokens and excludes Authentication:Authority. Remove one of the two.");
        if (!demo && authority is null)
            throw new StartupRefusedException(
                "未设置身份认证服务：请设置 Authentication:Authority 和 Authentication:Audience（任意 OIDC 服务均可），或以 Ledger:Demo=true 在本机演示。",
                "No authority is configured: set Authentication:Authority and Authentication:Audience (any OIDC authority will do), or try it on this machine with Ledger:Demo=true.");
        if (!demo && audience is null)
            throw new StartupRefusedException(
                "未设置 Authentication:Audience：没有它，同一认证服务发给其他系统的令牌也会被接受。",
                "Authentication:Audience is not set: without it, tokens that the authority issued for other systems would be accepted.");
        if (authority is not null && !(Uri.TryCreate(authority, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || IsLoopback(uri))))
            throw new StartupRefusedException(
                $"Authentication:Authority 必须是 https 地址（本机除外）：{authority}",
                $"Authentication:Authority must be an https address (except on this machine): {authority}");
        return demo
            ? new LedgerAuthentication(null, DemoTokens.Audience, DemoTokens.RoleClaim, DemoTokens.UnitClaim, true)
            : new LedgerAuthentication(authority, audience!, Text(section["RoleClaim"]) ?? "role", Text(section["UnitClaim"]) ?? "unit", false)
            {
                ClientId = Text(section["ClientId"]), ClientSecret = Text(section["ClientSecret"]), MetadataAddress = Text(section["MetadataAddress"]),
            };
    }

    /// <summary>
    /// Adds the two schemes: bearer tokens for the API, whoever signs them, and a session for the pages. Which of them is looked
    /// at depends on the address alone, so no cookie ever acts on the API and no token opens a page.
    /// </summary>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton(this);
        var schemes = services.AddAuthentication(PageSession.Either).AddJwtBearer(Configure).AddPageSession(this);
        if (ClientId is not null) schemes.AddCodeFlow(this);
        if (!IsDemo) return;
        services.AddSingleton<DemoTokens>();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<DemoTokens>((options, tokens) => tokens.Accept(options));
    }

    private void Configure(JwtBearerOptions options)
    {
        options.Authority = Authority;
        options.Audience = Audience;
        options.RequireHttpsMetadata = WantsHttps;
        if (MetadataAddress is not null) options.MetadataAddress = MetadataAddress;
        // The claims are read under the names that the authority gave them.
        options.MapInboundClaims = false;
        var validation = options.TokenValidationParameters;
        validation.ValidateAudience = true;
        validation.ValidateIssuer = true;
        validation.ValidateIssuerSigningKey = true;
        validation.RequireExpirationTime = true;
        validation.RequireSignedTokens = true;
        validation.ClockSkew = TimeSpan.FromMinutes(1);
        validation.NameClaimType = ActorClaim;
        validation.RoleClaimType = RoleClaim;
    }

    /// <summary>Whether the authority's metadata must come over https: everywhere but on this machine.</summary>
    internal bool WantsHttps => !(Authority is { } authority && IsLoopback(new Uri(authority)));

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static bool IsLoopback(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttp && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
