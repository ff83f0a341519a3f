using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Ledger.Domain.Sealing;
using Ledger.Tests.Verifier;
using Shouldly;
using Xunit;
using VerifierJcs = Ledger.Verifier.Formats.Jcs;

namespace Ledger.Tests.Evidence;

/// <summary>The canonical form that the ledger seals (RFC 8785), and that the verifier, which shares nothing with it, says the same.</summary>
public sealed class SealingJcsTests
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>RFC 8785, appendix B. Of zero both signs; what is no number cannot be written in JSON.</summary>
    public static TheoryData<string, string> Appendix => new()
    {
        { "0000000000000000", "0" },
        { "8000000000000000", "0" },
        { "0000000000000001", "5e-324" },
        { "8000000000000001", "-5e-324" },
        { "7fefffffffffffff", "1.7976931348623157e+308" },
        { "ffefffffffffffff", "-1.7976931348623157e+308" },
        { "4340000000000000", "9007199254740992" },
        { "c340000000000000", "-9007199254740992" },
        { "4430000000000000", "295147905179352830000" },
        { "44b52d02c7e14af5", "9.999999999999997e+22" },
        { "44b52d02c7e14af6", "1e+23" },
        { "44b52d02c7e14af7", "1.0000000000000001e+23" },
        { "444b1ae4d6e2ef4e", "999999999999999700000" },
        { "444b1ae4d6e2ef4f", "999999999999999900000" },
        { "444b1ae4d6e2ef50", "1e+21" },
        { "3eb0c6f7a0b5ed8c", "9.999999999999997e-7" },
        { "3eb0c6f7a0b5ed8d", "0.000001" },
        { "41b3de4355555553", "333333333.3333332" },
        { "41b3de4355555554", "333333333.33333325" },
        { "41b3de4355555555", "333333333.3333333" },
        { "41b3de4355555556", "333333333.3333334" },
        { "41b3de4355555557", "333333333.33333343" },
        { "becbf647612f3696", "-0.0000033333333333333333" },
        { "43143ff3c1cb0959", "1424953923781206.2" },
    };

    [Theory]
    [MemberData(nameof(Appendix))]
    public void Numbers_are_written_as_ECMAScript_writes_them_however_they_were_spelled(string bits, string written)
    {
        var value = BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        foreach (var format in (string[])["R", "E16", "E20"]) Canonical(value.ToString(format, CultureInfo.InvariantCulture)).ShouldBe(written, format);
        Canonical(written).ShouldBe(written, "the canonical form is its own");
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.0e-7", "0")]
    [InlineData("1.10", "1.1")]
    [InlineData("56.0", "56")]
    [InlineData("1E3", "1000")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("9007199254740993", "9007199254740992")] // The double that is nearest; who reads strictly refuses it (StrictJson).
    [InlineData("-9223372036854775808", "-9223372036854776000")]
    [InlineData("18446744073709551616", "18446744073709552000")]
    public void Spellings_of_one_double_have_one_form(string spelled, string written) => Canonical(spelled).ShouldBe(written);

    [Fact]
    public void Members_are_sorted_by_UTF16_code_units()
    {
        // RFC 8785 §3.2.3: the emoji's first code unit is below that of the ligature, its code point above.
        const string json = "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";
        const string sorted = "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}";
        Canonical(json).ShouldBe(sorted);
        using var document = JsonDocument.Parse(json);
        Jcs.Object(document.RootElement.EnumerateObject().Select(m => (m.Name, Jcs.Text(m.Value)))).ShouldBe(sorted);
    }

    [Fact]
    public void Only_what_must_be_escaped_is_and_in_the_shortest_way()
    {
        for (var c = '\0'; c < '\u0100'; c++)
        {
            var written = c switch
            {
                '\b' => "\\b", '\t' => "\\t", '\n' => "\\n", '\f' => "\\f", '\r' => "\\r", '"' => "\\\"", '\\' => "\\\\",
                < ' ' => "\\u00" + ((int)c).ToString("x2", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            };
            Jcs.Text(c.ToString()).ShouldBe('"' + written + '"');
            Canonical($"\"\\u{(int)c:X4}\"").ShouldBe('"' + written + '"');
        }

        Canonical("\"\\/\\u2028\\u2029\\ufeff\\uffff\\uD83D\\uDE00\"").ShouldBe("\"/\u2028\u2029\ufeff\uffff😀\"");
        Jcs.Text((string?)null).ShouldBe("null");
        Canonical("\"A\\u030a\"").ShouldBe("\"A\u030a\"", "nothing is normalized");
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("[{\"b\":{\"a\":1,\"a\":1}}]")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":\"\\udc00\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("[\"\\ud800x\"]")]
    [InlineData("{} {}")]
    [InlineData("{}x")]
    [InlineData("{\"a\":1,}")]
    [InlineData("// comment\n{}")]
    [InlineData("\ufeff{}")]
    [InlineData("")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":1e400}")]
    [InlineData("[-1e400]")]
    [InlineData("{\"a\":\"\t\"}")]
    [InlineData("'a'")]
    [InlineData("\"\\x41\"")]
    public void What_has_no_canonical_form_is_refused(string json)
    {
        Should.Throw<FormatException>(() => Jcs.Canonicalize(json));
        Verifiers(json).ShouldBeNull();
    }

    [Fact]
    public void What_is_no_text_is_refused_before_it_is_hashed()
    {
        foreach (var text in (string[])["\ud800", "a\udc00", "\ude00\ud83d", "\ud800\ud800\udc00"])
        {
            Should.Throw<FormatException>(() => Jcs.Text(text));
            Should.Throw<FormatException>(() => Jcs.Object([(text, "1")]));
            Should.Throw<FormatException>(() => Jcs.Canonicalize('"' + text + '"'));
        }

        Should.Throw<FormatException>(() => Jcs.Canonicalize(new string('[', 100) + new string(']', 100)));
    }

    [Fact]
    public void Public_vectors_of_the_canonical_form()
    {
        foreach (var vector in Vectors.Read("jcs.json"))
            Canonical(vector.GetProperty("input").GetString()!).ShouldBe(vector.GetProperty("output").GetString(), vector.GetProperty("name").GetString());
    }

    [Fact]
    public void Any_double_reads_back_as_itself_and_both_write_it_alike() =>
        Gen.ULong.Select(BitConverter.UInt64BitsToDouble).Where(double.IsFinite).Sample(
            value =>
            {
                var written = Canonical(value.ToString("R", CultureInfo.InvariantCulture));
                return double.Parse(written, CultureInfo.InvariantCulture) == value && written == VerifierJcs.Number(value);
            },
            iter: 20_000);

    [Fact]
    public void Both_say_the_same_bytes_of_any_text_or_both_refuse()
    {
        var (said, refused) = (0, 0);
        Json(3).Sample(
            json =>
            {
                var ours = Ours(json);
                Interlocked.Increment(ref ours is null ? ref refused : ref said);
                return ours is null ? Verifiers(json) is null : Verifiers(json) is { } theirs && ours.AsSpan().SequenceEqual(theirs) && Ours(Encoding.UTF8.GetString(ours))!.AsSpan().SequenceEqual(ours);
            },
            iter: 5_000);
        // Otherwise the property would say nothing.
        said.ShouldBeGreaterThan(500);
        refused.ShouldBeGreaterThan(200);
    }

    // JSON as people and programs write it, and as it should not be: escaped in several ways, names twice, halves of pairs, big numbers.
    private static Gen<string> Json(int depth)
    {
        var unit = Gen.OneOf("a", "b", "\\u0061", "é", "\\u00E9", "€", "\\ud83d\\ude00", "😀", "\\ufb33", "\\n", "\\u000a", "\\/", "/", "\\\"", "\\\\", "\\u001F", "\u2028", "中");
        var odd = Gen.Frequency((60, unit), (1, Gen.OneOf("\\ud800", "\\udc00", "\t", "\\x", "\\u12")));
        var text = odd.Array[0, 4].Select(parts => '"' + string.Concat(parts) + '"');
        var number = Gen.Frequency(
            (6, Gen.Long.Select(n => n.ToString(CultureInfo.InvariantCulture))),
            (6, Gen.Int[-999, 999].Select(n => n.ToString(CultureInfo.InvariantCulture))),
            (6, Gen.Double.Where(double.IsFinite).Select(n => n.ToString("R", CultureInfo.InvariantCulture))),
            (4, Gen.Select(Gen.Int[-99, 99], Gen.Int[-330, 300], (m, e) => string.Create(CultureInfo.InvariantCulture, $"{m}e{e}"))),
            (1, Gen.OneOf("-0", "0.0", "1.10", "1e23", "9007199254740993", "1e400", "01", "+1", "1.", "NaN")));
        var leaf = Gen.Frequency((3, text), (3, number), (1, Gen.OneOf("true", "false", "null", " null\n")));
        if (depth == 0) return leaf;
        var inner = Json(depth - 1);
        return Gen.Frequency(
            (2, leaf),
            (2, inner.Array[0, 4].Select(items => "[" + string.Join(" ,", items) + "]")),
            (3, Gen.Select(text, inner, (name, value) => name + ": " + value).Array[0, 4].Select(members => "{" + string.Join(",\n", members) + "}")));
    }

    private static byte[]? Ours(string json)
    {
        try
        {
            return Jcs.Canonicalize(json);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[]? Verifiers(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return VerifierJcs.Serialize(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(Jcs.Canonicalize(json));
}
