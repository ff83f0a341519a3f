using System.Security.Cryptography;
using Ledger.Domain.Sealing;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Ledger.Host.Evidence.Keys;

/// <summary>
/// Signs notes with SM2 and SM3 (GB/T 32918, type 0xff; docs/evidence.md §4), beside Ed25519: DER over the note's text, with
/// the default user id. Deterministic like Ed25519, so that signing again after an interruption gives the same note.
/// </summary>
public sealed class Sm2Signer : INoteSigner
{
    private readonly byte[] _secret;

    /// <summary>The signer of a secret number of 32 bytes.</summary>
    public Sm2Signer(string name, byte[] secret)
    {
        _secret = secret;
        Key = NoteKey.Of(name, NoteKey.Other, [.. NoteKey.Sm2Identifier, .. Sm2Curve.PublicKey(secret)]);
    }

    /// <summary>The public key.</summary>
    public NoteKey Key { get; }

    /// <inheritdoc/>
    public string Name => Key.Name;

    /// <inheritdoc/>
    public uint KeyId => Key.KeyId;

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message) => Sm2Curve.Sign(_secret, message.ToArray());
}

/// <summary>Verifies SM2-with-SM3 signatures.</summary>
internal sealed class Sm2Verifier(NoteKey key) : INoteVerifier
{
    private readonly byte[] _point = key.Material[NoteKey.Sm2Identifier.Length..];

    public string Name => key.Name;

    public uint KeyId => key.KeyId;

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Sm2Curve.Verify(_point, message.ToArray(), signature.ToArray());
}

/// <summary>SM2 over bytes.</summary>
internal static class Sm2Curve
{
    public const int KeySize = 32;

    private static readonly ECDomainParameters Domain = new(GMNamedCurves.GetByName("sm2p256v1"));

    public static byte[] PublicKey(byte[] secret) =>
        IsSecret(secret) ? Domain.G.Multiply(new BigInteger(1, secret)).Normalize().GetEncoded(compressed: false) : throw new ArgumentException("Not an SM2 key.", nameof(secret));

    /// <summary>Whether it is a number from 1 to n-2, as 32 bytes.</summary>
    public static bool IsSecret(byte[] secret) =>
        secret.Length == KeySize && new BigInteger(1, secret) is { SignValue: > 0 } d && d.CompareTo(Domain.N.Subtract(BigInteger.Two)) <= 0;

    /// <summary>Whether it is an uncompressed point of the curve.</summary>
    public static bool IsKey(byte[] point) => TryPoint(point, out _);

    public static byte[] Sign(byte[] secret, byte[] message)
    {
        var signer = new SM2Signer();
        signer.Init(forSigning: true, new ParametersWithRandom(new ECPrivateKeyParameters(new BigInteger(1, secret), Domain), new DerivedRandom(secret, message)));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.GenerateSignature();
    }

    public static bool Verify(byte[] point, byte[] message, byte[] signature)
    {
        if (!TryPoint(point, out var key)) return false;
        var signer = new SM2Signer();
        signer.Init(forSigning: false, key);
        signer.BlockUpdate(message, 0, message.Length);
        return signer.VerifySignature(signature);
    }

    private static bool TryPoint(byte[] point, out ICipherParameters? key)
    {
        key = null;
        try
        {
            if (point.Length != 65 || point[0] != 0x04) return false;
            key = new ECPublicKeyParameters(Domain.Curve.DecodePoint(point), Domain);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// Bytes that follow from the key and the message, as in RFC 6979: a nonce that nobody else can guess and that is never used
    /// for another message. A weak random source cannot give the key away.
    /// </summary>
    private sealed class DerivedRandom(byte[] secret, byte[] message) : SecureRandom(null!)
    {
        private readonly byte[] _digest = SHA256.HashData(message);
        private byte _block;

        public override void NextBytes(byte[] buf) => NextBytes(buf.AsSpan());

        public override void NextBytes(byte[] buf, int off, int len) => NextBytes(buf.AsSpan(off, len));

        public override void NextBytes(Span<byte> buffer)
        {
            for (var at = 0; at < buffer.Length; at += SHA256.HashSizeInBytes)
            {
                var block = HMACSHA256.HashData(secret, (byte[])[.. "SM2-SM3 nonce\n"u8, _block++, .. _digest]);
                block.AsSpan(0, Math.Min(block.Length, buffer.Length - at)).CopyTo(buffer[at..]);
            }
        }
    }
}
