using System.Security.Cryptography;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// SHA-256, and HMAC-SHA-256 (RFC 2104) under one key after the other: a row has a salt of its own and a dozen members, and setting up
/// the library's HMAC for each of them takes longer than all hashing. One for each thread, and for as long as an audit.
/// </summary>
internal sealed class SaltedHash
{
    private const int BlockSize = 64;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _inner = new byte[BlockSize];
    private readonly byte[] _outer = new byte[BlockSize];

    /// <summary>Takes the key of the MACs that follow.</summary>
    /// <param name="key">At most 64 bytes.</param>
    public void Key(ReadOnlySpan<byte> key)
    {
        if (key.Length > BlockSize) throw new ArgumentException("longer than a block", nameof(key));
        _inner.AsSpan().Fill(0x36);
        _outer.AsSpan().Fill(0x5c);
        for (var i = 0; i < key.Length; i++)
        {
            _inner[i] ^= key[i];
            _outer[i] ^= key[i];
        }
    }

    /// <summary>The MAC of a text under the key.</summary>
    public void Mac(ReadOnlySpan<byte> text, Span<byte> mac)
    {
        _hash.AppendData(_inner);
        Hash(text, mac);
        _hash.AppendData(_outer);
        Hash(mac, mac);
    }

    /// <summary>The hash of a text.</summary>
    public void Hash(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        _hash.AppendData(text);
        _hash.GetHashAndReset(hash);
    }
}
