using System.Security.Cryptography;
using System.Text;

namespace Ledger.Host.Office.Imports;

/// <summary>What a sheet is.</summary>
public enum ImportKind
{
    /// <summary>法院季度清单</summary>
    CourtList,

    /// <summary>县本级台账</summary>
    Register,
}

/// <summary>What a column holds.</summary>
public enum ImportField
{
    /// <summary>案号</summary>
    CaseNo,

    /// <summary>被告单位; several in a register.</summary>
    Unit,

    /// <summary>立案日期</summary>
    DocketedOn,

    /// <summary>结案日期</summary>
    ClosedOn,

    /// <summary>裁判结果</summary>
    Outcome,

    /// <summary>法院</summary>
    Court,

    /// <summary>案由</summary>
    Cause,

    /// <summary>管理领域</summary>
    Field,

    /// <summary>行政行为种类</summary>
    ActType,

    /// <summary>原告</summary>
    Plaintiffs,

    /// <summary>乡镇</summary>
    Township,

    /// <summary>收到应诉材料日期</summary>
    ReceivedOn,

    /// <summary>报备时间</summary>
    FiledOn,
}

/// <summary>A column that a kind of sheet may have.</summary>
/// <param name="Field">What it holds.</param>
/// <param name="Chinese">Its name; the template's heading.</param>
/// <param name="English">The same in English.</param>
/// <param name="Others">Other headings of it.</param>
public sealed record ImportColumn(ImportField Field, string Chinese, string English, params IReadOnlyList<string> Others);

/// <summary>The columns of the sheets, and which column of a sheet is which.</summary>
public static class ImportColumns
{
    private static readonly ImportColumn[] Columns =
    [
        new(ImportField.CaseNo, "案号", "Case number", "一审案号", "案件编号", "案号名称"),
        new(ImportField.Unit, "被告单位", "Defendant", "被告", "被告名称", "被诉单位", "被诉行政机关", "行政机关", "被告行政机关", "单位"),
        new(ImportField.DocketedOn, "立案日期", "Docketed on", "立案日", "立案时间", "收案日期", "收案时间"),
        new(ImportField.ClosedOn, "结案日期", "Closed on", "结案日", "结案时间", "审结日期", "裁判日期"),
        new(ImportField.Outcome, "裁判结果", "Outcome", "结案方式", "判决结果", "处理结果", "裁判方式"),
        new(ImportField.Court, "法院", "Court", "审理法院", "受理法院", "一审法院", "承办法院"),
        new(ImportField.Cause, "案由", "Cause of action"),
        new(ImportField.Field, "管理领域", "Field", "行政管理领域", "执法领域", "行政管理范围"),
        new(ImportField.ActType, "行政行为种类", "Type of act", "行为种类", "被诉行政行为", "行政行为类型", "执法类型"),
        new(ImportField.Plaintiffs, "原告", "Plaintiffs", "原告姓名", "原告名称"),
        new(ImportField.Township, "所在乡镇", "Township", "乡镇", "属地乡镇"),
        new(ImportField.ReceivedOn, "收到应诉材料日期", "Materials received on", "收到应诉通知日期", "收到日期", "收到应诉材料日"),
        new(ImportField.FiledOn, "报备时间", "Filed on", "报备日期", "应诉报备日期", "报备日"),
    ];

    /// <summary>The columns of a kind.</summary>
    public static IReadOnlyList<ImportColumn> Of(ImportKind kind) =>
        kind == ImportKind.Register ? Columns : [.. Columns.Where(c => c.Field <= ImportField.ActType)];

    /// <summary>Whether a text names a column.</summary>
    public static bool IsHeading(string text) => Columns.Any(c => IsNamed(c, text));

    /// <summary>Which column holds what, as far as the headings say.</summary>
    public static IReadOnlyDictionary<ImportField, int> Guess(ImportKind kind, IReadOnlyList<string> headings)
    {
        var found = new Dictionary<ImportField, int>();
        foreach (var column in Of(kind))
            for (var i = 0; i < headings.Count; i++)
                if (IsNamed(column, headings[i]) && !found.ContainsValue(i) && found.TryAdd(column.Field, i))
                    break;
        return found;
    }

    /// <summary>What tells one sender's sheet from another: its headings.</summary>
    public static byte[] Signature(IReadOnlyList<string> headings) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', headings.Select(Plain))));

    private static bool IsNamed(ImportColumn column, string text) =>
        Plain(text) is { Length: > 0 } plain && (plain == column.Chinese || plain.Equals(column.English.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase) || column.Others.Contains(plain, StringComparer.Ordinal));

    // Without blanks, and without what stands in brackets or marks a column as required.
    private static string Plain(string text)
    {
        var plain = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('*' or '＊' or ':' or '：')));
        var bracket = plain.IndexOfAny(['（', '(']);
        return bracket > 0 ? plain[..bracket] : plain;
    }
}
