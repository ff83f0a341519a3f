using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Audit;

/// <summary>Says in what a row that does not come to its entry differs from it, member by member.</summary>
internal sealed class RowDifferences(AuditFindings findings, bool unmasked)
{
    // What the database noted when the row came in; the rest is the row's own.
    private static readonly HashSet<string> OfIntake = new(StringComparer.Ordinal) { "rec", "by", "app" };

    /// <summary>Reports what is wrong with an event's leaf, or with its row.</summary>
    public void Report(in LeafRow row, RowFault fault)
    {
        var (sequence, leaf) = (row.Sequence, row.Leaf);
        using var entry = JsonDocument.Parse(row.Entry.ToArray());
        var stream = Text(entry, "stream");
        var type = Text(entry, "type");
        if (fault.HasFlag(RowFault.NoRow))
        {
            findings.Add(AuditCodes.FactDeleted, sequence, leaf, stream, null, type);
            return;
        }

        var intake = Text(entry, "intake");
        if (fault.HasFlag(RowFault.NoIntake) && intake != LogEntry.Text(IntakeState.None)) findings.Add(AuditCodes.IntakeMissing, sequence, leaf, stream, null, type);
        if (fault.HasFlag(RowFault.NoPayload)) findings.Add(AuditCodes.PayloadMissing, sequence, leaf, stream, null, type);

        var changed = fault.HasFlag(RowFault.Entry) | fault.HasFlag(RowFault.NoPayload) && Members(row, entry, stream);
        if (row.HasPayload && (fault.HasFlag(RowFault.Entry) || fault.HasFlag(RowFault.Payload)))
        {
            changed |= Part(row, entry, Commitment.Headers, Column.Headers, Column.SealedHeaders, stream, type);
            changed |= Part(row, entry, Commitment.Data, Column.Data, Column.SealedData, stream, type);
        }

        // A row that was sealed as it is, but not as it came in by today's word: then that word was changed.
        if (fault.HasFlag(RowFault.Intake) != (intake == LogEntry.Text(IntakeState.Differs)) && !changed && row.WasTaken)
            findings.Add(AuditCodes.RowHash, sequence, leaf, stream, "row_sha256", null, row.IsNull(Column.RowHash) ? null : Convert.ToBase64String(row[Column.RowHash]));
    }

    // The members that stand in the entry as they are.
    private bool Members(in LeafRow row, JsonDocument entry, string? stream)
    {
        var any = false;
        foreach (var (name, found) in Found(row))
        {
            if (!entry.RootElement.TryGetProperty(name, out var value)) continue;
            var was = Jcs.Text(value);
            if (string.Equals(was, found, StringComparison.Ordinal)) continue;
            if (OfIntake.Contains(name) && !row.WasTaken) continue;
            any |= !OfIntake.Contains(name);
            findings.Add(OfIntake.Contains(name) ? AuditCodes.IntakeChanged : AuditCodes.FactChanged, row.Sequence, row.Leaf, stream, name, Plain(was), Plain(found));
        }

        return any;
    }

    private static List<(string Name, string Value)> Found(in LeafRow row) =>
    [
        ("seq", LogEntry.Whole(row.Whole(Column.Row))), ("id", Jcs.Text(new Guid(row[Column.Id], bigEndian: true).ToString())),
        ("stream", Jcs.Text(row.Text(Column.Stream))), ("ver", LogEntry.Whole(row.Whole(Column.Version))), ("type", Jcs.Text(row.Text(Column.Type))),
        ("dotnet", Jcs.Text(row.Text(Column.DotNetType))), ("tenant", Jcs.Text(row.Text(Column.Tenant))), ("ts", Instant(row, Column.Timestamp)),
        ("rec", Instant(row, row.WasTaken ? Column.Recorded : Column.Timestamp)), ("user", Jcs.Text(row.Text(Column.User))),
        ("corr", Jcs.Text(row.Text(Column.Correlation))), ("caus", Jcs.Text(row.Text(Column.Causation))), ("by", Jcs.Text(row.Text(Column.Login))),
        ("app", Jcs.Text(row.Text(Column.Application))), ("archived", row[Column.Archived][0] == 0 ? "false" : "true"),
        ("bdata", row.IsNull(Column.Binary) ? "null" : Jcs.Text(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(row[Column.Binary])))),
    ];

    // The headers or the data: what was sealed is in the copy, if the copy opens the commitment.
    private bool Part(in LeafRow row, JsonDocument entry, string part, int column, int copyColumn, string? stream, string? type)
    {
        var was = Text(entry, part);
        var (canonical, copy) = (Canonical(row.Text(column)), row.Text(copyColumn)!);
        var salt = row[Column.Salt].ToArray();
        var (ofRow, ofCopy) = (Committed(salt, part, canonical), Committed(salt, part, copy));
        var rowIsGood = string.Equals(ofRow, was, StringComparison.Ordinal);
        var copyIsGood = string.Equals(ofCopy, was, StringComparison.Ordinal);
        if (rowIsGood && copyIsGood) return false;
        if (rowIsGood || !copyIsGood)
        {
            var any = false;
            foreach (var (name, right, wrong) in rowIsGood ? Different(canonical, copy) : [])
            {
                any = true;
                findings.Add(AuditCodes.PayloadChanged, row.Sequence, row.Leaf, stream, $"{part}.{name}", Shown(stream, type, part, canonical, name, right), Shown(stream, type, part, copy, name, wrong));
            }

            if (!any) findings.Add(AuditCodes.PayloadChanged, row.Sequence, row.Leaf, stream, part, was, ofCopy);
        }

        if (rowIsGood) return false;
        if (!copyIsGood)
        {
            findings.Add(AuditCodes.FactChanged, row.Sequence, row.Leaf, stream, part, was, ofRow);
            return true;
        }

        foreach (var (name, right, wrong) in Different(copy, canonical))
            findings.Add(AuditCodes.FactChanged, row.Sequence, row.Leaf, stream, $"{part}.{name}", Shown(stream, type, part, copy, name, right), Shown(stream, type, part, canonical, name, wrong));
        return true;
    }

    private static IEnumerable<(string Name, JsonNode? Right, JsonNode? Wrong)> Different(string right, string wrong)
    {
        if (Parsed(right) is not { } r || Parsed(wrong) is not { } w) yield break;
        foreach (var name in r.Select(m => m.Key).Union(w.Select(m => m.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal))
            if (r.ContainsKey(name) != w.ContainsKey(name) || !JsonNode.DeepEquals(r[name], w[name]))
                yield return (name, r[name], w[name]);
    }

    private static JsonObject? Parsed(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Committed(byte[] salt, string part, string canonical)
    {
        try
        {
            using var json = JsonDocument.Parse(canonical);
            return Convert.ToBase64String(Commitment.Of(salt, part, json.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string Canonical(string? json) => new SealedRow(0, null, null, json, null, null).CanonicalData;

    private static string Instant(in LeafRow row, int column) => Encoding.UTF8.GetString(new ByteText().Instant(row.Microseconds(column)).Span);

    private static string? Text(JsonDocument entry, string name) =>
        entry.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Plain(string json) => json == "null" ? null : json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json) : json;

    private string? Shown(string? stream, string? type, string part, string whole, string name, JsonNode? value)
    {
        if (value is null) return null;
        return part == Commitment.Headers ? AuditMask.Value(value) : AuditMask.Shown(stream, type, whole, name, value, unmasked);
    }
}
