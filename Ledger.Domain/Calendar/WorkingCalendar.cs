using System.Text.Json;
using Ledger.Domain.Facts;

namespace Ledger.Domain.Calendar;

/// <summary>A day computed from a calendar.</summary>
/// <param name="Day">The day.</param>
/// <param name="Provisional">Whether a year without a published calendar was needed: computed from weekends alone.</param>
public readonly record struct ComputedDay(DateOnly Day, bool Provisional);

/// <summary>
/// Working days (工作日): Monday to Friday minus the State Council's holidays plus its make-up workdays (counting-rules.md
/// §7; 民法典 §§201–203, 行诉解释 §48).
/// </summary>
public sealed class WorkingCalendar
{
    private readonly Dictionary<int, (HashSet<DateOnly> Holidays, HashSet<DateOnly> Workdays)> _years = [];
    private readonly Dictionary<int, long> _sequences = [];

    /// <summary>The calendars of <c>working-days.json</c>, which the ledger publishes as its first facts.</summary>
    public static IReadOnlyList<CalendarYearPublished> Published { get; } = ReadPublished();

    /// <summary>Takes in a calendar stream's visible facts: the last one of a year counts.</summary>
    public void Add(IEnumerable<VisibleFact> facts)
    {
        foreach (var fact in facts)
            if (fact.Fact is CalendarYearPublished year && (!_sequences.TryGetValue(year.Year, out var last) || last < fact.Sequence))
            {
                _sequences[year.Year] = fact.Sequence;
                _years[year.Year] = ([.. year.Holidays], [.. year.MakeUpWorkdays]);
            }
    }

    /// <summary>The same calendars with another reading of one year's stream; no fact leaves the year unpublished.</summary>
    public WorkingCalendar With(int year, IEnumerable<VisibleFact> facts)
    {
        var calendar = new WorkingCalendar();
        foreach (var (known, days) in _years)
            if (known != year)
            {
                calendar._years[known] = days;
                calendar._sequences[known] = _sequences[known];
            }

        calendar.Add(facts);
        return calendar;
    }

    /// <summary>Whether a year's calendar is published.</summary>
    public bool Knows(int year) => _years.ContainsKey(year);

    /// <summary>Whether the day is a working day.</summary>
    public bool IsWorkingDay(DateOnly day) => _years.TryGetValue(day.Year, out var year)
        ? year.Workdays.Contains(day) || (!IsWeekend(day) && !year.Holidays.Contains(day))
        : !IsWeekend(day);

    /// <summary>The n-th working day after a day, which is day 0 even when it is a holiday itself.</summary>
    public ComputedDay AddWorkingDays(DateOnly day, int count)
    {
        var provisional = false;
        while (count > 0)
        {
            day = day.AddDays(1);
            provisional |= !Knows(day.Year);
            if (IsWorkingDay(day)) count--;
        }

        return new ComputedDay(day, provisional);
    }

    /// <summary>The n-th working day before a day, or the first day that there is.</summary>
    public DateOnly SubtractWorkingDays(DateOnly day, int count)
    {
        while (count > 0 && day > DateOnly.MinValue)
        {
            day = day.AddDays(-1);
            if (IsWorkingDay(day)) count--;
        }

        return day;
    }

    /// <summary>How many working days lie after one day (exclusive) and up to another (inclusive); 0 when it is not later.</summary>
    public int WorkingDaysBetween(DateOnly after, DateOnly upTo)
    {
        if (upTo <= after) return 0;
        var count = WeekdaysUpTo(upTo) - WeekdaysUpTo(after);
        foreach (var (year, (holidays, workdays)) in _years)
        {
            if (year < after.Year || year > upTo.Year) continue;
            count += workdays.Count(day => IsWeekend(day) && after < day && day <= upTo);
            count -= holidays.Count(day => !IsWeekend(day) && !workdays.Contains(day) && after < day && day <= upTo);
        }

        return count;
    }

    /// <summary>A natural-day period: its last day rolls to the next working day (行诉解释 §48).</summary>
    public ComputedDay AddNaturalDays(DateOnly day, int count) => RollForward(day.AddDays(count));

    /// <summary>The day itself when it is a working day, else the next one.</summary>
    public ComputedDay RollForward(DateOnly day)
    {
        var provisional = !Knows(day.Year);
        while (!IsWorkingDay(day))
        {
            day = day.AddDays(1);
            provisional |= !Knows(day.Year);
        }

        return new ComputedDay(day, provisional);
    }

    // Day number 0 is a Monday.
    private static int WeekdaysUpTo(DateOnly day) => ((day.DayNumber + 1) / 7 * 5) + Math.Min(5, (day.DayNumber + 1) % 7);

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static IReadOnlyList<CalendarYearPublished> ReadPublished()
    {
        using var stream = typeof(WorkingCalendar).Assembly.GetManifestResourceStream("working-days.json")!;
        using var document = JsonDocument.Parse(stream);
        return
        [
            .. document.RootElement.EnumerateObject().Select(year => new CalendarYearPublished(
                int.Parse(year.Name),
                Days(year.Value, "holidays"),
                Days(year.Value, "workdays"),
                $"国务院办公厅关于{year.Name}年部分节假日安排的通知")),
        ];

        static IReadOnlyList<DateOnly> Days(JsonElement year, string member) =>
            [.. year.GetProperty(member).EnumerateArray().Select(d => DateOnly.ParseExact(d.GetString()!, "yyyy-MM-dd"))];
    }
}

/// <summary>The rules of <c>calendar/{year}</c>.</summary>
public sealed class CalendarStream : IStreamState
{
    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context)
    {
        if (fact is not CalendarYearPublished f) return null;
        foreach (var day in f.Holidays.Concat(f.MakeUpWorkdays))
            if (day.Year != f.Year)
                return Refusal.Of(Codes.CalendarInvalid, day.ToString("O"), "不在当年", "lies outside its year");
        foreach (var day in f.MakeUpWorkdays)
            if (f.Holidays.Contains(day))
                return Refusal.Of(Codes.CalendarInvalid, day.ToString("O"), "既是假日又是调休上班日", "is both a holiday and a make-up workday");
            else if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                return Refusal.Of(Codes.CalendarInvalid, day.ToString("O"), "调休上班日不是周末", "is a make-up workday but no weekend day");
        return null;
    }

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        // A later notice replaces an earlier one; no rule of this stream reads its past.
    }
}
