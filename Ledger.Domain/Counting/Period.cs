using System.Globalization;

namespace Ledger.Domain.Counting;

/// <summary>
/// A counting period: a year (<c>2023</c>), a quarter (<c>2023Q1</c>) or a month (<c>2023-04</c>), by legal date, both ends
/// included (counting-rules.md §1).
/// </summary>
public sealed record Period
{
    private Period(string text, DateOnly first, DateOnly last) => (Text, First, Last) = (text, first, last);

    /// <summary>The period as written.</summary>
    public string Text { get; }

    /// <summary>Its first day.</summary>
    public DateOnly First { get; }

    /// <summary>Its last day.</summary>
    public DateOnly Last { get; }

    /// <summary>Whether it is a whole year, for which there is an annual bar.</summary>
    public bool IsYear => Text.Length == 4;

    /// <summary>Whether the day lies in it.</summary>
    public bool Contains(DateOnly day) => First <= day && day <= Last;

    /// <summary>Reads a period; false when it is none.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Period? period)
    {
        period = null;
        if (text.Length < 4 || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year < 1)
            return false;
        if (text.Length == 4)
            period = new Period(text, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        else if (text.Length == 6 && text[4] == 'Q' && text[5] is >= '1' and <= '4')
            period = Months(text, year, (text[5] - '1') * 3 + 1, 3);
        else if (text.Length == 7 && text[4] == '-'
            && int.TryParse(text.AsSpan(5, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12)
            period = Months(text, year, month, 1);
        return period is not null;
    }

    /// <summary>Reads a period that is known to be one.</summary>
    public static Period Parse(string text) => TryParse(text, out var period) ? period : throw new FormatException(text);

    private static Period Months(string text, int year, int month, int count)
    {
        var last = month + count - 1;
        return new Period(text, new DateOnly(year, month, 1), new DateOnly(year, last, DateTime.DaysInMonth(year, last)));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
