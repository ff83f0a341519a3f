using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.OutsideVoices;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.OutsideVoices;

/// <summary>Lay supervisors and contact points: terms, and the feedback within them.</summary>
public sealed class SupervisorTests
{
    private const string S1 = "supervisor/s1";
    private static readonly SupervisorAppointed Appointed = new("张某", SupervisorKind.CongressDeputy, "县人大", Day("2023-01-01"), Day("2024-12-31"));
    private static readonly SupervisorFeedbackReceived Feedback = new("f1", "wuquan", "城建", Day("2023-05-04"), Day("2023-05-18"));

    private static Given Start => Given.Facts().And(S1, Appointed);

    private static IReadOnlyList<TRow> Ask<TRow>(MemoryLedger ledger, string question, Asked? asked = null, DateOnly? asOf = null) =>
        (IReadOnlyList<TRow>)Areas.Questions.Single(q => q.Name == question).Answer(ledger.On(asOf), asked ?? new Asked()).Value!;

    [Fact]
    public void A_term_does_not_end_before_it_begins() =>
        Given.Facts().When(S1, Appointed with { To = Day("2022-12-31") }).ThenRefused(Codes.SupervisorTermReversed);

    [Fact]
    public void A_stream_is_one_person_or_one_place() =>
        Start.When(S1, new ContactPointEstablished("某企业", Day("2023-02-01"))).ThenRefused(Codes.SubjectAlreadyOpened);

    [Fact]
    public void Feedback_lies_within_the_term_whichever_is_recorded_first()
    {
        Start.When(S1, Feedback with { ReceivedOn = Day("2022-12-31") }).ThenRefused(Codes.FeedbackOutsideTerm);
        Start.And(S1, new SupervisorRemoved(Day("2023-05-03"), "工作调动")).When(S1, Feedback).ThenRefused(Codes.FeedbackOutsideTerm);
        Start.And(S1, Feedback).When(S1, new SupervisorRemoved(Day("2023-05-03"), "工作调动")).ThenRefused(Codes.DateOutOfOrder);
        Start.And(S1, Feedback).When(S1, Corrected(Given.Id(1), ("to", "\"2023-05-03\""))).ThenRefused(Codes.FactInvalidHistory, Codes.FeedbackOutsideTerm);
    }

    [Fact]
    public void An_end_fits_what_it_ends_and_is_one()
    {
        Start.When(S1, new ContactPointClosed(Day("2023-05-03"), "撤并")).ThenRefused(Codes.SubjectNotFound);
        Start.When(S1, new SupervisorRemoved(Day("2022-05-03"), "调动")).ThenRefused(Codes.DateOutOfOrder);
        Start.And(S1, new SupervisorRemoved(Day("2023-05-03"), "调动")).When(S1, new SupervisorRemoved(Day("2023-05-04"), "调动")).ThenRefused(Codes.SupervisorAlreadyEnded);
        Given.Facts().And(S1, new ContactPointEstablished("某企业", Day("2023-02-01"))).When(S1, new SupervisorRemoved(Day("2023-05-03"), "调动")).ThenRefused(Codes.SubjectNotFound);
    }

    [Fact]
    public void Feedback_is_received_and_handled_once_by_the_unit_that_it_is_about()
    {
        var given = Start.And(S1, Feedback);
        given.When(S1, Feedback with { Field = "交通" }).ThenRefused(Codes.FeedbackAlreadyReceived);
        var handled = new SupervisorFeedbackHandled("f1", "wuquan", Day("2023-05-10"), FeedbackResult.Corrected);
        given.When(S1, handled with { Unit = "gongan" }).ThenRefused(Codes.FeedbackNotFound);
        given.When(S1, handled with { HandledOn = Day("2023-05-03") }).ThenRefused(Codes.DateOutOfOrder);
        given.And(S1, handled).When(S1, handled with { Result = FeedbackResult.Explained }).ThenRefused(Codes.FeedbackAlreadyHandled);
    }

    [Fact]
    public void Handling_feedback_is_the_units_duty()
    {
        var given = Start.And(S1, Feedback).And(S1, new SupervisorFeedbackHandled("f1", "wuquan", Day("2023-05-22"), FeedbackResult.Explained));
        var duty = given.Ledger().On().Duties.Single(d => d.Kind == DutyKind.SupervisorFeedback);
        (duty.Unit, duty.Item, duty.Status, duty.DaysLate).ShouldBe(("wuquan", "f1", DutyStatus.MetLate, 2));
        var row = Ask<FeedbackRow>(given.Ledger(), "supervisor-feedback", new Asked { Unit = "wuquan" }).ShouldHaveSingleItem();
        (row.Result, row.HandledOn, row.Evidence.Count).ShouldBe((FeedbackResult.Explained, Day("2023-05-22"), 2));
        Ask<FeedbackRow>(given.Ledger(), "supervisor-feedback", asOf: Day("2023-05-20")).ShouldHaveSingleItem().Status.ShouldBe(DutyStatus.Overdue);
        Ask<FeedbackRow>(given.And(S1, Retracted(Given.Id(3))).Ledger(), "supervisor-feedback").ShouldHaveSingleItem().Result.ShouldBeNull();
        Ask<FeedbackRow>(given.Ledger(), "supervisor-feedback", new Asked { Unit = "gongan" }).ShouldBeEmpty();
    }

    [Fact]
    public void The_roster_says_who_is_in_office_and_names_nobody()
    {
        var ledger = Start.And(S1, Feedback).And("supervisor/p1", new ContactPointEstablished("某企业", Day("2023-02-01"), "舞泉镇"), new ContactPointClosed(Day("2023-12-01"), "停产")).Ledger();
        var rows = Ask<SupervisorRow>(ledger, "supervisors").ToDictionary(r => r.Key);
        (rows["s1"].Role, rows["s1"].Kind, rows["s1"].Active, rows["s1"].Feedback, rows["s1"].Handled)
            .ShouldBe((VoiceRole.LaySupervisor, SupervisorKind.CongressDeputy, true, 1, 0));
        (rows["p1"].Role, rows["p1"].Organisation, rows["p1"].Active, rows["p1"].EndedOn).ShouldBe((VoiceRole.ContactPoint, "某企业", false, Day("2023-12-01")));
        rows["s1"].ToString().ShouldNotContain("张某");
        Ask<SupervisorRow>(ledger, "supervisors", asOf: Day("2023-12-01")).Single(r => r.Key == "p1").Active.ShouldBeTrue();
    }
}
