using System.Text;
using CsCheck;
using Ledger.Domain.Sealing;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.NoteSamples;

namespace Ledger.Tests.Evidence;

/// <summary>What is written on a note or around one: checkpoints, proofs, requests to witnesses.</summary>
public sealed class NoteFormatTests
{
    private static readonly Gen<byte[]> AnyHash = Gen.Byte.Array[32];
    private static readonly Gen<SignedNote> AnyNote = Gen.Select(Gen.Long[0, long.MaxValue], AnyHash, (size, root) => Sealed(size, root));

    [Fact]
    public void A_checkpoint_is_three_lines()
    {
        var checkpoint = new Checkpoint(Origin, 20852163, Hash(1));
        checkpoint.ToString().ShouldBe($"{Origin}\n20852163\n{Convert.ToBase64String(Hash(1))}\n");
        Checkpoint.Parse(checkpoint.ToString()).ShouldBe(checkpoint);
        Should.Throw<EvidenceFormatException>(() => new Checkpoint("", 1, Hash(1)));
        Should.Throw<EvidenceFormatException>(() => new Checkpoint("a\nb", 1, Hash(1)));
        Should.Throw<EvidenceFormatException>(() => new Checkpoint("a", -1, Hash(1)));
        Should.Throw<EvidenceFormatException>(() => new Checkpoint("a", 1, new byte[31]));
    }

    [Fact]
    public void Extension_lines_of_other_logs_are_kept()
    {
        var text = $"other.example/log\n5\n{Convert.ToBase64String(Hash(1))}\nmore\nand more\n";
        var checkpoint = Checkpoint.Parse(text);
        checkpoint.Extensions.ShouldBe("more\nand more\n");
        checkpoint.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("o\n1\n")]
    [InlineData("\n1\nROOT\n")]
    [InlineData("o\n01\nROOT\n")]
    [InlineData("o\n+1\nROOT\n")]
    [InlineData("o\n-1\nROOT\n")]
    [InlineData("o\n 1\nROOT\n")]
    [InlineData("o\n１\nROOT\n")]
    [InlineData("o\n9223372036854775808\nROOT\n")]
    [InlineData("o\n1\nROOT")]
    [InlineData("o\n1\nROOT\n\n")]
    [InlineData("o\n1\nROOT\n\nx\n")]
    [InlineData("o\n1\nROOT \n")]
    [InlineData("o\n1\nAAAA\n")]
    [InlineData("o\n1\n\n")]
    public void Malformed_checkpoints_are_refused(string text) =>
        Should.Throw<EvidenceFormatException>(() => Checkpoint.Parse(text.Replace("ROOT", Convert.ToBase64String(Hash(1)), StringComparison.Ordinal)));

    [Fact]
    public void Any_checkpoint_is_read_as_it_was_written() =>
        Gen.Select(Gen.String[Gen.Char[' ', '~'], 1, 40], Gen.Long[0, long.MaxValue], AnyHash).Sample((origin, size, root) =>
        {
            var checkpoint = new Checkpoint(origin, size, root);
            return Checkpoint.Parse(checkpoint.ToString()) == checkpoint && checkpoint.Root.AsSpan().SequenceEqual(root);
        });

    [Fact]
    public void Any_proof_is_read_as_it_was_written() =>
        Gen.Select(Gen.Byte.Array[0, 50].Null(), Gen.Long[0, long.MaxValue], AnyHash.Array[0, 63], AnyNote).Sample((extra, index, path, note) =>
        {
            var proof = new TlogProof(extra, index, path, note);
            var read = TlogProof.Parse(Encoding.UTF8.GetBytes(proof.ToString()));
            read.ToString().ShouldBe(proof.ToString());
            read.Index.ShouldBe(index);
            read.Path.SelectMany(h => h).ShouldBe(path.SelectMany(h => h));
            read.Extra.ShouldBe(extra);
            read.Checkpoint.ShouldBe(proof.Checkpoint);
        }, iter: 300);

    [Fact]
    public void Any_request_is_read_as_it_was_written() =>
        Gen.Select(Gen.Long[0, long.MaxValue], AnyHash.Array[0, 63], AnyNote).Sample((old, proof, note) =>
        {
            var request = new AddCheckpoint(old, proof, note);
            var read = AddCheckpoint.Parse(Encoding.UTF8.GetBytes(request.ToString()));
            read.ToString().ShouldBe(request.ToString());
            read.OldSize.ShouldBe(old);
            read.Proof.SelectMany(h => h).ShouldBe(proof.SelectMany(h => h));
        }, iter: 300);

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 1\n\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\n\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 01\n\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra A\nindex 1\n\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra\nindex 1\n\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 1\n\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n\n\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n\ntext\n\n— a AAAAAAA=\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nNOTE")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n\nNOTEmore\n")]
    [InlineData("\n\nNOTE")]
    public void Malformed_proofs_are_refused(string proof) =>
        Should.Throw<EvidenceFormatException>(() => TlogProof.Parse(Encoding.UTF8.GetBytes(proof.Replace("NOTE", Sealed(5, Hash(5)).ToString(), StringComparison.Ordinal))));

    [Theory]
    [InlineData("NOTE")]
    [InlineData("\nNOTE")]
    [InlineData("old\n\nNOTE")]
    [InlineData("old 01\n\nNOTE")]
    [InlineData("old -1\n\nNOTE")]
    [InlineData("Old 1\n\nNOTE")]
    [InlineData("old 1 \n\nNOTE")]
    [InlineData("old 1\nAAAA\n\nNOTE")]
    [InlineData("old 1\n\n\nNOTE")]
    public void Malformed_requests_are_refused(string request) =>
        Should.Throw<EvidenceFormatException>(() => AddCheckpoint.Parse(Encoding.UTF8.GetBytes(request.Replace("NOTE", Sealed(5, Hash(5)).ToString(), StringComparison.Ordinal))));

    [Fact]
    public void A_proof_longer_than_any_tree_needs_is_refused()
    {
        var lines = string.Concat(Enumerable.Repeat(Convert.ToBase64String(Hash(1)) + "\n", 64));
        var note = Sealed(5, Hash(5));
        Should.Throw<EvidenceFormatException>(() => AddCheckpoint.Parse(Encoding.UTF8.GetBytes($"old 1\n{lines}\n{note}")));
        Should.Throw<EvidenceFormatException>(() => TlogProof.Parse(Encoding.UTF8.GetBytes($"c2sp.org/tlog-proof@v1\nindex 1\n{lines}\n{note}")));
    }

    [Fact]
    public void Whatever_the_bytes_they_are_read_or_refused_and_are_written_as_they_were()
    {
        var note = Sealed(9, Hash(9));
        Unchanged(note.Text, b => Checkpoint.Parse(Encoding.Latin1.GetString(b)), Encoding.Latin1);
        Unchanged(new TlogProof([1, 2, 3], 4, [Hash(1), Hash(2)], note).ToString(), b => TlogProof.Parse(b), Encoding.UTF8);
        Unchanged(new AddCheckpoint(4, [Hash(1), Hash(2)], note).ToString(), b => AddCheckpoint.Parse(b), Encoding.UTF8);
    }

    private static void Unchanged<T>(string valid, Func<byte[], T> parse, Encoding encoding) where T : class =>
        Mutations(valid).Sample(bytes => Read(() => parse(bytes)) is not { } read || encoding.GetBytes(read.ToString()!).AsSpan().SequenceEqual(bytes), iter: 10_000);
}
