using Ledger.Domain.Sealing;
using Ed25519 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Ledger.Host.Evidence.Keys;

/// <summary>Signs notes with an Ed25519 key in memory (C2SP signed-note, type 0x01). Deterministic: the same text has the same signature.</summary>
public sealed class Ed25519Signer : INoteSigner
{
    private readonly byte[] _seed;

    /// <summary>The signer of a seed of 32 bytes.</summary>
    public Ed25519Signer(string name, byte[] seed)
    {
        _seed = seed;
        Key = NoteKey.Of(name, NoteKey.Ed25519, Ed25519Curve.PublicKey(seed));
    }

    /// <summary>The public key.</summary>
    public NoteKey Key { get; }

    /// <inheritdoc/>
    public string Name => Key.Name;

    /// <inheritdoc/>
    public uint KeyId => Key.KeyId;

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message) => Ed25519Curve.Sign(_seed, message);
}

/// <summary>Signs checkpoints as a witness (C2SP tlog-cosignature, type 0x04): the time of its clock goes into the signature.</summary>
public sealed class CosignatureSigner : INoteSigner
{
    private readonly byte[] _seed;
    private readonly TimeProvider _clock;

    /// <summary>The signer of a seed of 32 bytes. A key that signs cosignatures signs nothing else.</summary>
    public CosignatureSigner(string name, byte[] seed, TimeProvider clock)
    {
        (_seed, _clock) = (seed, clock);
        Key = NoteKey.Of(name, NoteKey.Cosignature, Ed25519Curve.PublicKey(seed));
    }

    /// <summary>The public key.</summary>
    public NoteKey Key { get; }

    /// <inheritdoc/>
    public string Name => Key.Name;

    /// <inheritdoc/>
    public uint KeyId => Key.KeyId;

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var time = _clock.GetUtcNow().ToUnixTimeSeconds();
        return Cosignature.Join(time, Ed25519Curve.Sign(_seed, Cosignature.Message(message, time)));
    }
}

/// <summary>Verifies signatures of type 0x01.</summary>
internal sealed class Ed25519Verifier(NoteKey key) : INoteVerifier
{
    private readonly byte[] _point = key.Material;

    public string Name => key.Name;

    public uint KeyId => key.KeyId;

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Ed25519Curve.Verify(_point, message, signature);
}

/// <summary>Verifies cosignatures, type 0x04.</summary>
internal sealed class CosignatureVerifier(NoteKey key) : INoteVerifier
{
    private readonly byte[] _point = key.Material;

    public string Name => key.Name;

    public uint KeyId => key.KeyId;

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Cosignature.TrySplit(signature, out var time, out var ed25519) && Ed25519Curve.Verify(_point, Cosignature.Message(message, time), ed25519);
}

/// <summary>RFC 8032 over bytes.</summary>
internal static class Ed25519Curve
{
    public const int KeySize = 32;

    public static byte[] PublicKey(byte[] seed)
    {
        if (seed.Length != KeySize) throw new ArgumentException("An Ed25519 seed has 32 bytes.", nameof(seed));
        var key = new byte[KeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        return key;
    }

    /// <summary>Whether it is a point of the large order: others have signatures that verify for every message.</summary>
    public static bool IsKey(byte[] point) => point.Length == KeySize && Ed25519.ValidatePublicKeyFull(point, 0);

    public static byte[] Sign(byte[] seed, ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, message.ToArray(), 0, message.Length, signature, 0);
        return signature;
    }

    public static bool Verify(byte[] point, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature.ToArray(), 0, point, 0, message.ToArray(), 0, message.Length);
}
