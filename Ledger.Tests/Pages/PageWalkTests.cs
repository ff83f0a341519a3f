using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>Each person walks each page in both languages and three widths; a picture of each is left in artifacts/pages.</summary>
[Collection(PagesCollection.Name)]
public sealed partial class PageWalkTests(PagesApp app)
{
    private static readonly (string Name, string Address)[] Everybodys =
    [
        ("home", "/"),
        ("ranking-2024", "/ranking?period=2024"),
        ("ranking-trial", "/ranking?period=2025&policy=P-D&list=Townships&sort=newCases"),
        ("ranking-past", "/ranking?period=2024Q3&asOf=2024-09-30"),
        ("ranking-refused", "/ranking?period=nonsense"),
    ];

    [Theory]
    [InlineData("clerk", "wuquan", false)]
    [InlineData("clerk", "wuquan", true)]
    [InlineData("supervisor", "macun", false)]
    [InlineData("supervisor", "macun", true)]
    [InlineData("auditor", "macun", false)]
    [InlineData("auditor", "macun", true)]
    [InlineData("inspector", "macun", false)]
    [InlineData("inspector", "macun", true)]
    public async Task Nothing_is_cut_unreadable_foreign_or_complained_about(string persona, string unit, bool english)
    {
        foreach (var (width, height) in new[] { (1440, 900), (1024, 768), (390, 844) })
        {
            await using var browser = await app.SignInAsync(persona, english, width, height);
            foreach (var (name, address) in Everybodys.Append(("numbers", $"/numbers/{unit}?period=2023&number=lossRate")))
            {
                await app.OpenAsync(browser, address);
                await LookAsync(browser.Page, $"{persona}-{name}-{(english ? "en" : "zh")}-{width}", english, axe: width != 1024);
            }

            browser.Complaints.ShouldBeEmpty();
            browser.Requests.ShouldAllBe(r => r.StartsWith(app.Url, StringComparison.Ordinal) || r.StartsWith("data:", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_dark_pages_and_the_sign_in_can_be_read_too(bool english)
    {
        await using var browser = await app.SignInAsync("supervisor", english, 390, 844);
        await browser.Page.GotoAsync(app.Url + "/preferences?theme=dark");
        foreach (var (name, address) in Everybodys)
        {
            await app.OpenAsync(browser, address);
            (await browser.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(17, 24, 31)");
            await LookAsync(browser.Page, $"dark-{name}-{(english ? "en" : "zh")}-390", english, axe: true);
        }

        await browser.Page.GotoAsync(app.Url + "/sign-in");
        await LookAsync(browser.Page, $"dark-sign-in-{(english ? "en" : "zh")}-390", english, axe: true);
        await browser.Page.GotoAsync(app.Url + "/preferences?theme=light&back=/sign-in");
        await LookAsync(browser.Page, $"sign-in-{(english ? "en" : "zh")}-390", english, axe: true);
        browser.Complaints.ShouldBeEmpty();
    }

    private static async Task LookAsync(IPage page, string name, bool english, bool axe)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(PagesApp.Pictures, name + ".png"), FullPage = true });
        (await page.Locator("[role=note]").TextContentAsync()).ShouldNotBeNull().ShouldContain(english ? "Demo" : "演示", Case.Sensitive, name);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, name);
        var text = await page.Locator("body").InnerTextAsync();
        if (english) Chinese().Matches(Numbered().Replace(text, "")).Select(m => m.Value).Where(w => w != "中文" && !IsAName(w)).ShouldBeEmpty(name);
        // What was asked for wrongly is quoted as it was asked for.
        else English().Matches(text).Select(m => m.Value).ShouldBeSubsetOf(["English", "wuyang", "period", "nonsense"], name);
        if (!axe) return;
        var found = await page.RunAxe();
        found.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{name}: {v.Id} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty();
    }

    // Units and cosigners are called what they are called, in every language.
    private static bool IsAName(string word) => Names().IsMatch(word);

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}+")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"（\d{4}）[^号\s]*号")]
    private static partial Regex Numbered();

    [GeneratedRegex("(局|镇|乡|县|街道|委员会|政府|中心|大队|支队|公司|分局|办公室|站|所|院|处)")]
    private static partial Regex Names();

    // A word of three letters or more that is no part of an address, a hash or a policy's id.
    [GeneratedRegex(@"(?<![\w./+=-])[A-Za-z]{3,}(?![\w/+=])")]
    private static partial Regex English();
}
