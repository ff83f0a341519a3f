using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Demo;

public sealed class The_demo_county_holds
{
    private static readonly DemoLedger Demo = DemoLedger.Calibrated;
    private static readonly County County = Demo.County(DemoLedger.Today);

    [Fact]
    public void Two_series_of_three_to_six_cases()
    {
        var series = Demo.Lawsuits.SelectMany(l => l.Facts.Select(f => f switch
        {
            LawsuitDocketed docketed => docketed.Series,
            SeriesLinked linked => linked.Series,
            _ => null,
        })).OfType<string>().GroupBy(s => s, StringComparer.Ordinal).Select(g => g.Count()).ToList();
        series.Order().ShouldBe([4, 5]);
        Demo.All<SeriesLinked>().ShouldNotBeEmpty();
    }

    [Fact]
    public void Three_cases_with_several_defendants_one_of_them_outside_the_county()
    {
        var joint = Demo.All<LawsuitDocketed>().Where(f => f.Defendants.Count > 1).ToList();
        joint.Count.ShouldBe(3);
        joint.ShouldContain(f => f.Defendants.Any(d => d.Unit == "luohe" && d.Capacity == DefendantCapacity.ReconsiderationJoint));
        Demo.All<DefendantAdded>().ShouldNotBeEmpty();
        Demo.All<DefendantRemoved>().ShouldNotBeEmpty();
    }

    [Fact]
    public void Two_remands_that_were_judged_again() =>
        Demo.Lawsuits.Count(l => l.Facts.OfType<JudgmentRendered>().Any(f => f.Dispositions.Any(d => d.Outcome == Outcome.RevokeAndRemand))
            && l.Facts.OfType<JudgmentRendered>().Count(f => f.Level == InstanceLevel.First) == 2).ShouldBeGreaterThanOrEqualTo(2);

    [Fact]
    public void Two_reversals_on_appeal_each_way()
    {
        var turns = Demo.Lawsuits.Select(l => (First: LostAt(l.Facts, InstanceLevel.First), Second: LostAt(l.Facts, InstanceLevel.Second))).ToList();
        turns.Count(t => t is { First: true, Second: false }).ShouldBeGreaterThanOrEqualTo(2);
        turns.Count(t => t is { First: false, Second: true }).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public void One_win_that_a_retrial_turned_into_a_loss()
    {
        var retried = Demo.Lawsuits.Where(l => LostAt(l.Facts, InstanceLevel.Retrial) == true).ShouldHaveSingleItem();
        LostAt(retried.Facts, InstanceLevel.First).ShouldBe(false);
    }

    [Fact]
    public void A_filing_made_in_time_and_found_years_later()
    {
        var (index, filing) = Demo.Facts.Index().Last(f => f.Item.Fact is CaseFilingSubmitted);
        index.ShouldBeGreaterThan(Demo.Facts.Count - 5);
        var submitted = (CaseFilingSubmitted)filing.Fact;
        (filing.Time!.Value - submitted.SubmittedAt).TotalDays.ShouldBeGreaterThan(365);
        County.Obligations().Single(o => o.Kind == ObligationKind.CaseFiling && o.CaseNo == submitted.CaseNo).Status.ShouldBe(ObligationStatus.Met);
    }

    [Fact]
    public void A_correction_that_moves_a_case_into_another_quarter()
    {
        var (index, line) = Demo.Facts.Index().Last(f => f.Item.Fact is FactCorrected);
        index.ShouldBeGreaterThan(Demo.Facts.Count - 5);
        var correction = (FactCorrected)line.Fact;
        var recorded = (JudgmentRendered)Demo.Facts.Single(f => f.Id == correction.Fact).Fact;
        var read = (JudgmentRendered)Demo.Stream(line.Subject).Visible.Single(v => v.Origin.Id == correction.Fact).Fact;
        Period.Parse("2023Q2").Contains(recorded.ClosedOn).ShouldBeTrue();
        Period.Parse("2023Q1").Contains(read.ClosedOn).ShouldBeTrue();
    }

    [Fact]
    public void A_retraction()
    {
        var retraction = Demo.Facts.Single(f => f.Fact is FactRetracted);
        Demo.Stream(retraction.Subject).Visible.ShouldNotContain(v => v.Origin.Id == ((FactRetracted)retraction.Fact).Fact);
    }

    [Theory]
    [InlineData("2022-09-29", "2022-10-09", ObligationStatus.Met)]
    [InlineData("2023-09-27", "2023-10-08", ObligationStatus.Met)]
    [InlineData("2023-04-26", "2023-05-06", ObligationStatus.Met)]
    [InlineData("2024-02-08", "2024-02-19", ObligationStatus.Met)]
    [InlineData("2025-09-30", "2025-10-11", ObligationStatus.MetLate)]
    public void A_deadline_across_make_up_workdays_every_year(string received, string due, ObligationStatus status) =>
        County.Obligations().ShouldContain(o =>
            o.OpenedOn == DateOnly.Parse(received) && o.DueOn == DateOnly.Parse(due) && o.Status == status);

    [Fact]
    public void A_unit_that_lost_its_only_case_of_a_year() =>
        Ranked("2023").Single(r => r.Unit == "kaifaqu").Figures.LossRate.ShouldBe(new Ratio(1, 1));

    [Fact]
    public void A_tie_at_rank_three_of_2023_which_bars_all_of_the_tied()
    {
        var ranked = Ranked("2023");
        ranked.Where(r => r.Rank <= 2).Select(r => r.Unit).ShouldBe(["macun", "kaifaqu"]);
        var tied = ranked.Where(r => r.Rank == 3).ToList();
        tied.Select(r => r.Unit).ShouldBe(["jiaoyu", "taiwei"]);
        tied.ShouldAllBe(r => r.Barred == true);
    }

    [Fact]
    public void Reports_of_non_performance_in_time_late_and_missing() =>
        County.Obligations().Where(o => o.Kind == ObligationKind.NonPerformanceReport && o.Year < 2025).Select(o => o.Status).Distinct()
            .ShouldBe([ObligationStatus.Met, ObligationStatus.MetLate, ObligationStatus.Overdue], ignoreOrder: true);

    [Fact]
    public void The_fifty_one_units_one_merged_away_one_renamed_and_one_outside_the_county()
    {
        var registered = Demo.All<UnitRegistered>().ToList();
        registered.Count.ShouldBe(53);
        registered.Count(r => r.Kind == UnitKind.Township).ShouldBe(14);
        registered.Single(r => r.Kind == UnitKind.External).Name.ShouldBe("漯河市人民政府");
        Demo.All<UnitMerged>().ShouldHaveSingleItem().Into.ShouldBe("nongye");
        County.Find("jinrong")!.Name.ShouldBe(Demo.All<UnitRenamed>().ShouldHaveSingleItem().Name);
    }

    private static IReadOnlyList<RankingRow> Ranked(string period) =>
        County.Rank(Period.Parse(period), UnitList.All, County.Policies.Find("wuyang-2023")!).Rows;

    private static bool? LostAt(IReadOnlyList<IFact> facts, InstanceLevel level)
    {
        var outcomes = facts.OfType<JudgmentRendered>().Where(f => f.Level == level).SelectMany(f => f.Dispositions).Select(d => d.Outcome.ClassOf()).ToList();
        return outcomes.Contains(OutcomeClass.Loss) ? true : outcomes.Contains(OutcomeClass.Win) ? false : null;
    }
}
