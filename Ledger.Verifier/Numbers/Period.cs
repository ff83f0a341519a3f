using System.Globalization;

namespace Ledger.Verifier.Numbers;

/// <summary>A year, a quarter or a month by legal date, both ends included (counting-rules.md §1).</summary>
internal sealed record Period(DateOnly First, DateOnly Last)
{
    public bool IsYear => First.AddYears(1).AddDays(-1) == Last;

    public bool Contains(DateOnly? day) => day >= First && day <= Last;

    /// <summary>Reads <c>2023</c>, <c>2023Q1</c> or <c>2023-04</c>.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static Period Parse(string text)
    {
        if (text.Length < 4 || !int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year == 0) throw new FormatException(text);
        return text[4..] switch
        {
            "" => Of(year, 1, 12),
            ['Q', >= '1' and <= '4' and var quarter] => Of(year, (3 * (quarter - '1')) + 1, 3),
            ['-', '0', >= '1' and <= '9' and var month] => Of(year, month - '0', 1),
            ['-', '1', >= '0' and <= '2' and var month] => Of(year, 10 + month - '0', 1),
            _ => throw new FormatException(text),
        };
    }

    private static Period Of(int year, int month, int months)
    {
        var first = new DateOnly(year, month, 1);
        return new Period(first, first.AddMonths(months).AddDays(-1));
    }
}
