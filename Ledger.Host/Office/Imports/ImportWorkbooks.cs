using System.Text;
using Ledger.Host.Office.Sheets;
using Ledger.Host.Pages;

namespace Ledger.Host.Office.Imports;

/// <summary>The sheets that go back to senders: empty ones to fill in, and their own with the reasons in the rows.</summary>
public static class ImportWorkbooks
{
    private const double Wide = 22;

    /// <summary>A sheet to fill in.</summary>
    public static byte[] Template(ImportKind kind, PageTexts t)
    {
        var columns = ImportColumns.Of(kind);
        return WorkbookWriter.Write(
            new Sheet(t.ImportName(kind), [.. columns.Select(_ => Wide)], [columns.Select(c => (Cell?)Cell.Of(t.Say(c.Chinese, c.English), CellStyle.Head)).ToList()], FrozenRows: 1),
            new Sheet(t.Notes, [20, 100], [.. Notes(kind, t).Select(n => (IReadOnlyList<Cell?>)[Cell.Of(n.Name, CellStyle.Head), Cell.Of(n.Text, CellStyle.Wrapped)])]));
    }

    /// <summary>The headings alone, as text that every program opens.</summary>
    public static byte[] TemplateText(ImportKind kind, PageTexts t) =>
        [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(string.Join(',', ImportColumns.Of(kind).Select(c => Defused.Of(t.Say(c.Chinese, c.English)))) + "\r\n")];

    /// <summary>A sheet with what was found of each row: put right, it can be sent again as it is.</summary>
    public static byte[] Judged(SheetPreview preview, PageTexts t)
    {
        List<IReadOnlyList<Cell?>> rows =
        [
            [Cell.Of(t.Verdict, CellStyle.Head), Cell.Of(t.Reasons, CellStyle.Head), .. preview.Table.Headings.Select(h => (Cell?)Cell.Of(h, CellStyle.Head))],
            .. preview.Rows.Select(r => (IReadOnlyList<Cell?>)
            [
                Cell.Of(t.VerdictName(r.Verdict), r.Verdict is RowVerdict.Refused or RowVerdict.Differs ? CellStyle.Bad : CellStyle.Plain),
                Cell.Of(string.Join('\n', t.ReasonsOf(r)), CellStyle.Bad), .. r.Read.Row.Cells.Select(c => (Cell?)Cell.Of(c)),
            ]),
        ];
        return WorkbookWriter.Write(new Sheet(t.Reasons, [12, 60, .. preview.Table.Headings.Select(_ => Wide)], rows, FrozenRows: 1, FrozenColumns: 2));
    }

    private static IEnumerable<(string Name, string Text)> Notes(ImportKind kind, PageTexts t)
    {
        yield return (t.Say("案号", "Case number"), t.Say("如（2025）豫1121行初12号；全角半角括号均可", "as in （2025）豫1121行初12号"));
        yield return (t.Say("被告单位", "Defendant"), t.Say("与账本登记的单位名称一致，“舞阳县公安局”和“县公安局”均可；台账中多个被告用顿号分隔", "as the unit is registered; several are separated by 、"));
        yield return (t.Say("日期", "Dates"), t.Say("2025-03-01、2025/3/1、2025年3月1日或者日期格式的单元格", "2025-03-01, 2025/3/1 or a cell with a date"));
        yield return (t.Say("裁判结果", "Outcome"), string.Join('、', ReadRow.EveryOutcome));
        if (kind == ImportKind.Register)
            yield return (t.Say("登记新案", "New cases"), t.Say("账上没有的一审案件须有案号、被告单位、立案日期、案由、管理领域、行政行为种类", "a case that the ledger does not know needs number, defendant, day, cause, field and type of act"));
        yield return (t.Say("其他", "Else"), t.Say("只读第一张工作表；表头可以改名，上传后指定对应列", "the first sheet is read; headings may differ: columns are matched after the upload"));
    }
}
