using Ledger.Domain.Facts;
using Ledger.Domain.InternalControl;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.InternalControl;

/// <summary>What the rules of internal control refuse, and what its answers say.</summary>
public sealed class InternalControlTests
{
    private const string Wuquan = "unit/wuquan";
    private static readonly string Sha = new('b', 64);

    private static Given Start => Given.Facts().And("policy/plan", new ActionPlanIssued("舞法办〔2023〕3号", "行动方案", Day("2022-12-20")));

    private static MajorDecisionLegalReviewed Review(string on, LegalOpinion opinion = LegalOpinion.Agree, string? decided = null) =>
        new("罚〔2023〕1号", Day(on), opinion, Sha, decided is null ? null : Day(decided));

    private static CollectiveDiscussionHeld Discussion(string on, int participants = 5, int? dissenting = null) =>
        new("罚〔2023〕1号", Day(on), participants, Sha, dissenting);

    private static InternalSystemEvidenceFiled Filed(InternalSystem system, int year, string on, int items = 3) => new(system, year, items, Sha, Day(on));

    private static IReadOnlyList<TRow> Ask<TRow>(MemoryLedger ledger, string question, Asked? asked = null, DateOnly? asOf = null) =>
        (IReadOnlyList<TRow>)Areas.Questions.Single(q => q.Name == question).Answer(ledger.On(asOf), asked ?? new Asked { Unit = "wuquan" }).Value!;

    private static Duty DutyOf(MemoryLedger ledger, DutyKind kind, string period, string? item = null, DateOnly? asOf = null) =>
        ledger.On(asOf).Duties.Single(d => d.Kind == kind && d.Unit == "wuquan" && d.Period == period && d.Item == item);

    [Fact]
    public void A_review_before_the_decision_is_recorded() => Start.When(Wuquan, Review("2023-05-01", decided: "2023-05-10")).ThenAdmitted();

    [Fact]
    public void A_review_after_the_decision_is_none() =>
        Start.When(Wuquan, Review("2023-05-11", decided: "2023-05-10")).ThenRefused(Codes.ReviewAfterDecision);

    [Fact]
    public void A_discussion_after_the_decision_is_none_whichever_is_recorded_first()
    {
        Start.And(Wuquan, Review("2023-05-01", decided: "2023-05-10")).When(Wuquan, Discussion("2023-05-11")).ThenRefused(Codes.DiscussionAfterDecision);
        Start.And(Wuquan, Discussion("2023-05-11")).When(Wuquan, Review("2023-05-01", decided: "2023-05-10")).ThenRefused(Codes.DiscussionAfterDecision);
        Start.And(Wuquan, Discussion("2023-05-11")).When(Wuquan, Review("2023-05-01")).ThenAdmitted();
    }

    [Fact]
    public void One_person_is_no_collective() => Start.When(Wuquan, Discussion("2023-05-01", participants: 1)).ThenRefused(Codes.DiscussionTooFew);

    [Fact]
    public void No_more_dissent_than_take_part() => Start.When(Wuquan, Discussion("2023-05-01", 3, 4)).ThenRefused(Codes.InvalidValue);

    [Fact]
    public void A_list_of_posts_has_posts() => Start.When(Wuquan, new PostDutyListPublished(0, 3, Sha, Day("2023-05-01"))).ThenRefused(Codes.DutyListEmpty);

    [Fact]
    public void A_list_of_risk_points_has_points_each_once()
    {
        Start.When(Wuquan, new RiskPointListUpdated([], Day("2023-05-01"))).ThenRefused(Codes.RiskPointsEmpty);
        Start.When(Wuquan, new RiskPointListUpdated([Point("A1"), Point("A1")], Day("2023-05-01"))).ThenRefused(Codes.RiskPointTwice);
    }

    [Fact]
    public void A_responsibility_system_is_adopted_once() => Start.And(Wuquan, new ResponsibilitySystemAdopted("1号", Sha, Day("2023-05-01")))
        .When(Wuquan, new ResponsibilitySystemAdopted("1号", Sha, Day("2023-06-01"))).ThenRefused(Codes.ResponsibilitySystemAlreadyAdopted);

    [Fact]
    public void Evidence_of_a_year_that_has_not_begun_is_none() =>
        Start.When(Wuquan, Filed(InternalSystem.LegalReview, 2024, "2023-12-31")).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void Counts_are_not_negative() => Start.When(Wuquan, Filed(InternalSystem.LegalReview, 2023, "2023-12-31", -1)).ThenRefused(Codes.InvalidValue);

    [Fact]
    public void A_benchmark_is_adopted_once_and_replaced_by_another()
    {
        var given = Start.And(Wuquan, Benchmark("b1", "2023-05-01"));
        given.When(Wuquan, Benchmark("b1", "2023-06-01")).ThenRefused(Codes.BenchmarkAlreadyAdopted);
        given.When(Wuquan, Benchmark("b2", "2023-06-01", "b0")).ThenRefused(Codes.BenchmarkReplacesUnknown);
        given.When(Wuquan, Benchmark("b2", "2023-04-01", "b1")).ThenRefused(Codes.DateOutOfOrder);
        var rows = Ask<DiscretionBenchmarkRow>(given.And(Wuquan, Benchmark("b2", "2023-06-01", "b1")).Ledger(), "discretion-benchmarks");
        rows.Select(r => (r.Benchmark, r.ReplacedBy, r.ReplacedOn)).ShouldBe([("b1", "b2", Day("2023-06-01")), ("b2", null, null)]);
    }

    [Fact]
    public void A_nil_statement_needs_every_duty_performed_and_the_year_over()
    {
        var given = Start.And(Wuquan, new DutyRegistered("d1", "巡查", Day("2022-05-01")), new DutyRegistered("d2", "检查", Day("2023-05-01")));
        given.When(Wuquan, new NilStatementSubmitted(2023, Day("2024-01-10"))).ThenRefused(Codes.NilNotPerformed, "巡查");
        var performed = given.And(Wuquan, new EnforcementPerformed("d1", Day("2023-07-01"), 2));
        performed.When(Wuquan, new NilStatementSubmitted(2023, Day("2024-01-10"))).ThenAdmitted();
        performed.When(Wuquan, new NilStatementSubmitted(2023, Day("2023-12-31"))).ThenRefused(Codes.DateOutOfOrder);
        Start.When(Wuquan, new NilStatementSubmitted(2023, Day("2024-01-10"))).ThenRefused(Codes.NilWithoutDuties);
    }

    [Fact]
    public void A_performance_on_which_a_nil_statement_rests_cannot_be_retracted() => Start
        .And(Wuquan, new DutyRegistered("d1", "巡查", Day("2022-05-01")), new EnforcementPerformed("d1", Day("2023-07-01"), 2), new NilStatementSubmitted(2023, Day("2024-01-10")))
        .When(Wuquan, Retracted(Given.Id(3))).ThenRefused(Codes.FactInvalidHistory, Codes.NilNotPerformed);

    [Fact]
    public void Performance_is_shown_with_reports_and_statements()
    {
        var given = Start.And(
            Wuquan, new DutyRegistered("d1", "巡查", Day("2022-05-01")), new EnforcementPerformed("d1", Day("2023-07-01"), 2),
            new NilStatementSubmitted(2023, Day("2024-01-10")));
        var row = Ask<PerformanceRow>(given.Ledger(), "non-performance").Single(r => r.Year == 2023);
        (row.Status, row.Performed, row.NilStatementOn, row.NilContradicted).ShouldBe((PerformanceStatus.Performed, 2, Day("2024-01-10"), false));

        // A duty of the year that is registered late was not known to the statement: the report is due all the same.
        var late = given.And(Wuquan, new DutyRegistered("d2", "检查", Day("2022-06-01")));
        var rows = Ask<PerformanceRow>(late.Ledger(), "non-performance", new Asked { Unit = "wuquan", Period = global::Ledger.Domain.Counting.Period.Parse("2023") });
        rows.Select(r => (r.Duty, r.Status, r.NilContradicted)).ShouldBe([("d1", PerformanceStatus.Performed, false), ("d2", PerformanceStatus.ReportOverdue, true)]);
        rows[1].ReportDueOn.ShouldBe(Day("2024-01-31"));

        Ask<PerformanceRow>(late.Ledger(), "non-performance", asOf: Day("2024-01-15")).Single(r => r.Duty == "d2" && r.Year == 2023).Status
            .ShouldBe(PerformanceStatus.ReportPending);
        var reported = late.And(Wuquan, new NonPerformanceReportSubmitted(2023, "d2", At("2024-02-02T10:00:00"), "无相对人")).Ledger();
        var report = Ask<PerformanceRow>(reported, "non-performance").Single(r => r.Duty == "d2" && r.Year == 2023);
        (report.Status, report.ReportedOn, report.DaysLate).ShouldBe((PerformanceStatus.ReportedLate, Day("2024-02-02"), 2));
        Ask<PerformanceRow>(reported, "non-performance").Single(r => r.Duty == "d2" && r.Year == 2024).Status.ShouldBe(PerformanceStatus.YearRunning);
    }

    [Fact]
    public void Each_of_the_five_systems_is_a_duty_of_the_year()
    {
        var given = Start.And(Wuquan, Filed(InternalSystem.LegalReview, 2023, "2023-11-01", 7), Filed(InternalSystem.CaseFileReview, 2023, "2024-01-05"));
        var rows = Ask<InternalControlRow>(given.Ledger(), "internal-control").Where(r => r.Year == 2023).ToDictionary(r => r.System);
        rows.Count.ShouldBe(5);
        (rows[InternalSystem.LegalReview].Status, rows[InternalSystem.LegalReview].Items).ShouldBe((DutyStatus.Met, 7));
        (rows[InternalSystem.CaseFileReview].Status, rows[InternalSystem.CaseFileReview].DaysLate).ShouldBe((DutyStatus.MetLate, 4));
        (rows[InternalSystem.ComplaintHandling].Status, rows[InternalSystem.ComplaintHandling].DueOn).ShouldBe((DutyStatus.Overdue, Day("2023-12-31")));
        DutyOf(given.Ledger(), DutyKind.InternalSystem, "2023", "CaseFileReview", Day("2023-12-31")).Status.ShouldBe(DutyStatus.Pending);

        // The evidence was of another year: corrected, it serves that year and no longer this one.
        var corrected = given.And(Wuquan, Corrected(Given.Id(2), ("year", "2022"))).Ledger();
        DutyOf(corrected, DutyKind.InternalSystem, "2023", "LegalReview").Status.ShouldBe(DutyStatus.Overdue);
        Ask<InternalControlRow>(corrected, "internal-control").Single(r => r.Year == 2022).DueOn.ShouldBeNull();
    }

    [Fact]
    public void Lists_are_due_every_year_and_a_benchmark_serves_until_it_is_replaced()
    {
        var given = Start.And(
            Wuquan, new PostDutyListPublished(8, 40, Sha, Day("2024-02-01")), new RiskPointListUpdated([Point("A1")], Day("2023-03-01")), Benchmark("b1", "2021-05-01"));
        var ledger = given.Ledger();
        DutyOf(ledger, DutyKind.DutyList, "2023").Status.ShouldBe(DutyStatus.MetLate);
        DutyOf(ledger, DutyKind.DutyList, "2024").Status.ShouldBe(DutyStatus.Met);
        DutyOf(ledger, DutyKind.RiskPoints, "2023").Status.ShouldBe(DutyStatus.Met);
        DutyOf(ledger, DutyKind.RiskPoints, "2024").Status.ShouldBe(DutyStatus.Pending);
        DutyOf(ledger, DutyKind.DiscretionBenchmark, "2024").Status.ShouldBe(DutyStatus.Met);
        DutyOf(given.And(Wuquan, Retracted(Given.Id(4))).Ledger(), DutyKind.DiscretionBenchmark, "2024").Status.ShouldBe(DutyStatus.Pending);
    }

    [Fact]
    public void Risk_points_are_those_of_the_list_in_force()
    {
        var ledger = Start.And(
            Wuquan, new RiskPointListUpdated([Point("A1"), Point("A2")], Day("2024-03-01")), new RiskPointListUpdated([Point("B1")], Day("2023-03-01"))).Ledger();
        Ask<RiskPointRow>(ledger, "risk-points").Select(r => r.Code).ShouldBe(["A1", "A2"]);
        Ask<RiskPointRow>(ledger, "risk-points", asOf: Day("2024-02-01")).Select(r => r.Code).ShouldBe(["B1"]);
        Ask<RiskPointRow>(ledger, "risk-points", new Asked { Unit = "gongan" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_decision_against_the_opinion_shows()
    {
        var given = Start.And(Wuquan, Review("2023-05-01", LegalOpinion.Disagree, "2023-05-20"), Discussion("2023-05-10", 5, 1));
        var row = Ask<LegalReviewRow>(given.Ledger(), "legal-reviews").ShouldHaveSingleItem();
        (row.Standing, row.Participants, row.Dissenting, row.DecidedOn).ShouldBe((ReviewStanding.DecidedAgainstOpinion, 5, 1, Day("2023-05-20")));
        Ask<LegalReviewRow>(given.Ledger(), "legal-reviews", asOf: Day("2023-05-19")).ShouldHaveSingleItem().Standing.ShouldBe(ReviewStanding.AwaitingDecision);
        Ask<LegalReviewRow>(given.And(Wuquan, Retracted(Given.Id(2))).Ledger(), "legal-reviews").ShouldHaveSingleItem().Standing.ShouldBe(ReviewStanding.NotReviewed);
        Ask<LegalReviewRow>(given.And(Wuquan, Review("2023-05-18", decided: "2023-05-20")).Ledger(), "legal-reviews").ShouldHaveSingleItem().Standing
            .ShouldBe(ReviewStanding.DecidedAfterReview);
    }

    [Fact]
    public void The_responsibility_system_shows_its_last_document_and_list()
    {
        var rows = Ask<ResponsibilitySystemRow>(
            Start.And(Wuquan, new ResponsibilitySystemAdopted("1号", Sha, Day("2023-05-01")), new PostDutyListPublished(8, 40, Sha, Day("2023-06-01"))).Ledger(),
            "responsibility-systems", new Asked());
        var row = rows.Single(r => r.Unit == "wuquan");
        (row.DocumentNo, row.Posts, row.PostDuties, row.Evidence.Count).ShouldBe(("1号", 8, 40, 2));
        rows.Single(r => r.Unit == "gongan").AdoptedOn.ShouldBeNull();
    }

    [Fact]
    public void The_overview_counts_a_year()
    {
        var ledger = Start.And(
            Wuquan, new DutyRegistered("d1", "巡查", Day("2022-05-01")), new DutyRegistered("d2", "检查", Day("2022-05-01")),
            new EnforcementPerformed("d1", Day("2023-07-01"), 2), Review("2023-05-01", LegalOpinion.Disagree, "2023-05-20"), Discussion("2023-05-10"),
            Filed(InternalSystem.LegalReview, 2023, "2023-11-01"), Benchmark("b1", "2021-05-01"), Benchmark("b2", "2024-01-05", "b1"),
            new RiskPointListUpdated([Point("A1"), Point("A2", RiskLevel.Green)], Day("2023-03-01"))).Ledger();
        var row = Ask<EnforcementOverviewRow>(ledger, "enforcement-overview", new Asked { Unit = "wuquan", Period = global::Ledger.Domain.Counting.Period.Parse("2023") })
            .ShouldHaveSingleItem();
        row.ShouldBe(new EnforcementOverviewRow("wuquan", "舞泉镇", 2023, 2, new(1, 2), 1, 1, 1, 1, new(1, 5), 1, 1));
    }

    private static RiskPoint Point(string code, RiskLevel level = RiskLevel.Red) => new(code, "拆除程序", level, "法制审核前置");

    private static DiscretionBenchmarkAdopted Benchmark(string key, string on, string? replaces = null) => new(key, "罚款", Sha, Day(on), replaces);
}
