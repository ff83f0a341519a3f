using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

public sealed partial class LedgerAudit
{
    private sealed partial class Run
    {
        // While the rows of one chunk are hashed on all cores, the next one is read.
        private async Task FactsAsync(NpgsqlConnection snapshot, CancellationToken cancellation)
        {
            var total = await ScalarAsync<long>(snapshot, "select coalesce(max(leaf_index) + 1, 0) from ledger.leaf", cancellation);
            var edge = await ScalarAsync<byte[][]>(snapshot, "select edge from ledger.head", cancellation);
            await ChooseHeadsAsync(snapshot, cancellation);
            var firstRow = Math.Max(_options.Since, TakeUp());
            if (firstRow > 0) _findings.Add(AuditCodes.RowsSkipped, leaf: firstRow);

            var report = Reporter(AuditStep.Facts);
            var (reading, hashing) = (new HashedChunk(), new HashedChunk());
            await ReadAsync(reading, 0, total, cancellation);
            var noted = 0L;
            while (reading.From < total)
            {
                (reading, hashing) = (hashing, reading);
                var hashed = hashing.HashAsync(firstRow, cancellation);
                var read = hashing.To < total ? ReadAsync(reading, hashing.To, total, cancellation) : Task.CompletedTask;
                // Both are waited for, whichever fails: they use buffers that nobody else may have meanwhile.
                await Task.WhenAll(hashed, read);
                if (hashing.To >= total) reading.Begin(total, total);
                await TakeAsync(hashing, (total / HashTiles.Width, edge.Length > 0 ? edge[0] : []), firstRow, cancellation);
                if (_options is { ProgressFile: not null, Since: 0 } && hashing.To > firstRow && hashing.To - noted >= _options.NoteEvery)
                {
                    Note(_options.ProgressFile);
                    noted = hashing.To;
                }

                report(hashing.To, total);
                cancellation.ThrowIfCancellationRequested();
            }

            if (_options.ProgressFile is { } done && File.Exists(done)) File.Delete(done);
        }

        private async Task ReadAsync(HashedChunk chunk, long from, long total, CancellationToken cancellation)
        {
            // A page that cannot be read is looked for by halves, so that one bad page hides one leaf and not thousands.
            for (var size = (long)_options.Chunk; ; size /= 2)
            {
                await using var snapshot = await _audit.OpenAsync(_exported, cancellation);
                chunk.Begin(from, Math.Min(from + Math.Max(1, size), total));
                try
                {
                    await chunk.Leaves.ReadAsync(snapshot.Connection, chunk.From, chunk.To, withRows: size > 0, cancellation);
                    if (size > 0) chunk.Damage = null;
                    return;
                }
                catch (PostgresException e) when (IsDamage(e) && size > 0)
                {
                    chunk.Damage = e.MessageText;
                }
            }
        }

        private async Task TakeAsync(HashedChunk chunk, (long Index, byte[] Hashes) lastTile, long firstRow, CancellationToken cancellation)
        {
            await using var snapshot = await _audit.OpenAsync(_exported, cancellation);
            await _leaves.TilesAsync(snapshot.Connection, chunk.From, chunk.To, cancellation);
            var filled = new List<FullTile>();
            for (var i = 0; i < chunk.Leaves.Count; i++)
            {
                var row = chunk.Leaves[i];
                filled.AddRange(_leaves.Take(row, chunk.Hashes[i], row.Leaf < firstRow ? null : chunk.Faults[i], chunk.Expected[i], lastTile, chunk.Damage));
            }

            var bookkeeping = new Bookkeeping(snapshot.Connection, _findings);
            foreach (var tile in filled) await bookkeeping.TileAsync(tile, cancellation);
        }

        // All of them unless that would hash too much; then some, and always the last.
        private async Task ChooseHeadsAsync(NpgsqlConnection snapshot, CancellationToken cancellation)
        {
            if (_options.Full) return;
            var heads = new List<long>();
            await using (var command = new NpgsqlCommand("select leaf_index from ledger.leaf where kind = 'heads' order by leaf_index", snapshot) { CommandTimeout = 0 })
            await using (var reader = await command.ExecuteReaderAsync(cancellation))
                while (await reader.ReadAsync(cancellation)) heads.Add(reader.GetInt64(0));
            var streams = await ScalarAsync<long>(snapshot, "select count(*) from ledger.stream_head", cancellation);
            var each = ((heads.Count * streams) / MostHeads) + 1;
            if (each == 1) return;
            var chosen = heads.Where((_, i) => (heads.Count - 1 - i) % each == 0).ToHashSet();
            _leaves.ChooseHeads = chosen.Contains;
            _findings.Add(AuditCodes.HeadsSampled, subject: "heads", was: $"{heads.Count}", found: $"{chosen.Count}");
        }

        // The leaves are read again all the same; their root has to be the one that the earlier run saw.
        private long TakeUp()
        {
            if (!_options.Resume || _options.ProgressFile is not { } path || AuditResume.Read(path)?.RowsOnly() is not { } earlier || earlier.Ledger != _ledger) return 0;
            _earlier = earlier;
            _findings.Restore(earlier.Findings, earlier.Counts);
            _tree.Expect(RootClaim.Resumed, earlier.Size, Convert.FromBase64String(earlier.Root));
            return earlier.Size;
        }

        private void Note(string path) => new AuditResume(
            _ledger, _leaves.Origin, _tree.Size, Convert.ToBase64String(_tree.Root()), [.. _tree.Levels.Select(Convert.ToBase64String)],
            _leaves.Rows + (_earlier?.Rows ?? 0), _findings.Kept, _findings.Counts).RowsOnly().Write(path);
    }

    // A chunk with what its leaves and rows came to.
    private sealed class HashedChunk
    {
        private readonly RowHasher[] _hashers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new RowHasher())];

        public LeafChunk Leaves { get; } = new();

        public long From { get; private set; }

        public long To { get; private set; }

        // Why its row could not be read.
        public string? Damage { get; set; }

        public byte[][] Hashes { get; private set; } = [];

        public RowFault[] Faults { get; private set; } = [];

        // The hash of the entry that the row came to, where that is not the leaf's.
        public byte[]?[] Expected { get; private set; } = [];

        public void Begin(long from, long to) => (From, To) = (from, to);

        public Task HashAsync(long firstRow, CancellationToken cancellation)
        {
            if (Hashes.Length < Leaves.Count) (Hashes, Faults, Expected) = (new byte[Leaves.Count][], new RowFault[Leaves.Count], new byte[]?[Leaves.Count]);
            var share = (Leaves.Count + _hashers.Length - 1) / _hashers.Length;
            return Task.WhenAll(Enumerable.Range(0, _hashers.Length).Select(part => Task.Run(
                () =>
                {
                    for (var i = part * share; i < Math.Min(Leaves.Count, (part + 1) * share); i++) Hash(_hashers[part], i, firstRow);
                }, cancellation)));
        }

        private void Hash(RowHasher hasher, int i, long firstRow)
        {
            var row = Leaves[i];
            Hashes[i] = row.LeafHash();
            (Faults[i], Expected[i]) = (RowFault.None, null);
            if (row.Leaf < firstRow || Damage is not null || !row[Column.Kind].SequenceEqual("event"u8)) return;
            Faults[i] = hasher.Check(row);
            if (Faults[i].HasFlag(RowFault.Entry)) Expected[i] = Merkle.LeafHash(hasher.Entry);
        }
    }
}
