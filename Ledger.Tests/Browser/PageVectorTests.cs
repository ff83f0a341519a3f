using System.Text.Json;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Browser;

/// <summary>The page's own parsers and trees against published vectors and the definitions of the standards.</summary>
public sealed class PageVectorTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Canonical_json_is_that_of_the_published_vectors()
    {
        if (Vectors("jcs.json") is not { } vectors) return;
        await using var file = await VerifyPageFile.OpenAsync();
        var wrong = await file.Page.EvaluateAsync<string[]>(
            """
            vectors => {
              const { parseJson, jcs } = window.ledgerVerify.parts;
              return JSON.parse(vectors).filter(v => jcs(parseJson(v.input, { exactNumbers: false })) !== v.output).map(v => v.name);
            }
            """,
            vectors);
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Proofs_are_taken_and_refused_as_the_published_vectors_say()
    {
        if (Vectors("merkle-inclusion.json") is not { } inclusion || Vectors("merkle-consistency.json") is not { } consistency) return;
        await using var file = await VerifyPageFile.OpenAsync();
        var wrong = await file.Page.EvaluateAsync<string[]>(
            """
            async ([inclusion, consistency]) => {
              const { isIncluded, isConsistent, base64Bytes } = window.ledgerVerify.parts;
              const bytes = text => base64Bytes(text ?? '');
              const proof = list => (list ?? []).map(bytes);
              const wrong = [];
              for (const v of JSON.parse(inclusion))
                if (await isIncluded(BigInt(v.leafIdx), BigInt(v.treeSize), bytes(v.root), bytes(v.leafHash), proof(v.proof)) === v.wantErr) wrong.push(v.name);
              for (const v of JSON.parse(consistency))
                if (await isConsistent(BigInt(v.size1), bytes(v.root1), BigInt(v.size2), bytes(v.root2), proof(v.proof)) === v.wantErr) wrong.push(v.name);
              return wrong;
            }
            """,
            new[] { inclusion, consistency });
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Numbers_texts_and_members_are_written_as_RFC_8785_shows()
    {
        await using var file = await VerifyPageFile.OpenAsync();
        var written = await file.Page.EvaluateAsync<string>(
            """
            text => { const { parseJson, jcs } = window.ledgerVerify.parts; return jcs(parseJson(text, { exactNumbers: false })); }
            """,
            """{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false],"\u20ac":1,"\r":2,"\ud83d\ude00":3,"\u0080":4,"ö":5,"1":6}""");
        written.ShouldBe("""{"\r":2,"1":6,"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\u000f\nA'B\"\\\\\"/","""
            + "\"\u0080\":4,\"ö\":5,\"€\":1,\"\ud83d\ude00\":3}");
    }

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"__proto__":1,"__proto__":2}""")]
    [InlineData("""[9007199254740993]""")]
    [InlineData("""[1e400]""")]
    [InlineData("""[-0]""")]
    [InlineData("""[0.1000000000000000055511151231257827]""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""["\udc00\ud800"]""")]
    [InlineData("""[01]""")]
    [InlineData("""[1.]""")]
    [InlineData("""[+1]""")]
    [InlineData("""[1,]""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{a:1}""")]
    [InlineData("""[1] 2""")]
    [InlineData("""["\x41"]""")]
    [InlineData("[\"a\tb\"]")]
    [InlineData("\ufeff[]")]
    [InlineData("")]
    [InlineData("nul")]
    public async Task Json_that_two_readers_could_read_differently_is_refused(string text)
    {
        await using var file = await VerifyPageFile.OpenAsync();
        (await Outcome(file, "parts.parseJson(text)", text)).ShouldStartWith("refused");
    }

    [Theory]
    [InlineData("""{"__proto__":{"a":"b"},"constructor":1}""")]
    [InlineData("""[9007199254740991,1.10,1e2,100,-5,0,"\ud83d\ude00"]""")]
    [InlineData(" {\"a\" : [ ] ,\r\n\t\"b\":{}} ")]
    public async Task Json_that_has_one_reading_is_read(string text)
    {
        await using var file = await VerifyPageFile.OpenAsync();
        (await Outcome(file, "parts.jcs(parts.parseJson(text))", text)).ShouldBe(
            await Outcome(file, "parts.jcs(JSON.parse(text))", text));
    }

    [Fact]
    public async Task Trees_up_to_257_leaves_are_proved_as_the_definitions_prove_them()
    {
        await using var file = await VerifyPageFile.OpenAsync();
        var leaves = Enumerable.Range(0, 257).Select(ReferenceTree.Leaf).ToArray();
        var cases = new List<object>();
        foreach (var size in Sizes)
        {
            var root = ReferenceTree.Root(leaves.AsSpan(0, size));
            foreach (var index in new[] { 0, 1, size / 2, size - 2, size - 1 }.Where(i => i >= 0 && i < size).Distinct())
                cases.Add(new { kind = "inclusion", index = $"{index}", size = $"{size}", root, leaf = leaves[index], proof = ReferenceTree.Path(index, leaves.AsSpan(0, size)) });
            foreach (var older in Sizes.Where(s => s > 0 && s <= size))
                cases.Add(new
                {
                    kind = "consistency", index = $"{older}", size = $"{size}", root, leaf = ReferenceTree.Root(leaves.AsSpan(0, older)),
                    proof = ReferenceTree.Proof(older, leaves.AsSpan(0, size)),
                });
        }

        var (proved, refused, wrong) = await file.Page.EvaluateAsync<int[]>(
            """
            async cases => {
              const { isIncluded, isConsistent, base64Bytes } = window.ledgerVerify.parts;
              let proved = 0, refused = 0, wrong = 0;
              for (const c of JSON.parse(cases)) {
                const proof = c.proof.map(base64Bytes);
                const holds = (index, size, path) => c.kind === 'inclusion'
                  ? isIncluded(index, size, base64Bytes(c.root), base64Bytes(c.leaf), path)
                  : isConsistent(index, base64Bytes(c.leaf), size, base64Bytes(c.root), path);
                const [index, size] = [BigInt(c.index), BigInt(c.size)];
                if (await holds(index, size, proof)) proved++; else wrong++;
                const flipped = proof.map((hash, i) => i === proof.length - 1 ? hash.map((byte, b) => b === 0 ? byte ^ 1 : byte) : hash);
                const lies = [[index, size, [...proof, new Uint8Array(32)]]];
                if (proof.length > 0) lies.push([index, size, proof.slice(1)], [index, size, proof.slice(0, -1)], [index, size, flipped]);
                if (c.kind === 'inclusion') lies.push([size, size, proof], [-1n, size, proof]);
                for (const [i, s, path] of lies) if (await holds(i, s, path)) wrong++; else refused++;
              }
              return [proved, refused, wrong];
            }
            """,
            JsonSerializer.Serialize(cases)) is [var p, var r, var w] ? (p, r, w) : default;

        wrong.ShouldBe(0);
        proved.ShouldBe(cases.Count);
        refused.ShouldBeGreaterThan(cases.Count);
    }

    [Fact]
    public async Task The_example_of_the_note_format_verifies_and_its_changes_do_not()
    {
        await using var file = await VerifyPageFile.OpenAsync();
        var states = await file.Page.EvaluateAsync<string[]>(
            """
            async ([key, note]) => {
              const { parseVkey, signatureOf } = window.ledgerVerify.parts;
              const read = await parseVkey(key);
              const [text, line] = [note.slice(0, note.indexOf('\n\n') + 1), note.slice(note.indexOf('\n\n') + 2)];
              const signed = atob(line.trim().split(' ')[2]);
              const of = body => ({ text: body, signatures: [{ name: read.name, id: read.id, bytes: Uint8Array.from(signed.slice(4), c => c.charCodeAt(0)) }] });
              return [(await signatureOf(of(text), read)).state, (await signatureOf(of(text + ' '), read)).state];
            }
            """,
            new[]
            {
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
            });
        states.ShouldBe(["verified", "wrong"]);
    }

    [Theory]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/fo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2")]
    [InlineData("example.com/foo+530d903a")]
    public async Task A_mistyped_key_is_refused_and_not_merely_unknown(string key)
    {
        await using var file = await VerifyPageFile.OpenAsync();
        var verdict = await file.VerifyAsync([], key);
        verdict.Findings.ShouldContain(f => f.Code == "key.malformed");
        verdict.Code.ShouldBe(4);
    }

    [Theory]
    [InlineData("quorum none\n", true)]
    [InlineData("# comment\n\n\tquorum   none \n", true)]
    [InlineData("quorum none", false)]
    [InlineData("", false)]
    [InlineData("quorum none\nquorum none\n", false)]
    [InlineData("quorum nobody\n", false)]
    [InlineData("group g any none\nquorum g\n", false)]
    [InlineData("group none all none\nquorum none\n", false)]
    [InlineData("log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none\n", true)]
    [InlineData("log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nlog example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none\n", false)]
    [InlineData("witness w example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum w\n", false)]
    [InlineData("quorum none\nunknown line\n", false)]
    [InlineData("quorum none\r\n", false)]
    public async Task Policies_are_read_as_the_format_defines_them(string policy, bool isRead)
    {
        await using var file = await VerifyPageFile.OpenAsync();
        (await Outcome(file, "parts.parsePolicy(text)", policy)).StartsWith("refused", StringComparison.Ordinal).ShouldBe(!isRead);
    }

    private static readonly int[] Sizes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 200, 255, 256, 257];

    private static Task<string> Outcome(VerifyPageFile file, string expression, string text) => file.Page.EvaluateAsync<string>(
        $$"""
        async text => {
          const { parts } = window.ledgerVerify;
          try { return 'read ' + await {{expression}}; } catch (error) { return 'refused ' + error.message; }
        }
        """,
        text);

    private string? Vectors(string name)
    {
        if (Environment.GetEnvironmentVariable("LEDGER_VECTORS") is { Length: > 0 } folder) return File.ReadAllText(Path.Combine(folder, name));
        output.WriteLine("LEDGER_VECTORS is not set: the published vectors were not run.");
        return null;
    }
}
