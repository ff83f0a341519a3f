using System.Security.Cryptography;
using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Audit;

/// <summary>What is wrong with a leaf's row, at first sight.</summary>
[Flags]
internal enum RowFault
{
    None = 0,
    /// <summary>The row does not come to the entry.</summary>
    Entry = 1,
    /// <summary>The row is not the sealed copy.</summary>
    Payload = 2,
    /// <summary>The row is not what was taken in.</summary>
    Intake = 4,
    /// <summary>There is no row.</summary>
    NoRow = 8,
    /// <summary>There is no sealed copy, and so no salt.</summary>
    NoPayload = 16,
    /// <summary>There is no note of the intake.</summary>
    NoIntake = 32,
    /// <summary>Something of it was redacted, so that it opens member by member; it is looked at by itself.</summary>
    Redacted = 64,
}

/// <summary>
/// Hashes a row into its entry again and compares: nothing of what was sealed is believed but the salt and what the row
/// cannot say (the units that it names, and what the intake was found to be). One for each thread.
/// </summary>
internal sealed class RowHasher
{
    private readonly CanonicalPart _headers = new(Commitment.Headers);
    private readonly CanonicalPart _data = new(Commitment.Data);
    private readonly ByteText _entry = new();
    private readonly ByteText _record = new();
    private readonly ByteText _number = new();

    /// <summary>The entry that the row came to.</summary>
    public ReadOnlySpan<byte> Entry => _entry.Span;

    /// <summary>Compares an event's row with its entry, its sealed copy and the intake's note.</summary>
    public RowFault Check(in LeafRow row)
    {
        var fault = (row.WasTaken ? RowFault.None : RowFault.NoIntake) | (row.HasPayload ? RowFault.None : RowFault.NoPayload);
        if (!row.HasRow) return fault | RowFault.NoRow;
        if (row.IsRedacted) return fault | RowFault.Redacted;
        _headers.Read(row[Column.Headers]);
        _data.Read(row[Column.Data]);
        if (row.HasPayload)
        {
            Compose(row);
            if (!_entry.Span.SequenceEqual(row.Entry)) fault |= RowFault.Entry;
            if (!_headers.Canonical.SequenceEqual(row[Column.SealedHeaders]) || !_data.Canonical.SequenceEqual(row[Column.SealedData])) fault |= RowFault.Payload;
        }

        if (row.WasTaken && !row.IsNull(Column.RowHash) && !IsTaken(row)) fault |= RowFault.Intake;
        return fault;
    }

    /// <summary>Whether the row has the hash that the intake noted: that of ledger.row_hash (schema.sql), computed here.</summary>
    public bool IsTaken(in LeafRow row)
    {
        _record.Clear().Add((byte)'(').Add(row.Whole(Column.Row)).Add((byte)',').Id(row[Column.Id]).Add((byte)',');
        Field(row, Column.Stream);
        _record.Add(row.Whole(Column.Version)).Add((byte)',');
        Field(row, Column.Type);
        Field(row, Column.Tenant);
        _record.Add(row.Microseconds(Column.Timestamp)).Add((byte)',');
        Field(row, Column.DotNetType);
        _record.Add(row[Column.Archived][0] == 0 ? (byte)'f' : (byte)'t').Add((byte)',');
        Field(row, Column.Causation);
        Field(row, Column.Correlation);
        Field(row, Column.Headers);
        Field(row, Column.User);
        Field(row, Column.Data);
        if (!row.IsNull(Column.Binary)) _record.Field(_number.Clear().Add(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(row[Column.Binary]))).Span);
        Span<byte> hash = stackalloc byte[Merkle.HashSize];
        SHA256.HashData(_record.Add((byte)')').Span, hash);
        return hash.SequenceEqual(row[Column.RowHash]);
    }

    private void Field(in LeafRow row, int column) => _record.Field(row[column], row.IsNull(column)).Add((byte)',');

    // Members in the order of the canonical form (docs/evidence.md §2).
    private void Compose(in LeafRow row)
    {
        Span<byte> hash = stackalloc byte[Merkle.HashSize];
        _entry.Clear().Add("{\"app\":"u8);
        Text(row, Column.Application).Add(",\"archived\":"u8).Add(row[Column.Archived][0] == 0 ? "false"u8 : "true"u8).Add(",\"bdata\":"u8);
        if (row.IsNull(Column.Binary))
        {
            _entry.Add("null"u8);
        }
        else
        {
            SHA256.HashData(row[Column.Binary], hash);
            _entry.Add((byte)'"').Base64(hash).Add((byte)'"');
        }

        _entry.Add(",\"by\":"u8);
        Text(row, Column.Login).Add(",\"caus\":"u8);
        Text(row, Column.Causation).Add(",\"corr\":"u8);
        Text(row, Column.Correlation).Add(",\"data\":\""u8);
        _data.Commit(row[Column.Salt], hash);
        _entry.Base64(hash).Add("\",\"dotnet\":"u8);
        Text(row, Column.DotNetType).Add(",\"hdr\":\""u8);
        _headers.Commit(row[Column.Salt], hash);
        _entry.Base64(hash).Add("\",\"id\":\""u8).Id(row[Column.Id])
            .Add("\",\"intake\":"u8).Add(EntryMembers.Raw(row.Entry, "intake"u8))
            .Add(",\"kind\":\"event\",\"rec\":"u8)
            // A row that nobody saw come in has no recorded time but its own word.
            .Instant(row.Microseconds(row.WasTaken ? Column.Recorded : Column.Timestamp))
            .Add(",\"seq\":\""u8).Add(row.Whole(Column.Row)).Add("\",\"stream\":"u8);
        Text(row, Column.Stream).Add(",\"tenant\":"u8);
        Text(row, Column.Tenant).Add(",\"ts\":"u8).Instant(row.Microseconds(Column.Timestamp)).Add(",\"type\":"u8);
        Text(row, Column.Type).Add(",\"units\":"u8).Add(EntryMembers.Raw(row.Entry, "units"u8)).Add(",\"user\":"u8);
        Text(row, Column.User).Add(",\"v\":1,\"ver\":\""u8).Add(row.Whole(Column.Version)).Add("\"}"u8);
    }

    private ByteText Text(in LeafRow row, int column) => _entry.Json(row[column], row.IsNull(column));
}

/// <summary>Finds members in an entry's bytes without reading all of it as JSON.</summary>
internal static class EntryMembers
{
    /// <summary>
    /// A member's value as it stands; empty when there is none. The name in quotation marks with a colon cannot stand inside of a
    /// value: there its second quotation mark would be escaped.
    /// </summary>
    public static ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> name)
    {
        for (var from = 0; entry[from..].IndexOf(name) is >= 0 and var at; from += at + name.Length)
        {
            var end = from + at + name.Length;
            if (from + at > 0 && entry[from + at - 1] == (byte)'"' && end + 1 < entry.Length && entry[end] == (byte)'"' && entry[end + 1] == (byte)':')
                return entry.Slice(end + 2, Length(entry[(end + 2)..]));
        }

        return default;
    }

    /// <summary>A member's text; null when it has none.</summary>
    public static string? Text(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> name)
    {
        var raw = Raw(entry, name);
        if (raw.Length < 2 || raw[0] != (byte)'"') return null;
        var inner = raw[1..^1];
        return inner.Contains((byte)'\\') ? System.Text.Json.JsonSerializer.Deserialize<string>(raw) : System.Text.Encoding.UTF8.GetString(inner);
    }

    // Of the value at the beginning: a text, a list, or a word or number.
    private static int Length(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return 0;
        if (value[0] == (byte)'"')
        {
            for (var i = 1; i < value.Length; i++)
                if (value[i] == (byte)'\\') i++;
                else if (value[i] == (byte)'"') return i + 1;
            return value.Length;
        }

        if (value[0] is not ((byte)'[' or (byte)'{'))
        {
            var end = value.IndexOfAny((byte)',', (byte)'}');
            return end < 0 ? value.Length : end;
        }

        var depth = 0;
        for (var i = 0; i < value.Length; i++)
            switch (value[i])
            {
                case (byte)'"':
                    i += Length(value[i..]) - 1;
                    break;
                case (byte)'[' or (byte)'{':
                    depth++;
                    break;
                case (byte)']' or (byte)'}' when --depth == 0:
                    return i + 1;
            }

        return value.Length;
    }
}
