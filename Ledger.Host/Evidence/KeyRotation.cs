using System.Text.Json;
using Ledger.Domain.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Host.Evidence;

/// <summary>
/// Changes the key that signs: the new one is announced in the log, and the checkpoint that first includes the announcement is
/// signed by both. Whoever trusts the old key can follow to the new one (docs/evidence.md §4).
/// </summary>
/// <param name="owner">The database as its owner reaches it: nobody else announces a key.</param>
/// <param name="sealer">Seals and signs.</param>
/// <param name="keys">Makes and keeps the new key.</param>
public sealed class KeyRotation(NpgsqlDataSource owner, Sealer sealer, IKeyRing keys)
{
    /// <summary>Makes a new key and has it sign from the next checkpoint on.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who has it done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The public half of the new key, and the checkpoint that both have signed.</returns>
    /// <exception cref="EvidenceStoppedException">The log cannot go on, so it has no use for a key.</exception>
    public async Task<(NoteKey Key, SignedNote Checkpoint)> RunAsync(string reason, string by, CancellationToken cancellation = default)
    {
        // Everything is signed by then, a rotation that was interrupted as well; a log that cannot go on says so here.
        await sealer.SealAsync(cancellation);
        var ledger = await sealer.LedgerAsync(cancellation);
        var key = keys.Create(ledger, await TextAsync("select origin from ledger.head", cancellation));
        await using (var announce = owner.CreateCommand("insert into ledger.pending_leaf (kind, body) values ('key-change', $1)"))
        {
            announce.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = JsonSerializer.Serialize(new { key = key.ToString(), by, reason }) });
            await announce.ExecuteNonQueryAsync(cancellation);
        }

        await sealer.SealAsync(cancellation);
        // A host may have sealed it meanwhile, and gone on: the checkpoint is the first that both have signed.
        return (key, SignedNote.Parse(await TextAsync(
            "select c.note from ledger.checkpoint c where c.tree_size > (select max(l.leaf_index) from ledger.leaf l where l.kind = 'key-change') order by c.tree_size limit 1", cancellation)));
    }

    private async Task<string> TextAsync(string sql, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
