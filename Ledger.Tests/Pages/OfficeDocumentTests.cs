using System.Net;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Ledger.Domain.Bulletins;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Ledger.Host.Cli;
using Ledger.Host.Office;
using Ledger.Host.Office.Documents;
using Ledger.Tests.Office;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>The office's documents: valid, looked at in LibreOffice, and with the answers' numbers in them.</summary>
[Collection(PagesCollection.Name)]
public sealed partial class OfficeDocumentTests(PagesApp app)
{
    [Theory]
    [InlineData(DocumentKind.LossBulletin)]
    [InlineData(DocumentKind.AccountabilityBulletin)]
    [InlineData(DocumentKind.OverdueNotice)]
    [InlineData(DocumentKind.Supervision)]
    [InlineData(DocumentKind.Rectification)]
    [InlineData(DocumentKind.TypicalCase)]
    [InlineData(DocumentKind.JanuaryReminder)]
    public async Task Each_document_is_valid_and_reads_on_paper_as_it_does_on_the_page(DocumentKind kind)
    {
        using var client = await OfficeClient.SignInAsync(app, "supervisor");
        var page = await client.GetStringAsync($"/documents?kind={kind}");
        var link = WebUtility.HtmlDecode(Download().Match(page).Groups[1].Value);
        link.ShouldStartWith("/documents/file?kind=" + kind);
        using var answer = await client.GetAsync(link);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, link);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(WordWriter.MediaType);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        var path = Soffice.Keep(kind + ".docx", bytes);
        using var package = WordprocessingDocument.Open(path, isEditable: false);
        new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Microsoft365).Validate(package).Select(e => $"{e.Path?.XPath}: {e.Description}").ShouldBeEmpty();
        var margins = package.MainDocumentPart!.Document!.Body!.Descendants<PageMargin>().First();
        (margins.Top!.Value, margins.Bottom!.Value, margins.Left!.Value, margins.Right!.Value).ShouldBe((2098, 1984, 1587u, 1474u));
        package.MainDocumentPart.ImageParts.ShouldHaveSingleItem();

        var (pictures, text) = await Soffice.PicturesAsync(path);
        pictures.ShouldNotBeEmpty();
        var read = Blanks().Replace(text, "");
        var parts = package.MainDocumentPart.Document.Body.Descendants<Paragraph>().Select(p => p.InnerText).Where(t => t.Length is > 0 and < 40).ToList();
        parts.Count.ShouldBeGreaterThan(5);
        read.ShouldContain("舞阳县司法局文件");
        read.ShouldContain("—1—");
        read.ShouldContain("账本位置");
        read.ShouldContain(Blanks().Replace(package.MainDocumentPart.Document.Body.Descendants<Paragraph>().First(p => p.ParagraphProperties?.ParagraphStyleId?.Val == "Title").InnerText, ""));
    }

    [Fact]
    public async Task The_loss_bulletin_says_what_the_answer_says()
    {
        using var client = await OfficeClient.SignInAsync(app, "supervisor");
        var bytes = await client.GetByteArrayAsync("/documents/file?kind=LossBulletin&key=2025Q3&no=" + Uri.EscapeDataString("舞司通〔2025〕7号"));
        using var package = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        var body = package.MainDocumentPart!.Document!.Body!;
        body.InnerText.ShouldContain("舞司通〔2025〕7号");

        var contents = await BulletinAsync("2025Q3");
        var rows = body.Elements<Table>().First().Elements<TableRow>().Skip(1).Select(r => r.Elements<TableCell>().Select(c => c.InnerText).ToList()).ToList();
        rows.Count.ShouldBe(contents.Rows.Count + 1);
        foreach (var (row, cells) in contents.Rows.Append(contents.County).Zip(rows))
        {
            cells[2].ShouldBe(row.Name ?? "全县");
            cells[3].ShouldBe($"{row.NewCases}");
            cells[6].ShouldBe($"{row.Closed}");
            cells[10].ShouldBe($"{row.Losses}");
            cells[12].ShouldBe(Tables.Rate(row.LossRate).Replace(" ", ""));
            cells[17].ShouldBe(Tables.Rate(row.HeadAttendance).Replace(" ", ""));
        }

        var text = string.Join('\n', body.Elements<Paragraph>().Select(p => p.InnerText));
        text.ShouldContain($"新收一审行政案件{contents.County.NewCases}件");
        text.ShouldContain($"败诉{contents.County.Losses}件，败诉率{Tables.Rate(contents.County.LossRate)}");
        body.InnerText.ShouldContain($"统计口径 {contents.Policy}　数据截止 {OfficialDocument.Day(contents.AsOf)}　账本位置 {contents.Position}");
        package.MainDocumentPart.FooterParts.ShouldAllBe(f => f.Footer!.InnerText.Contains($"账本位置 {contents.Position}"));
        var proof = $"{app.Url}/ranking?period=2025Q3&policy={contents.Policy}&asOf={contents.AsOf:yyyy-MM-dd}&position={contents.Position}";
        body.InnerText.ShouldContain(proof);
        (await client.GetAsync(proof)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_document_of_a_moment_stays_what_it_was_and_what_is_not_there_is_not_made()
    {
        using var client = await OfficeClient.SignInAsync(app, "auditor");
        var page = await client.GetStringAsync("/documents?kind=OverdueNotice");
        var link = WebUtility.HtmlDecode(Download().Match(page).Groups[1].Value);
        link.ShouldContain("position=");
        TextOf(await client.GetByteArrayAsync(link)).ShouldBe(TextOf(await client.GetByteArrayAsync(link)));
        (await client.GetAsync("/documents/file?kind=OverdueNotice&key=none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("/documents/file?kind=LossBulletin&key=2031Q1")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await client.GetAsync("/documents/file?kind=Nothing&key=1")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync("/documents/file?kind=12&key=1")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("clerk")]
    [InlineData("court")]
    public async Task Who_may_not_ask_the_office_gets_no_document(string persona)
    {
        using var client = await OfficeClient.SignInAsync(app, persona);
        (await client.GetAsync("/documents")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync("/documents/file?kind=LossBulletin&key=2025Q3")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetStringAsync("/ranking?period=2025")).ShouldNotContain("href=\"/documents\"");
    }

    private async Task<BulletinContents> BulletinAsync(string period)
    {
        var questions = app.Services.GetRequiredService<Questions>();
        var list = await questions.FindAsync(Areas.Questions.Single(q => q.Name == "bulletins"), new Parameterised(Period: period), new TimesAsked());
        var key = ((IEnumerable<BulletinListRow>)list.Value!).First(b => b.Kind == BulletinKind.Ranking).Key;
        return (BulletinContents)(await questions.FindAsync(Areas.Questions.Single(q => q.Name == "bulletin"), new Parameterised(Key: key), new TimesAsked())).Value!;
    }

    private static string TextOf(byte[] bytes)
    {
        using var package = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        return package.MainDocumentPart!.Document!.Body!.InnerText;
    }

    [GeneratedRegex("href=\"(/documents/file[^\"]+)\"")]
    private static partial Regex Download();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
