using System.Text.Json;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Plan;

/// <summary>机构改革: history stays with the old unit, open duties move to the successor.</summary>
public sealed class TransferTests
{
    private static readonly ObligationTransferred Transfer = new(DutyKind.CaseFiling, "jiaotong", Day("2023-04-17"), First);

    private static Given Merged => Given.Facts(Docketed("wuquan"), Materials("wuquan", "2023-04-14")).And("unit/wuquan", Transfer);

    [Fact]
    public void The_successor_files_and_answers()
    {
        var ledger = Merged.And(new CaseFilingSubmitted("jiaotong", First, At("2023-04-19T10:00:00"))).Ledger();
        var filing = ledger.CountyOn(Given.Today).Obligations().ShouldHaveSingleItem();
        (filing.Unit, filing.Status, filing.DueOn).ShouldBe(("jiaotong", ObligationStatus.Met, Day("2023-04-19")));
        ledger.On().Duties.Single(d => d.Kind == DutyKind.CaseFiling).Unit.ShouldBe("jiaotong");
    }

    [Fact]
    public void Before_the_transfer_it_was_the_old_units()
    {
        var ledger = Merged.Ledger();
        ledger.CountyOn(Day("2023-04-16")).Obligations().ShouldHaveSingleItem().Unit.ShouldBe("wuquan");
        var overdue = ledger.CountyOn(Day("2023-04-20")).Obligations("jiaotong").ShouldHaveSingleItem();
        (overdue.Unit, overdue.Status, overdue.DaysLate).ShouldBe(("jiaotong", ObligationStatus.Overdue, 1));
        ledger.CountyOn(Day("2023-04-20")).Obligations("wuquan").ShouldBeEmpty();
    }

    [Fact]
    public void A_duty_without_a_due_day_belongs_to_the_period_in_which_it_opened()
    {
        // Nobody recorded the receipt of a case that was docketed on 2023-04-10.
        var situation = Given.Facts(Docketed("wuquan")).Ledger().On();
        InPeriod("2023Q2").ShouldContain(d => d.Kind == DutyKind.CaseFiling && d.DueOn == null);
        InPeriod("2023Q3").ShouldNotContain(d => d.Kind == DutyKind.CaseFiling);

        IReadOnlyList<Duty> InPeriod(string period) => (IReadOnlyList<Duty>)DutyArea.Area.Questions.Single(q => q.Name == "duties")
            .Answer(situation, new Asked { Period = Period.Parse(period) }).Value!;
    }

    [Fact]
    public void The_number_of_timely_filings_is_the_successors_and_the_lawsuit_stays()
    {
        var county = Merged.Ledger().CountyOn(Given.Today);
        var rows = county.Rank(Period.Parse("2023Q2"), UnitList.All, county.Policies.Find("P-A")!).Rows.ToDictionary(r => r.Unit, r => r.Figures);
        rows["jiaotong"].TimelyCaseFiling.ShouldBe(new global::Ledger.Domain.Ratio(0, 1));
        rows["wuquan"].TimelyCaseFiling.ShouldBe(new global::Ledger.Domain.Ratio(0, 0));
        (rows["wuquan"].NewCases, rows["jiaotong"].NewCases).ShouldBe((1, 0));
    }

    [Fact]
    public void Who_took_over_nothing_cannot_file() =>
        Merged.When(new CaseFilingSubmitted("gongan", First, At("2023-04-19T10:00:00"))).ThenRefused(Codes.DefendantNotNamed);

    [Fact]
    public void The_successor_cannot_file_before_the_receipt() =>
        Merged.When(new CaseFilingSubmitted("jiaotong", First, At("2023-04-13T10:00:00"))).ThenRefused(Codes.FilingBeforeReceipt);

    [Fact]
    public void The_loss_documents_of_both_complete_the_filing()
    {
        var ledger = Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Received("wuquan"))
            .And("unit/wuquan", Transfer with { Kind = DutyKind.LossFiling, TransferredOn = Day("2023-05-29") })
            .And(Submitted("wuquan", LossDocument.JudicialDocument, "2023-05-26T09:00:00"))
            .And(Submitted("jiaotong", LossDocument.CauseAnalysis, "2023-05-30T09:00:00"), Submitted("jiaotong", LossDocument.RectificationMeasures, "2023-05-31T09:00:00"))
            .Ledger();
        var filing = ledger.CountyOn(Given.Today).Obligations().ShouldHaveSingleItem();
        (filing.Unit, filing.MetAt, filing.Status).ShouldBe(("jiaotong", At("2023-05-31T09:00:00"), ObligationStatus.Met));
    }

    [Fact]
    public void A_report_of_non_performance_is_the_successors()
    {
        var ledger = Given.Facts()
            .And("unit/wuquan", new DutyRegistered("d", "职责", Day("2021-05-01")), new ObligationTransferred(DutyKind.NonPerformanceReport, "jiaotong", Day("2024-01-10"), null, "d", 2023))
            .And("unit/jiaotong", new NonPerformanceReportSubmitted(2023, "d", At("2024-01-20T10:00:00"), "无案件"))
            .Ledger();
        var reports = ledger.CountyOn(Given.Today).Obligations().ToDictionary(o => o.Year!.Value);
        (reports[2023].Unit, reports[2023].Status).ShouldBe(("jiaotong", ObligationStatus.Met));
        (reports[2022].Unit, reports[2022].Status).ShouldBe(("wuquan", ObligationStatus.Overdue));
    }

    [Theory]
    [InlineData(DutyKind.CaseFiling, "wuquan", First, null, null, Codes.ObligationSameUnit)]
    [InlineData(DutyKind.CaseFiling, "nobody", First, null, null, Codes.UnknownUnit)]
    [InlineData(DutyKind.LossFiling, "jiaotong", null, null, null, Codes.ObligationIncompleteKey)]
    [InlineData(DutyKind.NonPerformanceReport, "jiaotong", null, "d", null, Codes.ObligationIncompleteKey)]
    [InlineData(DutyKind.NonPerformanceReport, "jiaotong", null, null, 2023, Codes.ObligationIncompleteKey)]
    public void A_transfer_names_the_duty_and_another_unit(DutyKind kind, string to, string? caseNo, string? duty, int? year, string code) =>
        Given.Facts().When("unit/wuquan", new ObligationTransferred(kind, to, Day("2023-04-17"), caseNo, duty, year)).ThenRefused(code);
}

/// <summary>The board and its reference data.</summary>
public sealed class DutyBoardTests
{
    private static readonly ActionPlanIssued Plan = new("舞法办〔2023〕3号", "行动方案", Day("2023-03-20"));

    [Fact]
    public void Nothing_returns_before_a_plan_is_in_force() =>
        DutySchedule.Returning(Given.Facts().Ledger().On(), DutyKind.RankingBulletin).ShouldBeEmpty();

    [Fact]
    public void Periodic_duties_begin_with_the_first_whole_period()
    {
        var situation = Given.Facts().And("policy/plan", Plan).Ledger().On(Day("2023-10-01"));
        DutySchedule.Returning(situation, DutyKind.RankingBulletin).Select(d => (d.Period, d.DueOn))
            .ShouldBe([("2023Q2", Day("2023-07-30").AddDays(1)), ("2023Q3", Day("2023-10-30")), ("2023Q4", Day("2024-01-30"))]);
    }

    [Fact]
    public void An_adopted_schedule_governs_the_periods_that_begin_after_it()
    {
        var schedule = new DutyScheduleAdopted(Day("2023-07-01"), [new(DutyKind.RankingBulletin, Frequency.Quarterly, 10)]);
        var situation = Given.Facts().And("policy/plan", Plan).And("policy/s", schedule).Ledger().On(Day("2023-09-01"));
        DutySchedule.Returning(situation, DutyKind.RankingBulletin).Select(d => d.DueOn).ShouldBe([Day("2023-07-31"), Day("2023-10-10")]);
    }

    [Fact]
    public void Only_what_returns_is_scheduled() =>
        Given.Facts().When("policy/s", new DutyScheduleAdopted(Day("2023-07-01"), [new(DutyKind.CaseFiling, Frequency.Quarterly, 0)])).ThenRefused(Codes.DutyNotPeriodic);

    [Fact]
    public void A_policy_id_is_adopted_once() => Given.Facts().And("policy/s", Plan)
        .When("policy/s", new DutyScheduleAdopted(Day("2023-07-01"), [])).ThenRefused(Codes.PolicyAlreadyAdopted);

    [Theory]
    [InlineData("2023-04-17", DutyStatus.Pending, DutyColour.Green)] // due 2023-04-19, a Wednesday
    [InlineData("2023-04-18", DutyStatus.Pending, DutyColour.Yellow)]
    [InlineData("2023-04-19", DutyStatus.Pending, DutyColour.Red)]
    [InlineData("2023-04-20", DutyStatus.Overdue, DutyColour.Red)]
    public void The_traffic_light_counts_working_days(string asOf, DutyStatus status, DutyColour colour)
    {
        var duty = Given.Facts(Docketed("wuquan"), Materials("wuquan", "2023-04-14")).Ledger().On(Day(asOf)).Duties.Single(d => d.Kind == DutyKind.CaseFiling);
        (duty.Status, duty.Colour).ShouldBe((status, colour));
    }

    [Fact]
    public void A_dossier_holds_what_concerns_the_unit_and_nothing_of_another()
    {
        var ledger = Given.Facts(Docketed("wuquan", "beiwudu"), Materials("wuquan"), Materials("beiwudu"))
            .And("unit/beiwudu", new ObligationTransferred(DutyKind.CaseFiling, "jiaotong", Day("2023-04-17"), First)).Ledger();
        Of("wuquan").ShouldBe(["unit/wuquan UnitRegistered", "lawsuit/a LawsuitDocketed", "lawsuit/a ResponseMaterialsReceived"]);
        Of("jiaotong").ShouldBe(["unit/jiaotong UnitRegistered", "unit/beiwudu ObligationTransferred"]);

        IEnumerable<string> Of(string unit) => Dossier.Of(ledger.On(), unit).Select(r => $"{r.Subject} {r.Fact}");
    }

    [Fact]
    public void Every_kind_of_duty_has_one_row() => DutyKinds.All.Select(r => r.Kind).ShouldBe(Enum.GetValues<DutyKind>(), ignoreOrder: true);
}

/// <summary>The area's specimen.</summary>
public sealed class DutySpecimen : AreaSpecimen
{
    public override Area Area => DutyArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ActionPlanIssued"] = "Admin", ["DutyScheduleAdopted"] = "Admin", ["ObligationTransferred"] = "Supervisor",
        ["ScoringPolicyAdopted"] = "Admin",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["duties"] = "Clerk Supervisor Auditor Inspector Approver Admin", ["today"] = "Clerk Supervisor Auditor Inspector Approver Admin",
        ["dossier"] = "Supervisor Auditor Inspector Approver Admin", ["clauses"] = "Supervisor Auditor Inspector Approver Admin",
        ["compliance"] = "Clerk Supervisor Auditor Inspector Approver Admin", ["compliance-ranking"] = "Supervisor Auditor Inspector Approver Admin",
        ["movement"] = "Clerk Supervisor Auditor Inspector Approver Admin",
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller) => teller.Next(5) switch
    {
        0 => (new Subject(StreamKind.Policy, "plan" + teller.Next(2)), new ActionPlanIssued("舞法办〔2023〕3号", "行动方案", teller.Day())),
        1 => (new Subject(StreamKind.Policy, "schedule" + teller.Next(3)), new DutyScheduleAdopted(teller.Day(), [new(DutyKind.DisputeAnalysis, Frequency.Quarterly, teller.Next(40))])),
        2 => (new Subject(StreamKind.Policy, "scoring" + teller.Next(3)), new ScoringPolicyAdopted(
            teller.Day(), [new(teller.Next(9), "3.2.3c"), new(teller.Next(9), Kind: DutyKind.LossFiling)], new global::Ledger.Domain.Ratio(teller.Next(3), 2))),
        _ => (global::Ledger.Domain.Facts.Subject.Unit(teller.Unit()), new ObligationTransferred(
            teller.Rarely(2) ? DutyKind.CaseFiling : DutyKind.LossFiling, teller.Unit(), teller.Day(within: 300), OneCase(teller) ?? First)),
    };

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact is ScoringPolicyAdopted
        ? new Dictionary<string, JsonElement> { ["lateCredit"] = Value(new global::Ledger.Domain.Ratio(teller.Next(4), 3)) }
        : base.Set(fact, teller);

    private static string? OneCase(IRandomTeller teller) => teller.Ledger.Of(StreamKind.Lawsuit).SelectMany(l => l.Facts).Select(f => f.Fact).OfType<IOpensInstance>().ToList() is { Count: > 0 } opened
        ? teller.One(opened).CaseNo
        : null;
}
