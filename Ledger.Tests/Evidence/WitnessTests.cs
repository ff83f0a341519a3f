using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text;
using CsCheck;
using Ledger.Domain.Sealing;
using Ledger.Host.Cli;
using Ledger.Host.Evidence.Keys;
using Ledger.Host.Evidence.Witnesses;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.NoteSamples;

namespace Ledger.Tests.Evidence;

public sealed class WitnessTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly CosignatureSigner _signer = NoteSamples.Witness("court.example/w1");
    private readonly WitnessState _state;
    private readonly Witness _witness;

    public WitnessTests()
    {
        _state = WitnessState.Open(_folder.File("state"));
        _witness = new Witness(_state, _signer, _signer.Key, [Log().Key]);
    }

    [Fact]
    public void The_first_checkpoint_is_cosigned_as_it_is_and_each_next_one_with_a_proof()
    {
        var tree = new Tree();
        var first = Ask(tree.Request(0, 3));
        first.Status.ShouldBe(200);
        Verified(tree.Note(3), first.Body);
        Ask(tree.Request(3, 3)).Status.ShouldBe(200);
        Ask(tree.Request(3, 8)).Status.ShouldBe(200);
        var last = Ask(tree.Request(8, 300));
        last.Note!.Verify(NoteKeys.Require(Log().Key), NoteKeys.Require(_signer.Key)).Verified.Count.ShouldBe(2);
        _witness.Latest(WitnessState.HashOf(Origin))!.ToString().ShouldBe(last.Note.ToString());
        _witness.Latest(WitnessState.HashOf("other")).ShouldBeNull();
    }

    [Fact]
    public void An_empty_tree_has_the_hash_of_nothing()
    {
        var tree = new Tree();
        Ask(new AddCheckpoint(0, [], Sealed(0, Hash(1)))).Status.ShouldBe(422);
        Ask(tree.Request(0, 0)).Status.ShouldBe(200);
        Ask(tree.Request(0, 5)).Status.ShouldBe(200);
        Ask(tree.Request(0, 5)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(409), a => a.Body.ShouldBe("5\n"), a => a.ContentType.ShouldBe("text/x.tlog.size"));
    }

    [Fact]
    public void Whoever_stands_elsewhere_is_told_where_the_witness_stands()
    {
        var tree = new Tree();
        Ask(tree.Request(2, 5)).Body.ShouldBe("0\n");
        Ask(tree.Request(0, 5)).Status.ShouldBe(200);
        foreach (var old in (long[])[0, 4, 6]) Ask(tree.Request(old, 7)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(409), a => a.Body.ShouldBe("5\n"));
        // Back to an earlier tree there is no way, also not from the right place.
        Ask(new AddCheckpoint(5, [], tree.Note(4))).Status.ShouldBe(400);
        Ask(new AddCheckpoint(3, tree.Proof(3, 4), tree.Note(4))).Status.ShouldBe(409);
    }

    [Fact]
    public void What_does_not_continue_is_refused_and_forgotten()
    {
        var (tree, other) = (new Tree(), new Tree(fork: 2));
        Ask(tree.Request(0, 5)).Status.ShouldBe(200);
        Ask(new AddCheckpoint(5, [], other.Note(5))).Status.ShouldBe(422);
        Ask(new AddCheckpoint(5, other.Proof(5, 9), other.Note(9))).Status.ShouldBe(422);
        Ask(new AddCheckpoint(5, [], tree.Note(9))).Status.ShouldBe(422);
        Ask(new AddCheckpoint(5, [.. tree.Proof(5, 9), Hash(1)], tree.Note(9))).Status.ShouldBe(422);
        Ask(new AddCheckpoint(5, [.. tree.Proof(5, 9).Skip(1)], tree.Note(9))).Status.ShouldBe(422);
        Ask(new AddCheckpoint(5, [Hash(1)], tree.Note(5))).Status.ShouldBe(422);
        Ask(tree.Request(5, 9)).Status.ShouldBe(200);

        using var fresh = new TestFolder();
        using var state = WitnessState.Open(fresh.Path);
        new Witness(state, _signer, _signer.Key, [Log().Key]).Add(Bytes(new AddCheckpoint(0, [Hash(1)], tree.Note(9)))).Status.ShouldBe(422);
    }

    [Fact]
    public void Only_logs_that_are_known_are_cosigned_and_only_with_their_signature()
    {
        var text = new Tree().Note(3).Text;
        Ask(new AddCheckpoint(0, [], SignedNote.Sign(text.Replace(Origin, "other", StringComparison.Ordinal), Log("other")))).Status.ShouldBe(404);
        Ask(new AddCheckpoint(0, [], SignedNote.Sign(text, Log("other")))).Status.ShouldBe(403);
        var forged = NoteSignature.Of(Log().Name, Log().KeyId, new byte[64]);
        Ask(new AddCheckpoint(0, [], SignedNote.Sign(text, Log("other")).With(forged))).Status.ShouldBe(403);
        // A broken line of the known key beside a good one: the note is malformed.
        Ask(new AddCheckpoint(0, [], SignedNote.Sign(text, Log()).With(forged))).Status.ShouldBe(403);
        _witness.Latest(WitnessState.HashOf(Origin)).ShouldBeNull();

        // Lines of others are not repeated, as the witness cannot tell what they are.
        var answer = Ask(new AddCheckpoint(0, [], SignedNote.Sign(text, Log("other"), Log())));
        answer.Note!.Signatures.Select(s => s.Name).ShouldBe([Origin, _signer.Name]);
    }

    [Fact]
    public void A_log_may_have_two_keys_while_it_changes_them()
    {
        var next = new Ed25519Signer(Origin, Seed("next"));
        using var fresh = new TestFolder();
        using var state = WitnessState.Open(fresh.Path);
        var witness = new Witness(state, _signer, _signer.Key, [Log().Key, next.Key]);
        var tree = new Tree();
        witness.Add(Bytes(tree.Request(0, 3))).Status.ShouldBe(200);
        witness.Add(Bytes(new AddCheckpoint(3, tree.Proof(3, 4), SignedNote.Sign(tree.Note(4).Text, Log(), next)))).Note!.Signatures.Count.ShouldBe(3);
        witness.Add(Bytes(new AddCheckpoint(4, tree.Proof(4, 6), SignedNote.Sign(tree.Note(6).Text, next)))).Status.ShouldBe(200);
    }

    [Fact]
    public void Extension_lines_are_covered_by_the_cosignature()
    {
        var note = SignedNote.Sign(new Tree().Note(3).Text + "an extension\n", Log());
        var answer = Ask(new AddCheckpoint(0, [], note));
        Verified(note, answer.Body);
    }

    [Fact]
    public void A_key_for_notes_is_no_witness_s_key()
    {
        Should.Throw<EvidenceFormatException>(() => new Witness(_state, Log(), Log().Key, [Log().Key]));
        Should.Throw<EvidenceFormatException>(() => new Witness(_state, _signer, _signer.Key, [NoteKey.Of("log", 0x06, new byte[32])]));
    }

    [Fact]
    public void Whatever_the_bytes_the_answer_is_one_of_the_protocol_s()
    {
        var tree = new Tree();
        Mutations(tree.Request(0, 5).ToString()).Sample(bytes => _witness.Add(bytes).Status is 200 or 400 or 403 or 404 or 409 or 422, iter: 3_000, threads: 1);
        Mutations(tree.Request(5, 9).ToString()).Sample(bytes => _witness.Add(bytes).Status is 200 or 400 or 403 or 404 or 409 or 422, iter: 1_000, threads: 1);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_folder_has_one_user_and_a_state_that_is_not_believed_signs_nothing()
    {
        Should.Throw<WitnessStateException>(() => WitnessState.Open(_folder.File("state"))).Message.ShouldContain("another program");
        var tree = new Tree();
        Ask(tree.Request(0, 5)).Status.ShouldBe(200);
        var file = Directory.GetFiles(_folder.File("state"), "*.checkpoint").ShouldHaveSingleItem();
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var good = File.ReadAllText(file);

        // Torn, of another size, of another log: to take any of them for nothing would be to sign a second history.
        foreach (var bad in (string[])["", good[..(good.Length / 2)], good.Replace("\n5\n", "\n4\n", StringComparison.Ordinal), good.Replace(Origin, "other", StringComparison.Ordinal)])
        {
            File.WriteAllText(file, bad);
            Should.Throw<WitnessStateException>(() => Ask(tree.Request(5, 7)));
            Should.Throw<WitnessStateException>(() => Ask(tree.Request(0, 7)));
        }

        File.WriteAllText(file, good);
        Ask(tree.Request(5, 7)).Status.ShouldBe(200);
    }

    [Fact]
    public void A_state_that_cannot_be_written_gives_no_cosignature()
    {
        var tree = new Tree();
        Ask(tree.Request(0, 5)).Status.ShouldBe(200);
        // A folder in the file's place: the replacement fails for root as well.
        var file = Directory.GetFiles(_folder.File("state"), "*.checkpoint").Single();
        File.Delete(file);
        Directory.CreateDirectory(file);
        Should.Throw<WitnessStateException>(() => Ask(tree.Request(0, 5)));
        Directory.Delete(file);
        Directory.GetFiles(_folder.File("state")).ShouldBe([_folder.File("state/lock")]);
    }

    [Fact]
    public async Task Requests_at_the_same_time_never_get_cosignatures_of_two_histories()
    {
        await using var app = await StartAsync(_witness);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var trees = new[] { new Tree(), new Tree(fork: 0), new Tree(fork: 3), new Tree(fork: 9) };
        var cosigned = new List<Checkpoint>();
        await Parallel.ForAsync(0, 16, async (worker, cancellation) =>
        {
            var tree = trees[worker % trees.Length];
            var old = 0L;
            for (var size = 1 + (worker % 5); size < 60; size += 1 + (worker % 7))
            {
                // From where the witness says it stands, as an honest log would; the forks do the same.
                var request = old <= size ? tree.Request(old, size) : tree.Request(size, size);
                using var answer = await http.PostAsync("/add-checkpoint", new ByteArrayContent(Bytes(request)), cancellation);
                var body = await answer.Content.ReadAsStringAsync(cancellation);
                if (answer.StatusCode == HttpStatusCode.Conflict) old = long.Parse(body);
                if (answer.StatusCode != HttpStatusCode.OK) continue;
                Verified(request.Note, body);
                lock (cosigned) cosigned.Add(request.Checkpoint);
                old = size;
            }
        });

        cosigned.Count.ShouldBeGreaterThan(1);
        // One of the trees explains all of them.
        trees.ShouldContain(tree => cosigned.TrueForAll(c => tree.Note(c.Size).Text == c.ToString()));
    }

    [Fact]
    public async Task Over_HTTP_it_speaks_the_protocol()
    {
        await using var app = await StartAsync(_witness);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var tree = new Tree();
        var monitor = $"/{WitnessState.HashOf(Origin)}/checkpoint";
        (await http.GetAsync(monitor)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var cosigned = await http.PostAsync("/add-checkpoint", new ByteArrayContent(Bytes(tree.Request(0, 5))));
        cosigned.StatusCode.ShouldBe(HttpStatusCode.OK);
        Verified(tree.Note(5), await cosigned.Content.ReadAsStringAsync());
        SignedNote.Parse(await http.GetStringAsync(monitor)).Signatures.Count.ShouldBe(2);

        using var conflict = await http.PostAsync("/add-checkpoint", new ByteArrayContent(Bytes(tree.Request(0, 7))));
        conflict.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        conflict.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("text/x.tlog.size"));
        (await conflict.Content.ReadAsStringAsync()).ShouldBe("5\n");

        (await http.PostAsync("/add-checkpoint", new ByteArrayContent(new byte[AddCheckpoint.MaxBytes * 2]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await http.PostAsync("/add-checkpoint", new StringContent(""))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await http.GetAsync("/add-checkpoint")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await http.GetAsync("/../../etc/passwd/checkpoint")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Killed_it_remembers_what_it_has_cosigned()
    {
        var key = KeyFile.Create(_folder.File("key"), "court.example/w2", KeyKind.Witness);
        var tree = new Tree();
        long size = 0;
        for (var life = 0; life < 2; life++)
        {
            using var process = Serve();
            var address = await AddressAsync(process);
            using var http = new HttpClient { BaseAddress = address };
            if (life == 1) (await Post(http, tree.Request(0, 99))).ShouldBe($"{size}\n");
            for (var step = 0; step < 5; step++, size += 3)
                SignedNote.Parse(tree.Note(size + 3) + await Post(http, tree.Request(size, size + 3))).Verify(NoteKeys.Require(key.Public)).IsTrusted.ShouldBeTrue();
            process.Kill();
            await process.WaitForExitAsync();
        }

        Process Serve()
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var argument in (string[])[typeof(WitnessVerbs).Assembly.Location, "witness", "serve", "--key", _folder.File("key"),
                "--state", _folder.File("killed"), "--log", Log().Key.ToString(), "--urls", "http://127.0.0.1:0"]) start.ArgumentList.Add(argument);
            return Process.Start(start)!;
        }

        async Task<Uri> AddressAsync(Process process)
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
                if (Uri.TryCreate(line.Trim(), UriKind.Absolute, out var uri) && uri.Scheme == "http") return uri;
            throw new ShouldAssertException("the witness did not start: " + await process.StandardOutput.ReadToEndAsync());
        }

        static async Task<string> Post(HttpClient http, AddCheckpoint request) =>
            await (await http.PostAsync("/add-checkpoint", new ByteArrayContent(Bytes(request)))).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task By_files_it_says_the_same()
    {
        var key = KeyFile.Create(_folder.File("key"), "court.example/w3", KeyKind.Witness);
        var tree = new Tree();
        async Task<int> SignAsync(AddCheckpoint request)
        {
            await File.WriteAllBytesAsync(_folder.File("request"), Bytes(request));
            return await WitnessVerbs.Create().Parse(["sign", _folder.File("request"), "--key", _folder.File("key"), "--state", _folder.File("files"),
                "--log", Log().Key.ToString(), "--to", _folder.File("response")]).InvokeAsync();
        }

        (await SignAsync(tree.Request(0, 4))).ShouldBe(0);
        SignedNote.Parse(await File.ReadAllBytesAsync(_folder.File("response"))).Verify(NoteKeys.Require(key.Public)).IsTrusted.ShouldBeTrue();
        (await SignAsync(tree.Request(0, 6))).ShouldBe(2);
        (await File.ReadAllTextAsync(_folder.File("response"))).ShouldBe("4\n");
        (await SignAsync(new AddCheckpoint(4, [], new Tree(fork: 1).Note(4)))).ShouldBe(2);
        (await SignAsync(tree.Request(4, 6))).ShouldBe(0);
        File.Delete(_folder.File("request"));
        (await WitnessVerbs.Create().Parse(["sign", _folder.File("request"), "--key", _folder.File("key"), "--state", _folder.File("files"),
            "--log", Log().Key.ToString(), "--to", _folder.File("response")]).InvokeAsync()).ShouldBe(3);
        (await WitnessVerbs.Create().Parse(["sign", _folder.File("response"), "--key", _folder.File("key"), "--state", _folder.File("files"),
            "--log", "no key", "--to", _folder.File("response")]).InvokeAsync()).ShouldBe(2);
    }

    public void Dispose()
    {
        _state.Dispose();
        _folder.Dispose();
    }

    internal static async Task<WebApplication> StartAsync(Witness witness)
    {
        var app = WitnessHost.Build(["--urls", "http://127.0.0.1:0"], witness, b => b.Logging.ClearProviders());
        await app.StartAsync();
        return app;
    }

    private static byte[] Bytes(AddCheckpoint request) => Encoding.UTF8.GetBytes(request.ToString());

    private WitnessAnswer Ask(AddCheckpoint request) => _witness.Add(Bytes(request));

    private void Verified(SignedNote note, string body) =>
        SignedNote.Parse(note + body).Verify(NoteKeys.Require(_signer.Key)).ShouldSatisfyAllConditions(
            v => v.IsTrusted.ShouldBeTrue(), v => v.Verified.Count.ShouldBe(1));

    /// <summary>A log of numbered leaves; a fork has other leaves from some place on.</summary>
    private sealed class Tree(int fork = int.MaxValue)
    {
        private readonly byte[][] _leaves = [.. Enumerable.Range(0, 400).Select(i => Merkle.LeafHash(Encoding.UTF8.GetBytes(i < fork ? $"leaf {i}" : $"forged {i} from {fork}")))];

        public SignedNote Note(long size) => Sealed(size, Merkle.Root(_leaves[..(int)size]));

        public AddCheckpoint Request(long old, long size) => new(old, old > size ? [] : Proof(old, size), Note(size));

        public IReadOnlyList<byte[]> Proof(long from, long to)
        {
            if (from == 0 || from == to) return [];
            return SubProof((int)from, _leaves[..(int)to], whole: true);
        }

        // RFC 6962 §2.1.2, word by word.
        private static List<byte[]> SubProof(int m, byte[][] leaves, bool whole)
        {
            if (m == leaves.Length) return whole ? [] : [Merkle.Root(leaves)];
            var k = 1;
            while (k * 2 < leaves.Length) k *= 2;
            return m <= k
                ? [.. SubProof(m, leaves[..k], whole), Merkle.Root(leaves[k..])]
                : [.. SubProof(m - k, leaves[k..], whole: false), Merkle.Root(leaves[..k])];
        }
    }
}
