using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ledger.Domain.Sealing;

/// <summary>
/// A commitment to an object that can be opened member by member (docs/evidence.md §3): each member is hashed with a salt of
/// its own, so that a hidden one cannot be guessed from its hash.
/// </summary>
public static class Commitment
{
    /// <summary>The part of an entry that holds the headers.</summary>
    public const string Headers = "hdr";

    /// <summary>The part of an entry that holds the data.</summary>
    public const string Data = "data";

    /// <summary>Length of an event's salt, in bytes.</summary>
    public const int SaltSize = 32;

    /// <summary>The salt of one member, derived from that of its event.</summary>
    public static byte[] MemberSalt(byte[] salt, string part, string name) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(part + ":" + name));

    /// <summary>The hash of one member's value in canonical form.</summary>
    public static byte[] Member(byte[] memberSalt, string canonical) => SHA256.HashData([0x01, .. memberSalt, .. Jcs.Bytes(canonical)]);

    /// <summary>The commitment to an object.</summary>
    public static byte[] Of(byte[] salt, string part, JsonElement value) =>
        Of(value.EnumerateObject().Select(m => (m.Name, Member(MemberSalt(salt, part, m.Name), Jcs.Text(m.Value)))));

    /// <summary>The commitment over the hashes of its members.</summary>
    public static byte[] Of(IEnumerable<(string Name, byte[] Hash)> members) =>
        SHA256.HashData([0x02, .. Jcs.Bytes(Jcs.Object(members.Select(m => (m.Name, Jcs.Text(Convert.ToBase64String(m.Hash))))))]);
}
