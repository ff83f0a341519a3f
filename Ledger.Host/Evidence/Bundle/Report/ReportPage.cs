using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using QRCoder;
using static Ledger.Host.Evidence.Bundle.Report.ReportText;

namespace Ledger.Host.Evidence.Bundle.Report;

/// <summary>
/// <c>data/report.html</c> (docs/evidence.md §6): the bundle for people, in Chinese, on A4. No script, no request; it proves
/// nothing by itself and says how to repeat the verification.
/// </summary>
public static class ReportPage
{
    /// <summary>The whole page.</summary>
    public static string Render(ReportModel model)
    {
        var text = new ReportText(model.Names);
        var style = VerifyPage.Resource("report.css");
        var facts = new ReportFacts(model, text);
        var numbers = new ReportNumbers(model, text);
        var title = $"{(model.Names.GetValueOrDefault(model.Unit) ?? model.Unit)}行政诉讼台账证据报告";
        return $"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {VerifyPage.HashSource(style)}; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>{Escape(title)}</title>
            <style>{style}</style>
            </head>
            <body>
            {Cover(model, text, title)}
            <main>
            <section><h2>一、时间线</h2>
            <p class="lead">共 {model.Facts.Count.ToString(CultureInfo.InvariantCulture)} 条事实，按台账序号排列。入账时间由数据库记录，任何人不能指定；法律日期由事实自身载明。被更正的值以删除线标出，其后为现行值。</p>
            {facts.Timeline()}</section>
            <section><h2>二、更正与撤回</h2>
            {facts.Corrections()}</section>
            <section><h2>三、数字</h2>
            <h3>口径与日历</h3>
            {numbers.Basis()}{numbers.Rankings()}{numbers.Scorecards()}
            <h3>义务与期限</h3>
            {numbers.Obligations()}</section>
            <section><h2>四、附件</h2>
            {Documents(model, text)}</section>
            {Verification(model, text)}
            </main>
            </body>
            </html>

            """;
    }

    private static string Cover(ReportModel model, ReportText text, string title)
    {
        var bundle = model.Bundle;
        return $"""
            <header class="cover">
            <p class="kind">电子证据报告</p>
            <h1>{Escape(title)}</h1>
            {ReportTable.Pairs(
                ("单　　位", text.Unit(model.Unit)),
                ("诉　　讼", model.Lawsuit is { } lawsuit ? Escape(lawsuit) : "全部"),
                ("期　　间", Escape((string?)bundle["selection"]!["period"] ?? "全部")),
                ("截　　至", Escape((string)bundle["asOf"]!)),
                ("知 悉 至", bundle["knownAt"] is { } knownAt ? text.Value("knownAt", knownAt) : "导出时"),
                ("披露范围", (string?)bundle["disclosure"] == "Full" ? "全部披露" : "个人信息已隐去"),
                ("接 收 方", Escape((string)bundle["recipient"]!)),
                ("用　　途", Escape((string)bundle["purpose"]!)),
                ("导 出 人", Escape((string)bundle["by"]!)),
                ("导出时间", text.Value("at", bundle["at"]) + "（北京时间）"))}
            <div class="seal">
            <img class="qr" alt="检查点二维码" src="data:image/png;base64,{Qr(model.Checkpoint)}">
            <div>
            <p class="seal-title">封存检查点</p>
            {ReportTable.Pairs(
                ("台　　账", $"<span class=\"mono\">{Escape(model.SignedLines[0])}</span>"),
                ("条　　数", Escape(model.SignedLines[1])),
                ("树　　根", $"<span class=\"mono\">{Escape(model.SignedLines[2])}</span>"),
                ("签　　名", string.Join("<br>", model.Signers.Select(s => $"<span class=\"mono\">{Escape(s.Name)}　{s.KeyId}</span>"))))}
            <p class="hint">二维码即检查点全文。请存下此页：日后可凭它证明台账此后只有追加、没有改写。</p>
            </div>
            </div>
            <p class="hint">本报告是证据包的易读本，文字以 <span class="mono">data/facts.jsonl</span> 为准；签名人是否可信，须以您另行取得的公钥核验（见“五、核验”）。</p>
            </header>
            """;
    }

    private static string Documents(ReportModel model, ReportText text) => ReportTable.Of(
        "附件", ["文件哈希（SHA-256）", "类型", "大小（字节）", "状态", "引用的事实"],
        model.Bundle["attachments"]!.AsArray().Select(n => n!.AsObject()).Select(d => new ReportTable.Row(
            [
                $"<span class=\"mono\">{Escape((string)d["sha256"]!)}</span>", text.Value("", d["mediaType"]), text.Value("", d["size"]),
                d["present"]!.GetValue<bool>() ? "在包内" : "不在包内", string.Join("；", Naming(model, (string)d["sha256"]!)),
            ])));

    private static IEnumerable<string> Naming(ReportModel model, string sha256) =>
        model.Facts.Where(f => f.Data.ToJsonString().Contains(sha256, StringComparison.OrdinalIgnoreCase)).Select(f => $"序号 {f.Sequence} {Escape(f.Chinese)}");

    private static string Verification(ReportModel model, ReportText text) => $"""
        <section class="verification"><h2>五、核验</h2>
        <p>导出程序只汇集已经封存的内容，不为自己作证：结论须由您用下列任一办法得出。所用公钥须取自县政府公报、网站或留存的书面公告，不得从包内抄录。</p>
        <h3>办法一：浏览器（不装程序）</h3>
        <ol>
        <li>断开网络，用新版浏览器打开包内的 <span class="mono">verify.html</span>（更稳妥：使用发布机关另行提供的同一页面）。</li>
        <li>选择证据包 ZIP 文件，填入公钥；有见证策略或以前持有的检查点的，一并选入。</li>
        <li>读取结论与代码：0 可信，1 被篡改，2 不完整，3 密钥不可信，4 格式错误。</li>
        </ol>
        <h3>办法二：命令行（并核验时间戳与国密签名）</h3>
        <pre>ledger-verify 证据包.zip --key 公钥文件
        ledger-verify 证据包.zip --policy 策略文件 --checkpoint 以前持有的检查点</pre>
        <h3>办法三：手工抽查（任何系统）</h3>
        <pre>sha256sum -c --strict manifest-sha256.txt
        sha256sum -c --strict tagmanifest-sha256.txt</pre>
        <p>其余步骤（RFC 6962 证明、RFC 8785 规范形式、承诺、流头）按台账文档 <span class="mono">docs/evidence.md</span> 可自行实现。</p>
        <h3>检查点全文</h3>
        <pre>{Escape(model.Checkpoint)}</pre>
        <h3>县公布的见证策略</h3>
        <pre>{Escape(model.Policy)}</pre>
        <h3>核验记录（由核验人填写）</h3>
        {ReportTable.Pairs(
            ("结　　论", "□ 0 可信　□ 1 被篡改　□ 2 不完整　□ 3 密钥不可信　□ 4 格式错误"),
            ("四　　性", "真实性 □　完整性 □　可用性 □　安全性 □"),
            ("核验办法", "□ 浏览器　□ 命令行　□ 其他：＿＿＿＿＿＿＿＿"),
            ("公钥来源", "　"), ("检查点树根", $"<span class=\"mono\">{text.Value("", JsonValue.Create(model.SignedLines[2]))}</span>　□ 与所持一致"), ("核验单位", "　"), ("核验人（签名）", "　"), ("日　　期", "　"))}
        </section>
        """;

    // Level M: a crease across the paper does not lose it.
    private static string Qr(string checkpoint)
    {
        using var data = QRCodeGenerator.GenerateQrCode(Encoding.UTF8.GetBytes(checkpoint), QRCodeGenerator.ECCLevel.M);
        return Convert.ToBase64String(new PngByteQRCode(data).GetGraphic(4));
    }
}
