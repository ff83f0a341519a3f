using System.Collections.Frozen;
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

    /// <summary><c>benchmark/{period}</c>: provincial averages and satisfaction figures.</summary>
    Benchmark,

    /// <summary><c>dispute/{key}</c>: one dispute before court (行政争议).</summary>
    Dispute,

    /// <summary><c>rectification/{key}</c>: what a unit puts right after one loss (整改).</summary>
    Rectification,

    /// <summary><c>supervision/{key}</c>: one file of supervision of enforcement (执法监督).</summary>
    Supervision,

    /// <summary><c>accountability/{key}</c>: one fault case, from clue to terminal decision (过错责任追究).</summary>
    Accountability,

    /// <summary><c>complaint/{key}</c>: one complaint or report (投诉举报).</summary>
    Complaint,

    /// <summary><c>hotspot/{key}</c>: one field in which complaints gather (高发领域).</summary>
    Hotspot,

    /// <summary><c>warningcase/{key}</c>: one warning or typical case (警示案例、典型案例).</summary>
    WarningCase,

    /// <summary><c>procuratorial/{key}</c>: one matter shared with the procuratorate (检察监督).</summary>
    Procuratorial,

    /// <summary><c>training/{key}</c>: one training (培训).</summary>
    Training,

    /// <summary><c>staffing/{unit}</c>: a unit's staffing (力量配备).</summary>
    Staffing,

    /// <summary><c>supervisor/{key}</c>: a lay or external supervisor, or a contact point (执法监督员、联系点).</summary>
    Supervisor,

    /// <summary><c>period/{period}</c>: what the county does for a quarter or a year (季度、年度).</summary>
    Period,

    /// <summary><c>bulletin/{key}</c>: one bulletin (通报), with its restatements.</summary>
    Bulletin,

    /// <summary><c>assessment/{unit}-{year}</c>: a unit's annual assessment (考核).</summary>
    Assessment,

    /// <summary><c>approval/{key}</c>: one command that needs a second person (审批).</summary>
    Approval,

    /// <summary><c>export/{key}</c>: one bundle of evidence that left the house (证据导出).</summary>
    Export,

    /// <summary><c>redaction/{key}</c>: personal data of one fact that are no longer kept (个人信息删除).</summary>
    Redaction,
}

/// <summary>A stream's name, <c>kind/key</c>: what a fact is about.</summary>
/// <param name="Kind">The stream kind.</param>
/// <param name="Key">The key, of the alphabet of facts.md §1.</param>
public readonly partial record struct Subject(StreamKind Kind, string Key)
{
    private static readonly FrozenDictionary<string, StreamKind> Kinds =
        Enum.GetValues<StreamKind>().ToFrozenDictionary(NameOf, StringComparer.Ordinal);

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
    public static StreamKind? KindOf(string name) => Kinds.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>Whether the text is a key: 1 to 80 letters, digits, dots, underscores, hyphens or CJK ideographs.</summary>
    public static bool IsKey(string text) => KeyPattern().IsMatch(text);

    /// <summary>The subject of a unit's stream.</summary>
    public static Subject Unit(string unit) => new(StreamKind.Unit, unit);

    /// <summary>The subject of a lawsuit's stream.</summary>
    public static Subject Lawsuit(string key) => new(StreamKind.Lawsuit, key);

    /// <inheritdoc/>
    public override string ToString() => NameOf(Kind) + "/" + Key;

    private static string NameOf(StreamKind kind) => kind.ToString().ToLowerInvariant();

    // IsCJKUnifiedIdeographs is the .NET name of the block U+4E00..U+9FFF.
    [GeneratedRegex(@"\A[A-Za-z0-9._\-\p{IsCJKUnifiedIdeographs}]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
