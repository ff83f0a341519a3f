using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Domain.Facts;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>No number and no fact that it rests on can be changed without a finding.</summary>
public sealed class NumbersSensitivityTests
{
    // What an answer says of the question is no number; the policy at the top names the one in force.
    private static readonly string[] Scope = ["asOf", "knownAt", "position", "period", "list", "policy", "v"];

    private static readonly string[] Periods = ["2023", "2023Q2"];

    [Fact]
    public void Any_value_of_a_true_claim_changed_is_found() =>
        Gen.Select(RandomHistory.Of(200), Gen.Bool, Gen.Int[0, 1_000_000].Array[20]).Sample((history, isOfUnit, choices) =>
        {
            var bundle = NumbersBundle.Of(history.Ledger().Log, isOfUnit ? "wuquan" : null, history.Today, history.Told.Count, Periods);
            var known = bundle.Check().Count;
            // Where what was transferred is not in the bundle, its obligations are named as ones that it cannot decide.
            var values = Values(bundle.Claims, isOfUnit ? "wuquan" : null)
                .Where(v => known == 0 || !(v.GetPath().Contains("Filing", StringComparison.Ordinal) || v.GetPath().Contains("obligations", StringComparison.Ordinal))).ToList();
            foreach (var choice in choices)
            {
                var value = values[choice % values.Count];
                var (parent, name) = (value.Parent!, value.Parent is JsonObject ? value.GetPropertyName() : null);
                var index = name is null ? value.GetElementIndex() : 0;
                Put(Changed(value));
                bundle.Check().Count.ShouldBeGreaterThan(known, parent.GetPath() + "." + name);
                Put(value);

                void Put(JsonNode? put)
                {
                    if (name is null) parent[index] = put;
                    else parent[name] = put;
                }
            }
        }, iter: 12);

    [Fact]
    public void A_fact_on_which_a_number_rests_cannot_be_left_out() =>
        Gen.Select(RandomHistory.Of(200), Gen.Int[0, 1_000_000].Array[12]).Sample((history, choices) =>
        {
            var log = history.Ledger().Log;
            var bundle = NumbersBundle.Of(log, null, history.Today, log.Count, Periods);
            var counted = log.Where(r => r.Subject.Kind is StreamKind.Unit or StreamKind.Lawsuit or StreamKind.Policy).ToList();
            foreach (var choice in choices)
            {
                var left = counted[choice % counted.Count];
                var without = NumbersBundle.Of([.. log.Where(r => r.Recorded.Sequence != left.Recorded.Sequence)], null, history.Today, log.Count, Periods);
                if (JsonNode.DeepEquals(ByPoliciesOf(bundle, without.Claims), bundle.Claims)) continue;
                (without with { Claims = bundle.Claims }).Check().ShouldNotBeEmpty($"{left.Recorded.Sequence} {left.Recorded.Fact}");
            }
        }, iter: 12);

    [Fact]
    public void A_value_that_is_not_shown_is_not_guessed()
    {
        var facts = NumbersExample.Facts;
        var hidden = facts.Select(f => f.Type == "JudgmentRendered" ? f with { HiddenMembers = new HashSet<string> { "dispositions" } } : f).ToList();
        var findings = NumbersExample.Check(hidden, NumbersExample.Claims());
        findings.ShouldNotBeEmpty();
        findings.ShouldAllBe(f => !f.IsWrong && f.Where.Contains("dispositions"));
        var plaintiffs = facts.Select(f => f.Type == "LawsuitDocketed" ? f with { HiddenMembers = new HashSet<string> { "plaintiffs" } } : f).ToList();
        NumbersExample.Check(plaintiffs, NumbersExample.Claims()).ShouldBeEmpty();
    }

    [Fact]
    public void A_member_that_no_rule_defines_is_named()
    {
        var claims = NumbersExample.Claims();
        claims["rankings"]![0]!["rows"]![0]!["quality"] = 1;
        var finding = NumbersExample.Check(NumbersExample.Facts, claims).ShouldHaveSingleItem();
        (finding.IsWrong, finding.Where).ShouldBe((false, "rankings[0].rows.wuquan.quality"));
    }

    [Theory]
    [InlineData("""{"v":1,"position":"9","asOf":"2023-12-31","policy":"P-A","unit":"wuquan","rankings":7,"scorecards":[],"obligations":[]}""")]
    [InlineData("""{"v":1,"position":"x","asOf":"2023-12-31","policy":"P-A","unit":"wuquan","rankings":[],"scorecards":[],"obligations":[]}""")]
    [InlineData("""{"v":1,"position":"9","asOf":"2023-13-31","policy":"P-A","unit":"wuquan","rankings":[],"scorecards":[],"obligations":[]}""")]
    [InlineData("""{"v":1,"position":"9","asOf":"2023-12-31","policy":"P-A","unit":"wuquan","rankings":[{}],"scorecards":[],"obligations":[]}""")]
    [InlineData("{}")]
    public void Claims_of_another_shape_do_not_pass(string claims) =>
        NumbersExample.Check(NumbersExample.Facts, JsonNode.Parse(claims)!.AsObject()).ShouldContain(f => f.IsWrong);

    // A policy that a bundle does not count by changes none of its numbers, whether it was adopted or not.
    private static JsonObject ByPoliciesOf(NumbersBundle bundle, JsonObject claims)
    {
        string[] answers = ["rankings", "scorecards"];
        var policies = answers.SelectMany(a => bundle.Claims[a]!.AsArray()).Select(r => (string?)r!["policy"]).ToHashSet(StringComparer.Ordinal);
        var same = claims.DeepClone().AsObject();
        foreach (var answer in answers) same[answer]!.AsArray().RemoveAll(r => !policies.Contains((string?)r!["policy"]));
        return same;
    }

    private static IEnumerable<JsonValue> Values(JsonNode? node, string? unit) => node switch
    {
        // Of another unit's row a bundle of one unit shows only that the ranks follow from the rates.
        JsonObject row when unit is not null && row.ContainsKey("rank") && (string?)row["unit"] != unit => [],
        JsonObject o => o.Where(m => !Scope.Contains(m.Key) && !(unit is not null && m.Key == "county")).SelectMany(m => Values(m.Value, unit)),
        JsonArray a => a.SelectMany(i => Values(i, unit)),
        JsonValue value => [value],
        _ => [],
    };

    private static JsonNode Changed(JsonValue value) => value.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Number => int.Parse(value.ToString()) + 1,
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => !value.GetValue<bool>(),
        _ => value.GetValue<string>() + "x",
    };
}
