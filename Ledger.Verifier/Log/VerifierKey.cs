using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Ledger.Verifier.Log;

/// <summary>The signature types that this verifier knows (C2SP signed-note; the last is docs/evidence.md §4).</summary>
internal enum KeyKind
{
    Ed25519 = 0x01,
    Cosigner = 0x04,
    Sm2 = 0xff,
}

/// <summary>A key of somebody who signs notes: <c>name+id+base64(type ‖ key)</c>.</summary>
internal sealed record VerifierKey(string Name, uint Id, KeyKind Kind, ReadOnlyMemory<byte> PublicKey, string Text)
{
    private static readonly byte[] Sm2Label = "SM2-SM3\n"u8.ToArray();

    /// <summary>Equal keys wrap the same public key, whatever their names (tlog-policy: duplicates).</summary>
    public string Material => Convert.ToHexString(PublicKey.Span);

    public static VerifierKey Parse(string text, string where)
    {
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !SignedNote.IsKeyName(parts[0]) || Base64.Bytes(parts[2]) is not [var type, .. var material]
            || parts[1].Length != 8 || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            || !string.Equals(parts[1], id.ToString("x8", CultureInfo.InvariantCulture), StringComparison.Ordinal))
            throw Refuse(where, text);
        var kind = type switch
        {
            (byte)KeyKind.Ed25519 or (byte)KeyKind.Cosigner when material.Length == 32 && Ed25519.ValidatePublicKeyFull(material, 0) => (KeyKind)type,
            (byte)KeyKind.Sm2 when material.AsSpan().StartsWith(Sm2Label) && Sm2.IsPoint(material.AsSpan(Sm2Label.Length)) => KeyKind.Sm2,
            _ => throw Refuse(where, text),
        };
        if (id != IdOf(parts[0], type, material)) throw Refuse(where, text);
        return new(parts[0], id, kind, kind == KeyKind.Sm2 ? material[Sm2Label.Length..] : material, text);
    }

    /// <summary>Whether the signature (without the key's id) is this key's over the note's text.</summary>
    public bool Verifies(string text, ReadOnlySpan<byte> signature) => Kind switch
    {
        KeyKind.Ed25519 => VerifiesEd25519(Encoding.UTF8.GetBytes(text), signature),
        KeyKind.Cosigner => signature.Length == 72
            && BinaryPrimitives.ReadUInt64BigEndian(signature) is var time and <= long.MaxValue
            && VerifiesEd25519(Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time.ToString(CultureInfo.InvariantCulture)}\n{text}"), signature[8..]),
        _ => Sm2.Verifies(PublicKey.Span, Encoding.UTF8.GetBytes(text), signature),
    };

    private bool VerifiesEd25519(byte[] message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 64) return false;
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(PublicKey.Span));
        verifier.BlockUpdate(message, 0, message.Length);
        return verifier.VerifySignature(signature.ToArray());
    }

    private static uint IdOf(string name, byte type, byte[] material) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. material]));

    private static StoppedException Refuse(string where, string text) =>
        StoppedException.Malformed("key.malformed", where, $"不是可识别的公钥（vkey）：{text}", $"is not a verifier key (vkey) of a known kind: {text}");
}
