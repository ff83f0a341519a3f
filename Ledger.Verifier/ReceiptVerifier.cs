using Ledger.Verifier.Bundle;
using Ledger.Verifier.Checks;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Log;
using Ledger.Verifier.Reports;
using static Ledger.Verifier.Reports.ArchiveProperty;

namespace Ledger.Verifier;

/// <summary>Verifies the receipt of one entry: that it was sealed at its place under a checkpoint that the inspector trusts.</summary>
public static class ReceiptVerifier
{
    private const string Where = "tlog-proof";

    /// <summary>Verifies a receipt.</summary>
    /// <param name="receipt">The <c>.tlog-proof</c>.</param>
    /// <param name="entry">The entry's UTF-8, with or without a line feed at its end.</param>
    /// <param name="inspection">What the inspector trusts.</param>
    public static Report Verify(ReadOnlyMemory<byte> receipt, ReadOnlyMemory<byte> entry, Inspection inspection)
    {
        var report = new ReportWriter();
        var subject = new Bilingual("回执", "a receipt");
        var brought = report.Run("inspector", Security, "核验方自带的公钥或策略", "what the inspector brings", _ => inspection.Read());
        var proof = report.Run("receipt", Usability, "回执可读", "the receipt can be read", _ => (new Bilingual("格式正确", "well formed"), TlogProof.Parse(receipt.Span, Where)));
        var read = report.Run("entry", Usability, "条目可读", "the entry can be read", log => ReadEntry(entry, log));
        if (brought is null || proof is null || read is null) return report.Build(subject);

        var keys = new TrustedKeys([.. brought.Policy.Logs.Where(key => key.Name == proof.Checkpoint.Origin)], new Dictionary<VerifierKey, long>());
        report.Run("signature", Authenticity, "检查点由受信公钥签署", "the checkpoint is signed by a trusted key", isPossible: true, log => SignatureCheck.CheckSignature(proof.Checkpoint, keys, Where, log));
        report.Run("witnesses", Authenticity, "见证人副署达到策略要求", "witnesses cosigned as the policy asks", isPossible: true, log => SignatureCheck.CheckWitnesses(proof.Checkpoint, brought.Policy, Where, log));
        report.Run("inclusion", Integrity, "条目在已签署的日志中", "the entry is in the signed log", isPossible: true, log =>
        {
            if (!Merkle.Includes(proof.Index, proof.Checkpoint.Size, read.LeafHash, proof.Path, proof.Checkpoint.Root))
                log.Tampered("leaf.proof", Where, $"条目不在检查点的第 {proof.Index} 位", $"the entry is not leaf {proof.Index} of the checkpoint");
            return new($"第 {proof.Index} 位，共 {proof.Checkpoint.Size} 条", $"leaf {proof.Index} of {proof.Checkpoint.Size}");
        });
        report.NotChecked("content", "条目所承诺的事实内容：回执只证明条目在何时、何处封存", "what the entry commits to: a receipt shows only that the entry was sealed");
        if (!brought.Policy.NeedsWitnesses) report.NotChecked("no-witnesses", "见证人：策略没有要求见证", "witnesses: the policy asks for none");
        return report.Build(subject);
    }

    private static (Bilingual, Entry) ReadEntry(ReadOnlyMemory<byte> bytes, CheckLog log)
    {
        var text = StrictJson.Text(bytes.Span, "--entry");
        var entry = Entry.Parse(text.EndsWith('\n') ? text[..^1] : text, "--entry");
        if (entry.Kind == "missing") log.Tampered("leaf.intake", "--entry", "条目记载：该行在封存前消失", "the entry says that the row was gone before it was sealed");
        if (entry.Kind != "event") return (new($"种类 {entry.Kind}", $"kind {entry.Kind}"), entry);
        var e = EventEntry.Of(entry);
        if (e.Intake != Intake.Ok) log.Tampered("leaf.intake", "--entry", "该行封存前被改动、绕过触发器写入，或入库时没有行哈希", "the row was changed before it was sealed, inserted with the triggers off, or taken in without a hash");
        return (new($"序号 {e.Sequence} {e.Stream} 版本 {e.Version} {e.Type}，{e.Recorded:yyyy-MM-dd HH:mm:ss.ffffff}Z 入库", $"seq {e.Sequence} {e.Stream} version {e.Version} {e.Type}, taken in {e.Recorded:yyyy-MM-dd HH:mm:ss.ffffff}Z"), entry);
    }
}
