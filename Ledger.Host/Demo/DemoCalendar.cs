using Ledger.Domain;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>Working days as the ledger itself counts them.</summary>
internal sealed class DemoCalendar
{
    private readonly WorkingCalendar _calendar = new();

    public DemoCalendar()
    {
        long sequence = 0;
        foreach (var year in WorkingCalendar.Published)
            _calendar.Add([new VisibleFact(new Recorded(++sequence, new FactId("calendar", year.Year.ToString()), year), year)]);
    }

    /// <summary>The day itself when it is a working day, else the next one.</summary>
    public DateOnly OnOrAfter(DateOnly day) => _calendar.RollForward(day).Day;

    /// <summary>The n-th working day after a day.</summary>
    public DateOnly Plus(DateOnly day, int workingDays) => _calendar.AddWorkingDays(day, workingDays).Day;

    /// <summary>The n-th working day before a day.</summary>
    public DateOnly Minus(DateOnly day, int workingDays) => _calendar.SubtractWorkingDays(day, workingDays);

    /// <summary>The last day of an appeal period.</summary>
    public DateOnly AppealPeriodEnd(DateOnly received, int days) => _calendar.AddNaturalDays(received, days).Day;

    /// <summary>A working day on or before the end of the year in which the wanted day lies.</summary>
    public DateOnly WithinYear(DateOnly day) => OnOrAfter(day) is var rolled && rolled.Year == day.Year ? rolled : Minus(day, 1);

    public static DateTimeOffset At(DateOnly day, int hour, int minute) => ShanghaiTime.StartOf(day).AddHours(hour).AddMinutes(minute);
}
