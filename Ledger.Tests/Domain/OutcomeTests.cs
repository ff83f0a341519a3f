using Ledger.Domain.Lawsuits;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Domain;

/// <summary>Which outcome a document gives a unit, affirmed documents looked through (counting-rules.md §2).</summary>
public sealed class OutcomeTests
{
    private static IReadOnlyList<Outcome> In(Given given, string caseNo, string unit = "wuquan")
    {
        var lawsuit = given.Lawsuit();
        return lawsuit.OutcomesOf(lawsuit.Document(caseNo)!, unit);
    }

    private static bool LostIn(Given given, string caseNo, string unit = "wuquan")
    {
        var lawsuit = given.Lawsuit();
        return lawsuit.LostIn(lawsuit.Document(caseNo)!, unit);
    }

    private static Given Appealed(Outcome first, params Outcome[] second) => Given.Facts(
        Docketed("wuquan"), Judgment(("wuquan", first)), Opened(InstanceLevel.Second, Second),
        Rendered(Second, InstanceLevel.Second, "2023-07-10", [.. second.Select(o => ("wuquan", o))]));

    [Theory]
    [InlineData(OutcomeClass.Win, "DismissClaims")]
    [InlineData(OutcomeClass.Loss, "RevokeAll RevokeAndRedo RevokePart OrderPerform OrderPay ConfirmUnlawful ConfirmUnlawfulMinorProcedure ConfirmUnlawfulAfterSelfCorrection ConfirmInvalid Modify AgreementLiability OrderDamages")]
    [InlineData(OutcomeClass.Procedural, "NotDocketed DismissSuit")]
    [InlineData(OutcomeClass.Withdrawn, "WithdrawVoluntary WithdrawAfterDefendantChanged DeemedWithdrawn")]
    [InlineData(OutcomeClass.Mediated, "Mediated")]
    [InlineData(OutcomeClass.Other, "Terminated Transferred Consolidated AgreementCompensation")]
    [InlineData(OutcomeClass.AppealOnly, "AffirmJudgment AffirmRuling AppealWithdrawn RevokeAndRemand OrderDocket RetrialPetitionDismissed RetrialOrdered")]
    public void Each_outcome_has_its_class(OutcomeClass expected, string outcomes) =>
        Enum.GetValues<Outcome>().Where(o => o.ClassOf() == expected).Select(o => o.ToString()).ShouldBe(outcomes.Split(' '), ignoreOrder: true);

    [Theory]
    [InlineData(Outcome.AffirmJudgment)]
    [InlineData(Outcome.AffirmRuling)]
    [InlineData(Outcome.AppealWithdrawn)]
    public void An_affirming_document_gives_the_outcome_of_the_affirmed_one(Outcome affirming)
    {
        In(Appealed(Outcome.RevokeAll, affirming), Second).ShouldBe([Outcome.RevokeAll]);
        In(Appealed(Outcome.DismissClaims, affirming), Second).ShouldBe([Outcome.DismissClaims]);
        LostIn(Appealed(Outcome.RevokeAll, affirming), Second).ShouldBe(affirming != Outcome.AppealWithdrawn);
        LostIn(Appealed(Outcome.RevokeAll, affirming), First).ShouldBeTrue();
    }

    [Fact]
    public void Affirming_and_ordering_damages_is_a_set()
    {
        In(Appealed(Outcome.RevokeAll, Outcome.AffirmJudgment, Outcome.OrderDamages), Second).ShouldBe([Outcome.OrderDamages, Outcome.RevokeAll], ignoreOrder: true);
        In(Appealed(Outcome.RevokeAll, Outcome.AffirmJudgment, Outcome.RevokeAll), Second).ShouldBe([Outcome.RevokeAll]);
        LostIn(Appealed(Outcome.DismissClaims, Outcome.AppealWithdrawn, Outcome.OrderDamages), Second).ShouldBeTrue();
    }

    [Theory]
    [InlineData(Outcome.RevokeAndRemand)]
    [InlineData(Outcome.OrderDocket)]
    [InlineData(Outcome.RetrialPetitionDismissed)]
    [InlineData(Outcome.RetrialOrdered)]
    public void A_remand_or_an_order_gives_no_outcome(Outcome outcome)
    {
        In(Appealed(Outcome.RevokeAll, outcome), Second).ShouldBeEmpty();
        LostIn(Appealed(Outcome.RevokeAll, outcome), Second).ShouldBeFalse();
    }

    [Fact]
    public void After_a_remand_the_new_first_instance_is_what_is_affirmed()
    {
        const string SecondAgain = "（2023）豫11行终2号";
        var given = Appealed(Outcome.RevokeAll, Outcome.RevokeAndRemand).And(
            Opened(InstanceLevel.First, Remanded, "2023-07-20"),
            Rendered(Remanded, InstanceLevel.First, "2023-09-01", ("wuquan", Outcome.DismissClaims)),
            Opened(InstanceLevel.Second, SecondAgain, "2023-09-20"),
            Rendered(SecondAgain, InstanceLevel.Second, "2023-11-01", ("wuquan", Outcome.AffirmJudgment)));
        In(given, SecondAgain).ShouldBe([Outcome.DismissClaims]);
        LostIn(given, SecondAgain).ShouldBeFalse();
    }

    [Fact]
    public void A_petition_dismissed_and_a_retrial_look_past_what_gives_no_outcome()
    {
        var given = Appealed(Outcome.RevokeAll, Outcome.AffirmJudgment).And(
            Opened(InstanceLevel.Petition, Petition, "2023-08-01"),
            Rendered(Petition, InstanceLevel.Petition, "2023-09-01", ("wuquan", Outcome.RetrialOrdered)),
            Opened(InstanceLevel.Retrial, Retrial, "2023-09-02"),
            Rendered(Retrial, InstanceLevel.Retrial, "2023-12-01", ("wuquan", Outcome.AffirmJudgment)));
        In(given, Petition).ShouldBeEmpty();
        In(given, Retrial).ShouldBe([Outcome.RevokeAll]);
        LostIn(given, Retrial).ShouldBeTrue();
    }

    [Fact]
    public void An_affirmation_looks_through_a_withdrawn_appeal_to_the_loss()
    {
        var given = Appealed(Outcome.RevokeAll, Outcome.AppealWithdrawn).And(
            Opened(InstanceLevel.Retrial, Retrial, "2023-09-02"),
            Rendered(Retrial, InstanceLevel.Retrial, "2023-12-01", ("wuquan", Outcome.AffirmJudgment)));
        LostIn(given, Second).ShouldBeFalse();
        LostIn(given, Retrial).ShouldBeTrue();
    }

    [Fact]
    public void Each_defendant_is_looked_through_on_its_own()
    {
        var given = Given.Facts(
            Docketed("wuquan", "jiaotong"), Judgment(("wuquan", Outcome.RevokeAll), ("jiaotong", Outcome.DismissClaims)),
            Opened(InstanceLevel.Second, Second),
            Rendered(Second, InstanceLevel.Second, "2023-07-10", ("wuquan", Outcome.DismissClaims), ("jiaotong", Outcome.AffirmJudgment)),
            Opened(InstanceLevel.Retrial, Retrial, "2023-09-02"),
            Rendered(Retrial, InstanceLevel.Retrial, "2023-12-01", ("wuquan", Outcome.AffirmJudgment), ("jiaotong", Outcome.AffirmJudgment)));
        In(given, Retrial).ShouldBe([Outcome.DismissClaims]);
        In(given, Retrial, "jiaotong").ShouldBe([Outcome.DismissClaims]);
        In(given, Second, "beiwudu").ShouldBeEmpty();
    }

    [Fact]
    public void Documents_are_ordered_by_closing_day_then_level_then_sequence_not_by_when_they_were_told()
    {
        // The second instance is told first; both closed on one day.
        var given = Given.Facts(
            Docketed("wuquan"), Opened(InstanceLevel.Second, Second, "2023-05-01"),
            Rendered(Second, InstanceLevel.Second, "2023-05-20", ("wuquan", Outcome.AffirmJudgment)),
            Judgment(("wuquan", Outcome.RevokeAll)));
        given.Lawsuit().Documents.Select(d => d.CaseNo).ShouldBe([First, Second]);
        In(given, Second).ShouldBe([Outcome.RevokeAll]);
    }

    [Fact]
    public void An_affirmation_of_nothing_known_gives_no_outcome()
    {
        var given = Given.Facts(
            Docketed("wuquan"), Opened(InstanceLevel.Second, Second), Rendered(Second, InstanceLevel.Second, "2023-07-10", ("wuquan", Outcome.AffirmJudgment)));
        In(given, Second).ShouldBeEmpty();
        LostIn(given, Second).ShouldBeFalse();
    }

    [Fact]
    public void Defendants_and_series_go_by_legal_date_ties_by_sequence()
    {
        var given = Given.Facts(
            Docketed("wuquan") with { Series = "s1" },
            new DefendantAdded("jiaotong", DefendantCapacity.Joint, Day("2023-05-10")),
            new DefendantRemoved("jiaotong", Day("2023-05-10"), "x"),
            new DefendantRemoved("wuquan", Day("2023-05-20"), "x"),
            new DefendantAdded("wuquan", DefendantCapacity.Sole, Day("2023-05-20")),
            new SeriesLinked("s3", Day("2023-06-20"), "x"),
            new SeriesLinked("s2", Day("2023-06-10"), "x"));
        given.Lawsuit().Defendants.ShouldBe([new Defendant("wuquan", DefendantCapacity.Sole)]);
        given.Lawsuit().Series.ShouldBe("s3");
        given.Lawsuit(Day("2023-06-15")).Series.ShouldBe("s2");
        given.Lawsuit(Day("2023-05-09")).Series.ShouldBe("s1");
        given.Lawsuit(Day("2023-04-09")).Docketed.ShouldBeNull();
    }

    [Fact]
    public void A_lawsuit_is_suspended_until_it_is_resumed()
    {
        var given = Given.Facts(Docketed("wuquan"), new LawsuitSuspended(Day("2023-05-01"), "等待另案"), new LawsuitResumed(Day("2023-06-01"), "x"));
        given.Lawsuit(Day("2023-05-15")).SuspendedFor.ShouldBe("等待另案");
        given.Lawsuit().SuspendedFor.ShouldBeNull();
    }
}
