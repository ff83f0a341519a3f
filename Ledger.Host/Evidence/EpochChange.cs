using System.Globalization;
using Ledger.Domain.Sealing;
using Ledger.Projections.Store;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>A new log of the same ledger.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="Checkpoint">Its first checkpoint.</param>
/// <param name="Key">The vkey that signs it; everybody who checks this ledger has to be told.</param>
/// <param name="Reason">Why it was begun and what is lost, as its first entry says for ever.</param>
public sealed record EpochReport(int Epoch, SignedNote Checkpoint, string Key, string Reason);

/// <summary>
/// Begins a new log where the old one cannot go on: the database was rolled back behind what was signed, or rewritten. The
/// old log's tables are kept beside the new ones, as they are; everything in the database is sealed again, and the first
/// entry names the last checkpoint of the old log and what is missing. It hides nothing: whoever held the old checkpoint
/// sees that the ledger does not continue it.
/// </summary>
/// <param name="owner">The database as its owner reaches it.</param>
/// <param name="sealer">Says whether the old log can go on, and begins the new one.</param>
/// <param name="folder">Where the journal is.</param>
public sealed class EpochChange(NpgsqlDataSource owner, Sealer sealer, EvidenceFolder folder)
{
    /// <summary>The tables of a log. What says how the database was changed goes on, and is sealed again.</summary>
    private static readonly string[] Tables =
        ["head", "leaf", "leaf_payload", "leaf_member", "tile", "checkpoint", "cosignature", "time_stamp", "stream_head", "stream_index", "pending_leaf"];

    /// <summary>Begins a new log.</summary>
    /// <param name="reason">Why, in the operator's words.</param>
    /// <param name="force">Also where nothing forbids the old log to go on, such as when its key is lost or stolen.</param>
    /// <param name="cancellation">Stops it; before the new log is there, nothing has happened.</param>
    /// <returns>What was begun; null when there is no reason to.</returns>
    public async Task<EpochReport?> RunAsync(string reason, bool force, CancellationToken cancellation = default)
    {
        if (await IncidentAsync(cancellation) is null && !force) return null;
        var ledger = await sealer.LedgerAsync(cancellation);
        await using (var connection = await owner.OpenConnectionAsync(cancellation))
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            await RunAsync(connection, "lock table ledger.head in access exclusive mode", cancellation);
            var epoch = await ScalarAsync<int>(connection, "select epoch from ledger.head", cancellation);
            var journal = folder.Journal(ledger, epoch);
            var (previous, loss) = await LossAsync(connection, journal, cancellation);
            await ArchiveAsync(connection, epoch, cancellation);
            await LedgerSchema.ApplyEvidenceAsync(transaction, cancellation);
            await using (var begin = new NpgsqlCommand("update ledger.head set epoch = $1, previous = $2, reason = $3", connection))
            {
                begin.Parameters.Add(new NpgsqlParameter<int> { TypedValue = epoch + 1 });
                begin.Parameters.Add(new NpgsqlParameter { Value = (object?)previous ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
                begin.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"{reason} [{loss}]" });
                await begin.ExecuteNonQueryAsync(cancellation);
            }

            await CarryOnAsync(connection, epoch, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await sealer.SealWithHeadsAsync(cancellation);
        return await ReportAsync(cancellation);
    }

    private async Task<EvidenceStoppedException?> IncidentAsync(CancellationToken cancellation)
    {
        try
        {
            await sealer.SealAsync(cancellation);
            return null;
        }
        // A key or a journal that is not here is brought back; only what cannot be mended ends a log.
        catch (EvidenceStoppedException e)
        {
            return e.Code is EvidenceStoppedException.Rollback or EvidenceStoppedException.Fork ? e : null;
        }
    }

    // What the journal has signed for, what the database still holds, and up to where both are the same.
    private static async Task<(string? Previous, string Loss)> LossAsync(NpgsqlConnection connection, Journal journal, CancellationToken cancellation)
    {
        var tree = await LogSnapshot.ReadAsync(connection, cancellation);
        var signed = journal.Exists ? journal.All() : [];
        if (signed.Count == 0) return (await PublishedAsync(connection, cancellation), Invariant($"journal: none; database: {tree.Size} leaves up to position {tree.Position}"));
        var last = signed[^1].Checkpoint;
        long? common = null;
        foreach (var entry in signed.Reverse().Where(e => e.Checkpoint.Size <= tree.Size))
        {
            if (!await IsOfAsync(tree, entry.Checkpoint)) continue;
            common = entry.Checkpoint.Size;
            break;
        }

        var missing = last.Size > tree.Size ? Invariant($"; leaves {tree.Size} to {last.Size - 1} are missing") : "";
        return (signed[^1].Note, Invariant(
            $"journal: {last.Size} leaves, root {Convert.ToBase64String(last.Root)}; database: {tree.Size} leaves up to position {tree.Position}{missing}; last checkpoint in common: {(common is { } size ? Invariant($"{size} leaves") : "none")}"));
    }

    // A tree that lacks a tile is no tree that was signed.
    private static async Task<bool> IsOfAsync(LogSnapshot tree, Checkpoint checkpoint)
    {
        try
        {
            return (await tree.RootAsync(checkpoint.Size)).AsSpan().SequenceEqual(checkpoint.Root);
        }
        catch (EvidenceStoppedException)
        {
            return false;
        }
    }

    private static async Task<string?> PublishedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select note from ledger.checkpoint order by tree_size desc limit 1", connection);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    private static async Task ArchiveAsync(NpgsqlConnection connection, int epoch, CancellationToken cancellation)
    {
        foreach (var table in Tables)
        {
            await RunAsync(connection, Invariant($"alter table ledger.{table} rename to {table}_epoch_{epoch}"), cancellation);
            await RunAsync(connection, Invariant($"select ledger.guard('ledger.{table}_epoch_{epoch}')"), cancellation);
        }
    }

    // What was waiting to be sealed still is. A new key was one of the old log's.
    private static Task CarryOnAsync(NpgsqlConnection connection, int epoch, CancellationToken cancellation) => RunAsync(
        connection,
        Invariant($"insert into ledger.pending_leaf (kind, body) select p.kind, p.body from ledger.pending_leaf_epoch_{epoch} p ")
        + Invariant($"where p.kind <> 'key-change' and not exists (select from ledger.leaf_epoch_{epoch} l where l.pending = p.n) order by p.n"),
        cancellation);

    private async Task<EpochReport> ReportAsync(CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(
            "select h.epoch, (select c.note from ledger.checkpoint c order by c.tree_size desc limit 1), h.key, h.reason from ledger.head h");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new EpochReport(reader.GetInt32(0), SignedNote.Parse(reader.GetString(1)), reader.GetString(2), reader.GetString(3));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
