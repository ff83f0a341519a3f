using System.Text.Json.Nodes;
using Ledger.Verifier.Numbers;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>Numbers counted by hand from counting-rules.md, without the ledger.</summary>
public sealed class NumbersExampleTests
{
    private const string Second = "（2023）豫11行终1号";

    [Fact]
    public void What_was_counted_by_hand_follows() => NumbersExample.Check(NumbersExample.Facts, NumbersExample.Claims()).ShouldBeEmpty();

    /// <summary>The checks of counting-rules.md §7.</summary>
    [Theory]
    [InlineData("JudgmentReceived", "2023-04-26", 0, "2023-05-06")] // Saturday, make-up day
    [InlineData("ResponseMaterialsReceived", "2023-09-27", 1, "2023-10-08")] // Sunday, make-up day
    public void A_period_ends_on_the_working_day_of_the_state_councils_calendar(string opening, string received, int row, string due)
    {
        NumbersExample.Facts.Single(f => f.Type == opening).Data.GetProperty("receivedOn").GetString().ShouldBe(received);
        var claims = NumbersExample.Claims();
        claims["obligations"]![row]!["dueOn"]!.GetValue<string>().ShouldBe(due);
        claims["obligations"]![row]!["dueOn"] = DateOnly.Parse(due).AddDays(1).ToString("O");
        NumbersExample.Check(NumbersExample.Facts, claims).ShouldContain(f => f.IsWrong && f.Claimed.Contains(opening == "JudgmentReceived" ? "LossFiling" : "CaseFiling"));
    }

    [Fact]
    public void Before_the_spring_festival_of_2024_the_ninth_of_february_is_worked()
    {
        var claims = NumbersExample.Claims();
        var filing = claims["obligations"]![0]!;
        (filing["openedOn"], filing["dueOn"], filing["status"], filing["daysLate"]) = ("2024-02-08", "2024-02-21", "Pending", 0);
        claims["rankings"] = new JsonArray();
        claims["asOf"] = "2024-02-21";
        claims["obligations"]![1]!["daysLate"] = 94;
        claims["obligations"] = new JsonArray([.. claims["obligations"]!.AsArray().Reverse().Select(o => o!.DeepClone())]);
        NumbersExample.Check(With("2023-04-26", "2024-02-08"), claims).ShouldHaveSingleItem().Where.ShouldBe("claims.asOf");
    }

    [Fact]
    public void A_retracted_judgment_is_no_loss()
    {
        var retraction = NumbersExample.Of(("lawsuit/a", "FactRetracted", """{"fact":{"source":"/hand","id":"6"},"reason":"x","approvedBy":"x"}"""))[0];
        var after = NumbersExample.Check([.. NumbersExample.Facts, retraction with { Sequence = 9, Id = "9" }], NumbersExample.Claims());
        after.ShouldContain(f => f.IsWrong && f.Where == "rankings[0].rows.wuquan.lossRate" && f.Claimed == """{"d":1,"n":1}""" && f.Derived == """{"d":0,"n":0}""");
        NumbersExample.Check([.. NumbersExample.Facts, retraction with { Sequence = 10, Id = "10" }], NumbersExample.Claims()).ShouldBeEmpty("recorded after the position");
    }

    [Fact]
    public void A_second_instance_that_affirms_a_loss_opens_a_filing_of_its_own()
    {
        var facts = NumbersExample.Facts.Concat(NumbersExample.Of(
            ("lawsuit/a", "InstanceOpened", $$"""{"level":"Second","caseNo":"{{Second}}","court":"x","openedOn":"2023-05-10"}"""),
            ("lawsuit/a", "JudgmentRendered", $$"""{"caseNo":"{{Second}}","level":"Second","kind":"Judgment","closedOn":"2023-12-20","dispositions":[{"unit":"wuquan","outcome":"AffirmJudgment"}]}"""),
            ("lawsuit/a", "JudgmentReceived", $$"""{"unit":"wuquan","caseNo":"{{Second}}","receivedOn":"2023-12-28"}"""))
            .Select((f, i) => f with { Sequence = 8, Id = $"second {i}" })).ToList();
        var finding = NumbersExample.Check(facts, NumbersExample.Claims()).ShouldHaveSingleItem();
        (finding.IsWrong, finding.Where).ShouldBe((true, "obligations.LossFiling"));
        finding.Derived.ShouldContain("\"dueOn\":\"2024-01-04\"");
    }

    [Theory]
    [InlineData(3, 4)] // 1, 2, 3, 4, 5: equals share a rank
    [InlineData(4, 4)] // 1, 2, 3, 3, 4: the next rank skips
    [InlineData(5, 6)] // no rate, no rank
    public void Ranks_follow_from_the_rates_that_are_shown(int row, int rank)
    {
        var claims = NumbersExample.Claims();
        claims["rankings"]![0]!["rows"]![row]!["rank"] = rank;
        NumbersExample.Check(NumbersExample.Facts, claims).ShouldHaveSingleItem().Where.ShouldBe("rankings[0].rows.rank");
    }

    [Fact]
    public void A_row_left_out_or_told_twice_is_found()
    {
        var claims = NumbersExample.Claims();
        var rows = claims["rankings"]![0]!["rows"]!.AsArray();
        var own = rows[0]!.DeepClone();
        rows.RemoveAt(0);
        NumbersExample.Check(NumbersExample.Facts, claims).ShouldContain(f => f.IsWrong && f.Where == "rankings[0].rows.unit" && f.Derived == "\"wuquan\"");
        rows.Insert(0, own);
        rows.Insert(1, own.DeepClone());
        NumbersExample.Check(NumbersExample.Facts, claims).ShouldContain(f => f.IsWrong && f.Where == "rankings[0].rows.unit");
    }

    [Fact]
    public void What_was_transferred_from_a_case_that_is_not_here_is_not_derived()
    {
        var transfer = NumbersExample.Of(
            ("unit/beiwudu", "UnitRegistered", """{"name":"北舞渡镇","kind":"Township","registeredOn":"2020-01-01"}"""),
            ("unit/beiwudu", "ObligationTransferred", """{"kind":"CaseFiling","to":"wuquan","transferredOn":"2023-10-01","caseNo":"（2023）豫1121行初9号"}"""))
            .Select((f, i) => f with { Sequence = 8, Id = $"transfer {i}" });
        var claims = NumbersExample.Claims();
        claims["rankings"]![0]!["rows"]![0]!["timelyCaseFiling"]!["d"] = 2;
        var findings = NumbersExample.Check([.. NumbersExample.Facts, .. transfer], claims);
        findings.ShouldAllBe(f => !f.IsWrong);
        findings.Select(f => f.Where).ShouldBe(["facts/8 ObligationTransferred", "rankings[0].rows.wuquan.timelyCaseFiling"]);
    }

    private static List<BundleFact> With(string received, string instead) =>
        [.. NumbersExample.Facts.Select(f => f with { Data = System.Text.Json.JsonDocument.Parse(f.Data.GetRawText().Replace(received, instead)).RootElement })];
}
