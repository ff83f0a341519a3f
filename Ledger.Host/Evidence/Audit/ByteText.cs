using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Audit;

/// <summary>UTF-8 that is written again and again into one buffer.</summary>
internal sealed class ByteText
{
    // What neither JSON nor PostgreSQL's record output has to escape.
    private static readonly SearchValues<byte> EscapedInJson = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\']);
    private static readonly SearchValues<byte> QuotedInRecord = SearchValues.Create("\"\\(), \t\n\v\f\r"u8);

    private byte[] _bytes = new byte[4_096];

    public int Length { get; set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public ReadOnlySpan<byte> this[int start, int length] => _bytes.AsSpan(start, length);

    public ByteText Clear()
    {
        Length = 0;
        return this;
    }

    public ByteText Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    public ByteText Add(byte value)
    {
        Room(1)[0] = value;
        Length++;
        return this;
    }

    public ByteText Add(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out var written);
        Length += written;
        return this;
    }

    public ByteText Base64(ReadOnlySpan<byte> bytes)
    {
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, Room(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        Length += written;
        return this;
    }

    /// <summary>An id as text, from its 16 bytes.</summary>
    public ByteText Id(ReadOnlySpan<byte> bytes)
    {
        Utf8Formatter.TryFormat(new Guid(bytes, bigEndian: true), Room(36), out var written);
        Length += written;
        return this;
    }

    /// <summary>A JSON text in canonical form; <c>null</c> for none.</summary>
    public ByteText Json(ReadOnlySpan<byte> text, bool isNull = false)
    {
        if (isNull) return Add("null"u8);
        return text.IndexOfAny(EscapedInJson) < 0 ? Add((byte)'"').Add(text).Add((byte)'"') : Add(Jcs.Bytes(Jcs.Text(Encoding.UTF8.GetString(text))));
    }

    /// <summary>An instant as entries write it, in quotation marks: the first or last that there is for one that is infinite.</summary>
    public ByteText Instant(long microseconds)
    {
        var at = microseconds switch
        {
            long.MinValue => DateTimeOffset.MinValue,
            long.MaxValue => DateTimeOffset.MaxValue,
            _ => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond),
        };
        at.UtcDateTime.TryFormat(Room(29), out var written, "'\"'yyyy-MM-dd'T'HH:mm:ss.ffffff'Z\"'", CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    /// <summary>A field as PostgreSQL's <c>row(…)::text</c> writes it.</summary>
    public ByteText Field(ReadOnlySpan<byte> text, bool isNull = false)
    {
        if (isNull) return this;
        if (text.Length > 0 && text.IndexOfAny(QuotedInRecord) < 0) return Add(text);
        var to = Room((2 * text.Length) + 2);
        var at = 0;
        to[at++] = (byte)'"';
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\') to[at++] = b;
            to[at++] = b;
        }

        to[at++] = (byte)'"';
        Length += at;
        return this;
    }

    private Span<byte> Room(int count)
    {
        if (Length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + count));
        return _bytes.AsSpan(Length);
    }
}
