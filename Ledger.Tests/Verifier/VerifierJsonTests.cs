using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Verifier;

/// <summary>The verifier's canonical form (RFC 8785) and its strict reading of JSON.</summary>
public sealed class VerifierJsonTests
{
    [Theory]
    // RFC 8785, appendix B.
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_written_as_ECMAScript_writes_them(string bits, string written) =>
        Jcs.Number(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber))).ShouldBe(written);

    [Theory]
    [InlineData("7fffffffffffffff")]
    [InlineData("7ff0000000000000")]
    [InlineData("fff0000000000000")]
    public void What_is_no_number_is_refused(string bits) =>
        Should.Throw<OverflowException>(() => Jcs.Number(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber))));

    [Fact]
    public void Any_double_reads_back_as_itself() =>
        Gen.Double.Where(double.IsFinite).Sample(value => double.Parse(Jcs.Number(value), CultureInfo.InvariantCulture) == value, iter: 20_000);

    [Fact]
    public void Members_are_sorted_by_UTF16_code_units()
    {
        // RFC 8785 §3.2.3: the emoji's first code unit is below that of the ligature, its code point above.
        const string json = "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";
        Canonical(json).ShouldBe("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");
    }

    [Fact]
    public void The_three_writers_agree()
    {
        Encoding.UTF8.GetString(Jcs.Serialize((IEnumerable<string>)["b", "\"\u0001"])).ShouldBe(Canonical("[\"b\",\"\\\"\\u0001\"]"));
        Encoding.UTF8.GetString(Jcs.Serialize(new Dictionary<string, string> { ["b"] = "1", ["a"] = "/" })).ShouldBe(Canonical("{\"b\":\"1\",\"a\":\"/\"}"));
        Canonical(" { \"b\" : [ true , null, false , -1.50 ] , \"a\" : { } }").ShouldBe("{\"a\":{},\"b\":[true,null,false,-1.5]}");
    }

    [Fact]
    public void Public_vectors_of_the_canonical_form()
    {
        foreach (var vector in Vectors.Read("jcs.json"))
            Canonical(vector.GetProperty("input").GetString()!).ShouldBe(vector.GetProperty("output").GetString(), vector.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("[{\"b\":{\"a\":1,\"a\":1}}]")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{} {}")]
    [InlineData("{}x")]
    [InlineData("{\"a\":1,}")]
    [InlineData("// comment\n{}")]
    [InlineData("\ufeff{}")]
    [InlineData("")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":1.0}")]
    [InlineData("{\"a\":1e3}")]
    [InlineData("{\"a\":-0}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":9007199254740993}")]
    [InlineData("{\"a\":1e400}")]
    [InlineData("{\"a\":\"\t\"}")]
    public void What_two_readers_could_read_differently_is_malformed(string json) => Refusal(() => StrictJson.Parse(Encoding.UTF8.GetBytes(json), "x")).ShouldBe("json.malformed");

    [Fact]
    public void Bytes_that_are_no_UTF8_and_lines_that_do_not_end_are_malformed()
    {
        Refusal(() => StrictJson.Parse([(byte)'"', 0xff, (byte)'"'], "x")).ShouldBe("json.malformed");
        Refusal(() => StrictJson.Parse([(byte)'"', 0xed, 0xa0, 0x80, (byte)'"'], "x")).ShouldBe("json.malformed");
        Refusal(() => StrictJson.Parse(Encoding.UTF8.GetBytes(new string('[', 100) + new string(']', 100)), "x")).ShouldBe("json.malformed");
        Refusal(() => StrictJson.Lines("{}\n{}"u8, "x")).ShouldBe("json.malformed");
        Refusal(() => StrictJson.Lines("{}\n\n{}\n"u8, "x")).ShouldBe("json.malformed");
        StrictJson.Lines("{}\n[]\n"u8, "x").Count.ShouldBe(2);
        StrictJson.Lines(""u8, "x").ShouldBeEmpty();
    }

    [Fact]
    public void Members_are_exactly_those_that_are_asked_for()
    {
        var value = StrictJson.Parse("{\"a\":\"007\",\"b\":\"AA==\",\"c\":1}"u8, "x");
        Refusal(() => Members.Of(value, "x", "a", "b")).ShouldBe("json.unknown-member");
        Refusal(() => Members.Of(value, "x", "a", "b", "c", "d")).ShouldBe("json.missing-member");
        var members = Members.Of(value, "x", "a", "b", "c", "d?");
        Refusal(() => members.Integer("a")).ShouldBe("json.type");
        Refusal(() => members.Hash("b")).ShouldBe("json.type");
        Refusal(() => members.Text("c")).ShouldBe("json.type");
        Refusal(() => members.Flag("c")).ShouldBe("json.type");
        Refusal(() => members.Items("c")).ShouldBe("json.type");
        Refusal(() => members.Instant("a")).ShouldBe("json.type");
        members.Has("d").ShouldBeFalse();
    }

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("-1", null)]
    [InlineData("01", null)]
    [InlineData("+1", null)]
    [InlineData(" 1", null)]
    [InlineData("１", null)]
    [InlineData("", null)]
    public void Decimal_texts_have_one_spelling(string text, long? value) => Members.Decimal(text).ShouldBe(value);

    [Theory]
    [InlineData("AA==", true)]
    [InlineData("AB==", false)]
    [InlineData("AA", false)]
    [InlineData("AA== ", false)]
    [InlineData("A-==", false)]
    [InlineData("A A=", false)]
    public void Base64_has_one_spelling(string text, bool isGood) => (Base64.Bytes(text) is not null).ShouldBe(isGood);

    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(Jcs.Serialize(document.RootElement));
    }

    private static string Refusal(Action read) => Should.Throw<StoppedException>(read).Finding.Code;
}
