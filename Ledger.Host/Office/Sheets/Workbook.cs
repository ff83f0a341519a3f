namespace Ledger.Host.Office.Sheets;

/// <summary>How a cell looks.</summary>
public enum CellStyle
{
    /// <summary>Text or a number as it is.</summary>
    Plain,

    /// <summary>The name of a column.</summary>
    Head,

    /// <summary>The title of a sheet.</summary>
    Title,

    /// <summary>A share, in hundredths.</summary>
    Percent,

    /// <summary>Text in several lines.</summary>
    Wrapped,

    /// <summary>What is to be put right.</summary>
    Bad,

    /// <summary>A sum.</summary>
    Total,

    /// <summary>A share of a sum.</summary>
    TotalPercent,
}

/// <summary>A cell.</summary>
/// <param name="Style">How it looks.</param>
public abstract record Cell(CellStyle Style)
{
    /// <summary>Text.</summary>
    public static Cell Of(string text, CellStyle style = CellStyle.Plain) => new TextCell(text, style);

    /// <summary>A number.</summary>
    public static Cell Of(long number, CellStyle style = CellStyle.Plain) => new NumberCell(number, style);
}

/// <summary>Text; never a formula, whatever it begins with.</summary>
/// <param name="Text">The text.</param>
/// <param name="Style">How it looks.</param>
public sealed record TextCell(string Text, CellStyle Style) : Cell(Style);

/// <summary>A number.</summary>
/// <param name="Number">The number.</param>
/// <param name="Style">How it looks.</param>
public sealed record NumberCell(long Number, CellStyle Style) : Cell(Style);

/// <summary>A formula with the value that it had when it was written.</summary>
/// <param name="Formula">The formula, without the equals sign.</param>
/// <param name="Value">The value; null for the dash that the formula gives where there is none.</param>
/// <param name="Style">How it looks.</param>
public sealed record FormulaCell(string Formula, double? Value, CellStyle Style) : Cell(Style);

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Widths">The widths of its columns, in characters.</param>
/// <param name="Rows">Its rows; a cell may be null.</param>
/// <param name="FrozenRows">How many rows stay when one scrolls.</param>
/// <param name="FrozenColumns">How many columns stay.</param>
/// <param name="Merged">Cells that are one, such as <c>A1:S1</c>.</param>
/// <param name="Heights">Heights of rows, by number from 1, in points.</param>
public sealed record Sheet(
    string Name, IReadOnlyList<double> Widths, IReadOnlyList<IReadOnlyList<Cell?>> Rows, int FrozenRows = 0, int FrozenColumns = 0,
    IReadOnlyList<string>? Merged = null, IReadOnlyDictionary<int, double>? Heights = null)
{
    /// <summary>The letters of a column, from 0.</summary>
    public static string Column(int index) => index < 26 ? ((char)('A' + index)).ToString() : Column((index / 26) - 1) + (char)('A' + (index % 26));
}

/// <summary>Text that a program which calculates must not take for a formula.</summary>
public static class Defused
{
    /// <summary>The text with an apostrophe before what could begin a formula.</summary>
    public static string Of(string text) => IsArmed(text) ? "'" + text : text;

    /// <summary>The text as it was before <see cref="Of"/>.</summary>
    public static string Undo(string text) => text.Length > 1 && text[0] == '\'' && IsArmed(text[1..]) ? text[1..] : text;

    // As OWASP lists them; a full-width sign begins a formula in East Asian programs.
    private static bool IsArmed(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..];
}
