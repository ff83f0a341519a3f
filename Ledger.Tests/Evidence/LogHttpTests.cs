using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Sealing;
using Ledger.Domain.Units;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Keys;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>The log as other people's tools fetch it: everything that they compute from it is what was signed.</summary>
public sealed class LogHttpTests(LogHttpTests.LongApp app) : IClassFixture<LogHttpTests.LongApp>
{
    private static readonly string Auditor = TestTokens.Of(LedgerRole.Auditor);

    [Fact]
    public async Task Tiles_come_to_the_signed_root_and_entries_to_the_tiles()
    {
        var (note, checkpoint) = await CheckpointAsync("/log/1/checkpoint");
        note.Verify(NoteKeys.Require(app.Log)).IsTrusted.ShouldBeTrue();
        checkpoint.Size.ShouldBeGreaterThan(HashTiles.Width);
        var leaves = new List<byte[]>();
        var entries = new List<byte[]>();
        for (var tile = 0L; tile * HashTiles.Width < checkpoint.Size; tile++)
        {
            var width = (int)Math.Min(HashTiles.Width, checkpoint.Size - (tile * HashTiles.Width));
            var place = $"{tile:000}" + (width == HashTiles.Width ? "" : $".p/{width}");
            var hashes = await BytesAsync($"/log/1/tile/0/{place}", null, "public, max-age=31536000, immutable");
            hashes.Length.ShouldBe(width * Merkle.HashSize);
            leaves.AddRange(hashes.Chunk(Merkle.HashSize));
            entries.AddRange(Split(await BytesAsync($"/log/1/tile/entries/{place}", Auditor, "private, max-age=31536000, immutable")));
        }

        Merkle.Root(leaves).ShouldBe(checkpoint.Root);
        entries.Select(e => Convert.ToHexString(Merkle.LeafHash(e))).ShouldBe(leaves.Select(Convert.ToHexString));
        (await BytesAsync("/log/1/tile/1/000.p/1", null, "public, max-age=31536000, immutable")).ShouldBe(Merkle.Root([.. leaves.Take(HashTiles.Width)]));
        (await BytesAsync("/log/1/tile/0/000.p/3", null, "public, max-age=31536000, immutable")).ShouldBe([.. leaves.Take(3).SelectMany(h => h)]);
        (await BytesAsync("/log/1/entry/2", Auditor, "private, max-age=31536000, immutable")).ShouldBe(entries[2]);
    }

    [Theory]
    [InlineData("/log/1/tile/0/999", 404)]
    [InlineData("/log/1/tile/0/099.p/255", 404)]
    [InlineData("/log/1/tile/entries/099.p/255", 404)]
    [InlineData("/log/1/entry/100000", 404)]
    [InlineData("/log/1/entry/-1", 404)]
    [InlineData("/log/2/tile/0/000", 404)]
    [InlineData("/log/0/checkpoint", 404)]
    [InlineData("/log/2/checkpoint", 404)]
    [InlineData("/log/1/tile/0/1", 400)]
    [InlineData("/log/1/tile/6/000", 400)]
    [InlineData("/log/1/tile/0/000.p/256", 400)]
    [InlineData("/log/1/tile/entries/x000/000", 400)]
    public async Task What_is_not_there_is_not_made_up(string url, int status) => await app.GetAsync(url, Auditor, status);

    [Fact]
    public async Task What_no_checkpoint_covers_is_not_shown()
    {
        // As a sealer leaves it that stops between its batch and its signature.
        await using var database = NpgsqlDataSource.Create(app.AdministratorConnectionString);
        var (_, checkpoint) = await CheckpointAsync("/log/checkpoint");
        await using (var log = (await EpochLog.OpenAsync(database))!)
        {
            (log.Epoch, log.Size).ShouldBe((1, checkpoint.Size));
            (await log.EntryAsync(log.Size)).ShouldBeNull();
        }

        await using var ledger = await SealedLedger.CreateAsync();
        await ledger.RecordAsync();
        using var stops = ledger.NewSealer(step => { if (step == "sign") throw new InvalidOperationException(step); });
        await Should.ThrowAsync<InvalidOperationException>(() => stops.SealAsync());
        (await ledger.ScalarAsync<long>("select tree_size from ledger.head")).ShouldBeGreaterThan(0);
        await using var unsigned = (await EpochLog.OpenAsync(ledger.Ledger.Source))!;
        (await unsigned.NoteAsync()).ShouldBeNull();
        (await unsigned.TileAsync(0, 0, 1)).ShouldBeNull();
        (await unsigned.EntriesAsync(0, 1)).ShouldBeNull();
    }

    [Fact]
    public async Task A_smaller_log_is_proved_to_be_a_beginning_of_a_greater()
    {
        var checkpoints = (await app.JsonAsync("/api/evidence/checkpoints?limit=500", Auditor)).AsArray();
        checkpoints.Count.ShouldBeGreaterThan(1);
        var last = Of(checkpoints[0]!);
        foreach (var smaller in checkpoints.Skip(1).Select(c => Of(c!)))
        {
            var proof = (await app.JsonAsync($"/api/evidence/consistency?from={smaller.Size}&to={last.Size}", Auditor))["proof"]!.AsArray().Select(h => Convert.FromBase64String((string)h!)).ToList();
            Merkle.VerifyConsistency(smaller.Size, smaller.Root, last.Size, last.Root, proof).ShouldBeTrue();
            Merkle.VerifyConsistency(smaller.Size, last.Root, last.Size, last.Root, proof).ShouldBeFalse();
        }

        await app.GetAsync($"/api/evidence/consistency?from={last.Size}&to=1", Auditor, 400);
        await app.GetAsync("/api/evidence/consistency?from=1&to=1000000", Auditor, 400);
        await app.GetAsync("/api/evidence/consistency?from=-1&to=1", Auditor, 400);

        static Checkpoint Of(JsonNode c) => Checkpoint.Parse(SignedNote.Parse((string)c["note"]!).Text);
    }

    private async Task<(SignedNote Note, Checkpoint Checkpoint)> CheckpointAsync(string url)
    {
        var answer = await app.GetAsync(url, null);
        answer.Context.Response.Headers.CacheControl.ToString().ShouldBe("no-cache");
        answer.Context.Response.Headers.ContentLocation.ToString().ShouldBe("/log/1/checkpoint");
        var note = SignedNote.Parse(await answer.ReadAsTextAsync());
        return (note, Checkpoint.Parse(note.Text));
    }

    private Task<byte[]> BytesAsync(string url, string? token, string kept) => BytesAsync(app, url, token, kept);

    internal static async Task<byte[]> BytesAsync(WitnessedApp app, string url, string? token, string kept)
    {
        var answer = await app.GetAsync(url, token);
        answer.Context.Response.Headers.CacheControl.ToString().ShouldBe(kept);
        answer.Context.Response.ContentType.ShouldBe("application/octet-stream");
        return await BodyAsync(answer);
    }

    internal static async Task<byte[]> BodyAsync(Alba.IScenarioResult answer)
    {
        using var bytes = new MemoryStream();
        await answer.Context.Response.Body.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    internal static List<byte[]> Split(byte[] bundle)
    {
        var entries = new List<byte[]>();
        for (var at = 0; at < bundle.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));
            entries.Add(bundle[(at + 2)..(at + 2 + length)]);
            at += 2 + length;
        }

        return entries;
    }

    /// <summary>With more leaves than a tile holds.</summary>
    public sealed class LongApp : WitnessedApp
    {
        protected override async Task ArrangeAsync()
        {
            await SealedAsync();
            for (var i = 0; i < HashTiles.Width + 20; i++) await RecordAsync($"unit/u{i}", new UnitRegistered("单位", UnitKind.Township, new DateOnly(2020, 1, 1)));
            await SealedAsync();
        }
    }
}

/// <summary>A log that ended keeps its addresses, and the next one has others: what was kept under them stays true.</summary>
public sealed class LogEpochHttpTests(WitnessedApp app) : IClassFixture<WitnessedApp>
{
    [Fact]
    public async Task Each_log_has_addresses_of_its_own()
    {
        await app.SealedAsync();
        var auditor = TestTokens.Of(LedgerRole.Auditor);
        string[] kept = ["tile/0/000.p/2", "tile/entries/000.p/2", "entry/0"];
        var before = await TextAsync("/log/1/checkpoint");
        var bytes = await Task.WhenAll(kept.Select(k => HexAsync("/log/1/" + k)));
        await using var owner = NpgsqlDataSource.Create(app.AdministratorConnectionString);
        var change = new EpochChange(owner, app.Services.GetRequiredService<Sealer>(), app.Services.GetRequiredService<EvidenceFolder>());
        var begun = (await change.RunAsync("演练", force: true)).ShouldNotBeNull();

        Checkpoint.Parse(SignedNote.Parse(await TextAsync("/log/1/checkpoint")).Text).ShouldBe(Checkpoint.Parse(SignedNote.Parse(before).Text), Same);
        (await Task.WhenAll(kept.Select(k => HexAsync("/log/1/" + k)))).ShouldBe(bytes);
        foreach (var (old, next) in bytes.Zip(await Task.WhenAll(kept.Select(k => HexAsync("/log/2/" + k))))) next.ShouldNotBe(old);
        Checkpoint.Parse(SignedNote.Parse(await TextAsync("/log/2/checkpoint")).Text).Origin.ShouldBe(Checkpoint.Parse(begun.Checkpoint.Text).Origin);
        (await app.GetAsync("/log/checkpoint", null)).Context.Response.Headers.ContentLocation.ToString().ShouldBe("/log/2/checkpoint");
        await app.GetAsync("/log/3/checkpoint", null, 404);
        await app.GetAsync("/log/1/tile/0/001", null, 404);

        async Task<string> TextAsync(string url) => await (await app.GetAsync(url, null)).ReadAsTextAsync();
        async Task<string> HexAsync(string url) => Convert.ToHexString(await LogHttpTests.BodyAsync(await app.GetAsync(url, auditor)));
    }

    private static readonly IEqualityComparer<Checkpoint> Same = EqualityComparer<Checkpoint>.Create((a, b) => a?.ToString() == b?.ToString());
}

/// <summary>An entry may be longer than a bundle of entries can say.</summary>
public sealed class LongEntryHttpTests(WitnessedApp app) : IClassFixture<WitnessedApp>
{
    [Fact]
    public async Task An_entry_that_is_too_long_for_a_bundle_is_had_by_itself()
    {
        var detail = new string('长', 30_000);
        await app.AsAdministratorAsync($"insert into ledger.schema_change (tag, object) values ('TEST', '{detail}')");
        await app.SealedAsync();
        var leaf = (long)(await app.SqlAsync("select max(leaf_index) from ledger.leaf where kind = 'schema-change'"))!;
        var (tile, at) = (leaf / HashTiles.Width, (int)(leaf % HashTiles.Width));
        var entry = await LogHttpTests.BytesAsync(app, $"/log/1/entry/{leaf}", TestTokens.Of(LedgerRole.Auditor), "private, max-age=31536000, immutable");
        entry.Length.ShouldBeGreaterThan(ushort.MaxValue);
        Encoding.UTF8.GetString(entry).ShouldContain(detail);
        (await LogHttpTests.BytesAsync(app, $"/log/1/tile/0/{tile:000}.p/{at + 1}", null, "public, max-age=31536000, immutable"))[^Merkle.HashSize..].ShouldBe(Merkle.LeafHash(entry));
        var refused = await (await app.GetAsync($"/log/1/tile/entries/{tile:000}.p/{at + 1}", TestTokens.Of(LedgerRole.Auditor), 422)).ReadAsTextAsync();
        refused.ShouldContain(Codes.EvidenceEntryTooLong);
        refused.ShouldContain($"{leaf}");
        // What lies before it in the same bundle is had as ever.
        LogHttpTests.Split(await LogHttpTests.BytesAsync(app, $"/log/1/tile/entries/{tile:000}.p/{at}", TestTokens.Of(LedgerRole.Auditor), "private, max-age=31536000, immutable")).Count.ShouldBe(at);
    }
}
