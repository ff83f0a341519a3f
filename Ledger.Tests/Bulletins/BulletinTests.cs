using Ledger.Domain;
using Ledger.Domain.Accountability;
using Ledger.Domain.Benchmarks;
using Ledger.Domain.Bulletins;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;
using Ledger.Tests.Accountability;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Periods;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Bulletins;

/// <summary>A county with a quarter that is closed and published; the judgment of its first case can be corrected.</summary>
internal static class Published
{
    public const string Bulletin = "bulletin/2023Q2";

    // 舞泉镇 1/2, 北舞渡镇 0/1, 公安局 1/1.
    public static (CountyStory Story, FactId Judgment) Counted()
    {
        var story = new CountyStory();
        var judgment = story.Judged(1, "wuquan", "2023-04-10", "2023-06-20", Outcome.RevokeAll);
        story.Judged(2, "wuquan", "2023-04-11", "2023-06-21", Outcome.DismissClaims);
        story.Judged(3, "beiwudu", "2023-04-12", "2023-06-22", Outcome.WithdrawVoluntary);
        story.Judged(4, "gongan", "2023-05-12", "2023-06-23", Outcome.OrderPerform);
        return (story, judgment);
    }

    public static (CountyStory Story, FactId Judgment, RankingBulletinPublished Published) Quarter()
    {
        var (story, judgment) = Counted();
        story.Close("2023Q2", "2023-07-10");
        return (story, judgment, Publish(story, "2023Q2", "2023-07-20"));
    }

    public static RankingBulletinPublished Publish(CountyStory story, string period, string on) =>
        story.Record<RankingBulletinPublished>("bulletin/" + period, period, new { publishedOn = Day(on), approval = "a-" + period, title = "通报" });

    public static BulletinRestated Restate(CountyStory story, string approval = "r1", string on = "2024-02-02", string asOf = "2024-02-01", string period = "2023Q2") =>
        story.Record<BulletinRestated>("bulletin/" + period, period, new { reason = "裁判更正", restatedOn = Day(on), approval }, asOf: asOf);

    public static FactId Correct(CountyStory story, FactId judgment, Outcome outcome = Outcome.DismissClaims) =>
        story.Tell("lawsuit/c1", Corrected(judgment, ("dispositions", $$"""[{"unit":"wuquan","outcome":"{{outcome}}"}]""")));
}

/// <summary>A published number never changes; later facts are published as a restatement.</summary>
public sealed class BulletinTests
{
    [Fact]
    public void A_bulletin_is_the_closing()
    {
        var (story, _) = Published.Counted();
        story.Draft("RankingBulletinPublished", "2023Q2").Refused.ShouldBe(Codes.BulletinNotClosed);
        var closed = story.Close("2023Q2", "2023-07-10");
        var fact = (RankingBulletinPublished)story.Drafted("RankingBulletinPublished", "2023Q2", new { publishedOn = Day("2023-07-20"), approval = "a" });
        (fact.Position, fact.Policy, fact.AsOf, fact.RowsSha256).ShouldBe((closed.Position, closed.Policy, closed.AsOf, closed.RowsSha256));
        fact.County.LossRate.ShouldBe(new Ratio(2, 4));
        story.Refused(Published.Bulletin, fact).ShouldBe(Codes.ApprovalMissing);
        story.Approve(Published.Bulletin, fact);
        story.Refused(Published.Bulletin, fact).ShouldBeNull();
        story.Refused(Published.Bulletin, fact with { Title = "另一期" }).ShouldBe(Codes.ApprovalOtherContent);
        story.Refused(Published.Bulletin, fact with { PublishedOn = Day("2023-07-09") }).ShouldBe(Codes.DateOutOfOrder);
        story.Refused("bulletin/2023Q3", fact).ShouldBe(Codes.InvalidValue);
    }

    [Fact]
    public void Nothing_is_published_that_was_not_closed()
    {
        var (story, judgment, published) = Published.Quarter();
        Published.Correct(story, judgment);
        // Counted now, and right: but not what was closed.
        var (ranking, _) = RankingText.Rank(story.Ledger.On(published.AsOf), Period.Parse("2023Q2"), "P-A");
        var (other, _) = Published.Counted();
        other.Close("2023Q2", "2023-07-10");
        other.Tell("lawsuit/c1", Corrected(judgment, ("dispositions", """[{"unit":"wuquan","outcome":"DismissClaims"}]""")));
        var later = published with { Position = other.Position, RowsSha256 = RankingText.Sha256Of(ranking!), County = RankingNumbers.Of(ranking!.County) };
        other.Refused(Published.Bulletin, later).ShouldBe(Codes.BulletinDiffersFromClosing);
        other.Refused("bulletin/2023Q3", later with { Period = "2023Q3" }).ShouldNotBeNull();
        new CountyStory().Refused(Published.Bulletin, published).ShouldBe(Codes.QueryInvalid, "its position lies beyond the ledger's end");
    }

    [Fact]
    public void A_quarter_without_a_closing_has_no_bulletin()
    {
        var (story, _) = Published.Counted();
        var (ranking, _) = RankingText.Rank(story.Ledger.On(Day("2023-07-10")), Period.Parse("2023Q2"), "P-A");
        story.Refused(Published.Bulletin, new RankingBulletinPublished(
            "2023Q2", story.Position, "P-A", Day("2023-07-10"), RankingText.Sha256Of(ranking!), RankingNumbers.Of(ranking!.County), Day("2023-07-20"), "a")).ShouldBe(Codes.BulletinNotClosed);
    }

    [Fact]
    public void There_is_one_bulletin_of_a_period()
    {
        var (story, _, published) = Published.Quarter();
        story.Refused(Published.Bulletin, published with { Title = "再发" }).ShouldBe(Codes.SubjectAlreadyOpened);
    }

    [Theory]
    [InlineData(Published.Bulletin)]
    [InlineData("period/2023Q2")]
    public void What_was_closed_or_published_is_never_taken_back_or_corrected(string subject)
    {
        var (story, _, _) = Published.Quarter();
        var id = story.Ledger.RecordedIn(Samples.Subject(subject)).First(r => r.Fact is IFinal).Id;
        story.Refused(subject, Samples.Retracted(id)).ShouldBe(Codes.FactNotCorrectable);
        story.Refused(subject, Samples.Corrected(id, ("asOf", "\"2024-01-20\""))).ShouldBe(Codes.FactNotCorrectable);
    }

    [Fact]
    public void Nothing_is_restated_while_nothing_changed()
    {
        var (story, _, _) = Published.Quarter();
        story.Draft("BulletinRestated", "2023Q2").Refused.ShouldBe(Codes.RestatementNothingChanged);
        // A fact of another quarter changes nothing.
        story.Judged(9, "wuquan", "2023-07-12", "2023-09-20", Outcome.RevokeAll);
        story.Draft("BulletinRestated", "2023Q2").Refused.ShouldBe(Codes.RestatementNothingChanged);
        story.Ask<RestatementDueRow>("restatements-due").ShouldBeEmpty();
        story.Draft("BulletinRestated", "2023Q3").Refused.ShouldBe(Codes.SubjectNotFound);
    }

    [Fact]
    public void A_late_fact_does_not_change_the_number_and_is_restated_with_old_new_and_the_facts_between()
    {
        var (story, judgment, published) = Published.Quarter();
        var late = Published.Correct(story, judgment);
        var before = story.Position;
        // A fact that belongs to the case and moves nothing in the quarter.
        story.Tell("lawsuit/c1", new AnswerSubmitted("wuquan", CountyStory.CaseNo(1), Day("2023-04-20")));
        Numbers(story, published).ShouldBe(new Ratio(2, 4));

        var due = story.Ask<RestatementDueRow>("restatements-due").ShouldHaveSingleItem();
        (due.Key, due.Fact, due.Number, due.StandingPosition).ShouldBe((Published.Bulletin, "BulletinRestated", 1, published.Position));
        var restated = Published.Restate(story);
        restated.Changes.ShouldBe(due.Changes);
        (restated.Number, restated.OldRowsSha256, restated.Policy).ShouldBe((1, published.RowsSha256, published.Policy));
        restated.Facts.ShouldBe([new MovingFact("lawsuit/c1", "FactCorrected", before)]);
        restated.Changes.Select(c => (c.Unit, c.Old!.Rank, c.New!.Rank, c.Old.LossRate, c.New.LossRate)).ShouldBe(
        [
            // Both townships have no loss now: they tie at rank 2.
            (null, null, null, new Ratio(2, 4), new Ratio(1, 4)), ("beiwudu", 3, 2, new Ratio(0, 1), new Ratio(0, 1)), ("wuquan", 2, 2, new Ratio(1, 2), new Ratio(0, 2)),
        ]);
        story.Ask<RestatementDueRow>("restatements-due").ShouldBeEmpty();

        // Side by side, and what was published is still what it was.
        var row = story.Ask<BulletinListRow>("bulletins").ShouldHaveSingleItem();
        (row.LossRate, row.RestatedLossRate, row.Restatements, row.RestatedOn).ShouldBe((new Ratio(2, 4), new Ratio(1, 4), 1, Day("2024-02-02")));
        Numbers(story, published).ShouldBe(new Ratio(2, 4));
        var contents = Contents(story);
        (contents.Reproduced, contents.RowsSha256, contents.PreparedBy, contents.ApprovedBy).ShouldBe((true, published.RowsSha256, "zhang", "li"));
        contents.Rows.Single(r => r.Unit == "wuquan").LossRate.ShouldBe(new Ratio(1, 2));
        contents.Rows.Single(r => r.Unit == "wuquan").Restated!.LossRate.ShouldBe(new Ratio(0, 2));
        contents.Restatements.ShouldHaveSingleItem().Reason.ShouldBe("裁判更正");
        // Retracting the correction is a late fact again.
        story.Tell("lawsuit/c1", Retracted(late));
        var again = Published.Restate(story, "r2", "2024-02-04", "2024-02-03");
        (again.Number, again.OldRowsSha256, again.RowsSha256).ShouldBe((2, restated.RowsSha256, published.RowsSha256));
        again.Facts.ShouldHaveSingleItem().Fact.ShouldBe("FactRetracted");
    }

    [Fact]
    public void A_restatement_is_the_next_one_and_rests_on_a_later_position()
    {
        var (story, judgment, published) = Published.Quarter();
        Published.Correct(story, judgment);
        var restated = (BulletinRestated)story.Drafted("BulletinRestated", "2023Q2", new { reason = "更正", restatedOn = Day("2024-02-02"), approval = "r1" }, asOf: "2024-02-01");
        story.Refused(Published.Bulletin, restated).ShouldBe(Codes.ApprovalMissing);
        story.Refused(Published.Bulletin, restated with { Number = 2 }).ShouldBe(Codes.FactNotReproducible);
        story.Refused(Published.Bulletin, restated with { Changes = [.. restated.Changes.Skip(1)] }).ShouldBe(Codes.FactNotReproducible);
        story.Refused(Published.Bulletin, restated with { Facts = [] }).ShouldBe(Codes.FactNotReproducible);
        story.Refused(Published.Bulletin, restated with { RestatedOn = Day("2023-07-19") }).ShouldBe(Codes.DateOutOfOrder);
        story.Refused(Published.Bulletin, restated with { AsOf = Day("2023-07-09") }).ShouldBe(Codes.RestatementNotLater);
        story.Refused(Published.Bulletin, restated with { Position = published.Position }).ShouldNotBeNull();
        story.Approve(Published.Bulletin, restated);
        story.Tell(Published.Bulletin, restated);
        // What was drafted beside it is number 1 too.
        story.Refused(Published.Bulletin, restated with { Reason = "另一更正" }).ShouldBe(Codes.RestatementNumber);
        story.Refused(Published.Bulletin, restated).ShouldBeNull("a repeat says nothing new");
    }

    [Fact]
    public void A_later_day_brings_facts_that_were_known_before()
    {
        var (story, _) = Published.Counted();
        // Known when the quarter was closed, and of a day after its cut-off.
        story.Tell("lawsuit/c4", new DefendantRemoved("gongan", Day("2023-08-01"), "变更被告"));
        var removed = story.Position;
        story.Close("2023Q2", "2023-07-10");
        Published.Publish(story, "2023Q2", "2023-07-20");
        story.Ask<RestatementDueRow>("restatements-due", asOf: "2023-07-31").ShouldBeEmpty();
        var due = story.Ask<RestatementDueRow>("restatements-due", asOf: "2023-08-01").ShouldHaveSingleItem();
        due.Facts.ShouldBe([new MovingFact("lawsuit/c4", "DefendantRemoved", removed)]);
        due.Changes.Single(c => c.Unit == "gongan").ShouldSatisfyAllConditions(c => c.Old!.NewCases.ShouldBe(1), c => c.New!.NewCases.ShouldBe(0));
    }

    [Fact]
    public void Units_filings_and_policies_move_numbers_too()
    {
        var story = new CountyStory();
        story.Judged(1, "wuquan", "2023-04-10", "2023-06-20", Outcome.RevokeAll);
        story.Tell("lawsuit/c1", Materials("wuquan", caseNo: CountyStory.CaseNo(1)));
        story.Tell("policy/county", new CountingPolicyAdopted(Day("2023-01-01")));
        story.Close("2023Q2", "2023-07-10");
        Published.Publish(story, "2023Q2", "2023-07-20");
        var from = story.Position;
        story.Tell("unit/xinan", new UnitRegistered("辛安镇", UnitKind.Township, Day("2023-05-01")));
        story.Tell("unit/later", new UnitRegistered("后设机构", UnitKind.Department, Day("2023-08-01")));
        story.Tell("unit/wuquan", new ObligationTransferred(DutyKind.CaseFiling, "jiaotong", Day("2023-04-15"), CountyStory.CaseNo(1)));
        story.Tell("lawsuit/c1", new CaseFilingSubmitted("jiaotong", CountyStory.CaseNo(1), At("2023-04-17T10:00:00")));
        story.Tell("policy/other", new CountingPolicyAdopted(Day("2023-01-01"), CountingBasis.SubstantiveJudgment));
        story.Tell("policy/county", Corrected(new FactId("/story", "4"), ("notLosses", """["RevokeAll"]""")));
        var due = story.Ask<RestatementDueRow>("restatements-due").ShouldHaveSingleItem();
        due.Facts.Select(f => (f.Subject, f.Sequence - from)).ShouldBe([("unit/xinan", 1), ("unit/wuquan", 3), ("policy/county", 6)]);
        due.Changes.Single(c => c.Unit == "xinan").Old.ShouldBeNull();
        due.Changes.Single(c => c.Unit == "wuquan").New!.LossRate.ShouldBe(new Ratio(0, 1));
        due.Changes.Single(c => c.Unit == "jiaotong").New!.TimelyCaseFiling.ShouldBe(new Ratio(1, 1));
    }

    [Fact]
    public void The_bulletin_holds_the_columns_that_an_office_prints()
    {
        var (story, _) = Published.Counted();
        story.Judged(20, "wuquan", "2022-04-10", "2022-06-20", Outcome.RevokeAll);
        story.Judged(21, "wuquan", "2022-04-11", "2022-06-21", Outcome.RevokeAll);
        story.Judged(22, "gongan", "2023-01-11", "2023-03-21", Outcome.DismissSuit);
        story.Tell("lawsuit/c1", new SeriesLinked("拆迁", Day("2023-04-12"), "同一项目"));
        story.Tell("lawsuit/c1", new OutcomeBecameEffective(CountyStory.CaseNo(1), Day("2023-06-28"), EffectiveBasis.AppealPeriodExpired));
        story.Tell("lawsuit/c2", Hearing("2023-05-05", ("wuquan", Attendee.Deputy)) with { CaseNo = CountyStory.CaseNo(2) });
        story.Tell("benchmark/2023Q2", new ProvincialBenchmarkRecorded("2023Q2", BenchmarkIndicator.LossRate, new Ratio(1, 5), CountingBasis.FirstInstanceClosed, "快报"));
        story.Close("2023Q2", "2023-07-10");
        Published.Publish(story, "2023Q2", "2023-07-20");
        var contents = Contents(story);
        var row = contents.Rows.Single(r => r.Unit == "wuquan");
        (row.Rank, row.PreviousRank, row.Kind, row.NewCases, row.NewCasesYearBefore, row.Closed).ShouldBe((2, null, UnitKind.Township, 2, 2, 2L));
        (row.ShareOfCounty, row.DismissedClaims, row.Losses, row.SeriesOfLosses).ShouldBe((new Ratio(2, 4), 1, 1L, 1));
        (row.LossRate, row.LossRateYearBefore, row.LossRateChange, row.DifferenceToProvince).ShouldBe((new Ratio(1, 2), new Ratio(2, 2), new Ratio(-2, 4), new Ratio(3, 10)));
        (row.EffectiveLossRate, row.HeadAttendance).ShouldBe((new Ratio(1, 1), new Ratio(1, 1)));
        row.Remarks.ShouldBe(["SmallSample"]);
        contents.Rows.Single(r => r.Unit == "gongan").PreviousRank.ShouldBe(1);
        contents.Rows.Single(r => r.Unit == "shuiwu").Remarks.ShouldBe(["NoClosing"]);
        (contents.County.NewCases, contents.County.Closed, contents.County.DismissedClaims, contents.County.MediatedOrWithdrawn).ShouldBe((4, 4L, 1, new Ratio(1, 4)));
        (contents.Policy, contents.Basis, contents.Province, contents.ProvinceRefused).ShouldBe(("P-A", CountingBasis.FirstInstanceClosed, new Ratio(1, 5), null));
    }

    [Theory]
    [InlineData(null, Codes.BenchmarkNotFound)]
    [InlineData(CountingBasis.Effective, Codes.BenchmarkBasisDiffers)]
    public void A_province_that_counts_otherwise_is_not_compared_with(CountingBasis? basis, string code)
    {
        var (story, _) = Published.Counted();
        if (basis is { } of) story.Tell("benchmark/2023Q2", new ProvincialBenchmarkRecorded("2023Q2", BenchmarkIndicator.LossRate, new Ratio(1, 5), of, "快报"));
        story.Close("2023Q2", "2023-07-10");
        Published.Publish(story, "2023Q2", "2023-07-20");
        var contents = Contents(story);
        contents.ProvinceRefused.ShouldBe(code);
        contents.Rows.ShouldAllBe(r => r.DifferenceToProvince == null);
    }

    [Fact]
    public void What_does_not_exist_is_not_found() =>
        Areas.Questions.Single(q => q.Name == "bulletin").Answer(new CountyStory().Ledger.On(), new Asked { Key = "2023Q2" }).Refusal!.Code.ShouldBe(Codes.SubjectNotFound);

    [Fact]
    public void The_quarterly_bulletins_are_duties()
    {
        var (story, _, _) = Published.Quarter();
        story.Tell("policy/plan", new ActionPlanIssued("舞法办〔2023〕3号", "方案", Day("2023-03-20")));
        var duties = story.Ledger.On(Day("2023-11-01")).Duties.Where(d => d.Kind is DutyKind.RankingBulletin or DutyKind.AccountabilityBulletin && d.OpenedOn < Day("2023-10-01"))
            .Select(d => (d.Kind, d.Period, d.Status)).ToList();
        duties.ShouldBe(
            [
                (DutyKind.RankingBulletin, "2023Q2", DutyStatus.Met), (DutyKind.AccountabilityBulletin, "2023Q2", DutyStatus.Overdue),
                (DutyKind.RankingBulletin, "2023Q3", DutyStatus.Overdue), (DutyKind.AccountabilityBulletin, "2023Q3", DutyStatus.Overdue),
            ], ignoreOrder: true);
    }

    [Fact]
    public void Trends_compare_with_the_year_before_and_the_period_before()
    {
        var (story, _) = Published.Counted();
        story.Judged(20, "wuquan", "2022-04-10", "2022-06-20", Outcome.RevokeAll);
        story.Judged(21, "wuquan", "2022-05-10", "2022-06-21", Outcome.RevokeAll);
        story.Judged(22, "wuquan", "2022-06-10", "2022-06-29", Outcome.RevokeAll);
        story.Judged(23, "wuquan", "2023-01-10", "2023-03-20", Outcome.DismissClaims);
        var rows = story.Ask<TrendRow>("trends", new Asked { Period = Period.Parse("2023Q2") });
        var unit = rows.Single(r => r.Unit == "wuquan");
        (unit.NewCases, unit.NewCasesPrevious, unit.NewCasesYearBefore).ShouldBe((2, 1, 3));
        (unit.LossRate, unit.LossRatePrevious, unit.LossRateYearBefore).ShouldBe((new Ratio(1, 2), new Ratio(0, 1), new Ratio(3, 3)));
        (unit.LossRateChangePrevious, unit.LossRateChange, unit.VolumeFell, unit.RateFell, unit.DoubleDecline).ShouldBe((new Ratio(1, 2), new Ratio(-3, 6), true, true, true));
        (rows[0].Unit, rows[0].NewCases, rows[0].VolumeFell, rows[0].RateFell, rows[0].DoubleDecline).ShouldBe((null, 4, false, true, false));
        rows.Single(r => r.Unit == "shuiwu").DoubleDecline.ShouldBeNull();
        story.Ask<TrendRow>("trends", new Asked { Period = Period.Parse("2023Q2"), Unit = "wuquan" }).ShouldHaveSingleItem();
        Areas.Questions.Single(q => q.Name == "trends").Answer(story.Ledger.On(), new Asked { Period = Period.Parse("2023"), Policy = "P-X" }).Refusal!.Code.ShouldBe(Codes.PolicyNotFound);
    }

    [Fact]
    public void A_unit_that_was_not_there_the_year_before_is_not_compared_with_nothing()
    {
        var (story, _) = Published.Counted();
        story.Tell("unit/new", new global::Ledger.Domain.Units.UnitRegistered("新局", global::Ledger.Domain.Units.UnitKind.Department, Day("2023-01-01")));
        var row = story.Ask<TrendRow>("trends", new Asked { Period = Period.Parse("2023Q2"), Unit = "new" }).ShouldHaveSingleItem();
        (row.VolumeFell, row.RateFell, row.DoubleDecline).ShouldBe(((bool?)null, (bool?)null, (bool?)null));
        var goal = story.Ask<global::Ledger.Domain.Assessments.GoalRow>("goal-board", new Asked { Period = Period.Parse("2023"), Unit = "new" }).Single(g => g.Goal == "G4");
        (goal.YearBefore, goal.Improved, goal.Met).ShouldBe(((Ratio?)null, (bool?)null, (bool?)null));
    }

    [Fact]
    public void A_difference_that_is_too_large_to_write_is_none()
    {
        BulletinContents.Difference(new Ratio(1, 3), new Ratio(1, 2)).ShouldBe(new Ratio(-1, 6));
        BulletinContents.Difference(new Ratio(1, 3), new Ratio(long.MaxValue - 1, long.MaxValue)).ShouldBeNull();
        BulletinContents.Difference(new Ratio(0, 1), new Ratio(long.MaxValue, 1)).ShouldBe(new Ratio(-long.MaxValue, 1));
    }

    private static Ratio Numbers(CountyStory story, RankingBulletinPublished published) =>
        story.Ledger.On(published.AsOf, published.Position).County.Rank(Period.Parse(published.Period), UnitList.All, CountingPolicy.BuiltIn[0]).County.LossRate;

    private static BulletinContents Contents(CountyStory story) =>
        (BulletinContents)Areas.Questions.Single(q => q.Name == "bulletin").Answer(story.Ledger.On(), new Asked { Key = "2023Q2" }).Value!;
}

/// <summary>What accountability was decided in a quarter; nothing is published as nothing.</summary>
public sealed class AccountabilityBulletinTests
{
    private const string Bulletin = "bulletin/accountability-2023Q2";

    [Fact]
    public void A_zero_report_is_a_report()
    {
        var story = new CountyStory();
        var published = story.Record<AccountabilityBulletinPublished>(Bulletin, "2023Q2", new { publishedOn = Day("2023-07-20"), approval = "a", title = "追责通报" }, asOf: "2023-07-10");
        (published.Cases, published.Persons, published.ZeroReport).ShouldBe((0, 0, true));
        story.Draft("AccountabilityBulletinRestated", "2023Q2").Refused.ShouldBe(Codes.RestatementNothingChanged);
        var contents = (AccountabilityContents)Areas.Questions.Single(q => q.Name == "bulletin").Answer(story.Ledger.On(), new Asked { Key = "accountability-2023Q2" }).Value!;
        (contents.ZeroReport, contents.ApprovedBy, contents.Decisions.Count).ShouldBe((true, "li", 0));
        var row = story.Ask<BulletinListRow>("bulletins").ShouldHaveSingleItem();
        (row.Kind, row.Cases, row.Persons, row.Restatements).ShouldBe((BulletinKind.Accountability, 0, 0, 0));
    }

    [Fact]
    public void A_decision_set_aside_later_is_restated()
    {
        var story = new CountyStory(Faults.Pursued.Ledger());
        const string third = "bulletin/accountability-2023Q3";
        var published = story.Record<AccountabilityBulletinPublished>(third, "2023Q3", new { publishedOn = Day("2023-10-20"), approval = "b" }, asOf: "2023-10-10");
        (published.Cases, published.Persons, published.ZeroReport).ShouldBe((1, 1, false));
        published.ByForm.ShouldBe([new FormCount("CriticismEducation", 1), new FormCount("OrderCorrection", 1)]);
        var decided = story.Ledger.Of(Subject(Faults.A)).Single(f => f.Fact is AccountabilityDecided).Origin.Id;
        story.Tell(Faults.A, Corrected(decided, ("decidedOn", "\"2023-10-01\"")));
        var due = story.Ask<RestatementDueRow>("restatements-due").ShouldHaveSingleItem();
        (due.Key, due.Fact, due.Number, due.StandingPosition, due.Old!.Cases, due.New!.Cases).ShouldBe((third, "AccountabilityBulletinRestated", 1, published.Position, 1, 0));
        story.Ask<RestatementDueRow>("restatements-due", asOf: "2023-10-09").ShouldBeEmpty("before the day of what stands");
        var restated = story.Record<AccountabilityBulletinRestated>(third, "2023Q3", new { reason = "决定日更正", restatedOn = Day("2024-02-02"), approval = "c" }, asOf: "2024-02-01");
        (restated.Number, restated.Cases, restated.Persons, restated.ByForm.Count).ShouldBe((1, 0, 0, 0));
        (restated.OldCases, restated.OldPersons, restated.OldByForm.Count).ShouldBe((1, 1, 2));
        restated.Facts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Subject.ShouldBe(Faults.A), f => f.Fact.ShouldBe("FactCorrected"));
        due.Facts.ShouldBe(restated.Facts);
        story.Ask<RestatementDueRow>("restatements-due").ShouldBeEmpty("restated");
        story.Refused(third, restated with { OldCases = 2, Reason = "旧数", Approval = "e" }).ShouldBe(Codes.FactNotReproducible);
        story.Refused(third, restated with { Number = 2, Approval = "d" }).ShouldBe(Codes.FactNotReproducible);
        var again = restated with { Reason = "再次", Approval = "d" };
        story.Refused(third, again).ShouldBe(Codes.RestatementNumber);
        story.Refused(third, again with { RestatedOn = Day("2023-10-19") }).ShouldBe(Codes.RestatementNumber);
        var row = story.Ask<BulletinListRow>("bulletins").ShouldHaveSingleItem();
        (row.Cases, row.RestatedCases, row.Persons, row.RestatedPersons, row.Restatements).ShouldBe((1, 0, 1, 0, 1));
        var contents = (AccountabilityContents)Areas.Questions.Single(q => q.Name == "bulletin").Answer(story.Ledger.On(), new Asked { Key = "accountability-2023Q3" }).Value!;
        contents.Decisions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Unit.ShouldBe("wuquan"), d => d.Persons.ShouldBe(1));
        contents.Restatements.ShouldHaveSingleItem();
    }

    [Fact]
    public void It_says_what_the_ledger_counts()
    {
        var story = new CountyStory();
        var fact = (AccountabilityBulletinPublished)story.Drafted("AccountabilityBulletinPublished", "2023Q2", new { publishedOn = Day("2023-07-20"), approval = "a" }, asOf: "2023-07-10");
        story.Refused(Bulletin, fact).ShouldBe(Codes.ApprovalMissing);
        story.Refused(Bulletin, fact with { Cases = 1 }).ShouldBe(Codes.FactNotReproducible);
        story.Refused(Bulletin, fact with { ZeroReport = false }).ShouldBe(Codes.FactNotReproducible);
        story.Refused("bulletin/accountability-2023", fact with { Period = "2023" }).ShouldBe(Codes.PeriodNotAQuarter);
        story.Refused(Bulletin, fact with { AsOf = Day("2023-06-29") }).ShouldBe(Codes.PeriodNotOver);
        story.Refused("bulletin/2023Q2", fact).ShouldBe(Codes.InvalidValue);
        story.Refused(Bulletin, fact with { PublishedOn = Day("2023-07-09") }).ShouldBe(Codes.DateOutOfOrder);
        story.Draft("AccountabilityBulletinRestated", "2023Q2").Refused.ShouldBe(Codes.SubjectNotFound);
    }
}

/// <summary>The area's specimen.</summary>
public sealed class BulletinSpecimen : AreaSpecimen
{
    private const string Everyone = "Clerk Supervisor Auditor Inspector Court Approver Admin";

    public override Area Area => BulletinArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RankingBulletinPublished"] = "Supervisor", ["BulletinRestated"] = "Supervisor", ["AccountabilityBulletinPublished"] = "Supervisor",
        ["AccountabilityBulletinRestated"] = "Supervisor",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bulletins"] = Everyone, ["bulletin"] = Everyone, ["trends"] = Everyone, ["restatements-due"] = "Supervisor Auditor Inspector Approver Admin", ["bulletin-preview"] = "Supervisor Auditor Inspector Approver Admin",
    };

    public override IReadOnlySet<string> ToldByStories { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "RankingBulletinPublished", "BulletinRestated", "AccountabilityBulletinPublished", "AccountabilityBulletinRestated",
    };

    /// <summary>Every fact of the area rests on a position.</summary>
    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller) => null;
}
