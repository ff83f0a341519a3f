using System.CommandLine;
using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Host.Evidence;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <content>What an operator does after an incident (docs/operations.md).</content>
public static partial class EvidenceVerbs
{
    /// <summary>
    /// <c>evidence epoch --reason TEXT [--force]</c>: begins a new log after a rollback or a fork. Run by the database's owner.
    /// Exit codes: 0 done, 2 refused, 4 the new log cannot be signed.
    /// </summary>
    public static Command Epoch()
    {
        var reason = new Option<string>("--reason") { Required = true, Description = Say("原因，永久写入新日志的第一项", "why; it stands in the new log's first entry for ever") };
        var force = new Option<bool>("--force") { Description = Say("没有回滚或分叉时也开始（例如密钥丢失或被盗）", "also without a rollback or a fork, such as after a key was lost or stolen") };
        var command = new Command("epoch", Say("旧日志无法继续时开始新日志，旧日志原样保留（数据库所有者）", "begin a new log where the old one cannot go on, and keep the old one (as the database's owner)")) { reason, force };
        command.SetAction((parsed, cancellation) => AsOwnerAsync(
            async ledger =>
            {
                var change = new EpochChange(ledger.Database, ledger.Evidence.GetRequiredService<Sealer>(), ledger.Evidence.GetRequiredService<EvidenceFolder>());
                if (await change.RunAsync(parsed.GetValue(reason)!, parsed.GetValue(force), cancellation) is not { } begun)
                {
                    await Console.Error.WriteLineAsync(Say(
                        "日志没有回滚或分叉，可以继续，不需要新日志。密钥或日志文件不在本机时请先取回；确需开始时用 --force。",
                        "The log was neither rolled back nor forked and needs no successor. A key or a journal that is not here is brought back first; --force begins one all the same."));
                    return 2;
                }

                await Console.Out.WriteLineAsync(Say($"第 {begun.Epoch} 个日志已开始：{begun.Reason}", $"Log {begun.Epoch} has begun: {begun.Reason}"));
                await Console.Out.WriteLineAsync(Say("请把新公钥通知见证方和检查机关：", "Tell the witnesses and the inspectors the new key: ") + begun.Key);
                await Console.Out.WriteAsync(begun.Checkpoint.ToString());
                return 0;
            },
            cancellation));
        return command;
    }

    /// <summary>
    /// <c>evidence restore-proposal SEQ [--json]</c>: how a tampered fact was sealed, as the SQL that would put it back; nothing is
    /// changed. Exit codes: 0 done, 2 there is no such sealed fact, 4 its sealed copy was tampered with as well.
    /// </summary>
    public static Command RestoreProposal()
    {
        var sequence = new Argument<long>("SEQ") { Description = Say("事实的账本序号", "the fact's ledger sequence") };
        var json = new Option<bool>("--json") { Description = Say("输出 JSON：封存内容与现有内容", "print JSON: what was sealed and what is there") };
        var command = new Command("restore-proposal", Say("按封存内容给出恢复建议（不作任何改动）", "propose how to restore a fact from what was sealed; changes nothing")) { sequence, json };
        command.SetAction((parsed, cancellation) => AsOwnerAsync(
            async ledger =>
            {
                if (await Evidence.RestoreProposal.ReadAsync(ledger.Database, parsed.GetValue(sequence), cancellation) is not { } proposal)
                {
                    await Console.Error.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"{Say("没有封存过的事实", "No sealed fact has the number")} {parsed.GetValue(sequence)}"));
                    return 2;
                }

                await Console.Out.WriteLineAsync(parsed.GetValue(json) ? proposal.ToJson().ToJsonString(FactJson.Options) : proposal.ToSql());
                return 0;
            },
            cancellation));
        return command;
    }

    private static async Task<int> AsOwnerAsync(Func<OwnerLedger, Task<int>> act, CancellationToken cancellation)
    {
        await using var ledger = await OwnerLedger.OpenAsync(cancellation);
        try
        {
            return await act(ledger);
        }
        catch (EvidenceStoppedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 4;
        }
    }
}
