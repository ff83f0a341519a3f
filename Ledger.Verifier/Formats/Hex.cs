using System.Buffers;

namespace Ledger.Verifier.Formats;

/// <summary>A document's hash in hex digits.</summary>
internal static class Hex
{
    private static readonly SearchValues<char> LowerDigits = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Whether it is 64 digits, letters in lower case.</summary>
    public static bool IsHash(ReadOnlySpan<char> text) => text.Length == 64 && !text.ContainsAnyExcept(LowerDigits);

    /// <summary>The same in either case.</summary>
    public static bool IsHashInAnyCase(ReadOnlySpan<char> text) => text.Length == 64 && !text.ContainsAnyExcept(Digits);
}
