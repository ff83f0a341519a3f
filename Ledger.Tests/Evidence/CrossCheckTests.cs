using System.Runtime.CompilerServices;
using System.Text;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.NoteSamples;

namespace Ledger.Tests.Evidence;

/// <summary>What the ledger writes, checked by programs that its authors did not write: Go's sumdb and openssl.</summary>
public sealed class CrossCheckTests(CrossCheckTests.GoProgram go) : IClassFixture<CrossCheckTests.GoProgram>, IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Go_opens_our_notes_and_cosignatures_and_refuses_changed_ones()
    {
        var witness = Witness("court.example/w1");
        var note = Sealed(7, Hash(7), new Sm2Signer(Origin, Seed("sm2")), witness);
        string[] keys = [Log().Key.ToString(), witness.Key.ToString()];
        (await go.RunAsync(note.ToString(), ["note", .. keys])).Output.ShouldBe(
            $"{Origin} {NoteKey.Hex(Log().KeyId)}\n{witness.Name} {NoteKey.Hex(witness.KeyId)}\n{note.Text}");
        (await go.RunAsync(note.ToString().Replace("\n7\n", "\n8\n", StringComparison.Ordinal), ["note", .. keys])).Exit.ShouldBe(1);
        (await go.RunAsync(note.ToString(), "note", Log("other").Key.ToString())).Exit.ShouldBe(1);

        // What Go refuses as a note is none for us either, and the other way round.
        foreach (var text in (string[])[note + "\n", note.ToString()[..^1], note.ToString().Replace("— ", "- ", StringComparison.Ordinal), note.Text])
        {
            (await go.RunAsync(text, ["note", .. keys])).Exit.ShouldBe(1);
            Should.Throw<EvidenceFormatException>(() => SignedNote.Parse(text));
        }
    }

    [Fact]
    public async Task Go_reads_our_private_keys_and_signs_the_same()
    {
        var key = KeyFile.Create(_folder.File("key"), Origin, KeyKind.Log);
        var theirs = await go.RunAsync(await File.ReadAllTextAsync(_folder.File("key")), "sign");
        theirs.Output.ShouldBe(SignedNote.Sign("text\n", key.Signer(TimeProvider.System)).ToString(), theirs.Errors);
    }

    [Fact]
    public async Task Go_computes_the_same_roots()
    {
        var entries = Entries(300);
        var edge = new TreeEdge();
        var roots = entries.Select(entry =>
        {
            edge.Append(Merkle.LeafHash(entry));
            return Convert.ToBase64String(edge.Root());
        });
        var theirs = await go.RunAsync(Hex(entries), "tree");
        theirs.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(roots, theirs.Errors);
    }

    [Fact]
    public async Task Go_computes_the_same_tiles_up_to_the_third_level()
    {
        // A full tile of the second level needs 65,536 leaves.
        var entries = Entries((256 * 256) + 300);
        var edge = new TreeEdge();
        var written = 0;
        foreach (var entry in entries)
        foreach (var tile in edge.Append(Merkle.LeafHash(entry)))
            await WriteAsync(tile.Level, tile.Index, tile.Hashes);
        for (var level = 0; level < edge.Levels.Count; level++)
            if (edge.Levels[level].Length > 0) await WriteAsync(level, HashTiles.Extent(level, edge.Size).Full, edge.Levels[level]);

        var theirs = await go.RunAsync(Hex(entries), "tiles", _folder.Path);
        theirs.Output.Count(c => c == '\n').ShouldBe(written, theirs.Errors);
        written.ShouldBe(257 + 1 + 3);

        Task WriteAsync(int level, long index, byte[] hashes)
        {
            written++;
            return File.WriteAllBytesAsync(_folder.File($"{level}-{index}.{hashes.Length / Merkle.HashSize}"), hashes);
        }
    }

    [Fact]
    public async Task Go_accepts_our_proofs_and_refuses_one_of_another_leaf()
    {
        var hashes = Entries(1000).Select(e => Merkle.LeafHash(e)).ToList();
        var lines = new List<string>();
        foreach (var size in (int[])[1, 2, 3, 7, 8, 255, 256, 257, 511, 999, 1000])
        {
            var root = Merkle.Root(hashes[..size]);
            foreach (var index in (int[])[0, size / 3, size / 2, size - 1])
                lines.Add(Line("inclusion", $"{size} {index}", root, hashes[index], await HashTiles.InclusionAsync(index, size, TilesOf(size))));
            foreach (var from in (int[])[1, (size / 2) + 1, Math.Max(1, size - 1), size])
                lines.Add($"consistency {from} {Base64(Merkle.Root(hashes[..from]))} {size} {Base64(root)} "
                    + string.Join(' ', (await HashTiles.ConsistencyAsync(from, size, TilesOf(size))).Select(Base64)));
        }

        var theirs = await go.RunAsync(string.Join('\n', lines) + "\n", "proofs");
        theirs.Output.Count(c => c == '\n').ShouldBe(lines.Count, theirs.Errors);
        var path = await HashTiles.InclusionAsync(5, 1000, TilesOf(1000));
        (await go.RunAsync(Line("inclusion", "1000 5", Merkle.Root(hashes), hashes[6], path) + "\n", "proofs")).Exit.ShouldBe(1);

        HashTiles.Read TilesOf(int size) => (level, index, width) =>
        {
            // The full subtrees of a level, from the leaves.
            var span = 1 << (8 * level);
            var tile = Enumerable.Range(0, width).SelectMany(i => Merkle.Root(hashes.GetRange((int)(((index * 256) + i) * span), span))).ToArray();
            return ValueTask.FromResult<ReadOnlyMemory<byte>>(tile);
        };

        static string Line(string kind, string place, byte[] root, byte[] leaf, IReadOnlyList<byte[]> path) =>
            $"{kind} {place} {Base64(root)} {Base64(leaf)} {string.Join(' ', path.Select(Base64))}";
    }

    [Fact]
    public async Task Openssl_verifies_our_Ed25519_signatures()
    {
        var note = Sealed(7, Hash(7));
        await WriteAsync(note, note.Signatures[0].Signature);
        // SubjectPublicKeyInfo of RFC 8410.
        await File.WriteAllBytesAsync(_folder.File("key.der"), [.. Convert.FromHexString("302a300506032b6570032100"), .. Log().Key.Material]);
        string[] verify = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der", "-rawin", "-in", "text", "-sigfile", "signature"];
        (await Tool.OpenSslAsync(_folder.Path, verify)).ShouldContain("Signature Verified Successfully");
        await File.AppendAllTextAsync(_folder.File("text"), "more\n");
        (await Tool.RunAsync("openssl", "openssl", _folder.Path, verify)).Exit.ShouldNotBe(0);
    }

    [Fact]
    public async Task Openssl_verifies_our_SM2_signatures_and_we_verify_its()
    {
        var sm2 = new Sm2Signer(Origin, Seed("sm2"));
        var note = Sealed(7, Hash(7), sm2);
        await WriteAsync(note, note.Signatures[1].Signature);
        var point = sm2.Key.Material[NoteKey.Sm2Identifier.Length..];
        await File.WriteAllBytesAsync(_folder.File("key.der"), [.. Convert.FromHexString(Sm2Info), .. point]);
        string[] verify = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-in", "text", "-sigfile", "signature"];
        (await Tool.OpenSslAsync(_folder.Path, verify)).ShouldContain("Signature Verified Successfully");

        await Tool.OpenSslAsync(_folder.Path, "genpkey", "-algorithm", "SM2", "-out", "theirs.pem");
        await Tool.OpenSslAsync(_folder.Path, "pkey", "-in", "theirs.pem", "-pubout", "-outform", "DER", "-out", "theirs.der");
        await Tool.OpenSslAsync(_folder.Path, "pkeyutl", "-sign", "-inkey", "theirs.pem", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-in", "text", "-out", "theirs.sig");
        var info = await File.ReadAllBytesAsync(_folder.File("theirs.der"));
        Convert.ToHexStringLower(info.AsSpan(0, info.Length - 65)).ShouldBe(Sm2Info);
        var key = NoteKeys.Require(NoteKey.Of(Origin, NoteKey.Other, [.. NoteKey.Sm2Identifier, .. info[^65..]]));
        var signature = await File.ReadAllBytesAsync(_folder.File("theirs.sig"));
        key.Verify(note.TextBytes, signature).ShouldBeTrue();
        key.Verify([.. note.TextBytes, 10], signature).ShouldBeFalse();

        await File.AppendAllTextAsync(_folder.File("text"), "more\n");
        (await Tool.RunAsync("openssl", "openssl", _folder.Path, verify)).Exit.ShouldNotBe(0);
    }

    public void Dispose() => _folder.Dispose();

    // SubjectPublicKeyInfo: id-ecPublicKey on the curve 1.2.156.10197.1.301, an uncompressed point follows.
    private const string Sm2Info = "3059301306072a8648ce3d020106082a811ccf5501822d034200";

    private async Task WriteAsync(SignedNote note, byte[] signature)
    {
        await File.WriteAllBytesAsync(_folder.File("text"), note.TextBytes);
        await File.WriteAllBytesAsync(_folder.File("signature"), signature);
    }

    private static byte[][] Entries(int count) => [.. Enumerable.Range(0, count).Select(i => Encoding.UTF8.GetBytes($"entry {i}"))];

    private static string Hex(IEnumerable<byte[]> entries) => string.Concat(entries.Select(e => Convert.ToHexStringLower(e) + "\n"));

    private static string Base64(byte[] hash) => Convert.ToBase64String(hash);

    /// <summary>The checking program, built once.</summary>
    public sealed class GoProgram : IAsyncLifetime
    {
        private readonly TestFolder _folder = new();

        public async ValueTask InitializeAsync() => await Tool.OutputAsync(
            "go", "golang-go (and golang-golang-x-mod-dev)", Source(), ["build", "-o", _folder.File("check"), "check.go"],
            new Dictionary<string, string>
            {
                ["GO111MODULE"] = "off",
                ["GOPATH"] = "/usr/share/gocode",
                ["GOCACHE"] = _folder.File("cache"),
                ["GOFLAGS"] = "",
            });

        public Task<(int Exit, string Output, string Errors)> RunAsync(string input, params string[] arguments) =>
            Tool.RunAsync(_folder.File("check"), "golang-go", _folder.Path, arguments, input: input);

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "go");
    }
}
