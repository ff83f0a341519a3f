using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>A published checkpoint as its row holds it.</summary>
/// <param name="Size">Number of leaves, by the row.</param>
/// <param name="Root">The root, by the row.</param>
/// <param name="Text">The note.</param>
internal sealed record PublishedRow(long Size, byte[] Root, string Text);

/// <summary>Whether each checkpoint was signed by the key of its time, and by the operator's.</summary>
internal sealed class SignatureCheck(AuditFindings findings)
{
    /// <summary>The checkpoints in the order of their sizes.</summary>
    public static async Task<List<PublishedRow>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select tree_size, root, note from ledger.checkpoint order by tree_size", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<PublishedRow>();
        while (await reader.ReadAsync(cancellation)) rows.Add(new PublishedRow(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2)));
        return rows;
    }

    /// <summary>Verifies them.</summary>
    /// <param name="rows">The checkpoints in the order of their sizes.</param>
    /// <param name="keys">The keys of the log, each with the leaf that names it.</param>
    /// <param name="pinned">The operator's keys.</param>
    /// <param name="origin">The log's name.</param>
    public void Verify(IReadOnlyList<PublishedRow> rows, IReadOnlyList<(long Leaf, NoteKey Key)> keys, IReadOnlyList<NoteKey> pinned, string? origin)
    {
        var signed = new HashSet<NoteKey>();
        var (current, named) = (keys.Count > 0 ? keys[0].Key : null, 1);
        foreach (var row in rows)
        {
            if (Parse(row, origin) is not { } note) continue;
            var next = current;
            for (; named < keys.Count && keys[named].Leaf < row.Size; named++) next = keys[named].Key;
            // The checkpoint that first includes a new key is signed by both.
            foreach (var key in new[] { current, next }.OfType<NoteKey>().Distinct())
                if (note.Verify(NoteKeys.Require(key)).IsTrusted) signed.Add(key);
                else findings.Add(AuditCodes.SignatureInvalid, leaf: row.Size, subject: "ledger.checkpoint", was: key.ToString());
            current = next;
        }

        foreach (var key in pinned)
            if (!signed.Contains(key)) findings.Add(AuditCodes.KeyUntrusted, subject: key.Name, was: key.ToString(), found: string.Join(' ', signed));
    }

    private SignedNote? Parse(PublishedRow row, string? origin)
    {
        try
        {
            var note = SignedNote.Parse(row.Text);
            var checkpoint = Checkpoint.Parse(note.Text);
            if (checkpoint.Size == row.Size && checkpoint.Root.AsSpan().SequenceEqual(row.Root) && (origin is null || checkpoint.Origin == origin)) return note;
            findings.Add(
                AuditCodes.CheckpointUnreadable, leaf: row.Size, subject: "ledger.checkpoint", member: "origin, tree_size, root",
                was: $"{checkpoint.Origin} {checkpoint.Size} {Convert.ToBase64String(checkpoint.Root)}", found: $"{origin} {row.Size} {Convert.ToBase64String(row.Root)}");
        }
        catch (EvidenceFormatException e)
        {
            findings.Add(AuditCodes.CheckpointUnreadable, leaf: row.Size, subject: "ledger.checkpoint", found: e.Message);
        }

        return null;
    }
}
