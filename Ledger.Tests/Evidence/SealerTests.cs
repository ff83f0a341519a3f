using System.Text;
using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>What is taken in becomes leaves, signed and published once, whatever happens in between.</summary>
public sealed class SealerTests : IAsyncLifetime
{
    private SealedLedger _ledger = null!;

    public async ValueTask InitializeAsync() => _ledger = await SealedLedger.CreateAsync();

    public async ValueTask DisposeAsync() => await _ledger.DisposeAsync();

    [Fact]
    public async Task Every_event_is_a_leaf_and_the_root_is_signed()
    {
        for (var i = 0; i < 3; i++) await _ledger.RecordAsync();
        var report = await _ledger.Sealer.SealAsync();

        var leaves = await _ledger.LeavesAsync();
        leaves.Select(l => l.Leaf).ShouldBe(Enumerable.Range(0, leaves.Count).Select(i => (long)i));
        (leaves[0].Kind, leaves[^1].Kind).ShouldBe(("genesis", "manifest"));
        leaves.Count(l => l.Kind == "event").ShouldBe((int)await _ledger.ScalarAsync<long>("select count(*) from mt.mt_events"));
        report.Size.ShouldBe(leaves.Count);
        report.Position.ShouldBe(await _ledger.ScalarAsync<long>("select max(position) from ledger.position"));

        var (checkpoint, note) = await _ledger.LatestAsync();
        checkpoint.Root.ShouldBe(Merkle.Root([.. leaves.Select(l => Merkle.LeafHash(l.Entry))]));
        note.Signatures.Single().Name.ShouldBe(checkpoint.Origin);
        (await _ledger.JournalAsync()).Last()!.Note.ShouldBe(note.ToString());
    }

    [Theory]
    [InlineData("set_byte(edge[1], 40, 255 - get_byte(edge[1], 40))")]
    [InlineData("overlay(edge[1] placing '' from 1 for 1)")]
    public async Task A_log_that_was_changed_while_a_batch_waits_for_its_signature_is_not_signed(string edge)
    {
        await _ledger.RecordAsync();
        var before = await _ledger.Sealer.SealAsync();
        await _ledger.RecordAsync();
        await Should.ThrowAsync<IOException>(_ledger.NewSealer(step => { if (step == "sign") throw new IOException(step); }).SealAsync());
        var kept = await _ledger.ScalarAsync<byte[]>("select edge[1] from ledger.head");
        await _ledger.RunAsync($"update ledger.head set edge[1] = {edge}");

        (await Should.ThrowAsync<EvidenceStoppedException>(_ledger.Sealer.SealAsync())).Code.ShouldBe(EvidenceStoppedException.Fork);
        (await _ledger.JournalAsync()).Last()!.Checkpoint.Size.ShouldBe(before.Size);
        await _ledger.RunAsync($"update ledger.head set edge[1] = '\\x{Convert.ToHexString(kept)}'");
        (await _ledger.Sealer.SealAsync()).Size.ShouldBeGreaterThan(before.Size);
    }

    [Fact]
    public async Task A_journal_that_is_taken_away_stops_a_sealer_that_runs()
    {
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var journal = await _ledger.JournalAsync();
        File.Move(journal.Path, journal.Path + ".kept");
        await _ledger.RecordAsync();
        (await Should.ThrowAsync<EvidenceStoppedException>(_ledger.Sealer.SealAsync())).Code.ShouldBe(EvidenceStoppedException.JournalMissing);
        File.Move(journal.Path + ".kept", journal.Path);
        (await _ledger.Sealer.SealAsync()).Events.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_unit_that_was_struck_off_the_register_before_the_sealing_is_named_all_the_same(bool sealedBefore)
    {
        var (first, second) = (await _ledger.RecordAsync(), await _ledger.RecordAsync());
        if (sealedBefore) await _ledger.Sealer.SealAsync();
        var docketed = new LawsuitDocketed(
            "（2023）豫1121行初1号", "舞阳县人民法院", new DateOnly(2023, 3, 1), LawsuitCategory.Administrative, "行政处罚", "公安", "罚款", [new Defendant(first, DefendantCapacity.Sole)]);
        var elsewhere = JsonSerializer.SerializeToElement(new[] { new Defendant(second, DefendantCapacity.Sole) }, FactJson.Options);
        await _ledger.TellAsync("lawsuit/a", docketed);
        var id = await _ledger.ScalarAsync<string>("select headers ->> 'id' from mt.mt_events where stream_id = 'lawsuit/a'");
        await _ledger.TellAsync("lawsuit/a", new FactCorrected(
            new FactId("/tests", id), new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["defendants"] = elsewhere }, "笔误", "科长"));

        // The writer may do that: the register is not sealed.
        await using (var strike = _ledger.Ledger.Source.CreateCommand($"delete from ledger.registered_unit where unit = '{second}'"))
            (await strike.ExecuteNonQueryAsync()).ShouldBe(1);
        await _ledger.Sealer.SealAsync();

        using var entry = JsonDocument.Parse((await _ledger.LeavesAsync()).Last(l => l.Kind == "event").Entry);
        entry.RootElement.GetProperty("units").EnumerateArray().Select(u => u.GetString()).ShouldBe([second]);
        (await _ledger.ScalarAsync<long>($"select count(*) from ledger.stream_index where name = 'unit:{second}' and stream = 'lawsuit/a'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("x", "[]")]
    [InlineData("x", "{}")]
    [InlineData("incident", "\"text\"")]
    [InlineData("key-change", "{}")]
    [InlineData("key-change", "{\"key\":\"wuyang.ledger.invalid/x+00000001+AQID\"}")]
    public async Task What_nobody_can_seal_as_what_it_says_it_is_is_sealed_as_an_incident(string kind, string body)
    {
        await _ledger.RecordAsync();
        await _ledger.RunAsync($"insert into ledger.pending_leaf (kind, body) values ('{kind}', '{body}')");
        (await _ledger.Sealer.SealAsync()).Events.ShouldBeGreaterThan(0);
        var incident = (await _ledger.LeavesAsync()).Single(l => l.Kind == "incident");
        using var json = JsonDocument.Parse(incident.Entry);
        json.RootElement.GetProperty("code").GetString().ShouldBe("pending-leaf.malformed");
        json.RootElement.GetProperty("detail").GetString()!.ShouldStartWith(kind);
        await _ledger.RecordAsync();
        (await _ledger.Sealer.SealAsync()).Events.ShouldBe(1, "it goes on");
    }

    [Fact]
    public async Task A_new_epoch_that_nobody_announced_is_not_begun()
    {
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var logs = string.Concat(((string[])["leaf", "leaf_payload", "tile", "checkpoint", "stream_head", "stream_index"]).Select(t => $"create table public.{t} as table ledger.{t}; alter table ledger.{t} disable trigger all; delete from ledger.{t};"));
        await _ledger.RunAsync(logs + "create table public.head as table ledger.head; update ledger.head set epoch = 2, tree_size = 0, position = 0, batch = 0, edge = '{}', origin = null, key = null");

        (await Should.ThrowAsync<EvidenceStoppedException>(_ledger.Sealer.SealAsync())).Code.ShouldBe(EvidenceStoppedException.Fork);
        _ledger.Keys.Secrets.Count.ShouldBe(1, "no key is made for it");

        await _ledger.RunAsync(string.Concat(((string[])["leaf", "leaf_payload", "tile", "checkpoint", "stream_head", "stream_index"]).Select(t => $"insert into ledger.{t} select * from public.{t}; drop table public.{t};"))
            + "update ledger.head set (tree_size, position, batch, edge, epoch, origin, key) = (select tree_size, position, batch, edge, epoch, origin, key from public.head); drop table public.head;"
            + "do $$ declare t record; begin for t in select g.tgrelid::regclass as of, g.tgname as name from pg_trigger g where g.tgname like 'ledger\\_%' loop execute format('alter table %s enable always trigger %I', t.of, t.name); end loop; end $$;");
        (await _ledger.Sealer.SealAsync()).Size.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Entries_are_canonical_and_open_with_their_salt()
    {
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        await using var command = _ledger.Ledger.Source.CreateCommand(
            "select l.entry, p.salt, p.headers, p.data, e.stream_id, e.data::text, e.headers ->> 'id' from ledger.leaf l "
            + "join ledger.leaf_payload p using (seq_id) join mt.mt_events e using (seq_id)");
        await using var reader = await command.ExecuteReaderAsync();
        var seen = 0;
        while (await reader.ReadAsync())
        {
            var entry = Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0));
            Encoding.UTF8.GetString(Jcs.Canonicalize(entry)).ShouldBe(entry);
            using var json = JsonDocument.Parse(entry);
            using var data = JsonDocument.Parse(reader.GetString(5));
            using var headers = JsonDocument.Parse(reader.GetString(2));
            var salt = reader.GetFieldValue<byte[]>(1);
            json.RootElement.GetProperty("data").GetString().ShouldBe(Convert.ToBase64String(Commitment.Of(salt, "data", data.RootElement)));
            json.RootElement.GetProperty("hdr").GetString().ShouldBe(Convert.ToBase64String(Commitment.Of(salt, "hdr", headers.RootElement)));
            json.RootElement.GetProperty("stream").GetString().ShouldBe(reader.GetString(4));
            json.RootElement.GetProperty("intake").GetString().ShouldBe("ok");
            headers.RootElement.GetProperty("id").GetString().ShouldBe(reader.GetString(6));
            seen++;
        }

        seen.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_batch_ends_at_its_most_gaps_and_the_heads_are_still_those_of_everything()
    {
        await _ledger.Sealer.SealAsync();
        for (var i = 0; i < 8; i++)
        {
            await _ledger.ScalarAsync<long>("select nextval('mt.mt_events_sequence')");
            await _ledger.RecordAsync();
        }

        using var sealer = _ledger.NewSealer(mostGaps: 3);
        var (report, heads) = await sealer.SealHeadsAsync();
        report.Events.ShouldBeGreaterThanOrEqualTo(8);
        (heads.Position, heads.Leaf).ShouldBe((report.Position, report.Size - 2));
        var manifests = (await _ledger.LeavesAsync()).Where(l => l.Kind == "manifest").Skip(1).Select(l => JsonDocument.Parse(l.Entry).RootElement.GetProperty("burned").GetArrayLength()).ToList();
        manifests.ShouldBe([3, 3, 2]);
    }

    [Fact]
    public async Task Sealing_again_adds_nothing_and_growing_stays_consistent()
    {
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var (first, _) = await _ledger.LatestAsync();
        (await _ledger.Sealer.SealAsync()).ShouldBe(new SealReport(first.Size, await _ledger.ScalarAsync<long>("select position from ledger.head"), 0));

        for (var i = 0; i < 300; i++) await _ledger.RecordAsync();
        await _ledger.NewSealer().SealAsync();
        var (second, _) = await _ledger.LatestAsync();
        second.Size.ShouldBeGreaterThan(first.Size + 256);
        var tree = await LogSnapshot.ReadAsync(_ledger.Ledger.Source);
        var proof = await tree.ConsistencyAsync(first.Size, second.Size);
        Merkle.VerifyConsistency(first.Size, first.Root, second.Size, second.Root, proof).ShouldBeTrue();
        foreach (var (leaf, _, entry) in await _ledger.LeavesAsync())
            Merkle.VerifyInclusion(leaf, second.Size, Merkle.LeafHash(entry), await tree.InclusionAsync(leaf, second.Size), second.Root).ShouldBeTrue($"leaf {leaf}");
    }

    [Fact]
    public async Task The_heads_prove_every_stream_and_change_with_the_next_fact()
    {
        var unit = await _ledger.RecordAsync();
        var (_, heads) = await _ledger.Sealer.SealHeadsAsync();
        var place = heads.Tree.FindStream("unit/" + unit)!.Value.Place;
        var leaf = (await _ledger.LeavesAsync()).Single(l => Encoding.UTF8.GetString(l.Entry).Contains($"\"stream\":\"unit/{unit}\"", StringComparison.Ordinal)).Leaf;
        Merkle.VerifyInclusion(place, heads.Tree.Count, Merkle.LeafHash(HeadsTree.LeafOf(new StreamHead("unit/" + unit, 1, leaf))), heads.Tree.Path(place), heads.Tree.Root).ShouldBeTrue();
        var sealed_ = Encoding.UTF8.GetString((await _ledger.LeavesAsync())[(int)heads.Leaf].Entry);
        sealed_.ShouldContain($"\"root\":\"{Convert.ToBase64String(heads.Tree.Root)}\"");

        var (_, again) = await _ledger.Sealer.SealHeadsAsync();
        (again.Leaf, again.Tree.Root).ShouldBe((heads.Leaf, heads.Tree.Root), new SameHeads());
        await _ledger.RecordAsync();
        var (_, next) = await _ledger.Sealer.SealHeadsAsync();
        next.Leaf.ShouldBeGreaterThan(heads.Leaf);
        next.Tree.Count.ShouldBe(heads.Tree.Count + 2); // its stream, and the index of its unit
    }

    [Fact]
    public async Task A_rolled_back_number_is_accounted_for()
    {
        await _ledger.RecordAsync();
        await _ledger.ScalarAsync<long>("select nextval('mt.mt_events_sequence')");
        var burned = await _ledger.ScalarAsync<long>("select last_value from mt.mt_events_sequence");
        await _ledger.RecordAsync();
        await _ledger.Sealer.SealAsync();
        var manifest = Encoding.UTF8.GetString((await _ledger.LeavesAsync()).Last(l => l.Kind == "manifest").Entry);
        manifest.ShouldContain($"[\"{burned}\",\"{burned}\"]");
    }

    [Fact]
    public async Task A_filler_that_came_late_for_the_position_is_sealed_once_before_and_after_its_place_was_sealed()
    {
        await _ledger.RecordAsync();
        var gaps = new List<long>();
        foreach (var isSealed in (bool[])[false, true])
        {
            gaps.Add(await _ledger.ScalarAsync<long>("select nextval('mt.mt_events_sequence')"));
            await _ledger.RecordAsync();
            if (isSealed) await _ledger.Sealer.SealAsync();
            await _ledger.RunAsync(
                "insert into mt.mt_streams (id, type, version) values ('mt_tombstone', null, 1) on conflict do nothing; "
                + $"insert into mt.mt_events (seq_id, id, stream_id, version, data, type, tenant_id, timestamp) values ({gaps[^1]}, gen_random_uuid(), 'mt_tombstone', {gaps[^1]}, '{{}}', 'tombstone', '*DEFAULT*', '-infinity')");
            for (var i = 0; i < 2; i++) await _ledger.Sealer.SealWithHeadsAsync();
        }

        (await _ledger.ScalarAsync<long>($"select count(*) from ledger.leaf where seq_id in ({string.Join(',', gaps)})")).ShouldBe(2);
        (await _ledger.ScalarAsync<long>("select count(*) from ledger.late_row")).ShouldBe(0);
        var heads = await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf where kind = 'heads'");
        await _ledger.Sealer.SealWithHeadsAsync();
        (await _ledger.ScalarAsync<long>("select count(*) from ledger.leaf where kind = 'heads'")).ShouldBe(heads, "nothing has happened since");
    }

    private sealed class SameHeads : IEqualityComparer<(long, byte[])>
    {
        public bool Equals((long, byte[]) x, (long, byte[]) y) => x.Item1 == y.Item1 && x.Item2.AsSpan().SequenceEqual(y.Item2);

        public int GetHashCode((long, byte[]) of) => of.Item1.GetHashCode();
    }
}
