using Ledger.Domain.Counting;

namespace Ledger.Domain.Periods;

/// <summary>Which period stands before another, and what a period is.</summary>
public static class PeriodSteps
{
    /// <summary>Whether it is a quarter.</summary>
    public static bool IsQuarter(this Period period) => period.Text.Length == 6;

    /// <summary>The same period of the year before (同比); null before the first year.</summary>
    public static Period? YearBefore(this Period period) => period.First.Year == 1 ? null : Period.Parse($"{period.First.Year - 1:D4}{period.Text[4..]}");

    /// <summary>The period just before (环比), of the same length; null before the first.</summary>
    public static Period? Previous(this Period period)
    {
        if (period.First == DateOnly.MinValue) return null;
        var day = period.First.AddDays(-1);
        return Period.Parse(period.IsYear ? $"{day.Year:D4}" : period.IsQuarter() ? $"{day.Year:D4}Q{(day.Month + 2) / 3}" : $"{day.Year:D4}-{day.Month:D2}");
    }
}
