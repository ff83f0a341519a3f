using System.CommandLine;
using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Bundle;
using static Ledger.Host.Cli.CliTexts;

namespace Ledger.Host.Cli;

/// <content>The command itself, bundles and receipts.</content>
public static partial class EvidenceVerbs
{
    /// <summary><c>evidence …</c></summary>
    public static Command Create() => new("evidence", Say("证据：封存、回执、证据包、密钥", "evidence: sealing, receipts, bundles, keys")) { Export(), Receipt(), Seal(), Checkpoints(), Key(), Epoch(), RestoreProposal() };

    private static Command Export()
    {
        var unit = new Option<string>("--unit") { Required = true, Description = Say("单位", "the unit") };
        var lawsuit = new Option<string?>("--lawsuit") { Description = Say("只导出该案件", "only this lawsuit") };
        var period = new Option<string?>("--period") { Description = Say("只导出该期数字，如 2025、2025Q2", "only the numbers of this period, such as 2025Q2") };
        var asOf = new Option<string?>("--as-of") { Description = Say("法律日期截止 YYYY-MM-DD（默认今天）", "valid time, YYYY-MM-DD (default today)") };
        var knownAt = new Option<string?>("--known-at") { Description = Say("账本已知时刻，RFC 3339", "recorded time, RFC 3339") };
        var position = new Option<string?>("--position") { Description = Say("账本位置", "ledger position") };
        var to = new Option<string>("--to") { Required = true, Description = Say("写入的 ZIP 文件", "the ZIP file to write") };
        var full = new Option<bool>("--full") { Description = Say("不遮蔽个人信息，并附文书（默认遮蔽）", "do not mask personal data, and include the documents (default: masked)") };
        var recipient = new Option<string>("--recipient") { DefaultValueFactory = _ => Environment.UserName, Description = Say("接收方", "who gets it") };
        var purpose = new Option<string>("--purpose") { DefaultValueFactory = _ => "本机导出", Description = Say("用途", "what for") };
        var since = new Option<long[]>("--since") { Description = Say("接收方已持有的检查点的项数（可多个）：证明与其一致", "leaves of a checkpoint that the recipient holds: consistency with it is proved") };
        var command = new Command("export", Say("导出证据包：事实、证明与数字，收件人可自行核验", "make an evidence bundle that its reader can check alone"))
            { unit, lawsuit, period, asOf, knownAt, position, full, recipient, purpose, since, to };
        command.SetAction(async (parsed, cancellation) =>
        {
            var asked = new ExportAsked(
                parsed.GetValue(unit)!, parsed.GetValue(lawsuit), parsed.GetValue(period), parsed.GetValue(asOf), parsed.GetValue(knownAt), parsed.GetValue(position),
                parsed.GetValue(full) ? "Full" : "Masked", parsed.GetValue(recipient)!, parsed.GetValue(purpose)!, parsed.GetValue(since) ?? []);
            var (request, wrong) = asked.Read(Environment.UserName);
            if (request is null) return QueryVerbs.Refuse(wrong!);
            await using var ledger = await OpenAsync(cancellation);
            return await ExportAsync(ledger.Services.GetRequiredService<EvidenceExport>(), request, parsed.GetValue(to)!, cancellation);
        });
        return command;
    }

    // Everything here seals first.
    private static async Task<CliLedger> OpenAsync(CancellationToken cancellation)
    {
        var ledger = await CliLedger.OpenAsync(cancellation);
        _ = ledger.Logins.RequiredSealer;
        return ledger;
    }

    // Beside its place first: nobody finds half a bundle.
    private static async Task<int> ExportAsync(EvidenceExport export, ExportRequest request, string path, CancellationToken cancellation)
    {
        var part = path + ".part";
        try
        {
            ExportMade? made;
            Refusal? refusal;
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.ReadWrite))
                (made, refusal) = await export.RunAsync(request, file, new Progress<string>(Console.Error.WriteLine), cancellation);
            if (made is null) return QueryVerbs.Refuse(refusal!);
            File.Move(part, path, overwrite: true);
            await Console.Out.WriteLineAsync(Say(
                $"证据包 {path}：{made.Facts} 条事实，检查点 {made.Size} 项，账本位置 {made.Position}\nsha256 {made.Sha256}",
                $"Bundle {path}: {made.Facts} facts, checkpoint of {made.Size} leaves, ledger position {made.Position}\nsha256 {made.Sha256}"));
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(Say($"无法写入“{path}”：{e.Message}", $"cannot write '{path}': {e.Message}"));
            return 3;
        }
        finally
        {
            if (File.Exists(part)) File.Delete(part);
        }
    }

    private static Command Receipt()
    {
        var source = new Option<string>("--source") { Required = true, Description = Say("事实的 source", "the fact's source") };
        var id = new Option<string>("--id") { Required = true, Description = Say("事实的 id", "the fact's id") };
        var to = new Option<string?>("--to") { Description = Say("写入的 .tlog-proof 文件（默认打印）", "the .tlog-proof file to write (default: print)") };
        var command = new Command("receipt", Say("取回执：一条事实已封存的证明（先封存）", "a receipt: the proof that a fact is sealed (seals first)")) { source, id, to };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var ledger = await OpenAsync(cancellation);
            try
            {
                await ledger.Services.GetRequiredService<Sealer>().SealAsync(cancellation);
            }
            catch (EvidenceStoppedException e)
            {
                return QueryVerbs.Refuse(Refusal.Of(Codes.EvidenceStopped, e.Chinese, e.English));
            }

            var receipts = ledger.Services.GetRequiredService<Receipts>();
            if (await receipts.FindAsync(new FactId(parsed.GetValue(source)!, parsed.GetValue(id)!), TimeSpan.Zero, cancellation) is not var (leaf, checkpoint))
                return QueryVerbs.Refuse(Refusal.Of(Codes.EvidenceNotSealed));
            var proof = await receipts.TextAsync(new Disclosure(leaf, full: true), checkpoint, cancellation);
            if (parsed.GetValue(to) is { } path) await File.WriteAllTextAsync(path, proof, cancellation);
            else await Console.Out.WriteAsync(proof);
            return 0;
        });
        return command;
    }

    private static Command Seal()
    {
        var command = new Command("seal", Say("立即封存并签发检查点", "seal now and print the checkpoint"));
        command.SetAction(async (_, cancellation) =>
        {
            await using var ledger = await OpenAsync(cancellation);
            try
            {
                var report = await ledger.Services.GetRequiredService<Sealer>().SealWithHeadsAsync(cancellation);
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Say("新封存事实", "newly sealed events")}: {report.Events}"));
                await Console.Out.WriteAsync((await ledger.Services.GetRequiredService<SealedLog>().LatestAsync(cancellation))!.Note.ToString());
                return 0;
            }
            catch (EvidenceStoppedException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 4;
            }
        });
        return command;
    }
}
