using System.CommandLine;
using Ledger.Host.Evidence;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <content>A new key.</content>
public static partial class EvidenceVerbs
{
    /// <summary>
    /// <c>evidence key rotate --reason TEXT</c>: makes a new key on this machine and announces it in the log. Run by the database's
    /// owner. Exit codes: 0 done, 4 the log cannot be signed.
    /// </summary>
    private static Command RotateKey()
    {
        var reason = new Option<string>("--reason") { Required = true, Description = Say("原因，永久写入日志", "why; it stands in the log for ever") };
        var actor = new Option<string>("--actor") { DefaultValueFactory = _ => Environment.UserName, Description = Say("执行人", "who has it done") };
        var command = new Command("rotate", Say("更换账本签名密钥：新旧密钥共同签署下一检查点（数据库所有者）", "change the ledger's key: the next checkpoint is signed by both (as the database's owner)")) { reason, actor };
        command.SetAction((parsed, cancellation) => AsOwnerAsync(
            async ledger =>
            {
                var rotation = new KeyRotation(ledger.Database, ledger.Evidence.GetRequiredService<Sealer>(), ledger.Evidence.GetRequiredService<IKeyRing>());
                var (key, checkpoint) = await rotation.RunAsync(parsed.GetValue(reason)!, parsed.GetValue(actor)!, cancellation);
                await Console.Out.WriteLineAsync(Say("新公钥：", "The new public key: ") + key);
                await Console.Out.WriteAsync(checkpoint.ToString());
                return 0;
            },
            cancellation));
        return command;
    }
}
