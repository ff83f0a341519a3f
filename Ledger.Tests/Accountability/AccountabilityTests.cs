using System.Text.Json;
using Ledger.Domain.Accountability;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Rectifications;
using Ledger.Domain.Supervision;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Rectifications;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Accountability;

/// <summary>Small stories of a fault case.</summary>
internal static class Faults
{
    public const string A = "accountability/x";
    public const string S = "supervision/s";
    public const string Approval = "approval/t";

    public static readonly string Sha = new('a', 64);

    public static readonly FaultClueOpened Clue = new("wuquan", Day("2023-06-20"), new LossOrigin("a", First, "r"));

    public static readonly AccountabilityDecided Pursuit = new(
        [
            new(AccountabilitySubject.Organ, AccountabilityForm.OrderCorrection, DecidingAuthority.CountyGovernment),
            new(AccountabilitySubject.Person, AccountabilityForm.CriticismEducation, DecidingAuthority.OwnOrgan, "p1"),
        ],
        "舞责决〔2023〕3号", Day("2023-08-01"));

    public static readonly ToleranceGranted Grant = new("t", Day("2023-08-10"), Sha, "r");

    public static Given Opened => Losses.Adopted.And(A, Clue);

    public static Given Concluded => Opened.And(A, new FaultInvestigationStarted(InvestigatingOrgan.SupervisingOffice, 2, Day("2023-06-25")), new FaultInvestigationConcluded(true, Sha, Day("2023-07-20")));

    public static Given Determined => Concluded.And(A, Fault());

    public static Given Pursued => Determined.And(A, Pursuit);

    /// <summary>Requested, and the discipline organ consulted.</summary>
    public static Given Consulted => Determined.And(A, Request(), Consult());

    public static Given Granted => Approved(Consulted, Grant).And(A, Grant);

    public static FaultDetermined Fault(params ExcludedGround[] excluded) => new(
        [FaultType.ProceduralViolation], FaultSeverity.Ordinary, [new("p1", "张某", LiabilityRole.Handler), new("p2", "李某", LiabilityRole.Approver)],
        Day("2023-07-25"), "supervisor", excluded.Length == 0 ? null : excluded);

    public static ToleranceRequested Request(string on = "2023-07-28") => new([ToleranceCondition.UnclearLaw], Day(on), "clerk");

    public static ToleranceConsulted Consult(string on = "2023-08-05") => new(DisciplineOrgan.CountyCommission, "舞纪函〔2023〕9号", ConsultOpinion.NoObjection, Day(on));

    public static ApprovalRequested Ask(IFact fact, string about = A) => new(
        about, EventCatalog.NameOf(fact), JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(FactJson.Write(fact))!, "supervisor", Day("2023-08-06"), "符合条件");

    public static Given Approved(Given given, IFact fact) => given.And(Approval, Ask(fact), new ApprovalGranted("leader", Day("2023-08-08")));

    /// <summary>A file of supervision of 舞泉镇 with the finding f1 confirmed on 2023-06-10.</summary>
    public static Given Found => Losses.Adopted.And(
        S, new LicensingPatrolConducted("wuquan", 5, Day("2023-06-01")),
        new SupervisionFindingRecorded("f1", "wuquan", FindingType.ProceduralViolation, "行政处罚法44条", Day("2023-06-01")),
        new SupervisionFindingConfirmed("f1", "wuquan", Day("2023-06-10")));
}

/// <summary>What a fault case refuses.</summary>
public sealed class AccountabilityTests
{
    private const string A = Faults.A;

    private static readonly FaultClueOpened OfFinding = new("wuquan", Day("2023-06-20"), null, new FindingOrigin("s", "f1"));

    [Fact]
    public void A_clue_comes_from_one_loss_or_one_finding()
    {
        Losses.Adopted.When(A, Faults.Clue).ThenAdmitted();
        Losses.Adopted.When(A, Faults.Clue with { Loss = null }).ThenRefused(Codes.AccountabilityOrigin);
        Losses.Adopted.When(A, Faults.Clue with { Finding = new("s", "f1") }).ThenRefused(Codes.AccountabilityOrigin);
    }

    [Fact]
    public void The_loss_is_that_of_the_rectification()
    {
        Losses.Adopted.When(A, Faults.Clue with { Unit = "jiaotong" }).ThenRefused(Codes.AccountabilityOtherLoss);
        Losses.Adopted.When(A, Faults.Clue with { Loss = new("b", First, "r") }).ThenRefused(Codes.AccountabilityOtherLoss);
        Losses.Adopted.When(A, Faults.Clue with { Loss = new("a", First, "none") }).ThenRefused(Codes.SubjectNotFound);
        Losses.Adopted.When(A, Faults.Clue with { OpenedOn = Day("2023-05-25") }).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void The_finding_is_confirmed()
    {
        Faults.Found.When(A, OfFinding).ThenAdmitted();
        Faults.Found.When(A, OfFinding with { OpenedOn = Day("2023-06-09") }).ThenRefused(Codes.DateOutOfOrder);
        Faults.Found.When(A, OfFinding with { Unit = "jiaotong" }).ThenRefused(Codes.AccountabilityFindingNotConfirmed);
        Faults.Found.When(A, OfFinding with { Finding = new("s", "f2") }).ThenRefused(Codes.AccountabilityFindingNotConfirmed);
    }

    [Fact]
    public void Two_investigate_and_the_case_is_open_by_then()
    {
        Faults.Opened.When(A, new FaultInvestigationStarted(InvestigatingOrgan.OwnUnit, 1, Day("2023-06-25"))).ThenRefused(Codes.InvalidValue);
        Faults.Opened.When(A, new FaultInvestigationStarted(InvestigatingOrgan.OwnUnit, 2, Day("2023-06-19"))).ThenRefused(Codes.DateOutOfOrder);
        Faults.Opened.When(A, new FaultInvestigationConcluded(true, Faults.Sha, Day("2023-07-20"))).ThenRefused(Codes.AccountabilityNotInvestigated);
    }

    [Fact]
    public void A_fault_is_determined_after_an_investigation_that_found_one()
    {
        Faults.Opened.When(A, Faults.Fault()).ThenRefused(Codes.AccountabilityNotConcluded);
        Faults.Concluded.When(A, Faults.Fault() with { DeterminedOn = Day("2023-07-19") }).ThenRefused(Codes.AccountabilityNotConcluded);
        Faults.Concluded.And(A, new FaultInvestigationConcluded(false, Faults.Sha, Day("2023-07-24"))).When(A, Faults.Fault()).ThenRefused(Codes.AccountabilityNotConcluded);
        Faults.Concluded.When(A, Faults.Fault() with { Types = [] }).ThenRefused(Codes.InvalidValue);
        Faults.Concluded.When(A, Faults.Fault() with { Persons = [new("p1", "张某", LiabilityRole.Handler), new("p1", "李某", LiabilityRole.Approver)] }).ThenRefused(Codes.AccountabilityPersonTwice);
    }

    [Fact]
    public void Nothing_is_decided_before_a_fault_is_determined()
    {
        Faults.Concluded.When(A, Faults.Pursuit).ThenRefused(Codes.AccountabilityNoFault);
        Faults.Determined.When(A, Faults.Pursuit with { DecidedOn = Day("2023-07-24") }).ThenRefused(Codes.AccountabilityNoFault);
        Faults.Opened.When(A, new AccountabilityNotPursued([NotPursuedReason.NoFault], Faults.Sha, Day("2023-08-01"))).ThenRefused(Codes.AccountabilityNotConcluded);
        Faults.Determined.When(A, new AccountabilityNotPursued([], Faults.Sha, Day("2023-08-01"))).ThenRefused(Codes.InvalidValue);
        Faults.Determined.When(A, Faults.Pursuit with { Measures = [] }).ThenRefused(Codes.InvalidValue);
    }

    [Theory]
    [InlineData(AccountabilitySubject.Organ, AccountabilityForm.Circular, DecidingAuthority.CountyGovernment, null, null)]
    [InlineData(AccountabilitySubject.Organ, AccountabilityForm.Circular, DecidingAuthority.SupervisoryCommission, null, null)]
    [InlineData(AccountabilitySubject.Organ, AccountabilityForm.CancelHonour, DecidingAuthority.SuperiorOrgan, null, null)]
    [InlineData(AccountabilitySubject.Organ, AccountabilityForm.CancelHonour, DecidingAuthority.OwnOrgan, null, Codes.AccountabilityWrongAuthority)]
    [InlineData(AccountabilitySubject.Organ, AccountabilityForm.OrderCorrection, DecidingAuthority.LegalBody, null, Codes.AccountabilityWrongAuthority)]
    [InlineData(AccountabilitySubject.Organ, AccountabilityForm.Admonition, DecidingAuthority.CountyGovernment, null, Codes.AccountabilityFormNotForSubject)]
    [InlineData(AccountabilitySubject.Organ, AccountabilityForm.Circular, DecidingAuthority.CountyGovernment, "p1", Codes.InvalidValue)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.OrderCorrection, DecidingAuthority.OwnOrgan, "p1", Codes.AccountabilityFormNotForSubject)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.Admonition, DecidingAuthority.AppointingOrgan, "p2", null)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.Circular, DecidingAuthority.OwnOrgan, "p1", null)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.Circular, DecidingAuthority.CountyGovernment, "p1", Codes.AccountabilityWrongAuthority)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.Disqualified, DecidingAuthority.LegalBody, "p1", null)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.Disqualified, DecidingAuthority.OwnOrgan, "p1", Codes.AccountabilityWrongAuthority)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.LicenceSuspended, DecidingAuthority.LegalBody, "p1", null)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.SanctionDemerit, DecidingAuthority.SupervisoryCommission, "p1", null)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.SanctionDismissal, DecidingAuthority.AppointingOrgan, "p1", null)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.SanctionDemerit, DecidingAuthority.OwnOrgan, "p1", Codes.AccountabilityWrongAuthority)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.TransferToSupervision, DecidingAuthority.LegalBody, "p1", null)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.Talk, DecidingAuthority.OwnOrgan, null, Codes.AccountabilityPersonWithoutRole)]
    [InlineData(AccountabilitySubject.Person, AccountabilityForm.Talk, DecidingAuthority.OwnOrgan, "p3", Codes.AccountabilityUnknownPerson)]
    public void Forms_and_authorities_are_those_of_the_regulation(AccountabilitySubject subject, AccountabilityForm form, DecidingAuthority authority, string? person, string? code)
    {
        var when = Faults.Determined.When(A, Faults.Pursuit with { Measures = [new(subject, form, authority, person)] });
        if (code is null) when.ThenAdmitted();
        else when.ThenRefused(code);
    }

    [Fact]
    public void The_same_form_does_not_meet_the_same_fact_twice()
    {
        var (one, authority) = (Faults.Pursuit.Measures[1], DecidingAuthority.AppointingOrgan);
        Faults.Determined.When(A, Faults.Pursuit with { Measures = [one, one with { Authority = authority }] }).ThenRefused(Codes.AccountabilityFormTwice);
        Faults.Determined.When(A, Faults.Pursuit with { Measures = [one, one with { Person = "p2" }] }).ThenAdmitted();
    }

    [Fact]
    public void No_second_terminal_decision_while_one_stands()
    {
        Faults.Pursued.When(A, Faults.Pursuit with { DecidedOn = Day("2023-09-01") }).ThenRefused(Codes.AccountabilityAlreadyDecided);
        Faults.Pursued.When(A, new AccountabilityNotPursued([NotPursuedReason.NoFault], Faults.Sha, Day("2023-07-30"))).ThenRefused(Codes.AccountabilityAlreadyDecided);
        Faults.Determined.And(A, new AccountabilityNotPursued([NotPursuedReason.NoFault], Faults.Sha, Day("2023-07-30"))).When(A, Faults.Pursuit).ThenRefused(Codes.AccountabilityAlreadyDecided);
        Faults.Granted.When(A, Faults.Pursuit with { DecidedOn = Day("2023-09-01") }).ThenRefused(Codes.AccountabilityAlreadyDecided);
        Faults.Granted.When(A, new ToleranceRejected([ToleranceRejection.ConditionsNotMet], Day("2023-09-01"))).ThenRefused(Codes.AccountabilityAlreadyDecided);
    }

    [Fact]
    public void What_was_set_aside_on_appeal_is_decided_anew()
    {
        static Given Appealed(AppealOutcome result) => Faults.Pursued.And(A, new AccountabilityAppealed(AppealKind.Review, AccountabilitySubject.Person, Day("2023-08-15")), new AccountabilityAppealDecided(result, "1号", Day("2023-09-10")));
        Appealed(AppealOutcome.Upheld).When(A, Faults.Pursuit with { DecidedOn = Day("2023-09-20") }).ThenRefused(Codes.AccountabilityAlreadyDecided);
        Appealed(AppealOutcome.Changed).When(A, Faults.Pursuit with { DecidedOn = Day("2023-09-20") }).ThenAdmitted();
        Appealed(AppealOutcome.Revoked).When(A, new AccountabilityNotPursued([NotPursuedReason.NoFault], Faults.Sha, Day("2023-09-20"))).ThenAdmitted();
        Appealed(AppealOutcome.Revoked).When(A, new AccountabilityExecuted(Day("2023-09-20"), Faults.Sha)).ThenRefused(Codes.AccountabilityNotPursuing);
    }

    [Fact]
    public void Only_a_standing_decision_is_executed_or_appealed_against()
    {
        Faults.Determined.When(A, new AccountabilityExecuted(Day("2023-08-20"), Faults.Sha)).ThenRefused(Codes.AccountabilityNotPursuing);
        Faults.Pursued.When(A, new AccountabilityExecuted(Day("2023-07-31"), Faults.Sha)).ThenRefused(Codes.AccountabilityNotPursuing);
        Faults.Determined.When(A, new AccountabilityAppealed(AppealKind.Appeal, AccountabilitySubject.Organ, Day("2023-08-20"))).ThenRefused(Codes.AccountabilityNotPursuing);
        Faults.Pursued.When(A, new AccountabilityAppealDecided(AppealOutcome.Upheld, "1号", Day("2023-09-10"))).ThenRefused(Codes.AccountabilityNoAppeal);
    }

    [Fact]
    public void A_decision_on_which_an_execution_rests_is_not_retracted() => Faults.Pursued.And(A, new AccountabilityExecuted(Day("2023-08-20"), Faults.Sha))
        .When(A, Retracted(Given.Id(11))).ThenRefused(Codes.FactInvalidHistory, Codes.AccountabilityNotPursuing);

    [Fact]
    public void Two_persons_grant_tolerance()
    {
        Faults.Consulted.When(A, Faults.Grant).ThenRefused(Codes.ApprovalMissing);
        Faults.Approved(Faults.Consulted, Faults.Grant).When(A, Faults.Grant).ThenAdmitted();
        Faults.Approved(Faults.Consulted, Faults.Grant).When(A, Faults.Grant with { GrantedOn = Day("2023-08-11") }).ThenRefused(Codes.ApprovalOtherContent);
        Faults.Consulted.When(Faults.Approval, Faults.Ask(Faults.Grant with { Approval = "u" })).ThenRefused(Codes.ApprovalOtherKey);
    }

    [Fact]
    public void The_discipline_organ_is_consulted_first()
    {
        Faults.Determined.When(A, Faults.Consult()).ThenRefused(Codes.ToleranceNotRequested);
        Faults.Determined.When(A, Faults.Grant).ThenRefused(Codes.ToleranceNotRequested);
        Faults.Determined.And(A, Faults.Request()).When(A, Faults.Grant).ThenRefused(Codes.ToleranceNotConsulted);
        Faults.Determined.And(A, Faults.Request(), Faults.Consult("2023-08-11")).When(A, Faults.Grant).ThenRefused(Codes.ToleranceNotConsulted);
        Faults.Determined.When(A, new ToleranceRequested([], Day("2023-07-28"), "clerk")).ThenRefused(Codes.InvalidValue);
        Faults.Determined.When(A, new ToleranceRejected([ToleranceRejection.NotCorrected], Day("2023-08-10"))).ThenRefused(Codes.ToleranceNotRequested);
        Faults.Consulted.When(A, new ToleranceRejected([], Day("2023-08-10"))).ThenRefused(Codes.InvalidValue);
        Faults.Concluded.And(A, Faults.Request(), Faults.Consult()).When(A, Faults.Grant).ThenRefused(Codes.AccountabilityNoFault);
    }

    [Theory]
    [InlineData(ExcludedGround.KnowingViolation)]
    [InlineData(ExcludedGround.PrivateGain)]
    [InlineData(ExcludedGround.GreatLoss)]
    [InlineData(ExcludedGround.CorrectionRefused)]
    [InlineData(ExcludedGround.Favouritism)]
    public void Some_faults_are_never_tolerated(ExcludedGround ground) =>
        Faults.Concluded.And(A, Faults.Fault(ground), Faults.Request(), Faults.Consult()).When(A, Faults.Grant).ThenRefused(Codes.ToleranceExcluded);

    [Fact]
    public void Tolerance_goes_with_correction()
    {
        // The only measure was adopted after the grant.
        Losses.Opened.And(Losses.R, Losses.Cause(), Losses.Measure(due: "2023-09-30", on: "2023-08-11"))
            .And(A, Faults.Clue, new FaultInvestigationStarted(InvestigatingOrgan.OwnUnit, 2, Day("2023-06-25")), new FaultInvestigationConcluded(true, Faults.Sha, Day("2023-07-20")), Faults.Fault(), Faults.Request(), Faults.Consult())
            .When(A, Faults.Grant).ThenRefused(Codes.ToleranceNoRectification);
        Faults.Consulted.When(A, Faults.Grant with { Rectification = "none" }).ThenRefused(Codes.ToleranceNoRectification);
        Faults.Consulted.When(A, Faults.Grant with { Rectification = null }).ThenRefused(Codes.ToleranceNoRectification);
        Faults.Consulted
            .And("lawsuit/b", Docketed("wuquan") with { CaseNo = "（2023）豫1121行初2号" }, Rendered("（2023）豫1121行初2号", InstanceLevel.First, "2023-05-20", ("wuquan", Outcome.RevokeAll)))
            .And("rectification/b", new RectificationOpened("b", "wuquan", "（2023）豫1121行初2号", Day("2023-05-26")), Losses.Measure())
            .When(A, Faults.Grant with { Rectification = "b" }).ThenRefused(Codes.ToleranceOtherRectification);
    }

    [Fact]
    public void A_finding_is_put_right_in_its_own_file()
    {
        static Given Consulted(Given given) => given.And(
            A, OfFinding, new FaultInvestigationStarted(InvestigatingOrgan.OwnUnit, 2, Day("2023-06-25")), new FaultInvestigationConcluded(true, Faults.Sha, Day("2023-07-20")),
            Faults.Fault(), Faults.Request(), Faults.Consult());
        var grant = Faults.Grant with { Rectification = null };
        Consulted(Faults.Found).When(A, grant).ThenRefused(Codes.ToleranceNoRectification);
        var corrected = Faults.Found.And(
            Faults.S, new SupervisionOpinionIssued("wuquan", "1号", ["f1"], Day("2023-07-15"), Day("2023-06-15")), new SupervisionCorrectionReported("wuquan", "1号", Day("2023-07-10"), Faults.Sha));
        Faults.Approved(Consulted(corrected), grant).When(A, grant).ThenAdmitted();
    }

    [Fact]
    public void A_tolerance_that_stands_is_revoked_and_the_case_decided_anew()
    {
        Faults.Determined.When(A, new ToleranceRevoked("整改不实", Day("2023-10-08"))).ThenRefused(Codes.ToleranceNotStanding);
        Faults.Granted.And(A, new ToleranceRevoked("整改不实", Day("2023-10-08"))).When(A, Faults.Pursuit with { DecidedOn = Day("2023-10-20") }).ThenAdmitted();
    }
}
