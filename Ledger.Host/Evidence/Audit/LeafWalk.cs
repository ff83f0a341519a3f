using System.Text;
using System.Text.Json;
using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// Takes the leaves one after the other, with what their rows came to: grows the tree, compares the tiles, counts batches and
/// streams, and remembers keys and guards on the way.
/// </summary>
internal sealed class LeafWalk(AuditFindings findings, TreeWalk tree, StreamRecount streams, GuardHistory guards, RowDifferences differences)
{
    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal)
    {
        "genesis", "event", "missing", "schema-change", "heads", "key-change", "redaction", "incident", "manifest",
    };

    private readonly Dictionary<long, byte[]> _tiles = [];
    private long _batchStart;
    private long _batchEvents;
    private (long Batch, long Position) _last;

    /// <summary>The log's name, by its first leaf.</summary>
    public string? Origin { get; private set; }

    /// <summary>The ledger's identity, by its first leaf.</summary>
    public string? Ledger { get; private set; }

    /// <summary>The keys of the log, each with the leaf that names it.</summary>
    public List<(long Leaf, NoteKey Key)> Keys { get; } = [];

    /// <summary>The last note of the log before this one, by its first leaf.</summary>
    public string? Previous { get; private set; }

    /// <summary>The members that sealed redactions name, by event.</summary>
    public Dictionary<long, SortedSet<string>> Redactions { get; } = [];

    /// <summary>Events that open member by member.</summary>
    public List<(long Sequence, long Leaf, byte[] Entry)> Redacted { get; } = [];

    /// <summary>The sealed redactions, each with what it says.</summary>
    public List<SealedRedaction> Decisions { get; } = [];

    /// <summary>Events that were sealed with no hash of their row.</summary>
    public List<(long Sequence, long Leaf, string? Stream)> Unhashed { get; } = [];

    /// <summary>All events up to here are leaves, by the last manifest.</summary>
    public long Position => _last.Position;

    /// <summary>The last batch.</summary>
    public long Batch => _last.Batch;

    /// <summary>Number of rows that were hashed.</summary>
    public long Rows { get; private set; }

    /// <summary>Which of the sealed heads are recomputed; all when null.</summary>
    public Func<long, bool>? ChooseHeads { get; set; }

    /// <summary>Reads the tiles of the leaves' own hashes for a range.</summary>
    public async Task TilesAsync(NpgsqlConnection connection, long from, long to, CancellationToken cancellation)
    {
        foreach (var old in _tiles.Keys.Where(n => n < from / HashTiles.Width).ToList()) _tiles.Remove(old);
        await using var command = new NpgsqlCommand("select n, hashes from ledger.tile where level = 0 and n >= $1 and n <= $2", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = from / HashTiles.Width });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = to / HashTiles.Width });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) _tiles[reader.GetInt64(0)] = reader.GetFieldValue<byte[]>(1);
    }

    /// <summary>Takes a leaf.</summary>
    /// <param name="row">The leaf.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="fault">What is wrong with its row; null when the row was not looked at.</param>
    /// <param name="expected">The hash of the entry that the row came to.</param>
    /// <param name="lastTile">The tile that is not full yet.</param>
    /// <param name="damage">Why the row could not be read from the disk; null when it could.</param>
    public IReadOnlyList<FullTile> Take(in LeafRow row, byte[] hash, RowFault? fault, byte[]? expected, (long Index, byte[] Hashes) lastTile, string? damage)
    {
        for (; tree.Size < row.Leaf; tree.Append(new byte[Merkle.HashSize])) findings.Add(AuditCodes.LeafMissing, leaf: tree.Size);
        var isSigned = IsOfTile(row.Leaf, hash, lastTile, out var tile);
        if (!isSigned) findings.Add(AuditCodes.LeafChanged, row.Sequence, row.Leaf, row.Text(Column.Kind), null, tile is null ? null : Convert.ToBase64String(tile), Convert.ToBase64String(hash));
        var kind = row.Text(Column.Kind)!;
        if (kind is "event" or "missing") _batchEvents++;
        try
        {
            if (kind == "event") Event(row, fault, isSigned || expected is null || !expected.AsSpan().SequenceEqual(tile), damage);
            else Other(row, kind);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            findings.Add(AuditCodes.LeafUnreadable, row.Sequence, row.Leaf, kind, found: e.Message);
        }

        return tree.Append(hash);
    }

    /// <summary>What is known only at the end.</summary>
    public void End()
    {
        guards.End();
        if (_batchEvents > 0) findings.Add(AuditCodes.ManifestDiffers, leaf: tree.Size, member: "manifest");
    }

    private bool IsOfTile(long leaf, byte[] hash, (long Index, byte[] Hashes) lastTile, out byte[]? inTile)
    {
        var at = (int)(leaf % HashTiles.Width) * Merkle.HashSize;
        var tile = _tiles.TryGetValue(leaf / HashTiles.Width, out var full) ? full : leaf / HashTiles.Width == lastTile.Index ? lastTile.Hashes : [];
        inTile = at + Merkle.HashSize <= tile.Length ? tile[at..(at + Merkle.HashSize)] : null;
        // A tile that is not there is a finding of its own.
        return inTile is null || hash.AsSpan().SequenceEqual(inTile);
    }

    private void Event(in LeafRow row, RowFault? fault, bool isRowsFault, string? damage)
    {
        streams.Add(row.Entry, row.Leaf);
        var stream = EntryMembers.Text(row.Entry, "stream"u8);
        var intake = EntryMembers.Text(row.Entry, "intake"u8);
        if (intake == LogEntry.Text(IntakeState.Differs)) findings.Add(AuditCodes.ChangedBeforeSealing, row.Sequence, row.Leaf, stream, null, "ok", intake);
        if (intake == LogEntry.Text(IntakeState.None)) findings.Add(AuditCodes.ForgedAndSealed, row.Sequence, row.Leaf, stream, null, "ok", intake);
        if (intake == LogEntry.Text(IntakeState.Unhashed) && row.Sequence is { } of) Unhashed.Add((of, row.Leaf, stream));
        if (damage is not null) findings.Add(AuditCodes.StorageDamaged, row.Sequence, row.Leaf, stream, null, null, damage);
        if (damage is not null || fault is not { } at) return;
        Rows++;
        // The row is what was signed and the leaf is not: the leaf's finding says so.
        if (!isRowsFault) return;
        // By then the redactions that came later are known.
        if (at.HasFlag(RowFault.Redacted))
        {
            if (row.Sequence is { } sequence) Redacted.Add((sequence, row.Leaf, row.Entry.ToArray()));
            return;
        }

        var expected = intake == LogEntry.Text(IntakeState.Differs) ? RowFault.Intake : RowFault.None;
        var isForged = intake == LogEntry.Text(IntakeState.None);
        if (at != (isForged ? RowFault.NoIntake : expected)) differences.Report(row, at);
    }

    private void Other(in LeafRow row, string kind)
    {
        var bytes = row.Entry.ToArray();
        var text = Encoding.UTF8.GetString(bytes);
        using var json = JsonDocument.Parse(text);
        var entry = json.RootElement;
        if (!Jcs.Canonicalize(text).AsSpan().SequenceEqual(bytes) || entry.GetProperty("v").GetRawText() != "1" || !Kinds.Contains(kind))
            throw new FormatException("not canonical, or of an unknown kind");
        var own = entry.GetProperty("kind").GetString();
        var sequence = kind == "missing" ? Whole(entry, "seq") : (long?)null;
        if (own != kind || row.Sequence != sequence) findings.Add(AuditCodes.LeafColumns, row.Sequence, row.Leaf, kind, "kind, seq_id", $"{own}, {sequence}", $"{kind}, {row.Sequence}");
        switch (kind)
        {
            case "genesis":
                (Origin, Ledger) = (Text(entry, "origin"), Text(entry, "ledger"));
                Previous = entry.GetProperty("previous").GetString();
                Keys.Add((row.Leaf, NoteKey.Parse(Text(entry, "key"))));
                if (row.Leaf != 0) throw new FormatException("a log begins once");
                break;
            case "key-change":
                Keys.Add((row.Leaf, NoteKey.Parse(Text(entry, "key"))));
                break;
            case "redaction":
                var members = entry.GetProperty("members").EnumerateArray().Select(m => m.GetString()!).ToList();
                Redact(Whole(entry, "seq"), members);
                Decisions.Add(new SealedRedaction(row.Leaf, Whole(entry, "seq"), members, Text(entry, "approval")));
                findings.Add(AuditCodes.RedactionSealed, Whole(entry, "seq"), row.Leaf, Text(entry, "approval"), string.Join(", ", Redactions[Whole(entry, "seq")]), null, $"{Text(entry, "at")} {Text(entry, "by")}");
                break;
            case "missing":
                findings.Add(row.HasRow ? AuditCodes.FactReturned : AuditCodes.DeletedBeforeSealing, sequence, row.Leaf, row.Text(Column.Stream), null, Text(entry, "rec"));
                break;
            case "heads":
                if (ChooseHeads?.Invoke(row.Leaf) != false) Heads(row.Leaf, entry);
                break;
            case "schema-change":
                guards.Changed(row.Leaf, Whole(entry, "n"), bytes);
                findings.Add(AuditCodes.SchemaChanged, leaf: row.Leaf, subject: entry.GetProperty("object").GetString(), member: Text(entry, "tag"), found: $"{Text(entry, "at")} {entry.GetProperty("by").GetString()}");
                break;
            case "incident":
                findings.Add(AuditCodes.IncidentSealed, leaf: row.Leaf, subject: Text(entry, "code"), found: Text(entry, "detail"));
                break;
            case "manifest":
                Manifest(row, entry);
                break;
        }
    }

    private void Redact(long sequence, IEnumerable<string> members) =>
        (Redactions.TryGetValue(sequence, out var named) ? named : Redactions[sequence] = new SortedSet<string>(StringComparer.Ordinal)).UnionWith(members);

    private void Heads(long leaf, JsonElement entry)
    {
        var heads = streams.Tree();
        var (was, found) = ($"{heads.Count} {Convert.ToBase64String(heads.Root)}", $"{Text(entry, "count")} {Text(entry, "root")}");
        if (!string.Equals(was, found, StringComparison.Ordinal)) findings.Add(AuditCodes.HeadsRoot, leaf: leaf, member: "count, root", was: found, found: was);
    }

    private void Manifest(in LeafRow row, JsonElement entry)
    {
        var is_ = (Batch: Whole(entry, "batch"), First: Whole(entry, "first"), Events: Whole(entry, "events"));
        var should = (Batch: _last.Batch + 1, First: _batchStart, Events: _batchEvents);
        if (is_ != should || row.Whole(Column.Batch) != should.Batch)
            findings.Add(AuditCodes.ManifestDiffers, leaf: row.Leaf, member: "batch, first, events", was: $"{should.Batch}, {should.First}, {should.Events}", found: $"{is_.Batch}, {is_.First}, {is_.Events}");
        if (Whole(entry, "position") < _last.Position) findings.Add(AuditCodes.ManifestDiffers, leaf: row.Leaf, member: "position", was: $"{_last.Position}", found: Text(entry, "position"));
        _last = (is_.Batch, Whole(entry, "position"));
        (_batchStart, _batchEvents) = (row.Leaf + 1, 0);
        guards.Sealed(row.Leaf, entry.GetProperty("guards").GetString());
    }

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString() ?? throw new FormatException(name);

    private static long Whole(JsonElement entry, string name) => long.Parse(Text(entry, name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a sealed redaction says.</summary>
/// <param name="Leaf">Its leaf.</param>
/// <param name="Sequence">The event of which data were taken away.</param>
/// <param name="Members">Which.</param>
/// <param name="Approval">The stream of its approval.</param>
internal sealed record SealedRedaction(long Leaf, long Sequence, IReadOnlyList<string> Members, string Approval);
