using System.Text.RegularExpressions;

namespace Ledger.Domain.Lawsuits;

/// <summary>
/// 案号: <c>（年）法院代字 类型代字 编号 号</c>, for example <c>（2023）豫1121行初12号</c> (法〔2015〕137号; facts.md §3,
/// <c>lawsuit.case-number-invalid</c>). The whole normalised text is the key: numbering restarts per year, court and type.
/// </summary>
/// <param name="Year">The docket year as printed; it need not be the year of docketing.</param>
/// <param name="Court">The court's code: <c>最高法</c>, or a province character and up to four digits.</param>
/// <param name="Type">行 or 行赔, and the stage: 初, 终, 申, 再, 监, 抗, 审, 辖 or 他.</param>
/// <param name="Number">The serial number as printed.</param>
public sealed partial record CaseNumber(string Year, string Court, string Type, string Number)
{
    private const string Provinces = "京津冀晋内蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云藏陕甘青宁新兵军";

    /// <summary>Reads a case number with full- or half-width brackets; null when it is none.</summary>
    public static CaseNumber? Parse(string text)
    {
        var match = Pattern().Match(text);
        return match.Success
            ? new CaseNumber(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value)
            : null;
    }

    /// <summary>The normalised text of a case number; other text is returned as it is, for the rules to refuse.</summary>
    public static string Normalise(string text) => Parse(text)?.ToString() ?? text;

    /// <summary>The case number with full-width brackets.</summary>
    public override string ToString() => $"（{Year}）{Court}{Type}{Number}号";

    [GeneratedRegex(
        @"\A[（(]([0-9]{4})[）)](最高法|[" + Provinces + @"][0-9]{0,4})(行赔?(?:初|终|申|再|监|抗|审|辖|他))([0-9]{1,20})号\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
