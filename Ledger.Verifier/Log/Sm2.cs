using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC;

namespace Ledger.Verifier.Log;

/// <summary>SM2 with SM3 (GB/T 32918.2), the default user id, signatures in DER.</summary>
internal static class Sm2
{
    private static readonly ECDomainParameters Curve = new(GMNamedCurves.GetByName("sm2p256v1"));
    private static readonly byte[] DefaultUser = Encoding.ASCII.GetBytes("1234567812345678");

    /// <summary>Whether the bytes are an uncompressed point of the curve.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> bytes) => bytes is [0x04, ..] && bytes.Length == 65 && Decode(bytes) is not null;

    public static bool Verifies(ReadOnlySpan<byte> point, byte[] message, ReadOnlySpan<byte> signature)
    {
        var verifier = new SM2Signer();
        verifier.Init(forSigning: false, new ParametersWithID(new ECPublicKeyParameters(Decode(point)!, Curve), DefaultUser));
        verifier.BlockUpdate(message, 0, message.Length);
        return verifier.VerifySignature(signature.ToArray());
    }

    private static ECPoint? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var point = Curve.Curve.DecodePoint(bytes.ToArray());
            return point.IsInfinity || !point.IsValid() ? null : point;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
