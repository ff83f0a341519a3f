using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Ledger.Host.Evidence.TimeStamps;

/// <summary>A time-stamp cannot be had, or is not what it claims to be.</summary>
public sealed class TimeStampException(string code, string chinese, string english) : Exception($"{code}: {chinese} / {english}")
{
    /// <summary>The authority cannot be reached or does not answer in time.</summary>
    public const string Unreachable = "time-stamp.unreachable";

    /// <summary>The authority refuses.</summary>
    public const string Refused = "time-stamp.refused";

    /// <summary>The token is not one over this text, or its signature or certificate does not verify.</summary>
    public const string Invalid = "time-stamp.invalid";

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}

/// <summary>RFC 3161 tokens over the text of a note, SHA-256.</summary>
public static class TimeStampToken
{
    /// <summary>What is stamped: the hash of the UTF-8 of the note's text.</summary>
    public static byte[] Imprint(ReadOnlySpan<byte> text) => SHA256.HashData(text);

    /// <summary>
    /// Checks a token: it is over this text, its signature is by the certificate that it carries, which is one for
    /// time-stamping and was valid then.
    /// </summary>
    /// <param name="token">DER of the TimeStampToken.</param>
    /// <param name="text">The UTF-8 of the note's text.</param>
    /// <param name="roots">The certificates that its chain has to end in; null leaves the question whose it is to the reader.</param>
    /// <returns>The time that it states.</returns>
    /// <exception cref="TimeStampException">It is not one.</exception>
    public static DateTimeOffset Check(ReadOnlyMemory<byte> token, ReadOnlySpan<byte> text, X509Certificate2Collection? roots = null)
    {
        try
        {
            if (!Rfc3161TimestampToken.TryDecode(token, out var decoded, out var length) || length != token.Length) throw Invalid("不是时间戳", "is no time-stamp");
            return Check(decoded, text, roots);
        }
        catch (CryptographicException e)
        {
            throw Invalid(e.Message, e.Message);
        }
    }

    /// <summary>As <see cref="Check(ReadOnlyMemory{byte}, ReadOnlySpan{byte}, X509Certificate2Collection?)"/>, of a token that was decoded.</summary>
    internal static DateTimeOffset Check(Rfc3161TimestampToken token, ReadOnlySpan<byte> text, X509Certificate2Collection? roots)
    {
        if (!token.VerifySignatureForHash(Imprint(text), HashAlgorithmName.SHA256, out var signer))
            throw Invalid("与文字不符，或签名无效", "is not over this text, or its signature does not verify");
        var time = token.TokenInfo.Timestamp;
        if (roots is not null && !IsIssuedUnder(roots, signer, token.AsSignedCms().Certificates, time))
            throw Invalid("证书不是由受信任的机构签发", "is signed by nobody whom a trusted certificate vouches for");
        return time;
    }

    private static bool IsIssuedUnder(X509Certificate2Collection roots, X509Certificate2 signer, X509Certificate2Collection sent, DateTimeOffset time)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // Nobody is asked: a check has to give the same answer without a network.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = time.UtcDateTime;
        return chain.Build(signer);
    }

    private static TimeStampException Invalid(string chinese, string english) => new(TimeStampException.Invalid, $"时间戳{chinese}", $"the time-stamp {english}");
}
