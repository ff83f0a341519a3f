using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>Counts the streams again as the leaves pass by: what the sealer keeps in its tables, from the log alone.</summary>
internal sealed class StreamRecount(AuditFindings findings)
{
    private const string Fillers = "mt_tombstone";

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(string Name, long Version, long Leaf)> _heads = [];
    private readonly Dictionary<string, Index> _indexes = new(StringComparer.Ordinal);

    /// <summary>How many streams there are.</summary>
    public int Count => _heads.Count;

    /// <summary>Takes an event's entry.</summary>
    public void Add(ReadOnlySpan<byte> entry, long leaf)
    {
        if (EntryMembers.Text(entry, "stream"u8) is not { } stream || string.Equals(stream, Fillers, StringComparison.Ordinal)) return;
        if (!long.TryParse(EntryMembers.Text(entry, "ver"u8), out var version)) return;
        if (!_numbers.TryGetValue(stream, out var number))
        {
            _numbers.Add(stream, number = _heads.Count);
            _heads.Add((stream, version, leaf));
        }
        else if (_heads[number].Version < version)
        {
            _heads[number] = (_heads[number].Name, version, leaf);
        }

        var slash = stream.IndexOf('/', StringComparison.Ordinal);
        Of("kind:" + (slash < 0 ? stream : stream[..slash])).Add(number, stream);
        var units = EntryMembers.Raw(entry, "units"u8);
        if (units.Length > 2)
            foreach (var unit in System.Text.Json.JsonSerializer.Deserialize<string[]>(units)!) Of("unit:" + unit).Add(number, stream);
    }

    /// <summary>The heads tree over everything so far.</summary>
    public HeadsTree Tree() => new(
        _heads.Select(h => new StreamHead(h.Name, h.Version, h.Leaf)),
        _indexes.Select(i => new IndexHead(i.Key, i.Value.Streams.Count, i.Value.Chain)));

    /// <summary>Compares with what the sealer keeps.</summary>
    public async Task CompareAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await HeadsAsync(connection, cancellation);
        await IndexesAsync(connection, cancellation);
    }

    private async Task HeadsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var seen = new bool[_heads.Count];
        await using (var command = new NpgsqlCommand("select stream, version, leaf_index from ledger.stream_head", connection) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
            {
                var (stream, found) = (reader.GetString(0), Text(reader.GetInt64(1), reader.GetInt64(2)));
                if (!_numbers.TryGetValue(stream, out var number))
                {
                    findings.Add(AuditCodes.StreamHead, subject: stream, found: found);
                    continue;
                }

                seen[number] = true;
                var was = Text(_heads[number].Version, _heads[number].Leaf);
                if (!string.Equals(was, found, StringComparison.Ordinal)) findings.Add(AuditCodes.StreamHead, leaf: _heads[number].Leaf, subject: stream, member: "version, leaf_index", was: was, found: found);
            }

        for (var i = 0; i < seen.Length; i++)
            if (!seen[i]) findings.Add(AuditCodes.StreamHead, leaf: _heads[i].Leaf, subject: _heads[i].Name, was: Text(_heads[i].Version, _heads[i].Leaf));

        static string Text(long version, long leaf) => $"{version}, {leaf}";
    }

    // The rows of an index in their order, each link of the chain from the one before.
    private async Task IndexesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var counted = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("select name, n, stream, chain from ledger.stream_index order by name, n", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (name, chain) = ((string?)null, IndexHead.Beginning);
        while (await reader.ReadAsync(cancellation))
        {
            var (index, n, stream) = (reader.GetString(0), reader.GetInt64(1), reader.GetString(2));
            if (!string.Equals(index, name, StringComparison.Ordinal)) (name, chain) = (index, IndexHead.Beginning);
            var place = counted.GetValueOrDefault(index);
            var was = _indexes.TryGetValue(index, out var right) && place < right.Streams.Count ? _heads[right.Streams[place]].Name : null;
            counted[index] = place + 1;
            if (n != place + 1 || !string.Equals(was, stream, StringComparison.Ordinal))
                findings.Add(AuditCodes.StreamIndex, subject: index, member: $"{n}", was: was, found: stream);
            if (was is not null) chain = IndexHead.Link(chain, was);
            if (was is not null && !reader.GetFieldValue<byte[]>(3).AsSpan().SequenceEqual(chain))
                findings.Add(AuditCodes.StreamIndex, subject: index, member: $"{n}.chain", was: Convert.ToBase64String(chain), found: Convert.ToBase64String(reader.GetFieldValue<byte[]>(3)));
        }

        foreach (var (index, right) in _indexes)
            if (counted.GetValueOrDefault(index) < right.Streams.Count)
                findings.Add(AuditCodes.StreamIndex, subject: index, member: "count", was: $"{right.Streams.Count}", found: $"{counted.GetValueOrDefault(index)}");
    }

    private Index Of(string name) => _indexes.TryGetValue(name, out var index) ? index : _indexes[name] = new Index();

    private sealed class Index
    {
        private readonly HashSet<int> _members = [];

        public List<int> Streams { get; } = [];

        public byte[] Chain { get; private set; } = IndexHead.Beginning;

        public void Add(int number, string stream)
        {
            if (!_members.Add(number)) return;
            Streams.Add(number);
            Chain = IndexHead.Link(Chain, stream);
        }
    }
}
