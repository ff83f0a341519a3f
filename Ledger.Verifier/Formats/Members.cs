using System.Globalization;
using System.Text.Json;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Formats;

/// <summary>An object's members, read by name and type; whatever does not fit is malformed.</summary>
internal readonly struct Members
{
    private readonly JsonElement _object;

    private Members(JsonElement value, string where) => (_object, Where) = (value, where);

    /// <summary>Where the object stands.</summary>
    public string Where { get; }

    /// <summary>An object with exactly these members; a name that ends in <c>?</c> may be absent.</summary>
    public static Members Of(JsonElement value, string where, params ReadOnlySpan<string> names)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Type(where, "", "an object");
        var known = 0;
        foreach (var name in names)
        {
            if (value.TryGetProperty(name.TrimEnd('?'), out _)) known++;
            else if (!name.EndsWith('?'))
                throw StoppedException.Malformed("json.missing-member", where, $"缺少成员 {name}", $"the member {name} is missing");
        }

        if (value.GetPropertyCount() == known) return new(value, where);
        foreach (var member in value.EnumerateObject())
            if (!names.Contains(member.Name) && !names.Contains(member.Name + "?"))
                throw StoppedException.Malformed("json.unknown-member", where, $"未知成员 {member.Name}", $"the member {member.Name} is unknown");
        throw Type(where, "", "an object of known members");
    }

    public JsonElement this[string name] => _object.GetProperty(name);

    public bool Has(string name) => _object.TryGetProperty(name, out _);

    public bool IsNull(string name) => this[name].ValueKind == JsonValueKind.Null;

    public string Text(string name) => this[name].ValueKind == JsonValueKind.String ? this[name].GetString()! : throw Type(Where, name, "a text");

    public string? TextOrNull(string name) => IsNull(name) ? null : Text(name);

    public bool Flag(string name) => this[name].ValueKind is JsonValueKind.True or JsonValueKind.False ? this[name].GetBoolean() : throw Type(Where, name, "true or false");

    /// <summary>The number 1, as every version is today.</summary>
    public void Version()
    {
        if (this["v"].ValueKind != JsonValueKind.Number || this["v"].GetInt64() != 1)
            throw StoppedException.Malformed("json.version", Where, $"未知的版本 v={this["v"].GetRawText()}", $"the version v={this["v"].GetRawText()} is unknown");
    }

    /// <summary>A non-negative integer, written as a decimal string without leading zeroes.</summary>
    public long Integer(string name) => Decimal(Text(name)) ?? throw Type(Where, name, "a decimal string");

    public byte[] Hash(string name) => Base64.Hash(Text(name)) ?? throw Type(Where, name, "base64 of 32 bytes");

    public IReadOnlyList<byte[]> Hashes(string name)
    {
        var (where, self) = (Where, this);
        return [.. Items(name).Select(item => Base64.Hash(item.ValueKind == JsonValueKind.String ? item.GetString()! : "") ?? throw Type(where, name, "a list of base64 hashes"))];
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var where = Where;
        return [.. Items(name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Type(where, name, "a list of texts"))];
    }

    public IReadOnlyList<JsonElement> Items(string name) =>
        this[name].ValueKind == JsonValueKind.Array ? [.. this[name].EnumerateArray()] : throw Type(Where, name, "a list");

    /// <summary>An object of hashes under free names.</summary>
    public IReadOnlyDictionary<string, byte[]> HashesByName(string name)
    {
        var where = Where;
        return this[name].ValueKind == JsonValueKind.Object
            ? this[name].EnumerateObject().ToDictionary(
                member => member.Name,
                member => Base64.Hash(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : "") ?? throw Type(where, $"{name}.{member.Name}", "base64 of 32 bytes"),
                StringComparer.Ordinal)
            : throw Type(Where, name, "an object");
    }

    /// <summary>An instant of entries: UTC, six digits, always.</summary>
    public DateTimeOffset Instant(string name) =>
        DateTimeOffset.TryParseExact(
            Text(name), "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw Type(Where, name, "an instant YYYY-MM-DDThh:mm:ss.ffffffZ");

    public DateOnly Date(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : throw Type(Where, name, "a date YYYY-MM-DD");

    /// <summary>A decimal number without sign and leading zeroes; null when it is none.</summary>
    public static long? Decimal(string text) =>
        text is [>= '0' and <= '9', ..] && (text[0] != '0' || text.Length == 1)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static StoppedException Type(string where, string name, string expected) =>
        StoppedException.Malformed("json.type", where, $"成员 {name} 的类型或写法不对（应为 {expected}）", $"the member {name} is not {expected}");
}
