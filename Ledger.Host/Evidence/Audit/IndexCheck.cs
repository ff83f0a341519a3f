using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// Whether an index leads to what its table holds: the same rows are read through the index and past it. With the extension
/// amcheck, and a login that may use it, the structure of every index is looked at as well.
/// </summary>
/// <param name="connection">A connection in the audit's snapshot.</param>
/// <param name="database">For connections of their own: one that has met a damaged index is broken.</param>
/// <param name="findings">Where findings go.</param>
internal sealed class IndexCheck(NpgsqlConnection connection, NpgsqlDataSource database, AuditFindings findings)
{
    private const string PastIndexes = "set local enable_seqscan = on; set local enable_indexscan = off; set local enable_indexonlyscan = off; set local enable_bitmapscan = off";
    private const string ThroughIndexes = "set local enable_seqscan = off; set local enable_indexscan = on; set local enable_indexonlyscan = off; set local enable_bitmapscan = off";

    private static readonly (string Table, string Key)[] Tables = [("mt.mt_events", "seq_id"), ("ledger.intake", "seq_id"), ("ledger.leaf", "leaf_index"), ("ledger.leaf_payload", "seq_id")];

    /// <summary>Compares them.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var (table, key) in Tables)
        {
            var (heap, index) = (await SumsAsync(PastIndexes, table, key, cancellation), await SumsAsync(ThroughIndexes, table, key, cancellation));
            foreach (var bucket in heap.Keys.Union(index.Keys).Order())
                if (heap.GetValueOrDefault(bucket) != index.GetValueOrDefault(bucket))
                    await BucketAsync(table, key, bucket, cancellation);
        }

        await StructureAsync(cancellation);
    }

    private async Task BucketAsync(string table, string key, long bucket, CancellationToken cancellation)
    {
        var (heap, index) = (await RowsAsync(PastIndexes, table, key, bucket, cancellation), await RowsAsync(ThroughIndexes, table, key, bucket, cancellation));
        foreach (var (id, _) in heap.Except(index)) findings.Add(AuditCodes.IndexDiffers, key == "seq_id" ? id : null, key == "seq_id" ? null : id, table, key, null, "heap");
        foreach (var (id, _) in index.Except(heap)) findings.Add(AuditCodes.IndexDiffers, key == "seq_id" ? id : null, key == "seq_id" ? null : id, table, key, null, "index");
    }

    private async Task<Dictionary<long, (long, decimal)>> SumsAsync(string how, string table, string key, CancellationToken cancellation)
    {
        var sums = new Dictionary<long, (long, decimal)>();
        await foreach (var reader in ReadAsync(how, $"select {key} >> 10, count(*), sum(hashtextextended(t::text, 0)::numeric) from {table} t where {key} >= 0 group by 1", cancellation))
            sums.Add(reader.GetInt64(0), (reader.GetInt64(1), reader.GetDecimal(2)));
        return sums;
    }

    private async Task<List<(long, long)>> RowsAsync(string how, string table, string key, long bucket, CancellationToken cancellation)
    {
        var rows = new List<(long, long)>();
        await foreach (var reader in ReadAsync(how, $"select {key}, hashtextextended(t::text, 0) from {table} t where {key} >= {bucket << 10} and {key} < {(bucket + 1) << 10}", cancellation))
            rows.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return rows;
    }

    private async IAsyncEnumerable<NpgsqlDataReader> ReadAsync(string how, string sql, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await using (var set = new NpgsqlCommand(how, connection)) await set.ExecuteNonQueryAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return reader;
    }

    private async Task StructureAsync(CancellationToken cancellation)
    {
        var indexes = new List<string>();
        await using (var command = new NpgsqlCommand(
            "select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace join pg_class x on x.oid = i.indexrelid "
            + "join pg_am a on a.oid = x.relam where n.nspname in ('mt', 'ledger') and a.amname = 'btree' "
            + "and coalesce(has_function_privilege(to_regprocedure('bt_index_check(regclass, boolean)'), 'execute'), false) order by 1", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) indexes.Add(reader.GetString(0));
        if (indexes.Count == 0) findings.Add(AuditCodes.IndexUnchecked);
        foreach (var index in indexes)
        {
            try
            {
                await using var own = await database.OpenConnectionAsync(cancellation);
                await using var check = new NpgsqlCommand("select bt_index_check($1::regclass, true)", own) { CommandTimeout = 0 };
                check.Parameters.Add(new NpgsqlParameter<string> { TypedValue = index });
                await check.ExecuteNonQueryAsync(cancellation);
            }
            catch (PostgresException e) when (e.SqlState.StartsWith("XX", StringComparison.Ordinal))
            {
                findings.Add(AuditCodes.IndexDiffers, subject: index, found: e.MessageText);
            }
        }
    }
}
