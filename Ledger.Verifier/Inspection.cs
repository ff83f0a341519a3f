using System.Security.Cryptography.X509Certificates;
using Ledger.Verifier.Log;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier;

/// <summary>What the inspector brings along: nothing of it comes from the bundle.</summary>
/// <param name="Trust">Verifier keys, one a line, or a C2SP tlog-policy.</param>
/// <param name="IsPolicy">Whether <paramref name="Trust"/> is a policy.</param>
/// <param name="Checkpoint">A checkpoint that the inspector has kept: a signed note, or its three lines.</param>
/// <param name="Authorities">Certificates of time-stamping authorities, or of those who issued them.</param>
public sealed record Inspection(ReadOnlyMemory<byte> Trust, bool IsPolicy, ReadOnlyMemory<byte>? Checkpoint = null, IReadOnlyList<X509Certificate2>? Authorities = null)
{
    internal TrustPolicy Policy() => IsPolicy ? TrustPolicy.Parse(Trust.Span, "--policy") : TrustPolicy.OfKeys(Trust.Span, "--key");

    internal Checkpoint? Held() => Checkpoint is { } checkpoint ? Log.Checkpoint.ParseHeld(checkpoint.Span, "--checkpoint") : null;

    internal (Bilingual, Brought) Read()
    {
        var policy = Policy();
        return (
            new($"{policy.Logs.Count} 个日志公钥，{policy.Witnesses.Count} 个见证人", $"{policy.Logs.Count} log keys, {policy.Witnesses.Count} witnesses"),
            new(policy, Held(), Authorities ?? []));
    }
}

/// <summary>The same, read.</summary>
internal sealed record Brought(TrustPolicy Policy, Checkpoint? Held, IReadOnlyList<X509Certificate2> Authorities);
