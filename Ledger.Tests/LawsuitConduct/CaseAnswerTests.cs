using Ledger.Domain;
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
using static Ledger.Tests.LawsuitConduct.FilingAnswerTests;

namespace Ledger.Tests.LawsuitConduct;

/// <summary>诉中化解 (plan 3.2.2): conferences, answers, self-corrections, suggestions.</summary>
public sealed class CaseAnswerTests
{
    private static readonly CaseConferenceHeld Yellow = new("wuquan", Day("2023-04-25"), LossRisk.Yellow);
    private static readonly CaseConferenceHeld Red = new("wuquan", Day("2023-05-05"), LossRisk.Red);

    private static Given Sued => Given.Facts(Docketed("wuquan"));

    private static Situation On(Given given, string? asOf = null) => given.Ledger().On(asOf is null ? null : Day(asOf));

    private static Duty Duty(Given given, DutyKind kind, string? asOf = null) => On(given, asOf).Duties.Single(d => d.Kind == kind);

    [Fact]
    public void Every_open_case_must_have_a_conference()
    {
        var given = Given.Facts(Docketed("wuquan", "jiaotong", "city"), Yellow)
            .And("lawsuit/b", DocketedOn("2023-04-20", "wuquan") with { CaseNo = "（2023）豫1121行初2号" })
            .And("lawsuit/c", DocketedOn("2023-04-21", "wuquan") with { CaseNo = "（2023）豫1121行初3号" },
                new JudgmentRendered("（2023）豫1121行初3号", InstanceLevel.First, DocumentKind.Judgment, Day("2023-05-20"), [new("wuquan", Outcome.DismissClaims)]));
        var rows = Ask<ConferenceCoverageRow>("conference-coverage", On(given));
        var town = rows.Single(r => r.Unit == "wuquan");
        town.Coverage.ShouldBe(new Ratio(1, 2));
        town.Without.ShouldBe([new UncoveredCase("b", "（2023）豫1121行初2号", Day("2023-04-20"))]);
        rows.Single(r => r.Unit == "jiaotong").Coverage.ShouldBe(new Ratio(0, 1));
        rows.Single(r => r.Unit is null).Coverage.ShouldBe(new Ratio(1, 3));
        Ask<ConferenceCoverageRow>("conference-coverage", On(given), new Asked { Unit = "wuquan", Period = Period.Parse("2023-04") }).ShouldHaveSingleItem()
            .Coverage.ShouldBe(new Ratio(1, 3));
        Ask<ConferenceCoverageRow>("conference-coverage", On(given, "2023-04-24"), new Asked { Unit = "wuquan" }).ShouldHaveSingleItem().Coverage.ShouldBe(new Ratio(0, 3));
    }

    [Fact]
    public void The_latest_grade_stands_with_its_history_and_unknown_risks_come_first()
    {
        var given = Sued.And(Yellow, Red, Corrected()).And("lawsuit/b", DocketedOn("2023-04-20", "jiaotong") with { CaseNo = "（2023）豫1121行初2号" });
        var rows = Ask<RiskRow>("risk-board", On(given));
        rows.Select(r => (r.Unit, r.Risk, r.SelfCorrected)).ShouldBe([("jiaotong", null, false), ("wuquan", LossRisk.Red, true)]);
        rows[1].History.Select(h => (h.HeldOn, h.Risk)).ShouldBe([(Day("2023-04-25"), LossRisk.Yellow), (Day("2023-05-05"), LossRisk.Red)]);
        Ask<RiskRow>("risk-board", On(given, "2023-05-04"), new Asked { Status = "Yellow" }).ShouldHaveSingleItem().Unit.ShouldBe("wuquan");
        Ask<RiskRow>("risk-board", On(given.And(Judgment(("wuquan", Outcome.RevokeAll)))), new Asked { Unit = "wuquan" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_grade_told_late_takes_its_place_by_its_day_and_a_correction_moves_it()
    {
        Ask<RiskRow>("risk-board", On(Sued.And(Red, Yellow))).ShouldHaveSingleItem().Risk.ShouldBe(LossRisk.Red);
        Ask<RiskRow>("risk-board", On(Sued.And(Red, Yellow, Samples.Corrected(Given.Id(3), ("heldOn", "\"2023-05-06\""))))).ShouldHaveSingleItem().Risk.ShouldBe(LossRisk.Yellow);
    }

    [Fact]
    public void The_conference_is_due_until_the_first_instance_is_closed()
    {
        static Given Closed() => Sued.And(Judgment(("wuquan", Outcome.RevokeAll)));
        (Duty(Closed(), DutyKind.CaseConference, "2023-05-19").Status, Duty(Closed(), DutyKind.CaseConference, "2023-05-20").Status).ShouldBe((DutyStatus.Pending, DutyStatus.Missed));
        Duty(Sued, DutyKind.CaseConference).OpenedOn.ShouldBe(Day("2023-04-10"));
        var met = Duty(Closed().And(Red, Yellow), DutyKind.CaseConference);
        (met.Status, met.MetOn).ShouldBe((DutyStatus.Met, Day("2023-04-25")));
        Duty(Closed().And(Red with { HeldOn = Day("2023-05-22") }), DutyKind.CaseConference).Status.ShouldBe(DutyStatus.MetLate);
        Duty(Sued.And(new LawsuitSuspended(Day("2023-04-20"), "等待另案")), DutyKind.CaseConference).Status.ShouldBe(DutyStatus.Suspended);
    }

    [Fact]
    public void A_case_that_was_refused_needs_no_conference() =>
        On(Sued.And(Rendered(First, InstanceLevel.First, "2023-04-17", ("wuquan", Outcome.NotDocketed)))).Duties.ShouldBeEmpty();

    [Fact]
    public void The_defence_is_due_fifteen_days_after_the_receipt_rolled_over_the_holidays()
    {
        static Given Received() => Sued.And(Materials("wuquan"));
        Duty(Received(), DutyKind.AnswerSubmission).DueOn.ShouldBe(Day("2023-05-04"));
        Duty(Received().And(new AnswerSubmitted("wuquan", First, Day("2023-05-04"))), DutyKind.AnswerSubmission).Status.ShouldBe(DutyStatus.Met);
        Duty(Received().And(new AnswerSubmitted("wuquan", First, Day("2023-05-05"))), DutyKind.AnswerSubmission).DaysLate.ShouldBe(1);
        Duty(Received(), DutyKind.AnswerSubmission, "2023-05-05").Status.ShouldBe(DutyStatus.Overdue);
        Duty(Received().And(Judgment(("wuquan", Outcome.RevokeAll))), DutyKind.AnswerSubmission).Status.ShouldBe(DutyStatus.Missed);
    }

    [Fact]
    public void The_successor_submits_the_defence() => Duty(
        Sued.And(Materials("wuquan"), new AnswerSubmitted("jiaotong", First, Day("2023-04-20")))
            .And("unit/wuquan", new ObligationTransferred(DutyKind.AnswerSubmission, "jiaotong", Day("2023-04-17"))), DutyKind.AnswerSubmission)
        .ShouldSatisfyAllConditions(d => d.Unit.ShouldBe("jiaotong"), d => d.Status.ShouldBe(DutyStatus.Met));

    [Fact]
    public void A_self_correction_is_told_to_the_court_while_the_instance_runs()
    {
        static Given Closed() => Sued.And(Corrected(), Rendered(First, InstanceLevel.First, "2023-05-20", ("wuquan", Outcome.WithdrawAfterDefendantChanged)));
        (Duty(Closed(), DutyKind.CourtInformed, "2023-05-19").Status, Duty(Closed(), DutyKind.CourtInformed).Status).ShouldBe((DutyStatus.Pending, DutyStatus.Missed));
        Duty(Closed().And(Told("2023-05-10")), DutyKind.CourtInformed).Status.ShouldBe(DutyStatus.Met);
        Duty(Closed().And(Told("2023-05-22")), DutyKind.CourtInformed).Status.ShouldBe(DutyStatus.MetLate);
        Duty(Sued.And(Corrected(informed: "2023-05-12")), DutyKind.CourtInformed, "2023-05-11").Status.ShouldBe(DutyStatus.Pending);
        Duty(Sued.And(Corrected(informed: "2023-05-12")), DutyKind.CourtInformed, "2023-05-12").Status.ShouldBe(DutyStatus.Met);
    }

    [Fact]
    public void Self_corrections_are_listed_with_how_the_case_ended()
    {
        var given = Sued.And(Corrected(), Told("2023-05-10"), Rendered(First, InstanceLevel.First, "2023-05-20", ("wuquan", Outcome.WithdrawAfterDefendantChanged)));
        var row = Ask<SelfCorrectionRow>("self-corrections", On(given)).ShouldHaveSingleItem();
        (row.CaseNo, row.BeforeJudgment, row.InformedOn, row.Status, row.LetterSha256).ShouldBe((First, true, Day("2023-05-10"), DutyStatus.Met, Hash));
        row.Outcomes.ShouldBe([Outcome.WithdrawAfterDefendantChanged]);
        Ask<SelfCorrectionRow>("self-corrections", On(given), new Asked { Period = Period.Parse("2023-06") }).ShouldBeEmpty();
        Ask<SelfCorrectionRow>("self-corrections", On(given, "2023-05-09"), new Asked { Status = "Pending" }).ShouldHaveSingleItem().InformedOn.ShouldBeNull();
    }

    [Fact]
    public void A_suggestion_is_replied_to_by_its_day_or_by_that_of_the_law()
    {
        Duty(Sued.And(Suggested()), DutyKind.JudicialSuggestionReply).DueOn.ShouldBe(Day("2023-08-04")); // 60 days after 2023-06-05, a Friday
        Duty(Sued.And(Suggested(due: "2023-07-05")), DutyKind.JudicialSuggestionReply).DueOn.ShouldBe(Day("2023-07-05"));
        var undated = Duty(Sued.And(Suggested(SuggestionMatter.EnforcementConduct)), DutyKind.JudicialSuggestionReply);
        (undated.DueOn, undated.Status, undated.Item).ShouldBe((null, DutyStatus.Pending, "s1"));
        var row = Ask<JudicialSuggestionRow>("judicial-suggestions", On(Sued.And(Suggested(due: "2023-07-05"), Replied("2023-07-07")))).ShouldHaveSingleItem();
        (row.Status, row.DaysLate, row.Result, row.RepliedOn).ShouldBe((DutyStatus.MetLate, 2, SuggestionResult.Adopted, Day("2023-07-07")));
        Ask<JudicialSuggestionRow>("judicial-suggestions", On(Sued.And(Suggested(unit: "gongan"))), new Asked { Unit = "wuquan" }).ShouldBeEmpty();
    }
}

/// <summary>负责人出庭 (法释〔2020〕3号)</summary>
public sealed class HeadAttendanceTests
{
    private static Given Sued => Given.Facts(Docketed("wuquan"));

    private static HeadAttendanceRow Row(Given given, string? asOf = null, string? period = null) => Ask<HeadAttendanceRow>(
        "head-attendance", given.Ledger().On(asOf is null ? null : Day(asOf)), new Asked { Unit = "wuquan", Period = period is null ? null : Period.Parse(period) }).ShouldHaveSingleItem();

    private static Duty? Duty(Given given, string? asOf = null) => given.Ledger().On(asOf is null ? null : Day(asOf)).Duties.SingleOrDefault(d => d.Kind == DutyKind.HeadAttendance);

    private static HearingHeld Absent(string on, Absence? absence, Attendee by = Attendee.StaffOnly) => new(First, Day(on), true, [new("wuquan", by, absence)]);

    [Fact]
    public void One_hearing_of_an_instance_suffices_and_each_instance_counts_anew()
    {
        var given = Sued.And(Hearing("2023-05-08", ("wuquan", Attendee.StaffOnly)), Hearing("2023-05-10", ("wuquan", Attendee.Deputy)))
            .And(Opened(InstanceLevel.Second, Second), new HearingHeld(Second, Day("2023-07-10"), true, [new("wuquan", Attendee.StaffOnly)]));
        var row = Row(given);
        (row.All, row.ExcludingJustified, row.Principals).ShouldBe((new Ratio(1, 2), new Ratio(1, 2), new Ratio(0, 2)));
        row.Instances.Select(i => (i.CaseNo, i.Level, i.HeadAttended)).ShouldBe([(First, InstanceLevel.First, true), (Second, InstanceLevel.Second, false)]);
        Row(given, period: "2023Q2").All.ShouldBe(new Ratio(1, 1));
        Row(given, "2023-05-09").All.ShouldBe(new Ratio(0, 1));
    }

    [Fact]
    public void A_justified_absence_needs_a_written_excuse()
    {
        static Given Claimed() => Sued.And(Absent("2023-05-08", Absence.Justified));
        (Row(Claimed()).ExcludingJustified, Flags(Claimed())).ShouldBe((new Ratio(0, 1), "ExcuseNotWritten"));
        Duty(Claimed())!.Status.ShouldBe(DutyStatus.Missed);
        var written = Claimed().And(Excuse("2023-05-08", "2023-05-07"));
        (Row(written).All, Row(written).ExcludingJustified, Flags(written)).ShouldBe((new Ratio(0, 1), new Ratio(0, 0), ""));
        Duty(written).ShouldBeNull();
        Flags(Claimed().And(Excuse("2023-05-08", "2023-05-12"))).ShouldBe("ExcuseLate");
        var refused = Sued.And(Absent("2023-05-08", Absence.Unjustified), Excuse("2023-05-08"));
        (Row(refused).ExcludingJustified, Flags(refused)).ShouldBe((new Ratio(0, 1), "ExcuseNotAccepted"));
    }

    [Theory]
    [InlineData(Attendee.LawyerOnly, "LawyerOnly")]
    [InlineData(Attendee.None, "NobodyCame")]
    public void A_lawyer_alone_is_a_breach_whatever_the_excuse(Attendee by, string flag)
    {
        var given = Sued.And(Absent("2023-05-08", Absence.Justified, by), Excuse("2023-05-08"));
        (Row(given).ExcludingJustified, Flags(given), Row(given).LawyerOnly).ShouldBe((new Ratio(0, 1), flag, by == Attendee.LawyerOnly ? 1 : 0));
        Duty(given)!.Status.ShouldBe(DutyStatus.Missed);
    }

    [Fact]
    public void Who_could_not_prove_to_be_the_head_did_not_attend()
    {
        var given = Sued.And(Hearing("2023-05-08", ("wuquan", Attendee.Principal)));
        (Row(given).All, Row(given).Principals).ShouldBe((new Ratio(1, 1), new Ratio(1, 1)));
        var rejected = given.And(new HeadIdentityRejected("wuquan", First, Day("2023-05-08"), Day("2023-05-08")));
        (Row(rejected).All, Row(rejected).Principals, Flags(rejected)).ShouldBe((new Ratio(0, 1), new Ratio(0, 1), "IdentityRejected"));
    }

    [Fact]
    public void Only_open_court_and_counted_units_count()
    {
        var given = Given.Facts(Docketed("wuquan", "jiaotong", "city"), Hearing("2023-05-08", ("wuquan", Attendee.HeadInCharge), ("jiaotong", Attendee.StaffOnly), ("city", Attendee.None)))
            .And(Hearing("2023-05-09", ("wuquan", Attendee.StaffOnly)) with { OpenCourt = false });
        var rows = Ask<HeadAttendanceRow>("head-attendance", given.Ledger().On());
        rows.Single(r => r.Unit is null).All.ShouldBe(new Ratio(1, 2));
        rows.ShouldNotContain(r => r.Unit == "city");
        given.Ledger().On().Duties.Where(d => d.Kind == DutyKind.HeadAttendance).Select(d => (d.Unit, d.Status))
            .ShouldBe([("jiaotong", DutyStatus.Missed), ("wuquan", DutyStatus.Met)], ignoreOrder: true);
    }

    [Fact]
    public void A_notice_of_the_court_makes_the_duty_known_before_the_hearing()
    {
        static Given Noticed() => Sued.And(Called("2023-05-10", "2023-05-04"));
        (Duty(Noticed(), "2023-05-09")!.DueOn, Duty(Noticed(), "2023-05-09")!.Status, Duty(Noticed(), "2023-05-11")!.Status).ShouldBe((Day("2023-05-10"), DutyStatus.Pending, DutyStatus.Overdue));
        Duty(Noticed().And(new LawsuitSuspended(Day("2023-05-08"), "等待另案")), "2023-05-09")!.Status.ShouldBe(DutyStatus.Suspended);
        Duty(Noticed().And(Hearing("2023-05-10", ("wuquan", Attendee.Principal))))!.Status.ShouldBe(DutyStatus.Met);
        Duty(Noticed().And(Hearing("2023-05-10", ("wuquan", Attendee.StaffOnly))))!.Status.ShouldBe(DutyStatus.Missed);
        Duty(Noticed().And(Hearing("2023-05-06", ("wuquan", Attendee.StaffOnly))), "2023-05-09")!.Status.ShouldBe(DutyStatus.Pending);
    }

    [Theory]
    [InlineData(null, DutyStatus.Overdue)]
    [InlineData(Attendee.Deputy, DutyStatus.Met)]
    [InlineData(Attendee.LawyerOnly, DutyStatus.Missed)]
    public void Called_again_the_head_comes_again(Attendee? by, DutyStatus status)
    {
        var given = Sued.And(Hearing("2023-05-08", ("wuquan", Attendee.Principal)), Called("2023-06-08", "2023-06-01"));
        if (by is { } came) given = given.And(Hearing("2023-06-08", ("wuquan", came)));
        given.Ledger().On().Duties.Where(d => d.Kind == DutyKind.HeadAttendance).Select(d => (d.Item, d.Status))
            .ShouldBe([(null, DutyStatus.Met), ("2023-06-08", status)], ignoreOrder: true);
    }

    private static string Flags(Given given) => string.Join(',', Row(given).Instances.SelectMany(i => i.Hearings).SelectMany(h => h.Flags));
}
