using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.OutsideVoices;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.OutsideVoices;

/// <summary>Complaints: verified, corrected or closed with a reason, replied to; and publication.</summary>
public sealed class ComplaintTests
{
    private const string C1 = "complaint/c1";
    private static readonly string Sha = new('c', 64);

    private static readonly ComplaintReceived Received = new(ComplaintChannel.Hotline12345, "城建", Day("2023-05-04"));
    private static readonly ComplaintAssigned Assigned = new("wuquan", Day("2023-05-05"), Day("2023-05-19"));

    private static Given Start => Given.Facts().And(C1, Received, Assigned);

    private static Given Upheld => Start.And(C1, new ComplaintVerified(true, Day("2023-05-10")));

    private static IReadOnlyList<TRow> Ask<TRow>(MemoryLedger ledger, string question, Asked? asked = null, DateOnly? asOf = null) =>
        (IReadOnlyList<TRow>)Areas.Questions.Single(q => q.Name == question).Answer(ledger.On(asOf), asked ?? new Asked()).Value!;

    private static Duty DutyOf(MemoryLedger ledger, DutyKind kind, DateOnly? asOf = null) => ledger.On(asOf).Duties.Single(d => d.Kind == kind);

    [Fact]
    public void Nothing_is_assigned_before_it_arrived() =>
        Given.Facts().And(C1, Received).When(C1, Assigned with { AssignedOn = Day("2023-05-03") }).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void A_complaint_begins_with_its_arrival() => Given.Facts().When(C1, Assigned).ThenRefused(Codes.SubjectNotFound);

    [Fact]
    public void No_reply_before_it_is_known_what_the_complaint_is_worth()
    {
        Start.When(C1, new ComplaintReplied(Day("2023-05-12"))).ThenRefused(Codes.ComplaintNotVerified);
        Upheld.When(C1, new ComplaintReplied(Day("2023-05-09"))).ThenRefused(Codes.DateOutOfOrder);
        Upheld.And(C1, new ComplaintReplied(Day("2023-05-12"))).When(C1, new ComplaintReplied(Day("2023-05-13"))).ThenRefused(Codes.ComplaintAlreadyReplied);
    }

    [Fact]
    public void Only_what_was_upheld_is_corrected_or_closed_with_a_reason()
    {
        var not = Start.And(C1, new ComplaintVerified(false, Day("2023-05-10")));
        not.When(C1, new ComplaintCorrected(Day("2023-05-12"), Sha)).ThenRefused(Codes.ComplaintNotUpheld);
        not.When(C1, new ComplaintClosedWithReason(ComplaintClosure.Settled, "已和解", Day("2023-05-12"))).ThenRefused(Codes.ComplaintNotUpheld);
        Start.When(C1, new ComplaintCorrected(Day("2023-05-12"), Sha)).ThenRefused(Codes.ComplaintNotVerified);
    }

    [Fact]
    public void It_ends_once_and_is_verified_once()
    {
        Upheld.And(C1, new ComplaintCorrected(Day("2023-05-12"), Sha))
            .When(C1, new ComplaintClosedWithReason(ComplaintClosure.Settled, "已和解", Day("2023-05-12"))).ThenRefused(Codes.ComplaintAlreadyEnded);
        Upheld.When(C1, new ComplaintVerified(false, Day("2023-05-11"))).ThenRefused(Codes.ComplaintAlreadyVerified);
    }

    [Fact]
    public void A_finding_on_which_a_correction_rests_cannot_be_turned() => Upheld.And(C1, new ComplaintCorrected(Day("2023-05-12"), Sha))
        .When(C1, Corrected(Given.Id(3), ("upheld", "false"))).ThenRefused(Codes.FactInvalidHistory, Codes.ComplaintNotUpheld);

    [Fact]
    public void Handling_is_the_units_duty_until_it_replied()
    {
        DutyOf(Start.Ledger(), DutyKind.ComplaintHandling, Day("2023-05-18")).ShouldSatisfyAllConditions(
            d => d.Unit.ShouldBe("wuquan"), d => d.OpenedOn.ShouldBe(Day("2023-05-05")), d => d.Status.ShouldBe(DutyStatus.Pending), d => d.Colour.ShouldBe(DutyColour.Yellow));
        DutyOf(Start.Ledger(), DutyKind.ComplaintHandling, Day("2023-05-22")).Status.ShouldBe(DutyStatus.Overdue);
        var replied = Upheld.And(C1, new ComplaintReplied(Day("2023-05-23")));
        DutyOf(replied.Ledger(), DutyKind.ComplaintHandling).ShouldSatisfyAllConditions(d => d.Status.ShouldBe(DutyStatus.MetLate), d => d.DaysLate.ShouldBe(2));
        DutyOf(replied.And(C1, Corrected(Given.Id(4), ("repliedOn", "\"2023-05-19\""))).Ledger(), DutyKind.ComplaintHandling).Status.ShouldBe(DutyStatus.Met);
    }

    [Fact]
    public void A_later_assignment_moves_it_to_another_unit() => DutyOf(
        Start.And(C1, new ComplaintAssigned("gongan", Day("2023-05-08"), Day("2023-05-29"))).Ledger(), DutyKind.ComplaintHandling)
        .ShouldSatisfyAllConditions(d => d.Unit.ShouldBe("gongan"), d => d.DueOn.ShouldBe(Day("2023-05-29")));

    [Fact]
    public void An_upheld_complaint_is_to_be_corrected_without_a_date()
    {
        DutyOf(Upheld.Ledger(), DutyKind.ComplaintCorrection).ShouldSatisfyAllConditions(d => d.Status.ShouldBe(DutyStatus.Pending), d => d.DueOn.ShouldBeNull());
        DutyOf(Upheld.And(C1, new ComplaintClosedWithReason(ComplaintClosure.CannotBeUndone, "已补偿", Day("2023-06-01"))).Ledger(), DutyKind.ComplaintCorrection)
            .Status.ShouldBe(DutyStatus.Met);
        Start.Ledger().On().Duties.ShouldNotContain(d => d.Kind == DutyKind.ComplaintCorrection);
    }

    [Fact]
    public void The_figures_are_counted_by_field_and_channel()
    {
        var ledger = Upheld.And(C1, new ComplaintCorrected(Day("2023-05-12"), Sha), new ComplaintReplied(Day("2023-05-19")))
            .And("complaint/c2", new ComplaintReceived(ComplaintChannel.Portal, "城建", Day("2023-05-20"), "gongan", Day("2023-05-30")), new ComplaintVerified(false, Day("2023-05-25")))
            .And("complaint/c3", new ComplaintReceived(ComplaintChannel.Portal, "公安", Day("2023-07-01"))).Ledger();
        var quarter = Period.Parse("2023Q2");
        Ask<ComplaintFiguresRow>(ledger, "complaints", new Asked { Period = quarter }).ShouldBe(
        [
            new(null, null, 2, new(1, 2), new(1, 1), new(1, 2), new(1, 2)),
            new("城建", ComplaintChannel.Hotline12345, 1, new(1, 1), new(1, 1), new(1, 1), new(1, 1)),
            new("城建", ComplaintChannel.Portal, 1, new(0, 1), new(0, 0), new(0, 1), new(0, 1)),
        ]);
        Ask<ComplaintFiguresRow>(ledger, "complaints", new Asked { Unit = "gongan" })[0].Received.ShouldBe(1);
        Ask<ComplaintFiguresRow>(ledger, "complaints", asOf: Day("2023-05-09"))[0].ShouldBe(new(null, null, 1, new(0, 0), new(0, 0), new(0, 1), new(0, 0)));
    }

    [Fact]
    public void Each_case_shows_where_it_stands()
    {
        var given = Upheld.And("complaint/c2", Received with { Channel = ComplaintChannel.Portal });
        var rows = Ask<ComplaintRow>(given.Ledger(), "complaint-cases");
        rows.Select(r => (r.Key, r.Status)).ShouldBe([("c1", ComplaintStatus.UpheldOpen), ("c2", ComplaintStatus.Unassigned)]);
        (rows[0].Name, rows[0].DueOn, rows[0].Evidence.Count).ShouldBe(("舞泉镇", Day("2023-05-19"), 3));
        Ask<ComplaintRow>(given.Ledger(), "complaint-cases", new Asked { Unit = "wuquan", Status = "UpheldOpen" }).Count.ShouldBe(1);
        Ask<ComplaintRow>(
            Upheld.And(C1, Retracted(Given.Id(3))).Ledger(), "complaint-cases")[0].Status.ShouldBe(ComplaintStatus.BeingVerified);
        Ask<ComplaintRow>(given.And(C1, new ComplaintClosedWithReason(ComplaintClosure.Settled, "和解", Day("2023-05-12"))).Ledger(), "complaint-cases", new Asked { Key = "c1" })[0]
            .ShouldSatisfyAllConditions(r => r.Status.ShouldBe(ComplaintStatus.ClosedWithReason), r => r.Closure.ShouldBe(ComplaintClosure.Settled));
    }

    [Fact]
    public void A_publication_follows_its_decision_and_is_made_once()
    {
        var published = new EnforcementResultPublished("罚1号", PublishedDecision.Penalty, "https://www.wuyang.gov.cn/x", Day("2023-05-04"), Day("2023-05-15"));
        var given = Given.Facts();
        given.When("unit/wuquan", published with { PublishedOn = Day("2023-05-03") }).ThenRefused(Codes.DateOutOfOrder);
        given.When("unit/wuquan", published with { Url = "网站首页" }).ThenRefused(Codes.InvalidValue);
        given.And("unit/wuquan", published).When("unit/wuquan", published with { PublishedOn = Day("2023-05-16") }).ThenRefused(Codes.PublicationAlreadyMade);
    }

    [Fact]
    public void Publications_are_in_time_by_kind()
    {
        // 2023-05-06 is a make-up workday: seven working days after Thursday 4 May are 5, 6, 8, 9, 10, 11 and 12 May.
        var ledger = Given.Facts().And(
            "unit/wuquan",
            new EnforcementResultPublished("罚1号", PublishedDecision.Penalty, "https://x.cn/1", Day("2023-05-04"), Day("2023-05-15")),
            new EnforcementResultPublished("查1号", PublishedDecision.Inspection, "https://x.cn/2", Day("2023-05-04"), Day("2023-05-15"))).Ledger();
        Ask<PublicationRow>(ledger, "publications", new Asked { Unit = "wuquan" }).OrderBy(r => r.WorkingDays)
            .Select(r => (r.DecisionNo, r.WorkingDays, r.Status, r.DaysLate)).ShouldBe([("罚1号", 7, DutyStatus.MetLate, 1), ("查1号", 20, DutyStatus.Met, 0)]);
        Ask<PublicationRow>(ledger, "publications", new Asked { Unit = "gongan" }).ShouldBeEmpty();
    }
}
