using Ledger.Domain.Counting;
using Ledger.Domain.LawsuitConduct;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;
using static Ledger.Tests.LawsuitConduct.ConductRuleTests;

namespace Ledger.Tests.LawsuitConduct;

/// <summary>即时报告 (plan 3.2.3c): filings, their review, the notice, and the receipts that nobody recorded.</summary>
public sealed class FilingAnswerTests
{
    // Due on 2023-04-19.
    private static Given Due => Given.Facts(Docketed("wuquan"), Materials("wuquan"));

    internal static IReadOnlyList<T> Ask<T>(string question, Situation situation, Asked? asked = null) =>
        (IReadOnlyList<T>)ConductArea.Area.Questions.Single(q => q.Name == question).Answer(situation, asked ?? new Asked()).Value!;

    private static CaseFilingRow Row(Given given, string? asOf = null) => Ask<CaseFilingRow>("case-filings", On(given, asOf)).ShouldHaveSingleItem();

    private static Situation On(Given given, string? asOf = null) => given.Ledger().On(asOf is null ? null : Day(asOf));

    private static Duty? Duty(Given given, DutyKind kind, string? asOf = null) => On(given, asOf).Duties.SingleOrDefault(d => d.Kind == kind);

    [Fact]
    public void A_filing_is_followed_from_receipt_to_notice()
    {
        var given = Due.And(FiledCase("2023-04-21T10:00:00"), Returned("2023-04-24"), FiledCase("2023-04-25T10:00:00"), Accepted("2023-04-26"), Notice("2023-04-27"));
        var row = Row(given);
        (row.ReceivedOn, row.DueOn, row.SubmittedOn, row.Status, row.DaysLate).ShouldBe((Day("2023-04-14"), Day("2023-04-19"), Day("2023-04-21"), DutyStatus.MetLate, 2));
        (row.Review, row.ReviewedOn, row.Decision, row.DecidedOn).ShouldBe((FilingReview.Accepted, Day("2023-04-26"), NoticeDecision.Notify, Day("2023-04-27")));
        row.Evidence.Select(e => e.Fact).Distinct().ShouldBe(["CaseFilingSubmitted", "CaseFilingAccepted", "OverdueFilingNoticeDecided"]);
        (Row(given, "2023-04-20").Review, Row(given, "2023-04-20").Status).ShouldBe((null, DutyStatus.Overdue));
        Row(given, "2023-04-21").Review.ShouldBe(FilingReview.Waiting);
        Row(given, "2023-04-24").Review.ShouldBe(FilingReview.Returned);
        Row(given, "2023-04-25").Review.ShouldBe(FilingReview.Waiting);
        Ask<CaseFilingRow>("case-filings", On(given), new Asked { Unit = "gongan" }).ShouldBeEmpty();
        Ask<CaseFilingRow>("case-filings", On(given), new Asked { Status = "Met" }).ShouldBeEmpty();
    }

    [Fact]
    public void Every_submission_waits_for_its_review()
    {
        var given = Due.And(FiledCase("2023-04-18T10:00:00"), Returned("2023-04-19"), FiledCase("2023-04-20T10:00:00"));
        var reviews = On(given).Duties.Where(d => d.Kind == DutyKind.FilingReview).OrderBy(d => d.OpenedOn).ToList();
        reviews.Select(d => (d.OpenedOn, d.Status, d.MetOn)).ShouldBe(
            [(Day("2023-04-18"), DutyStatus.Met, Day("2023-04-19")), (Day("2023-04-20"), DutyStatus.Pending, (DateOnly?)null)]);
        reviews.ShouldAllBe(d => d.Holder == DutyHolder.Office && d.Unit == "wuquan");
    }

    [Fact]
    public void The_draft_is_ready_when_the_due_time_has_passed()
    {
        var plan = new ActionPlanIssued("舞法办〔2023〕3号", "行动方案", Day("2023-03-20"));
        var given = Due.And("policy/plan", plan);
        Ask<OverdueNoticeDraft>("overdue-notice-drafts", On(given, "2023-04-19")).ShouldBeEmpty();
        var draft = Ask<OverdueNoticeDraft>("overdue-notice-drafts", On(given, "2023-04-21")).ShouldHaveSingleItem();
        (draft.Unit, draft.ReceivedOn, draft.DueOn, draft.SubmittedOn, draft.DaysLate).ShouldBe(("wuquan", Day("2023-04-14"), Day("2023-04-19"), null, 2));
        draft.Draft.ShouldBe(
            "关于舞泉镇逾期未报备行政应诉案件的通报（代拟稿）\n"
            + "舞泉镇于2023年4月14日收到（2023）豫1121行初1号一案应诉材料，按照《行动方案》（舞法办〔2023〕3号）关于行政诉讼案件即时报告的规定，"
            + "应于2023年4月19日（星期三）前向县司法行政部门报备，截至2023年4月21日仍未报备，逾期2个工作日。"
            + "按照“逾期未报备的，由县司法行政部门予以通报”的规定，现予以通报。请立即补报，并书面说明原因。");
        var late = Ask<OverdueNoticeDraft>("overdue-notice-drafts", On(Due.And(FiledCase("2023-04-20T10:00:00")))).ShouldHaveSingleItem();
        late.Draft.ShouldContain("实际于2023年4月20日报备，逾期1个工作日。");
    }

    [Fact]
    public void The_draft_names_a_due_day_that_is_a_make_up_workday() => Ask<OverdueNoticeDraft>(
        "overdue-notice-drafts", On(Given.Facts(Docketed("wuquan"), Materials("wuquan", "2023-04-19")), "2023-04-25")).ShouldHaveSingleItem()
        .Draft.ShouldContain("应于2023年4月23日（星期日，调休上班日）前");

    [Fact]
    public void What_was_due_before_the_plan_was_issued_is_neither_reviewed_nor_circulated()
    {
        var given = Due.And(FiledCase("2023-04-21T10:00:00")).And("policy/plan", new ActionPlanIssued("舞法办〔2023〕3号", "行动方案", Day("2023-05-01")));
        Duty(given, DutyKind.OverdueFilingNotice).ShouldBeNull();
        Duty(given, DutyKind.FilingReview).ShouldBeNull();
        Ask<OverdueNoticeDraft>("overdue-notice-drafts", On(given)).ShouldBeEmpty();
        Duty(given, DutyKind.OverdueFilingNotice, "2023-04-30").ShouldNotBeNull();
    }

    [Fact]
    public void The_notice_is_a_duty_of_the_office_from_the_day_after_until_it_is_decided()
    {
        var given = Due.And(Notice("2023-04-24"));
        Duty(given, DutyKind.OverdueFilingNotice, "2023-04-19").ShouldBeNull();
        var open = Duty(given, DutyKind.OverdueFilingNotice, "2023-04-20").ShouldNotBeNull();
        (open.OpenedOn, open.Holder, open.Status, open.DueOn).ShouldBe((Day("2023-04-20"), DutyHolder.Office, DutyStatus.Pending, null));
        Duty(given, DutyKind.OverdueFilingNotice, "2023-04-24")!.Status.ShouldBe(DutyStatus.Met);
        Ask<OverdueNoticeDraft>("overdue-notice-drafts", On(given, "2023-04-24")).ShouldBeEmpty();
    }

    [Fact]
    public void Retracting_a_decision_opens_the_duty_again_and_a_filing_found_in_time_ends_it()
    {
        var retracted = Due.And(Notice("2023-04-24"), Retracted(Given.Id(3)));
        Duty(retracted, DutyKind.OverdueFilingNotice)!.Status.ShouldBe(DutyStatus.Pending);
        Duty(retracted.And(FiledCase("2023-04-18T10:00:00")), DutyKind.OverdueFilingNotice).ShouldBeNull();
    }

    [Fact]
    public void Of_a_transferred_filing_the_successors_notice_counts()
    {
        var given = Due.And("unit/wuquan", new ObligationTransferred(DutyKind.CaseFiling, "jiaotong", Day("2023-04-17"), First)).And(Notice("2023-04-21", "jiaotong"));
        var duty = Duty(given, DutyKind.OverdueFilingNotice).ShouldNotBeNull();
        (duty.Unit, duty.Status).ShouldBe(("jiaotong", DutyStatus.Met));
        Row(given).Decision.ShouldBe(NoticeDecision.Notify);
    }

    [Theory]
    [InlineData("2023-04-23", false)] // the tenth working day after 2023-04-10, a make-up workday
    [InlineData("2023-04-24", true)]
    public void Who_recorded_no_receipt_is_of_unknown_receipt_after_ten_working_days(string asOf, bool shown)
    {
        var duty = Duty(Given.Facts(Docketed("wuquan")), DutyKind.CaseFiling, asOf);
        (duty is not null).ShouldBe(shown);
        if (duty is null) return;
        (duty.Unit, duty.CaseNo, duty.Status, duty.Colour, duty.DueOn).ShouldBe(("wuquan", First, DutyStatus.ReceiptUnknown, DutyColour.Red, null));
        var row = Row(Given.Facts(Docketed("wuquan")), asOf);
        (row.ReceivedOn, row.Status).ShouldBe((null, DutyStatus.ReceiptUnknown));
    }

    [Fact]
    public void The_receipt_ends_it_also_for_an_earlier_day_asked_about_later()
    {
        var given = Given.Facts(Docketed("wuquan"), Materials("wuquan"));
        Duty(given, DutyKind.CaseFiling, "2023-04-24")!.Status.ShouldBe(DutyStatus.Overdue);
        given.Ledger().On(Day("2023-04-24"), Samples.Units.Count + 1).Duties.Single(d => d.Kind == DutyKind.CaseFiling).Status.ShouldBe(DutyStatus.ReceiptUnknown);
    }

    [Fact]
    public void Each_defendant_by_itself_but_none_that_is_removed_outside_the_county_or_never_served()
    {
        var given = Given.Facts(Docketed("wuquan", "jiaotong", "gongan", "city"), Materials("jiaotong"), new DefendantRemoved("gongan", Day("2023-04-12"), "变更"));
        On(given, "2023-05-30").Duties.Where(d => d.Status == DutyStatus.ReceiptUnknown).Select(d => (d.Kind, d.Unit)).ShouldBe([(DutyKind.CaseFiling, "wuquan")]);
        Duty(Given.Facts(Docketed("wuquan"), Rendered(First, InstanceLevel.First, "2023-04-17", ("wuquan", Outcome.NotDocketed))), DutyKind.CaseFiling).ShouldBeNull();
    }

    [Fact]
    public void Who_was_added_later_has_ten_working_days_from_then()
    {
        var given = Given.Facts(Docketed("jiaotong"), Materials("jiaotong"), new DefendantAdded("gongan", DefendantCapacity.Joint, Day("2023-05-04")));
        On(given, "2023-05-17").Duties.ShouldNotContain(d => d.Unit == "gongan" && d.Kind == DutyKind.CaseFiling);
        On(given, "2023-05-18").Duties.ShouldContain(d => d.Unit == "gongan" && d.Status == DutyStatus.ReceiptUnknown);
    }

    [Theory]
    [InlineData(Outcome.RevokeAll, "2023-06-02", false)] // the tenth working day after 2023-05-20
    [InlineData(Outcome.RevokeAll, "2023-06-03", true)]
    [InlineData(Outcome.DismissClaims, "2023-06-03", false)]
    public void Who_lost_and_recorded_no_receipt_is_of_unknown_receipt(Outcome outcome, string asOf, bool shown)
    {
        var duty = Duty(Given.Facts(Docketed("wuquan"), Materials("wuquan"), Judgment(("wuquan", outcome))), DutyKind.LossFiling, asOf);
        (duty?.Status).ShouldBe(shown ? DutyStatus.ReceiptUnknown : null);
        Duty(Given.Facts(Docketed("wuquan"), Materials("wuquan"), Judgment(("wuquan", outcome)), Received("wuquan")), DutyKind.LossFiling)?.Status.ShouldBe(DutyStatus.Overdue);
    }

    [Fact]
    public void A_receipt_is_unknown_only_of_what_happened_since_the_plan_was_issued()
    {
        var lost = Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)));
        Unknown(lost.And("policy/plan", new ActionPlanIssued("舞法办〔2023〕3号", "行动方案", Day("2023-05-01")))).ShouldBe([(DutyKind.LossFiling, First)]);
        var later = Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)));
        Unknown(later.And("policy/plan", new ActionPlanIssued("舞法办〔2023〕3号", "行动方案", Day("2023-06-01")))).ShouldBeEmpty();
    }

    [Fact]
    public void The_receipt_of_an_appeal_or_a_retrial_is_unknown_too_but_not_that_of_a_petition()
    {
        // Opened on 2023-06-20, before the Dragon Boat holidays: the tenth working day is 2023-07-05.
        Unknown(Appealed(InstanceLevel.Second), "2023-07-05").ShouldBeEmpty();
        Unknown(Appealed(InstanceLevel.Second), "2023-07-06").ShouldBe([(DutyKind.CaseFiling, Second)]);
        Unknown(Appealed(InstanceLevel.Second).And(Materials("wuquan", "2023-06-26", Second)), "2023-07-06").ShouldBeEmpty();
        Unknown(Appealed(InstanceLevel.Retrial), "2023-07-06").ShouldBe([(DutyKind.CaseFiling, Second)]);
        Unknown(Appealed(InstanceLevel.Petition), "2023-07-06").ShouldBeEmpty();

        static Given Appealed(InstanceLevel level) =>
            Given.Facts(Docketed("wuquan"), Materials("wuquan"), Judgment(("wuquan", Outcome.DismissClaims)), Opened(level, Second));
    }

    private static IEnumerable<(DutyKind, string?)> Unknown(Given given, string? asOf = null) =>
        On(given, asOf).Duties.Where(d => d.Status == DutyStatus.ReceiptUnknown).Select(d => (d.Kind, d.CaseNo));

    [Fact]
    public void A_loss_filing_shows_when_each_document_was_submitted()
    {
        // Received on 2023-05-25, due on 2023-06-01.
        var given = Given.Facts(Docketed("wuquan"), Materials("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Received("wuquan"))
            .And(Submitted("wuquan", LossDocument.JudicialDocument, "2023-05-26T09:00:00"), Submitted("wuquan", LossDocument.CauseAnalysis, "2023-06-05T09:00:00"));
        Lost(given, "2023-06-01").Status.ShouldBe(DutyStatus.Pending);
        var row = Lost(given, "2023-06-05");
        (row.Unit, row.Lawsuit, row.CaseNo, row.ReceivedOn, row.DueOn, row.Status, row.DaysLate)
            .ShouldBe(("wuquan", "a", First, Day("2023-05-25"), Day("2023-06-01"), DutyStatus.Overdue, 2));
        (row.JudicialDocument, row.CauseAnalysis, row.RectificationMeasures, row.CompleteOn).ShouldBe((Day("2023-05-26"), Day("2023-06-05"), null, null));
        row.Evidence.Select(e => e.Fact).ShouldBe(["JudgmentReceived", "LossFilingDocumentSubmitted", "LossFilingDocumentSubmitted"]);

        given.And(Submitted("wuquan", LossDocument.RectificationMeasures, "2023-06-06T09:00:00"));
        (Lost(given).CompleteOn, Lost(given).Status, Lost(given).DaysLate).ShouldBe((Day("2023-06-06"), DutyStatus.MetLate, 3));
        Ask<LossFilingRow>("loss-filings", On(given), new Asked { Unit = "gongan" }).ShouldBeEmpty();
        Ask<LossFilingRow>("loss-filings", On(given), new Asked { Status = "Met" }).ShouldBeEmpty();
        Ask<LossFilingRow>("loss-filings", On(given), new Asked { Period = Period.Parse("2023-06") }).ShouldBeEmpty();
        Lost(given.And(Retracted(Given.Id(7)))).RectificationMeasures.ShouldBeNull();
    }

    [Fact]
    public void A_transferred_loss_filing_shows_the_documents_of_both_units()
    {
        var given = Given.Facts(Docketed("wuquan"), Materials("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Received("wuquan"))
            .And("unit/wuquan", new ObligationTransferred(DutyKind.LossFiling, "jiaotong", Day("2023-05-29"), First))
            .And(Submitted("wuquan", LossDocument.JudicialDocument, "2023-05-26T09:00:00"), Submitted("jiaotong", LossDocument.CauseAnalysis, "2023-05-30T09:00:00"));
        var row = Lost(given);
        (row.Unit, row.JudicialDocument, row.CauseAnalysis, row.RectificationMeasures).ShouldBe(("jiaotong", Day("2023-05-26"), Day("2023-05-30"), null));
    }

    [Fact]
    public void A_loss_whose_receipt_nobody_recorded_is_shown_without_a_due_day()
    {
        var row = Lost(Given.Facts(Docketed("wuquan"), Materials("wuquan"), Judgment(("wuquan", Outcome.RevokeAll))));
        (row.Status, row.ReceivedOn, row.DueOn, row.Evidence.Count).ShouldBe((DutyStatus.ReceiptUnknown, null, null, 0));
    }

    private static LossFilingRow Lost(Given given, string? asOf = null) => Ask<LossFilingRow>("loss-filings", On(given, asOf)).ShouldHaveSingleItem();
}
