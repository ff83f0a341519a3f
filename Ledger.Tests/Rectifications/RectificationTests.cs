using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Rectifications;
using Ledger.Tests.Infrastructure;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Rectifications;

/// <summary>Small stories of a loss and what was put right after it.</summary>
internal static class Losses
{
    public const string R = "rectification/r";

    /// <summary>舞泉镇 lost the penalty case of lawsuit a on 2023-05-20 and received the judgment on 2023-05-25.</summary>
    public static Given Lost => Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Received("wuquan"));

    public static Given Opened => Lost.And(R, new RectificationOpened("a", "wuquan", First, Day("2023-05-26")));

    public static Given Adopted => Opened.And(R, Cause(), Measure());

    public static Given Completed => Adopted.And(R, Completion());

    public static LossCauseDetermined Cause(LossCause primary = LossCause.ProceduralViolation, bool fault = true, string on = "2023-06-02") =>
        new(primary, [primary, LossCause.InsufficientEvidence], fault, Day(on), "supervisor");

    public static RectificationMeasureAdopted Measure(string key = "m1", string due = "2023-07-31", string on = "2023-06-05") =>
        new(key, MeasureType.ProcedureRevised, "修订规程", "执法大队队长", Day(due), Day(on));

    public static RectificationCompleted Completion(string on = "2023-07-28", string by = "clerk") => new(Day(on), by, [new(new string('a', 64))]);
}

/// <summary>What a rectification refuses.</summary>
public sealed class RectificationTests
{
    private const string R = Losses.R;

    private static readonly RectificationOpened Opening = new("a", "wuquan", First, Day("2023-05-26"));

    [Fact]
    public void A_loss_opens_it() => Losses.Lost.When(R, Opening).ThenAdmitted();

    [Fact]
    public void It_is_opened_once() => Losses.Opened.When(R, Opening with { OpenedOn = Day("2023-05-27") }).ThenRefused(Codes.SubjectAlreadyOpened);

    [Fact]
    public void Nothing_is_put_right_before_it_is_opened() => Losses.Lost.When(R, Losses.Cause()).ThenRefused(Codes.SubjectNotFound);

    [Fact]
    public void Who_won_has_nothing_to_put_right() => Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.DismissClaims)))
        .When(R, Opening).ThenRefused(Codes.RectificationNotALoss);

    [Fact]
    public void Another_unit_did_not_lose() => Losses.Lost.When(R, Opening with { Unit = "jiaotong" }).ThenRefused(Codes.RectificationNotALoss);

    [Fact]
    public void Nor_did_anybody_in_a_document_that_does_not_exist() => Losses.Lost.When(R, Opening with { CaseNo = Second }).ThenRefused(Codes.RectificationNotALoss);

    [Fact]
    public void The_lawsuit_must_exist() => Losses.Lost.When(R, Opening with { Lawsuit = "b" }).ThenRefused(Codes.LawsuitNotFound);

    [Fact]
    public void The_unit_must_exist() => Losses.Lost.When(R, Opening with { Unit = "nobody" }).ThenRefused(Codes.UnknownUnit);

    [Fact]
    public void It_is_not_opened_before_the_judgment() => Losses.Lost.When(R, Opening with { OpenedOn = Day("2023-05-19") }).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void Nothing_happens_before_it_is_opened() => Losses.Opened.When(R, Losses.Cause(on: "2023-05-25")).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void Somebody_analysed() => Losses.Opened.When(R, new LossAnalysisHeld([], Day("2023-06-01"))).ThenRefused(Codes.InvalidValue);

    [Fact]
    public void Who_analysed_is_registered() => Losses.Opened.When(R, new LossAnalysisHeld(["wuquan", "nobody"], Day("2023-06-01"))).ThenRefused(Codes.UnknownUnit);

    [Fact]
    public void The_primary_cause_is_among_the_causes() => Losses.Opened
        .When(R, new LossCauseDetermined(LossCause.Nonfeasance, [LossCause.Other], false, Day("2023-06-02"), "x")).ThenRefused(Codes.RectificationPrimaryCause);

    [Fact]
    public void There_is_a_cause() => Losses.Opened
        .When(R, new LossCauseDetermined(LossCause.Nonfeasance, [], false, Day("2023-06-02"), "x")).ThenRefused(Codes.RectificationPrimaryCause);

    [Fact]
    public void A_cause_is_named_once() => Losses.Opened
        .When(R, new LossCauseDetermined(LossCause.Other, [LossCause.Other, LossCause.Other], false, Day("2023-06-02"), "x")).ThenRefused(Codes.RectificationCauseTwice);

    [Fact]
    public void A_measure_is_adopted_once() => Losses.Adopted.When(R, Losses.Measure(due: "2023-08-31")).ThenRefused(Codes.RectificationMeasureKnown);

    [Fact]
    public void The_same_again_says_nothing() => Losses.Adopted.When(R, Losses.Measure()).ThenNothing();

    [Fact]
    public void A_measure_is_not_due_before_it_is_adopted() => Losses.Opened.When(R, Losses.Measure(due: "2023-06-04")).ThenRefused(Codes.DateOutOfOrder);

    [Theory]
    [InlineData("m2", 50, "2023-06-10", Codes.RectificationMeasureUnknown)]
    [InlineData("m1", 101, "2023-06-10", Codes.InvalidValue)]
    [InlineData("m1", -1, "2023-06-10", Codes.InvalidValue)]
    [InlineData("m1", 50, "2023-06-04", Codes.DateOutOfOrder)]
    public void Progress_is_made_on_a_measure(string measure, int percent, string on, string code) =>
        Losses.Adopted.When(R, new RectificationProgressReported(measure, percent, Day(on), "clerk")).ThenRefused(code);

    [Fact]
    public void A_completion_needs_evidence() => Losses.Adopted.When(R, Losses.Completion() with { Evidence = [] }).ThenRefused(Codes.RectificationNoEvidence);

    [Fact]
    public void A_completion_needs_a_measure() => Losses.Opened.When(R, Losses.Completion()).ThenRefused(Codes.RectificationNoMeasure);

    [Fact]
    public void And_one_adopted_by_then() => Losses.Adopted.When(R, Losses.Completion("2023-06-04")).ThenRefused(Codes.RectificationNoMeasure);

    [Fact]
    public void It_is_completed_once() => Losses.Completed.When(R, Losses.Completion("2023-07-30")).ThenRefused(Codes.RectificationAlreadyCompleted);

    [Fact]
    public void And_again_after_a_return() => Losses.Completed.And(R, new RectificationReopened("不实", Day("2023-08-01")))
        .When(R, Losses.Completion("2023-08-20")).ThenAdmitted();

    [Fact]
    public void Nobody_verifies_the_own_report() => Losses.Completed.When(R, new RectificationVerified(Day("2023-08-01"), "clerk")).ThenRefused(Codes.RectificationSamePerson);

    [Fact]
    public void What_is_not_completed_is_not_verified() => Losses.Adopted.When(R, new RectificationVerified(Day("2023-08-01"), "s")).ThenRefused(Codes.RectificationNotCompleted);

    [Fact]
    public void Nor_before_it_was() => Losses.Completed.When(R, new RectificationVerified(Day("2023-07-27"), "s")).ThenRefused(Codes.RectificationNotCompleted);

    [Fact]
    public void What_is_not_completed_is_not_returned() => Losses.Adopted.When(R, new RectificationReopened("不实", Day("2023-08-01"))).ThenRefused(Codes.RectificationNotCompleted);

    [Fact]
    public void What_was_verified_is_returned() => Losses.Completed.And(R, new RectificationVerified(Day("2023-08-01"), "s"))
        .When(R, new RectificationReopened("反弹", Day("2023-09-01"), Day("2023-10-01"))).ThenAdmitted();

    [Fact]
    public void A_return_sets_no_day_of_the_past() => Losses.Completed
        .When(R, new RectificationReopened("反弹", Day("2023-09-01"), Day("2023-08-31"))).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void A_return_told_late_takes_its_place() => Losses.Completed.And(R, new RectificationReopened("二", Day("2023-09-01")))
        .And(R, Losses.Completion("2023-09-20")).When(R, new RectificationReopened("一", Day("2023-10-01"))).ThenAdmitted();

    [Fact]
    public void And_makes_nothing_impossible_that_came_after() => Losses.Completed.And(R, new RectificationVerified(Day("2023-08-10"), "s"))
        .When(R, new RectificationReopened("不实", Day("2023-08-01"))).ThenRefused(Codes.RectificationNotCompleted);

    [Fact]
    public void A_completion_on_which_a_verification_rests_is_not_retracted()
    {
        var given = Losses.Completed.And(R, new RectificationVerified(Day("2023-08-10"), "s"));
        given.When(R, Retracted(Given.Id(7))).ThenRefused(Codes.FactInvalidHistory, Codes.RectificationNotCompleted);
        given.When(R, Corrected(Given.Id(7), ("reportedBy", "\"s\""))).ThenRefused(Codes.FactInvalidHistory, Codes.RectificationSamePerson);
    }

    [Fact]
    public void What_a_judgment_orders_is_ordered_once_and_performed_once()
    {
        static Given Ordered() => Losses.Opened.And(R, new JudgmentPerformanceOrdered(PerformanceKind.Damages, Day("2023-08-31"), Day("2023-06-12"), 100m));
        Ordered().When(R, new JudgmentPerformanceOrdered(PerformanceKind.Damages, Day("2023-09-30"), Day("2023-06-12"))).ThenRefused(Codes.PerformanceAlreadyOrdered);
        Ordered().When(R, new JudgmentPerformanceOrdered(PerformanceKind.Remedy, Day("2023-06-11"), Day("2023-06-12"))).ThenRefused(Codes.DateOutOfOrder);
        Ordered().When(R, new JudgmentPerformed(PerformanceKind.Remedy, Day("2023-07-01"), new string('a', 64))).ThenRefused(Codes.PerformanceNotOrdered);
        Ordered().When(R, new JudgmentPerformed(PerformanceKind.Damages, Day("2023-06-11"), new string('a', 64))).ThenRefused(Codes.DateOutOfOrder);
        Ordered().And(R, new JudgmentPerformed(PerformanceKind.Damages, Day("2023-07-01"), new string('a', 64)))
            .When(R, new JudgmentPerformed(PerformanceKind.Damages, Day("2023-07-02"), new string('a', 64))).ThenRefused(Codes.PerformanceAlreadyDone);
    }

    [Fact]
    public void Only_a_penalty_is_withdrawn_from_publication()
    {
        Losses.Opened.When(R, new PublishedPenaltyWithdrawn("1号", Day("2023-06-14"), "判决撤销")).ThenAdmitted();
        Given.Facts(Docketed("wuquan") with { Cause = "行政强制" }, Judgment(("wuquan", Outcome.RevokeAll))).And(R, Opening)
            .When(R, new PublishedPenaltyWithdrawn("1号", Day("2023-06-14"), "判决撤销")).ThenRefused(Codes.PenaltyNotInDispute);
    }

    [Fact]
    public void A_recurrence_rule_is_adopted_once_and_has_months()
    {
        var rule = new RecurrenceRuleAdopted(Day("2024-01-01"), 18);
        Given.Facts().And("policy/r", rule).When("policy/r", rule with { Months = 6 }).ThenRefused(Codes.PolicyAlreadyAdopted);
        Given.Facts().When("policy/r", rule with { Months = 0 }).ThenRefused(Codes.InvalidValue);
    }
}
