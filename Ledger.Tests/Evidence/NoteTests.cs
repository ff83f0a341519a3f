using System.Text;
using CsCheck;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.NoteSamples;

namespace Ledger.Tests.Evidence;

public sealed class NoteTests
{
    // C2SP signed-note, "Example".
    private const string ExampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private const string Example =
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    [Fact]
    public void The_example_of_the_specification_verifies()
    {
        var note = SignedNote.Parse(Example);
        note.Text.ShouldBe("This is an example message.\n");
        note.ToString().ShouldBe(Example);
        note.Verify(NoteKeys.Require(NoteKey.Parse(ExampleKey))).IsTrusted.ShouldBeTrue();
        NoteKey.Parse(ExampleKey).ToString().ShouldBe(ExampleKey);
    }

    [Fact]
    public void A_changed_text_or_signature_of_a_known_key_refuses_the_note()
    {
        var key = NoteKeys.Require(NoteKey.Parse(ExampleKey));
        SignedNote.Parse(Example.Replace("an example", "no example", StringComparison.Ordinal)).Verify(key).ShouldSatisfyAllConditions(
            v => v.IsTrusted.ShouldBeFalse(), v => v.Broken.ShouldNotBeNull());

        // Beside a good signature a broken one of another known key refuses it as well.
        var note = SignedNote.Sign("text\n", Log());
        var other = Log("other");
        var forged = note.With(NoteSignature.Of(other.Name, other.KeyId, new byte[64]));
        forged.Verify(Verifier(Log().Key), Verifier(other.Key)).IsTrusted.ShouldBeFalse();
        forged.Verify(Verifier(Log().Key)).IsTrusted.ShouldBeTrue();
    }

    [Fact]
    public void Lines_of_unknown_keys_are_ignored_also_when_name_or_id_is_known()
    {
        var known = Log();
        var note = SignedNote.Sign("text\n", known);
        note.With(NoteSignature.Of(known.Name, known.KeyId + 1, [1])).Verify(Verifier(known.Key)).IsTrusted.ShouldBeTrue();
        note.With(NoteSignature.Of("somebody", known.KeyId, [1])).Verify(Verifier(known.Key)).IsTrusted.ShouldBeTrue();
        note.Verify(Verifier(Log("other").Key)).ShouldSatisfyAllConditions(v => v.IsTrusted.ShouldBeFalse(), v => v.Broken.ShouldBeNull());
    }

    [Fact]
    public void The_text_may_hold_blank_lines_and_ends_at_the_last_one()
    {
        foreach (var text in (string[])["\n", "a\n", "a\n\nb\n", "a\n\n", "\n\n", "— looks like a signature AAAAAAA=\n\n— x\n"])
        {
            var note = SignedNote.Sign(text, Log());
            SignedNote.Parse(note.ToString()).Text.ShouldBe(text);
            note.Verify(Verifier(Log().Key)).IsTrusted.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n— a AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAAAAA=")]
    [InlineData("text\n\n— a AAAAAAA=\nmore\n")]
    [InlineData("text\n\n— a AAAAAAA= more\n")]
    [InlineData("text\n\n- a AAAAAAA=\n")]
    [InlineData("text\n\n— AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— a+b AAAAAAA=\n")]
    [InlineData("text\n\n— a\u3000b AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAA\n")] // no signature after the id
    [InlineData("text\n\n— a AAAAAA==\n")]
    [InlineData("text\n\n— a AAAAAAB=\n")] // spare bits that are not zero
    [InlineData("text\n\n— a AAAAAA-_\n")]
    [InlineData("te\txt\n\n— a AAAAAAA=\n")]
    [InlineData("text\r\n\n— a AAAAAAA=\n")]
    public void Malformed_notes_are_refused(string note)
    {
        Should.Throw<EvidenceFormatException>(() => SignedNote.Parse(note));
        Should.Throw<EvidenceFormatException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes(note)));
    }

    [Fact]
    public void What_UTF_8_cannot_hold_and_what_is_too_large_is_refused()
    {
        Should.Throw<EvidenceFormatException>(() => SignedNote.Parse("te\ud800xt\n\n— a AAAAAAA=\n"));
        Should.Throw<EvidenceFormatException>(() => SignedNote.Parse([.. "te"u8, 0xff, .. "xt\n\n— a AAAAAAA=\n"u8]));
        Should.Throw<EvidenceFormatException>(() => SignedNote.Parse(new string('x', SignedNote.MaxBytes) + Example));
        Should.Throw<EvidenceFormatException>(() => NoteKey.Of("na\ud800me", NoteKey.Ed25519, new byte[32]));
        string Signed(int times) => "text\n\n" + string.Concat(Enumerable.Range(0, times).Select(i => $"— w{i} AAAAAAA=\n"));
        SignedNote.Parse(Signed(SignedNote.MaxSignatures)).Signatures.Count.ShouldBe(SignedNote.MaxSignatures);
        Should.Throw<EvidenceFormatException>(() => SignedNote.Parse(Signed(SignedNote.MaxSignatures + 1)));
    }

    [Theory]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")] // another id
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n")]
    public void Malformed_keys_are_refused(string vkey) => Should.Throw<EvidenceFormatException>(() => NoteKey.Parse(vkey));

    [Fact]
    public void Keys_that_are_no_keys_have_no_verifier()
    {
        // The neutral element: its "signatures" verify for every message.
        NoteKeys.VerifierOf(NoteKey.Of("a", NoteKey.Ed25519, [1, .. new byte[31]])).ShouldBeNull();
        NoteKeys.VerifierOf(NoteKey.Of("a", NoteKey.Ed25519, new byte[31])).ShouldBeNull();
        NoteKeys.VerifierOf(NoteKey.Of("a", NoteKey.Other, [.. NoteKey.Sm2Identifier, 4, .. new byte[64]])).ShouldBeNull();
        NoteKeys.VerifierOf(NoteKey.Of("a", 0x06, new byte[1312])).ShouldBeNull();
        Should.Throw<EvidenceFormatException>(() => NoteKeys.Require(NoteKey.Of("a", 0x02, new byte[65])));
    }

    [Fact]
    public void A_cosignature_says_when_and_covers_the_whole_text()
    {
        var witness = Witness("court");
        var note = Sealed(7, Hash(7), witness);
        var line = note.Signatures[1];
        Cosignature.TrySplit(line.Signature, out var time, out _).ShouldBeTrue();
        time.ShouldBe(Now.ToUnixTimeSeconds());
        note.Verify(Verifier(witness.Key)).IsTrusted.ShouldBeTrue();

        // Another time, or the same bytes beside another text, is another statement.
        var earlier = NoteSignature.Of(line.Name, line.KeyId, Cosignature.Join(time - 1, line.Signature.AsSpan(8)));
        Sealed(7, Hash(7)).With(earlier).Verify(Verifier(witness.Key)).Broken.ShouldBe(earlier);
        Sealed(8, Hash(7)).With(line).Verify(Verifier(witness.Key)).Broken.ShouldBe(line);
        // An ordinary signature of the witness's key is no cosignature.
        witness.Key.KeyId.ShouldNotBe(new Ed25519Signer("court", Seed("court")).KeyId);
    }

    [Fact]
    public void The_message_of_a_cosignature_is_that_of_the_specification() =>
        Encoding.UTF8.GetString(Cosignature.Message("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"u8, 1679315147)).ShouldBe(
            "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n");

    [Fact]
    public void SM2_stands_beside_Ed25519_and_is_the_same_each_time()
    {
        var sm2 = new Sm2Signer(Origin, Seed("sm2"));
        var note = Sealed(3, Hash(3), sm2);
        Sealed(3, Hash(3), sm2).ToString().ShouldBe(note.ToString());
        note.Verify(Verifier(Log().Key), Verifier(sm2.Key)).Verified.Count.ShouldBe(2);
        var bytes = note.Signatures[1].Signature;
        Sealed(4, Hash(3)).With(NoteSignature.Of(sm2.Name, sm2.KeyId, bytes)).Verify(Verifier(sm2.Key)).Broken.ShouldNotBeNull();
        // Two messages never share a nonce: then r would be the same.
        Sealed(4, Hash(3), sm2).Signatures[1].Signature.AsSpan(4, 16).SequenceEqual(bytes.AsSpan(4, 16)).ShouldBeFalse();
    }

    [Fact]
    public void Broken_signatures_are_false_never_an_exception() =>
        Gen.Byte.Array[0, 120].Sample(signature =>
            new INoteVerifier[] { Verifier(Log().Key), Verifier(Witness("court").Key), Verifier(new Sm2Signer(Origin, Seed("sm2")).Key) }
                .All(v => !v.Verify("text\n"u8, signature)));

    [Fact]
    public void Whatever_the_bytes_a_note_is_read_or_refused_and_is_written_as_it_was() =>
        Mutations(Example).Sample(bytes => Read(() => SignedNote.Parse(bytes)) is not { } note || Encoding.UTF8.GetBytes(note.ToString()).AsSpan().SequenceEqual(bytes), iter: 20_000);

    [Fact]
    public void Whatever_the_bytes_a_key_is_read_or_refused_and_is_written_as_it_was() =>
        Mutations(ExampleKey).Select(Encoding.Latin1.GetString).Sample(vkey => Read(() => NoteKey.Parse(vkey)) is not { } key || key.ToString() == vkey, iter: 20_000);

    private static INoteVerifier Verifier(NoteKey key) => NoteKeys.Require(key);
}
