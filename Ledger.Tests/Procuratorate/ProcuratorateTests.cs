using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Procuratorate;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Procuratorate;

/// <summary>Clues, suggestions, entries and criminal referrals (plan 3.3.4).</summary>
public sealed class ProcuratorateTests
{
    private const string P = "procuratorial/x";
    private static readonly string Sha = new('c', 64);

    private static readonly ProcuratorialSuggestionReceived Suggestion = new("wuquan", "检建1", Day("2024-03-01"), Day("2024-04-30"));
    private static readonly ProcuratorialClueTransferred Clue = new(ClueDirection.FromProcuratorate, "gongan", "线1", Day("2024-02-01"));
    private static readonly CriminalReferralMade Referral = new("gongan", "案1", "县公安局", Day("2024-03-01"));
    private static readonly CriminalReferralResultRecorded Refused = new(false, Day("2024-03-10"), "未达到追诉标准");
    private static readonly CaseInfoEntryChecked Check = new("gongan", 10, 8, [new(EntryDefect.DocumentMissing, 2)], Day("2024-03-01"));
    private static readonly ProcuratorialFindingCorrected Correction = new("wuquan", "已撤销", Day("2024-04-10"), Sha);

    private static Given Suggested => Given.Facts().And(P, Suggestion);

    private static ProcuratorialReplySubmitted Reply(string on, string unit = "wuquan", string number = "检建1") => new(unit, number, Day(on), Sha);

    private static IReadOnlyList<TRow> Ask<TRow>(Given given, string name, Asked? asked = null, string? on = null) =>
        (IReadOnlyList<TRow>)ProcuratorateArea.Area.Questions.Single(q => q.Name == name).Answer(given.Ledger().On(on is null ? null : Day(on)), asked ?? new Asked()).Value!;

    private static Duty? DutyOf(Given given, DutyKind kind, string? on = null) => given.Ledger().On(on is null ? null : Day(on)).Duties.SingleOrDefault(d => d.Kind == kind);

    [Fact]
    public void A_matter_begins_with_what_opens_it_and_once()
    {
        Given.Facts().When(P, Reply("2024-04-01")).ThenRefused(Codes.SubjectNotFound);
        Suggested.When(P, Clue).ThenRefused(Codes.SubjectAlreadyOpened);
        Given.Facts().When(P, Clue with { Unit = "nobody" }).ThenRefused(Codes.UnknownUnit);
        Given.Facts().When(P, Suggestion with { DueOn = Day("2024-02-28") }).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void A_reply_answers_the_suggestion_of_its_unit()
    {
        Suggested.When(P, Reply("2024-05-20")).ThenAdmitted();
        Suggested.When(P, Reply("2024-02-29")).ThenRefused(Codes.DateOutOfOrder);
        Suggested.When(P, Reply("2024-04-01", number: "检建2")).ThenRefused(Codes.ProcuratorialOtherDocument);
        Suggested.When(P, Reply("2024-04-01", "gongan")).ThenRefused(Codes.ProcuratorialOtherUnit);
        Given.Facts().And(P, Clue).When(P, Reply("2024-04-01", "gongan")).ThenRefused(Codes.ProcuratorialOtherKind);
        Suggested.And(P, Reply("2024-04-01")).When(P, Reply("2024-04-01")).ThenNothing();
    }

    [Fact]
    public void The_successor_replies_once_the_obligation_is_transferred() => Suggested
        .And("unit/wuquan", new ObligationTransferred(DutyKind.ProcuratorialReply, "gongan", Day("2024-03-10"), null, "检建1"))
        .When(P, Reply("2024-04-01", "gongan")).ThenAdmitted();

    [Fact]
    public void What_is_closed_as_corrected_was_corrected()
    {
        var closed = new ProcuratorialFollowUpClosed(FollowUpResult.Corrected, Day("2024-05-10"));
        Suggested.When(P, closed).ThenRefused(Codes.ProcuratorialNotCorrected);
        Suggested.And(P, Correction).When(P, closed with { ClosedOn = Day("2024-04-09") }).ThenRefused(Codes.ProcuratorialNotCorrected);
        Suggested.And(P, Correction).When(P, closed).ThenAdmitted();
        Suggested.When(P, closed with { Result = FollowUpResult.NothingToCorrect }).ThenAdmitted();
        Suggested.And(P, Correction, closed).When(P, closed with { Result = FollowUpResult.NotAdopted }).ThenRefused(Codes.ProcuratorialAlreadyClosed);
        Suggested.And(P, Correction, closed).When(P, Retracted(Given.Id(2))).ThenRefused(Codes.FactInvalidHistory, Codes.ProcuratorialNotCorrected);
    }

    [Fact]
    public void No_more_entries_are_complete_than_were_looked_at()
    {
        Given.Facts().When(P, Check).ThenAdmitted();
        Given.Facts().When(P, Check with { Complete = 11 }).ThenRefused(Codes.ProcuratorialMoreCompleteThanSampled);
        Given.Facts().When(P, Check with { Sampled = 0 }).ThenRefused(Codes.InvalidValue);
        Given.Facts().When(P, Check with { Complete = -1 }).ThenRefused(Codes.InvalidValue);
        Given.Facts().When(P, Check with { Defects = [new(EntryDefect.DocumentMissing, 0)] }).ThenRefused(Codes.InvalidValue);
        Given.Facts().When(P, Check with { Defects = [new(EntryDefect.DocumentMissing, 1), new(EntryDefect.DocumentMissing, 1)] }).ThenRefused(Codes.ProcuratorialDefectRepeated);
    }

    [Fact]
    public void A_refusal_of_a_referral_has_reasons_and_may_be_overturned()
    {
        var referred = Given.Facts().And(P, Referral);
        referred.When(P, Refused with { Reasons = null }).ThenRefused(Codes.ProcuratorialRefusalWithoutReasons);
        referred.When(P, Refused with { DecidedOn = Day("2024-02-29") }).ThenRefused(Codes.DateOutOfOrder);
        referred.When(P, new ProcuratorialFollowUpClosed(FollowUpResult.Withdrawn, Day("2024-04-01"))).ThenRefused(Codes.ProcuratorialOtherKind);
        referred.And(P, Refused).When(P, Refused with { Reasons = "另一理由" }).ThenRefused(Codes.ProcuratorialResultRecorded);
        referred.When(P, new CriminalReferralResultRecorded(true, Day("2024-03-09"))).ThenRefused(Codes.ProcuratorialResultRecorded);
        referred.When(P, new CriminalReferralResultRecorded(true, Day("2024-04-09"))).ThenAdmitted();
    }

    [Fact]
    public void An_acceptance_that_was_recorded_first_does_not_keep_out_the_refusal_before_it() => Given.Facts()
        .And(P, Referral, new CriminalReferralResultRecorded(true, Day("2024-04-09"))).When(P, Refused).ThenAdmitted();

    [Theory]
    [InlineData("2024-04-30", ProcuratorialStatus.AwaitingReply, DutyStatus.Pending, 0)]
    [InlineData("2024-05-07", ProcuratorialStatus.ReplyOverdue, DutyStatus.Overdue, 2)]
    [InlineData("2024-05-08", ProcuratorialStatus.RepliedLate, DutyStatus.MetLate, 3)]
    [InlineData("2024-06-03", ProcuratorialStatus.FollowUpClosed, DutyStatus.MetLate, 3)]
    public void A_suggestion_is_followed_to_its_end(string on, ProcuratorialStatus status, DutyStatus duty, int daysLate)
    {
        // Due on the eve of the May holiday, 1 to 5 May 2024; 11 May is a working Saturday.
        var given = Suggested.And(P, Reply("2024-05-08"), Correction with { CorrectedOn = Day("2024-05-09") }, new ProcuratorialFollowUpClosed(FollowUpResult.Corrected, Day("2024-06-03")));
        var row = Ask<ProcuratorialRow>(given, "procuratorial-matters", on: on).ShouldHaveSingleItem();
        (row.Status, row.DaysLate).ShouldBe((status, daysLate));
        DutyOf(given, DutyKind.ProcuratorialReply, on)!.ShouldSatisfyAllConditions(d => d.Status.ShouldBe(duty), d => d.Unit.ShouldBe("wuquan"), d => d.DaysLate.ShouldBe(daysLate));
    }

    [Fact]
    public void A_correction_of_the_due_day_changes_the_answer()
    {
        var given = Suggested.And(P, Reply("2024-05-08")).And(P, Corrected(Given.Id(1), ("dueOn", "\"2024-05-31\"")));
        Ask<ProcuratorialRow>(given, "procuratorial-matters").ShouldHaveSingleItem().Status.ShouldBe(ProcuratorialStatus.Replied);
        DutyOf(given, DutyKind.ProcuratorialReply)!.Status.ShouldBe(DutyStatus.Met);
    }

    [Fact]
    public void A_suggestion_that_was_withdrawn_wants_no_reply()
    {
        var given = Suggested.And(P, new ProcuratorialFollowUpClosed(FollowUpResult.Withdrawn, Day("2024-04-01")));
        DutyOf(given, DutyKind.ProcuratorialReply).ShouldBeNull();
        DutyOf(given, DutyKind.ProcuratorialReply, "2024-03-31")!.Status.ShouldBe(DutyStatus.Pending);
        Ask<ProcuratorialRow>(given, "procuratorial-matters").ShouldHaveSingleItem().DaysLate.ShouldBe(0);
    }

    [Fact]
    public void Matters_are_narrowed_by_unit_period_and_status()
    {
        var given = Suggested.And("procuratorial/y", Clue).And("procuratorial/z", Check).And("procuratorial/v", Clue with { Direction = ClueDirection.ToProcuratorate, ClueNo = "线2" });
        Ask<ProcuratorialRow>(given, "procuratorial-matters").Select(r => (r.Key, r.Form)).ShouldBe([("v", MatterForm.ClueSent), ("y", MatterForm.ClueReceived), ("x", MatterForm.Suggestion)]);
        Ask<ProcuratorialRow>(given, "procuratorial-matters", new Asked { Unit = "wuquan" }).ShouldHaveSingleItem().Key.ShouldBe("x");
        Ask<ProcuratorialRow>(given, "procuratorial-matters", new Asked { Period = Period.Parse("2024-03") }).ShouldHaveSingleItem().Key.ShouldBe("x");
        Ask<ProcuratorialRow>(given, "procuratorial-matters", new Asked { Status = "ReplyOverdue" }).ShouldHaveSingleItem().Key.ShouldBe("x");
    }

    [Fact]
    public void Entry_quality_is_summed_by_unit()
    {
        var given = Given.Facts().And(P, Check).And("procuratorial/y", Check with { Sampled = 5, Complete = 5, Defects = [new(EntryDefect.EnteredLate, 3)], CheckedOn = Day("2024-05-01") })
            .And("procuratorial/z", Check with { Unit = "wuquan", Complete = 10, Defects = [] });
        var rows = Ask<EntryQualityRow>(given, "entry-quality").ToDictionary(r => r.Unit);
        (rows["gongan"].Checks, rows["gongan"].CompleteRate, rows["gongan"].LastCheckedOn).ShouldBe((2, new Ratio(13, 15), Day("2024-05-01")));
        rows["gongan"].Defects.ShouldBe([new(EntryDefect.EnteredLate, 3), new(EntryDefect.DocumentMissing, 2)]);
        rows["wuquan"].CompleteRate.ShouldBe(new Ratio(10, 10));
        Ask<EntryQualityRow>(given, "entry-quality", new Asked { Unit = "gongan", Period = Period.Parse("2024Q1") }).ShouldHaveSingleItem().CompleteRate.ShouldBe(new Ratio(8, 10));
    }

    [Fact]
    public void A_referral_is_followed_to_its_result()
    {
        var given = Given.Facts().And(P, Referral, Refused, new CriminalReferralResultRecorded(true, Day("2024-04-09")));
        ReferralRow RowOn(string on) => Ask<ReferralRow>(given, "criminal-referrals", on: on).ShouldHaveSingleItem();
        (RowOn("2024-03-09").Status, RowOn("2024-03-09").WaitingDays).ShouldBe((ReferralStatus.AwaitingResult, 8));
        (RowOn("2024-03-10").Status, RowOn("2024-03-10").Reasons).ShouldBe((ReferralStatus.NotAccepted, "未达到追诉标准"));
        (RowOn("2024-04-09").Status, RowOn("2024-04-09").WaitingDays).ShouldBe((ReferralStatus.Accepted, 9));
        DutyOf(given, DutyKind.ReferralResult, "2024-03-09")!.Status.ShouldBe(DutyStatus.Pending);
        DutyOf(given, DutyKind.ReferralResult)!.ShouldSatisfyAllConditions(d => d.Status.ShouldBe(DutyStatus.Met), d => d.MetOn.ShouldBe(Day("2024-03-10")));
        Ask<ReferralRow>(given, "criminal-referrals", new Asked { Status = "NotAccepted" }).ShouldBeEmpty();
    }
}

/// <summary>The area's specimen.</summary>
public sealed class ProcuratorateSpecimen : AreaSpecimen
{
    private static readonly string Sha = new('c', 64);

    public override Area Area => ProcuratorateArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ProcuratorialClueTransferred"] = "Supervisor", ["ProcuratorialSuggestionReceived"] = "Clerk Supervisor", ["ProcuratorialReplySubmitted"] = "Clerk Supervisor",
        ["ProcuratorialFindingCorrected"] = "Clerk Supervisor", ["ProcuratorialFollowUpClosed"] = "Supervisor", ["CaseInfoEntryChecked"] = "Supervisor",
        ["CriminalReferralMade"] = "Clerk Supervisor", ["CriminalReferralResultRecorded"] = "Supervisor",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["procuratorial-matters"] = "Clerk Supervisor Auditor Inspector Approver Admin", ["entry-quality"] = "Clerk Supervisor Auditor Inspector Approver Admin",
        ["criminal-referrals"] = "Clerk Supervisor Auditor Inspector Approver Admin",
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var subject = new Subject(StreamKind.Procuratorial, "m" + teller.Next(3));
        var matter = ProcuratorialMatter.Fold(subject.Key, teller.Ledger.Of(subject));
        return (subject, matter.Opening is null ? Opening(teller) : Following(teller, matter));
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        ProcuratorialSuggestionReceived f => With("dueOn", f.ReceivedOn.AddDays(teller.Next(60))),
        ProcuratorialFindingCorrected f => With("correctedOn", teller.Day(f.CorrectedOn, 9)),
        CaseInfoEntryChecked => With("complete", teller.Next(6)),
        CriminalReferralMade => With("receivingOrgan", "市公安局"),
        _ => base.Set(fact, teller),
    };

    private static Dictionary<string, JsonElement> With(string member, object value) => new(StringComparer.Ordinal) { [member] = Value(value) };

    private static IFact Opening(IRandomTeller teller)
    {
        var (unit, on) = (teller.Unit(), teller.Day());
        return teller.Next(5) switch
        {
            0 => new ProcuratorialClueTransferred(teller.One<ClueDirection>(), unit, "线1", on),
            1 or 2 => new ProcuratorialSuggestionReceived(unit, "检建1", on, on.AddDays(teller.Next(60))),
            3 => new CaseInfoEntryChecked(unit, 5 + teller.Next(9), teller.Next(6), [new EntryDefects(teller.One<EntryDefect>(), 1 + teller.Next(4))], on),
            _ => new CriminalReferralMade(unit, "案1", "县公安局", on),
        };
    }

    private static IFact Following(IRandomTeller teller, ProcuratorialMatter matter)
    {
        var on = teller.Day(matter.Opening!.Fact.LegalDate, 90);
        return matter.Opening.Fact switch
        {
            CriminalReferralMade => teller.Rarely(2) ? new CriminalReferralResultRecorded(true, on) : new CriminalReferralResultRecorded(false, on, "未达到追诉标准"),
            ProcuratorialSuggestionReceived f when matter.Reply is null => new ProcuratorialReplySubmitted(f.Unit, f.DocumentNo, on, Sha),
            _ when matter.Corrections.Count == 0 => new ProcuratorialFindingCorrected(matter.Unit, "已撤销", on, Sha),
            _ => new ProcuratorialFollowUpClosed(teller.One<FollowUpResult>(), teller.Day(matter.Corrections[0].Fact.LegalDate)),
        };
    }
}
