using System.Buffers;
using System.Security.Cryptography;
using Ledger.Domain.Facts;

namespace Ledger.Host.Import;

/// <summary>A line of the file: where it lies in its block, or that it is longer than a line may be.</summary>
internal readonly record struct LineSpan(int Line, int Offset, int Length, bool TooLong);

/// <summary>Some lines of the file, in a buffer that is given back after use.</summary>
internal sealed class LineBlock(byte[] buffer, int size) : IDisposable
{
    public List<LineSpan> Lines { get; } = [];

    /// <summary>Bytes of the file that this block stands for.</summary>
    public int Size { get; set; } = size;

    public ReadOnlyMemory<byte> this[LineSpan line] => buffer.AsMemory(line.Offset, line.Length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}

/// <summary>
/// Cuts a stream into lines without ever holding more than a block: a line that is too long is counted and thrown away as
/// it passes. Hashes what it reads; skips a byte order mark and blank lines (which count as lines).
/// </summary>
internal sealed class LineReader(Stream file) : IDisposable
{
    private const int BlockSize = 256 * 1024;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _rest = [];
    private int _line = 1;
    private bool _skipping;
    private bool _started;
    private bool _ended;

    /// <summary>The SHA-256 of the whole file, once it has been read to the end.</summary>
    public byte[] Hash() => _hash.GetCurrentHash();

    /// <summary>The next lines; null at the end.</summary>
    public async Task<LineBlock?> ReadAsync(CancellationToken cancellation)
    {
        if (_ended) return null;
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        _rest.CopyTo(buffer, 0);
        var filled = _rest.Length;
        var read = 0;
        while (filled < BlockSize && (read = await ReadBytesAsync(buffer.AsMemory(filled, BlockSize - filled), cancellation)) > 0)
            filled += read;
        _ended = filled < BlockSize;
        var block = new LineBlock(buffer, filled - _rest.Length);
        var start = 0;
        if (!_started && buffer.AsSpan(0, filled).StartsWith("\uFEFF"u8)) start = 3;
        _started = true;
        while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is var length and >= 0)
        {
            Take(block, buffer, start, length);
            start += length + 1;
        }

        var left = filled - start;
        if (_ended)
        {
            if (left > 0 || _skipping) Take(block, buffer, start, left);
            _rest = [];
        }
        else if (_skipping || left > Envelope.LongestLine + 1)
        {
            // Too long already, also with a carriage return at its end: the rest of it is of no interest.
            _skipping = true;
            _rest = [];
        }
        else
        {
            _rest = buffer.AsSpan(start, left).ToArray();
        }

        return block;
    }

    public void Dispose() => _hash.Dispose();

    private void Take(LineBlock block, byte[] buffer, int start, int length)
    {
        var line = _line++;
        if (length > 0 && buffer[start + length - 1] == '\r') length--;
        if (_skipping || length > Envelope.LongestLine) block.Lines.Add(new LineSpan(line, 0, 0, true));
        else if (buffer.AsSpan(start, length).IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0) block.Lines.Add(new LineSpan(line, start, length, false));
        _skipping = false;
    }

    private async Task<int> ReadBytesAsync(Memory<byte> into, CancellationToken cancellation)
    {
        try
        {
            var read = await file.ReadAsync(into, cancellation);
            _hash.AppendData(into.Span[..read]);
            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
        {
            throw new ImportUnreadableException(e.Message, e);
        }
    }
}
