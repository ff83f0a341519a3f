using Ledger.Domain.Accountability;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Rectifications;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Rectifications;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Accountability;

/// <summary>What the questions and the board say of faults: no orphans.</summary>
public sealed class AccountabilityAnswerTests
{
    private const string A = Faults.A;

    [Fact]
    public void A_loss_by_fault_is_an_orphan_until_a_decision_stands()
    {
        var orphan = Ask<OrphanRow>(Losses.Adopted.Ledger().On(), "orphans").ShouldHaveSingleItem();
        (orphan.Unit, orphan.Subject, orphan.CaseNo, orphan.Since, orphan.Case, orphan.Stage, orphan.Evidence.Single().Fact)
            .ShouldBe(("wuquan", "rectification/r", First, Day("2023-06-02"), null, null, "LossCauseDetermined"));
        Ask<OrphanRow>(Faults.Opened.Ledger().On(), "orphans").ShouldHaveSingleItem().Stage.ShouldBe(AccountabilityStage.Clue);
        Ask<OrphanRow>(Faults.Determined.Ledger().On(), "orphans").ShouldHaveSingleItem().Case.ShouldBe("x");
        Ask<OrphanRow>(Faults.Pursued.Ledger().On(), "orphans").ShouldBeEmpty();
        Ask<OrphanRow>(Faults.Pursued.Ledger().On(Day("2023-07-31")), "orphans").ShouldHaveSingleItem();
        Ask<OrphanRow>(Faults.Granted.Ledger().On(), "orphans").ShouldBeEmpty();
        Ask<OrphanRow>(Losses.Adopted.Ledger().On(), "orphans", new Asked { Unit = "jiaotong" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_corrected_case_number_makes_no_orphan_of_what_was_decided()
    {
        const string renamed = "（2023）豫1121行初8号";
        var given = Faults.Pursued.And(Corrected(Given.Id(1), ("caseNo", $"\"{renamed}\"")));
        Ask<OrphanRow>(given.Ledger().On(), "orphans").ShouldBeEmpty();
        var decided = given.Ledger().On().Duties.Single(d => d.Kind == DutyKind.AccountabilityDecision);
        (decided.CaseNo, decided.Status).ShouldBe((renamed, DutyStatus.Met));
        // A clue that is opened afterwards may say either number.
        var corrected = Losses.Adopted.And(Corrected(Given.Id(1), ("caseNo", $"\"{renamed}\"")));
        corrected.When(A, Faults.Clue).ThenAdmitted();
        corrected.When(A, Faults.Clue with { Loss = new("a", renamed, "r") }).ThenAdmitted();
        Ask<OrphanRow>(corrected.And(A, Faults.Clue).Ledger().On(), "orphans").ShouldHaveSingleItem().Case.ShouldBe("x");
    }

    [Theory]
    [InlineData("accountability-cases")]
    [InlineData("orphans")]
    [InlineData("tolerances")]
    public void No_clerk_is_told_of_an_inquiry(string question) => Areas.Questions.Single(q => q.Name == question).Audience.ShouldBe(Audience.Office);

    [Fact]
    public void Without_a_fault_there_is_nothing_to_decide()
    {
        Ask<OrphanRow>(Losses.Opened.And(Losses.R, Losses.Cause(fault: false)).Ledger().On(), "orphans").ShouldBeEmpty();
        // Corrected, or determined anew.
        Ask<OrphanRow>(Losses.Adopted.And(Losses.R, Corrected(Given.Id(5), ("fault", "false"))).Ledger().On(), "orphans").ShouldBeEmpty();
        var anew = Losses.Adopted.And(Losses.R, Losses.Cause(LossCause.Other, false, "2023-09-01")).Ledger();
        Ask<OrphanRow>(anew.On(), "orphans").ShouldBeEmpty();
        Ask<OrphanRow>(anew.On(Day("2023-08-31")), "orphans").ShouldHaveSingleItem();
    }

    [Fact]
    public void A_confirmed_finding_is_an_orphan_too()
    {
        var given = Faults.Found;
        var orphans = Ask<OrphanRow>(given.Ledger().On(), "orphans");
        orphans.Select(o => (o.Subject, o.Finding, o.Since)).ShouldBe([("rectification/r", null, Day("2023-06-02")), ("supervision/s", "f1", Day("2023-06-10"))]);
        given.And(A, new FaultClueOpened("wuquan", Day("2023-06-20"), null, new FindingOrigin("s", "f1")), new FaultInvestigationStarted(InvestigatingOrgan.OwnUnit, 2, Day("2023-06-25")),
            new FaultInvestigationConcluded(false, Faults.Sha, Day("2023-07-20")), new AccountabilityNotPursued([NotPursuedReason.NoFault], Faults.Sha, Day("2023-07-25")));
        Ask<OrphanRow>(given.Ledger().On(), "orphans").ShouldHaveSingleItem().Subject.ShouldBe("rectification/r");
        var duty = given.Ledger().On().Duties.Single(d => d.Kind == DutyKind.AccountabilityDecision && d.Item == "f1");
        (duty.Status, duty.MetOn, duty.Evidence.Single().Fact).ShouldBe((DutyStatus.Met, Day("2023-07-25"), "AccountabilityNotPursued"));
    }

    [Fact]
    public void What_lapsed_is_an_orphan_again()
    {
        var revoked = Faults.Granted.And(A, new ToleranceRevoked("整改不实", Day("2023-10-08"))).Ledger();
        Ask<OrphanRow>(revoked.On(Day("2023-10-07")), "orphans").ShouldBeEmpty();
        Ask<OrphanRow>(revoked.On(), "orphans").ShouldHaveSingleItem().Stage.ShouldBe(AccountabilityStage.DecisionLapsed);
        revoked.On().Duties.Single(d => d.Kind == DutyKind.AccountabilityDecision).Status.ShouldBe(DutyStatus.Pending);
        revoked.On(Day("2023-10-07")).Duties.Single(d => d.Kind == DutyKind.AccountabilityDecision).MetOn.ShouldBe(Day("2023-08-10"));
    }

    [Fact]
    public void A_loss_that_the_appeal_took_back_needs_no_decision() => Ask<OrphanRow>(Losses.Adopted.And(
        Opened(InstanceLevel.Second, Second), Rendered(Second, InstanceLevel.Second, "2023-08-20", ("wuquan", Outcome.DismissClaims)),
        new OutcomeBecameEffective(Second, Day("2023-08-28"), EffectiveBasis.SecondInstance)).Ledger().On(), "orphans").ShouldBeEmpty();

    [Fact]
    public void A_case_shows_its_forms_by_role_and_names_nobody()
    {
        var given = Faults.Pursued.And(A, new CaseTransferredToSupervisoryCommission("1号", Day("2023-07-28")), new AccountabilityExecuted(Day("2023-08-20"), Faults.Sha));
        var row = Ask<AccountabilityRow>(given.Ledger().On(), "accountability-cases").ShouldHaveSingleItem();
        (row.Stage, row.DecidedOn, row.DocumentNo, row.ExecutedOn, row.TransferredOn, row.CaseNo, row.Severity)
            .ShouldBe((AccountabilityStage.Pursued, Day("2023-08-01"), "舞责决〔2023〕3号", Day("2023-08-20"), Day("2023-07-28"), First, FaultSeverity.Ordinary));
        row.Forms.Select(f => (f.SubjectKind, f.Form, f.Role)).ShouldBe(
            [(AccountabilitySubject.Organ, AccountabilityForm.OrderCorrection, null), (AccountabilitySubject.Person, AccountabilityForm.CriticismEducation, LiabilityRole.Handler)]);
        System.Text.Json.JsonSerializer.Serialize(row, FactJson.Options).ShouldNotContain("张某");
        Ask<AccountabilityRow>(Faults.Concluded.Ledger().On(), "accountability-cases").Single().Stage.ShouldBe(AccountabilityStage.Concluded);
        Ask<AccountabilityRow>(Faults.Concluded.Ledger().On(Day("2023-06-26")), "accountability-cases").Single().Stage.ShouldBe(AccountabilityStage.Investigating);
        Ask<AccountabilityRow>(given.Ledger().On(), "accountability-cases", new Asked { Status = "Clue" }).ShouldBeEmpty();
        Ask<AccountabilityRow>(given.Ledger().On(), "accountability-cases", new Asked { Unit = "jiaotong" }).ShouldBeEmpty();
    }

    [Fact]
    public void Forms_are_counted_while_their_decision_stands()
    {
        var given = Faults.Pursued;
        Forms(given, "2023Q3").ShouldBe([(AccountabilityForm.OrderCorrection, 1, 1, 0, 0), (AccountabilityForm.CriticismEducation, 1, 1, 0, 0)]);
        Forms(given, "2023Q2").ShouldBeEmpty();
        given.And(A, new AccountabilityAppealed(AppealKind.Review, AccountabilitySubject.Person, Day("2023-08-15")), new AccountabilityAppealDecided(AppealOutcome.Changed, "1号", Day("2023-09-10")),
            Faults.Pursuit with { DecidedOn = Day("2023-09-20"), Measures = [Faults.Pursuit.Measures[0], new(AccountabilitySubject.Person, AccountabilityForm.Talk, DecidingAuthority.OwnOrgan, "p1"), new(AccountabilitySubject.Person, AccountabilityForm.Talk, DecidingAuthority.OwnOrgan, "p2")] },
            new AccountabilityExecuted(Day("2023-09-28"), Faults.Sha));
        Forms(given, "2023Q3").ShouldBe(
            [(AccountabilityForm.OrderCorrection, 1, 1, 1, 1), (AccountabilityForm.Talk, 1, 2, 1, 0), (AccountabilityForm.CriticismEducation, 0, 0, 0, 1)]);

        static IEnumerable<(AccountabilityForm, int, int, int, int)> Forms(Given given, string period) =>
            Ask<FormRow>(given.Ledger().On(), "accountability-by-form", new Asked { Period = Period.Parse(period) }).Select(r => (r.Form, r.Cases, r.Subjects, r.Executed, r.Overturned));
    }

    [Fact]
    public void Tolerance_is_shown_with_the_consult_and_a_rectification_that_goes_on()
    {
        var row = Ask<ToleranceRow>(Faults.Granted.Ledger().On(), "tolerances").ShouldHaveSingleItem();
        (row.Status, row.RequestedOn, row.ConsultedOn, row.Opinion, row.GrantedOn, row.Approval, row.Rectification, row.RectificationState)
            .ShouldBe((ToleranceStatus.Granted, Day("2023-07-28"), Day("2023-08-05"), ConsultOpinion.NoObjection, Day("2023-08-10"), "t", "r", RectificationState.InProgress));
        Ask<ToleranceRow>(Faults.Granted.Ledger().On(Day("2023-08-06")), "tolerances").Single().Status.ShouldBe(ToleranceStatus.Consulted);
        Ask<ToleranceRow>(Faults.Consulted.And(A, new ToleranceRejected([ToleranceRejection.DisciplineDisagrees], Day("2023-08-12"))).Ledger().On(), "tolerances").Single().Status.ShouldBe(ToleranceStatus.Rejected);
        Ask<ToleranceRow>(Faults.Granted.And(A, new ToleranceRevoked("整改不实", Day("2023-10-08"))).Ledger().On(), "tolerances", new Asked { Status = "Revoked" }).Single().RevokedFor.ShouldBe("整改不实");
        Ask<ToleranceRow>(Faults.Determined.Ledger().On(), "tolerances").ShouldBeEmpty();
        // The measure is still due: the grant does not end it.
        Faults.Granted.Ledger().On().Duties.Single(d => d.Kind == DutyKind.Rectification).Status.ShouldBe(DutyStatus.Overdue);
    }

    private static List<TRow> Ask<TRow>(Situation situation, string question, Asked? asked = null) =>
        (List<TRow>)Areas.Questions.Single(q => q.Name == question).Answer(situation, asked ?? new Asked()).Value!;
}
