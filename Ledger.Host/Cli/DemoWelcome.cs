using Ledger.Host.Security;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>What the demo prints when it is ready: where it is, who you can be, and three things to try.</summary>
internal static class DemoWelcome
{
    public static async Task WriteAsync(WebApplication app, string url, CancellationToken cancellation)
    {
        var tokens = app.Services.GetRequiredService<DemoTokens>();
        var text = $"""

            {Say("演示已就绪，请用浏览器打开", "The demo is ready; open it in a browser")}：{url}/
              {Say("选择经办人、监督员、审计员或督察员进入，无需密码", "choose to be a clerk, supervisor, auditor or inspector; no password")}
            {Synthetic}

            {Say("试试（另开一个终端）", "Try, in another terminal")}：
              ./ledger ranking 2023
              ./ledger scorecard macun 2023
              ./ledger replay lawsuit/2023-0002
              ./ledger ask today --unit wuquan --as-of 2025-12-31
              ./ledger ask clauses --as-of 2025-12-31
              ./ledger audit
              ./ledger evidence export --unit macun --to macun.zip --recipient {Say("法院", "court")} --purpose {Say("核查", "check")}

            {Say("接口文档", "API documentation")}：{url}/docs/api
            {Say("以四种身份调用接口（令牌有效至本次停止，最长 12 小时）", "Call it as four people (tokens live until it stops, 12 hours at most)")}：
              {Say("经办人", "clerk")}     TOKEN={tokens.Issue("clerk")}
              {Say("监督员", "supervisor")}     TOKEN={tokens.Issue("supervisor")}
              {Say("审批人", "approver")}     TOKEN={tokens.Issue("approver")}
              {Say("审计员", "auditor")}     TOKEN={tokens.Issue("auditor")}
              curl -H "Authorization: Bearer $TOKEN" {url}/api/rankings/2023Q2
              {Say("其他身份", "Others")}：curl -X POST {url}/demo/tokens/inspector

            {Say("按 Ctrl+C 停止；数据保留在 .ledger 中", "Ctrl+C stops it; the data stays in .ledger")}
            """;
        await Console.Out.WriteLineAsync(text.AsMemory(), cancellation);
    }
}
