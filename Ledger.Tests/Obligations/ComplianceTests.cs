using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;
using Ratio = Ledger.Domain.Ratio;

namespace Ledger.Tests.Obligations;

/// <summary>The compliance score: by hand, and the same.</summary>
public sealed class ComplianceTests
{
    private const string SecondCase = "（2023）豫1121行初2号";
    private const string ThirdCase = "（2023）豫1121行初3号";
    private const string OtherCase = "（2023）豫1121行初4号";

    // Only two kinds of duty weigh anything, whatever else the plan makes the units do.
    private static readonly ScoringPolicyAdopted Filings = new(
        Day("2023-04-01"),
        [
            .. Enum.GetValues<DutyKind>().Except([DutyKind.CaseFiling, DutyKind.LossFiling]).Select(k => new ScoringWeight(0, Kind: k)),
            new(4, Kind: DutyKind.CaseFiling), new(1, "3.2.3d"),
        ],
        new Ratio(1, 4));

    // Three cases received on 14 April, to be filed by the 19th: one in time, one two days late, one never; a loss never filed.
    private static Given County => Given.Facts(Docketed("wuquan"), Materials("wuquan"), new CaseFilingSubmitted("wuquan", First, At("2023-04-19T10:00:00")),
            Judgment(("wuquan", Outcome.RevokeAll)), Received("wuquan"))
        .And("lawsuit/b", Docketed("wuquan") with { CaseNo = SecondCase }, Materials("wuquan", caseNo: SecondCase), new CaseFilingSubmitted("wuquan", SecondCase, At("2023-04-21T10:00:00")))
        .And("lawsuit/c", Docketed("wuquan") with { CaseNo = ThirdCase }, Materials("wuquan", caseNo: ThirdCase))
        .And("lawsuit/d", Docketed("beiwudu") with { CaseNo = OtherCase }, Materials("beiwudu", caseNo: OtherCase), new CaseFilingSubmitted("beiwudu", OtherCase, At("2023-04-17T10:00:00")))
        .And("policy/filings", Filings);

    private static Found Ask(Situation situation, string question, string period, string? policy = null, string? unit = "wuquan") =>
        DutyArea.Area.Questions.Single(q => q.Name == question).Answer(situation, new Asked { Unit = unit, Period = Period.Parse(period), Policy = policy });

    private static ComplianceScore Score(Situation situation, string period = "2023Q2", string? policy = null) =>
        Ask(situation, "compliance", period, policy).Value.ShouldBeOfType<ComplianceScore>();

    private static ComplianceRow Row(ComplianceScore score, DutyKind kind) => score.Rows.Single(r => r.Kind == kind);

    [Fact]
    public void A_score_is_the_sum_of_its_rows_and_each_row_names_its_duties()
    {
        var score = Score(County.Ledger().On());
        (score.Unit, score.Name, score.Period, score.Policy, score.LateCredit).ShouldBe(("wuquan", "舞泉镇", "2023Q2", "filings", new Ratio(1, 4)));
        // 4 × (1 + ¼) of 4 × 3, and nothing of 1 × 1, all in quarters.
        score.Score.ShouldBe(new Ratio(20, 52));
        var filing = Row(score, DutyKind.CaseFiling);
        (filing.Clause, filing.Weight, filing.Duties, filing.Met, filing.MetLate, filing.Overdue, filing.Missed, filing.Open).ShouldBe(("3.2.3c", 4, 3, 1, 1, 1, 0, 0));
        filing.Points.ShouldBe(new Ratio(20, 48));
        filing.Items.Select(d => (d.CaseNo, d.Status)).ShouldBe(
            [(First, DutyStatus.Met), (SecondCase, DutyStatus.MetLate), (ThirdCase, DutyStatus.Overdue)], ignoreOrder: true);
        Row(score, DutyKind.LossFiling).Points.ShouldBe(new Ratio(0, 4));
        (score.Duties, score.Met, score.Overdue).ShouldBe((score.Rows.Sum(r => r.Duties), score.Rows.Sum(r => r.Met), score.Rows.Sum(r => r.Overdue)));
    }

    [Fact]
    public void The_built_in_policy_scores_the_same_duties_otherwise()
    {
        var score = Score(County.Ledger().On(), policy: "S-A");
        (score.Policy, score.LateCredit).ShouldBe(("S-A", new Ratio(1, 2)));
        Row(score, DutyKind.CaseFiling).Points.ShouldBe(new Ratio(15, 30));
        Row(score, DutyKind.LossFiling).Points.ShouldBe(new Ratio(0, 10));
        // Before the policy was in force.
        Score(County.Ledger().On(), "2023Q1").Policy.ShouldBe("S-A");
    }

    [Theory]
    [InlineData("2023-04-18", 0, 0, 0, 0, 0)] // nothing is due yet
    [InlineData("2023-04-19", 3, 1, 2, 16, 16)] // until midnight nothing is late
    [InlineData("2023-04-20", 3, 1, 0, 16, 48)]
    [InlineData("2023-04-21", 3, 1, 0, 20, 48)] // the second came, late
    [InlineData("2023-06-01", 4, 1, 1, 20, 48)] // the loss is due today
    [InlineData("2023-06-02", 4, 1, 0, 20, 52)]
    public void A_duty_counts_from_its_due_day(string asOf, int duties, int met, int open, long n, long d)
    {
        var score = Score(County.Ledger().On(Day(asOf)));
        var rows = score.Rows.Where(r => r.Weight > 0).ToList();
        (rows.Sum(r => r.Duties), rows.Sum(r => r.Met), rows.Sum(r => r.Open)).ShouldBe((duties, met, open));
        score.Score.ShouldBe(new Ratio(n, d));
    }

    [Fact]
    public void A_year_is_its_quarters()
    {
        var situation = County.Ledger().On();
        var quarters = new[] { "2023Q1", "2023Q2", "2023Q3", "2023Q4" }.Select(q => Score(situation, q, "filings")).ToList();
        Score(situation, "2023", "filings").Score.ShouldBe(quarters.Aggregate(default(Ratio), (sum, q) => sum + q.Score));
        Score(situation, "2023", "filings").Duties.ShouldBe(quarters.Sum(q => q.Duties));
    }

    [Fact]
    public void A_correction_that_makes_a_filing_timely_changes_the_score()
    {
        var ledger = County.Ledger();
        var late = ledger.Of(Subject("lawsuit/b")).Single(f => f.Fact is CaseFilingSubmitted).Origin.Id;
        ledger.Tell(new Told(Subject("lawsuit/b"), new FactId("/test", "correction"), Corrected(late, ("submittedAt", "\"2023-04-18T10:00:00+08:00\"")))).Fact.ShouldNotBeNull();
        Score(ledger.On()).Score.ShouldBe(new Ratio(32, 52));
        Score(ledger.On(position: ledger.Log.Count - 1)).Score.ShouldBe(new Ratio(20, 52));
    }

    [Fact]
    public void The_units_are_ranked_by_score_the_best_first()
    {
        var rows = Ask(County.Ledger().On(), "compliance-ranking", "2023Q2", "filings", null).Value.ShouldBeAssignableTo<IReadOnlyList<ComplianceRankingRow>>()!;
        rows.Take(2).Select(r => (r.Rank, r.Unit, r.Score)).ShouldBe([(1, "beiwudu", new Ratio(16, 16)), (2, "wuquan", new Ratio(20, 52))]);
        rows.Skip(2).ShouldAllBe(r => r.Rank == null && !r.Score.Exists && r.Policy == "filings");
        rows.Select(r => r.Unit).ShouldNotContain("city");
    }

    [Fact]
    public void Equal_scores_share_a_rank()
    {
        var ledger = County.And("lawsuit/e", Docketed("jiaotong") with { CaseNo = "（2023）豫1121行初5号" }, Materials("jiaotong", caseNo: "（2023）豫1121行初5号"),
            new CaseFilingSubmitted("jiaotong", "（2023）豫1121行初5号", At("2023-04-17T10:00:00"))).Ledger();
        Compliance.Ranking(ledger.On(), Period.Parse("2023Q2"), new ScoringPolicy("x", Filings.Weights, Filings.LateCredit))
            .Take(3).Select(r => (r.Rank, r.Unit)).ShouldBe([(1, "beiwudu"), (1, "jiaotong"), (3, "wuquan")]);
    }

    [Fact]
    public void Each_duty_counts_once_whatever_became_of_it()
    {
        var (opened, due, asOf) = (Day("2023-03-01"), Day("2023-05-10"), Day("2023-06-30"));
        var calendar = MemoryLedger.PublishedCalendar();
        Duty[] duties =
        [
            new(DutyKind.HeadAttendance, opened) { DueOn = due, Status = DutyStatus.Missed },
            new(DutyKind.HeadAttendance, opened) { DueOn = due, MetOn = due },
            new(DutyKind.CaseFiling, opened) { Status = DutyStatus.ReceiptUnknown },
            new(DutyKind.CaseConference, opened) { DueOn = due, Status = DutyStatus.Suspended },
            new(DutyKind.DisputeGuidance, opened), // timely, and still open
            new(DutyKind.DisputeGuidance, opened) { MetOn = due },
            new(DutyKind.FilingReview, opened) { DueOn = due }, // the office's own
        ];
        ComplianceScore Of(string period) =>
            Compliance.Of("u", "单位", duties.Select(d => d.On(calendar, asOf)), Period.Parse(period), asOf, ScoringPolicy.BuiltIn);
        var second = Of("2023Q2");
        (second.Duties, second.Met, second.Missed, second.Open, second.Score).ShouldBe((3, 1, 1, 1, new Ratio(6, 12)));
        var first = Of("2023Q1");
        (first.Duties, first.Overdue, first.Score).ShouldBe((1, 1, new Ratio(0, 10)));
        Of("2023").Score.ShouldBe(new Ratio(6, 22));
    }

    [Fact]
    public void A_line_for_a_kind_goes_before_one_for_its_clause_and_what_is_not_listed_keeps_its_weight()
    {
        var policy = new ScoringPolicy("x", [new(7, "3.2.2a"), new(2, Kind: DutyKind.CaseConference)], new Ratio(0, 1));
        (policy.WeightOf(DutyKind.AnswerSubmission), policy.WeightOf(DutyKind.CaseConference), policy.WeightOf(DutyKind.CaseFiling), policy.WeightOf(DutyKind.RiskPoints))
            .ShouldBe((7, 2, 5, 1));
    }

    [Fact]
    public void An_unknown_policy_is_refused() => Ask(County.Ledger().On(), "compliance", "2023Q2", "none").Refusal!.Code.ShouldBe(Codes.ScoringPolicyNotFound);

    [Fact]
    public void A_policy_is_adopted_once() => County.When("policy/filings", Filings with { LateCredit = new Ratio(1, 3) }).ThenRefused(Codes.PolicyAlreadyAdopted);

    [Fact]
    public void An_id_stands_for_one_policy() =>
        County.When("policy/filings", new Ledger.Domain.Policies.CountingPolicyAdopted(Day("2023-04-01"))).ThenRefused(Codes.PolicyAlreadyAdopted);

    public static TheoryData<ScoringWeight, string> BadLines => new()
    {
        { new ScoringWeight(1), Codes.ScoringLineUnclear },
        { new ScoringWeight(1, "3.2.3c", DutyKind.CaseFiling), Codes.ScoringLineUnclear },
        { new ScoringWeight(1, "G1"), Codes.ScoringClauseWithoutDuty },
        { new ScoringWeight(-1, "3.2.3c"), Codes.InvalidValue },
        { new ScoringWeight(1001, "3.2.3c"), Codes.InvalidValue },
        { new ScoringWeight(2, "4.2"), Codes.ScoringLineTwice },
    };

    [Theory]
    [MemberData(nameof(BadLines), DisableDiscoveryEnumeration = true)]
    public void A_weight_says_what_it_is_of(ScoringWeight line, string code) =>
        Given.Facts().When("policy/s", new ScoringPolicyAdopted(Day("2023-01-01"), [new(2, "4.2"), line], new Ratio(1, 2))).ThenRefused(code);

    [Theory]
    [InlineData(3, 2)]
    [InlineData(-1, 2)]
    [InlineData(0, 0)]
    public void Late_earns_between_nothing_and_everything(long n, long d) =>
        Given.Facts().When("policy/s", new ScoringPolicyAdopted(Day("2023-01-01"), [], new Ratio(n, d))).ThenRefused(Codes.InvalidValue);
}
