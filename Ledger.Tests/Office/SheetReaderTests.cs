using System.Text;
using Ledger.Host.Office;
using Ledger.Host.Office.Imports;
using Ledger.Host.Office.Sheets;
using Ledger.Host.Pages;
using Ledger.Tests.Pages;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Office;

/// <summary>Sheets as people send them.</summary>
public sealed class SheetReaderTests
{
    private const string Text = "案号,被告,立案时间\r\n（2025）豫1121行初9号,\"舞泉镇, 吴城镇\",2025/3/1\r\n,,\r\n（2025）豫1121行初10号,县公安局,2025年3月2日\r\n";

    public static TheoryData<string, byte[]> Texts() => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Text) },
        { "UTF-8 with a mark", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Text)] },
        { "GBK", ImportsApp.Gbk(Text) },
        { "a title above", Encoding.UTF8.GetBytes("2025年第四季度行政诉讼清单,,\r\n\r\n" + Text) },
        { "tabs", Encoding.UTF8.GetBytes(Text.Replace(",\"舞泉镇, 吴城镇\",", "\t舞泉镇, 吴城镇\t").Replace(",,", "\t\t").Replace("案号,被告,", "案号\t被告\t").Replace(",县公安局,", "\t县公安局\t")) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_read_in_the_encoding_in_which_it_was_written(string what, byte[] content)
    {
        var (table, refusal) = SheetReader.Read(content, ImportColumns.IsHeading);
        refusal.ShouldBeNull(what);
        table!.Headings.ShouldBe(["案号", "被告", "立案时间"]);
        table.Rows.Select(r => r.Cells[0]).ShouldBe(["（2025）豫1121行初9号", "（2025）豫1121行初10号"]);
        table.Rows[0].Cells[1].ShouldBe("舞泉镇, 吴城镇");
        ImportColumns.Guess(ImportKind.CourtList, table.Headings).ShouldBe(new Dictionary<ImportField, int> { [ImportField.CaseNo] = 0, [ImportField.Unit] = 1, [ImportField.DocketedOn] = 2 }, ignoreOrder: true);
    }

    [Fact]
    public void A_workbook_is_read_as_it_was_written_and_its_defused_cells_too()
    {
        var content = WorkbookWriter.Write(new Sheet("x", [10, 10], [[Cell.Of("案号"), Cell.Of("被告单位")], [Cell.Of("=1+1"), Cell.Of(45717)]]));
        var (table, _) = SheetReader.Read(content, ImportColumns.IsHeading);
        table!.Rows.ShouldHaveSingleItem().Cells.ShouldBe(["=1+1", "45717"]);
        ReadRow.Of(ImportKind.CourtList, new SheetRow(2, ["45717"]), new Dictionary<ImportField, int> { [ImportField.DocketedOn] = 0 }, new UnitNames(new Dictionary<string, string>()))
            .Day(ImportField.DocketedOn).ShouldBe(new DateOnly(2025, 3, 1));
    }

    [Fact]
    public void What_is_no_sheet_is_not_read()
    {
        Refusal([]).ShouldBe(OfficeRefusals.Empty);
        Refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]).ShouldBe(OfficeRefusals.WrongType);
        Refusal("PK\u0003\u0004 but nothing else"u8.ToArray()).ShouldBe(OfficeRefusals.Damaged);
        Refusal(ImportsApp.Bomb()).ShouldBe(OfficeRefusals.Bomb);
        Refusal(new byte[SheetReader.LongestFile + 1]).ShouldBe(OfficeRefusals.TooLarge);
        Refusal(Encoding.UTF8.GetBytes("案号,被告\r\n")).ShouldBe(OfficeRefusals.NoHeading);
        Refusal(Encoding.UTF8.GetBytes("案号,被告\r\n" + string.Concat(Enumerable.Repeat("1,2\r\n", 5_100)))).ShouldBe(OfficeRefusals.TooMany);
        static Ledger.Domain.Facts.Refusal? Refusal(byte[] content) => SheetReader.Read(content, ImportColumns.IsHeading).Refusal;
    }

    [Theory]
    [InlineData(ImportKind.CourtList)]
    [InlineData(ImportKind.Register)]
    public void A_template_names_every_column_so_that_it_is_found(ImportKind kind)
    {
        foreach (var english in (bool[])[false, true])
        {
            var t = new PageTexts(english);
            var headings = Encoding.UTF8.GetString(ImportWorkbooks.TemplateText(kind, t)).TrimStart('\uFEFF').Trim().Split(',');
            ImportColumns.Guess(kind, headings).Keys.ShouldBe(ImportColumns.Of(kind).Select(c => c.Field), ignoreOrder: true);
            SheetReader.Read(ImportWorkbooks.Template(kind, t), ImportColumns.IsHeading).Refusal.ShouldBe(OfficeRefusals.NoHeading); // nothing is filled in yet
        }
    }

    [Fact]
    public void Units_are_known_by_what_people_call_them()
    {
        var units = new UnitNames(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["xianzhengfu"] = "舞阳县人民政府", ["gongan"] = "县公安局", ["wuquan"] = "舞泉镇", ["shuiwu"] = "国家税务总局舞阳县税务局",
        });
        units.Find("舞阳县公安局").ShouldBe("gongan");
        units.Find("县公安局").ShouldBe("gongan");
        units.Find("舞阳县舞泉镇人民政府").ShouldBe("wuquan");
        units.Find("舞阳县人民政府").ShouldBe("xianzhengfu");
        units.Find("wuquan").ShouldBe("wuquan");
        units.Find("郑州市公安局").ShouldBeNull();
    }
}
