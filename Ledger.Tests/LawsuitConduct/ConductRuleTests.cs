using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.LawsuitConduct;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.LawsuitConduct;

/// <summary>诉中化解、即时报告 (plan 3.2.2, 3.2.3c): what may be recorded beside the spine's facts.</summary>
public sealed class ConductRuleTests
{
    internal static readonly string Hash = new('c', 64);

    internal static CaseFilingSubmitted FiledCase(string at, string unit = "wuquan") => new(unit, First, At(at));

    internal static CaseFilingAccepted Accepted(string on) => new("wuquan", First, Day(on));

    internal static CaseFilingReturned Returned(string on) => new("wuquan", First, Day(on), FilingDefect.MaterialsMissing);

    internal static OverdueFilingNoticeDecided Notice(string on, string unit = "wuquan") => new(unit, First, NoticeDecision.Notify, Day(on), null, Hash);

    internal static HeadAbsenceExplained Excuse(string heldOn, string? explainedOn = null, string unit = "wuquan") =>
        new(unit, First, Day(heldOn), AbsenceGround.IrreplaceableDuty, Hash, Day(explainedOn ?? heldOn));

    internal static HeadAttendanceNotified Called(string hearingOn, string notifiedOn, string unit = "wuquan") => new(unit, First, Day(hearingOn), Day(notifiedOn));

    internal static SelfCorrectionMade Corrected(string on = "2023-05-08", string? informed = null) =>
        new("wuquan", Day(on), SelfCorrectionKind.ActRevoked, informed is null ? null : Day(informed));

    internal static CourtInformedOfChange Told(string informedOn, string madeOn = "2023-05-08") => new("wuquan", Day(madeOn), Day(informedOn), Hash);

    internal static JudicialSuggestionReceived Suggested(SuggestionMatter matter = SuggestionMatter.NormativeDocument, string? due = null, string unit = "wuquan") =>
        new(unit, "s1", Day("2023-06-05"), matter, due is null ? null : Day(due));

    internal static JudicialSuggestionReplied Replied(string on) => new("wuquan", "s1", Day(on), SuggestionResult.Adopted, Hash);

    // Due on 2023-04-19.
    private static Given Due => Given.Facts(Docketed("wuquan"), Materials("wuquan"));

    private static Given Filed => Due.And(FiledCase("2023-04-18T10:00:00"));

    [Fact]
    public void Nothing_is_reviewed_before_it_was_submitted()
    {
        Due.When(Accepted("2023-04-18")).ThenRefused(Codes.ConductFilingNotSubmitted);
        Due.When(Returned("2023-04-18")).ThenRefused(Codes.ConductFilingNotSubmitted);
        Filed.When(Accepted("2023-04-17")).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void What_was_returned_is_accepted_only_after_another_submission()
    {
        static Given Sent() => Filed.And(Returned("2023-04-19"));
        Sent().When(Accepted("2023-04-21")).ThenRefused(Codes.ConductFilingNotResubmitted);
        Sent().And(FiledCase("2023-04-20T10:00:00")).When(Accepted("2023-04-21")).ThenAdmitted();
        Sent().And(FiledCase("2023-04-19T17:00:00")).When(Accepted("2023-04-19")).ThenAdmitted();
        Sent().And(FiledCase("2023-04-18T08:00:00")).When(Accepted("2023-04-21")).ThenRefused(Codes.ConductFilingNotResubmitted);
    }

    [Fact]
    public void A_filing_is_accepted_once_and_a_return_before_it_may_be_told_late()
    {
        var accepted = Filed.And(FiledCase("2023-04-20T10:00:00"), Accepted("2023-04-21"));
        accepted.When(Accepted("2023-04-24")).ThenRefused(Codes.ConductFilingAlreadyAccepted);
        accepted.When(Returned("2023-04-24")).ThenRefused(Codes.ConductFilingAlreadyAccepted);
        accepted.When(Returned("2023-04-19")).ThenAdmitted();
        accepted.When(Accepted("2023-04-21")).ThenNothing();
    }

    [Theory]
    [InlineData("2023-04-19", Codes.ConductFilingNotOverdue)]
    [InlineData("2023-04-20", null)]
    public void A_missing_filing_is_circulated_after_the_due_day(string on, string? code)
    {
        if (code is null) Due.When(Notice(on)).ThenAdmitted();
        else Due.When(Notice(on)).ThenRefused(code);
    }

    [Fact]
    public void A_late_filing_is_circulated_and_one_in_time_never()
    {
        Due.And(FiledCase("2023-04-20T09:00:00")).When(Notice("2023-04-21")).ThenAdmitted();
        Filed.When(Notice("2023-04-21")).ThenRefused(Codes.ConductFilingNotOverdue);
    }

    [Fact]
    public void What_was_never_received_is_not_overdue_and_a_loss_filing_is_never_circulated()
    {
        Given.Facts(Docketed("wuquan")).When(Notice("2023-06-30")).ThenRefused(Codes.ConductFilingNotOverdue);
        Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Received("wuquan")).When(Notice("2023-06-30")).ThenRefused(Codes.ConductFilingNotOverdue);
    }

    [Fact]
    public void The_working_days_of_the_ledger_decide()
    {
        var published = WorkingCalendar.Published.Single(y => y.Year == 2023);
        Due.And("calendar/2023", published with { Holidays = [.. published.Holidays, Day("2023-04-17")], Notice = "修订" })
            .When(Notice("2023-04-20")).ThenRefused(Codes.ConductFilingNotOverdue);
    }

    [Fact]
    public void It_is_decided_once() => Due.And(Notice("2023-04-21")).When(Notice("2023-04-24")).ThenRefused(Codes.ConductNoticeAlreadyDecided);

    [Fact]
    public void Not_to_circulate_needs_a_reason()
    {
        var decision = Notice("2023-04-21") with { Decision = NoticeDecision.NotNotified };
        Due.When(decision).ThenRefused(Codes.ConductReasonMissing);
        Due.When(decision with { Reason = "法院送达回证有误" }).ThenAdmitted();
    }

    [Fact]
    public void Of_a_transferred_duty_the_successor_answers()
    {
        var merged = Due.And("unit/wuquan", new ObligationTransferred(DutyKind.CaseFiling, "jiaotong", Day("2023-04-17"), First));
        merged.When(Notice("2023-04-21", "jiaotong")).ThenAdmitted();
        merged.When(Notice("2023-04-21", "gongan")).ThenRefused(Codes.ConductFilingNotOverdue);
    }

    [Fact]
    public void A_decision_does_not_stand_in_the_way_of_what_is_corrected_later() =>
        Due.And(FiledCase("2023-04-20T09:00:00"), Notice("2023-04-21")).When(Samples.Corrected(Given.Id(3), ("submittedAt", "\"2023-04-18T09:00:00+08:00\""))).ThenAdmitted();

    [Fact]
    public void The_court_calls_the_head_of_a_defendant_to_a_coming_hearing()
    {
        Due.When(Called("2023-05-10", "2023-05-04")).ThenAdmitted();
        Due.When(Called("2023-05-03", "2023-05-04")).ThenRefused(Codes.DateOutOfOrder);
        Due.When(Called("2023-05-03", "2023-04-09")).ThenRefused(Codes.DateOutOfOrder);
        Due.When(Called("2023-05-10", "2023-05-04", "gongan")).ThenRefused(Codes.DefendantNotNamed);
    }

    [Fact]
    public void An_absence_is_explained_once_in_writing_before_or_after_the_hearing()
    {
        Due.When(Excuse("2023-05-10", "2023-05-09")).ThenAdmitted();
        Due.And(Excuse("2023-05-10")).When(Excuse("2023-05-10", "2023-05-12")).ThenRefused(Codes.ConductAbsenceAlreadyExplained);
        Due.When(Excuse("2023-04-09")).ThenRefused(Codes.DateOutOfOrder);
        Due.When(Excuse("2023-05-10", unit: "gongan")).ThenRefused(Codes.DefendantNotNamed);
        Due.When(Excuse("2023-05-10") with { CaseNo = Second }).ThenRefused(Codes.CaseNumberUnknown);
    }

    [Fact]
    public void Only_a_head_who_came_is_of_rejected_identity()
    {
        var rejected = new HeadIdentityRejected("wuquan", First, Day("2023-05-10"), Day("2023-05-10"));
        Due.And(Hearing("2023-05-10", ("wuquan", Attendee.Deputy))).When(rejected).ThenAdmitted();
        Due.And(Hearing("2023-05-10", ("wuquan", Attendee.StaffOnly))).When(rejected).ThenRefused(Codes.ConductNoHeadAttended);
        Due.And(Hearing("2023-05-10", ("wuquan", Attendee.Deputy))).When(rejected with { RejectedOn = Day("2023-05-09") }).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void The_court_is_told_once_of_a_self_correction_that_was_made()
    {
        Due.When(Told("2023-05-09")).ThenRefused(Codes.ConductNoSelfCorrection);
        Due.And(Corrected()).When(Told("2023-05-09")).ThenAdmitted();
        Due.And(Corrected()).When(Told("2023-05-07")).ThenRefused(Codes.DateOutOfOrder);
        Due.And(Corrected(), Told("2023-05-09")).When(Told("2023-05-10")).ThenRefused(Codes.ConductCourtAlreadyInformed);
        Due.And(Corrected()).When(Told("2023-05-09") with { Unit = "gongan" }).ThenRefused(Codes.DefendantNotNamed);
    }

    [Fact]
    public void A_self_correction_of_which_the_court_was_told_cannot_be_retracted_alone() =>
        Due.And(Corrected(), Told("2023-05-09")).When(Retracted(Given.Id(3))).ThenRefused(Codes.FactInvalidHistory, Codes.ConductNoSelfCorrection);

    [Fact]
    public void A_suggestion_is_received_once_and_replied_to_once()
    {
        Due.When(Suggested(unit: "gongan")).ThenAdmitted();
        Due.When(Suggested(unit: "nobody")).ThenRefused(Codes.UnknownUnit);
        Due.When(Suggested(due: "2023-06-04")).ThenRefused(Codes.DateOutOfOrder);
        Due.And(Suggested()).When(Suggested(due: "2023-07-01")).ThenRefused(Codes.ConductSuggestionAlreadyReceived);
        Due.When(Replied("2023-07-01")).ThenRefused(Codes.ConductSuggestionNotReceived);
        Due.And(Suggested()).When(Replied("2023-06-04")).ThenRefused(Codes.DateOutOfOrder);
        Due.And(Suggested(), Replied("2023-07-01")).When(Replied("2023-07-02")).ThenRefused(Codes.ConductSuggestionAlreadyReplied);
    }

    [Fact]
    public void A_renamed_instance_keeps_its_decisions()
    {
        var given = Due.And(Notice("2023-04-21")).And(Samples.Corrected(Given.Id(1), ("caseNo", "\"（2023）豫1121行初7号\"")));
        given.When(Notice("2023-04-25") with { CaseNo = "（2023）豫1121行初7号" }).ThenRefused(Codes.ConductNoticeAlreadyDecided);
    }
}
