using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ledger.Domain.Sealing;

/// <summary>
/// RFC 8785: one form of a JSON value, so that the same value always has the same hash. Members are sorted by UTF-16 code
/// units, nothing is escaped that need not be, numbers are written as ECMAScript writes doubles.
/// </summary>
public static class Jcs
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The canonical form of a JSON text.</summary>
    /// <exception cref="FormatException">No JSON, or JSON that has no canonical form (RFC 7493): duplicate members, a lone surrogate, a number beyond doubles.</exception>
    public static byte[] Canonicalize(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Utf8.GetBytes(Text(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("The text has no canonical form: " + e.Message, e);
        }
    }

    /// <summary>The canonical form of a value, as text.</summary>
    /// <exception cref="FormatException">It has none.</exception>
    public static string Text(JsonElement value)
    {
        var to = new StringBuilder();
        Write(value, to);
        return to.ToString();
    }

    /// <summary>The canonical form of an object whose values are canonical already.</summary>
    public static string Object(IEnumerable<(string Name, string Canonical)> members)
    {
        var to = new StringBuilder("{");
        foreach (var (name, canonical) in members.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            if (to.Length > 1) to.Append(',');
            Quote(name, to);
            to.Append(':').Append(canonical);
        }

        return to.Append('}').ToString();
    }

    /// <summary>The canonical form of a list whose items are canonical already.</summary>
    public static string Array(IEnumerable<string> canonical) => "[" + string.Join(',', canonical) + "]";

    /// <summary>The canonical form of a text; <c>null</c> for none.</summary>
    public static string Text(string? value)
    {
        if (value is null) return "null";
        var to = new StringBuilder(value.Length + 2);
        Quote(value, to);
        return to.ToString();
    }

    /// <summary>The bytes of a canonical text.</summary>
    public static byte[] Bytes(string canonical) => Utf8.GetBytes(canonical);

    private static void Write(JsonElement value, StringBuilder to)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                to.Append('{');
                var first = true;
                foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    if (!first) to.Append(',');
                    first = false;
                    Quote(member.Name, to);
                    to.Append(':');
                    Write(member.Value, to);
                }

                to.Append('}');
                break;
            case JsonValueKind.Array:
                to.Append('[');
                for (var i = 0; i < value.GetArrayLength(); i++)
                {
                    if (i > 0) to.Append(',');
                    Write(value[i], to);
                }

                to.Append(']');
                break;
            case JsonValueKind.String:
                Quote(value.GetString()!, to);
                break;
            case JsonValueKind.Number:
                to.Append(Number(value));
                break;
            default:
                to.Append(value.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "null" });
                break;
        }
    }

    private static string Number(JsonElement value) =>
        // The common case, and exact: an integer that a double holds.
        value.TryGetInt64(out var whole) && Math.Abs((decimal)whole) <= 9_007_199_254_740_992m
            ? whole.ToString(CultureInfo.InvariantCulture)
            : Number(value.GetDouble());

    /// <summary>ECMAScript's Number::toString, of the shortest digits that name the double.</summary>
    internal static string Number(double value)
    {
        if (!double.IsFinite(value)) throw new FormatException("A number beyond doubles has no canonical form.");
        if (value == 0) return "0";
        var (digits, point) = Shortest(Math.Abs(value));
        var sign = value < 0 ? "-" : "";
        return sign + point switch
        {
            > 0 and <= 21 when digits.Length <= point => digits.PadRight(point, '0'),
            > 0 and <= 21 => digits[..point] + "." + digits[point..],
            > -6 and <= 0 => "0." + new string('0', -point) + digits,
            _ => digits[0] + (digits.Length > 1 ? "." + digits[1..] : "") + "e" + (point > 0 ? "+" : "") + (point - 1).ToString(CultureInfo.InvariantCulture),
        };
    }

    // The value is 0.digits times ten to the power of point. Both are of the same writing of the value: the shortest digits of 1e23
    // begin a power of ten higher than the exact ones.
    private static (string Digits, int Point) Shortest(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var (mantissa, exponent) = (shortest[0], shortest.Length > 1 ? int.Parse(shortest[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        var whole = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var at ? at : mantissa.Length;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), whole + exponent - (digits.Length - significant.Length));
    }

    private static void Quote(string text, StringBuilder to)
    {
        to.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '"': to.Append("\\\""); break;
                case '\\': to.Append("\\\\"); break;
                case '\b': to.Append("\\b"); break;
                case '\t': to.Append("\\t"); break;
                case '\n': to.Append("\\n"); break;
                case '\f': to.Append("\\f"); break;
                case '\r': to.Append("\\r"); break;
                case < ' ': to.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
                case var _ when char.IsSurrogate(c):
                    if (i + 1 >= text.Length || !char.IsSurrogatePair(c, text[i + 1])) throw new FormatException("A lone surrogate has no canonical form.");
                    to.Append(c).Append(text[++i]);
                    break;
                default: to.Append(c); break;
            }
        }

        to.Append('"');
    }
}
