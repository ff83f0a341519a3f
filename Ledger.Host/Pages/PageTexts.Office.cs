using Ledger.Host.Office.Documents;

namespace Ledger.Host.Pages;

/// <content>Documents, files and imports.</content>
public sealed partial record PageTexts
{
#pragma warning disable CS1591 // Each text is its own meaning.
    public string Documents => Say("公文", "Documents");
    public string DocumentsHint => Say(
        "按账本某一时点的答案生成 Word 公文（GB/T 9704 版式）。点标题预览，点“Word”下载；文末有二维码，可核对数字出处。",
        "Word documents made of the ledger's answers at one moment, in Chinese as the standard for official documents asks. A title shows a preview; a QR code leads to the numbers.");
    public string DocumentKindLabel => Say("公文种类", "Kinds of documents");
    public string DocumentTitle => Say("标题", "Title");
    public string NoDocuments => Say("此时没有可以生成的公文。", "There is nothing to write at this moment.");
    public string SerialNo => Say("发文字号", "Serial number");
    public string SerialNoHint => Say("留空则按账本记载，或者留出编号位置", "empty: as recorded, or left to be filled in");
    public string Spreadsheet => Say("下载表格", "Spreadsheet");
    public string DownloadWord => Say("下载 Word", "Download Word file");
    public string File => Say("文件", "File");
    public string InAll(int count) => Say($"共 {count} 件", $"{count} in all");
#pragma warning restore CS1591

    /// <summary>A kind of document.</summary>
    public string DocumentName(DocumentKind kind) => kind switch
    {
        DocumentKind.LossBulletin => Say("季度败诉通报", "Loss bulletin"),
        DocumentKind.AccountabilityBulletin => Say("季度追责通报", "Accountability bulletin"),
        DocumentKind.OverdueNotice => Say("逾期未报备通报", "Overdue notice"),
        DocumentKind.Supervision => Say("监督意见书、决定书", "Supervision opinion or decision"),
        DocumentKind.Rectification => Say("整改通知", "Rectification notice"),
        DocumentKind.TypicalCase => Say("典型案例报告", "Typical case report"),
        _ => Say("1月31日提醒", "31 January reminder"),
    };
}
