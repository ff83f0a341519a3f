using System.Text;
using Ledger.Verifier.Log;
using Ledger.Verifier.Reports;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>Signed notes, keys, checkpoints, policies and receipts, read strictly.</summary>
public sealed class VerifierNoteTests
{
    private static readonly TestSigner Other = TestSigner.Witness("other.example", 5);

    [Fact]
    public void The_example_of_the_signed_note_specification_verifies()
    {
        var key = VerifierKey.Parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "x");
        const string note = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
        Note(note).By(key).ShouldBe(Signed.Yes);
        Note(note.Replace("an example", "no example")).By(key).ShouldBe(Signed.Falsely);
        Note(note).By(VerifierKey.Parse(Other.Key, "x")).ShouldBe(Signed.No);
    }

    [Fact]
    public void One_false_line_of_a_known_key_is_enough_to_refuse()
    {
        var key = VerifierKey.Parse(Other.Key, "x");
        const string text = "a\n1\nb\n";
        Note($"{text}\n{Other.Line(text)}{Other.Line(text)}").By(key).ShouldBe(Signed.Yes);
        Note($"{text}\n{Other.Line(text)}{Other.Line("c\n")}").By(key).ShouldBe(Signed.Falsely);
        Note($"{text}\n{Other.LineOf([1, 2, 3])}").By(key).ShouldBe(Signed.Falsely);
    }

    [Theory]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— a AAAAAAA=")]
    [InlineData("text\n\n- a AAAAAAA=\n")]
    [InlineData("text\n\n— a b AAAAAAA=\n")]
    [InlineData("text\n\n— a+b AAAAAAA=\n")]
    [InlineData("text\n\n— \u3000 AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAA\n")]
    [InlineData("text\n\n— a AAAAAAB=\n")]
    [InlineData("text\r\n\n— a AAAAAAA=\n")]
    [InlineData("text\u0000\n\n— a AAAAAAA=\n")]
    [InlineData("\ufefftext\n\n— a AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAAAAA=\n\n")]
    public void What_is_no_note_is_malformed(string note) => Refusal(() => Note(note)).ShouldBeOneOf("note.malformed", "json.malformed");

    [Fact]
    public void A_note_has_bounds()
    {
        Refusal(() => Note("text\n\n" + string.Concat(Enumerable.Repeat("— a AAAAAAA=\n", 129)))).ShouldBe("note.malformed");
        Refusal(() => Note(new string('x', (1 << 20) + 1))).ShouldBe("note.malformed");
        Note("text\n\n" + string.Concat(Enumerable.Repeat("— a AAAAAAA=\n", 128))).Signatures.Count.ShouldBe(128);
    }

    [Fact]
    public void Keys_are_read_strictly()
    {
        var good = Other.Key.Split('+');
        VerifierKey.Parse(Other.Key, "x").Kind.ShouldBe(KeyKind.Cosigner);
        VerifierKey.Parse(BundleBuilder.Sm2.Key, "x").Kind.ShouldBe(KeyKind.Sm2);
        string[] bad =
        [
            "", "x", $"{good[0]}+{good[1]}", $"+{good[1]}+{good[2]}", $"a b+{good[1]}+{good[2]}", $"renamed+{good[1]}+{good[2]}", $"{good[0]}+{good[1].ToUpperInvariant()}+{good[2]}",
            $"{good[0]}+00000000+{good[2]}", $"{good[0]}+{good[1][..7]}+{good[2]}", $"{good[0]}+{good[1]}+{Convert.ToBase64String([2, 1, 2])}", $"{good[0]}+{good[1]}+",
            BundleBuilder.Sm2.Key[..^8] + "AAAAAAA=",
        ];
        foreach (var text in bad) Refusal(() => VerifierKey.Parse(text, "x")).ShouldBe("key.malformed", text);
    }

    [Theory]
    [InlineData("log\n01\n{0}\n")]
    [InlineData("log\n-1\n{0}\n")]
    [InlineData("log\n1\n{0}\nextension\n")]
    [InlineData("log\n1\n{0}")]
    [InlineData("log\n1\nAAAA\n")]
    [InlineData("\n1\n{0}\n")]
    [InlineData("log\n0\n{0}\n")]
    [InlineData("log\n1\n")]
    public void What_is_no_checkpoint_is_malformed(string text) =>
        Refusal(() => Checkpoint.ParseHeld(Encoding.UTF8.GetBytes(string.Format(text, Convert.ToBase64String(new byte[32]))), "x")).ShouldBe("checkpoint.malformed");

    [Fact]
    public void A_quorum_is_counted_through_its_groups()
    {
        var keys = Enumerable.Range(0, 5).Select(i => TestSigner.Witness($"w{i}", (byte)(10 + i)).Key).ToList();
        var policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes(
            $"# the example of the specification\n log {BundleBuilder.Log.Key} https://example.com/\n\nwitness X1 {keys[0]}\nwitness\tX2 {keys[1]} https://x2/\nwitness X3 {keys[2]}\n"
            + $"group X 2 X1 X2 X3\nwitness Y1 {keys[3]}\nwitness Y2 {keys[4]}\ngroup Y any Y1 Y2\ngroup X-and-Y all X Y\nquorum X-and-Y\n"), "x");
        policy.NeedsWitnesses.ShouldBeTrue();
        bool IsMet(params string[] names) => policy.IsMetBy(names.ToHashSet());
        IsMet("X1", "X3", "Y2").ShouldBeTrue();
        IsMet("X1", "X2", "X3", "Y1", "Y2").ShouldBeTrue();
        IsMet("X1", "Y1", "Y2").ShouldBeFalse();
        IsMet("X1", "X2", "X3").ShouldBeFalse();
        IsMet().ShouldBeFalse();
    }

    [Theory]
    [InlineData("log {0}\n")]
    [InlineData("log {0}\nlog {0}\nquorum none\n")]
    [InlineData("log {1}\nquorum none\n")]
    [InlineData("log {0} url more\nquorum none\n")]
    [InlineData("witness a {0}\nquorum a\n")]
    [InlineData("witness a {1}\nwitness b {1}\nquorum a\n")]
    [InlineData("witness a {1}\nwitness a {2}\nquorum a\n")]
    [InlineData("witness none {1}\nquorum none\n")]
    [InlineData("quorum a\nwitness a {1}\n")]
    [InlineData("witness a {1}\nquorum a\nquorum a\n")]
    [InlineData("witness a {1}\ngroup g 2 a\nquorum g\n")]
    [InlineData("witness a {1}\ngroup g 0 a\nquorum g\n")]
    [InlineData("witness a {1}\ngroup g 01 a\nquorum g\n")]
    [InlineData("witness a {1}\ngroup g all\nquorum g\n")]
    [InlineData("witness a {1}\ngroup g all a a\nquorum g\n")]
    [InlineData("witness a {1}\ngroup g all a\ngroup h all a\nquorum h\n")]
    [InlineData("witness a {1}\ngroup g all none\nquorum g\n")]
    [InlineData("group g all g\nquorum g\n")]
    [InlineData("unknown\nquorum none\n")]
    [InlineData("quorum\u00a0none\n")]
    [InlineData("quorum none\r\n")]
    public void What_is_no_policy_is_malformed(string policy) =>
        Refusal(() => TrustPolicy.Parse(Encoding.UTF8.GetBytes(string.Format(policy, BundleBuilder.Log.Key, BundleBuilder.Court.Key, BundleBuilder.Procuratorate.Key)), "x")).ShouldBe("policy.malformed");

    private static SignedNote Note(string note) => SignedNote.Parse(Encoding.UTF8.GetBytes(note), "x");

    private static string Refusal(Action read) => Should.Throw<StoppedException>(read).Finding.Code;
}
