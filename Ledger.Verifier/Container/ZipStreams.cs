namespace Ledger.Verifier.Container;

/// <summary>
/// A stretch of a file. The last byte is handed out alone: whoever unpacks data that end before it never asks for it, so
/// that bytes hidden behind the packed data show.
/// </summary>
internal sealed class Section(Stream file, long start, long length) : ReadOnlyStream
{
    private long _read;

    public bool IsAtEnd => _read == length;

    public override int Read(Span<byte> buffer)
    {
        var left = length - _read;
        if (left == 0 || buffer.IsEmpty) return 0;
        file.Position = start + _read;
        var count = file.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(1, left - 1))]);
        _read += count;
        return count;
    }
}

/// <summary>Computes the CRC-32 of what is read through it.</summary>
internal sealed class Crc32Stream(Stream inner) : ReadOnlyStream
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (crc, _) => (crc >> 1) ^ ((crc & 1) * 0xedb88320)))];
    private uint _crc = uint.MaxValue;

    public uint Value => ~_crc;

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        foreach (var b in buffer[..count]) _crc = Table[(_crc ^ b) & 0xff] ^ (_crc >> 8);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A stream that can only be read from front to back.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
