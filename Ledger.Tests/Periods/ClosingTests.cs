using System.Security.Cryptography;
using System.Text;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Rectifications;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Periods;

/// <summary>A closing fixes position, policy and numbers.</summary>
public sealed class ClosingTests
{
    private static CountyStory Counted()
    {
        var story = new CountyStory();
        story.Judged(1, "wuquan", "2023-04-10", "2023-06-20", Outcome.RevokeAll);
        story.Judged(2, "beiwudu", "2023-04-11", "2023-06-21", Outcome.DismissClaims);
        return story;
    }

    [Fact]
    public void The_canonical_text_is_frozen()
    {
        var county = Counted().Ledger.CountyOn(Day("2023-07-10"));
        var ranking = county.Rank(Period.Parse("2023Q2"), UnitList.Townships, county.Policies.Find("P-A")!);
        const string none = "\"mediatedOrWithdrawn\":{\"n\":0,\"d\":1},\"headAttendance\":{\"n\":0,\"d\":0},\"timelyCaseFiling\":{\"n\":0,\"d\":0},\"timelyLossFiling\":{\"n\":0,\"d\":0}";
        var text = "[{\"unit\":\"wuquan\",\"rank\":1,\"lossRate\":{\"n\":1,\"d\":1},\"newCases\":1," + none + "},"
            + "{\"unit\":\"beiwudu\",\"rank\":2,\"lossRate\":{\"n\":0,\"d\":1},\"newCases\":1," + none + "},"
            + "{\"unit\":null,\"rank\":null,\"lossRate\":{\"n\":1,\"d\":2},\"newCases\":2," + none.Replace("{\"n\":0,\"d\":1}", "{\"n\":0,\"d\":2}", StringComparison.Ordinal) + "}]";
        RankingText.Of(ranking).ShouldBe(text);
        RankingText.Sha256Of(ranking).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        RankingText.Of(county.Rank(Period.Parse("2023"), UnitList.Townships, county.Policies.Find("P-A")!)).ShouldContain("\"timelyLossFiling\":{\"n\":0,\"d\":0},\"barred\":true}");
    }

    [Fact]
    public void What_is_closed_is_what_the_ledger_counts()
    {
        var story = Counted();
        var closed = story.Close("2023Q2");
        (closed.Position, closed.Policy, closed.List, closed.Rows).ShouldBe((11, "P-A", UnitList.All, 6));
        story.Ask<QuarterRow>("quarters").ShouldHaveSingleItem().RowsSha256.ShouldBe(closed.RowsSha256);
        // A second story that closes with other numbers.
        var other = Counted();
        other.Refused("period/2023Q2", closed with { RowsSha256 = new string('0', 64) }).ShouldBe(Codes.FactNotReproducible);
        other.Refused("period/2023Q2", closed with { Rows = 7 }).ShouldBe(Codes.FactNotReproducible);
        other.Refused("period/2023Q2", closed with { List = UnitList.Townships }).ShouldBe(Codes.FactNotReproducible);
        other.Refused("period/2023Q2", closed with { Position = 10 }).ShouldBe(Codes.FactNotReproducible);
        other.Refused("period/2023Q2", closed with { Policy = "P-C" }).ShouldBe(Codes.PeriodPolicyNotGoverning);
        other.Refused("period/2023Q2", closed with { Policy = "P-X" }).ShouldBe(Codes.PolicyNotFound);
        other.Refused("period/2023Q2", closed with { AsOf = Day("2023-06-29") }).ShouldBe(Codes.PeriodNotOver);
        other.Refused("period/2023Q2", closed with { ClosedOn = Day("2024-01-14") }).ShouldBe(Codes.DateOutOfOrder);
        other.Refused("period/2023-04", closed with { Period = "2023-04" }).ShouldBe(Codes.PeriodNotQuarterOrYear);
        other.Refused("period/2023Q3", closed).ShouldBe(Codes.InvalidValue);
    }

    [Fact]
    public void A_period_is_closed_once()
    {
        var story = Counted();
        var closed = story.Close("2023Q2");
        story.Judged(3, "gongan", "2023-04-12", "2023-06-22", Outcome.RevokeAll);
        story.Draft("QuarterClosed", "2023Q2").Refused.ShouldBe(Codes.PeriodAlreadyClosed);
        story.Refused("period/2023Q2", closed with { ClosedOn = Day("2024-01-16") }).ShouldBe(Codes.PeriodAlreadyClosed);
        story.Refused("period/2023Q2", closed).ShouldBeNull("a repeat says nothing new");
    }

    [Fact]
    public void The_governing_policy_closes()
    {
        var story = Counted();
        story.Tell("policy/county", new CountingPolicyAdopted(Day("2023-04-01"), CountingBasis.SubstantiveJudgment));
        story.Close("2023Q2").Policy.ShouldBe("county");
    }

    [Fact]
    public void A_closing_is_neither_corrected_nor_taken_back()
    {
        var story = Counted();
        var closed = new FactId("/story", "x");
        var fact = story.Drafted("QuarterClosed", "2023Q2", new { closedOn = Day("2024-01-15"), closedBy = "zhang" }, asOf: "2024-01-15");
        story.Ledger.Tell(new Told(Subject("period/2023Q2"), closed, fact)).Fact.ShouldNotBeNull();
        story.Refused("period/2023Q2", Corrected(closed, ("rows", "9"))).ShouldBe(Codes.FactNotCorrectable);
        story.Refused("period/2023Q2", Retracted(closed)).ShouldBe(Codes.FactNotCorrectable);
    }

    [Fact]
    public void Only_what_rests_on_a_position_is_drafted() => Counted().Draft("LawsuitDocketed", "2023Q2").Refused.ShouldBe(Codes.DraftUnknown);

    [Fact]
    public void A_draft_says_what_people_add()
    {
        var draft = Counted().Draft("QuarterClosed", "2023Q2").Row.ShouldNotBeNull();
        (draft.Subject, draft.Fact, draft.NeedsApproval).ShouldBe(("period/2023Q2", "QuarterClosed", false));
        draft.Missing.ShouldBe(["closedOn", "closedBy"]);
        draft.Data.ContainsKey("closedOn").ShouldBeFalse();
        draft.Data["position"]!.GetValue<long>().ShouldBe(11);
    }
}

/// <summary>Losses by township, field, type of act and cause.</summary>
public sealed class HotlistTests
{
    private static readonly Asked Year = new() { Period = Period.Parse("2023") };

    private static CountyStory Lost()
    {
        var story = new CountyStory();
        story.Judged(1, "wuquan", "2023-04-10", "2023-06-20", Outcome.RevokeAll, cause: LossCause.ProceduralViolation);
        story.Judged(2, "gongan", "2023-04-11", "2023-06-21", Outcome.RevokeAll, cause: LossCause.ProceduralViolation, township: "舞泉镇");
        story.Judged(3, "jiaotong", "2023-04-12", "2023-06-22", Outcome.OrderPerform, "交通运输", township: "北舞渡镇");
        story.Judged(4, "shuiwu", "2023-04-12", "2023-06-22", Outcome.DismissClaims, "税务");
        // Lost by two units: one document, and two causes.
        story.Tell("lawsuit/c5", DocketedOn("2023-04-13", "wuquan", "jiaotong") with { CaseNo = CountyStory.CaseNo(5), Field = "自然资源", Township = "舞泉镇" });
        story.Tell("lawsuit/c5", new JudgmentRendered(CountyStory.CaseNo(5), InstanceLevel.First, DocumentKind.Judgment, Day("2023-08-01"),
            [new("wuquan", Outcome.ConfirmUnlawful, [LossCause.ProceduralViolation]), new("jiaotong", Outcome.ConfirmUnlawful, [LossCause.ExceededAuthority])]));
        return story;
    }

    [Fact]
    public void Each_cell_names_its_lawsuits()
    {
        var rows = Lost().Ask<HotListRow>("hot-lists", Year);
        rows.Select(r => (r.Township, r.Field, r.Cause, r.Losses)).ShouldBe(
        [
            ("舞泉镇", "自然资源", LossCause.ProceduralViolation, 3), ("北舞渡镇", "交通运输", null, 1), ("舞泉镇", "自然资源", LossCause.ExceededAuthority, 1),
        ], ignoreOrder: true);
        rows[0].Cases.Select(c => c.CaseNo).ShouldBe([CountyStory.CaseNo(1), CountyStory.CaseNo(2), CountyStory.CaseNo(5)]);
        rows[0].Cases[2].Units.ShouldBe(["jiaotong", "wuquan"]);
        Lost().Ask<HotListRow>("hot-lists", new Asked { Period = Period.Parse("2023Q2") }).Sum(r => r.Losses).ShouldBe(3);
    }

    [Fact]
    public void A_confirmed_list_names_its_rule_and_position_and_is_the_ledgers_own()
    {
        var story = Lost();
        var confirmed = story.Record<LossHotlistConfirmed>("period/2023", "2023", new { confirmedOn = Day("2024-02-01"), confirmedBy = "zhang" });
        confirmed.Items.ShouldBe([new HotlistItem("舞泉镇", 3)], "the draft of the first dimension");
        var row = story.Ask<ConfirmedHotListRow>("confirmed-hot-lists", Year).ShouldHaveSingleItem();
        (row.Period, row.Dimension, row.Rule, row.Threshold, row.Position, row.AsOf, row.ConfirmedOn, row.ConfirmedBy)
            .ShouldBe(("2023", HotlistDimension.Township, HotlistRule.LossesAtLeast, 2, confirmed.Position, confirmed.AsOf, Day("2024-02-01"), "zhang"));
        row.Items.ShouldBe(confirmed.Items);
        (row.Evidence.Subject, row.Evidence.Fact).ShouldBe(("period/2023", "LossHotlistConfirmed"));
        story.Ask<ConfirmedHotListRow>("confirmed-hot-lists").Count.ShouldBe(1);
        story.Ask<ConfirmedHotListRow>("confirmed-hot-lists", asOf: "2024-01-31").ShouldBeEmpty();
        story.Ask<ConfirmedHotListRow>("confirmed-hot-lists", new Asked { Period = Period.Parse("2022") }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(HotlistDimension.Township, HotlistRule.LossesAtLeast, 1, "舞泉镇 3, 北舞渡镇 1")]
    [InlineData(HotlistDimension.Field, HotlistRule.LossesAtLeast, 2, "自然资源 3")]
    [InlineData(HotlistDimension.Field, HotlistRule.TopRanks, 1, "自然资源 3")]
    [InlineData(HotlistDimension.ActType, HotlistRule.TopRanks, 3, "罚款 4")]
    [InlineData(HotlistDimension.Cause, HotlistRule.LossesAtLeast, 1, "ProceduralViolation 3, ExceededAuthority 1")]
    [InlineData(HotlistDimension.Cause, HotlistRule.LossesAtLeast, 9, "")]
    public void The_rule_says_what_many_losses_are(HotlistDimension dimension, HotlistRule rule, int threshold, string items)
    {
        var story = Lost();
        var list = new LossHotlistConfirmed("2023", dimension, rule, threshold, story.Position, Day("2024-02-01"), [], Day("2024-02-01"), "zhang");
        list = (LossHotlistConfirmed)list.Reproduce(story.Ledger.On(list.AsOf), Subject("period/2023")).Fact!;
        string.Join(", ", list.Items.Select(i => $"{i.Value} {i.Losses}")).ShouldBe(items);
        story.Tell("period/2023", list);
        var named = story.Ask<HotListRow>("hot-lists", Year).SelectMany(r => r.ConfirmedIn).Distinct().ToList();
        named.ShouldBe(items.Length == 0 ? [] : [dimension]);
    }

    [Fact]
    public void What_was_not_counted_is_not_confirmed()
    {
        var story = Lost();
        var list = new LossHotlistConfirmed(
            "2023", HotlistDimension.Field, HotlistRule.LossesAtLeast, 2, story.Position, Day("2024-02-01"), [new("自然资源", 3)], Day("2024-02-01"), "zhang");
        story.Refused("period/2023", list with { Items = [new("自然资源", 4)] }).ShouldBe(Codes.FactNotReproducible);
        story.Refused("period/2023", list with { Threshold = 0 }).ShouldNotBeNull();
        story.Refused("period/2023", list with { ConfirmedOn = Day("2022-12-31") }).ShouldBe(Codes.DateOutOfOrder);
        story.Tell("period/2023", list);
        story.Refused("period/2023", list with { ConfirmedOn = Day("2024-02-02") }).ShouldBe(Codes.HotlistNotLater);
        // It rests on its position: a late judgment changes the answer, not the list.
        story.Judged(6, "gongan", "2023-04-15", "2023-07-20", Outcome.RevokeAll);
        story.Refused("period/2023", list).ShouldBeNull("a repeat");
        Hotlist.Losses(story.Ledger.On(), Period.Parse("2023"), CountingPolicy.BuiltIn[0]).Count.ShouldBe(5);
    }

    [Theory]
    [InlineData(HotlistRule.LossesAtLeast)]
    [InlineData(HotlistRule.TopRanks)]
    public void A_threshold_is_at_least_one(HotlistRule rule)
    {
        var story = Lost();
        story.Refused("period/2023", new LossHotlistConfirmed("2023", HotlistDimension.Field, rule, 0, story.Position, Day("2024-02-01"), [], Day("2024-02-01"), "zhang"))
            .ShouldBe(Codes.InvalidValue);
    }

    [Fact]
    public void The_cause_that_the_office_determined_goes_before_what_the_court_stated()
    {
        var story = Lost();
        story.Tell("rectification/r", new RectificationOpened("c1", "wuquan", CountyStory.CaseNo(1), Day("2023-07-01")));
        var before = story.Position;
        story.Tell("rectification/r", new LossCauseDetermined(LossCause.AbusedAuthority, [LossCause.AbusedAuthority], true, Day("2023-07-10"), "wang"));
        Causes(story.Ledger.On()).ShouldBe([LossCause.AbusedAuthority]);
        Causes(story.Ledger.On(position: before)).ShouldBe([LossCause.ProceduralViolation]);

        static IReadOnlyList<LossCause> Causes(Situation at) =>
            Hotlist.Losses(at, Period.Parse("2023"), CountingPolicy.BuiltIn[0]).Single(l => l.CaseNo == CountyStory.CaseNo(1)).Causes;
    }

    [Fact]
    public void An_unknown_policy_is_refused() =>
        Areas.Questions.Single(q => q.Name == "hot-lists").Answer(Lost().Ledger.On(), Year with { Policy = "P-X" }).Refusal!.Code.ShouldBe(Codes.PolicyNotFound);
}
