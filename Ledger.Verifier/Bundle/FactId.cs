using System.Security.Cryptography;
using System.Text;

namespace Ledger.Verifier.Bundle;

/// <summary>The event's id is computed from the sender's: UUIDv5 (RFC 9562 §5.5) in the URL namespace.</summary>
internal static class FactId
{
    private static readonly byte[] UrlNamespace = Convert.FromHexString("6ba7b8119dad11d180b400c04fd430c8");

    public static string Of(string source, string id)
    {
#pragma warning disable CA5350 // SHA-1 is what version 5 is; nothing rests on its strength.
        var uuid = SHA1.HashData([.. UrlNamespace, .. Encoding.UTF8.GetBytes($"{source}#{id}")])[..16];
#pragma warning restore CA5350
        uuid[6] = (byte)((uuid[6] & 0x0f) | 0x50);
        uuid[8] = (byte)((uuid[8] & 0x3f) | 0x80);
        return new Guid(uuid, bigEndian: true).ToString("D");
    }
}
