using Ledger.Verifier.Bundle;
using Ledger.Verifier.Checks;
using Ledger.Verifier.Container;
using Ledger.Verifier.Log;
using Ledger.Verifier.Reports;
using static Ledger.Verifier.Reports.ArchiveProperty;

namespace Ledger.Verifier;

/// <summary>Verifies an evidence bundle: every check of docs/evidence.md §§1-7, from the container to the numbers.</summary>
public static class BundleVerifier
{
    /// <summary>Verifies a ZIP file or an unpacked bag.</summary>
    /// <param name="path">Of the file or folder.</param>
    /// <param name="inspection">What the inspector trusts and holds.</param>
    public static Report Verify(string path, Inspection inspection)
    {
        if (Directory.Exists(path)) return Verify(() => FolderBag.Open(path), inspection);
        using var zip = File.OpenRead(path);
        return Verify(zip, inspection);
    }

    /// <summary>Verifies a ZIP file.</summary>
    /// <param name="zip">Seekable.</param>
    /// <param name="inspection">What the inspector trusts and holds.</param>
    public static Report Verify(Stream zip, Inspection inspection) => Verify(() => ZipBag.Open(zip), inspection);

    private static Report Verify(Func<Bag> open, Inspection inspection)
    {
        var report = new ReportWriter();
        var unknown = new Bilingual("无法打开的卷宗", "a bundle that cannot be opened");
        if (report.Run("inspector", Security, "核验方自带的公钥、策略、检查点", "what the inspector brings", _ => inspection.Read()) is not { } brought) return report.Build(unknown);
        var bag = report.Run("container", Security, "容器安全、唯一可读", "the container is safe and can be read in one way only", _ =>
        {
            var opened = open();
            return (new Bilingual($"{opened.Files.Count} 个文件", $"{opened.Files.Count} files"), opened);
        });
        if (bag is null) return report.Build(unknown);
        report.Run("bag", Integrity, "BagIt 清单与文件一一对应", "manifests and files correspond (BagIt)", isPossible: true, log =>
        {
            BagIt.Check(bag, log);
            return new("清单完整，摘要一致", "the manifests are complete and every hash fits");
        });
        return new BagChecks(report, bag, brought, inspection.IsPolicy).Verify();
    }

    /// <summary>The checks of one bag. Those that need what an earlier one could not give are written down as not made.</summary>
    private sealed class BagChecks(ReportWriter report, Bag bag, Brought brought, bool hasPolicy)
    {
        public Report Verify()
        {
            var checkpoint = report.Run("checkpoint", Usability, "检查点可读", "the checkpoint can be read", _ =>
                (new Bilingual("格式正确", "well formed"), Checkpoint.Parse(bag.Read(SignatureCheck.CheckpointFile), SignatureCheck.CheckpointFile)));
            var keys = checkpoint is null ? null : CheckSigners(checkpoint);
            var bundle = report.Run("bundle", Usability, "卷宗说明可读", "what the bundle says to be can be read", log => ReadBundle(checkpoint, log));
            var facts = report.Run("facts", Usability, "事实与条目可读", "facts and entries can be read", log => FactsCheck.Read(bag, log));
            report.Run("inclusion", Integrity, "事实都在已签署的日志中", "the facts are in the signed log", checkpoint is not null && facts is not null, log => FactsCheck.CheckInclusion(facts!, checkpoint!, log));
            report.Run("contents", Authenticity, "事实与封存内容一致", "the facts say what was sealed", facts is not null, log => FactsCheck.CheckContents(facts!, log));
            var isComplete = CheckCompleteness(checkpoint, bundle, facts);
            report.Run("attachments", Usability, "文书齐全", "the documents are there", bundle is not null && facts is not null, log => AttachmentsCheck.Check(bag, bundle!, facts!, isComplete, log));
            report.Run("disclosure", Security, "隐去的成员如实说明", "what is hidden is said", bundle is not null && facts is not null, log => FactsCheck.CheckDisclosure(facts!, bundle!, log));
            report.Run("consistency", Security, "与手中的检查点一致，历史未被改写", "history was not rewritten since the checkpoint held", keys is not null,
                log => HistoryCheck.CheckConsistency(bag, checkpoint!, brought.Held, keys!, log));

            // Numbers out of facts that are not proved, or not all there, would mean nothing.
            report.Run("numbers", Usability, "数字可由事实推算", "the numbers follow from the facts", bundle is not null && facts is not null && report.Passed("facts", "inclusion", "contents", "heads", "heads-proofs", "streams", "indexes"),
                log => FactsCheck.CheckNumbers(bag, bundle!, facts!, log));
            SayWhatWasNotChecked(bundle, facts);
            return report.Build(Subject(checkpoint, bundle));
        }

        private TrustedKeys? CheckSigners(Checkpoint checkpoint)
        {
            var keys = report.Run("key-changes", Authenticity, "换钥由旧钥担保", "key changes are vouched for by the old key", log => SignatureCheck.FollowKeyChanges(bag, checkpoint, brought.Policy, log));
            report.Run("signature", Authenticity, "检查点由受信公钥签署", "the checkpoint is signed by a trusted key", keys is not null, log => SignatureCheck.CheckSignature(checkpoint, keys!, SignatureCheck.CheckpointFile, log));
            report.Run("witnesses", Authenticity, "见证人副署达到策略要求", "witnesses cosigned as the policy asks", true, log => SignatureCheck.CheckWitnesses(checkpoint, brought.Policy, SignatureCheck.CheckpointFile, log));
            report.Run("policy", Authenticity, "信任策略与县方公布的比较", "the policy compared with the published one", true, _ => SignatureCheck.ComparePolicies(bag, brought.Policy, hasPolicy));
            report.Run("timestamps", Authenticity, "可信时间戳", "trusted time-stamps", true, log => HistoryCheck.CheckTimestamps(bag, checkpoint, brought.Authorities, log));
            return keys;
        }

        private bool CheckCompleteness(Checkpoint? checkpoint, BundleInfo? bundle, IReadOnlyList<FactLine>? facts)
        {
            var heads = report.Run("heads", Usability, "流首可读", "the heads can be read", _ => (new Bilingual("格式正确", "well formed"), Heads.Parse(bag)));
            report.Run("heads-proofs", Integrity, "流首已封存", "the heads were sealed", heads is not null && bundle is not null && checkpoint is not null, log => CompletenessCheck.CheckHeads(heads!, bundle!, checkpoint!, log));
            var isComplete = report.Run("streams", Integrity, "各流没有缺少事实", "no fact of a stream is missing", heads is not null && bundle is not null && facts is not null, log => CompletenessCheck.CheckStreams(heads!, bundle!, facts!, log));
            report.Run("indexes", Integrity, "没有漏掉整个流", "no stream is missing", heads is not null && bundle is not null && facts is not null, log => CompletenessCheck.CheckIndexes(heads!, bundle!, facts!, isComplete, log));
            return isComplete;
        }

        private (Bilingual, BundleInfo) ReadBundle(Checkpoint? checkpoint, CheckLog log)
        {
            var bundle = BundleInfo.Parse(bag);
            if (checkpoint is not null && (bundle.Size != checkpoint.Size || bundle.Origin != checkpoint.Origin))
                log.Tampered("bundle.other-checkpoint", BundleInfo.File, $"说明写的是 {bundle.Origin} 的 {bundle.Size} 条，检查点是 {checkpoint.Origin} 的 {checkpoint.Size} 条", $"says {bundle.Origin} with {bundle.Size} leaves, the checkpoint {checkpoint.Origin} with {checkpoint.Size}");

            // Their content proves nothing; that they are there is part of the format.
            foreach (var name in (string[])["README.md", "README.zh-CN.md", "verify.html", "data/report.html"])
                if (!bag.Files.ContainsKey(name)) log.Incomplete("bag.missing-file", name, "缺少该文件", "the file is missing");
            return (new($"单位 {bundle.Unit}，截至位置 {bundle.Position}、{bundle.AsOf:yyyy-MM-dd}", $"unit {bundle.Unit}, up to position {bundle.Position} and {bundle.AsOf:yyyy-MM-dd}"), bundle);
        }

        private void SayWhatWasNotChecked(BundleInfo? bundle, IReadOnlyList<FactLine>? facts)
        {
            report.NotChecked("statements", "卷宗的导出人、接收方、用途、导出时刻、账本编号，以及 report.html、README、bag-info：是导出方的说明，没有封存",
                "who exported for whom, why and when, the ledger's id, and report.html, the READMEs and bag-info: the exporter's word, nothing of it was sealed");
            if (bundle?.Lawsuit is null) report.NotChecked("other-units", "排名中其他单位的数字：其事实不在卷宗内，只核对名次次序", "the other units' numbers in rankings: their facts are not in the bundle, only the order was checked");
            if (brought.Held is null) report.NotChecked("no-earlier-checkpoint", "是否改写了历史：核验方没有给出更早的检查点（--checkpoint）", "whether history was rewritten: no earlier checkpoint was given (--checkpoint)");
            if (!brought.Policy.NeedsWitnesses) report.NotChecked("no-witnesses", "见证人：策略没有要求见证，签名者可能对不同的人出示不同的日志", "witnesses: the policy asks for none, so that the signer may have shown others another log");
            if (brought.Authorities.Count == 0) report.NotChecked("no-authority", "时间戳的签发机构：没有给出信任的证书（--tsa）", "the time-stamps' authority: no trusted certificate was given (--tsa)");
            if (bundle?.Attachments.Any(item => !item.IsPresent) == true) report.NotChecked("absent-documents", "不在卷内的文书是从未交来还是被隐去，及其内容", "whether the documents that are not in the bundle were never handed in or are withheld, and what they say");
            if (facts?.Any(fact => fact.Hidden.Count > 0) == true) report.NotChecked("hidden-members", "隐去的成员的内容，及其中是否提到文书", "what the hidden members say, and whether they name documents");
        }

        private static Bilingual Subject(Checkpoint? checkpoint, BundleInfo? bundle) => new(
            $"日志 {checkpoint?.Origin ?? "?"}，{checkpoint?.Size.ToString() ?? "?"} 条；单位 {bundle?.Unit ?? "?"}{(bundle?.Lawsuit is { } a ? $"，案件 {a}" : "")}",
            $"log {checkpoint?.Origin ?? "?"} with {checkpoint?.Size.ToString() ?? "?"} leaves; unit {bundle?.Unit ?? "?"}{(bundle?.Lawsuit is { } b ? $", lawsuit {b}" : "")}");
    }
}
