using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Domain;

/// <summary>Working days and natural days (counting-rules.md §7; the examples of the plan's years).</summary>
public sealed class CalendarTests
{
    private static readonly WorkingCalendar Calendar = MemoryLedger.PublishedCalendar();

    [Theory]
    [InlineData(2022, 249)]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void A_year_has_as_many_working_days_as_its_notice_leaves(int year, int days)
    {
        Calendar.WorkingDaysBetween(new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31)).ShouldBe(days);
        Calendar.Knows(year).ShouldBeTrue();
    }

    [Theory]
    [InlineData("2023-04-26", 3, "2023-05-04")]
    [InlineData("2023-04-26", 5, "2023-05-06")]
    [InlineData("2023-06-20", 3, "2023-06-26")]
    [InlineData("2023-06-21", 3, "2023-06-27")]
    [InlineData("2023-09-27", 3, "2023-10-08")]
    [InlineData("2023-09-27", 5, "2023-10-10")]
    [InlineData("2023-01-18", 3, "2023-01-28")]
    [InlineData("2023-05-06", 3, "2023-05-10")]
    [InlineData("2023-10-01", 3, "2023-10-09")]
    [InlineData("2023-12-29", 3, "2024-01-04")]
    [InlineData("2024-02-08", 5, "2024-02-21")]
    [InlineData("2024-09-27", 5, "2024-10-10")]
    [InlineData("2025-01-24", 3, "2025-02-05")]
    [InlineData("2025-09-30", 3, "2025-10-11")]
    [InlineData("2026-02-13", 3, "2026-02-25")]
    [InlineData("2026-02-13", 5, "2026-02-27")]
    public void The_day_of_receipt_is_day_zero(string received, int days, string due)
    {
        var computed = Calendar.AddWorkingDays(Day(received), days);
        computed.ShouldBe(new ComputedDay(Day(due), false));
        Calendar.WorkingDaysBetween(Day(received), Day(due)).ShouldBe(days);
    }

    [Fact]
    public void A_year_without_a_calendar_is_computed_from_weekends_and_flagged()
    {
        Calendar.AddWorkingDays(Day("2026-12-30"), 3).ShouldBe(new ComputedDay(Day("2027-01-04"), true));
        Calendar.AddWorkingDays(Day("2026-12-28"), 3).ShouldBe(new ComputedDay(Day("2026-12-31"), false));
        Calendar.RollForward(Day("2027-01-31")).ShouldBe(new ComputedDay(Day("2027-02-01"), true));
        new WorkingCalendar().AddWorkingDays(Day("2023-04-26"), 5).ShouldBe(new ComputedDay(Day("2023-05-03"), true));
    }

    [Fact]
    public void The_last_calendar_published_for_a_year_counts()
    {
        var ledger = Given.Nothing().And("calendar/2027", new CalendarYearPublished(2027, [Day("2027-01-01")], [], "a")).Ledger();
        var calendar = ledger.CountyOn(Given.Today).Calendar;
        calendar.AddWorkingDays(Day("2026-12-30"), 3).ShouldBe(new ComputedDay(Day("2027-01-05"), false));

        var given = Given.Nothing().And(
            "calendar/2027",
            new CalendarYearPublished(2027, [Day("2027-01-01")], [], "a"),
            new CalendarYearPublished(2027, [Day("2027-01-01"), Day("2027-01-04")], [Day("2027-01-02")], "b"));
        given.Ledger().CountyOn(Given.Today).Calendar.AddWorkingDays(Day("2026-12-30"), 3).ShouldBe(new ComputedDay(Day("2027-01-05"), false));
        given.Ledger().CountyOn(Given.Today, position: 1).Calendar.IsWorkingDay(Day("2027-01-02")).ShouldBeFalse();
        given.And("calendar/2027", Retracted(Given.Id(2)));
        given.Ledger().CountyOn(Given.Today).Calendar.IsWorkingDay(Day("2027-01-02")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2023-04-14", 15, "2023-05-04")]
    [InlineData("2023-09-19", 10, "2023-10-07")]
    [InlineData("2024-01-26", 15, "2024-02-18")]
    [InlineData("2023-06-09", 15, "2023-06-25")]
    [InlineData("2023-07-03", 15, "2023-07-18")]
    public void A_natural_day_period_rolls_to_a_working_day(string served, int days, string end) =>
        Calendar.AddNaturalDays(Day(served), days).ShouldBe(new ComputedDay(Day(end), false));

    [Fact]
    public void The_appeal_period_is_15_days_for_a_judgment_and_10_for_a_ruling_and_none_for_a_second_instance()
    {
        var judgment = Given.Facts(DocketedOn("2023-01-10", "wuquan"), Rendered(First, InstanceLevel.First, "2023-04-10", ("wuquan", Outcome.RevokeAll)), Received("wuquan", on: "2023-04-14"));
        AppealPeriod.Of(judgment.Lawsuit(), Calendar).ShouldBe([new AppealPeriod("wuquan", First, Day("2023-05-04"), Day("2023-05-05"), false)]);
        var ruling = Given.Facts(
            DocketedOn("2023-01-10", "wuquan"),
            Rendered(First, InstanceLevel.First, "2023-09-18", ("wuquan", Outcome.DismissSuit)) with { Kind = DocumentKind.Ruling },
            Received("wuquan", on: "2023-09-19"));
        AppealPeriod.Of(ruling.Lawsuit(), Calendar).Single().ExpectedEffectiveOn.ShouldBe(Day("2023-10-08"));
        var second = Given.Facts(
            DocketedOn("2023-01-10", "wuquan"), Opened(InstanceLevel.Second, Second),
            Rendered(Second, InstanceLevel.Second, "2023-07-10", ("wuquan", Outcome.RevokeAll)), Received("wuquan", Second, "2023-07-14"));
        AppealPeriod.Of(second.Lawsuit(), Calendar).ShouldBeEmpty();
    }

    [Fact]
    public void Working_days_between_distant_days_are_counted_without_walking_there()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 2_000; i++) Calendar.WorkingDaysBetween(Day("0001-01-01"), DateOnly.MaxValue);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        Calendar.WorkingDaysBetween(Day("2023-05-06"), Day("2023-05-06")).ShouldBe(0);
        Calendar.WorkingDaysBetween(Day("2023-05-06"), Day("2023-01-06")).ShouldBe(0);
    }

    [Fact]
    public void Working_days_between_are_those_that_a_walk_counts()
    {
        CsCheck.Check.Sample(CsCheck.Gen.Select(CsCheck.Gen.Int[0, 2200], CsCheck.Gen.Int[0, 2200]), (from, length) =>
        {
            var after = new DateOnly(2021, 6, 1).AddDays(from);
            var walked = Enumerable.Range(1, length).Count(d => Calendar.IsWorkingDay(after.AddDays(d)));
            Calendar.WorkingDaysBetween(after, after.AddDays(length)).ShouldBe(walked);
        }, iter: 300);
    }

    [Theory]
    [InlineData("0001")]
    [InlineData("0001Q1")]
    [InlineData("9999")]
    [InlineData("9999-12")]
    public void The_first_and_the_last_year_are_periods_like_any_other(string period)
    {
        var county = Given.Facts(Docketed("wuquan")).Ledger().CountyOn(Given.Today);
        county.Rank(Period.Parse(period), UnitList.All, county.Policies.GoverningFrom(Period.Parse(period).First)).County.NewCases.ShouldBe(0);
    }

    [Theory]
    [InlineData("2023", "2023-01-01", "2023-12-31", true)]
    [InlineData("2023Q1", "2023-01-01", "2023-03-31", false)]
    [InlineData("2023Q2", "2023-04-01", "2023-06-30", false)]
    [InlineData("2023Q3", "2023-07-01", "2023-09-30", false)]
    [InlineData("2023Q4", "2023-10-01", "2023-12-31", false)]
    [InlineData("2023-04", "2023-04-01", "2023-04-30", false)]
    [InlineData("2024-02", "2024-02-01", "2024-02-29", false)]
    public void A_period_is_a_year_a_quarter_or_a_month_both_ends_included(string text, string first, string last, bool isYear)
    {
        Period.TryParse(text, out var period).ShouldBeTrue();
        (period!.First, period.Last, period.IsYear, period.Text).ShouldBe((Day(first), Day(last), isYear, text));
        period.Contains(Day(first)).ShouldBeTrue();
        period.Contains(Day(last)).ShouldBeTrue();
        period.Contains(Day(first).AddDays(-1)).ShouldBeFalse();
        period.Contains(Day(last).AddDays(1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("23")]
    [InlineData("0000")]
    [InlineData("+203")]
    [InlineData("2023q1")]
    [InlineData("2023Q0")]
    [InlineData("2023Q5")]
    [InlineData("2023Q11")]
    [InlineData("2023-Q1")]
    [InlineData("2023-00")]
    [InlineData("2023-13")]
    [InlineData("2023-4")]
    [InlineData("2023-04-01")]
    [InlineData("2023-+4")]
    [InlineData("２０２３")]
    [InlineData(" 2023")]
    [InlineData("2023 ")]
    public void What_is_no_period_does_not_parse(string text) => Period.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void The_published_calendars_are_valid_themselves()
    {
        foreach (var year in WorkingCalendar.Published) Given.Nothing().When($"calendar/{year.Year}", year).ThenAdmitted();
        WorkingCalendar.Published.Select(y => y.Year).ShouldBe([2022, 2023, 2024, 2025, 2026]);
        Calendar.IsWorkingDay(Day("2024-02-09")).ShouldBeTrue();
    }
}
