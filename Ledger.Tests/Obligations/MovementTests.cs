using CsCheck;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;
using Ledger.Host.Demo;
using Ledger.Projections.Reading;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;
using Ratio = Ledger.Domain.Ratio;

namespace Ledger.Tests.Obligations;

/// <summary>Why a rank moved: fact by fact, with nothing missing in between.</summary>
public sealed class MovementTests
{
    private const string SecondCase = "（2023）豫1121行初2号";
    private const string ThirdCase = "（2023）豫1121行初3号";
    private const string FourthCase = "（2023）豫1121行初4号";

    private static readonly Period Year = Period.Parse("2023");

    // Wuquan has lost one of two, Beiwudu has won its one.
    private static Given Start => Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)))
        .And("lawsuit/b", Docketed("wuquan") with { CaseNo = SecondCase }, Rendered(SecondCase, InstanceLevel.First, "2023-05-21", ("wuquan", Outcome.DismissClaims)))
        .And("lawsuit/c", Docketed("beiwudu") with { CaseNo = ThirdCase }, Rendered(ThirdCase, InstanceLevel.First, "2023-05-22", ("beiwudu", Outcome.DismissClaims)));

    private static Movement Moved(MemoryLedger ledger, long from, string unit = "wuquan", string? policy = null, string? list = null, bool ownOnly = false, string? asOf = null)
    {
        var day = asOf is null ? (DateOnly?)null : Day(asOf);
        return Ask(ledger, new Asked { Unit = unit, Period = Year, Policy = policy, List = list, From = ledger.On(day, from), OwnUnitOnly = ownOnly }, day).Value.ShouldBeOfType<Movement>();
    }

    private static Found Ask(MemoryLedger ledger, Asked asked, DateOnly? asOf = null) =>
        DutyArea.Area.Questions.Single(q => q.Name == "movement").Answer(ledger.On(asOf), asked);

    [Fact]
    public void The_story_of_two_units()
    {
        var before = Start.Ledger().Log.Count;
        var ledger = Start
            .And("lawsuit/d", Docketed("beiwudu") with { CaseNo = FourthCase }) // says nothing of a rate
            .And("lawsuit/d", Rendered(FourthCase, InstanceLevel.First, "2023-06-01", ("beiwudu", Outcome.RevokeAll))) // level at 1/2: both are first
            .And("lawsuit/c", Corrected(new FactId("/test", "6"), ("dispositions", """[{"unit":"beiwudu","outcome":"RevokeAll"}]"""))) // 2/2 overtakes
            .And(Corrected(new FactId("/test", "2"), ("dispositions", """[{"unit":"wuquan","outcome":"DismissClaims"}]"""))) // 0/2
            .Ledger();
        var moved = Moved(ledger, before);
        (moved.Unit, moved.Name, moved.Period, moved.List).ShouldBe(("wuquan", "舞泉镇", "2023", UnitList.All));
        (moved.From.Position, moved.From.Rank, moved.From.Figures!.LossRate, moved.From.Policy).ShouldBe((before, 1, new Ratio(1, 2), "P-A"));
        (moved.To.Position, moved.To.Rank, moved.To.Figures!.LossRate).ShouldBe((ledger.Log.Count, 2, new Ratio(0, 2)));
        moved.Steps.Select(s => (s.Subject, s.Fact, s.Sequence - before, s.RankBefore, s.RankAfter, s.LossRateAfter)).ShouldBe(
        [
            ("lawsuit/c", "FactCorrected", 3, 1, 2, new Ratio(1, 2)),
            ("lawsuit/a", "FactCorrected", 4, 2, 2, new Ratio(0, 2)),
        ]);
        moved.Steps.ShouldAllBe(s => s.Amends == "JudgmentRendered");
        moved.Steps[0].Units.ShouldBe(["beiwudu"]);
        moved.Steps[0].Because.ShouldBe("北舞渡镇更正：名次 1 → 2");
        moved.Steps[1].Because.ShouldBe("本单位更正：败诉率 1/2 → 0/2，名次仍为 2");
        Moved(ledger, before, "beiwudu").Steps.Select(s => (s.Fact, s.RankBefore, s.RankAfter)).ShouldBe(
            [("JudgmentRendered", 2, 1), ("FactCorrected", 1, 1)]);
    }

    [Fact]
    public void A_clerk_is_not_told_what_another_units_fact_was()
    {
        var before = Start.Ledger().Log.Count;
        var ledger = Start.And("lawsuit/c", Corrected(new FactId("/test", "6"), ("dispositions", """[{"unit":"beiwudu","outcome":"RevokeAll"}]""")))
            .And(Retracted(new FactId("/test", "2"))).Ledger();
        var steps = Moved(ledger, before, ownOnly: true).Steps;
        steps.Select(s => (s.Subject, s.Amends, s.RankBefore, s.RankAfter)).ShouldBe([(null, null, 1, 2), ("lawsuit/a", "JudgmentRendered", 2, 2)]);
        Moved(ledger, before).Steps[0].Subject.ShouldBe("lawsuit/c");
    }

    [Fact]
    public void A_policy_and_a_new_unit_move_ranks_too()
    {
        var before = Start.Ledger().Log.Count;
        var ledger = Start
            .And("policy/lenient", new CountingPolicyAdopted(Day("2023-01-01"), NotLosses: [Outcome.RevokeAll]))
            .And("unit/wuquan", new UnitMerged("jiaotong", Day("2022-12-31")))
            .Ledger();
        var steps = Moved(ledger, before).Steps;
        steps.Select(s => (s.Fact, s.RankBefore, s.RankAfter, s.LossRateBefore, s.LossRateAfter)).ShouldBe(
        [
            ("CountingPolicyAdopted", 1, 1, new Ratio(1, 2), new Ratio(0, 2)),
            ("UnitMerged", 1, null, new Ratio(0, 2), new Ratio(0, 2)),
        ]);
        steps[1].Because.ShouldBe("本单位单位并入：名次 1 → 未排名");
        // A policy that is asked for counts throughout.
        var whatIf = Moved(ledger, before, policy: "lenient");
        (whatIf.From.Policy, whatIf.From.Figures!.LossRate).ShouldBe(("lenient", new Ratio(0, 2)));
        whatIf.Steps.Select(s => s.Fact).ShouldBe(["UnitMerged"]);
        Moved(ledger, before, "beiwudu").Steps[^1].Units.ShouldBe(["wuquan"]);
    }

    [Fact]
    public void Facts_after_the_day_move_nothing()
    {
        var before = Start.Ledger().Log.Count;
        var ledger = Start.And("lawsuit/d", Docketed("wuquan") with { CaseNo = FourthCase }, Rendered(FourthCase, InstanceLevel.First, "2023-06-01", ("wuquan", Outcome.RevokeAll))).Ledger();
        Moved(ledger, before, asOf: "2023-05-31").Steps.ShouldBeEmpty();
        Moved(ledger, before, asOf: "2023-06-01").Steps.ShouldHaveSingleItem().LossRateAfter.ShouldBe(new Ratio(2, 3));
        Moved(ledger, ledger.Log.Count).Steps.ShouldBeEmpty();
    }

    [Fact]
    public void What_does_not_exist_is_refused()
    {
        var ledger = Start.Ledger();
        var asked = new Asked { Unit = "wuquan", Period = Year, From = ledger.On(position: 1) };
        Ask(ledger, asked with { List = "Villages" }).Refusal!.Code.ShouldBe(Codes.QueryInvalid);
        Ask(ledger, asked with { Policy = "none" }).Refusal!.Code.ShouldBe(Codes.PolicyNotFound);
    }

    [Fact]
    public void A_unit_that_was_not_there_yet_comes_from_nowhere()
    {
        var moved = Moved(Start.Ledger(), 0);
        (moved.From.Rank, moved.From.Figures, moved.Steps[0].LossRateBefore, moved.To.Rank).ShouldBe((null, null, new Ratio(0, 0), 1));
        moved.Steps[^1].LossRateAfter.ShouldBe(new Ratio(1, 2));
    }

    [Fact]
    public void The_steps_chain_from_the_first_value_to_the_last_and_nothing_moved_between_them() =>
        Gen.Select(RandomHistory.Of(100), Gen.Int[0, 1000], Gen.Int[0, 11]).Sample((history, at, choice) =>
        {
            var ledger = history.Ledger();
            var from = at % (ledger.Log.Count + 1);
            var period = Period.Parse(((string[])["2023", "2023Q2", "2023-05"])[choice % 3]);
            var list = (UnitList)(choice % 3);
            var policy = choice < 6 ? null : CountingPolicy.BuiltIn[choice % 4];
            var (now, then) = (ledger.On(), ledger.On(position: from));
            // The ranking itself, folded from nothing at every position: a step where it moved, and none where it did not.
            var rankings = Enumerable.Range(from, ledger.Log.Count - from + 1)
                .Select(position => ledger.CountyOn(history.Today, position)).Select(c => c.Rank(period, list, policy ?? c.Policies.GoverningFrom(period.First))).ToList();
            foreach (var unit in (string[])["wuquan", "beiwudu", "jiaotong", "county"])
            {
                var moved = Movement.Of(now, then, unit, period, list, policy);
                var rows = rankings.Select(r => r.Rows.FirstOrDefault(row => row.Unit == unit)).ToList();
                (moved.From.Rank, moved.To.Rank).ShouldBe((rows[0]?.Rank, rows[^1]?.Rank));
                var (rank, rate) = (moved.From.Rank, moved.From.Figures?.LossRate ?? default);
                foreach (var step in moved.Steps)
                {
                    (step.RankBefore, step.LossRateBefore).ShouldBe((rank, rate));
                    (step.RankAfter, step.LossRateAfter).ShouldNotBe((rank, rate));
                    (rank, rate) = (step.RankAfter, step.LossRateAfter);
                }

                (rank, rate).ShouldBe((moved.To.Rank, moved.To.Figures?.LossRate ?? default));
                var after = moved.Steps.ToDictionary(s => (int)s.Sequence - from, s => s.RankAfter);
                rank = moved.From.Rank;
                for (var i = 1; i < rows.Count; i++)
                    (rank = after.TryGetValue(i, out var to) ? to : rank).ShouldBe(rows[i]?.Rank, $"{unit} after {from + i}");
            }
        }, iter: 25);
}

/// <summary>The same over the demo county, which has thousands of facts.</summary>
public sealed class DemoMovementTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_unit_of_the_demo_county_is_explained_from_the_middle_to_the_end()
    {
        var sequence = 0L;
        var streams = new Dictionary<Subject, List<LedgerEntry>>();
        foreach (var (id, subject, fact, _) in DemoCounty.Generate(new DemoOptions()))
            (streams.TryGetValue(subject, out var stream) ? stream : streams[subject] = []).Add(
                new LedgerEntry(subject, 1, new Recorded(++sequence, id, fact) { Actor = "tester" }, default, "tester", null, null));
        var day = new DateOnly(2026, 1, 1);
        var (now, then) = (new LedgerAt(streams, sequence).On(day), new LedgerAt(streams, sequence / 2).On(day));
        var period = Period.Parse("2025");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var steps = 0;
        foreach (var unit in now.County.CountedUnits)
        {
            var moved = Movement.Of(now, then, unit.Key, period, UnitList.All, null);
            var (rank, rate) = (moved.From.Rank, moved.From.Figures?.LossRate ?? default);
            foreach (var step in moved.Steps)
            {
                (step.RankBefore, step.LossRateBefore, step.By).ShouldBe((rank, rate, "tester"));
                (rank, rate) = (step.RankAfter, step.LossRateAfter);
            }

            (rank, rate).ShouldBe((moved.To.Rank, moved.To.Figures!.LossRate), unit.Key);
            steps += moved.Steps.Count;
        }

        steps.ShouldBeGreaterThan(0);
        output.WriteLine($"{sequence} facts, {now.County.CountedUnits.Count()} units, {steps} steps, {watch.ElapsedMilliseconds} ms");
    }
}
