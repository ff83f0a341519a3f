using System.Security.Cryptography;
using System.Text;

namespace Ledger.Domain.Facts;

/// <summary>The idempotency key of a fact: who says it (<paramref name="Source"/>) and that sender's own id for it.</summary>
/// <param name="Source">CloudEvents <c>source</c>, for example <c>/court-share/2023Q2</c>.</param>
/// <param name="Id">CloudEvents <c>id</c>, unique within the source.</param>
public sealed record FactId(string Source, string Id)
{
    // RFC 9562 §6.6: the URL namespace.
    private static readonly byte[] UrlNamespace = Convert.FromHexString("6BA7B8119DAD11D180B400C04FD430C8");

    /// <summary>
    /// The event's id in the store: UUIDv5 in the URL namespace of <c>source + "#" + id</c> (facts.md §1), so that the
    /// database itself refuses a second one.
    /// </summary>
    public Guid ToEventId()
    {
        var name = Encoding.UTF8.GetBytes(Source + "#" + Id);
#pragma warning disable CA5350 // UUIDv5 is defined over SHA-1; nothing secret or signed depends on it.
        var hash = SHA1.HashData([.. UrlNamespace, .. name]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <inheritdoc/>
    public override string ToString() => Source + "#" + Id;
}
