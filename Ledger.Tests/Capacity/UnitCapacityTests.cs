using Ledger.Domain.Capacity;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Capacity;

/// <summary>Analyses, trainings and staffing of the units.</summary>
public sealed class UnitCapacityTests
{
    private const string Wuquan = "unit/wuquan";
    private const string T1 = "training/t1";
    private const string Staffing = "staffing/wuquan";
    private static readonly string Sha = new('e', 64);
    private static readonly TrainingHeld Held = new(TrainingAudience.Officers, "行政处罚程序", 8, Day("2023-05-08"), "县司法局", ["wuquan", "gongan"]);
    private static readonly StaffingFigureReported Figure = new("wuquan", 2023, 20, 300, 2, Day("2023-12-20"));

    private static Given Start => Given.Facts().And("policy/plan", new ActionPlanIssued("3号", "方案", Day("2022-12-20")));

    private static PeriodicDisputeAnalysisFiled Analysis(string on, string period = "2023Q2") =>
        new(period, [new(LossCause.ProceduralViolation, "未告知听证权利")], Sha, Day(on));

    private static IReadOnlyList<TRow> Ask<TRow>(MemoryLedger ledger, string question, Asked? asked = null, DateOnly? asOf = null) =>
        (IReadOnlyList<TRow>)Areas.Questions.Single(q => q.Name == question).Answer(ledger.On(asOf), asked ?? new Asked { Unit = "wuquan" }).Value!;

    private static Duty DutyOf(MemoryLedger ledger, DutyKind kind, string period, string? unit = "wuquan", DateOnly? asOf = null) =>
        ledger.On(asOf).Duties.Single(d => d.Kind == kind && d.Unit == unit && d.Period == period);

    [Fact]
    public void A_period_is_analysed_once_and_not_before_it_begins()
    {
        Start.When(Wuquan, Analysis("2023-03-31")).ThenRefused(Codes.DateOutOfOrder);
        Start.And(Wuquan, Analysis("2023-07-05")).When(Wuquan, Analysis("2023-07-06")).ThenRefused(Codes.AnalysisAlreadyFiled);
        Start.And(Wuquan, Analysis("2023-07-05")).When(Wuquan, Analysis("2023-07-05")).ThenNothing();
    }

    [Fact]
    public void The_analysis_of_each_quarter_is_the_units_duty()
    {
        var ledger = Start.And(Wuquan, Analysis("2023-08-02"), Analysis("2023-04-10", "2023Q1")).And(Docketed("wuquan")).Ledger();
        DutyOf(ledger, DutyKind.DisputeAnalysis, "2023Q1").Status.ShouldBe(DutyStatus.Met);
        DutyOf(ledger, DutyKind.DisputeAnalysis, "2023Q2").ShouldSatisfyAllConditions(d => d.Status.ShouldBe(DutyStatus.MetLate), d => d.DaysLate.ShouldBe(2));
        DutyOf(ledger, DutyKind.DisputeAnalysis, "2023Q3").Status.ShouldBe(DutyStatus.Overdue);
        DutyOf(ledger, DutyKind.DisputeAnalysis, "2023Q2", asOf: Day("2023-07-31")).Status.ShouldBe(DutyStatus.Pending);
        var row = Ask<DisputeAnalysisRow>(ledger, "dispute-analyses", new Asked { Unit = "wuquan", Period = Period.Parse("2023Q2") }).ShouldHaveSingleItem();
        (row.NewLawsuits, row.Causes.Single(), row.FiledOn).ShouldBe((1, LossCause.ProceduralViolation, Day("2023-08-02")));
        // Six counted units: one filed the second quarter, late.
        Ask<AnalysisCoverageRow>(ledger, "dispute-analysis-coverage", new Asked { Period = Period.Parse("2023Q2") }).ShouldBe([new("2023Q2", new(1, 6), new(0, 6))]);
    }

    [Fact]
    public void An_analysis_that_was_of_another_quarter_serves_that_one() => DutyOf(
        Start.And(Wuquan, Analysis("2023-07-05")).And(Wuquan, Corrected(Given.Id(2), ("period", "\"2023Q1\""))).Ledger(), DutyKind.DisputeAnalysis, "2023Q2")
        .Status.ShouldBe(DutyStatus.Overdue);

    [Fact]
    public void No_more_pass_than_attend_and_none_before_it_was_held()
    {
        Given.Facts().When(T1, Held with { Hours = 0 }).ThenRefused(Codes.InvalidValue);
        var given = Given.Facts().And(T1, Held);
        given.When(T1, new TrainingCompleted("wuquan", 10, 11, Day("2023-05-09"))).ThenRefused(Codes.TrainingPassedExceedAttended);
        given.When(T1, new TrainingCompleted("wuquan", 0, 0, Day("2023-05-09"))).ThenRefused(Codes.InvalidValue);
        given.When(T1, new TrainingCompleted("wuquan", 10, 9, Day("2023-05-07"))).ThenRefused(Codes.DateOutOfOrder);
        given.And(T1, new TrainingCompleted("wuquan", 10, 9, Day("2023-05-09"))).When(T1, new TrainingCompleted("wuquan", 12, 9, Day("2023-05-09")))
            .ThenRefused(Codes.TrainingAlreadyCompleted);
    }

    [Fact]
    public void Hours_per_officer_rest_on_the_staffing_reported()
    {
        var given = Start.And(T1, Held, new TrainingCompleted("wuquan", 10, 9, Day("2023-05-09")))
            .And("training/t2", Held with { Hours = 4, Topic = "听证" }, new TrainingCompleted("wuquan", 5, 5, Day("2023-06-09"))).And(Staffing, Figure);
        var year = new Asked { Unit = "wuquan", Period = Period.Parse("2023") };
        var row = Ask<TrainingHoursRow>(given.Ledger(), "training-hours", year).ShouldHaveSingleItem();
        (row.Trainings, row.PassRate, row.HoursPerOfficer, row.Status).ShouldBe((2, new(14, 15), new(100, 20), DutyStatus.Met));
        Ask<TrainingHoursRow>(given.Ledger(), "training-hours", year, Day("2023-06-01")).ShouldHaveSingleItem().HoursPerOfficer.ShouldBe(new(80, 0));
        Ask<TrainingHoursRow>(given.And(T1, Retracted(Given.Id(3))).Ledger(), "training-hours", year).ShouldHaveSingleItem().HoursPerOfficer.ShouldBe(new(20, 20));
    }

    [Fact]
    public void Training_is_a_yearly_duty_of_units_and_of_the_office()
    {
        var ledger = Start.And(T1, Held, new TrainingCompleted("wuquan", 10, 9, Day("2023-05-09")))
            .And("training/t2", Held with { Audience = TrainingAudience.Supervisors, HeldOn = Day("2024-01-03"), Units = [] }).Ledger();
        DutyOf(ledger, DutyKind.StaffTraining, "2023").Status.ShouldBe(DutyStatus.Met);
        DutyOf(ledger, DutyKind.StaffTraining, "2023", "gongan").Status.ShouldBe(DutyStatus.Overdue);
        DutyOf(ledger, DutyKind.SupervisorTraining, "2023", null).ShouldSatisfyAllConditions(d => d.Status.ShouldBe(DutyStatus.MetLate), d => d.Subject.ShouldBe("training/t2"));
        DutyOf(ledger, DutyKind.SupervisorTraining, "2024", null).Status.ShouldBe(DutyStatus.Met);
        Ask<TrainingRow>(ledger, "trainings", new Asked()).Select(t => (t.Key, t.Audience, t.Completed, t.PassRate))
            .ShouldBe([("t1", TrainingAudience.Officers, 1, new(9, 10)), ("t2", TrainingAudience.Supervisors, 0, new(0, 0))]);
        Ask<TrainingRow>(ledger, "trainings", new Asked { Unit = "shuiwu" }).ShouldBeEmpty();
    }

    [Fact]
    public void Staffing_figures_are_of_the_unit_sound_and_one_a_year()
    {
        Start.When(Staffing, Figure with { Unit = "gongan" }).ThenRefused(Codes.InvalidValue);
        Start.When(Staffing, Figure with { Cases = -1 }).ThenRefused(Codes.InvalidValue);
        Start.When(Staffing, Figure with { FullTimeSupervisors = 21 }).ThenRefused(Codes.StaffingSupervisorsExceedOfficers);
        Start.When(Staffing, Figure with { ReportedOn = Day("2022-12-31") }).ThenRefused(Codes.DateOutOfOrder);
        Start.And(Staffing, Figure).When(Staffing, Figure with { Officers = 25 }).ThenRefused(Codes.StaffingAlreadyReported);
    }

    [Fact]
    public void Posts_are_granted_with_consent_only()
    {
        var consulted = new EstablishmentConsulted("wuquan", "函1号", Day("2023-06-01"), ConsultResult.Deferred);
        Start.When(Staffing, consulted with { PostsGranted = 1 }).ThenRefused(Codes.EstablishmentPostsWithoutConsent);
        Start.When(Staffing, consulted with { PostsGranted = -1 }).ThenRefused(Codes.InvalidValue);
        Start.When(Staffing, consulted with { Unit = "gongan" }).ThenRefused(Codes.InvalidValue);
        Start.And(Staffing, consulted).When(Staffing, consulted with { Result = ConsultResult.Agreed }).ThenRefused(Codes.EstablishmentAlreadyConsulted);
    }

    [Fact]
    public void Staffing_shows_the_ratios_and_whether_it_was_reported()
    {
        var given = Start.And(
            Staffing, Figure with { ReportedOn = Day("2024-01-03") }, new EstablishmentConsulted("wuquan", "函1号", Day("2023-06-01"), ConsultResult.PartlyAgreed, 1));
        var row = Ask<StaffingRow>(given.Ledger(), "staffing").Single(r => r.Year == 2023);
        (row.Status, row.SupervisorsPerOfficer, row.CasesPerSupervisor, row.Result, row.PostsGranted, row.DaysLate)
            .ShouldBe((DutyStatus.MetLate, new(2, 20), new(300, 2), ConsultResult.PartlyAgreed, 1, 2));
        Ask<StaffingRow>(given.Ledger(), "staffing", asOf: Day("2024-01-02")).Single(r => r.Year == 2023)
            .ShouldSatisfyAllConditions(r => r.Status.ShouldBe(DutyStatus.Overdue), r => r.Officers.ShouldBeNull());
        DutyOf(given.Ledger(), DutyKind.StaffingReport, "2024").Status.ShouldBe(DutyStatus.Pending);
    }
}
