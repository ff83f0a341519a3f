using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using A = DocumentFormat.OpenXml.Drawing;
using DW = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using PIC = DocumentFormat.OpenXml.Drawing.Pictures;

namespace Ledger.Host.Office;

/// <summary>The parts of which a document is put together.</summary>
internal static class WordParts
{
    private const string XiaoBiaoSong = "方正小标宋简体";
    private const string FangSong = "仿宋_GB2312";
    private const string HeiTi = "黑体";
    private const string SongTi = "宋体";
    private const string Red = "FF0000";

    // The height of a line: 225 mm over 22, in twentieths of a point.
    private const string BodyLine = "579";

    // 22 mm, in a column of 25 mm.
    private const long QrSize = 792_000;
    private const int QrColumn = 1417;

    // What lies on the grid of lines; tables and small print do not.
    private const int SmallestOnGrid = 32;

    public static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = FangSong, HighAnsi = FangSong, EastAsia = FangSong, ComplexScript = FangSong },
                new FontSize { Val = "32" }, new FontSizeComplexScript { Val = "32" }, new Languages { Val = "zh-CN", EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault()),
        Style("Normal", "Normal", FangSong, 32, BodyLine, JustificationValues.Both, isDefault: true),
        Style("BodyText", "Body Text", FangSong, 32, BodyLine, JustificationValues.Both, indent: new Indentation { FirstLineChars = 200, FirstLine = "632" }),
        Style("Heading1", "heading 1", HeiTi, 32, BodyLine, JustificationValues.Both, indent: new Indentation { FirstLineChars = 200, FirstLine = "632" }, keepNext: true),
        // 35 mm below the edge of the type area, then three lines to the number.
        Style("Organ", "Organ", XiaoBiaoSong, 84, "1000", JustificationValues.Center, before: 1300, after: 560, color: Red),
        Style("Serial", "Serial", FangSong, 32, BodyLine, JustificationValues.Center, after: 227, border: Red),
        Style("Title", "Title", XiaoBiaoSong, 44, "680", JustificationValues.Center),
        Style("Signature", "Signature", FangSong, 32, BodyLine, JustificationValues.Right, indent: new Indentation { RightChars = 400, Right = "1264" }),
        Style("AnnexMark", "Annex mark", HeiTi, 32, BodyLine, JustificationValues.Left),
        Style("Note", "Note", FangSong, 21, "320", JustificationValues.Both),
        Style("Cell", "Cell", FangSong, 24, "340", JustificationValues.Center),
        Style("CellHead", "Cell head", HeiTi, 24, "340", JustificationValues.Center),
        Style("Dense", "Dense", FangSong, 15, "190", JustificationValues.Center),
        Style("DenseHead", "Dense head", HeiTi, 15, "190", JustificationValues.Center),
        Style("Imprint", "Imprint", FangSong, 20, "300", JustificationValues.Left),
        Style("PageNumber", "Page number", SongTi, 28, "320", JustificationValues.Right),
        Style("Basis", "Basis", SongTi, 15, "220", JustificationValues.Center));

    public static Paragraph Line(string text, string style, bool keepNext = false)
    {
        var properties = new ParagraphProperties(new ParagraphStyleId { Val = style });
        if (keepNext) properties.AppendChild(new KeepNext());
        return new Paragraph(properties, Run(text));
    }

    public static Paragraph Empty() => new(new ParagraphProperties(new SpacingBetweenLines { Line = "20", LineRule = LineSpacingRuleValues.Exact }));

    public static OpenXmlElement Of(Block block, int width, bool keepNext) => block switch
    {
        HeadingBlock heading => Line(heading.Text, "Heading1"),
        TableBlock table => Table(table, width, isDense: false),
        TextBlock text => Line(text.Text, "BodyText", keepNext),
        _ => throw new NotSupportedException(block.GetType().Name),
    };

    public static Table Table(TableBlock table, int width, bool isDense)
    {
        var all = table.Widths.Sum();
        int[] widths = [.. table.Widths.Select(w => w * width / all)];
        var result = new Table(
            new TableProperties(
                new TableWidth { Type = TableWidthUnitValues.Dxa, Width = Text(widths.Sum()) },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                Borders(4),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TopMargin { Width = "30", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 20, Type = TableWidthValues.Dxa },
                    new BottomMargin { Width = "30", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 20, Type = TableWidthValues.Dxa })),
            new TableGrid(widths.Select(w => new GridColumn { Width = Text(w) })),
            Row(table.Columns, widths, isDense ? "DenseHead" : "CellHead", isHead: true));
        foreach (var row in table.Rows) result.AppendChild(Row(row, widths, isDense ? "Dense" : "Cell", isHead: false));
        return result;
    }

    // 版记: where the numbers come from, and how to see that they do.
    public static Table Imprint(OfficialDocument document, string picture, int width)
    {
        var words = new TableCell(
            new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = Text(width - QrColumn) }, new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }),
            Line("核验：扫描二维码，或者打开下列地址，可见本文数字及其依据。", "Imprint"),
            Line(document.Basis.Proof, "Basis"),
            Line(document.BasisLine, "Imprint"),
            Line($"{document.Organ}　{OfficialDocument.Day(document.On)}印发", "Imprint"));
        ((Paragraph)words.ChildElements[2]).ParagraphProperties!.AppendChild(new Justification { Val = JustificationValues.Left });
        return new Table(
            new TableProperties(
                new TableWidth { Type = TableWidthUnitValues.Dxa, Width = Text(width) },
                new TableBorders(new TopBorder { Val = BorderValues.Single, Size = 8, Color = "000000" }, new BottomBorder { Val = BorderValues.Single, Size = 8, Color = "000000" }),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(new GridColumn { Width = Text(QrColumn) }, new GridColumn { Width = Text(width - QrColumn) }),
            new TableRow(
                new TableRowProperties(new CantSplit()),
                new TableCell(
                    new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = Text(QrColumn) }, new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }),
                    new Paragraph(new ParagraphProperties(new Justification { Val = JustificationValues.Center }), new Run(Picture(picture, document.Basis.Proof)))),
                words));
    }

    public static Footer PageFooter(string basis, bool isOdd)
    {
        var number = new Paragraph(new ParagraphProperties(
            new ParagraphStyleId { Val = "PageNumber" },
            isOdd ? new Indentation { RightChars = 100, Right = "280" } : new Indentation { LeftChars = 100, Left = "280" },
            new Justification { Val = isOdd ? JustificationValues.Right : JustificationValues.Left }));
        number.Append(
            Run("— "), new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }), new Run(new FieldCode(" PAGE ") { Space = SpaceProcessingModeValues.Preserve }),
            new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }), Run("1"), new Run(new FieldChar { FieldCharType = FieldCharValues.End }), Run(" —"));
        return new Footer(number, Line(basis, "Basis"));
    }

    /// <summary>Text without what XML cannot hold.</summary>
    public static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(r => r.Value is '\t' or >= 0x20 and not (0xFFFE or 0xFFFF or >= 0x7F and < 0xA0)));

    private static Run Run(string text) => new(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve });

    private static TableRow Row(IReadOnlyList<string> texts, int[] widths, string style, bool isHead)
    {
        var row = new TableRow(new TableRowProperties(new CantSplit()));
        if (isHead) row.TableRowProperties!.AppendChild(new TableHeader());
        for (var i = 0; i < texts.Count; i++)
        {
            var cell = new TableCell(new TableCellProperties(
                new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = Text(widths[i]) }, new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }));
            foreach (var line in texts[i].Split('\n')) cell.AppendChild(Line(line, style));
            row.AppendChild(cell);
        }

        return row;
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static TableBorders Borders(uint size) => new(
        new TopBorder { Val = BorderValues.Single, Size = size }, new LeftBorder { Val = BorderValues.Single, Size = size },
        new BottomBorder { Val = BorderValues.Single, Size = size }, new RightBorder { Val = BorderValues.Single, Size = size },
        new InsideHorizontalBorder { Val = BorderValues.Single, Size = size }, new InsideVerticalBorder { Val = BorderValues.Single, Size = size });

    private static Style Style(
        string id, string name, string font, int halfPoints, string line, JustificationValues alignment,
        Indentation? indent = null, int before = 0, int after = 0, string? color = null, string? border = null, bool isDefault = false, bool keepNext = false)
    {
        var paragraph = new StyleParagraphProperties();
        if (keepNext) paragraph.AppendChild(new KeepNext());
        if (border is not null) paragraph.AppendChild(new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 12, Space = 11, Color = border }));
        if (halfPoints < SmallestOnGrid) paragraph.AppendChild(new SnapToGrid { Val = false });
        paragraph.AppendChild(new SpacingBetweenLines { Before = Text(before), After = Text(after), Line = line, LineRule = LineSpacingRuleValues.Exact });
        if (indent is not null) paragraph.AppendChild(indent);
        paragraph.AppendChild(new Justification { Val = alignment });
        var run = new StyleRunProperties(new RunFonts { Ascii = font, HighAnsi = font, EastAsia = font, ComplexScript = font });
        if (color is not null) run.AppendChild(new Color { Val = color });
        // 28 characters of 16 points are 448 points, and 156 mm are 442.
        if (halfPoints == SmallestOnGrid) run.AppendChild(new Spacing { Val = -5 });
        var size = Text(halfPoints);
        run.Append(new FontSize { Val = size }, new FontSizeComplexScript { Val = size });
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? true : null };
        if (!isDefault) style.AppendChild(new BasedOn { Val = "Normal" });
        style.Append(new PrimaryStyle(), paragraph, run);
        return style;
    }

    private static Drawing Picture(string id, string address) => new(new DW.Inline(
        new DW.Extent { Cx = QrSize, Cy = QrSize },
        new DW.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
        new DW.DocProperties { Id = 1U, Name = "QR", Description = Clean(address) },
        new DW.NonVisualGraphicFrameDrawingProperties(new A.GraphicFrameLocks { NoChangeAspect = true }),
        new A.Graphic(new A.GraphicData(new PIC.Picture(
            new PIC.NonVisualPictureProperties(new PIC.NonVisualDrawingProperties { Id = 0U, Name = "qr.png" }, new PIC.NonVisualPictureDrawingProperties()),
            new PIC.BlipFill(new A.Blip { Embed = id }, new A.Stretch(new A.FillRectangle())),
            new PIC.ShapeProperties(
                new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = QrSize, Cy = QrSize }),
                new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle })))
        { Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture" }))
    {
        DistanceFromTop = 0U, DistanceFromBottom = 0U, DistanceFromLeft = 0U, DistanceFromRight = 0U,
    });
}
