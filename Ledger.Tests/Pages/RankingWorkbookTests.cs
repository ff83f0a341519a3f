using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Ledger.Domain.Counting;
using Ledger.Host.Answers;
using Ledger.Host.Office.Sheets;
using Ledger.Tests.Office;
using Microsoft.Extensions.DependencyInjection;
using MiniExcelLibs;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>The ranking as a workbook: another program calculates what the answer says.</summary>
[Collection(PagesCollection.Name)]
public sealed class RankingWorkbookTests(PagesApp app)
{
    [Fact]
    public async Task Another_program_calculates_the_rates_and_sums_of_the_answer()
    {
        using var client = await OfficeClient.SignInAsync(app, "supervisor");
        using var answer = await client.GetAsync("/ranking/workbook?period=2025");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(WorkbookWriter.MediaType);
        var path = Soffice.Keep("ranking.xlsx", await answer.Content.ReadAsByteArrayAsync());
        using (var package = SpreadsheetDocument.Open(path, isEditable: false))
        {
            new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Microsoft365).Validate(package).Select(e => $"{e.Path?.XPath}: {e.Description}").ShouldBeEmpty();
            package.WorkbookPart!.Workbook!.CalculationProperties!.FullCalculationOnLoad!.Value.ShouldBeTrue();
            package.WorkbookPart.WorksheetParts.First().Worksheet!.Descendants<Pane>().Single().State!.Value.ShouldBe(PaneStateValues.Frozen);
        }

        var ranking = (await app.Services.GetRequiredService<LedgerAnswers>().RankingAsync("2025", null, null, new TimesAsked())).Value!;
        var again = await Soffice.ConvertAsync(path, "xlsx:Calc MS Excel 2007 XML", Directory.CreateDirectory(Path.Combine(Soffice.Folder(), "calculated")).FullName);
        var rows = MiniExcel.Query(again, sheetName: "排名").Cast<IDictionary<string, object?>>().Skip(3).ToList();
        foreach (var (row, cells) in ranking.Rows.Zip(rows))
        {
            cells["B"].ShouldBe(row.Name);
            ShouldSay(cells, row.Figures);
        }

        var sum = rows[ranking.Rows.Count];
        sum["B"].ShouldBe("各单位合计");
        sum["F"].ShouldBe((double)ranking.Rows.Sum(r => r.Figures.NewCases));
        sum["C"].ShouldBe((double)ranking.Rows.Sum(r => r.Figures.Losses));
        rows[ranking.Rows.Count + 1]["B"].ShouldBe("全县");
        ShouldSay(rows[ranking.Rows.Count + 1], ranking.County);

        var notes = string.Join('\n', MiniExcel.Query(path, sheetName: "说明").Cast<IDictionary<string, object?>>().Select(r => r["B"]));
        notes.ShouldContain($"{app.Url}/ranking?period=2025&policy={ranking.Policy.Id}&asOf=2026-01-02&position=");
        notes.ShouldContain("败诉率 = 败诉件数 ÷");
        (await Soffice.PicturesAsync(path)).Pictures.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task It_is_given_in_the_language_and_scope_of_the_page()
    {
        using var client = await OfficeClient.SignInAsync(app, "clerk");
        (await client.GetAsync("/preferences?lang=en")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var workbook = new MemoryStream(await client.GetByteArrayAsync("/ranking/workbook?period=2024Q3&list=Townships&asOf=2024-09-30"));
        var rows = MiniExcel.Query(workbook).Cast<IDictionary<string, object?>>().ToList();
        rows[2].Values.ShouldContain("Loss rate");
        var ranking = (await app.Services.GetRequiredService<LedgerAnswers>().RankingAsync("2024Q3", "Townships", null, new TimesAsked("2024-09-30"))).Value!;
        rows.Skip(3).Take(ranking.Rows.Count).Select(r => r["B"]).ShouldBe(ranking.Rows.Select(r => (object)r.Name));
        (await client.GetAsync("/ranking/workbook?period=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var nobody = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Url) };
        (await nobody.GetAsync("/ranking/workbook?period=2024")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tcmd", "'\tcmd")]
    [InlineData("-3", "'-3")]
    [InlineData("舞泉镇=", "舞泉镇=")]
    [InlineData("", "")]
    public void Text_is_no_formula(string text, string written)
    {
        using var workbook = new MemoryStream(WorkbookWriter.Write(new Host.Office.Sheets.Sheet("x", [10], [[Host.Office.Sheets.Cell.Of(text)]])));
        using var package = SpreadsheetDocument.Open(workbook, isEditable: false);
        var cell = package.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Single();
        cell.CellFormula.ShouldBeNull();
        cell.InlineString!.InnerText.ShouldBe(written);
        Defused.Undo(written).ShouldBe(text);
    }

    private static void ShouldSay(IDictionary<string, object?> cells, Figures figures)
    {
        cells["C"].ShouldBe((double)figures.LossRate.N);
        cells["D"].ShouldBe((double)figures.LossRate.D);
        cells["F"].ShouldBe((double)figures.NewCases);
        cells["G"].ShouldBe((double)figures.Closed);
        foreach (var (column, rate) in new[] { ("E", figures.LossRate), ("I", figures.MediatedOrWithdrawn), ("L", figures.HeadAttendance), ("O", figures.TimelyCaseFiling), ("R", figures.TimelyLossFiling) })
            if (rate.Exists) ((double)cells[column]!).ShouldBe((double)rate.N / rate.D, 1e-12);
            else cells[column].ShouldBe("—");
    }
}
