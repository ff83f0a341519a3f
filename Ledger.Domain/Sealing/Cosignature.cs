using System.Buffers.Binary;
using System.Text;

namespace Ledger.Domain.Sealing;

/// <summary>
/// A witness's signature of a checkpoint, type 0x04 (C2SP tlog-cosignature, "Ed25519 signed message"): it says that at this time
/// this was the largest tree of the log that the witness had seen, and that it was consistent with all it had seen before.
/// </summary>
public static class Cosignature
{
    private const int Ed25519Bytes = 64;

    /// <summary>What the witness signs.</summary>
    /// <param name="text">The UTF-8 of the checkpoint's text, with extension lines and the last newline.</param>
    /// <param name="time">Seconds since 1970.</param>
    public static byte[] Message(ReadOnlySpan<byte> text, long time) => [.. Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time}\n"), .. text];

    /// <summary>What stands in the signature line after the key's id: the time as eight bytes, big-endian, and the signature.</summary>
    public static byte[] Join(long time, ReadOnlySpan<byte> ed25519)
    {
        var joined = new byte[8 + ed25519.Length];
        BinaryPrimitives.WriteInt64BigEndian(joined, time);
        ed25519.CopyTo(joined.AsSpan(8));
        return joined;
    }

    /// <summary>The two parts again. False when the length is another, or the time is zero or beyond 2^63-1.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> signature, out long time, out byte[] ed25519)
    {
        (time, ed25519) = (0, []);
        if (signature.Length != 8 + Ed25519Bytes) return false;
        time = BinaryPrimitives.ReadInt64BigEndian(signature);
        ed25519 = signature[8..].ToArray();
        return time > 0;
    }
}
