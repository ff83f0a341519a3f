using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Host.Replay;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Replay;

/// <summary>The difference of two states, and the state that it makes.</summary>
public sealed class MemberChangeTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", "/a: 1 → 2")]
    [InlineData("""{"a":null}""", """{"a":2}""", "/a: null → 2")]
    [InlineData("""{"a":1,"b":{"c":true}}""", """{"b":{"c":false,"d":[]}}""", "/a: 1 → ; /b/c: true → false; /b/d:  → []")]
    [InlineData("""{"a/b":{"~":1}}""", """{"a/b":{"~":2}}""", "/a~1b/~0: 1 → 2")]
    [InlineData("""{"a":[1,2,3]}""", """{"a":[1,3]}""", "/a/1: 2 → ")]
    [InlineData("""{"a":[1,3]}""", """{"a":[1,2,3,4]}""", "/a/1:  → 2; /a/3:  → 4")]
    [InlineData("""{"a":[]}""", """{"a":{}}""", "/a: [] → {}")]
    [InlineData("null", """{"a":1}""", """: null → {"a":1}""")]
    [InlineData("""{"a":1}""", "null", """: {"a":1} → null""")]
    [InlineData("""{"a":1}""", """{"a":1}""", "")]
    public void What_changed(string before, string after, string changes)
    {
        Told(MemberChange.Between(JsonNode.Parse(before), JsonNode.Parse(after))).ShouldBe(changes);
        Made(before, after).ShouldBe(after);
    }

    [Fact]
    public void An_item_is_known_by_what_it_is_about()
    {
        const string before = """{"obligations":[{"kind":"CaseFiling","unit":"u","caseNo":"1","status":"Overdue"},{"kind":"LossFiling","unit":"u","caseNo":"1","status":"Met"}]}""";
        const string after = """{"obligations":[{"kind":"CaseFiling","unit":"t","caseNo":"1","status":"Met"},{"kind":"CaseFiling","unit":"u","caseNo":"1","status":"Met"}]}""";
        Told(MemberChange.Between(JsonNode.Parse(before), JsonNode.Parse(after))).ShouldBe(
            """/obligations/0:  → {"kind":"CaseFiling","unit":"t","caseNo":"1","status":"Met"}; /obligations/1/status: "Overdue" → "Met"; /obligations/2: {"kind":"LossFiling","unit":"u","caseNo":"1","status":"Met"} → """);
        Made(before, after).ShouldBe(after);
    }

    [Fact]
    public void A_renamed_instance_is_the_same_one_under_another_number()
    {
        const string before = """{"instances":[{"caseNo":"1","level":"First","court":"c"},{"caseNo":"2","level":"Second","court":"c"}]}""";
        const string after = """{"instances":[{"caseNo":"7","level":"First","court":"c"},{"caseNo":"2","level":"Second","court":"c"}]}""";
        Told(MemberChange.Between(JsonNode.Parse(before), JsonNode.Parse(after))).ShouldBe("""/instances/0/caseNo: "1" → "7" """.TrimEnd());
    }

    [Fact]
    public void Between_any_two_states_the_changes_make_the_second_of_the_first() => Gen.Select(State, State).Sample((before, after) =>
    {
        var (old, now) = (JsonNode.Parse(before), JsonNode.Parse(after));
        var changes = MemberChange.Between(old, now);
        JsonNode.DeepEquals(MemberChange.Apply(old, changes), now).ShouldBeTrue($"{before} → {after}: {Told(changes)}");
        JsonNode.DeepEquals(MemberChange.Apply(now, MemberChange.Between(now, old)), old).ShouldBeTrue();
        MemberChange.Between(now, now?.DeepClone()).ShouldBeEmpty();
        changes.Count.ShouldBe(changes.Count(c => c.Kind != ChangeKind.Replaced || !JsonNode.DeepEquals(c.Before, c.After)));
    }, iter: 20_000);

    // Small alphabets, so that the states often share members and items.
    private static readonly Gen<string> State = Gen.Recursive<string>((depth, inner) => depth > 3 ? Scalar : Gen.OneOf(
        Scalar,
        inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]"),
        Gen.Select(Gen.Shuffle(new[] { "caseNo", "unit", "kind", "x", "a/b" }), inner.Array[0, 4]).Select((names, values) =>
            $"{{{string.Join(',', names.Zip(values, (name, value) => $"\"{name}\":{value}"))}}}")));

    private static Gen<string> Scalar => Gen.Int[0, 6].Select(n => n > 3 ? n.ToString(CultureInfo.InvariantCulture) : ((string[])["null", "true", "\"u\"", "\"v\""])[n]);

    private static string Told(IEnumerable<MemberChange> changes) => string.Join("; ", changes.Select(c =>
        $"{c.Member}: {(c.Kind == ChangeKind.Added && c.Member.Length > 0 ? "" : c.Before?.ToJsonString() ?? "null")} → {(c.Kind == ChangeKind.Removed && c.Member.Length > 0 ? "" : c.After?.ToJsonString() ?? "null")}"));

    private static string Made(string before, string after) =>
        MemberChange.Apply(JsonNode.Parse(before), MemberChange.Between(JsonNode.Parse(before), JsonNode.Parse(after)))?.ToJsonString() ?? "null";
}
