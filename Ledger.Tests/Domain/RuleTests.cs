using Ledger.Domain;
using Ledger.Domain.Benchmarks;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Domain;

/// <summary>The rules of the spine (facts.md §3): what is refused, under which code, and what is allowed.</summary>
public sealed class RuleTests
{
    private static Given Lost => Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)));

    // ---- units

    [Fact]
    public void A_unit_is_registered_first_and_once()
    {
        Given.Nothing().When("unit/new", new UnitRegistered("新", UnitKind.Township, Day("2023-01-01"))).ThenAdmitted();
        Given.Nothing().When("unit/new", new UnitRenamed("新", Day("2023-01-01"))).ThenRefused(Codes.UnitNotFound);
        Given.Nothing().When("unit/new", new DutyRegistered("d", "d", Day("2023-01-01"))).ThenRefused(Codes.UnitNotFound);
        Given.Facts().When("unit/wuquan", new UnitRegistered("别名", UnitKind.Township, Day("2023-01-01"))).ThenRefused(Codes.UnitAlreadyRegistered);
        Given.Facts().When("unit/wuquan", new UnitRegistered("舞泉镇", UnitKind.Township, Day("2020-01-01"))).ThenNothing();
    }

    [Fact]
    public void A_unit_merges_once_into_a_registered_one()
    {
        Given.Facts().When("unit/wuquan", new UnitMerged("beiwudu", Day("2023-01-01"))).ThenAdmitted();
        Given.Facts().When("unit/wuquan", new UnitMerged("nowhere", Day("2023-01-01"))).ThenRefused(Codes.UnitNotFound);
        var merged = Given.Facts().And("unit/wuquan", new UnitMerged("beiwudu", Day("2023-01-01")));
        merged.When("unit/wuquan", new UnitMerged("jiaotong", Day("2023-01-01"))).ThenRefused(Codes.UnitAlreadyMerged);
        merged.When("unit/wuquan", new UnitMerged("beiwudu", Day("2023-01-01"))).ThenNothing();
    }

    [Fact]
    public void A_date_after_today_is_refused_before_any_rule_of_the_stream()
    {
        Given.Facts(Docketed("wuquan")).When(new LawsuitSuspended(Given.Today, "x")).ThenAdmitted();
        Given.Facts(Docketed("wuquan")).When(new LawsuitSuspended(Given.Today.AddDays(1), "x")).ThenRefused(Codes.InFuture);
        Given.Facts().When(new LawsuitSuspended(Given.Today.AddDays(1), "x")).ThenRefused(Codes.InFuture);
        Given.Nothing().When("unit/x", new UnitRenamed("x", Given.Today.AddDays(1))).ThenRefused(Codes.InFuture);
        Given.Facts(Docketed("wuquan")).When(new CaseFilingSubmitted("wuquan", First, At("2024-06-30T23:59:59"))).ThenAdmitted();
        Given.Facts(Docketed("wuquan")).When(new CaseFilingSubmitted("wuquan", First, At("2024-07-01T00:00:00"))).ThenRefused(Codes.InFuture);
    }

    // ---- docketing and case numbers

    [Fact]
    public void A_lawsuit_begins_with_its_docketing_once()
    {
        Given.Facts().When(Docketed("wuquan")).ThenAdmitted();
        Given.Facts().When(Hearing("2023-05-01")).ThenRefused(Codes.LawsuitNotFound);
        Given.Facts(Docketed("wuquan")).When(DocketedOn("2023-04-11", "wuquan")).ThenRefused(Codes.LawsuitAlreadyDocketed);
        Given.Facts(Docketed("wuquan")).When(Docketed("wuquan")).ThenNothing();
    }

    [Fact]
    public void Every_unit_named_anywhere_is_registered()
    {
        Given.Facts().When(Docketed("wuquan", "nobody")).ThenRefused(Codes.UnknownUnit);
        var given = Given.Facts(Docketed("wuquan"));
        given.When(new DefendantAdded("nobody", DefendantCapacity.Joint, Day("2023-05-01"))).ThenRefused(Codes.UnknownUnit);
        given.When(Materials("nobody")).ThenRefused(Codes.UnknownUnit);
        given.When(new AnswerSubmitted("nobody", First, Day("2023-05-01"))).ThenRefused(Codes.UnknownUnit);
        given.When(Hearing("2023-05-01", ("nobody", Attendee.None))).ThenRefused(Codes.UnknownUnit);
        given.When(Judgment(("nobody", Outcome.RevokeAll))).ThenRefused(Codes.UnknownUnit);
        Given.Nothing().When(Docketed("wuquan")).ThenRefused(Codes.UnknownUnit);
    }

    [Fact]
    public void A_case_number_is_well_formed_free_and_of_this_lawsuit()
    {
        Given.Facts().When(Docketed("wuquan") with { CaseNo = "2023-12" }).ThenRefused(Codes.CaseNumberInvalid);
        Given.Facts().And("lawsuit/b", Docketed("wuquan")).When(Docketed("wuquan")).ThenRefused(Codes.CaseNumberTaken);
        var given = Given.Facts(Docketed("wuquan"));
        given.When(Opened(InstanceLevel.Second, First)).ThenRefused(Codes.CaseNumberTaken);
        given.And("lawsuit/b", Docketed("wuquan") with { CaseNo = Second }).When(Opened(InstanceLevel.Second, Second)).ThenRefused(Codes.CaseNumberTaken);
        given = Given.Facts(Docketed("wuquan"));
        given.When(Opened(InstanceLevel.Second, "x")).ThenRefused(Codes.CaseNumberInvalid);
        given.When(Materials("wuquan", caseNo: Second)).ThenRefused(Codes.CaseNumberUnknown);
        given.When(Materials("wuquan", caseNo: "x")).ThenRefused(Codes.CaseNumberInvalid);
        given.When(Rendered(Second, InstanceLevel.Second, "2023-07-01", ("wuquan", Outcome.AffirmJudgment))).ThenRefused(Codes.CaseNumberUnknown);
        given.When(new AppealFiled(Second, Appellant.Both, Day("2023-07-01"))).ThenRefused(Codes.CaseNumberUnknown);
        given.When(Opened(InstanceLevel.Second, Second, "2023-01-01")).ThenAdmitted();
    }

    // ---- defendants

    [Fact]
    public void A_defendant_is_added_once_and_again_after_its_removal()
    {
        var given = Given.Facts(Docketed("wuquan"));
        given.When(new DefendantAdded("wuquan", DefendantCapacity.Joint, Day("2023-05-01"))).ThenRefused(Codes.DefendantAlreadyNamed);
        given.When(new DefendantRemoved("beiwudu", Day("2023-05-01"), "x")).ThenRefused(Codes.DefendantNotNamed);
        given.And(new DefendantRemoved("wuquan", Day("2023-05-01"), "x"))
            .When(new DefendantAdded("wuquan", DefendantCapacity.Joint, Day("2023-05-02"))).ThenAdmitted();
        given.When(new DefendantRemoved("wuquan", Day("2023-05-03"), "again")).ThenAdmitted();
    }

    [Fact]
    public void Only_who_has_ever_been_a_defendant_receives_files_confers_appears_and_corrects()
    {
        var given = Lost.And(Received("wuquan"));
        IFact[] facts =
        [
            Materials("beiwudu"), new CaseFilingSubmitted("beiwudu", First, At("2023-04-20T09:00:00")), Received("beiwudu"),
            new CaseConferenceHeld("beiwudu", Day("2023-04-20"), LossRisk.Red), new SelfCorrectionMade("beiwudu", Day("2023-04-20"), SelfCorrectionKind.Settled),
            Hearing("2023-04-20", ("wuquan", Attendee.Principal), ("beiwudu", Attendee.Principal)), Submitted("beiwudu", LossDocument.CauseAnalysis, "2023-06-01T09:00:00"),
        ];
        foreach (var fact in facts) given.When(fact).ThenRefused(Codes.DefendantNotNamed);
        given.When(new AnswerSubmitted("beiwudu", First, Day("2023-04-20"))).ThenAdmitted(); // the table does not name answers
        var removed = Given.Facts(Docketed("wuquan", "beiwudu"), new DefendantRemoved("beiwudu", Day("2023-04-11"), "x"));
        removed.When(Materials("beiwudu")).ThenAdmitted();
    }

    // ---- judgments

    [Fact]
    public void One_document_per_case_number_at_its_level_not_before_its_instance()
    {
        Lost.When(Rendered(First, InstanceLevel.First, "2023-05-21", ("wuquan", Outcome.DismissClaims))).ThenRefused(Codes.JudgmentAlreadyRendered);
        Lost.When(Judgment(("wuquan", Outcome.RevokeAll))).ThenNothing();
        var given = Given.Facts(Docketed("wuquan"));
        given.When(Rendered(First, InstanceLevel.Second, "2023-05-21", ("wuquan", Outcome.RevokeAll))).ThenRefused(Codes.JudgmentLevelMismatch);
        given.When(Rendered(First, InstanceLevel.First, "2023-04-09", ("wuquan", Outcome.RevokeAll))).ThenRefused(Codes.JudgmentBeforeOpened);
        given.When(Rendered(First, InstanceLevel.First, "2023-04-10", ("wuquan", Outcome.RevokeAll))).ThenAdmitted();
        Lost.And(Opened(InstanceLevel.Second, Second)).When(Rendered(Second, InstanceLevel.Second, "2023-06-19", ("wuquan", Outcome.RevokeAll)))
            .ThenRefused(Codes.JudgmentBeforeOpened);
    }

    [Fact]
    public void Each_defendant_not_removed_by_then_has_a_disposition()
    {
        var given = Given.Facts(Docketed("wuquan", "jiaotong"));
        given.When(Judgment(("wuquan", Outcome.RevokeAll))).ThenRefused(Codes.JudgmentMissingDisposition);
        given.When(Judgment()).ThenRefused(Codes.JudgmentMissingDisposition);
        given.And(new DefendantRemoved("jiaotong", Day("2023-05-20"), "x")).When(Judgment(("wuquan", Outcome.RevokeAll))).ThenAdmitted();
        var late = Given.Facts(Docketed("wuquan", "jiaotong"), new DefendantRemoved("jiaotong", Day("2023-05-21"), "x"));
        late.When(Judgment(("wuquan", Outcome.RevokeAll))).ThenRefused(Codes.JudgmentMissingDisposition);
        var addedLater = Given.Facts(Docketed("wuquan"), new DefendantAdded("jiaotong", DefendantCapacity.Joint, Day("2023-05-21")));
        addedLater.When(Judgment(("wuquan", Outcome.RevokeAll))).ThenAdmitted();
        addedLater.When(Judgment(("wuquan", Outcome.RevokeAll), ("jiaotong", Outcome.RevokeAll))).ThenAdmitted();
    }

    [Fact]
    public void Only_defendants_have_dispositions_each_pair_once_and_no_appeal_outcome_at_first_instance()
    {
        var given = Given.Facts(Docketed("wuquan"));
        given.When(Judgment(("wuquan", Outcome.RevokeAll), ("jiaotong", Outcome.RevokeAll))).ThenRefused(Codes.JudgmentNotADefendant);
        given.When(Judgment(("wuquan", Outcome.RevokeAll), ("wuquan", Outcome.RevokeAll))).ThenRefused(Codes.JudgmentDuplicateDisposition);
        given.When(Judgment(("wuquan", Outcome.RevokeAll), ("wuquan", Outcome.OrderDamages))).ThenAdmitted();
        foreach (var outcome in Enum.GetValues<Outcome>())
            if (outcome.ClassOf() == OutcomeClass.AppealOnly) given.When(Judgment(("wuquan", outcome))).ThenRefused(Codes.JudgmentOutcomeNotAtLevel);
            else given.When(Judgment(("wuquan", outcome))).ThenAdmitted();
        given.And(new DefendantRemoved("wuquan", Day("2023-05-01"), "x")).When(Judgment(("wuquan", Outcome.RevokeAll))).ThenAdmitted();
        foreach (var (level, number) in new[] { (InstanceLevel.Second, Second), (InstanceLevel.Petition, Petition), (InstanceLevel.Retrial, Retrial) })
            Lost.And(Opened(level, number)).When(Rendered(number, level, "2023-07-01", ("wuquan", Outcome.AffirmJudgment))).ThenAdmitted();
    }

    [Fact]
    public void The_first_code_of_the_table_is_the_one_given()
    {
        Given.Facts(Docketed("wuquan"), new DefendantRemoved("wuquan", Day("2023-05-01"), "x"))
            .When(Rendered(First, InstanceLevel.Retrial, "2023-01-01", ("jiaotong", Outcome.RevokeAll))).ThenRefused(Codes.JudgmentLevelMismatch);
        Given.Facts(Docketed("wuquan")).When(Judgment(("jiaotong", Outcome.AffirmRuling), ("jiaotong", Outcome.AffirmRuling))).ThenRefused(Codes.JudgmentMissingDisposition);
        Given.Facts(Docketed("wuquan")).When(Received("jiaotong")).ThenRefused(Codes.DefendantNotNamed);
        Given.Facts(Docketed("wuquan")).When(Received("nobody", "x")).ThenRefused(Codes.UnknownUnit);
    }

    [Fact]
    public void Received_appealed_or_effective_needs_a_document_and_is_not_before_it()
    {
        var given = Given.Facts(Docketed("wuquan"));
        given.When(Received("wuquan")).ThenRefused(Codes.JudgmentNotRendered);
        given.When(new AppealFiled(First, Appellant.Plaintiff, Day("2023-06-01"))).ThenRefused(Codes.JudgmentNotRendered);
        given.When(new OutcomeBecameEffective(First, Day("2023-06-01"), EffectiveBasis.CourtNotice)).ThenRefused(Codes.JudgmentNotRendered);
        Lost.When(Received("wuquan", on: "2023-05-19")).ThenRefused(Codes.JudgmentReceivedBeforeRendered);
        Lost.When(new AppealFiled(First, Appellant.Plaintiff, Day("2023-05-19"))).ThenRefused(Codes.AppealBeforeRendered);
        Lost.When(new OutcomeBecameEffective(First, Day("2023-05-19"), EffectiveBasis.CourtNotice)).ThenRefused(Codes.EffectiveBeforeRendered);
        Lost.When(Received("wuquan", on: "2023-05-20")).ThenAdmitted();
        Lost.When(new AppealFiled(First, Appellant.Plaintiff, Day("2023-05-20"))).ThenAdmitted();
        Lost.When(new OutcomeBecameEffective(First, Day("2023-05-20"), EffectiveBasis.CourtNotice)).ThenAdmitted();
    }

    // ---- receipts and filings

    [Fact]
    public void Materials_are_received_once_and_not_before_the_docketing_whatever_the_instance()
    {
        var given = Given.Facts(Docketed("wuquan"), Opened(InstanceLevel.Second, Second, "2023-06-20"));
        given.When(Materials("wuquan", "2023-04-09")).ThenRefused(Codes.ReceiptBeforeDocketed);
        given.When(Materials("wuquan", "2023-04-10", Second)).ThenAdmitted();
        given.When(Materials("wuquan", "2023-04-09", Second)).ThenRefused(Codes.ReceiptBeforeDocketed);
        given = given.And(Materials("wuquan"));
        given.When(Materials("wuquan", "2023-04-15")).ThenRefused(Codes.ReceiptAlreadyRecorded);
        given.When(Materials("wuquan")).ThenNothing();
        given.When(Materials("wuquan", caseNo: Second)).ThenAdmitted();
        var judged = Lost.And(Received("wuquan"));
        judged.When(Received("wuquan", on: "2023-05-26")).ThenRefused(Codes.ReceiptAlreadyRecorded);
        judged.When(Received("wuquan")).ThenNothing();
    }

    [Fact]
    public void A_filing_is_not_before_the_recorded_receipt()
    {
        var given = Given.Facts(Docketed("wuquan"));
        given.When(new CaseFilingSubmitted("wuquan", First, At("2023-04-11T09:00:00"))).ThenAdmitted();
        given.And(Materials("wuquan")).When(new CaseFilingSubmitted("wuquan", First, At("2023-04-13T23:59:59"))).ThenRefused(Codes.FilingBeforeReceipt);
        given.When(new CaseFilingSubmitted("wuquan", First, At("2023-04-14T00:00:00"))).ThenAdmitted();
        given.When(new CaseFilingSubmitted("wuquan", First, new DateTimeOffset(2023, 4, 13, 16, 0, 0, TimeSpan.Zero))).ThenAdmitted();
        Lost.When(Submitted("wuquan", LossDocument.CauseAnalysis, "2023-05-01T09:00:00")).ThenAdmitted();
        Lost.And(Received("wuquan")).When(Submitted("wuquan", LossDocument.CauseAnalysis, "2023-05-24T09:00:00")).ThenRefused(Codes.FilingBeforeReceipt);
        Given.Facts(Docketed("wuquan"), new CaseFilingSubmitted("wuquan", First, At("2023-04-11T09:00:00"))).When(Materials("wuquan")).ThenAdmitted();
    }

    [Fact]
    public void A_loss_document_is_filed_only_for_a_document_that_the_unit_lost()
    {
        Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.DismissClaims)))
            .When(Submitted("wuquan", LossDocument.CauseAnalysis, "2023-06-01T09:00:00")).ThenRefused(Codes.FilingNotALoss);
        Given.Facts(Docketed("wuquan")).When(Submitted("wuquan", LossDocument.CauseAnalysis, "2023-06-01T09:00:00")).ThenRefused(Codes.FilingNotALoss);
        Lost.When(Submitted("wuquan", LossDocument.CauseAnalysis, "2023-06-01T09:00:00")).ThenAdmitted();
        var appealed = Lost.And(Opened(InstanceLevel.Second, Second));
        appealed.And(Rendered(Second, InstanceLevel.Second, "2023-07-01", ("wuquan", Outcome.AppealWithdrawn)))
            .When(Submitted("wuquan", LossDocument.CauseAnalysis, "2023-07-05T09:00:00", Second)).ThenRefused(Codes.FilingNotALoss);
        Lost.And(Opened(InstanceLevel.Second, Second), Rendered(Second, InstanceLevel.Second, "2023-07-01", ("wuquan", Outcome.AffirmJudgment)))
            .When(Submitted("wuquan", LossDocument.CauseAnalysis, "2023-07-05T09:00:00", Second)).ThenAdmitted();
    }

    [Fact]
    public void A_lawsuit_is_linked_to_a_series_that_it_is_not_in()
    {
        var given = Given.Facts(Docketed("wuquan") with { Series = "s1" });
        given.When(new SeriesLinked("s1", Day("2023-05-01"), "x")).ThenRefused(Codes.SeriesAlreadyLinked);
        given.When(new SeriesLinked("s2", Day("2023-05-01"), "x")).ThenAdmitted();
        given.And(new SeriesLinked("s2", Day("2023-05-01"), "x")).When(new SeriesLinked("s1", Day("2023-05-02"), "y")).ThenAdmitted();
    }

    // ---- other streams

    [Fact]
    public void A_policy_is_adopted_once_and_may_take_effect_in_the_future()
    {
        var policy = new CountingPolicyAdopted(Given.Today.AddYears(1));
        Given.Nothing().When("policy/p", policy).ThenAdmitted();
        Given.Nothing().And("policy/p", policy).When("policy/p", policy).ThenNothing();
        Given.Nothing().And("policy/p", policy).When("policy/p", policy with { CountCompensation = false }).ThenRefused(Codes.PolicyAlreadyAdopted);
        Given.Nothing().And("policy/p", policy, Retracted(Given.Id(1))).When("policy/p", policy with { CountCompensation = false }).ThenAdmitted();
    }

    [Theory]
    [InlineData("2023-10-01", "2023-10-07", true)]
    [InlineData("2023-10-01", "2024-10-12", false)]
    [InlineData("2022-12-31", "2023-10-07", false)]
    [InlineData("2023-10-07", "2023-10-07", false)]
    [InlineData("2023-10-01", "2023-10-09", false)]
    public void A_calendar_lists_days_of_its_year_none_as_both_and_makes_up_on_weekends(string holiday, string makeUp, bool valid)
    {
        var when = Given.Nothing().When("calendar/2023", new CalendarYearPublished(2023, [Day(holiday)], [Day(makeUp)], "n"));
        if (valid) when.ThenAdmitted();
        else when.ThenRefused(Codes.CalendarInvalid);
    }

    [Fact]
    public void A_later_calendar_of_the_year_is_admitted()
    {
        var first = new CalendarYearPublished(2023, [Day("2023-10-01")], [], "n");
        Given.Nothing().And("calendar/2023", first).When("calendar/2023", first with { Holidays = [] }).ThenAdmitted();
    }

    // ---- repeats and conflicts

    [Fact]
    public void The_same_id_again_is_a_repeat_and_with_other_content_a_conflict()
    {
        var given = Given.Facts(Docketed("wuquan"), Hearing("2023-05-01", ("wuquan", Attendee.Principal)));
        given.WhenTold(Given.Id(2), Hearing("2023-05-01", ("wuquan", Attendee.Principal))).ThenNothing();
        given.WhenTold(Given.Id(2), Hearing("2023-05-01", ("wuquan", Attendee.Deputy))).ThenRefused(Codes.Conflict);
        given.WhenTold(Given.Id(2), Hearing("2099-05-01", ("wuquan", Attendee.Deputy))).ThenRefused(Codes.Conflict);
        given.WhenTold(Given.Id(1), new LawsuitSuspended(Day("2023-05-01"), "x")).ThenRefused(Codes.Conflict);
    }

    [Fact]
    public void Two_hearings_conferences_or_performances_of_a_day_are_two()
    {
        var hearing = Hearing("2023-05-01", ("wuquan", Attendee.Principal));
        var conference = new CaseConferenceHeld("wuquan", Day("2023-04-20"), LossRisk.Red);
        Given.Facts(Docketed("wuquan"), hearing, conference).When(hearing).ThenAdmitted();
        Given.Facts(Docketed("wuquan"), hearing, conference).When(conference).ThenAdmitted();
        var performed = new EnforcementPerformed("d", Day("2023-05-01"), 1);
        Given.Facts().And("unit/wuquan", performed).When("unit/wuquan", performed).ThenAdmitted();
    }

    [Fact]
    public void A_repeat_is_a_repeat_of_the_corrected_state()
    {
        var given = Given.Facts(Docketed("wuquan"), Materials("wuquan"), Corrected(Given.Id(2), ("receivedOn", "\"2023-04-15\"")));
        given.When(Materials("wuquan", "2023-04-15")).ThenNothing();
        given.When(Materials("wuquan")).ThenRefused(Codes.ReceiptAlreadyRecorded);
        given.When(Corrected(Given.Id(2), ("receivedOn", "\"2023-04-15\""))).ThenNothing();
        Given.Facts(Docketed("wuquan"), Materials("wuquan"), Retracted(Given.Id(2))).When(Materials("wuquan")).ThenAdmitted();
        Given.Facts(Docketed("wuquan"), Materials("wuquan"), Retracted(Given.Id(2))).When(Retracted(Given.Id(2))).ThenNothing();
    }

    // ---- benchmark

    [Fact]
    public void A_comparison_needs_the_same_basis_and_a_recorded_figure()
    {
        var figure = new ProvincialBenchmarkRecorded("2023", BenchmarkIndicator.LossRate, new Ratio(1, 10), CountingBasis.FirstInstanceClosed, "d");
        var facts = Given.Nothing().And("benchmark/2023", figure, figure with { Value = new Ratio(2, 10) }).Ledger().Stream(Subject("benchmark/2023")).Visible;
        Comparison.Of(BenchmarkIndicator.LossRate, new Ratio(15, 100), CountingPolicy.BuiltIn[0], facts, "2023").Comparison!.IsHigher.ShouldBeFalse();
        Comparison.Of(BenchmarkIndicator.LossRate, new Ratio(21, 100), CountingPolicy.BuiltIn[0], facts, "2023").Comparison!.IsHigher.ShouldBeTrue();
        Comparison.Of(BenchmarkIndicator.LossRate, new Ratio(1, 2), CountingPolicy.BuiltIn[1], facts, "2023").Refusal!.Code.ShouldBe(Codes.BenchmarkBasisDiffers);
        Comparison.Of(BenchmarkIndicator.CaseVolume, new Ratio(1, 1), CountingPolicy.BuiltIn[0], facts, "2023").Refusal!.Code.ShouldBe(Codes.BenchmarkNotFound);
    }

    [Fact]
    public void Every_code_has_its_text_in_both_languages()
    {
        foreach (var code in typeof(Codes).GetFields().Select(f => (string)f.GetRawConstantValue()!))
        {
            var refusal = Refusal.Of(code, "a", "b", "c", "d");
            refusal.Chinese.ShouldNotBeNullOrWhiteSpace();
            refusal.English.ShouldNotBeNullOrWhiteSpace();
        }
    }
}
