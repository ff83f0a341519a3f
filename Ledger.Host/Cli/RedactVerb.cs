using System.CommandLine;
using Ledger.Host.Evidence;
using Ledger.Host.Intake;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <summary>
/// The verb <c>redact KEY</c>: takes personal data away that two persons have decided to keep no longer. Run by the database's
/// owner. Exit codes: 0 done, 2 refused.
/// </summary>
public static class RedactVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = Say("决定的编号（redaction/编号）", "the key of the decision (redaction/KEY)") };
        var actor = new Option<string>("--actor") { DefaultValueFactory = _ => Environment.UserName, Description = Say("执行人", "who has it done") };
        var command = new Command("redact", Say("执行已审批的个人信息删除（数据库所有者）", "take away personal data whose redaction was approved (as the database's owner)")) { key, actor };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var ledger = await OwnerLedger.OpenAsync(cancellation);
            await using var writer = LedgerServices.Open(ledger.Logins.Writer);
            var redactor = new Redactor(
                ledger.Database, writer.GetRequiredService<FactIntake>(), ledger.Evidence.GetRequiredService<Sealer>(), TimeProvider.System);
            try
            {
                var (report, refusal) = await redactor.RunAsync(parsed.GetValue(key)!, parsed.GetValue(actor)!, cancellation);
                if (report is null)
                {
                    await Console.Error.WriteLineAsync($"{refusal!.Code}: {Say(refusal.Chinese, refusal.English)}");
                    return 2;
                }

                await Console.Out.WriteLineAsync(Say(
                    $"已删除：{report.Subject} 第 {report.Sequence} 号事实的 {string.Join('、', report.Members)}。封存证明仍然有效。",
                    $"Gone: {string.Join(", ", report.Members)} of fact {report.Sequence} in {report.Subject}. Its proof is still good."));
                foreach (var other in report.AlsoIn)
                    await Console.Out.WriteLineAsync(Say($"同样的内容还出现在 {other}，须另行决定", $"The same text also stands in {other}, which needs a decision of its own"));
                await Console.Out.WriteLineAsync(Say(
                    "请停止主机后运行 ledger rebuild：投影和主机内存中仍有原内容；备份另行处理。",
                    "Now stop the host and run ledger rebuild: the read models and the host's memory still hold it, and so do backups."));
                return 0;
            }
            catch (EvidenceStoppedException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 2;
            }
        });
        return command;
    }
}
