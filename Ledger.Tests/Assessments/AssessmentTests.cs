using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Assessments;
using Ledger.Domain.Benchmarks;
using Ledger.Domain.Bulletins;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Tests.Bulletins;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Periods;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Assessments;

/// <summary>The annual ranking, whom it bars, and that only a restated one lets anybody off.</summary>
public sealed class AnnualRankingTests
{
    private const string Year = "period/2023";
    private const string Sheet = "assessment/wuquan-2023";

    // 舞泉镇 1/2 and 公安局 1/1 are barred, 北舞渡镇 0/1 is not.
    private static (CountyStory Story, FactId Judgment, AnnualLossRankingFinalised Final) Final()
    {
        var (story, judgment) = Published.Counted();
        story.Close("2023");
        return (story, judgment, story.Record<AnnualLossRankingFinalised>(Year, "2023", new { finalisedOn = Day("2024-02-20"), finalisedBy = "zhang" }));
    }

    private static AssessmentGraded Graded(AssessmentGrade grade, string on = "2024-03-10", string unit = "wuquan") => new(unit, 2023, grade, Day(on));

    [Fact]
    public void The_final_ranking_is_the_years_closing_and_bars_the_first_three()
    {
        var (story, _, final) = Final();
        final.Barred.ShouldBe([new BarredUnit("gongan", 1, new Ratio(1, 1)), new BarredUnit("wuquan", 2, new Ratio(1, 2))]);
        story.Refused(Year, final with { FinalisedOn = Day("2024-02-21") }).ShouldBe(Codes.AnnualAlreadyFinalised);
        story.Refused(Year, final).ShouldBeNull("a repeat");
        var row = story.Ask<AnnualRankingRow>("annual-ranking").ShouldHaveSingleItem();
        (row.Number, row.Stands, row.RowsSha256, row.Barred.Count).ShouldBe((0, true, final.RowsSha256, 2));
    }

    [Fact]
    public void It_says_what_was_closed()
    {
        var (story, _) = Published.Counted();
        story.Draft("AnnualLossRankingFinalised", "2023").Refused.ShouldBe(Codes.BulletinNotClosed);
        var closed = story.Close("2023");
        var final = (AnnualLossRankingFinalised)story.Drafted("AnnualLossRankingFinalised", "2023", new { finalisedOn = Day("2024-02-20"), finalisedBy = "zhang" });
        final.Position.ShouldBe(closed.Position);
        story.Refused(Year, final with { Barred = [] }).ShouldBe(Codes.FactNotReproducible);
        story.Refused(Year, final with { Position = closed.Position + 1 }).ShouldBe(Codes.BulletinDiffersFromClosing);
        story.Refused(Year, final with { FinalisedOn = Day("2024-01-14") }).ShouldBe(Codes.DateOutOfOrder);
        story.Refused("period/2022", final with { Period = "2022" }).ShouldNotBeNull();
        story.Refused("period/2023Q2", final with { Period = "2023Q2" }).ShouldBe(Codes.AnnualNotAYear);
        story.Draft("AnnualLossRankingRestated", "2023").Refused.ShouldBe(Codes.AnnualNotFinalised);
        story.Draft("ExcellentGradeBarred", "2023").Refused.ShouldBe(Codes.AnnualNotFinalised);
        story.Draft("ExcellentGradeBarred", "2023Q2").Refused.ShouldBe(Codes.AnnualNotAYear);
    }

    [Fact]
    public void Townships_and_departments_may_be_barred_apart()
    {
        var (story, _) = Published.Counted();
        story.Tell("policy/county", new CountingPolicyAdopted(Day("2023-01-01"), BarList: BarList.PerList));
        story.Close("2023");
        var final = (AnnualLossRankingFinalised)story.Drafted("AnnualLossRankingFinalised", "2023", new { finalisedOn = Day("2024-02-20"), finalisedBy = "zhang" });
        final.Barred.ShouldBe([new BarredUnit("gongan", 1, new Ratio(1, 1)), new BarredUnit("wuquan", 1, new Ratio(1, 2))]);
    }

    [Fact]
    public void A_barred_unit_is_not_graded_excellent()
    {
        var (story, _, _) = Final();
        story.Refused(Sheet, Graded(AssessmentGrade.Excellent)).ShouldBe(Codes.AssessmentExcellentBarred);
        story.Refused(Sheet, Graded(AssessmentGrade.Good)).ShouldBeNull();
        story.Refused("assessment/beiwudu-2023", Graded(AssessmentGrade.Excellent, unit: "beiwudu")).ShouldBeNull();
        story.Refused("assessment/beiwudu-2023", Graded(AssessmentGrade.Excellent, "2024-02-19", "beiwudu")).ShouldBe(Codes.AnnualNotFinalised);
        story.Refused(Sheet, Graded(AssessmentGrade.Good, "2023-12-30")).ShouldBe(Codes.DateOutOfOrder);
        story.Refused("assessment/beiwudu-2023", Graded(AssessmentGrade.Good)).ShouldBe(Codes.InvalidValue);
        story.Refused("assessment/nobody-2023", Graded(AssessmentGrade.Good, unit: "nobody")).ShouldBe(Codes.UnknownUnit);
    }

    [Fact]
    public void A_bar_is_told_to_those_whom_the_ranking_bars()
    {
        var (story, _, _) = Final();
        var bar = (ExcellentGradeBarred)story.Drafted("ExcellentGradeBarred", "2023", new { barredOn = Day("2024-02-25"), approval = "b" }, "wuquan");
        (bar.Rank, bar.LossRate).ShouldBe((2, new Ratio(1, 2)));
        story.Refused(Sheet, bar).ShouldBe(Codes.ApprovalMissing);
        story.Refused(Sheet, bar with { Rank = 1 }).ShouldBe(Codes.AssessmentBarDiffers);
        story.Refused(Sheet, bar with { LossRate = new Ratio(2, 4) }).ShouldBe(Codes.AssessmentBarDiffers);
        story.Refused(Sheet, bar with { BarredOn = Day("2024-02-19") }).ShouldBe(Codes.AnnualNotFinalised);
        story.Refused("assessment/beiwudu-2023", bar with { Unit = "beiwudu" }).ShouldBe(Codes.AssessmentUnitNotBarred);
        story.Approve(Sheet, bar);
        story.Tell(Sheet, bar);
        story.Refused(Sheet, bar with { BarredOn = Day("2024-02-26") }).ShouldBe(Codes.AssessmentAlreadyBarred);
        story.Refused(Sheet, bar).ShouldBeNull("a repeat");
        story.Draft("ExcellentGradeBarred", "2023", "wuquan").Refused.ShouldBe(Codes.DraftNothingToDo);
        story.Ask<AnnualRankingRow>("annual-ranking")[0].Barred.Select(b => (b.Unit, b.BarredOn)).ShouldBe([("gongan", null), ("wuquan", Day("2024-02-25"))]);
    }

    [Fact]
    public void Only_a_restated_ranking_lifts_a_bar()
    {
        var (story, judgment, final) = Final();
        story.Record<ExcellentGradeBarred>(Sheet, "2023", new { barredOn = Day("2024-02-25"), approval = "b" }, "wuquan");
        var lifted = new ExcellentBarLifted("wuquan", 2023, 1, Day("2024-04-20"), "l");
        story.Refused(Sheet, lifted).ShouldBe(Codes.AssessmentNoRestatement);
        story.Refused("assessment/gongan-2023", lifted with { Unit = "gongan" }).ShouldBe(Codes.AssessmentNoBar);
        story.Draft("AnnualLossRankingRestated", "2023").Refused.ShouldBe(Codes.RestatementNothingChanged);

        Published.Correct(story, judgment);
        story.Ask<RestatementDueRow>("restatements-due").ShouldHaveSingleItem().Fact.ShouldBe("AnnualLossRankingRestated");
        var draft = (AnnualLossRankingRestated)story.Drafted("AnnualLossRankingRestated", "2023", new { reason = "更正", restatedOn = Day("2024-04-15"), approval = "r" }, asOf: "2024-04-10");
        story.Refused(Year, draft).ShouldBe(Codes.ApprovalMissing);
        story.Refused(Year, draft with { Number = 2 }).ShouldBe(Codes.FactNotReproducible);
        var early = draft with { RestatedOn = Day("2024-02-19"), Approval = "early" };
        story.Approve(Year, early);
        story.Refused(Year, early).ShouldBe(Codes.DateOutOfOrder);
        var restated = story.Record<AnnualLossRankingRestated>(Year, "2023", new { reason = "更正", restatedOn = Day("2024-04-15"), approval = "r" }, asOf: "2024-04-10");
        (restated.Number, restated.OldRowsSha256).ShouldBe((1, final.RowsSha256));
        restated.NoLongerBarred.ShouldBe(["wuquan"]);
        restated.Facts.ShouldHaveSingleItem().Fact.ShouldBe("FactCorrected");
        var again = restated with { Reason = "再次", Approval = "again" };
        story.Approve(Year, again);
        story.Refused(Year, again).ShouldBe(Codes.RestatementNumber);

        // The ranking lets the unit off, the bar that it was told does not yet.
        story.Refused(Sheet, Graded(AssessmentGrade.Excellent, "2024-04-18")).ShouldBe(Codes.AssessmentExcellentBarred);
        story.Ask<AssessmentRow>("assessments", new Asked { Unit = "wuquan" }).ShouldHaveSingleItem().Barred.ShouldBeTrue();
        story.Refused(Sheet, lifted with { Restatement = 2 }).ShouldBe(Codes.AssessmentNoRestatement);
        story.Refused(Sheet, lifted with { LiftedOn = Day("2024-04-14") }).ShouldBe(Codes.AssessmentNoRestatement);
        story.Refused(Sheet, lifted).ShouldBe(Codes.ApprovalMissing);
        story.Record<ExcellentBarLifted>(Sheet, "2023", new { liftedOn = Day("2024-04-20"), approval = "l" });
        story.Refused(Sheet, Graded(AssessmentGrade.Excellent, "2024-04-19")).ShouldBe(Codes.AssessmentExcellentBarred);
        story.Tell(Sheet, Graded(AssessmentGrade.Excellent, "2024-04-21"));
        var sheet = story.Ask<AssessmentRow>("assessments", new Asked { Unit = "wuquan" }).ShouldHaveSingleItem();
        (sheet.Grade, sheet.Barred, sheet.BarredOn, sheet.LiftedOn, sheet.Conflict).ShouldBe((AssessmentGrade.Excellent, false, Day("2024-02-25"), Day("2024-04-20"), false));
        // Before that day it was what it was.
        story.Ask<AssessmentRow>("assessments", new Asked { Unit = "wuquan" }, "2024-04-19").ShouldHaveSingleItem().Barred.ShouldBeTrue();
        story.Ask<AnnualRankingRow>("annual-ranking").Select(r => (r.Number, r.Stands)).ShouldBe([(0, false), (1, true)]);
    }

    [Fact]
    public void A_restated_ranking_that_still_bars_lifts_nothing()
    {
        var (story, judgment, _) = Final();
        story.Record<ExcellentGradeBarred>(Sheet, "2023", new { barredOn = Day("2024-02-25"), approval = "b" }, "wuquan");
        Published.Correct(story, judgment, Outcome.RevokePart);
        story.Draft("AnnualLossRankingRestated", "2023").Refused.ShouldBe(Codes.RestatementNothingChanged, "a loss is a loss");
        story.Judged(7, "wuquan", "2023-05-10", "2023-07-20", Outcome.DismissClaims);
        story.Record<AnnualLossRankingRestated>(Year, "2023", new { reason = "补录", restatedOn = Day("2024-04-15"), approval = "r" }, asOf: "2024-04-10");
        story.Refused(Sheet, new ExcellentBarLifted("wuquan", 2023, 1, Day("2024-04-20"), "l")).ShouldBe(Codes.AssessmentStillBarred);
        story.Draft("ExcellentBarLifted", "2023").Refused.ShouldBe(Codes.DraftNothingToDo);
    }

    [Fact]
    public void A_ranking_that_bars_later_shows_the_conflict_with_the_grade()
    {
        var (story, _, _) = Final();
        story.Tell("assessment/beiwudu-2023", Graded(AssessmentGrade.Excellent, unit: "beiwudu"));
        story.Judged(8, "beiwudu", "2023-05-10", "2023-07-20", Outcome.RevokeAll);
        story.Record<AnnualLossRankingRestated>(Year, "2023", new { reason = "补录", restatedOn = Day("2024-04-15"), approval = "r" }, asOf: "2024-04-10");
        var sheet = story.Ask<AssessmentRow>("assessments", new Asked { Unit = "beiwudu" }).ShouldHaveSingleItem();
        (sheet.Barred, sheet.Conflict, sheet.Grade).ShouldBe((true, true, AssessmentGrade.Excellent));
        story.Tell("assessment/beiwudu-2023", Graded(AssessmentGrade.Good, "2024-04-20", "beiwudu"));
        story.Ask<AssessmentRow>("assessments", new Asked { Unit = "beiwudu" }).ShouldHaveSingleItem().Conflict.ShouldBeFalse();
    }

    [Fact]
    public void The_ranking_is_due_every_year()
    {
        var (story, _, _) = Final();
        story.Tell("policy/plan", new ActionPlanIssued("舞法办〔2022〕3号", "方案", Day("2022-12-20")));
        var duty = story.Ledger.On(Day("2024-03-31")).Duties.Single(d => d.Kind == DutyKind.AnnualRanking && d.Period == "2023");
        (duty.DueOn, duty.Status, duty.MetOn).ShouldBe((Day("2024-02-29"), DutyStatus.Met, Day("2024-02-20")));
        var sheets = story.Ledger.On(Day("2024-04-15")).Duties.Where(d => d.Kind == DutyKind.Assessment && d.Period == "2023").ToList();
        sheets.Select(d => d.Unit).ShouldBe(["beiwudu", "gongan", "jiaotong", "shuiwu", "wuquan"]);
        sheets.ShouldAllBe(d => d.Status == DutyStatus.Overdue);
    }
}

/// <summary>Scores, grades and satisfaction.</summary>
public sealed class AssessmentTests
{
    private const string Sheet = "assessment/wuquan-2023";

    private static AssessmentItemScored Scored(int points, int of = 10, string on = "2024-02-10", AssessmentItem item = AssessmentItem.LossRate) =>
        new("wuquan", 2023, AssessmentScheme.Assessment, item, points, of, Day(on), "wang");

    private static SatisfactionFigureRecorded Figure(long n, long d = 100, string on = "2024-01-20", string period = "2023", string? unit = null) =>
        new(period, SatisfactionSource.Survey, new Ratio(n, d), 120, Day(on), unit);

    [Theory]
    [InlineData(11, 10)]
    [InlineData(-1, 10)]
    [InlineData(0, 0)]
    public void Points_lie_within_the_item(int points, int of) => Given.Facts().When(Sheet, Scored(points, of)).ThenRefused(Codes.AssessmentPoints);

    [Fact]
    public void A_year_is_not_scored_before_it_begins() => Given.Facts().When(Sheet, Scored(5, on: "2022-12-31")).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void The_sheet_adds_up_what_was_last_scored()
    {
        var story = new CountyStory();
        var correct = story.Tell(Sheet, Scored(4));
        story.Tell(Sheet, Scored(6, on: "2024-02-12"));
        story.Tell(Sheet, Scored(8, item: AssessmentItem.PromptReporting));
        story.Tell(Sheet, new AssessmentGraded("wuquan", 2023, AssessmentGrade.Qualified, Day("2024-03-01")));
        Row(story).ShouldSatisfyAllConditions(r => (r.Points, r.Of, r.Items.Count, r.Grade).ShouldBe((14, 20, 2, AssessmentGrade.Qualified)));
        Row(story, "2024-02-11").Points.ShouldBe(12);
        story.Tell(Sheet, Corrected(correct, ("scoredOn", "\"2024-02-13\"")));
        Row(story).Points.ShouldBe(12);
        story.Ask<AssessmentRow>("assessments", new Asked { Unit = "gongan" }).ShouldBeEmpty();
        story.Ask<AssessmentRow>("assessments", new Asked { Period = Period.Parse("2022") }).ShouldBeEmpty();

        static AssessmentRow Row(CountyStory story, string? asOf = null) => story.Ask<AssessmentRow>("assessments", asOf: asOf).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(101, 100)]
    [InlineData(0, 0)]
    [InlineData(-1, 100)]
    [InlineData(100, 121)]
    public void A_satisfaction_is_a_part_of_those_who_answered(long n, long d) => Given.Facts().When("benchmark/2023", Figure(n, d)).ThenRefused(Codes.SatisfactionValue);

    [Fact]
    public void A_satisfaction_belongs_to_its_period_and_a_registered_unit()
    {
        Given.Facts().When("benchmark/2022", Figure(90)).ThenRefused(Codes.InvalidValue);
        Given.Facts().When("benchmark/2023", Figure(90, unit: "nobody")).ThenRefused(Codes.UnknownUnit);
        Given.Facts().When("benchmark/2023", Figure(90, unit: "wuquan")).ThenAdmitted();
    }

    [Fact]
    public void A_later_figure_replaces_and_the_trend_shows_it()
    {
        var story = new CountyStory();
        story.Tell("benchmark/2022", Figure(88, on: "2023-01-15", period: "2022"));
        story.Tell("benchmark/2023", Figure(80));
        story.Tell("benchmark/2023", Figure(91, on: "2024-02-20"));
        story.Tell("benchmark/2023", Figure(70, unit: "wuquan"));
        var rows = story.Ask<SatisfactionRow>("satisfaction", new Asked { Period = Period.Parse("2023") });
        rows.Select(r => (r.Unit, r.Value, r.Replaced, r.YearBefore, r.Rose)).ShouldBe([(null, new Ratio(91, 100), 1, new Ratio(88, 100), true), ("wuquan", new Ratio(70, 100), 0, null, null)]);
        story.Ask<SatisfactionRow>("satisfaction", new Asked { Period = Period.Parse("2023") }, "2024-02-19")[0].Rose.ShouldBe(false);
    }

    [Fact]
    public void A_satisfaction_figure_is_due_every_year()
    {
        var story = new CountyStory();
        story.Tell("policy/plan", new ActionPlanIssued("舞法办〔2022〕3号", "方案", Day("2022-12-20")));
        story.Tell("benchmark/2023", Figure(80, on: "2024-03-04"));
        story.Ledger.On().Duties.Where(d => d.Kind == DutyKind.SatisfactionFigure && d.Period == "2023").ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(d => d.Status.ShouldBe(DutyStatus.MetLate), d => d.DaysLate.ShouldBe(2));
    }

    [Theory]
    [InlineData(CountingBasis.FirstInstanceClosed, ProvincialStanding.NotHigher, true)]
    [InlineData(CountingBasis.Effective, ProvincialStanding.BasisDiffers, null)]
    [InlineData(null, ProvincialStanding.NoFigure, null)]
    public void The_goal_board_compares_only_like_with_like(CountingBasis? basis, ProvincialStanding standing, bool? met)
    {
        var (story, _) = Published.Counted();
        story.Judged(20, "wuquan", "2022-04-10", "2022-06-20", Outcome.RevokeAll);
        if (basis is { } of) story.Tell("benchmark/2023", new ProvincialBenchmarkRecorded("2023", BenchmarkIndicator.LossRate, new Ratio(3, 5), of, "快报"));
        story.Tell("benchmark/2023", Figure(80));
        var goals = story.Ask<GoalRow>("goal-board", new Asked { Period = Period.Parse("2023") });
        var county = goals.Single(g => g.Goal == "G5" && g.Unit is null);
        (county.Value, county.YearBefore, county.Improved, county.Standing, county.Met).ShouldBe((new Ratio(2, 4), new Ratio(1, 1), true, standing, met));
        // 4 new cases after 1: the volume rose, whatever the province has.
        goals.Single(g => g.Goal == "G4" && g.Unit is null).ShouldSatisfyAllConditions(g => g.Standing.ShouldBe(ProvincialStanding.NoFigure), g => g.Met.ShouldBe(false));
        goals.Single(g => g.Goal == "G3").Value.ShouldBe(new Ratio(80, 100));
        goals.Single(g => g.Goal == "G5" && g.Unit == "shuiwu").ShouldSatisfyAllConditions(g => g.Standing.ShouldBe(ProvincialStanding.NotCompared), g => g.Met.ShouldBeNull());
    }

    [Fact]
    public void A_higher_rate_than_the_provinces_misses_the_goal()
    {
        var (story, _) = Published.Counted();
        story.Tell("benchmark/2023", new ProvincialBenchmarkRecorded("2023", BenchmarkIndicator.LossRate, new Ratio(1, 5), CountingBasis.FirstInstanceClosed, "快报"));
        story.Tell("benchmark/2023", new ProvincialBenchmarkRecorded("2023", BenchmarkIndicator.CaseVolume, new Ratio(9, 2), CountingBasis.FirstInstanceClosed, "快报"));
        var goals = story.Ask<GoalRow>("goal-board", new Asked { Period = Period.Parse("2023") }).Where(g => g.Unit is null).ToDictionary(g => g.Goal);
        (goals["G5"].Standing, goals["G5"].Met).ShouldBe((ProvincialStanding.Higher, false));
        (goals["G4"].Standing, goals["G4"].Province).ShouldBe((ProvincialStanding.NotHigher, new Ratio(9, 2)));
    }
}

/// <summary>The area's specimen.</summary>
public sealed class AssessmentSpecimen : AreaSpecimen
{
    private const string Everyone = "Clerk Supervisor Auditor Inspector Court Approver Admin";

    public override Area Area => AssessmentArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AnnualLossRankingFinalised"] = "Supervisor", ["AnnualLossRankingRestated"] = "Supervisor", ["ExcellentGradeBarred"] = "Supervisor",
        ["ExcellentBarLifted"] = "Supervisor", ["AssessmentItemScored"] = "Supervisor", ["AssessmentGraded"] = "Supervisor", ["SatisfactionFigureRecorded"] = "Supervisor",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["annual-ranking"] = Everyone, ["satisfaction"] = Everyone, ["goal-board"] = Everyone, ["assessments"] = "Clerk Supervisor Auditor Inspector Approver Admin",
    };

    public override IReadOnlySet<string> ToldByStories { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "AnnualLossRankingFinalised", "AnnualLossRankingRestated", "ExcellentGradeBarred", "ExcellentBarLifted",
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var unit = teller.Unit();
        var sheet = AssessmentState.Of(unit, 2023);
        return teller.Next(3) switch
        {
            0 => (sheet, new AssessmentItemScored(unit, 2023, teller.One<AssessmentScheme>(), teller.One<AssessmentItem>(), teller.Next(11), 10, teller.Day(within: 400), "wang")),
            1 => (sheet, new AssessmentGraded(unit, 2023, teller.One<AssessmentGrade>(), teller.Day(Day("2023-12-31"), 100))),
            _ => (new Subject(StreamKind.Benchmark, "2023"), new SatisfactionFigureRecorded(
                "2023", teller.One<SatisfactionSource>(), new Ratio(60 + teller.Next(41), 100), 100 + teller.Next(50), teller.Day(within: 400), teller.Rarely(2) ? unit : null)),
        };
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        AssessmentItemScored => new Dictionary<string, JsonElement> { ["points"] = Value(teller.Next(11)) },
        AssessmentGraded => new Dictionary<string, JsonElement> { ["grade"] = Value(teller.One<AssessmentGrade>()) },
        SatisfactionFigureRecorded f => new Dictionary<string, JsonElement> { ["sample"] = Value(f.Sample + 1 + teller.Next(9)) },
        _ => base.Set(fact, teller),
    };
}
