using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ledger.Domain.Counting;

namespace Ledger.Domain.Facts;

/// <summary>What a member's value must look like.</summary>
public enum MemberKind
{
    /// <summary>Text of at most 4,000 characters.</summary>
    Text,
    /// <summary>The key of a stream.</summary>
    Key,
    /// <summary>A period.</summary>
    Period,
    /// <summary>A document's SHA-256 in hexadecimal.</summary>
    Sha256,
    /// <summary>A 32-bit integer.</summary>
    Integer,
    /// <summary>A 64-bit integer.</summary>
    Long,
    /// <summary>true or false.</summary>
    Boolean,
    /// <summary><c>YYYY-MM-DD</c></summary>
    Date,
    /// <summary>RFC 3339 with an offset.</summary>
    Instant,
    /// <summary>A decimal string.</summary>
    Money,
    /// <summary>A code of a list.</summary>
    Code,
    /// <summary>An object with members of its own.</summary>
    Object,
    /// <summary>A list.</summary>
    List,
    /// <summary>New values by member (of a correction).</summary>
    Set,
    /// <summary>A SHA-256 in hexadecimal that names no document.</summary>
    Digest,
}

/// <summary>A member of a fact's data.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Value">What its value must look like.</param>
/// <param name="IsPersonalData">Whether it is masked for roles that do not need it.</param>
/// <param name="IsActor">Whether it names the person who acts.</param>
public sealed record MemberSchema(string Name, bool Required, ValueSchema Value, bool IsPersonalData, bool IsActor = false);

/// <summary>What a value must look like.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Codes">The list of codes, for a code.</param>
/// <param name="Members">The members, for an object.</param>
/// <param name="Item">The items, for a list.</param>
public sealed record ValueSchema(
    MemberKind Kind, IReadOnlyList<string>? Codes = null, FactSchema? Members = null, ValueSchema? Item = null);

/// <summary>
/// The members of a fact, read once from its record: one schema checks the import, the commands and the corrections, and
/// describes them in OpenAPI. It is strict: an extra, missing or ill-typed member is refused, so that nothing is silently lost.
/// </summary>
public sealed partial class FactSchema
{
    /// <summary>Longest text, in characters (facts.md §1).</summary>
    public const int LongestText = 4_000;

    private readonly Dictionary<string, MemberSchema> _byName;

    private FactSchema(string name, IReadOnlyList<MemberSchema> members)
    {
        Name = name;
        Members = members;
        _byName = members.ToDictionary(m => m.Name, StringComparer.Ordinal);
    }

    /// <summary>The record's name.</summary>
    public string Name { get; }

    /// <summary>The members in the order in which they are written.</summary>
    public IReadOnlyList<MemberSchema> Members { get; }

    /// <summary>The member of that name, or null.</summary>
    public MemberSchema? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether a document can be named by its hash in it, at any level.</summary>
    public bool NamesDocuments => Members.Any(m => Names(m.Value));

    /// <summary>Reads the schema of a record from its primary constructor.</summary>
    public static FactSchema Of(Type type)
    {
        var parameters = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();
        return new FactSchema(type.Name, [.. parameters.Select(p => Member(type, p))]);
    }

    /// <summary>Why the data does not fit, or null when it does: of several reasons the first in the order of the codes.</summary>
    public Refusal? Check(JsonElement data, string path = "data")
    {
        Refusal? first = null;
        Check(data, path, ref first);
        return first;
    }

    /// <summary>Keeps the refusal whose code comes first: unknown before missing members before invalid values (facts.md §3).</summary>
    internal static void Keep(ref Refusal? first, Refusal refusal)
    {
        if (first is null || RankOf(refusal) < RankOf(first)) first = refusal;

        static int RankOf(Refusal of) => of.Code switch { Facts.Codes.UnknownMember => 0, Facts.Codes.MissingMember => 1, _ => 2 };
    }

    private void Check(JsonElement data, string path, ref Refusal? first)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            Keep(ref first, Invalid(path, "object"));
            return;
        }

        foreach (var property in data.EnumerateObject())
            if (Find(property.Name) is not { } member)
                Keep(ref first, Refusal.Of(Facts.Codes.UnknownMember, Name, property.Name));
            else if (property.Value.ValueKind != JsonValueKind.Null)
                Check(property.Value, member.Value, property.Name, ref first);
        foreach (var member in Members)
            if (member.Required && (!data.TryGetProperty(member.Name, out var value) || value.ValueKind == JsonValueKind.Null))
                Keep(ref first, Refusal.Of(Facts.Codes.MissingMember, Name, member.Name));
    }

    private static bool Names(ValueSchema value) =>
        value.Kind == MemberKind.Sha256 || value.Members?.NamesDocuments == true || (value.Item is { } item && Names(item));

    private static void Check(JsonElement value, ValueSchema schema, string path, ref Refusal? first)
    {
        switch (schema.Kind)
        {
            case MemberKind.Object:
                schema.Members!.Check(value, path, ref first);
                return;
            case MemberKind.List when value.ValueKind == JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Check(item, schema.Item!, path, ref first);
                return;
            default:
                if (CheckValue(value, schema, path) is { } refusal) Keep(ref first, refusal);
                return;
        }
    }

    private static Refusal? CheckValue(JsonElement value, ValueSchema schema, string path)
    {
        switch (schema.Kind)
        {
            case MemberKind.List:
                return Invalid(path, "list");
            case MemberKind.Boolean:
                return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Invalid(path, value);
            case MemberKind.Integer:
                return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _) ? null : Invalid(path, value);
            case MemberKind.Long:
                return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) ? null : Invalid(path, value);
            case MemberKind.Set:
                // The members are those of the corrected fact: checked when it is found (Correction.Apply).
                return value.ValueKind == JsonValueKind.Object ? CheckTexts(value, path) : Invalid(path, value);
            default:
                if (value.ValueKind != JsonValueKind.String || TextOf(value) is not { } text) return Invalid(path, value);
                return IsWellFormed(text, schema) ? null : Invalid(path, text);
        }
    }

    private static bool IsWellFormed(string text, ValueSchema schema) => !IsTooLong(text) && schema.Kind switch
    {
        MemberKind.Key => Subject.IsKey(text),
        MemberKind.Period => Period.TryParse(text, out _),
        MemberKind.Sha256 or MemberKind.Digest => Sha256Pattern().IsMatch(text),
        MemberKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        MemberKind.Instant => IsInstant(text),
        MemberKind.Money => MoneyPattern().IsMatch(text),
        MemberKind.Code => schema.Codes!.Contains(text, StringComparer.Ordinal),
        _ => true,
    };

    /// <summary>Whether a text has more characters than <see cref="LongestText"/>; a character outside the BMP is one.</summary>
    public static bool IsTooLong(string text) => text.Length > LongestText && text.EnumerateRunes().Count() > LongestText;

    /// <summary>Whether the text is an RFC 3339 instant with an offset.</summary>
    public static bool IsInstant(string text) =>
        InstantPattern().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>The text of a JSON string, or null when it holds a lone surrogate or U+0000, which PostgreSQL cannot keep.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            var text = value.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // Nothing unstorable may hide in a value whose schema is not known yet.
    private static Refusal? CheckTexts(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => TextOf(value) is null ? Invalid(path, "text") : null,
        JsonValueKind.Array => value.EnumerateArray().Select(item => CheckTexts(item, path)).FirstOrDefault(r => r is not null),
        JsonValueKind.Object => value.EnumerateObject().Select(m => CheckTexts(m.Value, path)).FirstOrDefault(r => r is not null),
        _ => null,
    };

    private static Refusal Invalid(string path, JsonElement value)
    {
        var raw = value.GetRawText();
        return Invalid(path, raw);
    }

    private static Refusal Invalid(string path, string value) =>
        Refusal.Of(Facts.Codes.InvalidValue, path, value.Length <= 80 ? value : value[..(char.IsHighSurrogate(value[79]) ? 79 : 80)] + "…");

    private static MemberSchema Member(Type type, ParameterInfo parameter)
    {
        var property = type.GetProperty(parameter.Name!)!;
        return new MemberSchema(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            !parameter.HasDefaultValue,
            ValueOf(property.PropertyType, property),
            property.IsDefined(typeof(PersonalDataAttribute)),
            property.IsDefined(typeof(ActingPersonAttribute)));
    }

    private static ValueSchema ValueOf(Type type, PropertyInfo? property)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return new ValueSchema(TextKind(property));
        if (type == typeof(int)) return new ValueSchema(MemberKind.Integer);
        if (type == typeof(long)) return new ValueSchema(MemberKind.Long);
        if (type == typeof(bool)) return new ValueSchema(MemberKind.Boolean);
        if (type == typeof(DateOnly)) return new ValueSchema(MemberKind.Date);
        if (type == typeof(DateTimeOffset)) return new ValueSchema(MemberKind.Instant);
        if (type == typeof(decimal)) return new ValueSchema(MemberKind.Money);
        if (type.IsEnum) return new ValueSchema(MemberKind.Code, Codes: Enum.GetNames(type));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) return new ValueSchema(MemberKind.Set);
        if (type.IsGenericType) return new ValueSchema(MemberKind.List, Item: ValueOf(type.GetGenericArguments()[0], property?.IsDefined(typeof(Sha256Attribute)) == true ? property : null));
        return new ValueSchema(MemberKind.Object, Members: Of(type));
    }

    private static MemberKind TextKind(PropertyInfo? property) => property switch
    {
        null => MemberKind.Text,
        _ when property.IsDefined(typeof(StreamKeyAttribute)) => MemberKind.Key,
        _ when property.IsDefined(typeof(PeriodAttribute)) => MemberKind.Period,
        _ when property.IsDefined(typeof(Sha256Attribute)) => MemberKind.Sha256,
        _ when property.IsDefined(typeof(DigestAttribute)) => MemberKind.Digest,
        _ => MemberKind.Text,
    };

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex InstantPattern();

    [GeneratedRegex(@"\A[0-9]{1,15}(\.[0-9]{1,4})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex MoneyPattern();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256Pattern();
}
