using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Domain.Redactions;
using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// The events of which something was redacted, and whether they are what was sealed but for that: the members that are kept
/// open the entry together with the hashes of the others, a sealed redaction names each of the others, and the ledger recorded the
/// hash of what remains before it took anything away. Few, so each is looked at on its own.
/// </summary>
public sealed class RedactedRows
{
    private readonly Dictionary<long, string?> _wrong = [];

    /// <summary>Looks at all of them.</summary>
    public static async Task<RedactedRows> ReadAsync(NpgsqlConnection snapshot, CancellationToken cancellation)
    {
        var named = await NamedAsync(snapshot, cancellation);
        var rows = new RedactedRows();
        await using var command = new NpgsqlCommand(
            $"select {SealedRow.Columns}, l.entry, p.headers, p.data, {LeafOpening.Columns}, "
            + "array(select c.data ->> 'remainder' from mt.mt_events c where c.type = $1 and c.data ->> 'sequence' = l.seq_id::text), l.seq_id "
            + "from ledger.leaf l join (select distinct m.seq_id from ledger.leaf_member m) r on r.seq_id = l.seq_id "
            + "left join ledger.leaf_payload p on p.seq_id = l.seq_id left join ledger.intake i on i.seq_id = l.seq_id left join mt.mt_events e on e.seq_id = l.seq_id "
            + "where i.seq_id is not null and e.seq_id is not null",
            snapshot) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = nameof(RedactionCarriedOut) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var sequence = reader.GetInt64(29);
            rows._wrong[sequence] = reader.IsDBNull(22)
                ? "ledger.leaf_payload"
                : WhatIsWrong(reader, named.GetValueOrDefault(sequence) ?? []);
        }

        return rows;
    }

    /// <summary>Those that are not what they should be, with what is wrong.</summary>
    public IReadOnlyList<(long Sequence, string What)> Wrong => [.. _wrong.Where(w => w.Value is not null).Select(w => (w.Key, w.Value!))];

    /// <summary>The fault of a row of which something was redacted, which is reported here; null for any other row.</summary>
    internal RowFault? Check(in LeafRow row, AuditFindings findings)
    {
        if (row.Sequence is not { } sequence || !_wrong.TryGetValue(sequence, out var wrong)) return null;
        if (wrong is not null) findings.Add(AuditCodes.RedactionDiffers, sequence, row.Leaf, row.Text(Column.Stream), wrong);
        return RowFault.None;
    }

    private static async Task<Dictionary<long, HashSet<string>>> NamedAsync(NpgsqlConnection snapshot, CancellationToken cancellation)
    {
        var named = new Dictionary<long, HashSet<string>>();
        await using var command = new NpgsqlCommand("select entry from ledger.leaf where kind = 'redaction'", snapshot) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            try
            {
                using var entry = JsonDocument.Parse(reader.GetFieldValue<byte[]>(0));
                if (!long.TryParse(entry.RootElement.GetProperty("seq").GetString(), out var sequence)) continue;
                if (!named.TryGetValue(sequence, out var members)) named.Add(sequence, members = new HashSet<string>(StringComparer.Ordinal));
                members.UnionWith(entry.RootElement.GetProperty("members").EnumerateArray().Select(m => m.GetString()!));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                // No entry: the walk over the leaves says so.
            }
        }

        return named;
    }

    // What is not as it should be; null when everything is.
    private static string? WhatIsWrong(NpgsqlDataReader reader, HashSet<string> named)
    {
        var row = SealedRow.Read(reader, new HashSet<string>(StringComparer.Ordinal));
        var bytes = reader.GetFieldValue<byte[]>(20);
        var opening = LeafOpening.Read(reader, 23);
        if (opening.Salt is not null) return "salt";
        if (opening.Redacted.FirstOrDefault(name => !named.Contains(name)) is { } other) return "data." + other;
        if (!reader.IsDBNull(4)) return "row_sha256";
        if (row.CanonicalHeaders != reader.GetString(21) || row.CanonicalData != reader.GetString(22)) return "ledger.leaf_payload";
        if (!reader.GetFieldValue<string[]>(28).Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.CanonicalData))), StringComparer.Ordinal)) return "data";
        try
        {
            using var entry = JsonDocument.Parse(bytes);
            // The row does not say which units it named, nor is its hash kept: the entry is believed, as of every other row.
            var sealedAs = row with
            {
                Event = row.Event! with
                {
                    Units = [.. entry.RootElement.GetProperty("units").EnumerateArray().Select(u => u.GetString()!)],
                    Intake = Enum.GetValues<IntakeState>().First(s => LogEntry.Text(s) == entry.RootElement.GetProperty("intake").GetString()),
                },
            };
            return sealedAs.Entry(opening) is { } found && found.AsSpan().SequenceEqual(bytes) ? null : "entry";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return "entry";
        }
    }
}
