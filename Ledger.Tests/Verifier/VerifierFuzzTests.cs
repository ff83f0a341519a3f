using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Verifier;
using Ledger.Verifier.Reports;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>
/// Bytes changed at random, in the file of the ZIP or in one of the bag's files with the manifests written again: never an
/// approval unless the bundle still says the same, and never an exception.
/// </summary>
public sealed class VerifierFuzzTests
{
    private static readonly TestBundle Good = new BundleBuilder { Hidden = ["plaintiffs"], NextKey = TestSigner.Log(BundleBuilder.Origin, 9), Signers = { TestSigner.Log(BundleBuilder.Origin, 9) } }.Build();
    private static readonly byte[] Zip = Good.Zip();

    // What nobody has sealed may be changed: it is the exporter's word, and the report says so.
    private static readonly string[] Unsealed = ["README.md", "README.zh-CN.md", "verify.html", "data/report.html", "bag-info.txt", "data/policy", "data/consistency.jsonl"];

    private static readonly Gen<Change> Changes = Gen.Select(Gen.Int[0, 2], Gen.Double[0, 1], Gen.Byte, (kind, place, value) => new Change(kind, place, value));

    private sealed record Change(int Kind, double Place, byte Value)
    {
        public byte[] Of(byte[] bytes)
        {
            var at = (int)(Place * bytes.Length);
            return Kind switch
            {
                0 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ Math.Max((byte)1, Value)), .. bytes[(at + 1)..]],
                1 when at < bytes.Length => [.. bytes[..at], .. bytes[(at + 1)..]],
                _ => [.. bytes[..at], Value, .. bytes[at..]],
            };
        }
    }

    [Fact]
    public void The_bundle_that_is_fuzzed_is_good() => TestBundle.Verify(Zip).ShouldBeGood();

    [Fact]
    public void Any_change_of_the_ZIP_file_is_noticed_unless_it_holds_the_same_files() =>
        Gen.Select(Changes, Changes, Gen.Bool).Sample((first, second, isTwice) =>
        {
            var forged = isTwice ? second.Of(first.Of(Zip)) : first.Of(Zip);
            var report = TestBundle.Verify(forged);
            NothingFailed(report);
            if (report.Verdict == Outcome.Good) SaysTheSame(Unzipped(forged)).ShouldBeTrue();
        }, iter: 1_500);

    [Fact]
    public void Any_change_of_a_file_is_noticed_unless_it_says_the_same() =>
        Gen.Select(NameOf([.. Good.Files.Keys.Where(name => !Unsealed.Contains(name) && name is not ("bagit.txt" or "manifest-sha256.txt" or "tagmanifest-sha256.txt"))]), Changes).Sample((name, change) =>
        {
            var bundle = Copy();
            bundle.Files[name] = change.Of(bundle.Files[name]);
            var report = bundle.Rebag().Verify();
            NothingFailed(report);
            if (report.Verdict == Outcome.Good) SaysTheSame(bundle.Files).ShouldBeTrue(name + "\n" + bundle[name]);
        }, iter: 1_500);

    [Fact]
    public void Any_change_of_a_tag_file_alone_is_noticed() =>
        Gen.Select(NameOf(["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "README.md"]), Changes).Sample((name, change) =>
        {
            var bundle = Copy();
            bundle.Files[name] = change.Of(bundle.Files[name]);
            var report = bundle.Verify();
            NothingFailed(report);
            report.Verdict.ShouldNotBe(Outcome.Good);
        }, iter: 500);

    [Fact]
    public void No_input_of_the_inspector_makes_it_fail() =>
        Gen.Select(Changes, Changes).Sample((first, second) =>
        {
            var policy = first.Of(Encoding.UTF8.GetBytes(BundleBuilder.Policy));
            NothingFailed(TestBundle.Verify(Zip, new Inspection(policy, IsPolicy: true, second.Of(Good.Files["data/checkpoint"]))));
        }, iter: 500);

    [Fact]
    public void No_receipt_makes_it_fail()
    {
        var builder = new BundleBuilder();
        builder.Build();
        var receipt = Encoding.UTF8.GetBytes($"c2sp.org/tlog-proof@v1\nindex 8\n{string.Concat(builder.Tree.Path(8).Select(hash => Convert.ToBase64String(hash) + "\n"))}\n{builder.Note(builder.Entries.Count, BundleBuilder.Log, BundleBuilder.Court)}");
        var trust = TestBundle.Trusting(BundleBuilder.Policy);
        ReceiptVerifier.Verify(receipt, builder.Entries[8], trust).ShouldBeGood();
        Gen.Select(Changes, Gen.Bool).Sample((change, isEntry) =>
        {
            var report = isEntry ? ReceiptVerifier.Verify(receipt, change.Of(builder.Entries[8]), trust) : ReceiptVerifier.Verify(change.Of(receipt), builder.Entries[8], trust);
            NothingFailed(report);
            if (isEntry && report.Verdict == Outcome.Good) change.Of(builder.Entries[8])[..^1].ShouldBe(builder.Entries[8]);
        }, iter: 1_000);
    }

    private static Gen<string> NameOf(string[] names) => Gen.Int[0, names.Length - 1].Select(i => names[i]);

    private static void NothingFailed(Report report) => report.Checks.SelectMany(check => check.Findings).ShouldNotContain(finding => finding.Code == "check.failed");

    private static TestBundle Copy() => new(Good.Files.ToDictionary(file => file.Key, file => file.Value, StringComparer.Ordinal));

    private static Dictionary<string, byte[]> Unzipped(byte[] zip)
    {
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip));
        return archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            return copy.ToArray();
        }, StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether what was sealed is unchanged: JSON of the same value, though it may be spaced otherwise; of the checkpoint the
    /// text (unknown lines of signature are ignored); what the exporter alone says left out.
    /// </summary>
    private static bool SaysTheSame(IReadOnlyDictionary<string, byte[]> files) => files.Count == Good.Files.Count && Good.Files.All(file => files.TryGetValue(file.Key, out var other) && (
        file.Value.AsSpan().SequenceEqual(other)
        || Unsealed.Contains(file.Key) || file.Key.EndsWith("manifest-sha256.txt", StringComparison.Ordinal)
        || (file.Key == "data/checkpoint" && Encoding.UTF8.GetString(other).StartsWith(Encoding.UTF8.GetString(file.Value).Split("\n\n")[0] + "\n\n", StringComparison.Ordinal))
        || (file.Key.EndsWith("json", StringComparison.Ordinal) && JsonNode.DeepEquals(Sealed(file.Key, file.Value), Sealed(file.Key, other)))
        || (file.Key.EndsWith("jsonl", StringComparison.Ordinal) && Lines(file.Value).Count == Lines(other).Count && Lines(file.Value).Zip(Lines(other)).All(pair => JsonNode.DeepEquals(pair.First, pair.Second)))));

    private static JsonNode Sealed(string file, byte[] bytes)
    {
        var json = JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!;
        foreach (var name in file switch
        {
            // The numbers are the business of those who derive them; here no number is claimed.
            "data/claims.json" => ["policy"],
            "data/bundle.json" => (string[])["by", "recipient", "purpose", "at", "ledger", "knownAt"],
            _ => [],
        }) json.AsObject().Remove(name);
        if (file == "data/bundle.json")
        {
            json["selection"]!.AsObject().Remove("period");
            json["attachments"]![0]!.AsObject().Remove("mediaType");
        }

        return json;
    }

    private static List<JsonNode?> Lines(byte[] bytes) => [.. Encoding.UTF8.GetString(bytes).Split('\n')[..^1].Select(line => JsonNode.Parse(line)).Select(line =>
    {
        // Of a key change's checkpoint the text counts: lines of signature by keys that nobody knows are ignored.
        if (line!["checkpoint"] is { } note) line["checkpoint"] = ((string)note!).Split("\n\n")[0];
        return line;
    })];
}
