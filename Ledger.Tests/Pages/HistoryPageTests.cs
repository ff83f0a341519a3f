using System.Globalization;
using Deque.AxeCore.Playwright;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Pages;
using Ledger.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>An auditor replays a case and a unit: what was known when, who recorded it, what was corrected.</summary>
[Collection(PagesCollection.Name)]
public sealed class HistoryPageTests(PagesApp app)
{
    private LedgerAnswers Answers => app.Services.GetRequiredService<LedgerAnswers>();

    [Fact]
    public async Task A_case_shows_its_facts_with_who_recorded_them_and_what_they_changed()
    {
        var key = await CaseAsync(_ => true);
        var history = (await Answers.HistoryAsync(Subject.Lawsuit(key), new TimesAsked())).Value!;
        await using var browser = await app.SignInAsync("auditor");
        await app.OpenAsync(browser, "/cases/" + key);
        (await browser.Page.Locator("h1").InnerTextAsync()).ShouldMatch("（20\\d\\d）豫");
        foreach (var fact in history)
        {
            var item = browser.Page.Locator($"#fact-{fact.Entry.Recorded.Sequence}");
            (await item.Locator("h3").InnerTextAsync()).ShouldContain(EventCatalog.EntryOf(fact.Entry.Recorded.Fact).Chinese);
            (await item.InnerTextAsync()).ShouldContain(PageTexts.Instant(fact.Entry.RecordedAt));
            (await item.InnerTextAsync()).ShouldContain(fact.Entry.Actor!);
        }

        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_correction_stands_with_the_fact_before_and_after_who_and_why()
    {
        var (key, correction, entry) = await CorrectedAsync();
        await using var browser = await app.SignInAsync("auditor");
        await app.OpenAsync(browser, "/cases/" + key);
        var amended = browser.Page.Locator($"#fact-{correction.Recorded.Sequence}");
        var text = await amended.InnerTextAsync();
        var fact = (FactCorrected)correction.Recorded.Fact;
        text.ShouldContain(fact.Reason);
        text.ShouldContain(fact.ApprovedBy);
        (await amended.Locator(".before").CountAsync()).ShouldBeGreaterThan(0);
        (await amended.Locator(".amendment .after").First.InnerTextAsync()).ShouldNotBe(await amended.Locator(".amendment .before").First.InnerTextAsync());
        (await browser.Page.Locator($"#fact-{entry.Recorded.Sequence}").InnerTextAsync()).ShouldContain($"此后由 #{correction.Recorded.Sequence}");
    }

    [Fact]
    public async Task The_sliders_show_the_case_as_it_was()
    {
        var key = await CaseAsync(_ => true);
        await using var browser = await app.SignInAsync("auditor");
        await app.OpenAsync(browser, "/cases/" + key);
        var all = await browser.Page.Locator(".timeline > li").CountAsync();
        var day = browser.Page.Locator("input[name=asOf]");
        await day.FocusAsync();
        await day.PressAsync("Home");
        await browser.Page.WaitForURLAsync("**asOf=*");
        await browser.Page.WaitForFunctionAsync("n => document.querySelectorAll('.timeline > li').length < n", all);
        var asOf = new Uri(browser.Page.Url).Query.Split("asOf=")[1][..10];
        var then = (await Answers.HistoryAsync(Subject.Lawsuit(key), new TimesAsked(AsOf: asOf))).Value!;
        (await browser.Page.Locator(".timeline > li").CountAsync()).ShouldBe(then.Count);
        (await browser.Page.Locator(".time-machine .mud-alert").InnerTextAsync()).ShouldContain(asOf);
        await browser.Page.Locator(".time-machine .mud-alert a").ClickAsync();
        await browser.Page.WaitForFunctionAsync("n => document.querySelectorAll('.timeline > li').length === n", all);
    }

    [Fact]
    public async Task What_was_not_recorded_yet_is_not_shown_and_the_way_back_is()
    {
        var (key, correction, _) = await CorrectedAsync();
        var before = (correction.Recorded.Sequence - 1).ToString(CultureInfo.InvariantCulture);
        await using var browser = await app.SignInAsync("auditor");
        await app.OpenAsync(browser, $"/cases/{key}?position={before}");
        (await browser.Page.Locator($"#fact-{correction.Recorded.Sequence}").CountAsync()).ShouldBe(0);
        (await browser.Page.Locator(".amended").CountAsync()).ShouldBe(0);
        await app.OpenAsync(browser, $"/cases/{key}?position=1");
        (await browser.Page.Locator(".time-machine").CountAsync()).ShouldBe(1);
        (await browser.Page.Locator(".mud-alert").AllInnerTextsAsync()).ShouldContain(t => t.Contains("还没有", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_moments_are_compared_and_the_corrected_member_is_named()
    {
        var (key, correction, _) = await CorrectedAsync();
        await using var browser = await app.SignInAsync("auditor");
        await app.OpenAsync(browser, "/cases/" + key);
        await browser.Page.Locator(".time-machine summary").ClickAsync();
        var values = await browser.Page.Locator("select[name=from] option").EvaluateAllAsync<string[]>("all => all.map(o => o.value)");
        var at = values.Where(v => v.StartsWith('@')).Last(v => long.Parse(v[1..], CultureInfo.InvariantCulture) < correction.Recorded.Sequence);
        await browser.Page.Locator("select[name=from]").SelectOptionAsync(at);
        await browser.Page.Locator(".compare button").ClickAsync();
        await browser.Page.Locator(".comparison").WaitForAsync();
        var text = await browser.Page.Locator(".comparison").InnerTextAsync();
        text.ShouldContain($"#{correction.Recorded.Sequence}");
        (await browser.Page.Locator(".comparison tbody tr").CountAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_dossier_leads_from_the_years_numbers_to_the_cases()
    {
        await using var browser = await app.SignInAsync("supervisor");
        await app.OpenAsync(browser, "/ranking?period=2024");
        await browser.Page.Locator("table.ledger tbody th a").First.ClickAsync();
        await browser.Page.WaitForURLAsync("**/units/**");
        await browser.Page.Locator(".cases a").First.WaitForAsync();
        (await browser.Page.Locator("#numbers-by-year + table tbody tr").CountAsync()).ShouldBe(3);
        await browser.Page.Locator(".cases a").First.ClickAsync();
        await browser.Page.WaitForURLAsync("**/cases/**");
        await browser.Page.Locator("#state").WaitForAsync();
    }

    [Fact]
    public async Task A_clerk_reads_the_own_units_cases_and_no_others()
    {
        var own = await CaseAsync(l => l.WasDefendant("wuquan"));
        var other = await CaseAsync(l => !l.WasDefendant("wuquan"));
        await using var browser = await app.SignInAsync("clerk");
        await app.OpenAsync(browser, "/cases/" + own);
        (await browser.Page.Locator("#state").CountAsync()).ShouldBe(1);
        await app.OpenAsync(browser, "/cases/" + other);
        (await browser.Page.Locator(".timeline").CountAsync()).ShouldBe(0);
        (await browser.Page.Locator(".mud-alert").First.InnerTextAsync()).ShouldContain("本单位");
        await app.OpenAsync(browser, "/units/macun");
        (await browser.Page.Locator(".timeline").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_inspector_reads_no_names_of_people()
    {
        var key = await CaseAsync(l => l.Docketed!.Plaintiffs is { Count: > 0 });
        var plaintiffs = (await Answers.LawsuitAsync(key, new TimesAsked())).Value!.Lawsuit.Docketed!.Plaintiffs!;
        await using var inspector = await app.SignInAsync("inspector");
        await app.OpenAsync(inspector, "/cases/" + key);
        var masked = await inspector.Page.Locator("body").InnerTextAsync();
        plaintiffs.ShouldAllBe(p => !masked.Contains(p, StringComparison.Ordinal));
        masked.ShouldContain("某某");
        await using var auditor = await app.SignInAsync("auditor");
        await app.OpenAsync(auditor, "/cases/" + key);
        (await auditor.Page.Locator("body").InnerTextAsync()).ShouldContain(plaintiffs[0]);
    }

    [Fact]
    public async Task A_receipt_is_taken_from_the_timeline()
    {
        var key = await CaseAsync(_ => true);
        await using var browser = await app.SignInAsync("auditor");
        await app.OpenAsync(browser, "/cases/" + key);
        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.Locator(".timeline a[download]").First.ClickAsync(), new() { Timeout = 60_000 });
        var proof = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        proof.ShouldStartWith("c2sp.org/tlog-proof@v1");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Both_pages_can_be_read_at_every_width(bool english)
    {
        var (key, _, _) = await CorrectedAsync();
        foreach (var (width, height) in new[] { (1440, 900), (1024, 768), (390, 844) })
        {
            await using var browser = await app.SignInAsync("auditor", english, width, height);
            foreach (var (name, address) in new[] { ("case", "/cases/" + key), ("case-compared", $"/cases/{key}?from=@1"), ("dossier", "/units/macun") })
            {
                await app.OpenAsync(browser, address);
                await LookAsync(browser, $"{name}-{(english ? "en" : "zh")}-{width}", axe: width != 1024);
            }

            browser.Complaints.ShouldBeEmpty();
        }
    }

    private static async Task LookAsync(WatchedPage browser, string name, bool axe)
    {
        await browser.Page.ScreenshotAsync(new() { Path = Path.Combine(PagesApp.Pictures, name + ".png"), FullPage = true });
        (await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, name);
        if (!axe) return;
        (await browser.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{name}: {v.Id} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty();
    }

    private async Task<string> CaseAsync(Func<Ledger.Domain.Lawsuits.Lawsuit, bool> wanted)
    {
        var memory = app.Services.GetRequiredService<Ledger.Projections.Reading.FactMemory>();
        var scope = (await Answers.PoliciesAsync(new TimesAsked())).Scope!;
        return (await memory.SituationAsync(scope.Position, scope.AsOf)).Lawsuits.Values.Where(l => l.Documents.Count > 0 && wanted(l)).OrderBy(l => l.Key, StringComparer.Ordinal).First().Key;
    }

    private async Task<(string Key, Ledger.Projections.Reading.LedgerEntry Correction, Ledger.Projections.Reading.LedgerEntry Fact)> CorrectedAsync()
    {
        var memory = app.Services.GetRequiredService<Ledger.Projections.Reading.FactMemory>();
        var scope = (await Answers.PoliciesAsync(new TimesAsked())).Scope!;
        foreach (var key in (await memory.SituationAsync(scope.Position, scope.AsOf)).Lawsuits.Keys.Order(StringComparer.Ordinal))
        {
            var history = (await Answers.HistoryAsync(Subject.Lawsuit(key), new TimesAsked())).Value!;
            if (history.FirstOrDefault(h => h.Amendments.Any(a => a.Entry.Recorded.Fact is FactCorrected && !a.Retracted)) is { } corrected)
                return (key, corrected.Amendments.First(a => a.Entry.Recorded.Fact is FactCorrected).Entry, corrected.Entry);
        }

        throw new InvalidOperationException("The demo county has no corrected case.");
    }
}
