using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;
using static Ledger.Verifier.Reports.Outcome;

namespace Ledger.Tests.Verifier;

/// <summary>
/// One way of forging the facts, their proofs or their completeness after another. The forger knows the format and writes
/// the manifests again each time; what he does not have is the key.
/// </summary>
public sealed class ForgedContentTests
{
    private const string Facts = "data/facts.jsonl";
    private const string Leaves = "data/leaves.jsonl";
    private const string HeadsFile = "data/heads.json";
    private const string BundleFile = "data/bundle.json";

    // The lines: 0 calendar/2023, 1 policy/P-1, 2 unit/wuquan, 3-5 lawsuit/a, 6 unit/wuquan.
    private const int Judgment = 4;

    private static TestBundle Good => new BundleBuilder().Build();

    [Fact]
    public void An_edited_fact() => Good.Replace(Facts, "Revoked", "Dismissed").Verify().ShouldSay(Tampered, "fact.data");

    [Fact]
    public void A_member_taken_out_of_a_fact() => Good.EditLine(Facts, 3, fact => Data(fact).Remove("plaintiffs")).Verify().ShouldSay(Tampered, "fact.data");

    [Fact]
    public void A_member_put_into_a_fact() => Good.EditLine(Facts, 3, fact => Data(fact)["township"] = "wuquan").Verify().ShouldSay(Tampered, "fact.data");

    [Fact]
    public void A_fact_under_another_subject() => Good.EditLine(Facts, Judgment, fact => fact["subject"] = "lawsuit/z").Verify().ShouldSay(Tampered, "fact.differs");

    [Fact]
    public void A_fact_of_another_type() => Good.EditLine(Facts, Judgment, fact => fact["type"] = "JudgmentReceived").Verify().ShouldSay(Tampered, "fact.differs");

    [Fact]
    public void A_fact_of_another_source() => Good.EditLine(Facts, Judgment, fact => fact["source"] = "/court").Verify().ShouldSay(Tampered, "fact.differs");

    [Fact]
    public void A_fact_with_another_id_in_both_places() =>
        Good.EditLine(Facts, Judgment, fact => fact["id"] = "x").EditLine(Leaves, Judgment, leaf => leaf["hdr"]!["id"] = "x").Verify().ShouldSay(Tampered, "fact.headers");

    [Fact]
    public void A_fact_recorded_at_another_time() => Good.EditLine(Facts, Judgment, fact => fact["time"] = "2022-01-01T00:00:00+08:00").Verify().ShouldSay(Tampered, "fact.differs");

    [Fact]
    public void A_fact_without_its_time() => Good.EditLine(Facts, Judgment, fact => fact.Remove("time")).Verify().ShouldSay(Tampered, "fact.differs");

    [Fact]
    public void A_replaced_salt() => Good.EditLine(Leaves, Judgment, leaf => leaf["salt"] = Convert.ToBase64String(new byte[32])).Verify().ShouldSay(Tampered, "fact.data");

    [Fact]
    public void An_edited_fact_with_its_commitment_and_entry_written_again() => Good
        .Replace(Facts, "Revoked", "Dismissed")
        .EditLine(Leaves, Judgment, leaf => EditEntry(leaf, entry => entry["data"] = Recommitted(leaf)))
        .Verify().ShouldSay(Tampered, "leaf.proof");

    [Fact]
    public void An_edited_entry() => Good.EditLine(Leaves, Judgment, leaf => EditEntry(leaf, entry => entry["user"] = "other")).Verify().ShouldSay(Tampered, "leaf.proof");

    [Fact]
    public void A_proof_for_another_index()
    {
        var builder = new BundleBuilder();
        builder.Build().EditLine(Leaves, Judgment, leaf => leaf["proof"] = builder.Path(5)).Verify().ShouldSay(Tampered, "leaf.proof");
    }

    [Fact]
    public void Another_index_for_the_proof() => Good.EditLine(Leaves, 6, leaf => leaf["leaf"] = "11").Verify().ShouldSay(Tampered, "leaf.proof");

    [Fact]
    public void A_proof_in_a_smaller_tree()
    {
        var builder = new BundleBuilder();
        builder.Build().EditLine(Leaves, 0, leaf => leaf["proof"] = builder.Path(1, 8)).Verify().ShouldSay(Tampered, "leaf.proof");
    }

    [Fact]
    public void A_proof_with_something_behind_it() =>
        Good.EditLine(Leaves, Judgment, leaf => leaf["proof"]!.AsArray().Add(Convert.ToBase64String(new byte[32]))).Verify().ShouldSay(Tampered, "leaf.proof");

    [Fact]
    public void A_cut_proof() => Good.EditLine(Leaves, Judgment, leaf => leaf["proof"]!.AsArray().RemoveAt(0)).Verify().ShouldSay(Tampered, "leaf.proof");

    [Fact]
    public void Two_facts_with_their_lines_swapped()
    {
        var bundle = Good;
        var lines = bundle.Lines(Leaves);
        (lines[3], lines[4]) = (lines[4], lines[3]);
        bundle.SetLines(Leaves, lines).Verify().ShouldSay(Malformed, "leaf.order");
    }

    [Fact]
    public void A_fact_that_is_there_twice()
    {
        var bundle = Good;
        foreach (var file in new[] { Facts, Leaves }) bundle.SetLines(file, [.. bundle.Lines(file), bundle.Lines(file)[^1]]);
        bundle.Verify().ShouldSay(Malformed, "leaf.order");
    }

    [Fact]
    public void A_fact_without_a_leaf() => Good.DropLine(Leaves, 6).Verify().ShouldSay(Incomplete, "facts.line-count");

    [Fact]
    public void A_leaf_without_a_fact() => Good.DropLine(Facts, 6).Verify().ShouldSay(Incomplete, "facts.line-count");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(Judgment)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_dropped_fact(int line) => Good.DropLine(Facts, line).DropLine(Leaves, line).Verify().ShouldSay(Incomplete, "complete.missing-fact");

    [Fact]
    public void A_dropped_last_fact_with_the_version_of_the_head_written_again() =>
        Good.DropLine(Facts, 6).DropLine(Leaves, 6).Edit(HeadsFile, heads => Head(heads, "unit/wuquan")["version"] = "1").Verify().ShouldSay(Tampered, "heads.leaf-proof");

    [Fact]
    public void A_dropped_stream() => DropStream(Good, inIndex: false).Verify().ShouldSay(Incomplete, "complete.missing-stream");

    [Fact]
    public void A_dropped_stream_that_its_index_does_not_list() => DropStream(Good, inIndex: true).Verify().ShouldSay(Incomplete, "complete.missing-stream");

    [Fact]
    public void A_dropped_stream_with_the_index_written_again() => DropStream(Good, inIndex: true)
        .Edit(HeadsFile, heads => (Index(heads, "unit:wuquan")["count"], Index(heads, "unit:wuquan")["chain"]) = ("1", Convert.ToBase64String(SHA256.HashData([4, .. new byte[32], .. "unit/wuquan"u8]))))
        .Verify().ShouldSay(Tampered, "heads.leaf-proof");

    [Fact]
    public void A_dropped_stream_with_another_in_its_place() => DropStream(Good, inIndex: true).Edit(HeadsFile, heads => Index(heads, "unit:wuquan")["streams"]!.AsArray().Add("policy/P-1")).Verify().ShouldSay(Tampered, "complete.chain");

    [Fact]
    public void The_streams_of_an_index_in_another_order() =>
        Good.Edit(HeadsFile, heads => Index(heads, "unit:wuquan")["streams"] = new JsonArray("lawsuit/a", "unit/wuquan")).Verify().ShouldSay(Tampered, "complete.chain");

    [Theory]
    [InlineData("unit:wuquan")]
    [InlineData("kind:policy")]
    [InlineData("kind:calendar")]
    public void A_dropped_index(string name) => Good.Edit(HeadsFile, heads => heads["indexes"]!.AsArray().Remove(Index(heads, name))).Verify().ShouldSay(Incomplete, "complete.no-index");

    [Fact]
    public void An_index_of_another_unit_in_the_place_of_this() => Good.Edit(HeadsFile, heads => Index(heads, "unit:wuquan")["name"] = "unit:beiwudu").Verify().ShouldSay(Tampered, "heads.leaf-proof");

    [Fact]
    public void An_unknown_index() => Good.Edit(HeadsFile, heads => Index(heads, "unit:wuquan")["name"] = "town:wuquan").Verify().ShouldSay(Malformed, "heads.index-name");

    [Fact]
    public void A_bundle_of_another_unit_with_this_ones_facts() => Good
        .Edit(BundleFile, bundle => bundle["selection"]!["unit"] = "beiwudu").Edit("data/claims.json", claims => claims["unit"] = "beiwudu")
        .Verify().ShouldSay(Incomplete, "complete.no-index");

    [Fact]
    public void A_dropped_head() => Good.Edit(HeadsFile, heads => heads["streams"]!.AsArray().Remove(Head(heads, "lawsuit/a"))).Verify().ShouldSay(Incomplete, "complete.no-head");

    [Fact]
    public void A_stream_that_the_bundle_does_not_list() => Good.Edit(BundleFile, bundle => bundle["streams"]!.AsArray().RemoveAt(1)).Verify().ShouldSay(Incomplete, "complete.unlisted-stream");

    [Fact]
    public void A_head_of_another_leaf() => Good.Edit(HeadsFile, heads => Head(heads, "lawsuit/a")["leaf"] = "8").Verify().ShouldSay(Tampered, "heads.leaf-proof");

    [Fact]
    public void A_head_that_is_there_twice() => Good.Edit(HeadsFile, heads => heads["streams"]!.AsArray().Add(Head(heads, "lawsuit/a").DeepClone())).Verify().ShouldSay(Malformed, "heads.duplicate");

    [Fact]
    public void Two_heads_that_change_places() =>
        Good.Edit(HeadsFile, heads => (Head(heads, "lawsuit/a")["index"], Head(heads, "unit/wuquan")["index"]) = ((string)Head(heads, "unit/wuquan")["index"]!, (string)Head(heads, "lawsuit/a")["index"]!))
            .Verify().ShouldSay(Tampered, "heads.order");

    [Fact]
    public void Heads_from_before_the_facts() => Good.Edit(HeadsFile, heads => heads["leaf"] = "9").Verify().ShouldSay(Tampered, "complete.after-heads");

    [Fact]
    public void A_sealer_whose_head_stops_before_the_streams_end() =>
        new BundleBuilder { OnHeads = heads => heads["lawsuit/a"] = (2, 8) }.Build().Verify().ShouldSay(Tampered, "complete.beyond-head");

    [Fact]
    public void A_sealer_whose_head_names_another_leaf() => new BundleBuilder { OnHeads = heads => heads["lawsuit/a"] = (3, 8) }.Build().Verify().ShouldSay(Tampered, "complete.last-leaf");

    [Fact]
    public void A_sealer_whose_head_goes_beyond_the_streams_end() => new BundleBuilder { OnHeads = heads => heads["lawsuit/a"] = (4, 9) }.Build().Verify().ShouldSay(Incomplete, "complete.missing-fact");

    [Fact]
    public void A_heads_entry_that_was_edited() => Good.Edit(HeadsFile, heads => EditEntry(heads, entry => entry["position"] = "99")).Verify().ShouldSay(Tampered, "heads.proof");

    [Fact]
    public void Heads_that_are_too_old_for_the_numbers() => Good
        .Edit(BundleFile, bundle => bundle["position"] = "99").Edit("data/claims.json", claims => claims["position"] = "99").Verify().ShouldSay(Incomplete, "heads.too-old");

    [Fact]
    public void A_lawsuits_bundle_without_the_lawsuit() => new BundleBuilder { Lawsuit = "a" }.Build().Edit(BundleFile, bundle => bundle["selection"]!["lawsuit"] = "z").Verify().ShouldSay(Incomplete, "complete.missing-stream");

    [Theory]
    [InlineData("differs")]
    [InlineData("none")]
    [InlineData("unhashed")]
    public void A_row_that_was_changed_or_slipped_in_before_it_was_sealed(string intake) =>
        new BundleBuilder { OnEntry = (leaf, entry) => SetIf(leaf == 8, entry, "intake", intake) }.Build().Verify().ShouldSay(Tampered, "leaf.intake");

    [Fact]
    public void A_sealer_that_gives_an_event_another_id() => new BundleBuilder { OnEntry = (leaf, entry) => SetIf(leaf == 8, entry, "id", BundleBuilder.Uuid5("x")) }.Build().Verify().ShouldSay(Tampered, "fact.differs");

    [Fact]
    public void A_sealer_that_gives_a_version_twice() => new BundleBuilder { OnEntry = (leaf, entry) => SetIf(leaf == 9, entry, "ver", "2") }.Build().Verify().ShouldSay(Tampered, "complete.version-order");

    [Fact]
    public void A_sealer_that_goes_back_in_the_sequence() => new BundleBuilder { OnEntry = (leaf, entry) => SetIf(leaf == 9, entry, "seq", "2") }.Build().Verify().ShouldSay(Tampered, "leaf.sequence");

    [Fact]
    public void An_index_that_leaves_out_what_the_facts_say() =>
        new BundleBuilder { OnEntry = (leaf, entry) => SetIf(leaf == 1, entry, "units", new JsonArray("wuquan")) }.Build().Verify().ShouldSay(Tampered, "complete.index-differs");

    [Theory]
    [InlineData("v", "2", "json.version")]
    [InlineData("v", "\"1\"", "json.version")]
    [InlineData("kind", "\"amendment\"", "entry.kind")]
    [InlineData("kind", "\"heads\"", "json.missing-member")]
    [InlineData("more", "1", "json.unknown-member")]
    [InlineData("seq", "7", "json.type")]
    [InlineData("seq", "\"07\"", "json.type")]
    [InlineData("ts", "\"2023-12-01T08:00:00Z\"", "json.type")]
    [InlineData("intake", "\"maybe\"", "entry.intake")]
    [InlineData("units", "[\"b\",\"a\"]", "entry.units")]
    [InlineData("units", "[\"a\",\"a\"]", "entry.units")]
    [InlineData("archived", "null", "json.type")]
    [InlineData("hdr", "\"AAAA\"", "json.type")]
    public void An_entry_that_a_version_of_tomorrow_might_write_fails_closed(string member, string value, string code) =>
        new BundleBuilder { OnEntry = (leaf, entry) => SetIf(leaf == 8, entry, member, JsonNode.Parse(value)) }.Build().Verify().ShouldSay(Malformed, code);

    [Fact]
    public void An_entry_in_another_spelling() => Good.EditLine(Leaves, Judgment, leaf => leaf["entry"] = " " + (string)leaf["entry"]!).Verify().ShouldSay(Malformed, "entry.not-canonical");

    [Fact]
    public void An_entry_of_another_kind_among_the_facts()
    {
        var builder = new BundleBuilder();
        builder.Build().EditLine(Leaves, Judgment, leaf => leaf["entry"] = Encoding.UTF8.GetString(builder.Entries[0])).Verify().ShouldSay(Malformed, "entry.kind");
    }

    [Theory]
    [InlineData(Facts)]
    [InlineData(Leaves)]
    [InlineData("data/consistency.jsonl")]
    public void An_unknown_member_in_a_line(string file) => Good.EditLine(file, 0, line => line["more"] = 1).Verify().ShouldSay(Malformed, "json.unknown-member");

    [Theory]
    [InlineData(HeadsFile)]
    [InlineData(BundleFile)]
    [InlineData("data/claims.json")]
    public void An_unknown_member_in_a_document(string file) => Good.Edit(file, json => json["more"] = 1).Verify().ShouldSay(Malformed, "json.unknown-member");

    [Theory]
    [InlineData(BundleFile)]
    [InlineData("data/claims.json")]
    public void An_unknown_version_of_a_document(string file) => Good.Edit(file, json => json["v"] = 2).Verify().ShouldSay(Malformed, "json.version");

    [Theory]
    [InlineData(HeadsFile)]
    [InlineData(BundleFile)]
    [InlineData("data/claims.json")]
    [InlineData(Facts)]
    [InlineData(Leaves)]
    [InlineData("data/keys.jsonl")]
    public void Something_behind_a_document(string file)
    {
        var bundle = Good;
        bundle[file] += "x";
        bundle.Rebag().Verify().ShouldSay(Malformed, "json.malformed");
    }

    [Fact]
    public void A_member_that_is_there_twice() => Good.Replace(BundleFile, "\"asOf\":", "\"asOf\":\"2024-01-01\",\"asOf\":").Verify().ShouldSay(Malformed, "json.malformed");

    [Fact]
    public void Neither_a_salt_nor_salts() => Good.EditLine(Leaves, 0, leaf => leaf["salt"] = null).Verify().ShouldSay(Malformed, "leaf.opening");

    [Fact]
    public void A_hidden_member_shown_otherwise() => new BundleBuilder { Hidden = ["plaintiffs"] }.Build()
        .EditLine(Facts, 3, fact => Data(fact)["plaintiffs"] = new JsonArray("李某")).Verify().ShouldSay(Tampered, "fact.data");

    [Fact]
    public void A_hidden_member_left_out() => new BundleBuilder { Hidden = ["plaintiffs"] }.Build()
        .EditLine(Leaves, 3, leaf => leaf["hidden"]!["data"]!.AsObject().Remove("plaintiffs")).Verify().ShouldSay(Tampered, "fact.data");

    [Fact]
    public void A_member_salt_for_a_member_that_is_not_there() => new BundleBuilder { Hidden = ["plaintiffs"] }.Build()
        .EditLine(Leaves, 3, leaf => leaf["salts"]!["data"]!["more"] = Convert.ToBase64String(new byte[32])).Verify().ShouldSay(Tampered, "fact.data");

    [Fact]
    public void A_full_bundle_that_hides_something() =>
        new BundleBuilder { Hidden = ["plaintiffs"] }.Build().Edit(BundleFile, bundle => bundle["disclosure"] = "Full").Verify().ShouldSay(Malformed, "disclosure.not-full");

    [Fact]
    public void Claims_for_another_position() => Good.Edit("data/claims.json", claims => claims["position"] = "5").Verify().ShouldSay(Tampered, "claims.other-moment");

    [Fact]
    public void Claims_for_another_day() => Good.Edit("data/claims.json", claims => claims["asOf"] = "2023-11-30").Verify().ShouldSay(Tampered, "claims.other-moment");

    [Fact]
    public void Claims_for_another_unit() => Good.Edit("data/claims.json", claims => claims["unit"] = "beiwudu").Verify().ShouldSay(Tampered, "claims.other-moment");

    [Fact]
    public void Claims_of_a_ranking_beside_a_lawsuit() =>
        new BundleBuilder { Lawsuit = "a" }.Build().Edit("data/claims.json", claims => claims["rankings"]!.AsArray().Add(new JsonObject())).Verify().ShouldSay(Malformed, "claims.not-of-lawsuit");

    [Fact]
    public void What_rests_on_a_failed_check_is_said_not_to_have_been_made() => Good.Remove("data/bundle.json").Verify().ShouldSay(Incomplete, "check.not-run");

    [Theory]
    [InlineData("streams", "[\"policy/P-1\",\"calendar/2023\"]", "bundle.malformed")]
    [InlineData("streams", "[\"calendar/2023\",\"calendar/2023\"]", "bundle.malformed")]
    [InlineData("disclosure", "\"Some\"", "bundle.malformed")]
    [InlineData("knownAt", "\"yesterday\"", "bundle.malformed")]
    [InlineData("attachments", "[{\"sha256\":\"AB\",\"size\":\"0\",\"mediaType\":\"\",\"present\":false}]", "bundle.malformed")]
    [InlineData("selection", "{\"unit\":null,\"lawsuit\":null,\"period\":null}", "json.type")]
    [InlineData("asOf", "\"2023-13-01\"", "json.type")]
    [InlineData("position", "10", "json.type")]
    public void A_bundle_that_says_what_it_is_in_another_way(string member, string value, string code) =>
        Good.Edit(BundleFile, bundle => bundle[member] = JsonNode.Parse(value)).Verify().ShouldSay(Malformed, code);

    [Fact]
    public void A_fact_of_another_CloudEvents_version() => Good.EditLine(Facts, 0, fact => fact["specversion"] = "1.1").Verify().ShouldSay(Malformed, "fact.specversion");

    [Fact]
    public void A_bundle_that_names_another_size() => Good.Edit(BundleFile, bundle => bundle["size"] = "12").Verify().ShouldSay(Tampered, "bundle.other-checkpoint");

    [Fact]
    public void A_bundle_that_names_another_log() => Good.Edit(BundleFile, bundle => bundle["origin"] = "ledger.example/other").Verify().ShouldSay(Tampered, "bundle.other-checkpoint");

    private static JsonObject Data(JsonObject fact) => fact["data"]!.AsObject();

    private static JsonObject Head(JsonObject heads, string stream) => heads["streams"]!.AsArray().Single(head => (string)head!["stream"]! == stream)!.AsObject();

    private static JsonObject Index(JsonObject heads, string name) => heads["indexes"]!.AsArray().Single(index => (string)index!["name"]! == name)!.AsObject();

    private static void SetIf(bool isHere, JsonObject entry, string member, JsonNode? value)
    {
        if (isHere) entry[member] = value;
    }

    private static void EditEntry(JsonObject leaf, Action<JsonObject> change)
    {
        var entry = JsonNode.Parse((string)leaf["entry"]!)!.AsObject();
        change(entry);
        leaf["entry"] = BundleBuilder.Canonical(entry);
    }

    /// <summary>The commitment that the edited judgment would have with the salt that the bundle discloses.</summary>
    private static string Recommitted(JsonObject leaf) => BundleBuilder.Commitment(
        Convert.FromBase64String((string)leaf["salt"]!), "data",
        JsonNode.Parse("""{"caseNo":"（2023）豫1121行初1号","level":"First","kind":"Judgment","closedOn":"2023-05-20","dispositions":[{"unit":"wuquan","outcome":"Dismissed"}]}""")!.AsObject());

    private static TestBundle DropStream(TestBundle bundle, bool inIndex)
    {
        for (var i = 0; i < 3; i++) bundle.DropLine(Facts, 3).DropLine(Leaves, 3);
        return bundle
            .Remove($"data/attachments/{BundleBuilder.DocumentHash}")
            .Edit(BundleFile, json => (json["streams"], json["attachments"]) = (new JsonArray("calendar/2023", "policy/P-1", "unit/wuquan"), new JsonArray()))
            .Edit(HeadsFile, heads =>
            {
                heads["streams"]!.AsArray().Remove(Head(heads, "lawsuit/a"));
                if (inIndex) Index(heads, "unit:wuquan")["streams"] = new JsonArray("unit/wuquan");
            });
    }
}
