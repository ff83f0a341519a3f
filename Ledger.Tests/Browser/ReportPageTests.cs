using System.Text;
using System.Text.RegularExpressions;
using Ledger.Host.Evidence.Bundle.Report;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Browser;

/// <summary>The bundle's report in a browser and on paper.</summary>
public sealed partial class ReportPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report-").FullName;

    [Fact]
    public async Task It_opens_without_a_network_a_script_or_a_complaint()
    {
        await using var watched = await OpenAsync(new ReportSpecimen());
        watched.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)).Count().ShouldBe(1);
        watched.Complaints.ShouldBeEmpty();
        (await watched.Page.Locator("script").CountAsync()).ShouldBe(0);
        (await watched.Page.TitleAsync()).ShouldBe("舞泉镇行政诉讼台账证据报告");
        (await watched.Page.Locator("h2").AllInnerTextsAsync()).ShouldBe(["一、时间线", "二、更正与撤回", "三、数字", "四、附件", "五、核验"]);
        (await watched.Page.EvaluateAsync<int>("() => document.querySelector('.qr').naturalWidth")).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_corrected_value_is_struck_through_and_the_last_one_that_stands_counts()
    {
        await using var watched = await OpenAsync(new ReportSpecimen());
        var row = Row(watched, "6");
        (await row.Locator("del").AllInnerTextsAsync()).ShouldBe(["2023-04-12", "2023-04-12"]);
        (await row.Locator("ins").AllInnerTextsAsync()).ShouldBe(["2023-04-14", "2023-04-14"]);
        (await row.InnerTextAsync()).ShouldContain("已更正");
        (await row.InnerTextAsync()).ShouldNotContain("2023-04-20");
    }

    [Fact]
    public async Task What_was_retracted_is_struck_through_whole()
    {
        await using var watched = await OpenAsync(new ReportSpecimen());
        (await watched.Page.Locator(".timeline tr.retracted").AllInnerTextsAsync()).Select(t => t.Split('\t')[0].Trim()).ShouldBe(["9", "11"]);
        (await Row(watched, "11").Locator("td").First.EvaluateAsync<string>("cell => getComputedStyle(cell).textDecorationLine")).ShouldBe("line-through");
        var corrections = await watched.Page.Locator("section", new() { HasText = "二、更正与撤回" }).Locator("tbody tr").AllInnerTextsAsync();
        corrections.Count.ShouldBe(5);
        corrections[0].ShouldContain("收件戳为十三日");
        corrections[0].ShouldContain("序号 6");
        corrections[4].ShouldContain("会议未举行");
    }

    [Fact]
    public async Task Members_and_codes_are_chinese_and_hidden_ones_are_said()
    {
        await using var watched = await OpenAsync(new ReportSpecimen());
        var docketed = await Row(watched, "5").InnerTextAsync();
        docketed.ShouldContain("原告已隐去");
        docketed.ShouldContain("案件类别行政");
        docketed.ShouldContain("单位 舞泉镇（wuquan），被告地位 单独被告");
        docketed.ShouldContain("2023-04-10");
        docketed.ShouldContain("2023-04-10 09:12:00");
        (await Row(watched, "13").InnerTextAsync()).ShouldContain("裁判结果 撤销，败诉原因 程序违法");
    }

    [Fact]
    public async Task Numbers_stand_with_numerator_denominator_and_lawsuits()
    {
        await using var watched = await OpenAsync(new ReportSpecimen());
        var numbers = await watched.Page.Locator("section", new() { HasText = "三、数字" }).InnerTextAsync();
        numbers.ShouldContain("2/8 (25%)");
        numbers.ShouldContain("（2023）豫1121行初1号★；（2023）豫1121行初2号");
        numbers.ShouldContain("不计败诉的结果确认违法（程序轻微违法）");
        numbers.ShouldContain("样本少；不得评优");
        (await watched.Page.Locator("tr.own").InnerTextAsync()).ShouldContain("舞泉镇");
        (await watched.Page.Locator("tr.late").AllInnerTextsAsync()).Select(t => t.Split('\t')[4]).ShouldBe(["迟报", "逾期"]);
        (await watched.Page.Locator("tr.late").Last.InnerTextAsync()).ShouldContain("2023-01-31（暂定）");
    }

    [Fact]
    public async Task The_cover_names_the_checkpoint_and_who_signed_it()
    {
        await using var watched = await OpenAsync(new ReportSpecimen());
        var cover = await watched.Page.Locator(".cover").InnerTextAsync();
        cover.ShouldContain("ledger.example/wuyang");
        cover.ShouldContain("901");
        cover.ShouldContain(ReportSpecimen.Root);
        cover.ShouldContain("court.example　964f5ba6");
        cover.ShouldContain("舞阳县人民检察院");
        cover.ShouldContain("个人信息已隐去");
        (await watched.Page.Locator("section", new() { HasText = "四、附件" }).InnerTextAsync()).ShouldContain("不在包内");
    }

    [Fact]
    public async Task What_people_wrote_is_text_and_never_markup()
    {
        const string evil = "<b onclick=alert(1)>&\"'</b>";
        await using var watched = await OpenAsync(new ReportSpecimen { Recipient = evil });
        (await watched.Page.Locator(".cover").InnerTextAsync()).ShouldContain(evil);
        (await watched.Page.Locator("[onclick]").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task It_prints_on_A4_with_the_cover_on_a_page_of_its_own()
    {
        await using var small = await OpenAsync(new ReportSpecimen());
        var pages = await PagesAsync(small);
        pages.ShouldBeInRange(5, 8);
        await using var large = await OpenAsync(new ReportSpecimen { MoreLawsuits = 100 });
        (await PagesAsync(large)).ShouldBeGreaterThan(pages + 10);

        static async Task<int> PagesAsync(WatchedPage watched)
        {
            var pdf = Encoding.Latin1.GetString(await watched.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = false }));
            pdf.ShouldContain("/MediaBox [0 0 594.95996 841.91998]");
            return PdfPage().Count(pdf);
        }
    }

    [Fact]
    public async Task It_fits_a_narrow_screen()
    {
        await using var watched = await OpenAsync(new ReportSpecimen(), width: 390);
        (await watched.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth")).ShouldBe(0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ILocator Row(WatchedPage watched, string sequence) =>
        watched.Page.Locator(".timeline tbody tr").Filter(new() { Has = watched.Page.Locator($"td:first-child:text-is(\"{sequence}\")") });

    private async Task<WatchedPage> OpenAsync(ReportSpecimen specimen, int width = 1440)
    {
        var path = Path.Combine(_folder, "report.html");
        await File.WriteAllTextAsync(path, ReportPage.Render(specimen.Model()));
        var watched = await Chromium.NewPageAsync(width);
        await watched.Page.GotoAsync(new Uri(path).AbsoluteUri);
        return watched;
    }

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PdfPage();
}
