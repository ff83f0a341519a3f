using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Ledger.Host.Office.Sheets;

/// <summary>Writes a workbook. It is calculated anew when it is opened; what calculates nothing shows the values of the writing.</summary>
public static class WorkbookWriter
{
    /// <summary>The media type of the file.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int LongestName = 31;
    private const int LongestCell = 32_767;

    /// <summary>The bytes of the workbook.</summary>
    public static byte[] Write(params IReadOnlyList<Sheet> sheets)
    {
        using var stream = new MemoryStream();
        using (var package = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = package.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var list = new DocumentFormat.OpenXml.Spreadsheet.Sheets();
            foreach (var sheet in sheets)
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = Of(sheet);
                list.AppendChild(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Name = NameOf(sheet.Name), SheetId = (uint)list.ChildElements.Count + 1, Id = book.GetIdOfPart(part) });
            }

            book.Workbook = new Workbook(list, new CalculationProperties { FullCalculationOnLoad = true });
        }

        return stream.ToArray();
    }

    private static Worksheet Of(Sheet sheet)
    {
        var worksheet = new Worksheet();
        var view = new SheetView { WorkbookViewId = 0 };
        if (sheet.FrozenRows + sheet.FrozenColumns > 0)
            view.AppendChild(new Pane
            {
                VerticalSplit = sheet.FrozenRows == 0 ? null : sheet.FrozenRows,
                HorizontalSplit = sheet.FrozenColumns == 0 ? null : sheet.FrozenColumns,
                TopLeftCell = Sheet.Column(sheet.FrozenColumns) + (sheet.FrozenRows + 1).ToString(CultureInfo.InvariantCulture),
                ActivePane = sheet.FrozenColumns == 0 ? PaneValues.BottomLeft : sheet.FrozenRows == 0 ? PaneValues.TopRight : PaneValues.BottomRight,
                State = PaneStateValues.Frozen,
            });
        worksheet.Append(new SheetViews(view), new SheetFormatProperties { DefaultRowHeight = 18, CustomHeight = true });
        var columns = new Columns();
        for (var i = 0; i < sheet.Widths.Count; i++) columns.AppendChild(new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = sheet.Widths[i], CustomWidth = true });
        worksheet.AppendChild(columns);
        var data = new SheetData();
        for (var i = 0; i < sheet.Rows.Count; i++) data.AppendChild(RowOf(sheet.Rows[i], i + 1, sheet.Heights?.GetValueOrDefault(i + 1)));
        worksheet.AppendChild(data);
        if (sheet.Merged is { Count: > 0 } merged) worksheet.AppendChild(new MergeCells(merged.Select(m => new MergeCell { Reference = m })));
        worksheet.Append(
            new PageMargins { Left = 0.4, Right = 0.4, Top = 0.6, Bottom = 0.6, Header = 0.3, Footer = 0.3 },
            new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToHeight = 0 });
        worksheet.PrependChild(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        return worksheet;
    }

    private static Row RowOf(IReadOnlyList<Cell?> cells, int number, double? height)
    {
        var row = new Row { RowIndex = (uint)number };
        if (height is > 0) (row.Height, row.CustomHeight) = (height, true);
        for (var i = 0; i < cells.Count; i++)
            if (cells[i] is { } cell)
                row.AppendChild(Of(cell, Sheet.Column(i) + number.ToString(CultureInfo.InvariantCulture)));
        return row;
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Cell Of(Cell cell, string place)
    {
        var written = new DocumentFormat.OpenXml.Spreadsheet.Cell { CellReference = place, StyleIndex = (uint)cell.Style };
        switch (cell)
        {
            case NumberCell number:
                written.CellValue = new CellValue(number.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case FormulaCell formula:
                written.CellFormula = new CellFormula(formula.Formula);
                written.CellValue = new CellValue(formula.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "—");
                if (formula.Value is null) written.DataType = CellValues.String;
                break;
            case TextCell text:
                written.DataType = CellValues.InlineString;
                var clean = WordParts.Clean(Defused.Of(text.Text).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\n', '\u2028')).Replace('\u2028', '\n');
                written.InlineString = new InlineString(new Text(clean.Length > LongestCell ? clean[..LongestCell] : clean) { Space = SpaceProcessingModeValues.Preserve });
                break;
        }

        return written;
    }

    // What Excel does not take in a name.
    private static string NameOf(string name)
    {
        var clean = string.Concat(name.Where(c => c is not (':' or '\\' or '/' or '?' or '*' or '[' or ']')));
        return clean.Length > LongestName ? clean[..LongestName] : clean;
    }

    // In the order of CellStyle.
    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "0.0%" }),
        new Fonts(FontOf(11), FontOf(11, bold: true), FontOf(16, bold: true), FontOf(11, color: "FFB3261E")),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            FillOf("FFDCE6EF"), FillOf("FFF3F3F3")),
        new Borders(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            new Border(
                new LeftBorder { Style = BorderStyleValues.Thin }, new RightBorder { Style = BorderStyleValues.Thin }, new TopBorder { Style = BorderStyleValues.Thin },
                new BottomBorder { Style = BorderStyleValues.Thin }, new DiagonalBorder())),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            Format(0, 0, 1, 0, false), Format(1, 2, 1, 0, true, HorizontalAlignmentValues.Center), Format(2, 0, 0, 0, false, HorizontalAlignmentValues.Center), Format(0, 0, 1, 164, false, HorizontalAlignmentValues.Right),
            Format(0, 0, 0, 0, true), Format(3, 0, 1, 0, true), Format(1, 3, 1, 0, false), Format(1, 3, 1, 164, false, HorizontalAlignmentValues.Right)));

    private static Font FontOf(double size, bool bold = false, string? color = null)
    {
        var font = new Font();
        if (bold) font.AppendChild(new Bold());
        font.AppendChild(new FontSize { Val = size });
        if (color is not null) font.AppendChild(new Color { Rgb = color });
        font.AppendChild(new FontName { Val = "宋体" });
        return font;
    }

    private static Fill FillOf(string color) => new(new PatternFill(new ForegroundColor { Rgb = color }, new BackgroundColor { Indexed = 64 }) { PatternType = PatternValues.Solid });

    private static CellFormat Format(uint font, uint fill, uint border, uint number, bool wraps, HorizontalAlignmentValues? horizontal = null)
    {
        var alignment = new Alignment { Vertical = VerticalAlignmentValues.Center, WrapText = wraps };
        if (horizontal is { } value) alignment.Horizontal = value;
        return new CellFormat(alignment)
        {
            FontId = font, FillId = fill, BorderId = border, NumberFormatId = number, FormatId = 0,
            ApplyFont = true, ApplyFill = true, ApplyBorder = true, ApplyNumberFormat = true, ApplyAlignment = true,
        };
    }
}
