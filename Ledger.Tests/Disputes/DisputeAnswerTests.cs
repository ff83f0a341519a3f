using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Disputes;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Disputes.DisputeRuleTests;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Disputes;

/// <summary>Where a dispute stands, the rates, and what a good rate must not hide.</summary>
public sealed class DisputeAnswerTests
{
    private static readonly DisputePetitionReceived Petition = new("p1", Day("2023-08-01"));

    private static IReadOnlyList<T> Ask<T>(string question, Situation situation, Asked? asked = null) =>
        (IReadOnlyList<T>)DisputeArea.Area.Questions.Single(q => q.Name == question).Answer(situation, asked ?? new Asked()).Value!;

    private static DisputeRow Row(Given given, string? asOf = null) =>
        Ask<DisputeRow>("disputes", given.Ledger().On(asOf is null ? null : Day(asOf))).ShouldHaveSingleItem();

    private static Given Of(params IFact[] facts) => Given.Facts(Docketed("wuquan")).And("dispute/d", [Dispute(), .. facts]);

    [Fact]
    public void A_path_is_told_step_by_step()
    {
        var row = Row(Of(Started(), Guided(), Succeeded(performed: true)));
        (row.State, row.SettledOn, row.Name, row.Township).ShouldBe((DisputeState.Resolved, Day("2023-03-20"), "舞泉镇", "舞泉镇"));
        row.Path.Select(s => (s.Fact, s.Code, s.Sha256)).ShouldBe(
        [
            ("DisputeRecorded", null, null), ("NonLitigationGuidanceGiven", "DisputeMediationCentre", Hash),
            ("PreLitigationMediationStarted", "DisputeMediationCentre", null), ("PreLitigationMediationSucceeded", null, Hash),
        ]);
        row.Flags.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2023-03-02", DisputeState.Recorded)]
    [InlineData("2023-03-03", DisputeState.Guided)]
    [InlineData("2023-03-06", DisputeState.InMediation)]
    [InlineData("2023-03-10", DisputeState.MediationFailed)]
    [InlineData("2023-03-15", DisputeState.InReconsideration)]
    [InlineData("2023-04-20", DisputeState.ReconsiderationDecided)]
    [InlineData("2023-05-05", DisputeState.ReconsiderationDecided)] // 15 days end on 2023-05-05, a Friday
    [InlineData("2023-05-06", DisputeState.Resolved)]
    [InlineData("2023-06-01", DisputeState.InLitigation)]
    public void It_stands_where_the_facts_of_the_day_say(string asOf, DisputeState state) => Row(
        Of(Guided(), Started(), new PreLitigationMediationFailed("m1", Day("2023-03-10"), MediationFailure.NoAgreement), Filed("2023-03-15"),
            Decided(ReconsiderationDecision.Affirm), Sued("2023-06-01")), asOf).State.ShouldBe(state);

    [Fact]
    public void A_correcting_decision_settles_at_once_and_one_that_was_not_accepted_never()
    {
        Row(Of(Filed(), Decided(ReconsiderationDecision.Revoke)), "2023-04-20").State.ShouldBe(DisputeState.Resolved);
        Row(Of(Filed(), Decided(ReconsiderationDecision.NotAccepted))).State.ShouldBe(DisputeState.ReconsiderationDecided);
    }

    [Fact]
    public void A_settlement_followed_by_a_suit_and_a_petition_is_visible()
    {
        var row = Row(Of(Started(), Succeeded(performBy: "2023-04-30"), Sued(), Petition));
        row.State.ShouldBe(DisputeState.InLitigation);
        row.Flags.ShouldBe([DisputeFlag.SuedAfterSettlement, DisputeFlag.PetitionedAfterSettlement, DisputeFlag.AgreementNotPerformed]);
        row.Lawsuits.ShouldBe(["a"]);
    }

    [Fact]
    public void A_withdrawal_followed_by_another_suit_and_a_petition_is_visible()
    {
        var given = Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.WithdrawVoluntary)))
            .And("lawsuit/b", DocketedOn("2023-06-10", "wuquan") with { CaseNo = "（2023）豫1121行初2号" })
            .And("dispute/d", Dispute(), Sued(), Sued("2023-06-10", "b"), Petition);
        Row(given).Flags.ShouldBe([DisputeFlag.SuedAfterWithdrawal, DisputeFlag.PetitionedAfterWithdrawal]);
        Row(given, "2023-06-09").Flags.ShouldBeEmpty();
        Ask<DisputeRateRow>("dispute-rates", given.Ledger().On()).Single(r => r.Unit == "wuquan").ReturnedAfterWithdrawal.ShouldBe(new Ratio(1, 1));
    }

    [Fact]
    public void Guidance_during_a_suit_that_became_known_later_is_visible() => Row(Of(Guided("2023-04-20"), Sued())).Flags.ShouldBe([DisputeFlag.GuidedDuringSuit]);

    [Fact]
    public void The_rates_of_a_period_are_counted_by_unit_and_for_the_county()
    {
        var given = Of(Guided(), Started(), Succeeded(performed: true))
            .And("dispute/e", Dispute(on: "2023-03-31"), Sued())
            .And("dispute/f", Dispute(on: "2023-04-01"), Filed("2023-04-02"), Decided(ReconsiderationDecision.Modify, "2023-05-02"))
            .And("dispute/g", Dispute("jiaotong", "2023-02-01"), Filed("2023-02-02"), Decided(ReconsiderationDecision.Affirm, "2023-03-30"))
            .And("dispute/h", Dispute("city", "2023-02-01"));
        var rows = Ask<DisputeRateRow>("dispute-rates", given.Ledger().On(), new Asked { Period = Period.Parse("2023Q1") });
        var town = rows.Single(r => r.Unit == "wuquan");
        (town.Recorded, town.Guided, town.ResolvedBeforeCourt, town.EnteredLitigation).ShouldBe((2, new Ratio(1, 2), new Ratio(1, 2), new Ratio(1, 2)));
        (town.MediationSucceeded, town.AgreementPerformed, town.ReconsiderationCorrected).ShouldBe((new Ratio(1, 1), new Ratio(1, 1), new Ratio(0, 0)));
        var county = rows.Single(r => r.Unit is null);
        (county.Recorded, county.ResolvedBeforeCourt, county.EnteredLitigation, county.ReconsiderationCorrected)
            .ShouldBe((3, new Ratio(2, 3), new Ratio(1, 3), new Ratio(0, 1)));
        Ask<DisputeRateRow>("dispute-rates", given.Ledger().On(), new Asked { Unit = "jiaotong" }).ShouldHaveSingleItem().ReconsiderationCorrected.ShouldBe(new Ratio(0, 1));
    }

    [Fact]
    public void A_corrected_decision_changes_the_rate_and_a_past_position_keeps_it()
    {
        var ledger = Of(Filed(), Decided(ReconsiderationDecision.Affirm)).And("dispute/d", Corrected(Given.Id(4), ("decision", "\"Revoke\""))).Ledger();
        Rate(ledger.On()).ShouldBe(new Ratio(1, 1));
        Rate(ledger.On(position: ledger.Log.Count - 1)).ShouldBe(new Ratio(0, 1));

        static Ratio Rate(Situation situation) => Ask<DisputeRateRow>("dispute-rates", situation, new Asked { Unit = "wuquan" }).ShouldHaveSingleItem().ReconsiderationCorrected;
    }

    [Fact]
    public void The_parts_of_the_correction_rate_stand_apart_beside_the_year_before()
    {
        var given = Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)))
            .And("dispute/d", Dispute(), Filed(), Decided(ReconsiderationDecision.Affirm))
            .And("dispute/e", Dispute(on: "2024-01-05"), Filed("2024-01-08"), Decided(ReconsiderationDecision.ConfirmUnlawful, "2024-02-20"));
        var rows = Ask<CorrectionRateRow>("correction-rate", given.Ledger().On());
        var town = rows.Single(r => r.Unit == "wuquan");
        (town.Period, town.Policy).ShouldBe(("2024", "P-A"));
        town.Now.ShouldBe(new CorrectionParts(new Ratio(1, 1), new Ratio(0, 0), 0));
        town.YearBefore.ShouldBe(new CorrectionParts(new Ratio(0, 1), new Ratio(1, 1), 0));
        rows.Single(r => r.Unit is null).YearBefore.ShouldBe(town.YearBefore);
        Ask<CorrectionRateRow>("correction-rate", given.Ledger().On(), new Asked { Unit = "wuquan", Period = Period.Parse("2023Q2") }).ShouldHaveSingleItem()
            .Now.ShouldBe(town.YearBefore);
    }

    [Theory]
    [InlineData("2023-03-02", DutyStatus.Pending)]
    [InlineData("2023-03-03", DutyStatus.Met)]
    public void Guidance_is_a_duty_from_the_registration(string asOf, DutyStatus status)
    {
        var duty = Of(Guided()).Ledger().On(Day(asOf)).Duties.Single(d => d.Kind == DutyKind.DisputeGuidance);
        (duty.Unit, duty.Subject, duty.Status, duty.DueOn).ShouldBe(("wuquan", "dispute/d", status, null));
    }

    [Fact]
    public void Who_was_sued_without_guidance_has_missed_it_until_late_guidance_is_found()
    {
        Of(Sued()).Ledger().On().Duties.Single(d => d.Kind == DutyKind.DisputeGuidance).Status.ShouldBe(DutyStatus.Missed);
        Of(Sued(), Guided()).Ledger().On().Duties.Single(d => d.Kind == DutyKind.DisputeGuidance).Evidence.ShouldHaveSingleItem().Fact.ShouldBe("NonLitigationGuidanceGiven");
    }

    [Fact]
    public void Who_applied_for_reconsideration_needs_no_guidance_and_an_organ_outside_the_county_owes_none()
    {
        Of(Filed()).Ledger().On().Duties.Single(d => d.Kind == DutyKind.DisputeGuidance).Status.ShouldBe(DutyStatus.Met);
        Given.Facts().And("dispute/d", Dispute("city")).Ledger().On().Duties.ShouldBeEmpty();
    }
}
