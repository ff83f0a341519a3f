using System.Globalization;
using Ledger.Host.Answers;
using Ledger.Host.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>The ranking page shows the API's answer, and its address is all that somebody needs to see the same.</summary>
[Collection(PagesCollection.Name)]
public sealed class RankingPageTests(PagesApp app)
{
    private const string Rows = "table.ledger tbody tr";

    [Fact]
    public async Task The_rows_are_the_answers()
    {
        await using var browser = await app.SignInAsync("supervisor");
        await app.OpenAsync(browser, "/ranking?period=2023");
        var answer = (await app.Services.GetRequiredService<LedgerAnswers>().RankingAsync("2023", null, null, new TimesAsked())).Value!;
        var shown = await browser.Page.Locator(Rows).EvaluateAllAsync<string[][]>("rows => rows.map(r => [...r.children].slice(0, 4).map(c => c.innerText.trim()))");
        shown.ShouldBe(answer.Rows.Select(r => new[]
        {
            r.Rank?.ToString(CultureInfo.InvariantCulture) ?? "—", r.Name, PageTexts.Rate(r.Figures.LossRate), r.Figures.NewCases.ToString(CultureInfo.InvariantCulture),
        }));
        (await browser.Page.Locator("tfoot").InnerTextAsync()).ShouldContain(PageTexts.Rate(answer.County.LossRate));
        (await browser.Page.Locator(Rows).Filter(new() { HasText = "马村乡" }).InnerTextAsync()).ShouldContain("样本少；不得评优");
        (await browser.Page.Locator(Rows).Filter(new() { HasText = "太尉镇" }).InnerTextAsync()).ShouldContain("并列");
    }

    [Fact]
    public async Task A_choice_goes_into_the_address_and_the_permanent_link_shows_the_same()
    {
        await using var browser = await app.SignInAsync("supervisor");
        await app.OpenAsync(browser, "/ranking?period=2024");
        await browser.Page.GetByRole(AriaRole.Radio, new() { Name = "P-D" }).ClickAsync();
        await browser.Page.WaitForURLAsync("**policy=P-D*");
        await browser.Page.Locator(".mud-alert").Filter(new() { HasText = "试算" }).WaitForAsync();
        var first = await browser.Page.Locator("table.ledger tbody tr").First.InnerTextAsync();
        await browser.Page.Locator("thead a").Filter(new() { HasText = "发案" }).ClickAsync();
        await browser.Page.WaitForURLAsync("**sort=newCases*");
        await browser.Page.Locator("th[aria-sort=descending]").Filter(new() { HasText = "发案" }).WaitForAsync();
        // The title says what is asked for; the rows follow with the answer.
        await browser.Page.WaitForFunctionAsync("before => document.querySelector('table.ledger tbody tr').innerText !== before", first);
        var table = await browser.Page.Locator("table.ledger").InnerTextAsync();
        var link = await browser.Page.Locator(".scope a").GetAttributeAsync("href");
        link.ShouldNotBeNull().ShouldContain("position=");
        link.ShouldContain("asOf=2026-01-02");
        link.ShouldContain("policy=P-D");

        await using var other = await app.SignInAsync("inspector");
        await app.OpenAsync(other, link);
        (await other.Page.Locator("table.ledger").InnerTextAsync()).ShouldBe(table);
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_list_and_another_year_are_chosen_with_the_keyboard()
    {
        await using var browser = await app.SignInAsync("supervisor");
        await app.OpenAsync(browser, "/ranking?period=2024");
        var list = browser.Page.GetByRole(AriaRole.Combobox, new() { Name = "名单" }).Or(browser.Page.GetByLabel("名单")).First;
        await list.FocusAsync();
        await browser.Page.Keyboard.PressAsync("Enter");
        await browser.Page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasText = "乡镇" }).WaitForAsync();
        await browser.Page.Keyboard.PressAsync("ArrowDown");
        await browser.Page.Keyboard.PressAsync("Enter");
        await browser.Page.WaitForURLAsync("**list=Townships*");
        await Assertions.Expect(browser.Page.Locator("table.ledger caption")).ToContainTextAsync("乡镇");
    }

    [Fact]
    public async Task A_number_opens_its_cases()
    {
        await using var browser = await app.SignInAsync("auditor");
        await app.OpenAsync(browser, "/ranking?period=2023");
        await browser.Page.Locator(Rows).Filter(new() { HasText = "马村乡" }).Locator("td a").First.ClickAsync();
        await browser.Page.WaitForURLAsync("**/numbers/macun**");
        var section = browser.Page.Locator("#lossRate");
        await section.WaitForAsync();
        (await section.Locator("h2").InnerTextAsync()).ShouldContain("2/2 (100%)");
        (await section.Locator("tbody tr").CountAsync()).ShouldBe(2);
        (await section.InnerTextAsync()).ShouldMatch("豫1121行初\\d+号");
    }

    [Fact]
    public async Task Nothing_but_the_answer_is_printed()
    {
        await using var browser = await app.SignInAsync("supervisor");
        await app.OpenAsync(browser, "/ranking?period=2024");
        await browser.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await browser.Page.Locator(".controls").IsVisibleAsync()).ShouldBeFalse();
        (await browser.Page.Locator(".mud-appbar").IsVisibleAsync()).ShouldBeFalse();
        (await browser.Page.Locator(".scope dl").IsVisibleAsync()).ShouldBeTrue();
        await browser.Page.PdfAsync(new() { Path = Path.Combine(PagesApp.Pictures, "ranking-2024.pdf"), Format = "A4", Landscape = true });
    }

    [Fact]
    public async Task The_supervisors_first_page_adds_up_what_the_board_says_is_overdue()
    {
        await using var browser = await app.SignInAsync("supervisor");
        var questions = app.Services.GetRequiredService<Questions>();
        var board = Ledger.Domain.Plan.Areas.Questions.Single(q => q.Name == "duties");
        var overdue = (await questions.AskAsync(board, new Parameterised(Status: "Overdue"), new TimesAsked())).Value!.AsArray()
            .Count(d => d!["holder"]!.GetValue<string>() == "Unit" && d["unit"] is not null);
        var shown = await browser.Page.Locator("section:last-of-type tbody td:nth-child(2)").AllInnerTextsAsync();
        shown.Sum(s => int.Parse(s, CultureInfo.InvariantCulture)).ShouldBe(overdue);
        overdue.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("2024", "2023")]
    [InlineData("2024Q1", "2023Q4")]
    [InlineData("2024Q3", "2024Q2")]
    [InlineData("2024-01", "2023-12")]
    [InlineData("0001", null)]
    public void The_period_before_has_the_same_length(string period, string? before) =>
        RankingQuery.Before(Ledger.Domain.Counting.Period.Parse(period)).ShouldBe(before);
}
