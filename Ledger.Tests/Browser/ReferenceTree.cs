using System.Security.Cryptography;
using System.Text;

namespace Ledger.Tests.Browser;

/// <summary>RFC 6962 §2.1 by its own recursive definitions, slow and plain: what a verifier is held against.</summary>
internal static class ReferenceTree
{
    public static byte[] Leaf(int i) => SHA256.HashData([0, .. Encoding.UTF8.GetBytes($"leaf {i}")]);

    public static byte[] Root(ReadOnlySpan<byte[]> leaves) => leaves.Length switch
    {
        0 => SHA256.HashData([]),
        1 => leaves[0],
        var n => Node(Root(leaves[..Split(n)]), Root(leaves[Split(n)..])),
    };

    /// <summary>§2.1.1 PATH(m, D[n]).</summary>
    public static IReadOnlyList<byte[]> Path(int m, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1) return [];
        var k = Split(leaves.Length);
        return m < k ? [.. Path(m, leaves[..k]), Root(leaves[k..])] : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    /// <summary>§2.1.2 PROOF(m, D[n]).</summary>
    public static IReadOnlyList<byte[]> Proof(int m, ReadOnlySpan<byte[]> leaves) => Sub(m, leaves, isWhole: true);

    private static IReadOnlyList<byte[]> Sub(int m, ReadOnlySpan<byte[]> leaves, bool isWhole)
    {
        if (m == leaves.Length) return isWhole ? [] : [Root(leaves)];
        var k = Split(leaves.Length);
        return m <= k ? [.. Sub(m, leaves[..k], isWhole), Root(leaves[k..])] : [.. Sub(m - k, leaves[k..], false), Root(leaves[..k])];
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    // The largest power of two below n.
    private static int Split(int n) => 1 << (31 - int.LeadingZeroCount(n - 1));
}
