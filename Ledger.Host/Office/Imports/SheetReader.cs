using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Ledger.Domain.Facts;
using Ledger.Host.Office.Sheets;
using MiniExcelLibs;
using MiniExcelLibs.Csv;

namespace Ledger.Host.Office.Imports;

/// <summary>A row of a sheet.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Cells">Its cells as text.</param>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells);

/// <summary>A sheet as it was read: the first of a workbook.</summary>
/// <param name="Headings">The names of its columns.</param>
/// <param name="Rows">The rows under them that hold anything.</param>
public sealed record SheetTable(IReadOnlyList<string> Headings, IReadOnlyList<SheetRow> Rows);

/// <summary>Reads sheets that somebody sends. What a file is, its bytes say, not its name; it is unpacked only as far as is sensible.</summary>
public static class SheetReader
{
    /// <summary>The longest file.</summary>
    public const int LongestFile = 10 * 1024 * 1024;

    private const int MostRows = 5_000;
    private const int MostColumns = 200;
    private const int MostEntries = 1_000;
    private const long MostUnpacked = 128L * 1024 * 1024;

    // Titles and empty rows may stand above the headings.
    private const int HeadingWithin = 10;

    private static readonly byte[] Zip = "PK\u0003\u0004"u8.ToArray();

    /// <summary>The sheet, or why it is not read.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="isHeading">Whether a text names a column that is known.</param>
    public static (SheetTable? Table, Refusal? Refusal) Read(byte[] content, Func<string, bool> isHeading)
    {
        if (content.Length == 0) return (null, OfficeRefusals.Empty);
        if (content.Length > LongestFile) return (null, OfficeRefusals.TooLarge);
        try
        {
            var (rows, refusal) = content.AsSpan().StartsWith(Zip) ? OfWorkbook(content) : OfText(content);
            return rows is null ? (null, refusal) : UnderHeadings(rows, isHeading);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException or NotSupportedException
            or NullReferenceException or IndexOutOfRangeException or OverflowException or IOException)
        {
            // What the library throws at a damaged file is its own matter; nothing of it is ours.
            return (null, OfficeRefusals.Damaged);
        }
    }

    private static (List<SheetRow>? Rows, Refusal? Refusal) OfWorkbook(byte[] content)
    {
        using (var archive = new ZipArchive(new MemoryStream(content)))
        {
            if (archive.Entries.Count > MostEntries) return (null, OfficeRefusals.Bomb);
            if (archive.GetEntry("xl/workbook.xml") is null) return (null, OfficeRefusals.WrongType);
            // What an entry says of its length need not be true: it is unpacked and counted.
            var unpacked = 0L;
            var buffer = new byte[64 * 1024];
            foreach (var entry in archive.Entries)
            {
                using var stream = entry.Open();
                for (int read; (read = stream.Read(buffer)) > 0;)
                    if ((unpacked += read) > MostUnpacked)
                        return (null, OfficeRefusals.Bomb);
            }
        }

        return Rows(MiniExcel.Query(new MemoryStream(content), useHeaderRow: false, excelType: ExcelType.XLSX));
    }

    private static (List<SheetRow>? Rows, Refusal? Refusal) OfText(byte[] content)
    {
        if (content.AsSpan().IndexOfAnyInRange((byte)0, (byte)8) >= 0) return (null, OfficeRefusals.WrongType);
        var text = Decode(content);
        if (text is null) return (null, OfficeRefusals.WrongType);
        var heading = text.Split('\n', 2)[0];
        var separator = new[] { ',', '\t', ';' }.MaxBy(c => heading.Count(x => x == c));
        var configuration = new CsvConfiguration { Seperator = separator, StreamReaderFunc = s => new StreamReader(s, Encoding.UTF8) };
        return Rows(MiniExcel.Query(new MemoryStream(Encoding.UTF8.GetBytes(text)), useHeaderRow: false, excelType: ExcelType.CSV, configuration: configuration));
    }

    // UTF-8 where every byte is; else what Chinese programs write.
    private static string? Decode(byte[] content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            try
            {
                return CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!.GetString(content);
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }
    }

    private static (List<SheetRow>? Rows, Refusal? Refusal) Rows(IEnumerable<dynamic> found)
    {
        var rows = new List<SheetRow>();
        var number = 0;
        foreach (IDictionary<string, object?> row in found)
        {
            number++;
            if (number > MostRows + HeadingWithin || row.Count > MostColumns) return (null, OfficeRefusals.TooMany);
            string[] cells = [.. row.Values.Select(TextOf)];
            if (cells.Any(c => c.Length > 0)) rows.Add(new SheetRow(number, cells));
        }

        return (rows, null);
    }

    // The headings are the first row with at least two names that are known; else the first row that holds anything.
    private static (SheetTable? Table, Refusal? Refusal) UnderHeadings(List<SheetRow> rows, Func<string, bool> isHeading)
    {
        var at = rows.FindIndex(0, Math.Min(HeadingWithin, rows.Count), r => r.Cells.Count(isHeading) >= 2);
        at = Math.Max(at, 0);
        if (rows.Count <= at + 1) return (null, OfficeRefusals.NoHeading);
        var headings = rows[at].Cells;
        return (new SheetTable(headings, [.. rows.Skip(at + 1).Select(r => r with { Cells = [.. Enumerable.Range(0, headings.Count).Select(i => i < r.Cells.Count ? r.Cells[i] : "")] })]), null);
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Defused.Undo(value.ToString()!.Trim()),
    };
}
