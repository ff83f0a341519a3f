using System.Runtime.CompilerServices;
using Ledger.Host;
using Ledger.Host.Demo;
using Ledger.Host.Postgres;
using Ledger.Tests.Browser;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>The demo, as <c>./ledger demo</c> starts it, on a socket of its own and two days after its last fact.</summary>
public class PagesApp : IAsyncLifetime
{
    private readonly DirectoryInfo _evidence = Directory.CreateTempSubdirectory("ledger-pages-");
    private WebApplication _app = null!;

    /// <summary>Its address.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>The logins of its database.</summary>
    public LedgerLogins Logins { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>Where the pictures of the pages go.</summary>
    public static string Pictures => Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "pages")).FullName;

    public async ValueTask InitializeAsync()
    {
        Logins = await AppFixture.CreateDatabaseAsync();
        _app = LedgerHost.Build([], Logins.Writer, Configure, Logins.Sealer);
        await ActivatorUtilities.CreateInstance<DemoLoader>(_app.Services).LoadAsync(new DemoOptions());
        await _app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(Url) };
        await Eventually.IsAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode, "the host is ready");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _evidence.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A browser in which a person of the demo has signed in through the page, in a language.</summary>
    public async Task<WatchedPage> SignInAsync(string persona, bool english = false, int width = 1440, int height = 900)
    {
        var browser = await Chromium.NewPageAsync(width, height);
        browser.Page.SetDefaultTimeout(10_000);
        await browser.Page.GotoAsync(Url + "/preferences?back=/sign-in&lang=" + (english ? "en" : "zh"));
        await browser.Page.Locator($"button[value={persona}]").ClickAsync();
        await InteractiveAsync(browser);
        return browser;
    }

    /// <summary>Opens an address and waits until the page has its answer and its circuit.</summary>
    public async Task OpenAsync(WatchedPage browser, string address)
    {
        (await browser.Page.GotoAsync(Url + address))!.Status.ShouldBe(200, address);
        await InteractiveAsync(browser);
    }

    /// <summary>Waits until the page has its answer and its circuit.</summary>
    public static async Task InteractiveAsync(WatchedPage browser)
    {
        try
        {
            await browser.Page.Locator(".page[data-interactive=true]").WaitForAsync();
            await browser.Page.Locator(".scope, .facts, .page .mud-alert").First.WaitForAsync();
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"{browser.Page.Url}: {string.Join(" | ", browser.Complaints)}", e);
        }
    }

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection([
            new("Ledger:Demo", "true"), new("urls", "http://127.0.0.1:0"), new("Logging:Console:LogLevel:Default", "None"),
            new("Ledger:Evidence:Directory", _evidence.FullName),
        ]);
        builder.Services.AddSingleton<TimeProvider>(new TestClock(new DateTimeOffset(2026, 1, 2, 9, 0, 0, TimeSpan.FromHours(8))));
        builder.Logging.ClearProviders();
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

/// <summary>The classes that look at the pages share one demo.</summary>
[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<PagesApp>
{
    public const string Name = "pages";
}
