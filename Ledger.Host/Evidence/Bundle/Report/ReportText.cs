using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.Domain;

namespace Ledger.Host.Evidence.Bundle.Report;

/// <summary>Values of facts and answers as HTML for Chinese readers. Everything goes through <see cref="Escape"/>.</summary>
/// <param name="names">The names of units by their keys.</param>
internal sealed partial class ReportText(IReadOnlyDictionary<string, string> names)
{
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Beijing time to the second; broken between day and time only.</summary>
    public static string Beijing(DateTimeOffset instant)
    {
        var local = instant.ToOffset(ShanghaiTime.Offset);
        return $"{Unbroken(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))} {Unbroken(local.ToString("HH:mm:ss", CultureInfo.InvariantCulture))}";
    }

    /// <summary>A text that stays on one line.</summary>
    public static string Unbroken(string text) => $"<span class=\"nb\">{Escape(text)}</span>";

    /// <summary>A unit's name, with its key when that is another word.</summary>
    public string Unit(string key) => names.TryGetValue(key, out var name) && name != key ? $"{Escape(name)}（{Escape(key)}）" : Escape(key);

    /// <summary>A stream as people call it.</summary>
    public string Stream(string subject)
    {
        var (kind, key) = (subject[..subject.IndexOf('/', StringComparison.Ordinal)], subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        return kind switch
        {
            "unit" => "单位 " + Unit(key),
            "lawsuit" => "诉讼 " + Escape(key),
            "policy" => "口径 " + Escape(key),
            "calendar" => "日历 " + Escape(key),
            _ => Escape(subject),
        };
    }

    /// <summary>The members of a fact, one a line.</summary>
    public string Members(JsonObject data, Func<string, string?> corrected) =>
        string.Concat(data.Select(m => $"<div class=\"member\"><span class=\"name\">{Escape(FactWords.Of(m.Key))}</span>{(corrected(m.Key) is { } now
            ? $"<del>{Value(m.Key, m.Value)}</del> <ins>{now}</ins>"
            : Value(m.Key, m.Value))}</div>"));

    /// <summary>One value.</summary>
    public string Value(string member, JsonNode? value) => value switch
    {
        null => "（无）",
        JsonArray { Count: 0 } => "（空）",
        JsonArray list => string.Join("；", list.Select(item => Value(member, item))),
        JsonObject o when o.Count == 2 && o["n"] is { } n && o["d"] is { } d => Rate(n.GetValue<long>(), d.GetValue<long>()),
        JsonObject o => string.Join("，", o.Select(m => $"{Escape(FactWords.Of(m.Key))} {Value(m.Key, m.Value)}")),
        JsonValue v when v.GetValueKind() is JsonValueKind.True or JsonValueKind.False => v.GetValue<bool>() ? "是" : "否",
        JsonValue v when v.GetValueKind() == JsonValueKind.String => Text(member, v.ToString()),
        _ => Escape(value.ToString()),
    };

    /// <summary>n/d with the percentage beside it; without a denominator there is no rate.</summary>
    public static string Rate(long n, long d) => Cli.Tables.Rate(new Ratio(n, d));

    private string Text(string member, string text) =>
        member is "unit" or "into" && names.ContainsKey(text) ? Unit(text)
        : Hash().IsMatch(text) ? $"<span class=\"mono\">{text[..16]}…</span>"
        : Instant().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant) ? Beijing(instant)
        : Day().IsMatch(text) ? Unbroken(text)
        : Code().IsMatch(text) ? Escape(FactWords.Of(text))
        : Escape(text);

    [GeneratedRegex(@"\A[0-9A-Fa-f]{64}\z")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")]
    private static partial Regex Instant();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z")]
    private static partial Regex Day();

    [GeneratedRegex(@"\A[A-Z][A-Za-z]+\z")]
    private static partial Regex Code();
}
