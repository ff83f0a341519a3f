using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Domain;

/// <summary>What a unit must file by when, and where that stands (counting-rules.md §7).</summary>
public sealed class ObligationTests
{
    private static IReadOnlyList<Obligation> On(Given given, string asOf) => given.Ledger().CountyOn(Day(asOf)).Obligations();

    private static CaseFilingSubmitted Filed(string at) => new("wuquan", First, At(at));

    [Fact]
    public void A_case_filing_is_pending_until_the_due_day_ends_then_overdue_by_working_days()
    {
        var given = Given.Facts(Docketed("wuquan"), Materials("wuquan", "2023-04-26"));
        On(given, "2023-04-25").ShouldBeEmpty();
        On(given, "2023-04-26").Single().ShouldBe(new Obligation(
            ObligationKind.CaseFiling, "wuquan", "a", First, null, null, Day("2023-04-26"), Day("2023-05-04"), false, ObligationStatus.Pending, null, 0));
        On(given, "2023-05-04").Single().Status.ShouldBe(ObligationStatus.Pending);
        On(given, "2023-05-05").Single().ShouldSatisfyAllConditions(o => o.Status.ShouldBe(ObligationStatus.Overdue), o => o.DaysLate.ShouldBe(1));
        On(given, "2023-05-07").Single().DaysLate.ShouldBe(2); // Saturday 6 May is a make-up workday, Sunday 7 May is none
    }

    [Fact]
    public void It_is_met_until_24_00_in_Shanghai_and_late_after_that()
    {
        var given = Given.Facts(Docketed("wuquan"), Materials("wuquan", "2023-04-26"));
        var met = On(given.And(Filed("2023-05-06T09:00:00"), Filed("2023-05-04T23:59:59")), "2023-06-01").Single();
        (met.Status, met.MetAt, met.DaysLate).ShouldBe((ObligationStatus.Met, At("2023-05-04T23:59:59"), 0));
        var late = On(Given.Facts(Docketed("wuquan"), Materials("wuquan", "2023-04-26"), Filed("2023-05-08T00:00:00")), "2023-06-01").Single();
        (late.Status, late.MetAt, late.DaysLate).ShouldBe((ObligationStatus.MetLate, At("2023-05-08T00:00:00"), 3));
        On(Given.Facts(Docketed("wuquan"), Materials("wuquan", "2023-04-26"), Filed("2023-05-08T00:00:00")), "2023-05-07").Single().Status.ShouldBe(ObligationStatus.Overdue);
    }

    [Fact]
    public void A_filing_on_the_day_off_after_the_due_day_is_late_by_no_working_day()
    {
        var given = Given.Facts(Docketed("wuquan"), Materials("wuquan", "2023-07-04"), Filed("2023-07-08T10:00:00"));
        var late = On(given, "2023-08-01").Single();
        (late.DueOn, late.Status, late.DaysLate).ShouldBe((Day("2023-07-07"), ObligationStatus.MetLate, 0));
    }

    [Fact]
    public void A_loss_is_filed_when_the_last_of_the_three_documents_is_there_the_earliest_of_each_counting()
    {
        var given = Given.Facts(
            Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Received("wuquan"),
            Submitted("wuquan", LossDocument.JudicialDocument, "2023-05-26T09:00:00"),
            Submitted("wuquan", LossDocument.CauseAnalysis, "2023-06-05T09:00:00"),
            Submitted("wuquan", LossDocument.CauseAnalysis, "2023-05-30T09:00:00"));
        On(given, "2023-06-10").Single().ShouldSatisfyAllConditions(
            o => (o.Kind, o.DueOn, o.Status).ShouldBe((ObligationKind.LossFiling, Day("2023-06-01"), ObligationStatus.Overdue)));
        given.Lawsuit().MissingLossDocuments("wuquan", First).ShouldBe([LossDocument.RectificationMeasures]);
        given.And(Submitted("wuquan", LossDocument.RectificationMeasures, "2023-06-01T20:00:00"));
        On(given, "2023-06-10").Single().ShouldSatisfyAllConditions(
            o => o.Status.ShouldBe(ObligationStatus.Met), o => o.MetAt.ShouldBe(At("2023-06-01T20:00:00")));
    }

    [Fact]
    public void Only_a_loss_opens_a_loss_filing_and_a_withdrawn_appeal_opens_none()
    {
        On(Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.DismissClaims)), Received("wuquan")), "2023-06-10").ShouldBeEmpty();
        Given Appealed(Outcome outcome) => Given.Facts(
            Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Opened(InstanceLevel.Second, Second),
            Rendered(Second, InstanceLevel.Second, "2023-07-10", ("wuquan", outcome)), Received("wuquan", Second, "2023-07-14"));
        On(Appealed(Outcome.AffirmJudgment), "2023-08-01").Single().CaseNo.ShouldBe(Second);
        On(Appealed(Outcome.AffirmRuling), "2023-08-01").Single().CaseNo.ShouldBe(Second);
        On(Appealed(Outcome.RevokePart), "2023-08-01").Single().CaseNo.ShouldBe(Second);
        On(Appealed(Outcome.AppealWithdrawn), "2023-08-01").ShouldBeEmpty();
        On(Appealed(Outcome.DismissClaims), "2023-08-01").ShouldBeEmpty();
        On(Appealed(Outcome.RevokeAndRemand), "2023-08-01").ShouldBeEmpty();
    }

    [Fact]
    public void A_loss_obliges_whatever_the_policy_forgives()
    {
        var given = Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.ConfirmUnlawfulMinorProcedure)), Received("wuquan"))
            .And("policy/p", new CountingPolicyAdopted(Day("2023-01-01"), NotLosses: [Outcome.ConfirmUnlawfulMinorProcedure]));
        On(given, "2023-06-10").Single().Kind.ShouldBe(ObligationKind.LossFiling);
        On(Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.Mediated)), Received("wuquan")), "2023-06-10").ShouldBeEmpty();
    }

    [Fact]
    public void An_organ_outside_the_county_is_never_obliged()
    {
        var given = Given.Facts(Docketed("city"), Materials("city"), Judgment(("city", Outcome.RevokeAll)), Received("city"))
            .And("unit/city", new DutyRegistered("d", "d", Day("2020-01-01")));
        On(given, "2024-06-01").ShouldBeEmpty();
    }

    [Fact]
    public void Obligations_come_by_due_day_unit_kind_and_case_number()
    {
        var given = Given.Facts(
            Docketed("wuquan", "beiwudu"), Materials("wuquan", "2023-05-29"), Materials("beiwudu", "2023-05-29"),
            Judgment(("wuquan", Outcome.RevokeAll), ("beiwudu", Outcome.RevokeAll)), Received("wuquan"), Received("beiwudu"))
            .And("lawsuit/b", Docketed("wuquan") with { CaseNo = "（2023）豫1121行初10号" }, Materials("wuquan", "2023-05-29", "（2023）豫1121行初10号"))
            .And("lawsuit/c", Docketed("wuquan") with { CaseNo = "（2023）豫1121行初9号" }, Materials("wuquan", "2023-05-26", "（2023）豫1121行初9号"));
        On(given, "2023-06-10").Select(o => (o.DueOn, o.Unit, o.Kind, o.CaseNo)).ShouldBe(
        [
            (Day("2023-05-31"), "wuquan", ObligationKind.CaseFiling, "（2023）豫1121行初9号"),
            (Day("2023-06-01"), "beiwudu", ObligationKind.CaseFiling, First),
            (Day("2023-06-01"), "beiwudu", ObligationKind.LossFiling, First),
            (Day("2023-06-01"), "wuquan", ObligationKind.CaseFiling, "（2023）豫1121行初10号"),
            (Day("2023-06-01"), "wuquan", ObligationKind.CaseFiling, First),
            (Day("2023-06-01"), "wuquan", ObligationKind.LossFiling, First),
        ]);
    }

    // ---- non-performance reports

    private static Given Duty(params IFact[] more) => Given.Facts().And("unit/wuquan", [new DutyRegistered("d", "职责", Day("2022-12-31")), .. more]);

    [Fact]
    public void A_duty_registered_before_a_year_and_not_performed_in_it_is_reported_on_by_31_January()
    {
        On(Duty(), "2023-12-31").ShouldBeEmpty();
        On(Duty(), "2024-01-01").Single().ShouldBe(new Obligation(
            ObligationKind.NonPerformanceReport, "wuquan", null, null, "d", 2023, Day("2024-01-01"), Day("2024-01-31"), false, ObligationStatus.Pending, null, 0));
        On(Duty(), "2024-02-02").Single().ShouldSatisfyAllConditions(o => o.Status.ShouldBe(ObligationStatus.Overdue), o => o.DaysLate.ShouldBe(2));
        On(Given.Facts().And("unit/wuquan", new DutyRegistered("d", "职责", Day("2023-01-01"))), "2024-06-01").ShouldBeEmpty();
        On(Given.Facts().And("unit/wuquan", new DutyRegistered("d", "职责", Day("2021-05-01"))), "2024-06-01").Select(o => o.Year).ShouldBe([2022, 2023]);
    }

    [Fact]
    public void Only_a_performance_that_happened_spares_the_report()
    {
        On(Duty(new EnforcementPerformed("d", Day("2023-12-31"), 1)), "2024-06-01").ShouldBeEmpty();
        On(Duty(new EnforcementPerformed("d", Day("2023-12-31"), 0)), "2024-06-01").Count.ShouldBe(1);
        On(Duty(new EnforcementPerformed("d", Day("2024-01-01"), 1)), "2024-06-01").Count.ShouldBe(1);
        On(Duty(new EnforcementPerformed("e", Day("2023-12-31"), 1)), "2024-06-01").Count.ShouldBe(1);
    }

    [Fact]
    public void A_unit_merged_away_by_the_end_of_the_year_reports_no_more()
    {
        On(Duty(new UnitMerged("beiwudu", Day("2023-12-31"))), "2024-06-01").ShouldBeEmpty();
        On(Duty(new UnitMerged("beiwudu", Day("2024-01-01"))), "2024-06-01").Count.ShouldBe(1);
    }

    [Fact]
    public void A_report_of_that_year_and_duty_meets_it()
    {
        On(Duty(new NonPerformanceReportSubmitted(2023, "d", At("2024-01-31T23:00:00"), "x"), new NonPerformanceReportSubmitted(2023, "d", At("2024-02-20T23:00:00"), "x")), "2024-06-01")
            .Single().Status.ShouldBe(ObligationStatus.Met);
        On(Duty(new NonPerformanceReportSubmitted(2023, "d", At("2024-02-01T09:00:00"), "x")), "2024-06-01").Single()
            .ShouldSatisfyAllConditions(o => o.Status.ShouldBe(ObligationStatus.MetLate), o => o.DaysLate.ShouldBe(1));
        On(Duty(new NonPerformanceReportSubmitted(2022, "d", At("2024-01-31T23:00:00"), "x")), "2024-06-01").Single().Status.ShouldBe(ObligationStatus.Overdue);
    }

    [Theory]
    [InlineData(2024, FixedDateRollover.NextWorkingDay, "2025-02-05", false)]
    [InlineData(2024, FixedDateRollover.None, "2025-01-31", false)]
    [InlineData(2025, FixedDateRollover.NextWorkingDay, "2026-02-02", false)]
    [InlineData(2026, FixedDateRollover.NextWorkingDay, "2027-02-01", true)]
    [InlineData(2026, FixedDateRollover.None, "2027-01-31", false)]
    [InlineData(2023, FixedDateRollover.NextWorkingDay, "2024-01-31", false)]
    public void The_31st_of_January_moves_only_when_the_policy_says_so(int year, FixedDateRollover rollover, string due, bool provisional)
    {
        var county = Given.Facts().And("unit/wuquan", new DutyRegistered("d", "职责", Day("2022-12-31")))
            .And("policy/p", new CountingPolicyAdopted(Day("2023-01-01"), FixedDateRollover: rollover)).Ledger().CountyOn(new DateOnly(year + 1, 1, 1));
        var report = county.Obligations("wuquan").Single(o => o.Year == year);
        (report.DueOn, report.Provisional).ShouldBe((Day(due), provisional));
    }

    [Fact]
    public void A_far_day_of_the_question_is_answered_in_time()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        On(Duty(), "9999-12-31").Count.ShouldBe(9998 - 2022);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Timely_filings_are_those_due_in_the_period_and_by_the_day_of_the_question()
    {
        Given Early() => Given.Facts(DocketedOn("2023-01-10", "wuquan"), Materials("wuquan", "2023-03-30"), Filed("2023-04-03T09:00:00"))
            .And("lawsuit/b", Docketed("wuquan") with { CaseNo = "（2023）豫1121行初10号" }, Materials("wuquan", "2023-06-27", "（2023）豫1121行初10号"));
        Ledger.Domain.Ratio Timely(string period, string asOf) =>
            Early().Ledger().CountyOn(Day(asOf)).Rank(Period.Parse(period), UnitList.All, CountingPolicy.BuiltIn[0]).County.TimelyCaseFiling;
        Timely("2023Q1", "2023-12-31").ShouldBe(new(0, 0));
        Timely("2023-04", "2023-04-04").ShouldBe(new(1, 1));
        Timely("2023-04", "2023-04-03").ShouldBe(new(0, 0)); // due on the 4th
        Timely("2023Q2", "2023-06-29").ShouldBe(new(1, 1));
        Timely("2023Q2", "2023-06-30").ShouldBe(new(1, 2));
        Timely("2023Q2", "2023-07-05").ShouldBe(new(1, 2));
    }
}
