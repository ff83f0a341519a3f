using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ledger.Verifier.Formats;

/// <summary>The canonical form of JSON (RFC 8785).</summary>
internal static class Jcs
{
    /// <summary>The canonical UTF-8 of a value.</summary>
    /// <exception cref="OverflowException">A number lies beyond what a double holds.</exception>
    public static byte[] Serialize(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The canonical UTF-8 of a list of texts.</summary>
    public static byte[] Serialize(params IEnumerable<string> texts)
    {
        var text = new StringBuilder("[");
        foreach (var item in texts) AppendText(text.Length > 1 ? text.Append(',') : text, item);
        return Encoding.UTF8.GetBytes(text.Append(']').ToString());
    }

    /// <summary>The canonical UTF-8 of an object whose values are texts.</summary>
    public static byte[] Serialize(IEnumerable<KeyValuePair<string, string>> members)
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            AppendText(text.Length > 1 ? text.Append(',') : text, name);
            AppendText(text.Append(':'), value);
        }

        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }

    /// <summary>A number as ECMAScript writes it (RFC 8785 §3.2.2.3): the shortest digits that read back as the same double.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value)) throw new OverflowException("The number lies beyond what a double holds.");
        if (value == 0) return "0";
        var (digits, point) = Shortest(Math.Abs(value));
        var written = point switch
        {
            > 21 or <= -6 => Exponential(digits, point - 1),
            <= 0 => "0." + new string('0', -point) + digits,
            _ when digits.Length <= point => digits + new string('0', point - digits.Length),
            _ => $"{digits[..point]}.{digits[point..]}",
        };
        return value < 0 ? "-" + written : written;
    }

    private static string Exponential(string digits, int exponent) =>
        (digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}") + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);

    /// <summary>The significant digits, and after how many of them the decimal point stands.</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var mantissa = parts[0].Split('.');
        var point = mantissa[0].Length + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        var digits = string.Concat(mantissa);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), point - (digits.Length - significant.Length));
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var isFirst = true;
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    AppendText(isFirst ? text : text.Append(','), member.Name);
                    Append(text.Append(':'), member.Value);
                    isFirst = false;
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                for (var i = 0; i < value.GetArrayLength(); i++) Append(i == 0 ? text : text.Append(','), value[i]);
                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendText(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetDouble()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        text.Append('"');
    }
}
