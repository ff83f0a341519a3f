using System.Text.Json;
using Ledger.Domain.Disputes;
using Ledger.Domain.Facts;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Disputes;

/// <summary>诉前化解 (plan 3.2.1): what may be recorded about a dispute.</summary>
public sealed class DisputeRuleTests
{
    private const string D = "dispute/d";

    internal static readonly string Hash = new('b', 64);

    internal static DisputeRecorded Dispute(string unit = "wuquan", string on = "2023-03-01") =>
        new(unit, PartyKind.Citizen, DisputeSource.Visit, "自然资源", "责令限期拆除", Day(on), "舞泉镇");

    internal static NonLitigationGuidanceGiven Guided(string on = "2023-03-03", bool suitRightStated = true) =>
        new(NonLitigationChannel.DisputeMediationCentre, Day(on), suitRightStated, Hash);

    internal static PreLitigationMediationStarted Started(string on = "2023-03-06", string no = "m1") => new(no, MediationBody.DisputeMediationCentre, Day(on));

    internal static PreLitigationMediationSucceeded Succeeded(string on = "2023-03-20", bool performed = false, string? performBy = null) =>
        new("m1", Day(on), Hash, performed, performBy is null ? null : Day(performBy));

    internal static ReconsiderationFiled Filed(string on = "2023-03-07") => new("r1", "舞阳县人民政府", Day(on));

    internal static ReconsiderationDecided Decided(ReconsiderationDecision decision, string on = "2023-04-20") => new("r1", decision, Day(on), Hash);

    internal static DisputeEnteredLitigation Sued(string on = "2023-04-12", string lawsuit = "a") => new(lawsuit, Day(on));

    private static Given Known => Given.Facts().And(D, Dispute());

    private static Given InCourt => Given.Facts(Docketed("wuquan")).And(D, Dispute(), Sued());

    [Fact]
    public void A_dispute_is_registered_guided_and_mediated() => Known.And(D, Guided(), Started(), Succeeded())
        .When(D, new MediationAgreementPerformed("m1", Day("2023-04-01"), Hash)).ThenAdmitted();

    [Fact]
    public void Nothing_is_known_of_a_dispute_before_it_is_registered() => Given.Facts().When(D, Guided()).ThenRefused(Codes.SubjectNotFound);

    [Fact]
    public void A_dispute_is_registered_once() => Known.When(D, Dispute("jiaotong")).ThenRefused(Codes.SubjectAlreadyOpened);

    [Fact]
    public void Its_unit_is_registered() => Given.Facts().When(D, Dispute("nobody")).ThenRefused(Codes.UnknownUnit);

    [Fact]
    public void Guidance_states_the_right_to_sue() => Known.When(D, Guided(suitRightStated: false)).ThenRefused(Codes.DisputeSuitRightNotStated);

    [Fact]
    public void Guidance_cannot_be_corrected_into_one_that_does_not_state_the_right_to_sue() =>
        Known.And(D, Guided()).When(D, Corrected(Given.Id(2), ("suitRightStated", "false"))).ThenRefused(Codes.FactInvalidHistory, Codes.DisputeSuitRightNotStated);

    [Fact]
    public void Nobody_is_guided_away_from_the_court_once_there_is_a_suit() => InCourt.When(D, Guided("2023-04-12")).ThenRefused(Codes.DisputeAlreadyInLitigation);

    [Fact]
    public void No_mediation_of_before_a_suit_begins_after_it() => InCourt.When(D, Started("2023-04-13")).ThenRefused(Codes.DisputeAlreadyInLitigation);

    [Fact]
    public void No_reconsideration_is_applied_for_after_a_suit() => InCourt.When(D, Filed("2023-04-13")).ThenRefused(Codes.DisputeAlreadyInLitigation);

    [Fact]
    public void Guidance_that_was_given_before_the_suit_may_be_recorded_after_it() => InCourt.When(D, Guided("2023-04-11")).ThenAdmitted();

    [Fact]
    public void A_success_may_be_told_before_the_failure_of_another_mediation() =>
        Known.And(D, Started(), Started("2023-03-05", "m0"), Succeeded()).When(D, new PreLitigationMediationFailed("m0", Day("2023-03-06"), MediationFailure.NoAgreement)).ThenAdmitted();

    [Fact]
    public void A_mediation_starts_once() => Known.And(D, Started()).When(D, Started("2023-03-09")).ThenRefused(Codes.DisputeMediationAlreadyStarted);

    [Fact]
    public void A_mediation_that_never_started_has_no_result() => Known.When(D, Succeeded()).ThenRefused(Codes.DisputeMediationNotStarted);

    [Fact]
    public void A_mediation_ends_once() => Known.And(D, Started(), Succeeded())
        .When(D, new PreLitigationMediationFailed("m1", Day("2023-03-21"), MediationFailure.TermExpired)).ThenRefused(Codes.DisputeMediationAlreadyEnded);

    [Fact]
    public void A_mediation_ends_after_it_started() => Known.And(D, Started()).When(D, Succeeded("2023-03-05")).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void A_success_needs_the_agreement()
    {
        var entry = EventCatalog.Find("PreLitigationMediationSucceeded")!;
        FactJson.Read(entry, JsonSerializer.Deserialize<JsonElement>("""{"mediationNo":"m1","agreedOn":"2023-03-20","performed":true}""")).Refusal!.Code.ShouldBe(Codes.MissingMember);
        FactJson.Read(entry, JsonSerializer.Deserialize<JsonElement>("""{"mediationNo":"m1","agreedOn":"2023-03-20","agreementSha256":"有","performed":true}""")).Refusal!.Code
            .ShouldBe(Codes.InvalidValue);
    }

    [Fact]
    public void Without_an_agreement_nothing_is_performed() => Known.And(D, Started())
        .When(D, new MediationAgreementPerformed("m1", Day("2023-04-01"), Hash)).ThenRefused(Codes.DisputeNoAgreement);

    [Fact]
    public void An_agreement_is_performed_once() => Known.And(D, Started(), Succeeded(performed: true))
        .When(D, new MediationAgreementPerformed("m1", Day("2023-04-01"), Hash)).ThenRefused(Codes.DisputeAgreementAlreadyPerformed);

    [Fact]
    public void An_agreement_is_performed_after_it_was_made() => Known.And(D, Started(), Succeeded())
        .When(D, new MediationAgreementPerformed("m1", Day("2023-03-19"), Hash)).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void A_reconsideration_is_applied_for_once() => Known.And(D, Filed()).When(D, Filed("2023-03-08")).ThenRefused(Codes.DisputeReconsiderationAlreadyFiled);

    [Fact]
    public void A_decision_needs_an_application() => Known.When(D, Decided(ReconsiderationDecision.Affirm)).ThenRefused(Codes.DisputeReconsiderationNotFiled);

    [Fact]
    public void A_reconsideration_is_decided_once() => Known.And(D, Filed(), Decided(ReconsiderationDecision.Affirm))
        .When(D, Decided(ReconsiderationDecision.Revoke)).ThenRefused(Codes.DisputeReconsiderationAlreadyDecided);

    [Fact]
    public void A_decision_comes_after_the_application() =>
        Known.And(D, Filed()).When(D, Decided(ReconsiderationDecision.Affirm, "2023-03-06")).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void The_lawsuit_exists() => Known.When(D, Sued(lawsuit: "nothing")).ThenRefused(Codes.SubjectNotFound);

    [Fact]
    public void The_lawsuit_is_against_the_unit() => Given.Facts(Docketed("jiaotong")).And(D, Dispute()).When(D, Sued()).ThenRefused(Codes.DisputeNotADefendant);

    [Fact]
    public void A_lawsuit_is_linked_once() => InCourt.When(D, Sued("2023-04-20")).ThenRefused(Codes.DisputeAlreadyLinked);

    [Theory]
    [InlineData("2023-04-09")] // the lawsuit was docketed on 2023-04-10
    [InlineData("2023-02-28")]
    public void The_suit_comes_after_the_docketing_and_the_registration(string on) =>
        Given.Facts(Docketed("wuquan")).And(D, Dispute()).When(D, Sued(on)).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void Who_was_in_court_already_has_no_dispute_before_court() =>
        Given.Facts(Docketed("wuquan")).And(D, Dispute(on: "2023-05-01")).When(D, Sued()).ThenRefused(Codes.DateOutOfOrder, "DisputeRecorded");

    [Fact]
    public void A_repeat_says_nothing_new() => InCourt.When(D, Sued()).ThenNothing();
}
