using System.Text;
using System.Text.RegularExpressions;
using Ledger.Host.Evidence.Bundle;
using Ledger.Tests.Verifier;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Browser;

/// <summary>The page as an inspector uses it: opened from a folder, without a network, with mouse or keyboard, on any width.</summary>
public sealed partial class VerifyPageTests
{
    [Fact]
    public async Task A_good_bundle_is_trustworthy_and_nothing_leaves_the_machine()
    {
        await using var file = await OpenAsync(new BundleBuilder().Build());
        await TrustAsync(file);

        await file.Page.ClickAsync("#verify");

        await VerdictAsync(file, 0, "可信");
        file.OtherRequests.ShouldBeEmpty();
        file.Complaints.ShouldBeEmpty();
        (await file.Page.Locator("[data-property] .state.failed").CountAsync()).ShouldBe(0);
        (await file.Page.Locator("[data-property]").AllInnerTextsAsync()).Select(t => t[..3]).ShouldBe(["真实性", "完整性", "可用性", "安全性"]);
        (await file.Page.Locator("td", new() { HasText = "收到应诉材料" }).Or(file.Page.Locator("td", new() { HasText = "裁判作出" })).CountAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Without_a_key_all_is_shown_and_nothing_is_trusted()
    {
        await using var file = await OpenAsync(new BundleBuilder().Build());

        await file.Page.ClickAsync("#verify");

        await VerdictAsync(file, 3, "密钥不可信");
        (await file.Page.InnerTextAsync("#result")).ShouldContain("没有输入可信公钥");
        (await file.Page.Locator("[data-check=content].passed").CountAsync()).ShouldBe(1);
        (await file.Page.Locator("section", new() { HasText = "裁判作出" }).CountAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_changed_fact_is_named_down_to_its_line_and_sequence()
    {
        var bundle = new BundleBuilder().Build().Replace("data/facts.jsonl", "\"2023-05-20\"", "\"2023-05-21\"");
        await using var file = await OpenAsync(bundle);
        await TrustAsync(file);

        await file.Page.ClickAsync("#verify");

        await VerdictAsync(file, 1, "被篡改");
        var row = await file.Page.Locator("tr", new() { HasText = "fact.data" }).InnerTextAsync();
        row.ShouldContain("data/facts.jsonl");
        row.ShouldContain("第 5 行");
        row.ShouldContain("台账序号 8");
        row.ShouldContain("lawsuit/a");
    }

    [Fact]
    public async Task What_the_bundle_says_is_text_and_never_markup()
    {
        const string evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        var bundle = new BundleBuilder().Build().Edit("data/bundle.json", json => json["recipient"] = evil);
        await using var file = await OpenAsync(bundle);
        await TrustAsync(file);

        await file.Page.ClickAsync("#verify");

        await VerdictAsync(file, 0, "可信");
        (await file.Page.InnerTextAsync("#result")).ShouldContain(evil);
        (await file.Page.TitleAsync()).ShouldBe("证据包核验");
        file.OtherRequests.ShouldBeEmpty();
        file.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_policy_blocks_every_request_and_every_other_script()
    {
        await using var file = await VerifyPageFile.OpenAsync();
        var outcome = await file.Page.EvaluateAsync<string>(
            """
            async () => {
              const tried = [];
              try { await fetch('http://127.0.0.1:9/'); tried.push('fetched'); } catch { tried.push('no fetch'); }
              const script = document.createElement('script');
              script.textContent = 'window.injected = true';
              document.head.append(script);
              const style = document.createElement('style');
              style.textContent = 'body { display: none }';
              document.head.append(style);
              tried.push(window.injected ? 'script ran' : 'no script', getComputedStyle(document.body).display);
              return tried.join(', ');
            }
            """);
        outcome.ShouldBe("no fetch, no script, block");
        file.Complaints.Count(c => c.Contains("Content Security Policy", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void It_is_one_text_without_an_address_to_fetch()
    {
        VerifyPage.Html.ShouldBeSameAs(VerifyPage.Html);
        VerifyPage.Html.ShouldNotContain("{{");
        Source().Matches(VerifyPage.Html).Select(m => m.Value).ShouldBe(["href=\"#main\"", "href=\"data:,\""], ignoreOrder: true);
        VerifyPage.Html.ShouldNotContain("http:");
        VerifyPage.Html.ShouldNotContain("https:");
    }

    [Fact]
    public async Task The_language_is_a_button_away()
    {
        await using var file = await OpenAsync(new BundleBuilder().Build());
        await TrustAsync(file);
        await file.Page.ClickAsync("#verify");
        await VerdictAsync(file, 0, "可信");

        await file.Page.ClickAsync("#language");

        (await file.Page.InnerTextAsync("#verdict-title")).ShouldStartWith("Trustworthy");
        (await file.Page.GetAttributeAsync("html", "lang")).ShouldBe("en");
        (await file.Page.InnerTextAsync("main")).ShouldNotContain("核验");
        await file.Page.ClickAsync("#language");
        (await file.Page.InnerTextAsync("#verdict-title")).ShouldStartWith("可信");
    }

    [Fact]
    public async Task A_keyboard_is_enough()
    {
        await using var file = await OpenAsync(new BundleBuilder().Build());
        var reached = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            await file.Page.Keyboard.PressAsync("Tab");
            reached.Add(await file.Page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.className"));
            if (reached[^1] == "key") await file.Page.Keyboard.TypeAsync(BundleBuilder.Log.Key);
        }

        reached.ShouldBe(["skip", "language", "bundle", "key", "policy", "held", "verify"]);
        await file.Page.FocusAsync("#verify");
        await file.Page.Keyboard.PressAsync("Enter");
        await VerdictAsync(file, 0, "可信");
        (await file.Page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("verdict-title");
    }

    [Fact]
    public async Task Every_field_has_a_label_and_a_missing_bundle_is_said()
    {
        await using var file = await VerifyPageFile.OpenAsync();
        foreach (var label in (string[])["证据包（ZIP 文件）", "台账公钥（每行一个）", "或者：见证策略文件（可选）", "检查点文件"])
            (await file.Page.GetByLabel(label).CountAsync()).ShouldBe(1, label);

        await file.Page.ClickAsync("#verify");

        (await file.Page.InnerTextAsync("[role=alert]")).ShouldBe("请先选择证据包。");
        (await file.Page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("bundle");
    }

    [Fact]
    public async Task A_bundle_can_be_dropped()
    {
        await using var file = await VerifyPageFile.OpenAsync();
        await file.Page.EvaluateAsync(
            """
            bundle => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([Uint8Array.from(atob(bundle), c => c.charCodeAt(0))], '证据包.zip'));
              document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """,
            Convert.ToBase64String(new BundleBuilder().Build().Zip()));
        (await file.Page.InnerTextAsync("#bundle-hint")).ShouldBe("已选：证据包.zip");
        await TrustAsync(file);
        await file.Page.ClickAsync("#verify");
        await VerdictAsync(file, 0, "可信");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task It_fits_the_screen_with_and_without_findings(int width)
    {
        var bad = new BundleBuilder().Build().Replace("data/facts.jsonl", "2023-05-20", "2023-05-21").DropLine("data/leaves.jsonl", 1);
        await using var file = await OpenAsync(bad, width);
        await TrustAsync(file);
        (await OverflowAsync(file)).ShouldBe(0);
        await file.Page.ClickAsync("#verify");
        await file.Page.WaitForSelectorAsync("#verdict");
        (await OverflowAsync(file)).ShouldBe(0);

        static Task<int> OverflowAsync(VerifyPageFile file) => file.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");
    }

    [Fact]
    public async Task The_result_prints_without_the_form()
    {
        await using var file = await OpenAsync(new BundleBuilder().Build());
        await TrustAsync(file);
        await file.Page.ClickAsync("#verify");
        await VerdictAsync(file, 0, "可信");
        await file.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await file.Page.IsVisibleAsync("#form")).ShouldBeFalse();
        (await file.Page.IsVisibleAsync("#verdict")).ShouldBeTrue();
        var pdf = await file.Page.PdfAsync(new() { PreferCSSPageSize = true });
        Encoding.ASCII.GetString(pdf, 0, 5).ShouldBe("%PDF-");
    }

    private static async Task<VerifyPageFile> OpenAsync(TestBundle bundle, int width = 1440)
    {
        var file = await VerifyPageFile.OpenAsync(width);
        await file.Page.SetInputFilesAsync("#bundle", file.Save("bundle.zip", bundle.Zip()));
        return file;
    }

    private static async Task TrustAsync(VerifyPageFile file)
    {
        await file.Page.FillAsync("#key", BundleBuilder.Log.Key);
        await file.Page.SetInputFilesAsync("#policy", file.Save("policy.txt", Encoding.UTF8.GetBytes(BundleBuilder.Policy)));
    }

    private static async Task VerdictAsync(VerifyPageFile file, int code, string chinese)
    {
        var title = await (await file.Page.WaitForSelectorAsync("#verdict-title"))!.InnerTextAsync();
        title.ShouldStartWith(chinese, customMessage: await file.Page.InnerTextAsync("#result"));
        title.ShouldContain($"结论代码 {code}");
    }

    [GeneratedRegex("(?:src|href)=\"[^\"]*\"")]
    private static partial Regex Source();
}
