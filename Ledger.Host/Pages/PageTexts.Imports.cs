using Ledger.Domain.Periods;
using Ledger.Host.Office.Imports;

namespace Ledger.Host.Pages;

/// <content>Sheets that come in, and the court's lists.</content>
public sealed partial record PageTexts
{
#pragma warning disable CS1591 // Each text is its own meaning.
    public string Imports => Say("导入表格", "Import sheets");
    public string ImportsHint => Say(
        "上传法院季度清单或者本级台账（.xlsx、.csv，UTF-8 或 GBK）。先逐行核对，全部合格才能提交；提交要么全部成功，要么全部不做；同一文件再次上传不会重复。",
        "Send a court's quarterly list or the county's register (.xlsx, .csv in UTF-8 or GBK). Each row is checked first; all of it is committed or nothing; the same file again changes nothing.");
    public string ImportKindLabel => Say("表格种类", "Kind of sheet");
    public string ChooseFile => Say("选择文件，或者把文件拖到这里", "Choose a file, or drop one here");
    public string UploadLimits => Say("不超过 10 MB、5,000 行；只读第一张工作表", "10 MB and 5,000 rows at most; the first sheet is read");
    public string Upload => Say("上传并核对", "Send and check");
    public string Quarter => Say("季度", "Quarter");
    public string SharedOnLabel => Say("法院共享日期", "Shared by the court on");
    public string Templates => Say("模板", "Templates");
    public string Checking => Say("正在按账本规则逐行核对…", "Checking each row by the rules of the ledger…");
    public string ColumnsTitle => Say("列的对应", "Which column is which");
    public string ColumnsHint => Say("提交后记住，下次同样表头自动对应。", "Remembered on commit for the next sheet with these headings.");
    public string NoColumn => Say("（无此列）", "(none)");
    public string CheckAgain => Say("按此对应重新核对", "Check again");
    public string Verdict => Say("核对结果", "Verdict");
    public string Reasons => Say("原因", "Reasons");
    public string RowNumber => Say("行", "Row");
    public string AllRows(int count) => Say($"全部 {count} 行", $"all {count}");
    public string FirstRows(int shown, int count) => Say($"只显示前 {shown} 行（共 {count} 行），其余见核对结果表。", $"The first {shown} of {count} rows; all of them are in the checked sheet.");
    public string JudgedSheet => Say("下载核对结果表", "Download the checked sheet");
    public string Commit(int count) => Say($"提交（新增 {count} 条事实）", $"Commit ({count} new facts)");
    public string Committing => Say("正在提交…", "Committing…");
    public string Committed(long count) => Say($"已全部提交，新增 {count} 条事实。", $"Committed: {count} new facts.");
    public string NothingNew => Say("没有新内容：账本已经这样记载。", "Nothing is new: the ledger says so already.");
    public string ListShared => Say("这份清单已经登记，不会重复登记。", "This very list has been recorded already.");
    public string CannotCommit => Say("有被拒绝的行，整个文件不能提交。请改正后重新上传。", "Rows are refused, so nothing can be committed. Put them right and send the file again.");
    public string DiffersHint => Say("不一致的行不会改动账本；需要时按更正程序处理。", "Rows that differ change nothing; a correction has its own way.");
    public string WithNewCases => Say("同时登记无人登记过的新案", "Also record the cases that nobody has recorded");
    public string LedgerOnlyHint(int count) => Say($"本季度账上有、清单没有的案件 {count} 件", $"{count} cases of the quarter are in the ledger and not in the list");
    public string NextFile => Say("上传另一个文件", "Send another file");
    public string Reconciliation => Say("法院核对", "Reconciliation");
    public string ReconciliationHint => Say("法院清单与各单位报备、账本记载逐案比对。", "The courts' lists against what the units filed and the ledger says, case by case.");
    public string CourtSays => Say("法院清单", "Court's list");
    public string LedgerSays => Say("账本", "Ledger");
    public string Difference => Say("差异", "Difference");
    public string Status => Say("状态", "Status");
    public string HiddenNonFiling => Say("隐瞒未报", "never filed");
    public string NoDifferences => Say("没有差异。", "There is no difference.");
    public string NoList => Say("本季度法院尚未共享清单。", "The court has shared no list of the quarter.");
    public string ListOf(string on, int? number) => Say($"法院于 {on} 首次共享清单，现行第 {number} 版", $"first shared on {on}, list no. {number}");
    public string ReconciledOn => Say("核对日", "Reconciled on");
    public string OpenDifferences => Say("未处理差异", "Open differences");
    public string ByUnit => Say("按单位", "By unit");
    public string AllUnits => Say("全部单位", "All units");
    public string AllStatuses => Say("全部状态", "All");
    public string Settled => Say("处理情况", "Settled");
    public string Show => Say("显示", "Show");
#pragma warning restore CS1591

    /// <summary>A kind of sheet.</summary>
    public string ImportName(ImportKind kind) => kind == ImportKind.CourtList ? Say("法院季度清单", "Court's quarterly list") : Say("县本级台账", "The county's register");

    /// <summary>A verdict.</summary>
    public string VerdictName(RowVerdict verdict) => verdict switch
    {
        RowVerdict.New => Say("新增", "new"),
        RowVerdict.Recorded => Say("已记载", "recorded"),
        RowVerdict.Differs => Say("不一致", "differs"),
        _ => Say("拒绝", "refused"),
    };

    /// <summary>Why a row has its verdict.</summary>
    public IEnumerable<string> ReasonsOf(JudgedRow row) =>
        row.Refusals.Select(r => $"{r.Code} {Of(r)}").Concat(row.Remarks.Select(r => Say(r.Chinese, r.English)));

    /// <summary>What a difference is.</summary>
    public string DifferenceName(DifferenceKind kind) => kind switch
    {
        DifferenceKind.CourtOnly => Say("法院有、账上无", "court only"),
        DifferenceKind.NeverFiled => Say("单位未报备", "never filed"),
        DifferenceKind.LedgerOnly => Say("账上有、法院无", "ledger only"),
        DifferenceKind.DocketedDiffers => Say("立案日不符", "docketing day differs"),
        DifferenceKind.ClosedDiffers => Say("结案日不符", "closing day differs"),
        DifferenceKind.OutcomeDiffers => Say("裁判结果不符", "outcome differs"),
        _ => Say("被告单位不符", "defendant differs"),
    };

    /// <summary>Where a difference stands.</summary>
    public string StatusName(DifferenceStatus status) => status switch
    {
        DifferenceStatus.Open => Say("未处理", "open"),
        DifferenceStatus.StillDiffers => Say("称已解决但仍不符", "said to be settled, still differs"),
        DifferenceStatus.Explained => Say("已说明", "explained"),
        DifferenceStatus.Resolved => Say("已解决", "resolved"),
        _ => Say("已消失", "gone"),
    };
}
