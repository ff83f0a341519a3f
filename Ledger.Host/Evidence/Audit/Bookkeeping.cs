using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>What has to be true between the tables: every row was taken in and has its leaf, every stream its version.</summary>
internal sealed class Bookkeeping(NpgsqlConnection connection, AuditFindings findings)
{
    private const int Range = 4_096;

    /// <summary>The sealer's head beside what the leaves come to.</summary>
    public async Task HeadAsync(TreeWalk tree, LeafWalk leaves, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select tree_size, position, batch, edge, origin from ledger.head", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            findings.Add(AuditCodes.HeadDiffers, subject: "ledger.head");
            return;
        }

        Compare("tree_size", tree.Size, reader.GetInt64(0));
        Compare("position", leaves.Position, reader.GetInt64(1));
        Compare("batch", leaves.Batch, reader.GetInt64(2));
        Compare("edge", Text(tree.Levels), Text(reader.GetFieldValue<byte[][]>(3)));
        Compare("origin", leaves.Origin ?? "", reader.IsDBNull(4) ? "" : reader.GetString(4));

        void Compare<T>(string member, T was, T found)
        {
            if (!EqualityComparer<T>.Default.Equals(was, found)) findings.Add(AuditCodes.HeadDiffers, subject: "ledger.head", member: member, was: $"{was}", found: $"{found}");
        }

        static string Text(IEnumerable<byte[]> levels) => string.Join(' ', levels.Select(Convert.ToBase64String));
    }

    /// <summary>Up to the sealed position every row has a leaf, and every leaf and copy belongs to one.</summary>
    public async Task SealedAsync(long position, CancellationToken cancellation)
    {
        // Fillers may come late (schema.sql, 4): they wait in ledger.late_row for the next batch.
        await EachAsync(
            "select e.seq_id, e.stream_id, e.type, i.seq_id is null from mt.mt_events e left join ledger.intake i on i.seq_id = e.seq_id "
            + $"where e.seq_id <= {position} and not exists (select from ledger.leaf l where l.seq_id = e.seq_id) "
            + "and not (e.stream_id = 'mt_tombstone' and i.seq_id is not null and exists (select from ledger.late_row r where r.seq_id = e.seq_id)) order by 1",
            row => findings.Add(row.GetBoolean(3) ? AuditCodes.FactForged : AuditCodes.LeafAbsent, row.GetInt64(0), subject: row.GetString(1), found: row.GetString(2)), cancellation);
        await EachAsync(
            $"select i.seq_id from ledger.intake i where i.seq_id <= {position} and not exists (select from ledger.leaf l where l.seq_id = i.seq_id) "
            + "and not exists (select from mt.mt_events e where e.seq_id = i.seq_id) order by 1",
            row => findings.Add(AuditCodes.LeafAbsent, row.GetInt64(0), subject: "ledger.intake"), cancellation);
        await EachAsync(
            "select p.seq_id from ledger.leaf_payload p where not exists (select from ledger.leaf l where l.seq_id = p.seq_id) order by 1",
            row => findings.Add(AuditCodes.PayloadForged, row.GetInt64(0), subject: "ledger.leaf_payload"), cancellation);
        await EachAsync(
            "select distinct m.seq_id from ledger.leaf_member m where not exists (select from ledger.leaf_payload p where p.seq_id = m.seq_id and p.salt is null) order by 1",
            row => findings.Add(AuditCodes.PayloadForged, row.GetInt64(0), subject: "ledger.leaf_member"), cancellation);
    }

    /// <summary>Above the sealed position every row is what was taken in. Answers how many there are.</summary>
    public async Task<long> UnsealedAsync(long position, CancellationToken cancellation)
    {
        var (chunk, hasher, count) = (new LeafChunk(), new RowHasher(), 0L);
        for (var from = await NextAsync(position, cancellation); from is { } first; from = await NextAsync(first + Range - 1, cancellation))
        {
            await chunk.ReadUnsealedAsync(connection, first, first + Range, cancellation);
            for (var i = 0; i < chunk.Count; i++) Unsealed(chunk[i], hasher);
            count += chunk.Count;
        }

        return count;
    }

    private void Unsealed(in LeafRow row, RowHasher hasher)
    {
        var code = !row.WasTaken ? AuditCodes.FactForged
            : !row.HasRow ? AuditCodes.DeletedUnsealed
            : !row.IsNull(Column.RowHash) && !hasher.IsTaken(row) ? AuditCodes.ChangedUnsealed
            : null;
        if (code is not null) findings.Add(code, row.Sequence, subject: row.Text(Column.Stream) ?? "ledger.intake", found: row.Text(Column.Type));
    }

    /// <summary>A stream's version is the number of its events and the greatest of theirs.</summary>
    public Task StreamsAsync(CancellationToken cancellation) => EachAsync(
        "select coalesce(s.id, e.stream_id), s.version::bigint, e.last::bigint, e.number from mt.mt_streams s full join "
        + "(select stream_id, max(version) as last, count(*) as number from mt.mt_events group by stream_id) e on e.stream_id = s.id "
        + "where coalesce(s.id, e.stream_id) <> 'mt_tombstone' and (coalesce(s.version, 0) <> coalesce(e.number, 0) or e.last <> e.number or s.id is null) order by 1",
        row => findings.Add(
            AuditCodes.StreamVersion, subject: row.GetString(0), member: "version", was: $"{Number(row, 3)}", found: $"{Number(row, 1)}{(Number(row, 2) == Number(row, 3) ? "" : $" (max {Number(row, 2)})")}"),
        cancellation);

    private async Task<long?> NextAsync(long after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select least((select min(seq_id) from ledger.intake where seq_id > $1), (select min(seq_id) from mt.mt_events where seq_id > $1))", connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    private async Task EachAsync(string sql, Action<NpgsqlDataReader> take, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) take(reader);
    }

    private static string Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? "-" : row.GetInt64(column).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The tiles that are full, from the second level up; the first is compared with the leaves.</summary>
    public async Task TileAsync(FullTile tile, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select hashes from ledger.tile where level = $1 and n = $2", connection);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)tile.Level });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = tile.Index });
        var found = (byte[]?)await command.ExecuteScalarAsync(cancellation);
        if (found is null || !found.AsSpan().SequenceEqual(tile.Hashes))
            findings.Add(
                AuditCodes.TileDiffers, leaf: (tile.Index + 1) << (8 * (tile.Level + 1)), subject: $"tile/{tile.Level}/{tile.Index}",
                was: Hash(tile.Hashes), found: found is null ? null : Hash(found));

        static string Hash(byte[] hashes) => Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(hashes));
    }
}
