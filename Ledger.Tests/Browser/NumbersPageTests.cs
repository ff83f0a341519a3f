using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Verifier;
using Ledger.Verifier.Numbers;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Browser;

/// <summary>The page counts as ledger-verify counts, and finds what it finds.</summary>
public sealed class NumbersPageTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Both_verifiers_find_the_same_in_numbers_true_and_false()
    {
        await using var page = await VerifyPageFile.OpenAsync();
        await Gen.Select(RandomHistory.Of(200), Gen.Int[0, 2], Gen.Int[0, 1_000_000].Array[4]).SampleAsync(async (history, whose, choices) =>
        {
            var log = history.Ledger().Log;
            var bundle = NumbersBundle.Of(log, whose == 0 ? null : whose == 1 ? "wuquan" : "jiaotong", history.Today.AddDays(-choices[0] % 400), log.Count * (50 + (choices[1] % 51)) / 100, ["2023", "2023Q2"]);
            await SameAsync(page, bundle);
            // Another fact left out: most numbers that rest on it are false now.
            await SameAsync(page, bundle with { Facts = [.. bundle.Facts.Where((_, i) => i != choices[2] % bundle.Facts.Count)] });
            var rows = bundle.Claims["rankings"]![choices[3] % bundle.Claims["rankings"]!.AsArray().Count]!["rows"]!.AsArray();
            foreach (var row in rows) row!["newCases"] = (int)row["newCases"]! + (choices[3] % 2);
            await SameAsync(page, bundle);
        }, iter: 15, threads: 1);
    }

    [Fact]
    public async Task What_was_counted_by_hand_follows_in_the_page_too()
    {
        await using var page = await VerifyPageFile.OpenAsync();
        var bundle = new NumbersBundle(NumbersExample.Facts, NumbersExample.Claims(), NumbersExample.Bundle);
        await SameAsync(page, bundle);
        (await FindingsAsync(page, bundle)).ShouldBeEmpty();
        await SameAsync(page, bundle with { Facts = [.. bundle.Facts.Select(f => f with { HiddenMembers = new HashSet<string> { "plaintiffs", "dispositions" } })] });
    }

    private static async Task SameAsync(VerifyPageFile page, NumbersBundle bundle) =>
        (await FindingsAsync(page, bundle)).ShouldBe(bundle.Check().Select(f => JsonSerializer.Serialize(f, JsonSerializerOptions.Web)), ignoreOrder: true);

    private static async Task<IEnumerable<string>> FindingsAsync(VerifyPageFile page, NumbersBundle bundle)
    {
        var json = await page.Page.EvaluateAsync<string>(
            """
            ([facts, claims, bundle]) => {
              const { numberFindings, parseJson } = window.ledgerVerify.parts;
              const read = parseJson(facts).map(fact => ({ ...fact, hidden: new Set(fact.hidden) }));
              return JSON.stringify(numberFindings(read, parseJson(claims), parseJson(bundle)));
            }
            """,
            new[] { new JsonArray([.. bundle.Facts.Select(Json)]).ToJsonString(Readable), bundle.Claims.ToJsonString(Readable), bundle.Bundle.ToJsonString(Readable) });
        return JsonSerializer.Deserialize<NumberFinding[]>(json, JsonSerializerOptions.Web)!.Select(f => JsonSerializer.Serialize(f, JsonSerializerOptions.Web));
    }

    private static JsonNode Json(BundleFact fact) => new JsonObject
    {
        ["sequence"] = fact.Sequence, ["subject"] = fact.Subject, ["type"] = fact.Type, ["source"] = fact.Source, ["id"] = fact.Id,
        ["data"] = JsonNode.Parse(fact.Data.GetRawText()), ["hidden"] = new JsonArray([.. fact.HiddenMembers.Select(m => JsonValue.Create(m))]),
    };
}
