using Ledger.Domain.Capacity;
using Ledger.Domain.Facts;
using Ledger.Domain.OutsideVoices;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Capacity;

/// <summary>External supervisors and their conflicts; responsibilities, mechanisms and joint supervision.</summary>
public sealed class MechanismTests
{
    private const string E1 = "supervisor/e1";
    private const string Wuquan = "unit/wuquan";
    private static readonly string Sha = new('f', 64);
    private static readonly ExternalSupervisorEnlisted Enlisted = new("李某", ExternalBackground.Lawyer, Day("2023-01-01"), Day("2024-12-31"), ["b"]);
    private static readonly ExternalSupervisorAssigned Assigned = new("a", Day("2023-05-08"));
    private static readonly JointSupervisionHeld Joint = new("拆除程序", ["gongan", "beiwudu"], Day("2023-06-01"), 5, 3);
    private static readonly MechanismDocumentIssued Bulletin = new(
        Mechanism.LitigationBulletin, "舞司〔2023〕8号", [MechanismIssuer.Court, MechanismIssuer.JusticeBureau], Day("2023-04-20"), Sha);

    private static Given Start => Given.Facts(Docketed()).And(E1, Enlisted);

    private static IReadOnlyList<TRow> Ask<TRow>(MemoryLedger ledger, string question, Asked? asked = null, DateOnly? asOf = null) =>
        (IReadOnlyList<TRow>)Areas.Questions.Single(q => q.Name == question).Answer(ledger.On(asOf), asked ?? new Asked()).Value!;

    [Fact]
    public void Who_declared_a_conflict_is_not_assigned()
    {
        Start.When(E1, Assigned).ThenAdmitted();
        Start.When(E1, Assigned with { Lawsuit = "b" }).ThenRefused(Codes.ExternalConflict);
        Start.And(E1, new ExternalConflictDeclared("a", Day("2023-05-08"))).When(E1, Assigned).ThenRefused(Codes.ExternalConflict);
        Start.And(E1, new ExternalConflictDeclared("a", Day("2023-05-09"))).When(E1, Assigned).ThenAdmitted();
    }

    [Fact]
    public void An_assignment_lies_within_the_term_and_after_the_docketing_of_a_lawsuit_that_there_is()
    {
        Start.When(E1, Assigned with { AssignedOn = Day("2022-12-31") }).ThenRefused(Codes.ExternalOutsideTerm);
        Start.And(E1, new SupervisorRemoved(Day("2023-05-07"), "辞任")).When(E1, Assigned).ThenRefused(Codes.ExternalOutsideTerm);
        Start.When(E1, Assigned with { AssignedOn = Day("2023-04-09") }).ThenRefused(Codes.DateOutOfOrder);
        Start.When(E1, Assigned with { Lawsuit = "nowhere" }).ThenRefused(Codes.LawsuitNotFound);
    }

    [Fact]
    public void A_stream_is_opened_once_by_either_kind_of_supervisor()
    {
        var lay = new SupervisorAppointed("张某", SupervisorKind.Media, "县融媒体中心", Day("2023-01-01"), Day("2024-12-31"));
        Start.When(E1, lay).ThenRefused(Codes.SubjectAlreadyOpened);
        Given.Facts(Docketed()).And(E1, lay).When(E1, Enlisted).ThenRefused(Codes.SubjectAlreadyOpened);
        Given.Facts(Docketed()).And(E1, lay).When(E1, Assigned).ThenRefused(Codes.SubjectNotFound);
        Given.Facts().When(E1, Enlisted with { To = Day("2022-12-31") }).ThenRefused(Codes.SupervisorTermReversed);
        Start.When(E1, new ExternalConflictDeclared("a", Day("2022-12-31"))).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void The_roster_shows_who_must_step_back_and_names_nobody()
    {
        var given = Start.And(E1, Assigned, new ExternalConflictDeclared("a", Day("2023-06-01")));
        var row = Ask<ExternalSupervisorRow>(given.Ledger(), "external-supervisors").ShouldHaveSingleItem();
        (row.Background, row.Active, string.Join(',', row.Conflicts), string.Join(',', row.Conflicted)).ShouldBe((ExternalBackground.Lawyer, true, "b,a", "a"));
        row.ToString().ShouldNotContain("李某");
        Ask<ExternalSupervisorRow>(given.Ledger(), "external-supervisors", asOf: Day("2023-05-31")).ShouldHaveSingleItem().Conflicted.ShouldBeEmpty();
        Ask<ExternalSupervisorRow>(given.And(E1, Retracted(Given.Id(4))).Ledger(), "external-supervisors").ShouldHaveSingleItem().Conflicted.ShouldBeEmpty();
        Ask<SupervisorRow>(given.Ledger(), "supervisors").ShouldBeEmpty();
    }

    [Fact]
    public void A_post_answers_for_a_field_until_another_does()
    {
        var given = Given.Facts().And(
            Wuquan, new ResponsibilityAssigned(ResponsibilityField.Litigation, "分管副镇长", Day("2023-01-01")),
            new ResponsibilityAssigned(ResponsibilityField.Litigation, "司法所长", Day("2024-01-01")));
        given.When(Wuquan, new ResponsibilityAssigned(ResponsibilityField.Litigation, "镇长", Day("2024-01-01"))).ThenRefused(Codes.ResponsibilityAlreadyAssigned);
        given.When(Wuquan, new ResponsibilityAssigned(ResponsibilityField.Training, "镇长", Day("2024-01-01"), Day("2023-12-31"))).ThenRefused(Codes.DateOutOfOrder);
        var rows = Ask<ResponsibilityRow>(given.Ledger(), "responsibilities", new Asked { Unit = "wuquan" });
        rows.Where(r => r.Field == ResponsibilityField.Litigation).Select(r => (r.Post, r.Until, r.InForce))
            .ShouldBe([("分管副镇长", Day("2023-12-31"), false), ("司法所长", null, true)]);
        rows.Single(r => r.Field == ResponsibilityField.Training).Post.ShouldBeNull();
        Ask<ResponsibilityRow>(given.Ledger(), "responsibilities", new Asked { Unit = "wuquan" }, Day("2023-06-01"))[0].InForce.ShouldBeTrue();
    }

    [Fact]
    public void A_mechanism_is_laid_down_by_somebody_in_a_document_of_its_own()
    {
        Given.Facts().When("policy/m1", Bulletin with { Issuers = [] }).ThenRefused(Codes.MechanismWithoutIssuer);
        Given.Facts().And("policy/m1", Bulletin).When("policy/m1", Bulletin with { DocumentNo = "9号" }).ThenRefused(Codes.MechanismAlreadyIssued);
        var given = Given.Facts().And("policy/m1", Bulletin);
        var rows = Ask<MechanismRow>(given.Ledger(), "mechanisms").ToDictionary(r => r.Mechanism);
        (rows[Mechanism.LitigationBulletin].Clause, rows[Mechanism.LitigationBulletin].DocumentNo, rows[Mechanism.Coordination].DocumentNo)
            .ShouldBe(("3.2.3a", "舞司〔2023〕8号", null));
        Ask<MechanismRow>(given.Ledger(), "mechanisms", new Asked { Clause = "3.2.3a" }, Day("2023-04-19")).ShouldHaveSingleItem().IssuedOn.ShouldBeNull();
    }

    [Fact]
    public void A_joint_supervision_is_held_with_others()
    {
        Given.Facts().When(Wuquan, Joint with { With = [] }).ThenRefused(Codes.JointSupervisionAlone);
        Given.Facts().When(Wuquan, Joint with { With = ["wuquan"] }).ThenRefused(Codes.JointSupervisionAlone);
        Given.Facts().When(Wuquan, Joint with { With = ["nowhere"] }).ThenRefused(Codes.UnknownUnit);
        Given.Facts().When(Wuquan, Joint with { Supervisors = 1 }).ThenRefused(Codes.InvalidValue);
        Given.Facts().When(Wuquan, Joint with { Findings = -1 }).ThenRefused(Codes.InvalidValue);
        var ledger = Given.Facts().And(Wuquan, Joint).Ledger();
        Ask<JointSupervisionRow>(ledger, "joint-supervisions", new Asked { Unit = "gongan" }).ShouldHaveSingleItem().With.ShouldBe(["县公安局", "北舞渡镇"]);
        Ask<JointSupervisionRow>(ledger, "joint-supervisions", new Asked { Unit = "shuiwu" }).ShouldBeEmpty();
    }
}
