using System.Text.RegularExpressions;

namespace Ledger.Domain.Facts;

/// <summary>The kinds of stream (facts.md §2).</summary>
public enum StreamKind
{
    /// <summary><c>unit/{unit}</c></summary>
    Unit,

    /// <summary><c>lawsuit/{key}</c>: one dispute chain in court.</summary>
    Lawsuit,

    /// <summary><c>policy/{id}</c>: a counting policy (统计口径).</summary>
    Policy,

    /// <summary><c>calendar/{year}</c></summary>
    Calendar,

    /// <summary><c>benchmark/{period}</c>: provincial averages.</summary>
    Benchmark,
}

/// <summary>A stream's name, <c>kind/key</c>: what a fact is about.</summary>
/// <param name="Kind">The stream kind.</param>
/// <param name="Key">The key, of the alphabet of facts.md §1.</param>
public readonly partial record struct Subject(StreamKind Kind, string Key)
{
    /// <summary>Reads <c>kind/key</c>; false for an unknown kind or a key outside its alphabet.</summary>
    public static bool TryParse(string text, out Subject subject)
    {
        subject = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || KindOf(text[..slash]) is not { } kind || !IsKey(text[(slash + 1)..])) return false;
        subject = new Subject(kind, text[(slash + 1)..]);
        return true;
    }

    /// <summary>Reads a subject that is known to be one.</summary>
    public static Subject Parse(string text) => TryParse(text, out var subject) ? subject : throw new FormatException(text);

    /// <summary>The stream kind of a lower-case name, or null.</summary>
    public static StreamKind? KindOf(string name) => name switch
    {
        "unit" => StreamKind.Unit,
        "lawsuit" => StreamKind.Lawsuit,
        "policy" => StreamKind.Policy,
        "calendar" => StreamKind.Calendar,
        "benchmark" => StreamKind.Benchmark,
        _ => null,
    };

    /// <summary>Whether the text is a key: 1 to 80 letters, digits, dots, underscores, hyphens or CJK ideographs.</summary>
    public static bool IsKey(string text) => KeyPattern().IsMatch(text);

    /// <summary>The subject of a unit's stream.</summary>
    public static Subject Unit(string unit) => new(StreamKind.Unit, unit);

    /// <summary>The subject of a lawsuit's stream.</summary>
    public static Subject Lawsuit(string key) => new(StreamKind.Lawsuit, key);

    /// <inheritdoc/>
    public override string ToString() => Kind.ToString().ToLowerInvariant() + "/" + Key;

    // IsCJKUnifiedIdeographs is the .NET name of the block U+4E00..U+9FFF.
    [GeneratedRegex(@"\A[A-Za-z0-9._\-\p{IsCJKUnifiedIdeographs}]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
