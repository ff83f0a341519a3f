using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Verifier;
using Ledger.Verifier.Reports;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tsp;
using Org.BouncyCastle.Utilities.Collections;
using Shouldly;
using Xunit;
using static Ledger.Verifier.Reports.Outcome;
using BcCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace Ledger.Tests.Verifier;

/// <summary>Forged checkpoints, keys, witnesses, history and time-stamps.</summary>
public sealed class ForgedSealTests
{
    private const string CheckpointFile = "data/checkpoint";
    private static readonly TestSigner Next = TestSigner.Log(BundleBuilder.Origin, 9);
    private static readonly TestSigner Thief = TestSigner.Log(BundleBuilder.Origin, 66);

    private static TestBundle Good => new BundleBuilder().Build();

    private static TestBundle SignedBy(params TestSigner[] signers)
    {
        var builder = new BundleBuilder();
        builder.Signers.Clear();
        builder.Signers.AddRange(signers);
        return builder.Build();
    }

    [Fact]
    public void A_key_that_nobody_trusts() => SignedBy(Thief, BundleBuilder.Court).Verify().ShouldSay(Untrusted, "signature.untrusted");

    [Fact]
    public void The_inspector_trusts_another_key() => Good.Verify(new Inspection(Encoding.UTF8.GetBytes(Thief.Key), IsPolicy: false)).ShouldSay(Untrusted, "signature.untrusted");

    [Fact]
    public void The_right_key_for_another_log() =>
        Good.Verify(new Inspection(Encoding.UTF8.GetBytes(TestSigner.Log("ledger.example/other", 1).Key), IsPolicy: false)).ShouldSay(Untrusted, "signature.untrusted");

    [Fact]
    public void A_checkpoint_of_another_log_under_the_trusted_keys_name()
    {
        // Signed with the very key, over a text that begins with another log's name.
        var text = new BundleBuilder().Build()[CheckpointFile].Split("\n\n")[0].Replace(BundleBuilder.Origin, "ledger.example/other") + "\n";
        var bundle = Good;
        bundle[CheckpointFile] = $"{text}\n{BundleBuilder.Log.Line(text)}{BundleBuilder.Court.Line(text)}";
        bundle.Rebag().Verify().ShouldSay(Untrusted, "signature.untrusted");
    }

    [Fact]
    public void A_swapped_root()
    {
        var other = new BundleBuilder { MoreFacts = 1 };
        other.Build();
        var builder = new BundleBuilder();
        var root = Convert.ToBase64String(builder.Build().Files.Count > 0 ? builder.Tree.Root() : []);
        Good.Replace(CheckpointFile, root, Convert.ToBase64String(other.Tree.Root())).Verify().ShouldSay(Tampered, "signature.invalid");
    }

    [Fact]
    public void A_checkpoint_of_another_tree_of_the_same_log()
    {
        var bundle = Good;
        bundle[CheckpointFile] = new BundleBuilder { OnEntry = (leaf, entry) => { if (leaf == 8) entry["user"] = "other"; } }.Build()[CheckpointFile];
        bundle.Rebag().Verify().ShouldSay(Tampered, "leaf.proof");
    }

    [Fact]
    public void A_signature_with_a_flipped_bit()
    {
        var bundle = Good;
        var line = BundleBuilder.Log.Line(bundle[CheckpointFile].Split("\n\n")[0] + "\n");
        var bytes = Convert.FromBase64String(line.Split(' ')[2]);
        bytes[40] ^= 1;
        bundle.Replace(CheckpointFile, line, BundleBuilder.Log.LineOf(bytes[4..])).Verify().ShouldSay(Tampered, "signature.invalid");
    }

    [Fact]
    public void An_SM2_signature_that_does_not_verify()
    {
        var bundle = Good;
        bundle[CheckpointFile] += BundleBuilder.Sm2.Line("another text\n");
        bundle.Rebag().Verify(new Inspection(Encoding.UTF8.GetBytes($"{BundleBuilder.Log.Key}\n{BundleBuilder.Sm2.Key}\n"), IsPolicy: false)).ShouldSay(Tampered, "signature.invalid");
    }

    [Fact]
    public void Something_behind_the_checkpoint()
    {
        var bundle = Good;
        bundle[CheckpointFile] += "\n";
        bundle.Rebag().Verify().ShouldSay(Malformed, "note.malformed");
    }

    [Fact]
    public void A_checkpoint_with_an_extension_line()
    {
        var bundle = Good;
        var text = bundle[CheckpointFile].Split("\n\n")[0] + "\nextension\n";
        bundle[CheckpointFile] = $"{text}\n{BundleBuilder.Log.Line(text)}{BundleBuilder.Court.Line(text)}";
        bundle.Rebag().Verify().ShouldSay(Malformed, "checkpoint.malformed");
    }

    [Fact]
    public void A_missing_quorum() => SignedBy(BundleBuilder.Log).Verify().ShouldSay(Incomplete, "quorum.missing");

    [Fact]
    public void A_cosignature_by_a_key_that_nobody_knows() => SignedBy(BundleBuilder.Log, TestSigner.Witness(BundleBuilder.Court.Name, 99)).Verify().ShouldSay(Incomplete, "quorum.missing");

    [Fact]
    public void A_stale_cosignature_of_a_known_witness()
    {
        var builder = new BundleBuilder();
        var bundle = builder.Build();
        var old = builder.Note(8, BundleBuilder.Court).Split("\n\n")[1];
        bundle[CheckpointFile] = builder.Note(builder.Entries.Count, BundleBuilder.Log) + old;
        bundle.Rebag().Verify().ShouldSay(Tampered, "cosignature.invalid");
    }

    [Fact]
    public void A_policy_in_the_bundle_is_not_the_inspectors() => Good.Replace("data/policy", "quorum both", "quorum none").Replace(CheckpointFile, BundleBuilder.Court.Name, "stranger.example").Verify().ShouldSay(Incomplete, "quorum.missing");

    [Fact]
    public void A_published_policy_that_is_none() => Good.Replace("data/policy", "quorum", "quota").Verify().ShouldSay(Malformed, "policy.malformed");

    [Fact]
    public void An_inspectors_policy_that_is_none() => Good.Verify(TestBundle.Trusting("log x\n")).ShouldSay(Malformed, "key.malformed");

    [Fact]
    public void A_new_key_that_nobody_vouched_for() => Rotated(bundle => bundle.SetLines("data/keys.jsonl", [])).ShouldSay(Untrusted, "signature.untrusted");

    [Fact]
    public void A_key_change_that_the_thief_wrote() => Rotated(bundle => bundle.EditLine("data/keys.jsonl", 0, line =>
    {
        var text = ((string)line["checkpoint"]!).Split("\n\n")[0] + "\n";
        line["checkpoint"] = $"{text}\n{Thief.Line(text)}";
    })).ShouldSay(Untrusted, "signature.untrusted");

    [Fact]
    public void A_key_change_that_is_not_in_its_checkpoint() => Rotated(bundle => bundle.EditLine("data/keys.jsonl", 0, line => line["leaf"] = "0")).ShouldSay(Untrusted, "key-change.proof", Tampered);

    [Fact]
    public void A_key_change_to_another_key_than_was_sealed() => Rotated(bundle => bundle.EditLine("data/keys.jsonl", 0, line =>
    {
        var entry = JsonNode.Parse((string)line["entry"]!)!.AsObject();
        entry["key"] = Thief.Key;
        line["entry"] = BundleBuilder.Canonical(entry);
    })).ShouldSay(Untrusted, "key-change.proof", Tampered);

    [Fact]
    public void A_key_change_with_a_false_signature_of_the_old_key() => Rotated(bundle => bundle.EditLine("data/keys.jsonl", 0, line =>
        line["checkpoint"] = ((string)line["checkpoint"]!).Split("\n\n")[0] + "\n\n" + BundleBuilder.Log.Line("x\n"))).ShouldSay(Untrusted, "key-change.signature", Tampered);

    [Fact]
    public void A_key_change_to_a_key_of_another_log()
    {
        var builder = new BundleBuilder { NextKey = TestSigner.Log("ledger.example/other", 9) };
        builder.Build().Verify().ShouldSay(Tampered, "key-change.origin");
    }

    [Fact]
    public void A_retired_key_that_goes_on_signing() => new BundleBuilder { NextKey = Next }.Build().Verify().ShouldSay(Untrusted, "signature.retired-key");

    [Fact]
    public void History_that_was_rewritten_behind_the_inspectors_checkpoint()
    {
        var other = new BundleBuilder { OnEntry = (leaf, entry) => { if (leaf == 3) entry["user"] = "other"; } };
        other.Build();
        Good.Verify(Holding(other.CheckpointAt(8))).ShouldSay(Tampered, "consistency.rewritten");
    }

    [Fact]
    public void Another_checkpoint_of_the_same_size()
    {
        var other = new BundleBuilder { OnEntry = (leaf, entry) => { if (leaf == 3) entry["user"] = "other"; } };
        other.Build();
        Good.Verify(Holding(other.CheckpointAt(other.Entries.Count))).ShouldSay(Tampered, "consistency.rewritten");
    }

    [Fact]
    public void A_consistency_proof_that_is_cut() => Good.EditLine("data/consistency.jsonl", 0, line => line["proof"]!.AsArray().RemoveAt(0)).Verify(Holding(8)).ShouldSay(Tampered, "consistency.rewritten");

    [Fact]
    public void A_consistency_proof_that_is_missing() => Good.Verify(Holding(5)).ShouldSay(Incomplete, "consistency.missing");

    [Fact]
    public void A_consistency_proof_to_another_size() => Good.EditLine("data/consistency.jsonl", 0, line => line["to"] = "9").Verify().ShouldSay(Malformed, "consistency.other-size");

    [Fact]
    public void A_bundle_older_than_what_the_inspector_holds()
    {
        var newer = new BundleBuilder { MoreFacts = 5 };
        newer.Build();
        Good.Verify(Holding(newer.CheckpointAt(newer.Entries.Count))).ShouldSay(Incomplete, "consistency.bundle-older");
    }

    [Fact]
    public void A_held_checkpoint_of_another_log() => Good.Verify(Holding($"other\n8\n{Convert.ToBase64String(new byte[32])}\n")).ShouldSay(Tampered, "consistency.other-log");

    [Fact]
    public void A_held_checkpoint_that_the_trusted_key_did_not_sign()
    {
        var builder = new BundleBuilder();
        builder.Build().Verify(Holding(builder.Note(8, Thief))).ShouldSay(Untrusted, "signature.untrusted");
    }

    [Fact]
    public void A_held_checkpoint_that_is_none() => Good.Verify(Holding("8")).ShouldSay(Malformed, "checkpoint.malformed");

    [Fact]
    public void A_time_stamp_of_a_trusted_authority_says_when_the_checkpoint_was_there()
    {
        using var authority = Authority("CN=县时间戳");
        var bundle = Stamped(authority, text => text);
        var report = bundle.Verify(TestBundle.Trusting(BundleBuilder.Policy) with { Authorities = [authority] });
        report.ShouldBeGood();
        report.Checks.Single(check => check.Code == "timestamps").Found.English.ShouldContain("2023-12-02T00:00:00Z CN=县时间戳");
        bundle.Verify().NotChecked.ShouldContain(item => item.Code == "no-authority");
        bundle.Verify().ShouldBeGood();
    }

    [Fact]
    public void A_time_stamp_of_an_authority_that_another_certified()
    {
        using var root = Authority("CN=根", isRoot: true);
        using var authority = Authority("CN=签发", issuer: root);
        Stamped(authority, text => text).Verify(TestBundle.Trusting(BundleBuilder.Policy) with { Authorities = [root] }).ShouldBeGood();
    }

    [Fact]
    public void A_time_stamp_over_another_text()
    {
        using var authority = Authority("CN=县时间戳");
        Stamped(authority, text => text + "x").Verify().ShouldSay(Tampered, "timestamp.wrong");
    }

    [Fact]
    public void A_time_stamp_of_an_authority_that_is_not_trusted()
    {
        using var authority = Authority("CN=县时间戳");
        using var other = Authority("CN=县时间戳");
        Stamped(authority, text => text).Verify(TestBundle.Trusting(BundleBuilder.Policy) with { Authorities = [other] }).ShouldSay(Incomplete, "timestamp.missing");
    }

    [Fact]
    public void A_time_stamp_asked_for_and_missing()
    {
        using var authority = Authority("CN=县时间戳");
        Good.Verify(TestBundle.Trusting(BundleBuilder.Policy) with { Authorities = [authority] }).ShouldSay(Incomplete, "timestamp.missing");
    }

    [Fact]
    public void A_time_stamp_that_is_none_or_has_something_behind_it()
    {
        using var authority = Authority("CN=县时间戳");
        var bundle = Stamped(authority, text => text);
        bundle.Files["data/timestamps/1.tst"] = [.. bundle.Files["data/timestamps/1.tst"], 0];
        bundle.Rebag().Verify().ShouldSay(Malformed, "timestamp.malformed");
        bundle["data/timestamps/1.tst"] = "x";
        bundle.Rebag().Verify().ShouldSay(Malformed, "timestamp.malformed");
    }

    private static Report Rotated(Action<TestBundle> forge)
    {
        var builder = new BundleBuilder { NextKey = Next };
        builder.Signers[0] = Next;
        var bundle = builder.Build();
        forge(bundle);
        return bundle.Verify();
    }

    private static Inspection Holding(int size)
    {
        var builder = new BundleBuilder();
        builder.Build();
        return Holding(builder.CheckpointAt(size));
    }

    private static Inspection Holding(string checkpoint) => TestBundle.Trusting(BundleBuilder.Policy) with { Checkpoint = Encoding.UTF8.GetBytes(checkpoint) };

    private static TestBundle Stamped(X509Certificate2 authority, Func<string, string> change)
    {
        var bundle = Good;
        var text = bundle[CheckpointFile].Split("\n\n")[0] + "\n";
        using var key = authority.GetRSAPrivateKey()!;
        var certificate = new BcCertificate(authority.RawData);
        var generator = new TimeStampTokenGenerator(DotNetUtilities.GetRsaKeyPair(key.ExportParameters(true)).Private, certificate, TspAlgorithms.Sha256, "1.2.3.4");
        generator.SetCertificates(CollectionUtilities.CreateStore([certificate]));
        var requests = new TimeStampRequestGenerator();
        requests.SetCertReq(true);
        var request = requests.Generate(TspAlgorithms.Sha256, SHA256.HashData(Encoding.UTF8.GetBytes(change(text))));
        var token = generator.Generate(request, Org.BouncyCastle.Math.BigInteger.One, new DateTime(2023, 12, 2, 0, 0, 0, DateTimeKind.Utc));
        bundle.Files["data/timestamps/1.tst"] = token.GetEncoded();
        return bundle.Rebag();
    }

    private static X509Certificate2 Authority(string name, bool isRoot = false, X509Certificate2? issuer = null)
    {
        var (from, until) = (new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2033, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (isRoot) request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        else request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
        if (issuer is null) return request.CreateSelfSigned(from, until);
        using var issued = request.Create(issuer, from, until, [1, 2, 3]);
        return issued.CopyWithPrivateKey(key);
    }
}
