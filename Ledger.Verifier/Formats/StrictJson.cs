using System.Globalization;
using System.Text;
using System.Text.Json;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Formats;

/// <summary>
/// Reads JSON so that two readers cannot understand it differently: valid UTF-8 without a byte order mark, no member twice
/// (however it is escaped), no lone surrogates, nothing after the value, and only integers that a double holds exactly.
/// </summary>
internal static class StrictJson
{
    private const long LargestExactInteger = (1L << 53) - 1;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>The text of UTF-8 bytes that have no byte order mark.</summary>
    public static string Text(ReadOnlySpan<byte> utf8, string where)
    {
        try
        {
            var text = Utf8.GetString(utf8);
            return text.StartsWith('\uFEFF') ? throw Refuse(where, "含字节序标记", "has a byte order mark") : text;
        }
        catch (ArgumentException)
        {
            throw Refuse(where, "不是合法的 UTF-8", "is not valid UTF-8");
        }
    }

    /// <summary>The one value that the bytes hold.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8, string where)
    {
        Text(utf8, where);
        try
        {
            var value = JsonElement.Parse(utf8, Options);
            Walk(value, where);
            return value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Refuse(where, $"不是严格的 JSON：{e.Message}", $"is not strict JSON: {e.Message}");
        }
    }

    /// <summary>JSON Lines: each line one value and ended by one line feed.</summary>
    public static IReadOnlyList<JsonElement> Lines(ReadOnlySpan<byte> utf8, string file)
    {
        List<JsonElement> lines = [];
        while (!utf8.IsEmpty)
        {
            var where = LineOf(file, lines.Count);
            var end = utf8.IndexOf((byte)'\n');
            if (end < 0) throw Refuse(where, "末行没有换行", "the last line is not ended");
            lines.Add(Parse(utf8[..end], where));
            utf8 = utf8[(end + 1)..];
        }

        return lines;
    }

    /// <summary>Where a line stands, for people: the first is 1.</summary>
    public static string LineOf(string file, int index) => $"{file}:{index + 1}";

    private static void Walk(JsonElement value, string where)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    // Reading a name or a text is what shows a lone surrogate.
                    _ = member.Name;
                    Walk(member.Value, where);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Walk(item, where);
                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Number:
                // Numbers that differ as text and are equal as doubles would have one commitment.
                if (!value.TryGetInt64(out var number) || Math.Abs(number) > LargestExactInteger
                    || value.GetRawText() != number.ToString(CultureInfo.InvariantCulture))
                    throw Refuse(where, $"数字须为可精确表示的整数：{value.GetRawText()}", $"a number is not an exact integer: {value.GetRawText()}");
                break;
        }
    }

    private static StoppedException Refuse(string where, string chinese, string english) => StoppedException.Malformed("json.malformed", where, chinese, english);
}
