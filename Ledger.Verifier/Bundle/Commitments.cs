using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Verifier.Formats;

namespace Ledger.Verifier.Bundle;

/// <summary>Commitments whose members can be hidden one by one (docs/evidence.md §3).</summary>
internal static class Commitments
{
    public static byte[] MemberSalt(byte[] salt, string part, string name) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{part}:{name}"));

    public static byte[] Member(byte[] memberSalt, JsonElement value) => SHA256.HashData([0x01, .. memberSalt, .. Jcs.Serialize(value)]);

    public static byte[] Of(IEnumerable<KeyValuePair<string, byte[]>> members) =>
        SHA256.HashData([0x02, .. Jcs.Serialize(members.Select(member => KeyValuePair.Create(member.Key, Base64.Text(member.Value))))]);
}
