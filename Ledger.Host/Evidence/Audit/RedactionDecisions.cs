using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Redactions;
using Npgsql;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// Behind each sealed redaction stands a decision that names the same fact and members, approved by another person than asked for it;
/// and only what was redacted may have lost the hash of its row.
/// </summary>
internal sealed class RedactionDecisions(NpgsqlConnection connection, AuditFindings findings)
{
    /// <summary>Looks at each.</summary>
    public async Task RunAsync(IReadOnlyList<SealedRedaction> redactions, IReadOnlyList<(long Sequence, long Leaf, string? Stream)> unhashed, CancellationToken cancellation)
    {
        foreach (var redaction in redactions)
            if (!await IsDecidedAsync(redaction, cancellation))
                findings.Add(AuditCodes.RedactionUndecided, redaction.Sequence, redaction.Leaf, redaction.Approval, string.Join(", ", redaction.Members));
        if (unhashed.Count == 0) return;
        var carriedOut = await CarriedOutAsync(cancellation);
        // A new log seals again what was redacted under the old one, whose hash went with the data.
        foreach (var (sequence, leaf, stream) in unhashed.Where(u => !carriedOut.Contains(u.Sequence)))
            findings.Add(AuditCodes.Unhashed, sequence, leaf, stream, "row_sha256");
    }

    private async Task<bool> IsDecidedAsync(SealedRedaction redaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select d.data::text, (select e.id from mt.mt_events e where e.seq_id = $2) from mt.mt_events d where d.type = $3 and 'approval/' || (d.data ->> 'approval') = $1 "
            + "and exists (select from mt.mt_events g join mt.mt_events r on r.stream_id = g.stream_id and r.type = 'ApprovalRequested' "
            + "where g.stream_id = $1 and g.type = 'ApprovalGranted' and g.data ->> 'grantedBy' <> r.data ->> 'requestedBy')", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = redaction.Approval });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = redaction.Sequence });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = nameof(PersonalDataRedacted) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (!reader.IsDBNull(1) && Says(reader.GetString(0), reader.GetGuid(1), redaction.Members)) return true;
        return false;
    }

    private static bool Says(string data, Guid fact, IReadOnlyList<string> members)
    {
        try
        {
            return FactJson.ReadTrusted(EventCatalog.Find(nameof(PersonalDataRedacted))!, data) is PersonalDataRedacted decided
                && decided.Fact.ToEventId() == fact && members.All(m => decided.Members.Contains(m, StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<HashSet<long>> CarriedOutAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select data ->> 'sequence' from mt.mt_events where type = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = nameof(RedactionCarriedOut) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var carriedOut = new HashSet<long>();
        while (await reader.ReadAsync(cancellation))
            if (long.TryParse(reader.GetString(0), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var sequence)) carriedOut.Add(sequence);
        return carriedOut;
    }
}
