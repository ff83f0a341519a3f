using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ledger.Verifier.Log;

/// <summary>How far a time-stamp is to be believed.</summary>
internal enum TimestampState
{
    /// <summary>Not an RFC 3161 token over a SHA-256.</summary>
    Malformed,

    /// <summary>Over another text, or its signature does not verify.</summary>
    Wrong,

    /// <summary>Over this text, by an authority that the inspector has not named.</summary>
    UnknownAuthority,

    /// <summary>Over this text, by an authority that the inspector trusts.</summary>
    Trusted,
}

/// <summary>RFC 3161 time-stamps over the text of a checkpoint. Nothing is fetched: the certificates are in the token, the anchors are the inspector's.</summary>
internal static class TimestampToken
{
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";
    private const string TimeStampingOid = "1.3.6.1.5.5.7.3.8";

    public static (TimestampState State, DateTimeOffset Time, string Authority) Check(byte[] der, string text, IReadOnlyList<X509Certificate2> anchors)
    {
        try
        {
            if (!Rfc3161TimestampToken.TryDecode(der, out var token, out var consumed) || consumed != der.Length || token.TokenInfo.HashAlgorithmId.Value != Sha256Oid)
                return (TimestampState.Malformed, default, "");
            if (!token.TokenInfo.GetMessageHash().Span.SequenceEqual(SHA256.HashData(Encoding.UTF8.GetBytes(text))))
                return (TimestampState.Wrong, token.TokenInfo.Timestamp, "");

            // A token need not hold its authority's certificate: then it says nothing to who does not have it.
            if (!token.VerifySignatureForData(Encoding.UTF8.GetBytes(text), out var signer, [.. anchors]))
                return (token.AsSignedCms().Certificates.Count == 0 ? TimestampState.UnknownAuthority : TimestampState.Wrong, token.TokenInfo.Timestamp, "");
            var state = IsTrusted(signer, token, anchors) ? TimestampState.Trusted : TimestampState.UnknownAuthority;
            return (state, token.TokenInfo.Timestamp, signer.Subject);
        }
        catch (CryptographicException)
        {
            return (TimestampState.Malformed, default, "");
        }
    }

    private static bool IsTrusted(X509Certificate2 signer, Rfc3161TimestampToken token, IReadOnlyList<X509Certificate2> anchors)
    {
        var time = token.TokenInfo.Timestamp.UtcDateTime;
        if (anchors.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(signer.RawDataMemory.Span)))
            return signer.NotBefore.ToUniversalTime() <= time && time <= signer.NotAfter.ToUniversalTime();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors.ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStampingOid));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = time;
        return chain.Build(signer);
    }
}
