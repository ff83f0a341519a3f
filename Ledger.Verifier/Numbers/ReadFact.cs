using System.Globalization;
using System.Text.Json;

namespace Ledger.Verifier.Numbers;

/// <summary>A fact says something that the rules of counting cannot read.</summary>
internal sealed class UnreadableFactException(string message) : Exception(message);

/// <summary>A fact as it is read at a position: with the values of its corrections, naming instances by their present numbers.</summary>
internal sealed record ReadFact(long Sequence, string Subject, string Type, IReadOnlyDictionary<string, JsonElement> Data)
{
    /// <summary>Asia/Shanghai has had no other offset since the ledger's first possible fact.</summary>
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    public string Kind => Subject[..Subject.IndexOf('/', StringComparison.Ordinal)];

    public string Key => Subject[(Subject.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>When it happened in law; null for what counts from its recording.</summary>
    public DateOnly? On => Catalogue.DatedBy(Type) switch
    {
        null => null,
        "submittedAt" => LocalDay(At),
        var member => Day(member),
    };

    /// <summary>The instant of a submission.</summary>
    public DateTimeOffset At =>
        DateTimeOffset.TryParse(Text("submittedAt"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : throw Unreadable("submittedAt");

    public static DateOnly LocalDay(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Shanghai).DateTime);

    public string? TextOrNull(string member) =>
        Data.TryGetValue(member, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    public string Text(string member) => TextOrNull(member) ?? throw Unreadable(member);

    public DateOnly Day(string member) => DayOf(Text(member)) ?? throw Unreadable(member);

    public IEnumerable<DateOnly> Days(string member) => Texts(member).Select(d => DayOf(d) ?? throw Unreadable(member));

    public IEnumerable<string> Texts(string member) => Items(member).Select(i => i.GetString() ?? throw Unreadable(member));

    public int Number(string member) => Data.TryGetValue(member, out var value) && value.TryGetInt32(out var number) ? number : throw Unreadable(member);

    public int? NumberOrNull(string member) => Data.TryGetValue(member, out var value) && value.ValueKind != JsonValueKind.Null ? Number(member) : null;

    public bool? YesOrNull(string member) => Data.TryGetValue(member, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetBoolean() : null;

    /// <summary>The items of a list; none when the member is absent.</summary>
    public IEnumerable<JsonElement> Items(string member) =>
        Data.TryGetValue(member, out var value) && value.ValueKind != JsonValueKind.Null ? value.EnumerateArray() : [];

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private UnreadableFactException Unreadable(string member) => new($"{Sequence} {Type}.{member}");
}
