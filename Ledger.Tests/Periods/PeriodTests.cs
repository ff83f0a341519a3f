using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Periods;

/// <summary>The court's list, the exchange and the reconciliation of a quarter.</summary>
public sealed class CourtListTests
{
    private const string Quarter = "period/2023Q2";
    private static readonly string Hash = new('a', 64);

    internal static CourtQuarterlyListShared List(int listNo = 1, string sharedOn = "2023-07-10", params CourtListRow[] rows) =>
        new("2023Q2", listNo, ["豫1121"], rows.Length == 0 ? [new CourtListRow(First)] : rows, Hash, Day(sharedOn));

    private static DifferenceResolved Settled(DifferenceKind kind, string? unit = null, string caseNo = First, string on = "2023-07-12", DifferenceSettlement settlement = DifferenceSettlement.Explained) =>
        new("2023Q2", caseNo, kind, settlement, "已核实", Day(on), "wang", unit);

    [Fact]
    public void A_list_of_a_quarter_that_is_over_is_admitted() => Given.Facts().When(Quarter, List()).ThenAdmitted();

    [Fact]
    public void A_list_belongs_to_its_quarter() => Given.Facts().When("period/2023Q3", List()).ThenRefused(Codes.InvalidValue);

    [Fact]
    public void A_year_has_no_court_list() => Given.Facts().When("period/2023", List() with { Period = "2023" }).ThenRefused(Codes.PeriodNotAQuarter);

    [Fact]
    public void A_list_is_shared_when_the_quarter_is_over() => Given.Facts().When(Quarter, List(sharedOn: "2023-06-29")).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void A_replacement_has_a_higher_number()
    {
        var given = Given.Facts().And(Quarter, List(2));
        given.When(Quarter, List(1)).ThenRefused(Codes.PeriodListNotNewer);
        given.When(Quarter, List(3)).ThenAdmitted();
        given.When(Quarter, List(2)).ThenNothing();
    }

    [Theory]
    [InlineData("2023行初1号", null, Codes.CaseNumberInvalid)]
    [InlineData("（2023）豫11行初1号", null, Codes.PeriodListOtherCourt)]
    [InlineData("(2023)豫1121行初1号", null, Codes.PeriodListDuplicateCase)]
    [InlineData("（2023）豫1121行初2号", "nobody", Codes.UnknownUnit)]
    public void Each_row_is_a_case_of_the_court_once(string caseNo, string? unit, string code) =>
        Given.Facts().When(Quarter, List(1, "2023-07-10", new CourtListRow(First), new CourtListRow(caseNo, unit))).ThenRefused(code);

    [Fact]
    public void A_case_is_not_closed_before_it_is_docketed() => Given.Facts()
        .When(Quarter, List(1, "2023-07-10", new CourtListRow(First, null, Day("2023-05-01"), Day("2023-04-01")))).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void A_list_has_a_number_and_a_court()
    {
        Given.Facts().When(Quarter, List(0)).ThenRefused(Codes.InvalidValue);
        Given.Facts().When(Quarter, List() with { Courts = [] }).ThenRefused(Codes.InvalidValue);
    }

    [Fact]
    public void Information_is_exchanged_in_the_quarter_or_later()
    {
        var exchange = new InformationExchanged("2023Q2", ["县人民法院"], Day("2023-07-01"));
        Given.Facts().When(Quarter, exchange).ThenAdmitted();
        Given.Facts().When(Quarter, exchange with { ExchangedOn = Day("2023-03-31") }).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void Only_a_difference_that_a_list_can_give_rise_to_is_settled()
    {
        var given = Given.Facts().And(Quarter, List(1, "2023-07-10", new CourtListRow(First, "wuquan")));
        given.When(Quarter, Settled(DifferenceKind.NeverFiled, "wuquan")).ThenAdmitted();
        given.When(Quarter, Settled(DifferenceKind.NeverFiled, "gongan")).ThenRefused(Codes.DifferenceUnknown);
        given.When(Quarter, Settled(DifferenceKind.LedgerOnly)).ThenRefused(Codes.DifferenceUnknown);
        given.When(Quarter, Settled(DifferenceKind.LedgerOnly, caseNo: Remanded)).ThenAdmitted();
        given.When(Quarter, Settled(DifferenceKind.CourtOnly, "wuquan", Remanded)).ThenRefused(Codes.DifferenceUnknown);
        given.When(Quarter, Settled(DifferenceKind.CourtOnly, "wuquan", "1号")).ThenRefused(Codes.CaseNumberInvalid);
        given.When(Quarter, Settled(DifferenceKind.CourtOnly, "wuquan", on: "2023-07-09")).ThenRefused(Codes.PeriodNoList);
    }

    [Fact]
    public void A_difference_is_settled_once()
    {
        var given = Given.Facts().And(Quarter, List(), Settled(DifferenceKind.CourtOnly));
        given.When(Quarter, Settled(DifferenceKind.CourtOnly, on: "2023-07-13")).ThenRefused(Codes.DifferenceAlreadyResolved);
        given.When(Quarter, Settled(DifferenceKind.CourtOnly)).ThenNothing();
    }

    [Fact]
    public void The_court_and_the_office_have_their_quarterly_duties()
    {
        var given = Given.Facts().And("policy/plan", new ActionPlanIssued("舞法办〔2023〕3号", "方案", Day("2023-03-20")))
            .And(Quarter, List(1, "2023-07-20"), new InformationExchanged("2023Q2", ["县人民法院"], Day("2023-07-12")));
        var duties = given.Ledger().On(Day("2023-11-01")).Duties.Where(d => d.Kind is DutyKind.CourtListShared or DutyKind.InformationExchange)
            .Select(d => (d.Kind, d.Period, d.Status, d.DaysLate)).ToList();
        // The list of Q2 was due on 2023-07-17 (the 15th is a Saturday), that of Q3 on 2023-10-16.
        duties.ShouldBe(
            [
                (DutyKind.CourtListShared, "2023Q2", DutyStatus.MetLate, 3), (DutyKind.InformationExchange, "2023Q2", DutyStatus.Met, 0),
                (DutyKind.CourtListShared, "2023Q3", DutyStatus.Overdue, 12), (DutyKind.InformationExchange, "2023Q3", DutyStatus.Overdue, 12),
                (DutyKind.CourtListShared, "2023Q4", DutyStatus.Pending, 0), (DutyKind.InformationExchange, "2023Q4", DutyStatus.Pending, 0),
            ], ignoreOrder: true);
    }
}

/// <summary>The court's list against the ledger.</summary>
public sealed class ReconciliationTests
{
    private static readonly Asked Q2 = new() { Period = Period.Parse("2023Q2") };

    // Case 1 agrees; 2 was never filed; 3 differs in everything; 4 is the court's only; 5 the ledger's only.
    private static CountyStory Shared()
    {
        var story = new CountyStory();
        for (var n = 1; n <= 3; n++)
        {
            story.Judged(n, "wuquan", "2023-04-10", "2023-06-20", Outcome.RevokeAll);
            story.Tell($"lawsuit/c{n}", Materials("wuquan", caseNo: CountyStory.CaseNo(n)));
            if (n != 2) story.Tell($"lawsuit/c{n}", new CaseFilingSubmitted("wuquan", CountyStory.CaseNo(n), At("2023-04-17T10:00:00")));
        }

        story.Judged(5, "beiwudu", "2023-05-10", "2023-09-20", Outcome.DismissClaims);
        story.Tell("lawsuit/far", DocketedOn("2023-05-11", "county") with { CaseNo = "（2023）豫11行初7号" });
        story.Tell("period/2023Q2", CourtListTests.List(1, "2023-07-10",
            Row(1), Row(2), Row(3) with { Unit = "gongan", DocketedOn = Day("2023-04-11"), ClosedOn = Day("2023-06-21"), Outcome = Outcome.DismissClaims }, Row(4)));
        return story;

        static CourtListRow Row(int n) => new(CountyStory.CaseNo(n), "wuquan", Day("2023-04-10"), Day("2023-06-20"), Outcome.RevokeAll);
    }

    [Fact]
    public void Shows_what_the_court_has_and_the_unit_never_filed()
    {
        var rows = Shared().Ask<DifferenceRow>("reconciliation", Q2);
        rows.Select(r => (r.CaseNo, r.Kind, r.Unit, r.HiddenNonFiling)).ShouldBe(
        [
            (CountyStory.CaseNo(2), DifferenceKind.NeverFiled, "wuquan", true),
            (CountyStory.CaseNo(3), DifferenceKind.DocketedDiffers, "gongan", false),
            (CountyStory.CaseNo(3), DifferenceKind.ClosedDiffers, "gongan", false),
            (CountyStory.CaseNo(3), DifferenceKind.OutcomeDiffers, "gongan", false),
            (CountyStory.CaseNo(3), DifferenceKind.UnitDiffers, "gongan", false),
            (CountyStory.CaseNo(4), DifferenceKind.CourtOnly, "wuquan", true),
            (CountyStory.CaseNo(5), DifferenceKind.LedgerOnly, null, false),
        ]);
        rows.ShouldAllBe(r => r.Status == DifferenceStatus.Open);
        rows[1].Court.ShouldBe("2023-04-11");
        rows[1].Ledger.ShouldBe("2023-04-10");
    }

    [Fact]
    public void Every_difference_is_a_duty_until_it_is_settled_or_gone()
    {
        var story = Shared();
        Duties(story).Count(d => d.IsOpen).ShouldBe(7);
        Duties(story)[0].DueOn.ShouldBe(Day("2023-07-24"));
        story.Tell("period/2023Q2", new DifferenceResolved("2023Q2", CountyStory.CaseNo(3), DifferenceKind.UnitDiffers, DifferenceSettlement.Explained, "共同被告", Day("2023-07-20"), "wang", "gongan"));
        story.Tell("period/2023Q2", new DifferenceResolved("2023Q2", CountyStory.CaseNo(2), DifferenceKind.NeverFiled, DifferenceSettlement.Resolved, "已补报", Day("2023-07-26"), "wang", "wuquan"));
        Status(story, 3, DifferenceKind.UnitDiffers).ShouldBe(DifferenceStatus.Explained);
        Status(story, 2, DifferenceKind.NeverFiled).ShouldBe(DifferenceStatus.StillDiffers);
        Duties(story).Count(d => d.IsOpen).ShouldBe(6);
        // A late filing makes what was said true; a late docketing makes another difference go away by itself.
        story.Tell("lawsuit/c2", new CaseFilingSubmitted("wuquan", CountyStory.CaseNo(2), At("2023-07-25T10:00:00")));
        Status(story, 2, DifferenceKind.NeverFiled).ShouldBe(DifferenceStatus.Resolved);
        Duties(story).Where(d => d.MetOn is not null).Select(d => (d.Item, d.Status)).ShouldBe([("UnitDiffers", DutyStatus.Met), ("NeverFiled", DutyStatus.MetLate)], ignoreOrder: true);
    }

    [Fact]
    public void A_comparison_is_the_ledgers_own_and_what_it_found_is_seen_to_go()
    {
        var story = Shared();
        var reconciled = story.Record<CourtListReconciled>("period/2023Q2", "2023Q2", new { reconciledOn = Day("2024-06-01"), reconciledBy = "wang" });
        (reconciled.Matched, reconciled.Differences.Count, reconciled.ListNo).ShouldBe((1, 7, 1));
        story.Refused("period/2023Q2", reconciled with { Matched = 2, ReconciledOn = Day("2024-06-02") }).ShouldBe(Codes.FactNotReproducible);
        story.Refused("period/2023Q2", reconciled with { Differences = [.. reconciled.Differences.Skip(1)] }).ShouldBe(Codes.FactNotReproducible);
        story.Refused("period/2023Q2", reconciled with { ReconciledOn = Day("2023-07-09") }).ShouldBe(Codes.DateOutOfOrder);
        story.Refused("period/2023Q3", reconciled with { Period = "2023Q3" }).ShouldBe(Codes.PeriodNoList);
        story.Judged(4, "wuquan", "2023-04-10", "2023-06-20", Outcome.RevokeAll);
        Status(story, 4, DifferenceKind.CourtOnly).ShouldBe(DifferenceStatus.Gone);
        Status(story, 4, DifferenceKind.NeverFiled).ShouldBe(DifferenceStatus.Open);
        // As the ledger stood it is still what it was.
        new Reconciliation(story.Ledger.On(reconciled.AsOf, reconciled.Position)).Of(Q2.Period!, CourtLists.Of(story.Ledger.Of(Samples.Subject("period/2023Q2")))).Differences.Count.ShouldBe(7);
    }

    [Fact]
    public void A_replacement_stands_for_the_courts_that_it_covers()
    {
        var story = Shared();
        story.Tell("period/2023Q2", new CourtQuarterlyListShared("2023Q2", 2, ["豫11"], [new CourtListRow("（2023）豫11行初7号")], new string('b', 64), Day("2023-07-12")));
        story.Ask<DifferenceRow>("reconciliation", Q2).Select(r => (r.Kind, r.Unit)).ShouldContain((DifferenceKind.NeverFiled, "county"));
        story.Tell("period/2023Q2", CourtListTests.List(3, "2023-07-13", new CourtListRow(CountyStory.CaseNo(1)), new CourtListRow(CountyStory.CaseNo(3)), new CourtListRow(CountyStory.CaseNo(5))));
        story.Ask<DifferenceRow>("reconciliation", Q2).Select(r => (r.CaseNo, r.Kind, r.Unit)).ShouldBe(
        [
            (CountyStory.CaseNo(2), DifferenceKind.LedgerOnly, null), (CountyStory.CaseNo(5), DifferenceKind.NeverFiled, "beiwudu"),
            ("（2023）豫11行初7号", DifferenceKind.NeverFiled, "county"),
        ]);
    }

    [Fact]
    public void The_quarter_shows_who_did_what_and_when()
    {
        var story = Shared();
        story.Tell("period/2023Q2", new InformationExchanged("2023Q2", ["县司法局"], Day("2023-07-11")));
        var row = story.Ask<QuarterRow>("quarters", Q2).ShouldHaveSingleItem();
        (row.ListSharedOn, row.ListNo, row.ExchangedOn, row.Differences, row.Open, row.ClosedOn).ShouldBe((Day("2023-07-10"), 1, Day("2023-07-11"), 7, 7, null));
        row.Evidence.Select(e => e.Fact).ShouldBe(["CourtQuarterlyListShared", "InformationExchanged"]);
        story.Ask<QuarterRow>("quarters", Q2, "2023-07-09").ShouldBeEmpty();
    }

    private static List<Duty> Duties(CountyStory story) => [.. story.Ledger.On().Duties.Where(d => d.Kind == DutyKind.DifferenceResolution)];

    private static DifferenceStatus Status(CountyStory story, int n, DifferenceKind kind) =>
        story.Ask<DifferenceRow>("reconciliation", Q2).Single(r => r.CaseNo == CountyStory.CaseNo(n) && r.Kind == kind).Status;
}

/// <summary>The area's specimen.</summary>
public sealed class PeriodSpecimen : AreaSpecimen
{
    public override Area Area => PeriodArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CourtQuarterlyListShared"] = "Supervisor Court", ["InformationExchanged"] = "Supervisor", ["CourtListReconciled"] = "Supervisor",
        ["DifferenceResolved"] = "Supervisor", ["LossHotlistConfirmed"] = "Supervisor", ["QuarterClosed"] = "Supervisor",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["quarters"] = "Supervisor Auditor Inspector Court Approver Admin", ["reconciliation"] = "Supervisor Auditor Inspector Court Approver Admin",
        ["hot-lists"] = "Supervisor Auditor Inspector Approver Admin", ["confirmed-hot-lists"] = "Supervisor Auditor Inspector Approver Admin",
        ["drafts"] = "Supervisor Auditor Inspector Approver Admin",
    };

    public override IReadOnlySet<string> ToldByStories { get; } = new HashSet<string>(StringComparer.Ordinal) { "CourtListReconciled", "LossHotlistConfirmed", "QuarterClosed" };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var period = "2023Q" + (1 + teller.Next(4));
        var subject = new Subject(StreamKind.Period, period);
        var over = Period.Parse(period).Last;
        var lists = CourtLists.Of(teller.Ledger.Of(subject));
        if (lists.Last is null || teller.Rarely(5))
            return (subject, new CourtQuarterlyListShared(period, (lists.Last?.ListNo ?? 0) + 1, ["豫1121"], [.. Rows(teller)], new string('a', 64), teller.Day(over, 20)));
        if (teller.Rarely(2)) return (subject, new InformationExchanged(period, ["县人民法院", "县司法局"], teller.Day(over, 30)));
        var (caseNo, row) = teller.One(lists.Rows.ToList());
        return (subject, new DifferenceResolved(
            period, caseNo, teller.One(Enum.GetValues<DifferenceKind>()), teller.One<DifferenceSettlement>(), "已核实", teller.Day(lists.Last.SharedOn, 20), "wang", row.Unit));
    }

    public override IReadOnlyDictionary<string, System.Text.Json.JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        DifferenceResolved => new Dictionary<string, System.Text.Json.JsonElement> { ["reason"] = Value("另有说明") },
        CourtQuarterlyListShared f => new Dictionary<string, System.Text.Json.JsonElement> { ["sharedOn"] = Value(f.SharedOn.AddDays(teller.Next(5))) },
        InformationExchanged => new Dictionary<string, System.Text.Json.JsonElement> { ["participants"] = Value(new[] { "县公安局" }) },
        _ => base.Set(fact, teller),
    };

    // What the ledger holds, and a case that it does not know.
    private static IEnumerable<CourtListRow> Rows(IRandomTeller teller) => teller.Ledger.Of(StreamKind.Lawsuit).SelectMany(l => l.Facts).Select(f => f.Fact).OfType<LawsuitDocketed>()
        .Select(d => new CourtListRow(d.CaseNo, d.Defendants[0].Unit, d.DocketedOn))
        .Append(new CourtListRow("（2023）豫1121行初" + (900_000 + teller.Next(50)) + "号", teller.Unit())).DistinctBy(r => CaseNumber.Normalise(r.CaseNo));
}
