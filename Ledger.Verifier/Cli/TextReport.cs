using System.Globalization;
using System.Text;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Cli;

/// <summary>The report for people.</summary>
internal static class TextReport
{
    private const int MostFindings = 50;

    private static readonly (ArchiveProperty Property, Bilingual Name)[] Properties =
    [
        (ArchiveProperty.Authenticity, new("真实性", "authenticity")),
        (ArchiveProperty.Integrity, new("完整性", "integrity")),
        (ArchiveProperty.Usability, new("可用性", "usability")),
        (ArchiveProperty.Security, new("安全性", "security")),
    ];

    public static string Write(Report report, bool english)
    {
        var text = new StringBuilder();
        text.Append(Printable(report.Subject.In(english))).Append('\n');
        foreach (var check in report.Checks)
        {
            text.Append(Mark(check.Passed)).Append(" [").Append(NameOf(check.Property).In(english)).Append("] ").Append(check.Title.In(english));
            if (check.Passed && check.Found != default) text.Append(english ? ": " : "：").Append(Printable(check.Found.In(english)));
            text.Append('\n');
            foreach (var finding in check.Findings.Take(MostFindings))
                text.Append("    ").Append(finding.Code).Append("  ").Append(Printable(finding.Where)).Append(finding.Where.Length == 0 ? "" : english ? ": " : "：").Append(Printable(finding.Text.In(english))).Append('\n');
            if (check.Findings.Count > MostFindings)
                text.Append("    ").Append(english ? $"… and {check.Findings.Count - MostFindings} more (--json shows all)" : $"…… 另有 {check.Findings.Count - MostFindings} 项（--json 列出全部）").Append('\n');
        }

        text.Append(english ? "Not checked:" : "未核验：").Append('\n');
        foreach (var item in report.NotChecked) text.Append("  - ").Append(item.Text.In(english)).Append('\n');
        text.AppendJoin(english ? ", " : "　", Properties.Select(property => $"{property.Name.In(english)} {MarkOf(report, property.Property)}")).Append('\n');
        return text.Append(Verdict(report.Verdict).In(english)).Append(english ? $" (exit code {(int)report.Verdict})" : $"（退出码 {(int)report.Verdict}）").Append('\n').ToString();
    }

    /// <summary>The last line.</summary>
    public static Bilingual Verdict(Outcome outcome) => outcome switch
    {
        Outcome.Good => new("结论：核验通过", "Verdict: good"),
        Outcome.Tampered => new("结论：已被篡改，不可采信", "Verdict: tampered"),
        Outcome.Incomplete => new("结论：不完整，不能证明没有遗漏", "Verdict: incomplete"),
        Outcome.Untrusted => new("结论：没有受信公钥的签名", "Verdict: not signed by a key that is trusted"),
        _ => new("结论：格式不合，无法核验", "Verdict: malformed"),
    };

    /// <summary>✓ when all its checks passed, ✗ when one did not, – when none was made.</summary>
    private static string MarkOf(Report report, ArchiveProperty property) =>
        report.Checks.Where(check => check.Property == property).ToList() is { Count: > 0 } checks ? Mark(checks.TrueForAll(check => check.Passed)) : "–";

    private static string Mark(bool passed) => passed ? "✓" : "✗";

    private static Bilingual NameOf(ArchiveProperty property) => Array.Find(Properties, entry => entry.Property == property).Name;

    /// <summary>Text out of a bundle must not steer the terminal that shows it: control and direction characters are written as escapes.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
            ? $"\\u{(int)c:x4}"
            : c.ToString()));
}
