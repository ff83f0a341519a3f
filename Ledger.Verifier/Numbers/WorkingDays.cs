namespace Ledger.Verifier.Numbers;

/// <summary>Working days (counting-rules.md §7): Monday to Friday, less the holidays and with the make-up days of the published years.</summary>
internal sealed class WorkingDays
{
    private readonly Dictionary<int, (HashSet<DateOnly> Holidays, HashSet<DateOnly> MakeUp)> _years = [];

    /// <summary>Takes the last publication of each year.</summary>
    /// <param name="facts">Facts as read, among them the calendars.</param>
    public WorkingDays(IEnumerable<ReadFact> facts)
    {
        foreach (var year in facts.Where(f => f.Type == "CalendarYearPublished").OrderBy(f => f.Sequence))
            _years[year.Number("year")] = ([.. year.Days("holidays")], [.. year.Days("makeUpWorkdays")]);
    }

    /// <summary>The day that ends a period of working days; the day of receipt is day 0.</summary>
    /// <returns>The day, and whether a year on the way has no calendar.</returns>
    public (DateOnly On, bool Provisional) After(DateOnly receipt, int workingDays)
    {
        var day = receipt;
        var provisional = false;
        while (workingDays > 0)
        {
            day = day.AddDays(1);
            provisional |= !_years.ContainsKey(day.Year);
            if (IsWorking(day)) workingDays--;
        }

        return (day, provisional);
    }

    /// <summary>A fixed day, or the next working day when it is none.</summary>
    public (DateOnly On, bool Provisional) Rolled(DateOnly day)
    {
        var provisional = !_years.ContainsKey(day.Year);
        while (!IsWorking(day)) day = day.AddDays(1);
        return (day, provisional);
    }

    /// <summary>Working days after one day up to another, which is included.</summary>
    public int Between(DateOnly after, DateOnly upTo)
    {
        var count = 0;
        for (var day = after.AddDays(1); day <= upTo; day = day.AddDays(1))
            if (IsWorking(day)) count++;
        return count;
    }

    private bool IsWorking(DateOnly day)
    {
        var atWeekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        if (!_years.TryGetValue(day.Year, out var year)) return !atWeekend;
        return atWeekend ? year.MakeUp.Contains(day) : !year.Holidays.Contains(day);
    }
}
