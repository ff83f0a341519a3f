namespace Ledger.Verifier.Formats;

/// <summary>Base64 of the standard alphabet with padding (RFC 4648 §4), in the one spelling that an encoder gives.</summary>
internal static class Base64
{
    public static string Text(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes);

    /// <summary>The bytes; null when the text is another spelling or none.</summary>
    public static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text ? bytes[..length] : null;
    }

    /// <summary>The 32 bytes of a SHA-256; null when it is none.</summary>
    public static byte[]? Hash(string text) => text.Length == 44 && Bytes(text) is { Length: 32 } hash ? hash : null;
}
