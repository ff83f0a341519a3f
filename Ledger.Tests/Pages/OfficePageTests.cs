using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>The pages of documents, imports and reconciliation, in both languages, three widths, and dark.</summary>
[Collection(PagesCollection.Name)]
public sealed class OfficePageTests(PagesApp app)
{
    private static readonly (string Name, string Address)[] Addresses =
    [
        ("documents", "/documents"), ("document", "/documents?kind=LossBulletin&key=2025Q3"), ("document-none", "/documents?kind=OverdueNotice&key=nobody"),
        ("imports-start", "/imports"), ("imports-start-register", "/imports?kind=Register&problem=sheet.bomb"), ("reconciliation", "/reconciliation?period=2025Q3"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_cut_or_unreadable(bool english)
    {
        foreach (var (width, height) in new[] { (1440, 900), (1024, 768), (390, 844) })
        {
            await using var browser = await app.SignInAsync("supervisor", english, width, height);
            foreach (var (name, address) in Addresses)
            {
                await app.OpenAsync(browser, address);
                await OfficeLook.AtAsync(browser.Page, $"{name}-{(english ? "en" : "zh")}-{width}");
            }

            browser.Complaints.ShouldBeEmpty();
        }

        await using var dark = await app.SignInAsync("supervisor", english, 390, 844);
        await dark.Page.GotoAsync(app.Url + "/preferences?theme=dark");
        foreach (var (name, address) in Addresses)
        {
            await app.OpenAsync(dark, address);
            await OfficeLook.AtAsync(dark.Page, $"dark-{name}-{(english ? "en" : "zh")}-390");
        }
    }

    [Fact]
    public async Task A_document_is_previewed_numbered_and_taken_away()
    {
        await using var browser = await app.SignInAsync("supervisor");
        await app.OpenAsync(browser, "/documents");
        await browser.Page.Locator("table.ledger tbody th a").First.ClickAsync();
        await browser.Page.Locator(".paper h2").WaitForAsync();
        await browser.Page.GetByLabel("发文字号").FillAsync("舞司通〔2026〕1号");
        await browser.Page.GetByLabel("发文字号").PressAsync("Enter");
        await browser.Page.Locator(".paper .serial").GetByText("舞司通〔2026〕1号").WaitForAsync();
        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.Locator("a.download").ClickAsync());
        download.SuggestedFilename.ShouldEndWith(".docx");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_reconciliation_is_narrowed_by_its_address_and_shown_to_the_court()
    {
        await using var browser = await app.SignInAsync("court");
        await app.OpenAsync(browser, "/reconciliation?period=2025Q3");
        var all = await browser.Page.Locator("table.ledger tbody tr").CountAsync();
        all.ShouldBeGreaterThan(0);
        (await browser.Page.Locator("table.ledger").InnerTextAsync()).ShouldContain("行初90001号");
        await browser.Page.Locator("select[name=status]").SelectOptionAsync("Explained");
        await browser.Page.Locator("form.controls button").ClickAsync();
        await browser.Page.WaitForURLAsync("**status=Explained**");
        await PagesApp.InteractiveAsync(browser);
        (await browser.Page.Locator("table.ledger tbody tr").CountAsync()).ShouldBeLessThan(all);
    }
}
