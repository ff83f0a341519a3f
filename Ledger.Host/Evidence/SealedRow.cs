using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>
/// An event as the sealer finds it in the database, or the trace of one that is gone. Any row becomes a leaf: archived,
/// unknown or unreadable ones as well.
/// </summary>
/// <param name="Sequence">Its position.</param>
/// <param name="Event">What the row says; null when only the intake knows of it.</param>
/// <param name="Headers">The headers as stored.</param>
/// <param name="Data">The data as stored.</param>
/// <param name="Binary">Marten's binary data: always null for facts.</param>
/// <param name="Taken">What the intake noted; null when nobody saw the row come in.</param>
public sealed record SealedRow(long Sequence, EventRow? Event, string? Headers, string? Data, byte[]? Binary, Intake? Taken)
{
    /// <summary>The columns, from <c>i</c> (ledger.intake) and <c>e</c> (mt.mt_events).</summary>
    public const string Columns =
        "coalesce(i.seq_id, e.seq_id), i.recorded_at, i.login, i.application, i.row_sha256, "
        + "case when i.row_sha256 is not null and e.seq_id is not null then ledger.row_hash(e) end, "
        + "e.id, e.stream_id, e.version, e.type, e.mt_dotnet_type, e.tenant_id, e.timestamp, e.user_name, e.correlation_id, e.causation_id, "
        + "e.is_archived, e.headers::text, e.data::text, e.bdata";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static SealedRow Read(NpgsqlDataReader row, IReadOnlySet<string> registeredUnits)
    {
        var sequence = row.GetInt64(0);
        var taken = row.IsDBNull(1) ? null : new Intake(Instant(row, 1), Text(row, 2), Text(row, 3));
        if (row.IsDBNull(6)) return new SealedRow(sequence, null, null, null, null, taken);
        var state = taken is null ? IntakeState.None
            : row.IsDBNull(4) ? IntakeState.Unhashed
            : row.GetFieldValue<byte[]>(4).AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(5)) ? IntakeState.Ok
            : IntakeState.Differs;
        var (stream, type, data) = (row.GetString(7), row.GetString(9), Text(row, 18));
        return new SealedRow(
            sequence,
            new EventRow(
                sequence, row.GetGuid(6), stream, row.GetInt64(8), type, Text(row, 10), Text(row, 11), Instant(row, 12),
                // A row that nobody saw come in has no recorded time but its own word.
                taken?.RecordedAt ?? Instant(row, 12), Text(row, 13), Text(row, 14), Text(row, 15), taken?.Login, taken?.Application,
                row.GetBoolean(16), NamedUnits.Of(stream, type, data, registeredUnits), state),
            Text(row, 17), data, row.IsDBNull(19) ? null : row.GetFieldValue<byte[]>(19), taken);
    }

    /// <summary>The entry, with the salt that opens it.</summary>
    public byte[] Entry(byte[] salt)
    {
        if (Event is null) return LogEntry.Missing(Sequence, Taken!.RecordedAt, Taken.Login, Taken.Application);
        using var headers = JsonDocument.Parse(CanonicalHeaders);
        using var data = JsonDocument.Parse(CanonicalData);
        return LogEntry.Event(
            Event,
            Commitment.Of(salt, Commitment.Headers, headers.RootElement),
            Commitment.Of(salt, Commitment.Data, data.RootElement),
            Binary is null ? null : SHA256.HashData(Binary));
    }

    /// <summary>The entry that the row comes to with what opens it now; null when its members are not those that were sealed.</summary>
    /// <param name="opening">What opens it; after a redaction the members that are kept and hashes of those that are not.</param>
    public byte[]? Entry(LeafOpening opening)
    {
        if (Event is null) return null;
        using var headers = JsonDocument.Parse(CanonicalHeaders);
        using var data = JsonDocument.Parse(CanonicalData);
        return opening.CommitmentTo(Commitment.Headers, headers.RootElement) is { } hdr && opening.CommitmentTo(Commitment.Data, data.RootElement) is { } dat
            ? LogEntry.Event(Event, hdr, dat, Binary is null ? null : SHA256.HashData(Binary))
            : null;
    }

    /// <summary>The headers in canonical form; an object without members when there are none.</summary>
    public string CanonicalHeaders => Canonical(Headers ?? "{}");

    /// <summary>The data in canonical form.</summary>
    public string CanonicalData => Canonical(Data ?? "{}");

    // What has no canonical form, or is no object, is committed to as the text that it is: it must be a leaf all the same.
    private static string Canonical(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return Jcs.Text(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
        }

        return Jcs.Object([("$text", Jcs.Text(json))]);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Instant(NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);
}

/// <summary>What the database noted when a row came in.</summary>
/// <param name="RecordedAt">When, by the database's clock.</param>
/// <param name="Login">The login that wrote it.</param>
/// <param name="Application">What its connection called itself.</param>
public sealed record Intake(DateTimeOffset RecordedAt, string? Login, string? Application);
