using System.Globalization;
using Deque.AxeCore.Playwright;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Answers;
using Ledger.Host.Intake;
using Ledger.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>A host of its own: what is filed here changes nobody else's counts.</summary>
public sealed class FilingApp : PagesApp;

/// <summary>A clerk files in two minutes on a phone: what is wrong stands at its field, and nothing typed is lost.</summary>
public sealed class FilingPageTests(FilingApp app) : IClassFixture<FilingApp>
{
    private const string Unit = "wuquan";
    private int _number = 1000;

    private FactIntake Intake => app.Services.GetRequiredService<FactIntake>();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clerk_files_what_is_due_from_the_first_page_and_keeps_the_receipt(bool english)
    {
        var (key, caseNo) = await SuedAsync(english ? 1 : 2);
        await using var browser = await app.SignInAsync("clerk", english, 390, 844);
        await browser.Page.Locator("table.ledger tbody tr").Filter(new() { HasText = caseNo }).Locator("a[href*=CaseFilingSubmitted]").ClickAsync();
        await browser.Page.Locator("#f-caseNo").WaitForAsync();
        (await browser.Page.Locator("#f-caseNo").InputValueAsync()).ShouldBe(caseNo);
        (await browser.Page.Locator("#f-unit").InputValueAsync()).ShouldBe(Unit);
        (await browser.Page.Locator("p.due").InnerTextAsync()).ShouldContain(english ? "2026-01-" : "工作日");
        await LookAsync(browser, $"filing-{(english ? "en" : "zh")}-390");
        await browser.Page.Locator("button[type=submit].primary").ClickAsync();
        await browser.Page.Locator(".filed").WaitForAsync();
        (await FactsAsync(key)).OfType<CaseFilingSubmitted>().ShouldHaveSingleItem().CaseNo.ShouldBe(caseNo);
        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.Locator("a[download]").ClickAsync(), new() { Timeout = 60_000 });
        (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).ShouldStartWith("c2sp.org/tlog-proof@v1");
        await LookAsync(browser, $"filed-{(english ? "en" : "zh")}-390");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Clicked_twice_it_is_filed_once()
    {
        var (key, caseNo) = await SuedAsync(3);
        await using var browser = await app.SignInAsync("clerk");
        await OpenAsync(browser, $"/file/CaseFilingSubmitted?subject=lawsuit/{key}&caseNo={Uri.EscapeDataString(caseNo)}");
        await browser.Page.Locator("button[type=submit].primary").DblClickAsync();
        await browser.Page.Locator(".filed").WaitForAsync();
        (await FactsAsync(key)).OfType<CaseFilingSubmitted>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_stands_at_its_field_and_what_was_typed_stays()
    {
        var (key, _) = await SuedAsync(4);
        await using var browser = await app.SignInAsync("clerk");
        await OpenAsync(browser, "/file/AnswerSubmitted?subject=lawsuit/" + key);
        await browser.Page.Locator("#f-caseNo").FillAsync("（2026）豫1121行初999号");
        (await browser.Page.Locator(".hint").AllInnerTextsAsync()).ShouldContain(t => t.Contains("法院代字 豫1121", StringComparison.Ordinal));
        await browser.Page.Locator("button[type=submit].primary").ClickAsync();
        // A required day is missing: said there, and in words.
        await browser.Page.Locator("#f-submittedOn-error").WaitForAsync();
        (await browser.Page.Locator("#f-submittedOn-error").InnerTextAsync()).ShouldContain("提交日");
        await browser.Page.Locator("#f-submittedOn").FillAsync("2026-01-01");
        await browser.Page.Locator("button[type=submit].primary").ClickAsync();
        await browser.Page.Locator("#f-caseNo-error").WaitForAsync();
        (await browser.Page.Locator("#f-caseNo-error").InnerTextAsync()).ShouldContain("不是案件");
        (await browser.Page.Locator("#f-submittedOn").InputValueAsync()).ShouldBe("2026-01-01");
        await LookAsync(browser, "filing-refused-zh-1440");
        await browser.Page.Locator("#f-caseNo").FillAsync("2026 豫行初");
        (await browser.Page.Locator(".hint.wrong").InnerTextAsync()).ShouldContain("不是合格的案号");
        (await FactsAsync(key)).OfType<AnswerSubmitted>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_draft_survives_a_closed_page_and_goes_when_it_is_filed()
    {
        var (key, caseNo) = await SuedAsync(5);
        await using var browser = await app.SignInAsync("clerk");
        var address = "/file/AnswerSubmitted?subject=lawsuit/" + key;
        await OpenAsync(browser, address);
        await browser.Page.Locator("#f-caseNo").FillAsync(caseNo);
        await browser.Page.Locator("#f-submittedOn").FillAsync("2026-01-01");
        await browser.Page.WaitForFunctionAsync("() => Object.keys(localStorage).some(k => k.startsWith('ledger.draft:') && localStorage[k].includes('2026-01-01'))");
        await browser.Page.GotoAsync("about:blank");
        await OpenAsync(browser, address);
        await browser.Page.Locator(".draft").WaitForAsync();
        (await browser.Page.Locator("#f-caseNo").InputValueAsync()).ShouldBe(caseNo);
        await browser.Page.Locator("button[type=submit].primary").ClickAsync();
        await browser.Page.Locator(".filed").WaitForAsync();
        (await browser.Page.EvaluateAsync<int>("Object.keys(localStorage).filter(k => k.startsWith('ledger.draft:')).length")).ShouldBe(0);
        (await FactsAsync(key)).OfType<AnswerSubmitted>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task The_due_day_is_said_while_the_receipt_is_typed()
    {
        var (key, _) = await SuedAsync(6, receive: false);
        await using var browser = await app.SignInAsync("clerk", width: 390, height: 844);
        await OpenAsync(browser, "/file/ResponseMaterialsReceived?subject=lawsuit/" + key);
        await browser.Page.Locator("#f-receivedOn").FillAsync("2025-12-31");
        // 2026-01-01 to 03 is New Year's holiday, and Sunday the 4th is worked for it.
        var hint = await browser.Page.Locator(".hint.due").InnerTextAsync();
        hint.ShouldContain("1月4日是调休上班日");
        await LookAsync(browser, "filing-due-zh-390");
    }

    [Fact]
    public async Task A_scan_is_stored_and_named_by_the_fact_and_what_is_no_document_is_not()
    {
        var fact = EventCatalog.All.First(e => e.Recorder == Recorder.Unit && e.Schema.Members.Take(5).Any(m => m.Value.Kind == MemberKind.Sha256 && m.Required));
        await using var browser = await app.SignInAsync("clerk");
        await OpenAsync(browser, "/file/" + fact.Name);
        var file = browser.Page.Locator("input[type=file]");
        await file.First.SetInputFilesAsync(new FilePayload { Name = "x.exe", MimeType = "image/png", Buffer = [0x4D, 0x5A, 0x90, 0, 3, 0, 0, 0] });
        await Assertions.Expect(browser.Page.Locator(".field [role=status]").First).Not.ToContainTextAsync("正在上传");
        (await browser.Page.Locator(".field [role=status]").AllInnerTextsAsync()).ShouldNotContain(t => t.Contains("已存放", StringComparison.Ordinal));
        var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
        await file.First.SetInputFilesAsync(new FilePayload { Name = "scan.png", MimeType = "image/png", Buffer = png });
        await Assertions.Expect(browser.Page.Locator(".field [role=status]").Filter(new() { HasText = "已存放" })).ToBeVisibleAsync();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(png));
        (await app.Services.GetRequiredService<Ledger.Host.Attachments.AttachmentStore>().FindAsync(hash, TestContext.Current.CancellationToken)).ShouldNotBeNull().MediaType.ShouldBe("image/png");
    }

    [Fact]
    public async Task Nobody_files_what_the_role_does_not_record_nor_for_another_unit()
    {
        var (other, caseNo) = await SuedAsync(8, unit: "macun");
        await using var clerk = await app.SignInAsync("clerk");
        await clerk.Page.GotoAsync(app.Url + "/file/AccountabilityDecided");
        await clerk.Page.Locator(".mud-alert").First.WaitForAsync();
        (await clerk.Page.Locator("form.filing").CountAsync()).ShouldBe(0);
        await OpenAsync(clerk, $"/file/CaseFilingSubmitted?subject=lawsuit/{other}&caseNo={Uri.EscapeDataString(caseNo)}&unit={Unit}");
        await clerk.Page.Locator("button[type=submit].primary").ClickAsync();
        await clerk.Page.Locator(".refused, .error").First.WaitForAsync();
        (await FactsAsync(other)).OfType<CaseFilingSubmitted>().ShouldBeEmpty();

        await using var auditor = await app.SignInAsync("auditor");
        await auditor.Page.GotoAsync(app.Url + "/file");
        await auditor.Page.Locator(".mud-alert").First.WaitForAsync();
        (await auditor.Page.Locator(".choices").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_second_person_decides_and_the_ledger_records_what_was_asked_for()
    {
        var requested = await RequestAsync("a1", "demo-supervisor");
        await using (var supervisor = await app.SignInAsync("supervisor"))
        {
            await app.OpenAsync(supervisor, "/approvals");
            await supervisor.Page.Locator("#approval-a1").WaitForAsync();
            (await supervisor.Page.Locator("#approval-a1 button").CountAsync()).ShouldBe(0, "who asks does not decide");
        }

        await using var approver = await app.SignInAsync("approver");
        await app.OpenAsync(approver, "/approvals");
        // The whole of what is asked for stands there.
        (await approver.Page.Locator("#approval-a1 .asked").CountAsync()).ShouldBeGreaterThan(2);
        await LookAsync(approver, "approvals-zh-1440");
        await approver.Page.Locator("#approval-a1 button").Filter(new() { HasText = "不予批准" }).ClickAsync();
        await approver.Page.Locator("#approval-a1 .error").WaitForAsync();
        await approver.Page.Locator("#approval-a1 input").FillAsync("依据不足");
        await approver.Page.Locator("#approval-a1 button").Filter(new() { HasText = "不予批准" }).ClickAsync();
        await Assertions.Expect(approver.Page.Locator("#approval-a1")).ToHaveCountAsync(0);
        (await SubjectFactsAsync(requested)).OfType<ApprovalRefused>().ShouldHaveSingleItem().Reason.ShouldBe("依据不足");
    }

    [Fact]
    public async Task The_list_of_forms_finds_by_name()
    {
        await using var browser = await app.SignInAsync("clerk", width: 390, height: 844);
        await OpenListAsync(browser, "/file");
        await browser.Page.Locator("input[type=search]").FillAsync("答辩");
        await Assertions.Expect(browser.Page.Locator(".choices a")).ToHaveCountAsync(1);
        await browser.Page.Locator("input[type=search]").FillAsync("");
        await LookAsync(browser, "file-zh-390");
    }

    private static async Task LookAsync(WatchedPage browser, string name)
    {
        await browser.Page.ScreenshotAsync(new() { Path = Path.Combine(PagesApp.Pictures, name + ".png"), FullPage = true });
        (await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, name);
        (await browser.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{name}: {v.Id} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty();
    }

    private async Task OpenAsync(WatchedPage browser, string address)
    {
        await browser.Page.GotoAsync(app.Url + address);
        await browser.Page.Locator(".page[data-interactive=true] form.filing").WaitForAsync();
    }

    private async Task OpenListAsync(WatchedPage browser, string address)
    {
        await browser.Page.GotoAsync(app.Url + address);
        await browser.Page.Locator(".page[data-interactive=true] .choices").First.WaitForAsync();
    }

    // A lawsuit against the unit, docketed just before the demo's last day and, if wanted, received.
    private async Task<(string Key, string CaseNo)> SuedAsync(int number, bool receive = true, string unit = Unit)
    {
        var caseNo = string.Create(CultureInfo.InvariantCulture, $"（2025）豫1121行初{_number + number}号");
        var key = string.Create(CultureInfo.InvariantCulture, $"filing-{number}");
        await RecordAsync(Subject.Lawsuit(key), new LawsuitDocketed(
            caseNo, "舞阳县人民法院", new DateOnly(2025, 12, 29), LawsuitCategory.Administrative, "行政处罚", "市场监管", "罚款", [new Defendant(unit, DefendantCapacity.Sole)]));
        if (receive) await RecordAsync(Subject.Lawsuit(key), new ResponseMaterialsReceived(unit, caseNo, new DateOnly(2025, 12, 31)));
        return (key, caseNo);
    }

    private async Task RecordAsync(Subject subject, IFact fact) =>
        (await Intake.RecordAsync(new RecordFact(subject, fact, new FactId("/tests", $"{subject}-{fact.GetType().Name}"), "tester"))).Refusal.ShouldBeNull();

    private async Task<Subject> RequestAsync(string key, string by)
    {
        var subject = new Subject(StreamKind.Approval, key);
        var entry = EventCatalog.All.First(e => typeof(INeedsApproval).IsAssignableFrom(e.Type));
        var sample = File.ReadAllText(Path.Combine(Golden(), entry.Name + ".v1.json"));
        var asked = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, System.Text.Json.JsonElement>>(sample)!;
        asked["approval"] = System.Text.Json.JsonSerializer.SerializeToElement(key);
        await RecordAsync(subject, new ApprovalRequested(new Subject(entry.Kind!.Value, "x1").ToString(), entry.Name, asked, by, new DateOnly(2026, 1, 1), "请批准"));
        return subject;
    }

    private static string Golden([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Golden", "events"));

    private Task<IReadOnlyList<IFact>> FactsAsync(string key) => SubjectFactsAsync(Subject.Lawsuit(key));

    private async Task<IReadOnlyList<IFact>> SubjectFactsAsync(Subject subject) =>
        [.. (await app.Services.GetRequiredService<LedgerAnswers>().HistoryAsync(subject, new TimesAsked())).Value!.Select(h => h.Entry.Recorded.Fact)];
}
