using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Host.Evidence.Bundle;

/// <summary>Writes a BagIt bag (RFC 8493) into a ZIP file: each file is hashed while it is written, the manifests come last.</summary>
internal sealed class BagWriter : IDisposable
{
    // The same content makes the same file.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip;
    private readonly SortedDictionary<string, string> _payload = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _tags = new(StringComparer.Ordinal);
    private long _octets;

    public BagWriter(Stream to) => _zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>A file of the payload, under <c>data/</c>, or a tag file beside it.</summary>
    public Task AddAsync(string name, string text, CancellationToken cancellation) => AddAsync(name, Encoding.UTF8.GetBytes(text), cancellation);

    /// <summary>A file from its bytes.</summary>
    public Task AddAsync(string name, byte[] content, CancellationToken cancellation) =>
        AddAsync(name, (to, stop) => to.WriteAsync(content, stop).AsTask(), cancellation);

    /// <summary>A file from whatever writes it.</summary>
    public async Task AddAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        using var sha256 = SHA256.Create();
        await using var file = await entry.OpenAsync(cancellation);
        var counted = new CountingStream(file);
        await using (var hashed = new CryptoStream(counted, sha256, CryptoStreamMode.Write, leaveOpen: true)) await write(hashed, cancellation);
        (name.StartsWith("data/", StringComparison.Ordinal) ? _payload : _tags).Add(name, Convert.ToHexStringLower(sha256.Hash!));
        if (name.StartsWith("data/", StringComparison.Ordinal)) _octets += counted.Count;
    }

    /// <summary>The tag files that close the bag.</summary>
    public async Task FinishAsync(string organization, string description, DateOnly on, CancellationToken cancellation)
    {
        await AddAsync("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", cancellation);
        await AddAsync("bag-info.txt", string.Create(CultureInfo.InvariantCulture,
            $"Source-Organization: {organization}\nExternal-Description: {description}\nBagging-Date: {on:yyyy-MM-dd}\nPayload-Oxum: {_octets}.{_payload.Count}\n"), cancellation);
        await AddAsync("manifest-sha256.txt", Lines(_payload), cancellation);
        await AddAsync("tagmanifest-sha256.txt", Lines(_tags), cancellation);
    }

    public void Dispose() => _zip.Dispose();

    private static string Lines(SortedDictionary<string, string> files) => string.Concat(files.Select(f => $"{f.Value}  {f.Key}\n"));

    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            inner.Write(buffer, offset, count);
            Count += count;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            Count += buffer.Length;
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
