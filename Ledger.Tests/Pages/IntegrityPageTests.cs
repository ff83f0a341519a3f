using System.IO.Compression;
using System.Text;
using Deque.AxeCore.Playwright;
using Ledger.Host.Evidence;
using Ledger.Tests.Infrastructure;
using Ledger.Verifier;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>An inspector leaves with a bundle and has verified it before.</summary>
public sealed class IntegrityPageTests(FilingApp app) : IClassFixture<FilingApp>
{
    [Fact]
    public async Task A_bundle_is_taken_from_the_page_and_verifies_in_the_browser_and_out_of_it()
    {
        await SealedAsync();
        await using var browser = await app.SignInAsync("inspector");
        await app.OpenAsync(browser, "/integrity");
        (await browser.Page.Locator("input[value=Full]").CountAsync()).ShouldBe(0, "an inspector reads no names");
        await browser.Page.Locator("#export-unit").SelectOptionAsync("macun");
        await browser.Page.Locator("#export-period").FillAsync("2024");
        await browser.Page.Locator("#export-recipient").FillAsync("市督察组");
        await browser.Page.Locator("#export-purpose").FillAsync("核查");
        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.Locator("form[action='/evidence-bundles'] button").ClickAsync(), new() { Timeout = 90_000 });
        var path = await download.PathAsync();
        var key = (await app.Services.GetRequiredService<SealedLog>().KeyAsync(TestContext.Current.CancellationToken))!;
        (await browser.Page.Locator(".hash").AllInnerTextsAsync()).ShouldContain(key);

        await using (var bundle = File.OpenRead(path))
            BundleVerifier.Verify(bundle, new Inspection(Encoding.UTF8.GetBytes(key), IsPolicy: false)).Verdict.ShouldBe(Ledger.Verifier.Reports.Outcome.Good);
        using (var zip = await ZipFile.OpenReadAsync(path, TestContext.Current.CancellationToken)) zip.Entries.ShouldContain(e => e.Name == "verify.html");

        (await browser.Page.GotoAsync(app.Url + "/verify"))!.Status.ShouldBe(200);
        await browser.Page.Locator("#bundle").SetInputFilesAsync(path);
        await browser.Page.Locator("#key").FillAsync(key);
        await browser.Page.Locator("#verify").ClickAsync();
        await browser.Page.Locator("#verdict").WaitForAsync(new() { Timeout = 60_000 });
        (await browser.Page.Locator("#verdict").InnerTextAsync()).ShouldContain("结论代码 0");
    }

    [Fact]
    public async Task A_clerk_takes_no_bundle_and_a_forged_form_makes_none()
    {
        await using var browser = await app.SignInAsync("clerk");
        await app.OpenAsync(browser, "/integrity");
        (await browser.Page.Locator("form[action='/evidence-bundles']").CountAsync()).ShouldBe(0);
        var answer = await browser.Page.APIRequest.PostAsync(app.Url + "/evidence-bundles", new() { Headers = new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded" }, DataString = "unit=macun&recipient=x&purpose=y" });
        answer.Status.ShouldBeOneOf(400, 403);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_page_can_be_read_at_every_width(bool english)
    {
        await SealedAsync();
        foreach (var (width, height) in new[] { (1440, 900), (1024, 768), (390, 844) })
        {
            await using var browser = await app.SignInAsync("auditor", english, width, height);
            await app.OpenAsync(browser, "/integrity");
            await browser.Page.Locator("#export").WaitForAsync();
            var name = $"integrity-{(english ? "en" : "zh")}-{width}";
            await browser.Page.ScreenshotAsync(new() { Path = Path.Combine(PagesApp.Pictures, name + ".png"), FullPage = true });
            (await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, name);
            (await browser.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical")
                .Select(v => $"{name}: {v.Id} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty();
            browser.Complaints.ShouldBeEmpty();
        }
    }

    private Task SealedAsync() => Eventually.IsAsync(async () => await app.Services.GetRequiredService<SealedLog>().LatestAsync() is { Checkpoint.Size: > 0 }, "something is sealed");
}
