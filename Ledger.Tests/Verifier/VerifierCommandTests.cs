using System.Text.Json.Nodes;
using Ledger.Verifier.Cli;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>The command line: what it asks for, what it says and with which code it ends.</summary>
public sealed class VerifierCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("verify").FullName;
    private readonly BundleBuilder _builder = new();
    private readonly string _bundle;
    private readonly string _policy;

    public VerifierCommandTests()
    {
        _bundle = FileOf("bundle.zip", _builder.Build().Zip());
        _policy = FileOf("policy", System.Text.Encoding.UTF8.GetBytes(BundleBuilder.Policy));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void People_read_Chinese_first_and_the_verdict_last()
    {
        var (code, output, _) = Run(_bundle, "--policy", _policy);
        code.ShouldBe(0);
        var lines = output.TrimEnd().Split('\n');
        lines[^1].ShouldBe("结论：核验通过（退出码 0）");
        lines[^2].ShouldBe("真实性 ✓　完整性 ✓　可用性 ✓　安全性 ✓");
        output.ShouldContain("✓ [真实性] 检查点由受信公钥签署：ledger.example/wuyang，13 条");
        output.ShouldContain("未核验：\n  - ");
        output.ShouldContain("其他单位");
    }

    [Fact]
    public void English_on_request() => Run(_bundle, "--key", BundleBuilder.Log.Key, "--lang", "en").Output.ShouldEndWith("Verdict: good (exit code 0)\n");

    [Fact]
    public void A_finding_says_where_it_is()
    {
        var forged = FileOf("forged.zip", new BundleBuilder().Build().Replace("data/facts.jsonl", "Revoked", "Dismissed").Zip());
        var (code, output, _) = Run(forged, "--policy", _policy);
        code.ShouldBe(1);
        output.ShouldContain("✗ [真实性] 事实与封存内容一致\n    fact.data  data/facts.jsonl:5 seq 8 lawsuit/a：");
        output.ShouldContain("真实性 ✗　完整性 ✓");
        output.ShouldEndWith("结论：已被篡改，不可采信（退出码 1）\n");
    }

    [Fact]
    public void A_number_that_does_not_follow_from_the_facts()
    {
        var bundle = new BundleBuilder().Build().Edit("data/claims.json", claims => claims["obligations"]!.AsArray().Add(JsonNode.Parse(
            """
            {"kind":"CaseFiling","unit":"wuquan","lawsuit":"a","caseNo":"（2023）豫1121行初1号","openedOn":"2023-04-14","dueOn":"2023-04-19","provisional":false,"status":"Met","metAt":"2023-04-15T09:00:00+08:00","daysLate":0}
            """)));
        bundle.Verify().ShouldSay(Ledger.Verifier.Reports.Outcome.Tampered, "numbers.wrong");
    }

    [Fact]
    public void Programs_read_JSON()
    {
        var (code, output, _) = Run(_bundle, "--key", FileOf("key", System.Text.Encoding.UTF8.GetBytes(TestSigner.Log(BundleBuilder.Origin, 8).Key + "\n")), "--json");
        code.ShouldBe(3);
        var report = JsonNode.Parse(output)!;
        ((int)report["exitCode"]!).ShouldBe(3);
        ((string)report["verdict"]!).ShouldBe("untrusted");
        ((string)report["properties"]!["authenticity"]!).ShouldBe("failed");
        var finding = report["checks"]!.AsArray().SelectMany(check => check!["findings"]!.AsArray()).First(finding => (string)finding!["code"]! == "signature.untrusted")!;
        ((string)finding["where"]!).ShouldBe("data/checkpoint");
        ((string)finding["text"]!["zh"]!).ShouldNotBeEmpty();
        report["notChecked"]!.AsArray().Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_earlier_checkpoint_is_compared()
    {
        var held = FileOf("held", System.Text.Encoding.UTF8.GetBytes(_builder.CheckpointAt(8)));
        Run(_bundle, "--policy", _policy, "--checkpoint", held).Output.ShouldContain("8 条以来没有改写");
    }

    [Fact]
    public void What_is_trusted_has_to_be_said_and_once()
    {
        foreach (var args in (string[][])[[_bundle], [_bundle, "--key", "x", "--policy", _policy], [], [_bundle, "--policy", _policy, "--unknown"], [_bundle, "--policy", _policy, "--lang", "fr"]])
        {
            var (code, output, errors) = Run(args);
            code.ShouldBe(VerifyCommand.UsageError, string.Join(' ', args));
            errors.ShouldNotBeEmpty();
            output.ShouldNotContain("结论");
        }
    }

    [Theory]
    [InlineData("no-such.zip", "--policy", "policy")]
    [InlineData("bundle.zip", "--policy", "no-such")]
    [InlineData("bundle.zip", "--policy", "policy", "--checkpoint", "no-such")]
    [InlineData("bundle.zip", "--policy", "policy", "--tsa", "no-such")]
    [InlineData("bundle.zip", "--policy", "policy", "--tsa", "policy")]
    public void A_file_that_cannot_be_read_is_no_verdict(params string[] args)
    {
        var (code, output, errors) = Run([.. args.Select(arg => arg.StartsWith("--", StringComparison.Ordinal) ? arg : Path.Combine(_folder, arg))]);
        code.ShouldBe(VerifyCommand.UsageError);
        output.ShouldBeEmpty();
        errors.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_key_that_is_none_is_malformed() => Run(_bundle, "--key", "x").Code.ShouldBe(4);

    [Fact]
    public void Text_of_a_bundle_does_not_steer_the_terminal()
    {
        var forged = FileOf("forged.zip", new BundleBuilder().Build().Edit("data/bundle.json", json => json["origin"] = "\u001b[2J\u202eevil").Zip());
        var output = Run(forged, "--policy", _policy).Output;
        output.ShouldNotContain("\u001b");
        output.ShouldNotContain("\u202e");
        output.ShouldContain("\\u001b[2J\\u202eevil");
    }

    [Fact]
    public void A_receipt_shows_the_fact_that_was_sealed()
    {
        var (code, output, _) = RunReceipt(Receipt(8), _builder.Entries[8]);
        code.ShouldBe(0, output);
        output.ShouldContain("序号 8 lawsuit/a 版本 2 JudgmentRendered，2023-12-01 08:08:00.000000Z 入库");
        output.ShouldEndWith("结论：核验通过（退出码 0）\n");
        RunReceipt(Receipt(8), [.. _builder.Entries[8], (byte)'\n']).Code.ShouldBe(0);
        RunReceipt(Receipt(8).Replace("index", "extra AAAA\nindex", StringComparison.Ordinal), _builder.Entries[8]).Code.ShouldBe(0);
    }

    [Fact]
    public void A_forged_receipt()
    {
        RunReceipt(Receipt(8), _builder.Entries[9]).ShouldBe(1, "leaf.proof");
        RunReceipt(Receipt(8).Replace("index 8", "index 9", StringComparison.Ordinal), _builder.Entries[8]).ShouldBe(1, "leaf.proof");
        RunReceipt(Receipt(8).Replace("\n13\n", "\n14\n", StringComparison.Ordinal), _builder.Entries[8]).ShouldBe(1, "signature.invalid");
        RunReceipt(Receipt(8, TestSigner.Log(BundleBuilder.Origin, 66)), _builder.Entries[8]).ShouldBe(3, "signature.untrusted");
        RunReceipt(Receipt(8, BundleBuilder.Log), _builder.Entries[8]).ShouldBe(2, "quorum.missing");
        RunReceipt(Receipt(8), "{}"u8.ToArray()).ShouldBe(4, "entry.kind");
        RunReceipt(Receipt(8), [.. _builder.Entries[8], (byte)' ']).ShouldBe(4, "entry.not-canonical");
        foreach (var malformed in (string[])[
            "", "\n\n", Receipt(8).Replace("@v1", "@v2", StringComparison.Ordinal), Receipt(8).Replace("index 8", "index 08", StringComparison.Ordinal), Receipt(8).Replace("index", "extra A\nindex", StringComparison.Ordinal),
            Receipt(8).Replace("index 8\n", "", StringComparison.Ordinal), Receipt(8).Replace("index 8\n", "index 8\nAAAA\n", StringComparison.Ordinal), Receipt(8) + "\n"])
            RunReceipt(malformed, _builder.Entries[8]).Code.ShouldBe(4, malformed);
    }

    [Fact]
    public void A_row_that_was_changed_before_its_sealing_is_said_by_its_receipt()
    {
        var builder = new BundleBuilder { OnEntry = (leaf, entry) => { if (leaf == 8) entry["intake"] = "differs"; } };
        builder.Build();
        RunReceipt(Receipt(8, builder, BundleBuilder.Log, BundleBuilder.Court), builder.Entries[8]).ShouldBe(1, "leaf.intake");
    }

    private string Receipt(int leaf, params TestSigner[] signers) => Receipt(leaf, _builder, signers.Length == 0 ? [BundleBuilder.Log, BundleBuilder.Court] : signers);

    private static string Receipt(int leaf, BundleBuilder builder, params TestSigner[] signers) =>
        $"c2sp.org/tlog-proof@v1\nindex {leaf}\n{string.Concat(builder.Tree.Path(leaf).Select(hash => Convert.ToBase64String(hash) + "\n"))}\n{builder.Note(builder.Entries.Count, signers)}";

    private Ran RunReceipt(string receipt, byte[] entry) =>
        Run("receipt", FileOf("fact.tlog-proof", System.Text.Encoding.UTF8.GetBytes(receipt)), "--entry", FileOf("entry", entry), "--policy", _policy);

    private string FileOf(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static Ran Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = VerifyCommand.Run(args, output, errors);
        return new(code, output.ToString(), errors.ToString());
    }

    private sealed record Ran(int Code, string Output, string Errors)
    {
        public void ShouldBe(int code, string finding)
        {
            Output.ShouldContain("    " + finding);
            Code.ShouldBe(code, Output);
        }
    }
}
