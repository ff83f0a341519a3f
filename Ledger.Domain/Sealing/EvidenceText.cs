using System.Globalization;
using System.Text;

namespace Ledger.Domain.Sealing;

/// <summary>
/// What the C2SP text formats have in common, read strictly: whoever accepts two spellings of one thing signs one and
/// compares the other.
/// </summary>
internal static class EvidenceText
{
    /// <summary>The longest proof in a tree of at most 2^63 leaves.</summary>
    public const int LongestProof = 63;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-8 with nothing invalid in it.</summary>
    /// <exception cref="EvidenceFormatException">It is not, or it is longer than <paramref name="limit"/> bytes.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, int limit)
    {
        if (bytes.Length > limit) throw TooLong(limit);
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new EvidenceFormatException("不是有效的 UTF-8", "it is not valid UTF-8");
        }
    }

    /// <summary>The bytes of a text.</summary>
    /// <exception cref="EvidenceFormatException">It holds half a surrogate pair, or is longer than <paramref name="limit"/> bytes.</exception>
    public static byte[] Encode(string text, int limit)
    {
        // A char is at least a byte: the length is known to be too great before anything is encoded.
        if (text.Length > limit) throw TooLong(limit);
        try
        {
            var bytes = Utf8.GetBytes(text);
            return bytes.Length <= limit ? bytes : throw TooLong(limit);
        }
        catch (EncoderFallbackException)
        {
            throw new EvidenceFormatException("文字含有不成对的代理字符", "the text holds half a surrogate pair");
        }
    }

    /// <summary>Standard Base 64 with padding, in the one spelling that it has.</summary>
    public static bool TryBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64String(text, bytes, out var length)) return false;
        bytes = bytes[..length];
        // The decoder skips white space and ignores spare bits.
        return string.Equals(Convert.ToBase64String(bytes), text, StringComparison.Ordinal);
    }

    /// <summary>A hash of 32 bytes in Base 64.</summary>
    public static bool TryHash(string text, out byte[] hash) => TryBase64(text, out hash) && hash.Length == 32;

    /// <summary>An ASCII decimal without sign and leading zeroes, at most 2^63-1.</summary>
    public static bool TryDecimal(string text, out long number)
    {
        number = 0;
        return text.Length is > 0 and <= 19 && (text[0] != '0' || text.Length == 1) && text.All(char.IsAsciiDigit)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Lines with their newline taken away.</summary>
    /// <exception cref="EvidenceFormatException">The last line does not end.</exception>
    public static string[] Lines(string text) => text.EndsWith('\n')
        ? text[..^1].Split('\n')
        : throw new EvidenceFormatException("最后一行没有换行符", "the last line does not end in a newline");

    /// <summary>The hashes of a proof, one a line.</summary>
    /// <exception cref="EvidenceFormatException">A line is not a hash, or there are more than a tree can need.</exception>
    public static IReadOnlyList<byte[]> Hashes(IReadOnlyCollection<string> lines) => lines.Count > LongestProof
        ? throw new EvidenceFormatException($"证明超过 {LongestProof} 行", $"the proof has more than {LongestProof} lines")
        : [.. lines.Select(line => TryHash(line, out var hash) ? hash : throw new EvidenceFormatException("证明中有一行不是 32 字节的哈希", "a line of the proof is not a hash of 32 bytes"))];

    private static EvidenceFormatException TooLong(int limit) => new($"超过 {limit} 字节", $"it is longer than {limit} bytes");
}
