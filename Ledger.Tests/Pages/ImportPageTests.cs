using System.Net;
using System.Text;
using Ledger.Domain.Counting;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Periods;
using Ledger.Host.Office.Sheets;
using Microsoft.Playwright;
using Ledger.Tests.Browser;
using MiniExcelLibs;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>Sheets come in: a person sends one, sees each row's verdict, and commits all of it or nothing.</summary>
[Collection(ImportsCollection.Name)]
public sealed class ImportPageTests(ImportsApp app)
{
    [Fact]
    public async Task A_courts_list_is_recorded_once_with_the_cases_that_nobody_had_recorded()
    {
        var known = (await app.FiledAsync()).Take(2).ToList();
        var names = (await app.SituationAsync()).County.Names();
        var text = new StringBuilder("案号,被告,立案时间,案由,行政管理领域,被诉行政行为\r\n");
        text.AppendLine(Row(known[0], known[0].Docketed!.DocketedOn)).AppendLine(Row(known[1], known[1].Docketed!.DocketedOn.AddDays(3)));
        text.AppendLine("（2025）豫1121行初7001号,舞阳县公安局,2025-10-20,治安处罚,公安,行政处罚");
        text.AppendLine("（2025）豫1121行初7002号,舞泉镇,2025-11-05,,,");
        var file = ImportsApp.Gbk(text.ToString());

        await using var browser = await app.Pages.SignInAsync("court");
        await SendAsync(browser, "CourtList", file, "清单.csv", "2025Q4");
        var rows = browser.Page.Locator("table.imports tbody tr");
        (await rows.Locator(".verdict").AllInnerTextsAsync()).ShouldBe(["已记载", "不一致", "新增", "新增"]);
        (await rows.Nth(1).InnerTextAsync()).ShouldContain("立案日不符");
        (await rows.Nth(3).InnerTextAsync()).ShouldContain("只列入清单");
        await LookAsync(browser, "imports-court", new[] { 1440, 1024, 390 });

        await browser.Page.Locator("button.download:not(.second)").ClickAsync();
        await browser.Page.GetByText("已全部提交，新增 2 条事实").WaitForAsync();
        var now = await app.SituationAsync();
        var list = CourtLists.Of(now.Of(PeriodState.Of(Period.Parse("2025Q4")))).Last!;
        list.Rows.Count.ShouldBe(4);
        list.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)));
        list.Rows[2].Unit.ShouldBe("gongan");
        var docketed = now.Lawsuits.Values.Single(l => l.Instance("（2025）豫1121行初7001号") is not null).Docketed!;
        docketed.DocketedOn.ShouldBe(new DateOnly(2025, 10, 20));
        docketed.Court.ShouldBe(known[0].Docketed!.Court);
        now.Lawsuits.Values.ShouldNotContain(l => l.Instance("（2025）豫1121行初7002号") != null);

        // The same file again changes nothing; nor does the page offer it.
        await SendAsync(browser, "CourtList", file, "清单.csv", "2025Q4");
        await browser.Page.GetByText("已经登记，不会重复登记").WaitForAsync();
        await browser.Page.GetByText("没有新内容").WaitForAsync();
        (await browser.Page.Locator("button.download:not(.second)").CountAsync()).ShouldBe(0);

        // And the list stands beside the ledger.
        await app.Pages.OpenAsync(browser, "/reconciliation?period=2025Q4");
        var table = await browser.Page.Locator("table.ledger").InnerTextAsync();
        table.ShouldContain("（2025）豫1121行初7002号");
        table.ShouldContain("法院有、账上无");
        table.ShouldContain("单位未报备");
        table.ShouldContain(known[1].Docketed!.CaseNo);
        browser.Complaints.ShouldBeEmpty();

        string Row(Lawsuit lawsuit, DateOnly on) => $"{lawsuit.Docketed!.CaseNo},{names[lawsuit.Docketed.Defendants[0].Unit]},{on:yyyy-MM-dd},,,";
    }

    [Fact]
    public async Task A_refused_row_keeps_the_whole_file_out_and_comes_back_with_its_reason()
    {
        var known = (await app.FiledAsync())[3];
        var docketed = known.Docketed!;
        var names = (await app.SituationAsync()).County.Names();
        string[] headings = ["编号", "被诉单位", "收案日", "案由", "领域", "行为", "报送", "办结", "结果"];
        IReadOnlyList<string?[]> rows =
        [
            [docketed.CaseNo, names[docketed.Defendants[0].Unit], $"{docketed.DocketedOn:yyyy-MM-dd}", docketed.Cause, docketed.Field, docketed.ActType, "", "", ""],
            ["（2025）豫1121行初7101号", "县公安局", "2025-09-01", "=cmd|'/c calc'!A0", "公安", "行政处罚", "", "2025-12-01", "判决撤销"],
            ["（2025）豫1121行初7102号", "不存在的局", "2025-09-02", "治安处罚", "公安", "行政处罚", "", "", ""],
            ["（2025）豫1121行初7103号", "县公安局", "2027-01-01", "治安处罚", "公安", "行政处罚", "", "", ""],
            ["（2025）豫1121行初7104号", "县公安局", "2025-09-31", "治安处罚", "公安", "行政处罚", "", "2025-08-01", "驳回诉讼请求"],
        ];
        var position = (await app.SituationAsync()).Position;
        await using var browser = await app.Pages.SignInAsync("supervisor");
        await SendAsync(browser, "Register", Workbook(headings, rows), "台账.xlsx");
        await browser.Page.GetByText("请指出哪一列是案号").WaitForAsync();
        var choices = new (string Field, string Heading)[]
        {
            ("CaseNo", "编号"), ("Unit", "被诉单位"), ("DocketedOn", "收案日"), ("Cause", "案由"), ("Field", "领域"), ("ActType", "行为"), ("FiledOn", "报送"), ("ClosedOn", "办结"), ("Outcome", "结果"),
        };
        foreach (var (field, heading) in choices) await browser.Page.Locator($"select[name=col-{field}]").SelectOptionAsync(new SelectOptionValue { Label = heading });
        await browser.Page.Locator(".mapping button").ClickAsync();
        await JudgedAsync(browser);
        (await browser.Page.Locator("table.imports .verdict").AllInnerTextsAsync()).ShouldBe(["已记载", "新增", "拒绝", "拒绝", "拒绝"]);
        var text = await browser.Page.Locator("table.imports").InnerTextAsync();
        foreach (var code in (string[])["lawsuit.unknown-unit", "date.in-future", "import.invalid-value"]) text.ShouldContain(code);
        (await browser.Page.Locator("button.download:not(.second)").CountAsync()).ShouldBe(0);
        await LookAsync(browser, "imports-refused", [1440, 1024, 390]);

        // The sheet comes back with the reasons; put right and sent as it is, it is taken.
        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.GetByText("下载核对结果表").ClickAsync());
        var path = await download.PathAsync();
        var back = MiniExcel.Query(path, excelType: ExcelType.XLSX).Cast<IDictionary<string, object?>>().Select(r => r.Values.ToArray()).ToList();
        back[0][0].ShouldBe("核对结果");
        back[3][1]!.ToString()!.ShouldContain("lawsuit.unknown-unit");
        back[2].ShouldContain("'=cmd|'/c calc'!A0");
        IReadOnlyList<string?[]> mended = [.. back.Skip(1).Take(2).Select(r => r.Skip(2).Select(c => c?.ToString()).ToArray())];
        await SendAsync(browser, "Register", Workbook(headings, mended), "台账.xlsx", expectTable: false);
        foreach (var (field, heading) in choices) await browser.Page.Locator($"select[name=col-{field}]").SelectOptionAsync(new SelectOptionValue { Label = heading });
        await browser.Page.Locator(".mapping button").ClickAsync();
        await JudgedAsync(browser);
        (await app.SituationAsync()).Position.ShouldBe(position);
        await browser.Page.Locator("button.download:not(.second)").ClickAsync();
        await browser.Page.GetByText("已全部提交，新增 2 条事实").WaitForAsync();
        var lawsuit = (await app.SituationAsync()).Lawsuits.Values.Single(l => l.Instance("（2025）豫1121行初7101号") is not null);
        lawsuit.Docketed!.Cause.ShouldBe("=cmd|'/c calc'!A0");
        lawsuit.Document("（2025）豫1121行初7101号")!.Rendered.Dispositions.ShouldHaveSingleItem().Outcome.ShouldBe(Outcome.RevokeAll);

        // The columns are remembered for the next sheet with these headings.
        await SendAsync(browser, "Register", Workbook(headings, [["（2025）豫1121行初7101号", "县公安局", "2025-09-05", "", "", "", "", "", ""]]), "再来.xlsx");
        (await browser.Page.Locator("table.imports .verdict").AllInnerTextsAsync()).ShouldBe(["不一致"]);
        (await browser.Page.Locator("table.imports").InnerTextAsync()).ShouldContain("立案日期：表中 2025-09-05，账上 2025-09-01");
        browser.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_are_taken_from_those_who_import_only_and_only_sheets()
    {
        using var client = await OfficeClient.SignInAsync(app.Pages, "supervisor");
        var sheet = Encoding.UTF8.GetBytes("案号,被告\r\n（2025）豫1121行初7201号,县公安局\r\n");
        (await ImportsApp.SendAsync(client, ImportsApp.Bomb(), "a.xlsx", ("kind", "Register"))).Location.ShouldContain("problem=sheet.bomb");
        (await ImportsApp.SendAsync(client, [0xD0, 0xCF, 0x11, 0xE0, 0, 0], "a.xlsx", ("kind", "Register"))).Location.ShouldContain("problem=sheet.wrong-type");
        var (status, location) = await ImportsApp.SendAsync(client, sheet, "../../etc/x.csv", ("kind", "Register"));
        status.ShouldBe(HttpStatusCode.Redirect);
        location.ShouldStartWith("/imports?kind=Register&file=");
        (await client.GetStringAsync("/imports?problem=%3Cscript%3E")).ShouldNotContain("<script>");
        (await ImportsApp.SendAsync(client, new byte[11 * 1024 * 1024], "a.csv", ("kind", "Register"))).Location.ShouldContain("problem=sheet.too-large");

        // Another person does not read the file, by whatever address.
        using var other = await OfficeClient.SignInAsync(app.Pages, "court");
        (await other.GetAsync(location.Replace("/imports", "/imports/judged", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await client.GetAsync(location.Replace("/imports", "/imports/judged", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var forged = new MultipartFormDataContent { { new StringContent("Register"), "kind" }, { new ByteArrayContent(sheet), "file", "x.csv" } };
        (await client.PostAsync("/imports/file", forged)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var clerk = await OfficeClient.SignInAsync(app.Pages, "clerk");
        foreach (var path in (string[])["/imports", "/imports/template?kind=Register&format=xlsx", "/imports/judged?kind=Register", "/reconciliation"])
            (await clerk.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);

        foreach (var format in (string[])["xlsx", "csv"])
            (await client.GetAsync("/imports/template?kind=CourtList&format=" + format)).Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    [Fact]
    public async Task A_court_imports_what_the_API_lets_it_import_and_nothing_else()
    {
        var known = (await app.SituationAsync()).Lawsuits.Values.First(l => l.Docketed!.CaseNo.Contains("豫1121", StringComparison.Ordinal) && l.Docketed.Defendants.Count == 1
            && l.MaterialsOf(l.Docketed.Defendants[0].Unit, l.Docketed.CaseNo) is null);
        var names = (await app.SituationAsync()).County.Names();
        await using var browser = await app.Pages.SignInAsync("court");
        await SendAsync(browser, "Register", Encoding.UTF8.GetBytes($"案号,被告,收到日期\n{known.Docketed!.CaseNo},{names[known.Docketed.Defendants[0].Unit]},2025-12-30\n"), "x.csv");
        (await browser.Page.Locator("table.imports .verdict").AllInnerTextsAsync()).ShouldBe(["拒绝"]);
        (await browser.Page.Locator("button.download:not(.second)").CountAsync()).ShouldBe(0);
    }

    private async Task SendAsync(WatchedPage browser, string kind, byte[] content, string name, string? period = null, bool expectTable = true)
    {
        await app.Pages.OpenAsync(browser, "/imports?kind=" + kind);
        if (period is not null) await browser.Page.Locator("select[name=period]").SelectOptionAsync(period);
        await browser.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });
        await browser.Page.Locator(".upload button").ClickAsync();
        await browser.Page.WaitForURLAsync("**/imports?**file=**");
        await JudgedAsync(browser, expectTable);
    }

    private static async Task JudgedAsync(WatchedPage browser, bool expectTable = true)
    {
        await browser.Page.Locator("table.imports").WaitForAsync();
        if (expectTable) (await browser.Page.Locator("table.imports tbody tr").CountAsync()).ShouldBeGreaterThan(0);
    }

    private static async Task LookAsync(WatchedPage browser, string name, int[] widths)
    {
        foreach (var width in widths)
        {
            await browser.Page.SetViewportSizeAsync(width, 900);
            await OfficeLook.AtAsync(browser.Page, $"{name}-{width}");
        }

        await browser.Page.SetViewportSizeAsync(1440, 900);
    }

    private static byte[] Workbook(string[] headings, IReadOnlyList<string?[]> rows) => WorkbookWriter.Write(
        new Sheet("台账", [.. headings.Select(_ => 20.0)], [[.. headings.Select(h => (Cell?)Cell.Of(h))], .. rows.Select(r => (IReadOnlyList<Cell?>)[.. r.Select(c => string.IsNullOrEmpty(c) ? null : (Cell?)Cell.Of(c))])]));
}
