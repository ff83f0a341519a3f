using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Supervision;
using Ledger.Domain.Units;
using Ledger.Host.Answers;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Supervision;

/// <summary>What supervision refuses, and what arrives late and is let in.</summary>
public sealed class SupervisionRuleTests
{
    private const string S = "supervision/x";
    private static readonly string Sha = new('b', 64);

    private static readonly KeySupervisionTargetDesignated Target = new("wuquan", TargetReason.ManyLosses, Day("2024-02-01"));
    private static readonly OnSiteSupervisionStarted Started = new("wuquan", ["A1", "A2"], Day("2024-02-19"));
    private static readonly SupervisionFindingRecorded Found = new("f1", "wuquan", FindingType.ProceduralViolation, "《行政处罚法》第六十三条", Day("2024-02-20"));
    private static readonly SupervisionOpinionIssued Opinion = new("wuquan", "意1", ["f1"], Day("2024-03-15"), Day("2024-03-01"));
    private static readonly SupervisionDecisionIssued Decision = new("wuquan", "决1", SupervisionDecisionKind.Revoke, Day("2024-03-18"), "意1");

    private static Given Opened => Given.Facts().And(S, Target);

    private static Given WithOpinion => Opened.And(S, Found, Opinion);

    private static SupervisionCorrectionReported Report(string on, string unit = "wuquan") => new(unit, "意1", Day(on), Sha);

    [Fact]
    public void A_file_begins_with_what_opens_it() => Given.Facts().When(S, Started).ThenRefused(Codes.SubjectNotFound);

    [Fact]
    public void A_file_is_opened_once() => Opened.When(S, new QuarterlyVisitConducted("wuquan", Day("2024-02-01"), 0)).ThenRefused(Codes.SubjectAlreadyOpened);

    [Fact]
    public void A_file_is_about_registered_units() => Given.Facts().When(S, Target with { Unit = "nobody" }).ThenRefused(Codes.UnknownUnit);

    [Fact]
    public void What_belongs_to_another_kind_of_file_has_no_place() => Opened.When(S, new MajorPenaltyReviewed(PenaltyReviewResult.Lawful, Day("2024-03-01"))).ThenRefused(Codes.SupervisionOtherKind);

    [Fact]
    public void A_file_is_about_its_own_units() => Opened.When(S, Started with { Unit = "gongan" }).ThenRefused(Codes.SupervisionOtherUnit);

    [Fact]
    public void Nothing_comes_before_the_opening() => Opened.When(S, Started with { StartedOn = Day("2024-01-31") }).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void A_team_has_two_people_with_certificates()
    {
        Opened.When(S, Started with { Team = ["A1", "A1", " "] }).ThenRefused(Codes.SupervisionTeamTooSmall);
        Opened.When(S, new SiteInspectionConducted("wuquan", ["A1"], "办公室", Day("2024-02-20"))).ThenRefused(Codes.SupervisionTeamTooSmall);
        Opened.When(S, Started).ThenAdmitted();
    }

    [Fact]
    public void A_station_starts_and_ends_once()
    {
        var end = new OnSiteSupervisionEnded("wuquan", Started.StartedOn, Day("2024-02-29"));
        Opened.When(S, end).ThenRefused(Codes.SupervisionStationUnknown);
        Opened.And(S, Started).When(S, Started with { Team = ["A1", "A3"] }).ThenRefused(Codes.SupervisionStationStarted);
        Opened.And(S, Started).When(S, end with { EndedOn = Day("2024-02-18") }).ThenRefused(Codes.DateOutOfOrder);
        Opened.And(S, Started, end).When(S, end with { EndedOn = Day("2024-03-01") }).ThenRefused(Codes.SupervisionStationEnded);
        Opened.And(S, Started, end).When(S, end).ThenNothing();
    }

    [Fact]
    public void A_review_is_scored_out_of_a_hundred()
    {
        var review = new CaseFileReviewed("wuquan", 10, 88.5m, [new(FileDefect.Evidence, 2)], Day("2024-02-21"));
        Opened.When(S, review).ThenAdmitted();
        Opened.When(S, review with { Score = 100.5m }).ThenRefused(Codes.SupervisionScoreInvalid);
        Opened.When(S, review with { Sampled = 0 }).ThenRefused(Codes.InvalidValue);
        Opened.When(S, review with { Defects = [new(FileDefect.Evidence, 2), new(FileDefect.Evidence, 1)] }).ThenRefused(Codes.SupervisionDefectRepeated);
        Opened.When(S, review with { Defects = [new(FileDefect.Evidence, 0)] }).ThenRefused(Codes.InvalidValue);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 0)]
    public void A_training_has_hours_and_people(int hours, int attendees) =>
        Opened.When(S, new EnforcementTrainingHeld("wuquan", "程序", hours, attendees, Day("2024-02-21"))).ThenRefused(Codes.InvalidValue);

    [Fact]
    public void A_deficiency_names_its_finding()
    {
        var check = new SupervisionItemChecked("wuquan", SupervisionItem.ThreeSystems, ItemResult.Deficient, Day("2024-02-21"));
        Opened.When(S, check).ThenRefused(Codes.SupervisionDeficiencyWithoutFinding);
        Opened.When(S, check with { Finding = "f1" }).ThenRefused(Codes.SupervisionFindingUnknown);
        Opened.And(S, Found).When(S, check with { Finding = "f1" }).ThenAdmitted();
    }

    [Fact]
    public void A_finding_is_recorded_and_decided_once()
    {
        var confirmed = new SupervisionFindingConfirmed("f1", "wuquan", Day("2024-02-22"));
        Opened.And(S, Found).When(S, Found with { Type = FindingType.AbusedAuthority }).ThenRefused(Codes.SupervisionFindingRecorded);
        Opened.When(S, confirmed).ThenRefused(Codes.SupervisionFindingUnknown);
        Opened.And(S, Found).When(S, confirmed with { ConfirmedOn = Day("2024-02-19") }).ThenRefused(Codes.DateOutOfOrder);
        Opened.And(S, Found, confirmed).When(S, new SupervisionFindingDismissed("f1", "wuquan", "不实", Day("2024-02-23"))).ThenRefused(Codes.SupervisionFindingDecided);
    }

    [Fact]
    public void A_certificate_is_suspended_for_a_finding_and_a_time()
    {
        Opened.When(S, new LicenceCertificateSuspended("wuquan", "f1", "C1", 3, Day("2024-03-01"))).ThenRefused(Codes.SupervisionFindingUnknown);
        Opened.And(S, Found).When(S, new LicenceCertificateSuspended("wuquan", "f1", "C1", 0, Day("2024-03-01"))).ThenRefused(Codes.InvalidValue);
        Opened.And(S, Found).When(S, new LicenceCertificateSuspended("wuquan", "f1", "C1", 3, Day("2024-03-01"))).ThenAdmitted();
    }

    [Fact]
    public void An_opinion_is_about_findings_of_its_unit_and_has_a_number_of_its_own()
    {
        Opened.When(S, Opinion).ThenRefused(Codes.SupervisionFindingUnknown);
        Opened.When(S, Opinion with { Findings = [] }).ThenRefused(Codes.SupervisionFindingUnknown);
        Opened.And(S, Found).When(S, Opinion with { TermDueOn = Day("2024-02-28") }).ThenRefused(Codes.DateOutOfOrder);
        WithOpinion.When(S, Opinion with { IssuedOn = Day("2024-03-02") }).ThenRefused(Codes.SupervisionDocumentTaken);
    }

    [Fact]
    public void A_notice_is_issued_only_where_one_is_in_force()
    {
        var notice = new SupervisionNoticeIssued("wuquan", "通1", ["f1"], Day("2024-03-15"), Day("2024-03-01"));
        var pilot = new SupervisionInstrumentAdopted(Instrument.Notice, Day("2024-03-01"), "试点办法");
        Opened.And(S, Found).When(S, notice).ThenRefused(Codes.SupervisionInstrumentNotInForce);
        Opened.And(S, Found).When(S, notice with { InstrumentRule = "pilot" }).ThenRefused(Codes.SupervisionInstrumentNotInForce);
        Opened.And(S, Found).And("policy/pilot", pilot).When(S, notice with { InstrumentRule = "pilot" }).ThenAdmitted();
        Opened.And(S, Found).And("policy/pilot", pilot with { EffectiveFrom = Day("2024-03-02") }).When(S, notice with { InstrumentRule = "pilot" }).ThenRefused(Codes.SupervisionInstrumentNotInForce);
        Opened.And(S, Found).And("policy/pilot", pilot with { Instrument = Instrument.Decision }).When(S, notice with { InstrumentRule = "pilot" }).ThenRefused(Codes.SupervisionInstrumentNotInForce);
    }

    [Theory]
    [InlineData(Instrument.Notice, "2026-01-31", false)]
    [InlineData(Instrument.Notice, "2026-02-01", true)]
    [InlineData(Instrument.Opinion, "2016-06-01", true)]
    [InlineData(Instrument.Decision, "2015-12-31", false)]
    public void The_built_in_types_are_dated(Instrument type, string on, bool inForce) => Assert.Equal(inForce, InstrumentTypes.RuleFor(type, Day(on), null) is not null);

    [Fact]
    public void An_instrument_type_is_adopted_once_and_not_after_itself()
    {
        var adopted = new SupervisionInstrumentAdopted(Instrument.Notice, Day("2026-02-01"), "条例");
        Given.Facts().And("policy/i", adopted).When("policy/i", adopted with { Basis = "另一依据" }).ThenRefused(Codes.PolicyAlreadyAdopted);
        Given.Facts().When("policy/i", adopted with { RequiresPrior = Instrument.Notice }).ThenRefused(Codes.InvalidValue);
    }

    [Fact]
    public void A_decision_follows_an_opinion_whose_term_expired_unhandled()
    {
        WithOpinion.When(S, Decision).ThenAdmitted();
        WithOpinion.When(S, Decision with { Prior = null }).ThenRefused(Codes.SupervisionDecisionWithoutPrior);
        WithOpinion.When(S, Decision with { Prior = "意9" }).ThenRefused(Codes.SupervisionDocumentUnknown);
        WithOpinion.When(S, Decision with { IssuedOn = Opinion.TermDueOn }).ThenRefused(Codes.SupervisionTermRunning);
    }

    [Fact]
    public void What_was_reported_in_time_is_not_decided_unless_the_report_was_sent_back()
    {
        var rejected = new SupervisionCorrectionRejected("意1", Day("2024-03-14"), "未撤销", Day("2024-03-16"));
        WithOpinion.And(S, Report("2024-03-14")).When(S, Decision).ThenRefused(Codes.SupervisionPriorHandled);
        WithOpinion.And(S, Report("2024-03-16")).When(S, Decision).ThenAdmitted();
        WithOpinion.And(S, Report("2024-03-14"), rejected).When(S, Decision).ThenAdmitted();
        WithOpinion.And(S, Report("2024-03-14"), rejected with { RejectedOn = Day("2024-03-19") }).When(S, Decision).ThenRefused(Codes.SupervisionPriorHandled);
        WithOpinion.And(S, Report("2024-03-14"), rejected).And(S, Decision).When(S, Retracted(Given.Id(5))).ThenRefused(Codes.FactInvalidHistory, Codes.SupervisionPriorHandled);
    }

    [Fact]
    public void A_report_that_arrives_after_the_decision_is_let_in() => WithOpinion.And(S, Decision).When(S, Report("2024-03-14")).ThenAdmitted();

    [Fact]
    public void A_policy_may_let_a_decision_be_issued_at_once() => Opened.And(S, Found)
        .And("policy/new", new SupervisionInstrumentAdopted(Instrument.Decision, Day("2024-01-01"), "新办法"))
        .When(S, Decision with { Prior = null, InstrumentRule = "new" }).ThenAdmitted();

    [Fact]
    public void A_report_is_about_an_instrument_and_sent_back_once()
    {
        var rejected = new SupervisionCorrectionRejected("意1", Day("2024-03-14"), "未撤销", Day("2024-03-16"));
        WithOpinion.When(S, Report("2024-03-14") with { DocumentNo = "意9" }).ThenRefused(Codes.SupervisionDocumentUnknown);
        WithOpinion.When(S, Report("2024-02-29")).ThenRefused(Codes.DateOutOfOrder);
        WithOpinion.When(S, rejected).ThenRefused(Codes.SupervisionReportUnknown);
        WithOpinion.And(S, Report("2024-03-14"), rejected).When(S, rejected with { Reason = "另一理由" }).ThenRefused(Codes.SupervisionReportRejected);
        WithOpinion.And(S, Report("2024-03-14")).When(S, rejected with { RejectedOn = Day("2024-03-13") }).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void The_successor_reports_once_the_obligation_is_transferred()
    {
        WithOpinion.When(S, Report("2024-03-14", "gongan")).ThenRefused(Codes.SupervisionOtherUnit);
        WithOpinion.And("unit/wuquan", new ObligationTransferred(DutyKind.SupervisionCorrection, "gongan", Day("2024-03-10"), null, "意1"))
            .When(S, Report("2024-03-14", "gongan")).ThenAdmitted();
    }

    [Fact]
    public void What_becomes_of_an_act_is_what_the_decision_says()
    {
        WithOpinion.And(S, Decision).When(S, new EnforcementActRevoked("wuquan", "决1", "罚7", Day("2024-03-20"))).ThenAdmitted();
        WithOpinion.And(S, Decision).When(S, new EnforcementActModified("wuquan", "决1", "罚7", Day("2024-03-20"))).ThenRefused(Codes.SupervisionResultNotOrdered);
        WithOpinion.When(S, new EnforcementActConfirmedUnlawful("wuquan", "决1", "罚7", Day("2024-03-20"))).ThenRefused(Codes.SupervisionDocumentUnknown);
        WithOpinion.When(S, new EnforcementActModified("wuquan", "意1", "罚7", Day("2024-03-10"))).ThenAdmitted();
    }

    [Fact]
    public void An_annual_supervision_has_a_scope_and_is_launched_before_it_is_concluded()
    {
        var planned = new AnnualSpecialSupervisionPlanned(2024, "程序", ["wuquan"], Day("2024-02-01"));
        var launched = new AnnualSpecialSupervisionLaunched(Day("2024-03-01"), "5号");
        var concluded = new AnnualSpecialSupervisionConcluded("已整改", Sha, Day("2024-06-01"));
        Given.Facts().When(S, planned with { Units = [] }).ThenRefused(Codes.SupervisionScopeEmpty);
        Given.Facts().When(S, planned with { Year = 24 }).ThenRefused(Codes.InvalidValue);
        Given.Facts().And(S, planned).When(S, concluded).ThenRefused(Codes.SupervisionNotLaunched);
        Given.Facts().And(S, planned, launched).When(S, launched with { DocumentNo = "6号" }).ThenRefused(Codes.SupervisionAlreadyDone);
        Given.Facts().And(S, planned, launched).When(S, concluded with { Conclusion = " " }).ThenRefused(Codes.SupervisionConclusionMissing);
        Given.Facts().And(S, planned, launched).When(S, concluded with { ConcludedOn = Day("2024-02-28") }).ThenRefused(Codes.DateOutOfOrder);
        Given.Facts().And(S, planned, launched, concluded).When(S, concluded with { Conclusion = "再次" }).ThenRefused(Codes.SupervisionAlreadyDone);
    }

    [Fact]
    public void An_annual_supervision_is_of_its_year()
    {
        var planned = new AnnualSpecialSupervisionPlanned(2024, "程序", ["wuquan"], Day("2023-02-01"));
        var launched = new AnnualSpecialSupervisionLaunched(Day("2023-12-02"), "5号");
        var concluded = new AnnualSpecialSupervisionConcluded("已整改", Sha, Day("2024-01-01"));
        Given.Facts().And(S, planned, launched).When(S, concluded with { ConcludedOn = Day("2023-12-31") }).ThenRefused(Codes.DateOutOfOrder);
        Given.Facts().And(S, planned, launched, concluded).Ledger();
        Given.Facts().And(S, planned with { PlannedOn = Day("2022-12-01") }).When(S, launched).ThenRefused(Codes.DateOutOfOrder);
        Given.Facts().And(S, planned with { Year = 2022, PlannedOn = Day("2022-02-01") }).When(S, launched).ThenRefused(Codes.InvalidValue);
    }

    [Fact]
    public void The_visitor_is_not_the_visited_and_a_rotation_is_a_cycle()
    {
        Given.Facts().When(S, new CrossSupervisionConducted("wuquan", "wuquan", Day("2024-02-01"), 0)).ThenRefused(Codes.SupervisionSelfVisit);
        Given.Facts().When(S, new RotationalSupervisionConducted(["wuquan", "gongan"], Day("2024-02-01"), 0)).ThenRefused(Codes.SupervisionNotACycle);
        Given.Facts().When(S, new RotationalSupervisionConducted(["wuquan", "gongan", "wuquan"], Day("2024-02-01"), 0)).ThenRefused(Codes.SupervisionNotACycle);
        Given.Facts().When(S, new QuarterlyVisitConducted("wuquan", Day("2024-02-01"), -1)).ThenRefused(Codes.InvalidValue);
    }

    [Fact]
    public void A_case_is_elevated_and_closed_once_and_with_a_conclusion()
    {
        var opened = new IndividualCaseSupervisionOpened("gongan", "案1", CaseSource.Complaint, Day("2024-02-01"), Day("2024-04-01"));
        var closed = new IndividualCaseSupervisionClosed("已变更", Sha, Day("2024-03-01"));
        var elevated = new CaseSupervisionElevated("案1", "市司法局", ElevationReason.MajorImpact, Day("2024-02-10"));
        Given.Facts().When(S, opened with { DueOn = Day("2024-01-01") }).ThenRefused(Codes.DateOutOfOrder);
        Given.Facts().And(S, opened).When(S, closed with { Conclusion = "" }).ThenRefused(Codes.SupervisionConclusionMissing);
        Given.Facts().And(S, opened).When(S, elevated with { CaseReference = "案2" }).ThenRefused(Codes.SupervisionOtherCase);
        Given.Facts().And(S, opened, elevated).When(S, elevated with { Superior = "省司法厅" }).ThenRefused(Codes.SupervisionAlreadyDone);
        Given.Facts().And(S, opened, closed).When(S, closed with { Conclusion = "再次" }).ThenRefused(Codes.SupervisionAlreadyDone);
        Given.Facts().And(S, opened, closed).When(S, elevated).ThenAdmitted();
    }

    [Theory]
    [InlineData(PenaltyParty.Person, PenaltyKind.Fine, "9999.99", Codes.SupervisionPenaltyBelowThreshold)]
    [InlineData(PenaltyParty.Person, PenaltyKind.Fine, "10000", null)]
    [InlineData(PenaltyParty.Organisation, PenaltyKind.Confiscation, "99999.99", Codes.SupervisionPenaltyBelowThreshold)]
    [InlineData(PenaltyParty.Organisation, PenaltyKind.Fine, "100000", null)]
    [InlineData(PenaltyParty.Organisation, PenaltyKind.Fine, null, Codes.MissingMember)]
    [InlineData(PenaltyParty.Person, PenaltyKind.LicenceRevocation, null, null)]
    [InlineData(PenaltyParty.Person, PenaltyKind.ProductionSuspension, null, null)]
    public void Only_a_major_penalty_is_filed(PenaltyParty party, PenaltyKind kind, string? amount, string? code)
    {
        var when = Given.Facts().When(S, new MajorPenaltyFiled("gongan", "罚1", party, kind, Day("2024-02-01"), Day("2024-02-10"), amount is null ? null : decimal.Parse(amount)));
        if (code is null) when.ThenAdmitted();
        else when.ThenRefused(code);
    }

    [Fact]
    public void A_penalty_is_filed_after_it_was_decided_and_reviewed_once()
    {
        var filed = new MajorPenaltyFiled("gongan", "罚1", PenaltyParty.Person, PenaltyKind.LicenceRevocation, Day("2024-02-01"), Day("2024-02-10"));
        Given.Facts().When(S, filed with { FiledOn = Day("2024-01-31") }).ThenRefused(Codes.DateOutOfOrder);
        Given.Facts().And(S, filed, new MajorPenaltyReviewed(PenaltyReviewResult.Lawful, Day("2024-02-20")))
            .When(S, new MajorPenaltyReviewed(PenaltyReviewResult.Flawed, Day("2024-02-21"))).ThenRefused(Codes.SupervisionAlreadyDone);
    }

    [Fact]
    public void An_issue_of_licensing_is_found_and_resolved_once()
    {
        var patrol = Given.Facts().And(S, new LicensingPatrolConducted("gongan", 10, Day("2024-02-01")));
        var found = new LicensingIssueFound("i1", "事项1", LicensingStage.Acceptance, "超期", "https://example.cn/1", Day("2024-02-02"));
        var resolved = new LicensingIssueResolved("gongan", "i1", "已整改", Day("2024-02-10"), Sha);
        Given.Facts().When(S, new LicensingPatrolConducted("gongan", 0, Day("2024-02-01"))).ThenRefused(Codes.InvalidValue);
        patrol.When(S, resolved).ThenRefused(Codes.SupervisionIssueUnknown);
        patrol.And(S, found).When(S, found with { Description = "另一情况" }).ThenRefused(Codes.SupervisionIssueFound);
        patrol.When(S, resolved with { ResolvedOn = Day("2024-02-01") }).ThenRefused(Codes.DateOutOfOrder);
        patrol.And(S, resolved).When(S, resolved with { Resolution = "再次" }).ThenRefused(Codes.SupervisionAlreadyDone);
    }

    [Fact]
    public void A_township_has_one_supervision_node()
    {
        var node = new SupervisionNodeEstablished("舞泉司法所", 2, Day("2023-09-01"));
        Given.Facts().When("unit/wuquan", node).ThenAdmitted();
        Given.Facts().When("unit/gongan", node).ThenRefused(Codes.SupervisionNotATownship);
        Given.Facts().When("unit/wuquan", node with { Supervisors = -1 }).ThenRefused(Codes.InvalidValue);
        Given.Facts().And("unit/wuquan", node).When("unit/wuquan", node with { JudicialOffice = "另一所" }).ThenRefused(Codes.SupervisionNodeEstablished);
    }

    [Fact]
    public void The_numbers_of_the_supervisors_certificates_are_personal_data()
    {
        IFact[] facts = [Started, new SiteInspectionConducted("wuquan", ["A1", "A2"], "办公室", Day("2024-02-20"))];
        foreach (var fact in facts)
        {
            Masking.IsPersonal(StreamKind.Supervision, fact).ShouldBeTrue();
            Masking.DataOf(StreamKind.Supervision, fact, unmasked: false)["team"]!.AsArray().Select(n => (string?)n).ShouldBe(["A某某", "A某某"]);
        }
    }
}
