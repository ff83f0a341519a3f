namespace Ledger.Host.Office.Documents;

/// <summary>The documents that the office makes of the ledger.</summary>
public enum DocumentKind
{
    /// <summary>季度败诉通报</summary>
    LossBulletin,

    /// <summary>季度追责通报</summary>
    AccountabilityBulletin,

    /// <summary>逾期未报备通报</summary>
    OverdueNotice,

    /// <summary>行政执法监督通知书、意见书、决定书</summary>
    Supervision,

    /// <summary>整改通知</summary>
    Rectification,

    /// <summary>典型案例报告</summary>
    TypicalCase,

    /// <summary>未履职情况报告提醒（1月31日）</summary>
    JanuaryReminder,
}

/// <summary>A document that can be made now.</summary>
/// <param name="Key">What it is about, within its kind.</param>
/// <param name="Title">Its title.</param>
/// <param name="About">What tells it from others of the kind.</param>
/// <param name="On">The day that matters for it.</param>
public sealed record DocumentChoice(string Key, string Title, string About, DateOnly? On);

/// <summary>Who issues documents, and where they can be verified.</summary>
/// <param name="Organ">发文机关</param>
/// <param name="SerialWord">机关代字</param>
/// <param name="Superior">To whom typical cases are reported.</param>
/// <param name="Address">The address of the pages, without a slash at its end.</param>
/// <param name="SerialNo">发文字号 as somebody gave it; null where the ledger or the office gives it later.</param>
public sealed record Issuing(string Organ, string SerialWord, string Superior, string Address, string? SerialNo)
{
    /// <summary>The serial number: the given one, or one whose number is filled in when it is registered.</summary>
    public string SerialOf(DateOnly on, string? recorded = null) => SerialNo ?? recorded ?? $"{SerialWord}〔{on.Year}〕　　号";
}
