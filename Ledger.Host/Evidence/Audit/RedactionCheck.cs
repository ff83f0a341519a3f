using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// Events of which personal data were taken away: they open member by member, what is hidden is what sealed redactions name, and
/// what remains is what the ledger recorded before it did so.
/// </summary>
internal sealed class RedactionCheck(NpgsqlConnection connection, AuditFindings findings)
{
    private static readonly string Select =
        $"select {SealedRow.Columns}, {LeafOpening.Columns}, p.headers, p.data, "
        + "array(select r.data ->> 'remainder' from mt.mt_events r where r.type = 'RedactionCarriedOut' and r.data ->> 'sequence' = $1::text order by r.seq_id) "
        + "from ledger.intake i full join mt.mt_events e on e.seq_id = i.seq_id join ledger.leaf_payload p on p.seq_id = e.seq_id where e.seq_id = $1";

    /// <summary>Looks at each.</summary>
    public async Task RunAsync(
        IReadOnlyList<(long Sequence, long Leaf, byte[] Entry)> redacted, IReadOnlyDictionary<long, SortedSet<string>> redactions, CancellationToken cancellation)
    {
        foreach (var (sequence, leaf, entry) in redacted) await CheckAsync(sequence, leaf, entry, redactions.GetValueOrDefault(sequence) ?? [], cancellation);
    }

    private async Task CheckAsync(long sequence, long leaf, byte[] sealed_, SortedSet<string> named, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Select, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = sequence });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return;
        var row = SealedRow.Read(reader, new HashSet<string>(StringComparer.Ordinal));
        var opening = LeafOpening.Read(reader, 20);
        var (headers, data, recorded) = (reader.GetString(25), reader.GetString(26), reader.GetFieldValue<string[]>(27));
        using var entry = JsonDocument.Parse(sealed_);
        var stream = entry.RootElement.GetProperty("stream").GetString();

        foreach (var member in opening.Redacted.Where(m => !named.Contains(m)))
            findings.Add(AuditCodes.FactHidden, sequence, leaf, stream, $"data.{member}");
        // A hidden member opens whatever stands there, so what remains has to be what was recorded; the last of several
        // redactions may be recorded and yet to be done.
        var remains = Convert.ToHexStringLower(SHA256.HashData(Jcs.Bytes(row.CanonicalData)));
        if (!recorded.Contains(remains, StringComparer.Ordinal)) findings.Add(AuditCodes.FactChanged, sequence, leaf, stream, "data", recorded.LastOrDefault(), remains);
        // The hash of the row as it came in goes with the data, which could be guessed from it.
        if (!reader.IsDBNull(4)) findings.Add(AuditCodes.RowHash, sequence, leaf, stream, "row_sha256", null, Convert.ToBase64String(reader.GetFieldValue<byte[]>(4)));
        if (!string.Equals(headers, row.CanonicalHeaders, StringComparison.Ordinal)) findings.Add(AuditCodes.PayloadChanged, sequence, leaf, stream, "hdr");
        if (!string.Equals(data, row.CanonicalData, StringComparison.Ordinal)) findings.Add(AuditCodes.PayloadChanged, sequence, leaf, stream, "data");

        // The units that it names and what became of it before its sealing: only the entry knows these any more.
        var found = (row with
        {
            Event = row.Event! with
            {
                Units = [.. entry.RootElement.GetProperty("units").EnumerateArray().Select(u => u.GetString()!)],
                Intake = Enum.GetValues<IntakeState>().First(s => LogEntry.Text(s) == entry.RootElement.GetProperty("intake").GetString()),
            },
        }).Entry(opening);
        if (found is null)
        {
            findings.Add(AuditCodes.FactChanged, sequence, leaf, stream, "hdr, data", "opens", "does not open");
            return;
        }

        if (found.AsSpan().SequenceEqual(sealed_)) return;
        using var now = JsonDocument.Parse(found);
        foreach (var member in entry.RootElement.EnumerateObject())
            if (now.RootElement.TryGetProperty(member.Name, out var value) && Jcs.Text(value) != Jcs.Text(member.Value))
                findings.Add(member.Name is "rec" or "by" or "app" ? AuditCodes.IntakeChanged : AuditCodes.FactChanged, sequence, leaf, stream, member.Name, member.Value.ToString(), value.ToString());
    }
}
