using Ledger.Domain.Counting;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Rectifications;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Rectifications;

/// <summary>What the questions and the board say of losses.</summary>
public sealed class RectificationAnswerTests
{
    private const string R = Losses.R;

    [Fact]
    public void Every_loss_stands_once_in_the_register()
    {
        // 舞泉镇 and 交通运输局 lose together, 县政府 wins, 市政府 is not counted.
        var ledger = Given.Facts(
            Docketed("wuquan", "jiaotong", "county", "city") with { Township = "舞泉镇" },
            Judgment(("wuquan", Outcome.RevokeAll), ("wuquan", Outcome.OrderDamages), ("jiaotong", Outcome.ConfirmUnlawful), ("county", Outcome.DismissClaims), ("city", Outcome.RevokeAll)))
            .And(R, new RectificationOpened("a", "wuquan", First, Day("2023-05-26")), Losses.Cause()).Ledger();
        var rows = Ask<LossRow>(ledger.On(), "loss-register");
        rows.Select(r => (r.Unit, r.State, r.PrimaryCause, r.Fault, r.Rectification)).ShouldBe(
        [
            ("jiaotong", RectificationState.NotOpened, null, null, null),
            ("wuquan", RectificationState.Opened, LossCause.ProceduralViolation, true, "r"),
        ]);
        rows[1].Outcomes.ShouldBe([Outcome.RevokeAll, Outcome.OrderDamages]);
        (rows[1].Field, rows[1].ActType, rows[1].Township, rows[1].Evidence.Count).ShouldBe(("自然资源", "罚款", "舞泉镇", 2));
        Ask<LossRow>(ledger.On(), "loss-register", new Asked { Unit = "jiaotong" }).ShouldHaveSingleItem();
        Ask<LossRow>(ledger.On(), "loss-register", new Asked { Status = "NotOpened" }).ShouldHaveSingleItem().Unit.ShouldBe("jiaotong");
        Ask<LossRow>(ledger.On(Day("2023-05-19")), "loss-register").ShouldBeEmpty();
        Ask<LossRow>(ledger.On(), "loss-register", new Asked { Period = Period.Parse("2023Q3") }).ShouldBeEmpty();
    }

    [Fact]
    public void Two_rectifications_of_one_loss_are_shown()
    {
        var situation = Losses.Opened.And("rectification/s", new RectificationOpened("a", "wuquan", First, Day("2023-05-28"))).Ledger().On();
        Ask<LossRow>(situation, "loss-register").ShouldHaveSingleItem().Duplicates.ShouldBe(["s"]);
        Ask<RectificationRow>(situation, "rectifications").Select(r => string.Join(' ', r.Duplicates)).ShouldBe(["s", "r"]);
    }

    [Fact]
    public void An_affirmed_loss_is_covered_by_the_first_rectification()
    {
        var situation = Losses.Adopted.And(
            Opened(InstanceLevel.Second, Second), Rendered(Second, InstanceLevel.Second, "2023-08-20", ("wuquan", Outcome.AffirmJudgment))).Ledger().On();
        Ask<LossRow>(situation, "loss-register").Select(r => (r.CaseNo, r.Rectification)).ShouldBe([(First, "r"), (Second, "r")]);
        situation.Duties.Where(d => d.Kind == DutyKind.CauseDetermination).ShouldHaveSingleItem().Status.ShouldBe(DutyStatus.Met);
        Ask<CauseRow>(situation, "causes")[0].Share.ShouldBe(new global::Ledger.Domain.Ratio(1, 1));
    }

    [Fact]
    public void A_loss_that_the_appeal_reversed_obliges_nobody()
    {
        var given = Losses.Lost.And(
            Opened(InstanceLevel.Second, Second), Rendered(Second, InstanceLevel.Second, "2023-08-20", ("wuquan", Outcome.DismissClaims)),
            new OutcomeBecameEffective(Second, Day("2023-08-28"), EffectiveBasis.SecondInstance));
        DutiesOf(given.Ledger().On(Day("2023-08-27"))).Select(d => d.Kind)
            .ShouldBe([DutyKind.CauseDetermination, DutyKind.Rectification, DutyKind.PenaltyWithdrawal], ignoreOrder: true);
        DutiesOf(given.Ledger().On()).ShouldBeEmpty();
        Ask<LossRow>(given.Ledger().On(), "loss-register").ShouldHaveSingleItem().Reversed.ShouldBeTrue();
    }

    [Fact]
    public void A_loss_without_any_rectification_shows()
    {
        var duties = DutiesOf(Losses.Lost.Ledger().On());
        var open = duties.Single(d => d.Kind == DutyKind.Rectification);
        (open.Unit, open.Subject, open.OpenedOn, open.DueOn, open.Status).ShouldBe(("wuquan", "lawsuit/a", Day("2023-05-25"), Day("2023-06-01"), DutyStatus.Overdue));
        var cause = duties.Single(d => d.Kind == DutyKind.CauseDetermination);
        (cause.OpenedOn, cause.Holder, cause.Status).ShouldBe((Day("2023-05-20"), DutyHolder.Office, DutyStatus.Pending));
        DutiesOf(Losses.Opened.Ledger().On()).Single(d => d.Kind == DutyKind.Rectification).Subject.ShouldBe("rectification/r");
    }

    [Fact]
    public void Without_a_receipt_the_first_measure_has_no_due_day()
    {
        var open = DutiesOf(Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll))).Ledger().On()).Single(d => d.Kind == DutyKind.Rectification);
        (open.OpenedOn, open.DueOn, open.Status).ShouldBe((Day("2023-05-20"), null, DutyStatus.Pending));
    }

    [Fact]
    public void A_loss_after_a_remand_is_a_loss_of_its_own()
    {
        var given = Losses.Adopted.And(
            Opened(InstanceLevel.Second, Second), Rendered(Second, InstanceLevel.Second, "2023-08-20", ("wuquan", Outcome.RevokeAndRemand)),
            Opened(InstanceLevel.First, Remanded, "2023-09-01"), Rendered(Remanded, InstanceLevel.First, "2023-11-20", ("wuquan", Outcome.ConfirmUnlawful)),
            Received("wuquan", Remanded, "2023-11-24"));
        var situation = given.Ledger().On();
        Ask<LossRow>(situation, "loss-register").Select(r => (r.CaseNo, r.Rectification)).ShouldBe([(First, "r"), (Remanded, null)]);
        var open = DutiesOf(situation).Single(d => d.Kind == DutyKind.Rectification && d.CaseNo == Remanded);
        (open.DueOn, open.Status).ShouldBe((Day("2023-12-01"), DutyStatus.Overdue));
        // What the remanded judgment had put right covers the judgment that affirms it, and not the first one.
        const string again = "（2023）豫11行终88号";
        situation = given.And(Opened(InstanceLevel.Second, again, "2023-12-05"), Rendered(again, InstanceLevel.Second, "2023-12-20", ("wuquan", Outcome.AffirmJudgment)))
            .And("rectification/s", new RectificationOpened("a", "wuquan", Remanded, Day("2023-11-27"))).Ledger().On();
        Ask<LossRow>(situation, "loss-register").Select(r => (r.CaseNo, r.Rectification)).ShouldBe([(First, "r"), (Remanded, "s"), (again, "s")]);
    }

    [Fact]
    public void A_retracted_judgment_takes_the_duties_with_it()
    {
        // The receipt rests on the judgment, so that it goes first.
        var ledger = Losses.Adopted.And(Retracted(Given.Id(3)), Retracted(Given.Id(2))).Ledger();
        DutiesOf(ledger.On()).ShouldBeEmpty();
        var row = Ask<RectificationRow>(ledger.On(), "rectifications").ShouldHaveSingleItem();
        (row.LossStands, row.State).ShouldBe((false, RectificationState.InProgress));
    }

    [Theory]
    [InlineData("2023-07-27", DutyStatus.Pending, DutyColour.Green, 40)]
    [InlineData("2023-07-28", DutyStatus.Pending, DutyColour.Yellow, 40)] // a Friday; due Monday
    [InlineData("2023-07-31", DutyStatus.Pending, DutyColour.Red, 40)]
    [InlineData("2023-08-02", DutyStatus.Overdue, DutyColour.Red, 40)]
    [InlineData("2023-08-10", DutyStatus.MetLate, null, 100)]
    public void The_board_is_red_yellow_and_green(string asOf, DutyStatus status, DutyColour? colour, int percent)
    {
        var situation = Losses.Adopted.And(R, new RectificationProgressReported("m1", 40, Day("2023-06-20"), "clerk"), Losses.Completion("2023-08-03")).Ledger().On(Day(asOf));
        var row = Ask<RectificationRow>(situation, "rectifications").ShouldHaveSingleItem();
        var measure = row.Measures.ShouldHaveSingleItem();
        (measure.Status, measure.Colour, row.Colour, measure.Percent).ShouldBe((status, colour, colour, percent));
        DutiesOf(situation).Single(d => d.Kind == DutyKind.Rectification).Status.ShouldBe(status);
    }

    [Fact]
    public void A_full_report_does_a_measure_before_the_whole_is_completed()
    {
        var situation = Losses.Adopted.And(R, new RectificationProgressReported("m1", 100, Day("2023-07-20"), "clerk"), Losses.Completion("2023-08-03")).Ledger().On();
        var duty = DutiesOf(situation).Single(d => d.Kind == DutyKind.Rectification);
        (duty.Status, duty.MetOn, duty.Evidence.Single().Fact).ShouldBe((DutyStatus.Met, Day("2023-07-20"), "RectificationProgressReported"));
    }

    [Fact]
    public void A_return_opens_the_measures_again()
    {
        var given = Losses.Completed.And(R, new RectificationReopened("不实", Day("2023-08-10"), Day("2023-09-08")));
        var row = Ask<RectificationRow>(given.Ledger().On(Day("2023-08-11")), "rectifications").ShouldHaveSingleItem();
        (row.State, row.Measures[0].DueOn, row.Measures[0].DoneOn, row.Measures[0].Percent).ShouldBe((RectificationState.Reopened, Day("2023-09-08"), null, 0));
        var again = given.And(R, Losses.Completion("2023-09-06")).Ledger();
        DutiesOf(again.On()).Single(d => d.Kind == DutyKind.Rectification).Status.ShouldBe(DutyStatus.Met);
        // The first completion was answered by the return, the second is not answered yet.
        DutiesOf(again.On()).Where(d => d.Kind == DutyKind.RectificationVerification).Select(d => (d.OpenedOn, d.MetOn))
            .ShouldBe([(Day("2023-07-28"), Day("2023-08-10")), (Day("2023-09-06"), null)]);
        Ask<RectificationRow>(again.On(Day("2023-08-09")), "rectifications").Single().State.ShouldBe(RectificationState.Completed);
    }

    [Fact]
    public void A_correction_of_a_due_day_changes_where_a_measure_stands()
    {
        var given = Losses.Adopted.And(R, Losses.Completion("2023-08-03"));
        DutiesOf(given.Ledger().On()).Single(d => d.Kind == DutyKind.Rectification).Status.ShouldBe(DutyStatus.MetLate);
        var corrected = given.And(R, Corrected(Given.Id(6), ("dueOn", "\"2023-08-31\""))).Ledger();
        DutiesOf(corrected.On()).Single(d => d.Kind == DutyKind.Rectification).Status.ShouldBe(DutyStatus.Met);
    }

    [Fact]
    public void The_latest_determination_by_date_is_in_force()
    {
        var ledger = Losses.Opened.And(R, Losses.Cause(LossCause.Nonfeasance, on: "2023-07-01"), Losses.Cause(LossCause.MisappliedLaw, on: "2023-06-10")).Ledger();
        Ask<LossRow>(ledger.On(), "loss-register").Single().PrimaryCause.ShouldBe(LossCause.Nonfeasance);
        Ask<LossRow>(ledger.On(Day("2023-06-30")), "loss-register").Single().PrimaryCause.ShouldBe(LossCause.MisappliedLaw);
        DutiesOf(ledger.On()).Single(d => d.Kind == DutyKind.CauseDetermination).MetOn.ShouldBe(Day("2023-06-10"));
    }

    [Fact]
    public void The_same_cause_within_a_year_of_verification_is_a_recurrence()
    {
        static Given Told() => Losses.Completed.And(R, new RectificationVerified(Day("2023-08-04"), "s"))
            .And("lawsuit/b", Again("（2024）豫1121行初7号", "2024-02-01"), Lost("（2024）豫1121行初7号", "2024-06-04"))
            .And("rectification/b", new RectificationOpened("b", "wuquan", "（2024）豫1121行初7号", Day("2024-06-05")), Losses.Cause(on: "2024-06-06"));
        var row = Ask<RecurrenceRow>(Told().Ledger().On(), "recurrences").ShouldHaveSingleItem();
        (row.Unit, row.ActType, row.PrimaryCause, row.EarlierLawsuit, row.Lawsuit, row.VerifiedOn, row.ClosedOn, row.Rule, row.Months)
            .ShouldBe(("wuquan", "罚款", LossCause.ProceduralViolation, "a", "b", Day("2023-08-04"), Day("2024-06-04"), "R-12", 12));
        Ask<RecurrenceRow>(Told().Ledger().On(Day("2024-06-05")), "recurrences").ShouldBeEmpty();
        // Ten months lie between: a rule of nine months from before the later closing sees none, one from after it does not govern.
        Ask<RecurrenceRow>(Told().And("policy/nine", new RecurrenceRuleAdopted(Day("2024-01-01"), 9)).Ledger().On(), "recurrences").ShouldBeEmpty();
        Ask<RecurrenceRow>(Told().And("policy/late", new RecurrenceRuleAdopted(Day("2024-06-05"), 24)).Ledger().On(), "recurrences").ShouldHaveSingleItem().Rule.ShouldBe("R-12");
    }

    [Fact]
    public void A_rule_may_ask_for_the_same_field()
    {
        static Given Told() => Losses.Completed.And(R, new RectificationVerified(Day("2023-08-04"), "s"))
            .And("lawsuit/b", Again("（2024）豫1121行初7号", "2024-02-01") with { Field = "市场监管" }, Lost("（2024）豫1121行初7号", "2024-06-04"))
            .And("rectification/b", new RectificationOpened("b", "wuquan", "（2024）豫1121行初7号", Day("2024-06-05")), Losses.Cause(on: "2024-06-06"));
        Ask<RecurrenceRow>(Told().Ledger().On(), "recurrences").ShouldHaveSingleItem();
        Ask<RecurrenceRow>(Told().And("policy/f", new RecurrenceRuleAdopted(Day("2024-01-01"), 12, true)).Ledger().On(), "recurrences").ShouldBeEmpty();
    }

    [Fact]
    public void The_causes_are_ordered_by_how_often_they_lost()
    {
        var given = Losses.Opened.And(R, Losses.Cause(), new LossAnalysisHeld(["wuquan", "jiaotong"], Day("2023-06-01"), "未告知陈述申辩权"));
        for (var i = 2; i <= 4; i++)
        {
            var caseNo = $"（2023）豫1121行初{i}号";
            given = given.And($"lawsuit/l{i}", Again(caseNo, "2023-04-01"), Lost(caseNo, "2023-06-20"));
            if (i < 4) given = given.And($"rectification/l{i}", new RectificationOpened($"l{i}", "wuquan", caseNo, Day("2023-06-21")), Losses.Cause(i == 2 ? LossCause.ProceduralViolation : LossCause.MisappliedLaw, i == 2, "2023-06-25"));
        }

        // Four losses: procedure twice (both by fault), law once, one undetermined; evidence is a further cause of three.
        Ask<CauseRow>(given.Ledger().On(), "causes", new Asked { Period = Period.Parse("2023Q2") })
            .Select(r => (r.Cause, r.Primary, r.Mentioned, r.WithFault, r.Share, r.Cumulative, r.CommonIssues.Count)).ShouldBe(
            [
                (LossCause.ProceduralViolation, 2, 2, 2, new global::Ledger.Domain.Ratio(2, 4), new global::Ledger.Domain.Ratio(2, 4), 1),
                (LossCause.MisappliedLaw, 1, 1, 0, new global::Ledger.Domain.Ratio(1, 4), new global::Ledger.Domain.Ratio(3, 4), 0),
                (LossCause.InsufficientEvidence, 0, 3, 0, new global::Ledger.Domain.Ratio(0, 4), new global::Ledger.Domain.Ratio(3, 4), 0),
                (null, 1, 1, 0, new global::Ledger.Domain.Ratio(1, 4), new global::Ledger.Domain.Ratio(4, 4), 0),
            ]);
    }

    [Fact]
    public void Performance_shows_whether_it_was_ordered_and_done()
    {
        var given = Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.OrderPerform)), new OutcomeBecameEffective(First, Day("2023-06-12"), EffectiveBasis.AppealPeriodExpired));
        var unknown = Ask<PerformanceRow>(given.Ledger().On(), "judgment-performance").ShouldHaveSingleItem();
        (unknown.Subject, unknown.PerformanceKind, unknown.OrderedOn, unknown.DueOn, unknown.Status).ShouldBe(("lawsuit/a", null, Day("2023-06-12"), null, DutyStatus.Pending));
        given = given.And(R, new RectificationOpened("a", "wuquan", First, Day("2023-05-26")), new JudgmentPerformanceOrdered(PerformanceKind.PerformDuty, Day("2023-08-11"), Day("2023-06-12")));
        Ask<PerformanceRow>(given.Ledger().On(), "judgment-performance").ShouldHaveSingleItem().Status.ShouldBe(DutyStatus.Overdue);
        given = given.And(R, new JudgmentPerformed(PerformanceKind.PerformDuty, Day("2023-08-15"), new string('a', 64)));
        var row = Ask<PerformanceRow>(given.Ledger().On(), "judgment-performance").ShouldHaveSingleItem();
        (row.PerformanceKind, row.PerformedOn, row.Status, row.DaysLate).ShouldBe((PerformanceKind.PerformDuty, Day("2023-08-15"), DutyStatus.MetLate, 2));
        Ask<PerformanceRow>(given.Ledger().On(), "judgment-performance", new Asked { Unit = "jiaotong" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_published_penalty_is_withdrawn_within_three_working_days_of_effect()
    {
        Withdrawal(Losses.Lost).ShouldBe((Day("2023-05-25"), null, DutyStatus.Pending)); // not effective yet
        static Given Effective() => Losses.Opened.And(new OutcomeBecameEffective(First, Day("2023-06-20"), EffectiveBasis.AppealPeriodExpired));
        Withdrawal(Effective()).ShouldBe((Day("2023-06-20"), Day("2023-06-26"), DutyStatus.Overdue)); // 22 to 24 June are the festival
        Withdrawal(Effective().And(R, new PublishedPenaltyWithdrawn("1号", Day("2023-06-26"), "判决撤销"))).Item3.ShouldBe(DutyStatus.Met);
        Withdrawal(Effective().And(R, new PublishedPenaltyWithdrawn("1号", Day("2023-06-27"), "判决撤销"))).Item3.ShouldBe(DutyStatus.MetLate);
        Withdrawal(Effective().And(R, new PenaltyNotPublishedStated("1号", UnpublishedReason.NotSubjectToPublication, Day("2023-06-21")))).Item3.ShouldBe(DutyStatus.Met);

        static (DateOnly, DateOnly?, DutyStatus) Withdrawal(Given given) =>
            DutiesOf(given.Ledger().On()).Single(d => d.Kind == DutyKind.PenaltyWithdrawal) is var duty ? (duty.OpenedOn, duty.DueOn, duty.Status) : default;
    }

    private static LawsuitDocketed Again(string caseNo, string on) => Docketed("wuquan") with { CaseNo = caseNo, DocketedOn = Day(on) };

    private static JudgmentRendered Lost(string caseNo, string on) => Rendered(caseNo, InstanceLevel.First, on, ("wuquan", Outcome.RevokeAll));

    private static List<Duty> DutiesOf(Situation situation) => [.. RectificationDuties.Of(situation)
        .Where(d => d.OpenedOn <= situation.AsOf).Select(d => d.On(situation.Calendar, situation.AsOf))];

    private static List<TRow> Ask<TRow>(Situation situation, string question, Asked? asked = null) =>
        (List<TRow>)Areas.Questions.Single(q => q.Name == question).Answer(situation, asked ?? new Asked()).Value!;
}
