using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using QRCoder;

namespace Ledger.Host.Office;

/// <summary>
/// Writes a document in the layout of GB/T 9704—2012: A4, margins 37, 35, 28 and 26 mm, 22 lines of 28 characters, 小标宋 for the
/// organ and the title, 仿宋 三号 for the text. The fonts are named, not embedded: offices have them.
/// </summary>
public static class WordWriter
{
    /// <summary>The media type of the file.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const uint A4Width = 11906;
    private const uint A4Height = 16838;

    // 156 mm, and 225 mm across the page.
    private const int TextWidth = 8844;
    private const int WideWidth = 12756;

    /// <summary>The bytes of the document: the same document gives the same text, always.</summary>
    public static byte[] Write(OfficialDocument document)
    {
        using var stream = new MemoryStream();
        using (var package = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = package.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = WordParts.Styles();
            main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(new EvenAndOddHeaders());
            var odd = main.AddNewPart<FooterPart>();
            odd.Footer = WordParts.PageFooter(document.BasisLine, isOdd: true);
            var even = main.AddNewPart<FooterPart>();
            even.Footer = WordParts.PageFooter(document.BasisLine, isOdd: false);
            var picture = main.AddImagePart(ImagePartType.Png);
            using (var png = new MemoryStream(Qr(document.Basis.Proof))) picture.FeedData(png);
            var (odds, evens) = (main.GetIdOfPart(odd), main.GetIdOfPart(even));

            var body = new Body();
            AddText(body, document);
            if (document.Annex is { } annex)
            {
                // The text's own section ends here; the annex may lie across its pages.
                body.AppendChild(new Paragraph(new ParagraphProperties(new SpacingBetweenLines { Line = "20", LineRule = LineSpacingRuleValues.Exact }, Section(odds, evens, isWide: false))));
                AddAnnex(body, annex);
            }

            // Two tables without anything between them are one.
            body.AppendChild(WordParts.Empty());
            body.AppendChild(WordParts.Imprint(document, main.GetIdOfPart(picture), document.Annex?.IsWide == true ? WideWidth : TextWidth));
            body.AppendChild(WordParts.Empty());
            body.AppendChild(Section(odds, evens, document.Annex?.IsWide == true));
            main.Document = new Document(body);
            package.PackageProperties.Title = WordParts.Clean(document.Title);
            package.PackageProperties.Creator = WordParts.Clean(document.Organ);
        }

        return stream.ToArray();
    }

    private static void AddText(Body body, OfficialDocument document)
    {
        // 发文机关标志: its upper edge 35 mm below that of the type area.
        body.AppendChild(WordParts.Line(document.Organ + "文件", "Organ"));
        body.AppendChild(WordParts.Line(document.SerialNo, "Serial"));
        foreach (var _ in (int[])[1, 2]) body.AppendChild(WordParts.Line("", "Normal"));
        body.AppendChild(WordParts.Line(document.Title, "Title"));
        body.AppendChild(WordParts.Line("", "Normal"));
        if (document.Addressee is { } addressee) body.AppendChild(WordParts.Line(addressee + "：", "Normal"));
        // The signature never stands on a page without text: the last paragraph goes with it.
        for (var i = 0; i < document.Body.Count; i++) body.AppendChild(WordParts.Of(document.Body[i], TextWidth, keepNext: i == document.Body.Count - 1));
        if (document.Annex is { } annex)
        {
            body.AppendChild(WordParts.Line("", "Normal", keepNext: true));
            body.AppendChild(WordParts.Line("附件：" + annex.Title, "BodyText", keepNext: true));
        }

        foreach (var _ in (int[])[1, 2]) body.AppendChild(WordParts.Line("", "Normal", keepNext: true));
        body.AppendChild(WordParts.Line(document.Organ, "Signature", keepNext: true));
        body.AppendChild(WordParts.Line(OfficialDocument.Day(document.On), "Signature"));
    }

    private static void AddAnnex(Body body, Annex annex)
    {
        body.AppendChild(WordParts.Line("附件", "AnnexMark"));
        body.AppendChild(WordParts.Line(annex.Title, "Title"));
        body.AppendChild(WordParts.Table(annex.Table, annex.IsWide ? WideWidth : TextWidth, annex.IsWide));
        foreach (var note in annex.Notes) body.AppendChild(WordParts.Line(note, "Note"));
    }

    private static SectionProperties Section(string odd, string even, bool isWide) => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = odd },
        new FooterReference { Type = HeaderFooterValues.Even, Id = even },
        new SectionType { Val = SectionMarkValues.NextPage },
        isWide
            ? new PageSize { Width = A4Height, Height = A4Width, Orient = PageOrientationValues.Landscape }
            : new PageSize { Width = A4Width, Height = A4Height },
        // Turned, the page keeps its binding edge: what was above lies on the right.
        isWide
            ? new PageMargin { Top = Tenths(280), Right = (uint)Tenths(350), Bottom = Tenths(260), Left = (uint)Tenths(370), Header = 850, Footer = (uint)Tenths(110), Gutter = 0 }
            : new PageMargin { Top = Tenths(370), Right = (uint)Tenths(260), Bottom = Tenths(350), Left = (uint)Tenths(280), Header = 850, Footer = (uint)Tenths(160), Gutter = 0 },
        // 22 lines on 225 mm; that 28 characters stand on 156 mm is the text's own spacing, which every program reads alike.
        new DocGrid { Type = DocGridValues.Lines, LinePitch = 579 });

    private static int Tenths(int tenthsOfMillimetres) => (int)Math.Round(tenthsOfMillimetres * 1440 / 254.0);

    private static byte[] Qr(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(6);
    }
}
