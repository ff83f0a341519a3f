using System.Text;
using CsCheck;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.NoteSamples;

namespace Ledger.Tests.Evidence;

public sealed class WitnessPolicyTests
{
    // The example of the specification.
    private static readonly string Groups = $"""
        log {Log().Key}

        witness X1 {Witness("x1").Key}
        witness X2 {Witness("x2").Key} https://x2.example/
        witness X3 {Witness("x3").Key}
        group X-witnesses 2 X1 X2 X3

        witness Y1 {Witness("y1").Key}
        witness Y2 {Witness("y2").Key}
        witness Y3 {Witness("y3").Key}
        group Y-witnesses any Y1 Y2 Y3

        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """;

    [Theory]
    [InlineData("x1 x2 y1", true)]
    [InlineData("x1 x2 x3 y1 y2 y3", true)]
    [InlineData("x2 x3 y3", true)]
    [InlineData("x1 x2 x3", false)]
    [InlineData("x1 y1 y2 y3", false)]
    [InlineData("", false)]
    public void Groups_count_their_members(string who, bool met)
    {
        var note = Sealed(5, Hash(5), [.. who.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => Witness(name))]);
        var verdict = WitnessPolicy.Parse(Groups).Evaluate(note, NoteKeys.VerifierOf);
        verdict.QuorumMet.ShouldBe(met);
        verdict.IsValid.ShouldBe(met);
        verdict.Logs.Single().Key.ShouldBe(Log().Key);
        verdict.Witnesses.Select(w => w.Witness.Name.ToLowerInvariant()).ShouldBe(who.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        verdict.Witnesses.ShouldAllBe(w => w.Time == Now.ToUnixTimeSeconds());
    }

    [Fact]
    public void A_witness_that_cosigns_twice_counts_once()
    {
        var later = Witness("x1", new Infrastructure.TestClock(Now.AddHours(1)));
        var verdict = WitnessPolicy.Parse(Groups).Evaluate(Sealed(5, Hash(5), Witness("x1"), later, Witness("y1")), NoteKeys.VerifierOf);
        verdict.QuorumMet.ShouldBeFalse();
        verdict.Witnesses.Select(w => (w.Witness.Name, w.Time)).ShouldBe([("X1", Now.AddHours(1).ToUnixTimeSeconds()), ("Y1", Now.ToUnixTimeSeconds())]);
    }

    [Fact]
    public void The_log_has_to_be_the_one_of_the_origin_and_to_have_signed()
    {
        var policy = WitnessPolicy.Parse($"log {Log("other").Key}\nlog {Log().Key}\nquorum none\n");
        policy.NeedsNoWitness.ShouldBeTrue();
        policy.Evaluate(Sealed(5, Hash(5)), NoteKeys.VerifierOf).IsValid.ShouldBeTrue();
        // Another log's key under this origin: not its log to speak for.
        policy.Evaluate(SignedNote.Sign(new Checkpoint(Origin, 5, Hash(5)).ToString(), Log("other")), NoteKeys.VerifierOf).IsValid.ShouldBeFalse();
        policy.Evaluate(SignedNote.Sign(new Checkpoint(Origin, 5, Hash(5)).ToString(), Log("nobody")), NoteKeys.VerifierOf).ShouldSatisfyAllConditions(
            v => v.IsValid.ShouldBeFalse(), v => v.QuorumMet.ShouldBeTrue());
    }

    [Fact]
    public void A_false_cosignature_refuses_the_note_even_with_a_quorum()
    {
        var x3 = Witness("x3");
        var note = Sealed(5, Hash(5), Witness("x1"), Witness("x2"), Witness("y1")).With(NoteSignature.Of(x3.Name, x3.KeyId, new byte[72]));
        var verdict = WitnessPolicy.Parse(Groups).Evaluate(note, NoteKeys.VerifierOf);
        verdict.Broken!.Name.ShouldBe("x3");
        verdict.IsValid.ShouldBeFalse();
    }

    [Fact]
    public void Names_are_octets()
    {
        // Latin-1 é as one octet, and the same letter in UTF-8: two names.
        byte[] policy = [.. "witness "u8, 0xe9, .. Encoding.UTF8.GetBytes($" {Witness("x1").Key}\nwitness é {Witness("x2").Key}\nquorum "), 0xe9, (byte)'\n'];
        var read = WitnessPolicy.Parse(policy);
        read.Witnesses.Count.ShouldBe(2);
        read.Evaluate(Sealed(5, Hash(5), Witness("x1")), NoteKeys.VerifierOf).QuorumMet.ShouldBeTrue();
        read.Evaluate(Sealed(5, Hash(5), Witness("x2")), NoteKeys.VerifierOf).QuorumMet.ShouldBeFalse();
        WitnessPolicy.Parse($"\t # 县法院\n witness\t法院  {Witness("法院").Key} https://法院.example/ \nquorum 法院\n").Witnesses.Single()
            .ShouldBe(new PolicyWitness("法院", Witness("法院").Key, "https://法院.example/"));
    }

    [Fact]
    public void A_witness_that_cannot_be_verified_never_counts()
    {
        var policy = WitnessPolicy.Parse($"log {Log().Key}\nwitness W {NoteKey.Of("w", 0x06, new byte[1312])}\nquorum W\n");
        var key = policy.Witnesses[0].Key;
        policy.Evaluate(Sealed(5, Hash(5)).With(NoteSignature.Of("w", key.KeyId, new byte[2428])), NoteKeys.VerifierOf).QuorumMet.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "quorum")]
    [InlineData("quorum none", "last line")]
    [InlineData("quorum none\nquorum none\n", "line 2")]
    [InlineData("quorum A\n", "line 1")]
    [InlineData("quorum A\nwitness A W1\n", "line 1")]
    [InlineData("quorum\n", "line 1")]
    [InlineData("quorum none none\n", "line 1")]
    [InlineData("Quorum none\n", "line 1")]
    [InlineData("quorum none\r\n", "line 1")]
    [InlineData("quorum none\f\n", "line 1")]
    [InlineData("quorum none\u007f\n", "line 1")]
    [InlineData("witness none W1\nquorum none\n", "line 1")]
    [InlineData("witness A W1\nwitness A W2\nquorum none\n", "line 2")]
    [InlineData("witness A W1\nwitness B W1\nquorum none\n", "line 2")]
    [InlineData("witness A LOG\nquorum none\n", "line 1")]
    [InlineData("witness A W1 url more\nquorum none\n", "line 1")]
    [InlineData("witness A key\nquorum none\n", "line 1")]
    [InlineData("log W1\nquorum none\n", "line 1")]
    [InlineData("log LOG\nlog LOG\nquorum none\n", "line 2")]
    [InlineData("group G any\nquorum none\n", "line 1")]
    [InlineData("group G any A\nwitness A W1\nquorum none\n", "line 1")]
    [InlineData("witness A W1\ngroup G any none\nquorum none\n", "line 2")]
    [InlineData("witness A W1\ngroup G any A A\nquorum none\n", "line 2")]
    [InlineData("witness A W1\ngroup G any A\ngroup H any A\nquorum none\n", "line 3")]
    [InlineData("witness A W1\ngroup A any A\nquorum none\n", "line 2")]
    [InlineData("witness A W1\ngroup G 0 A\nquorum none\n", "line 2")]
    [InlineData("witness A W1\ngroup G 2 A\nquorum none\n", "line 2")]
    [InlineData("witness A W1\ngroup G 01 A\nquorum none\n", "line 2")]
    [InlineData("witness A W1\ngroup G some A\nquorum none\n", "line 2")]
    public void Malformed_policies_are_refused_and_the_line_is_named(string policy, string place)
    {
        var text = policy.Replace("W1", Witness("x1").Key.ToString(), StringComparison.Ordinal)
            .Replace("W2", Witness("x2").Key.ToString(), StringComparison.Ordinal)
            .Replace("LOG", Log().Key.ToString(), StringComparison.Ordinal);
        Should.Throw<EvidenceFormatException>(() => WitnessPolicy.Parse(text)).English.ShouldContain(place);
    }

    [Fact]
    public void The_same_public_key_under_another_name_is_a_duplicate()
    {
        var again = NoteKey.Of("other-name", NoteKey.Cosignature, Witness("x1").Key.Material);
        Should.Throw<EvidenceFormatException>(() => WitnessPolicy.Parse($"witness A {Witness("x1").Key}\nwitness B {again}\nquorum none\n"));
    }

    [Fact]
    public void Groups_of_groups_as_deep_as_the_file_allows_are_counted()
    {
        var deep = new StringBuilder($"log {Log().Key}\nwitness W {Witness("x1").Key}\ngroup G0 all W\n");
        for (var i = 1; i < 900; i++) deep.Append($"group G{i} all G{i - 1}\n");
        WitnessPolicy.Parse(deep + "quorum G899\n").Evaluate(Sealed(5, Hash(5), Witness("x1")), NoteKeys.VerifierOf).IsValid.ShouldBeTrue();
        for (var i = 900; i < 1100; i++) deep.Append($"group G{i} all G{i - 1}\n");
        Should.Throw<EvidenceFormatException>(() => WitnessPolicy.Parse(deep + "quorum none\n"));
    }

    [Fact]
    public void Whatever_the_bytes_a_policy_is_read_or_refused() =>
        Mutations(Groups).Sample(bytes =>
        {
            // What is read can be asked.
            Read(() => WitnessPolicy.Parse(bytes))?.Evaluate(Signed.Value, NoteKeys.VerifierOf);
        }, iter: 5_000);

    private static readonly Lazy<SignedNote> Signed = new(() => Sealed(5, Hash(5), Witness("x1"), Witness("x2"), Witness("y1")));
}
