using Ledger.Verifier.Bundle;
using Ledger.Verifier.Log;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Checks;

/// <summary>Nothing was left out: every stream up to its sealed last version, every stream that belongs (docs/evidence.md §5, §6 "Complete").</summary>
internal static class CompletenessCheck
{
    public static Bilingual CheckHeads(Heads heads, BundleInfo bundle, Checkpoint checkpoint, CheckLog log)
    {
        if (!Merkle.Includes(heads.Leaf, checkpoint.Size, heads.Entry.LeafHash, heads.Path, checkpoint.Root))
            log.Tampered("heads.proof", Heads.File, $"流首条目不在检查点的第 {heads.Leaf} 位", $"the heads entry is not leaf {heads.Leaf} of the checkpoint");
        if (bundle.Position > heads.Position)
            log.Incomplete("heads.too-old", Heads.File, $"流首只到位置 {heads.Position}，数字依据位置 {bundle.Position}", $"the heads reach to position {heads.Position}, the numbers rest on {bundle.Position}");
        List<HeadsLeaf> leaves = [.. heads.Streams.Select(head => head.Proof), .. heads.Indexes.Select(index => index.Proof)];
        foreach (var leaf in leaves.Where(leaf => !Merkle.Includes(leaf.Index, heads.Count, Merkle.Leaf(leaf.Bytes), leaf.Path, heads.Root)))
            log.Tampered("heads.leaf-proof", leaf.Where, "不在已封存的流首树中", "is not in the sealed heads tree");
        foreach (var (first, second) in leaves.OrderBy(leaf => leaf.Index).Zip(leaves.OrderBy(leaf => leaf.Index).Skip(1)))
            if (first.Bytes.AsSpan().SequenceCompareTo(second.Bytes) >= 0)
                log.Tampered("heads.order", second.Where, "流首树没有排序", "the heads tree is not sorted");
        return new($"截至位置 {heads.Position} 的 {heads.Streams.Count} 个流、{heads.Indexes.Count} 个索引", $"{heads.Streams.Count} streams and {heads.Indexes.Count} indexes up to position {heads.Position}");
    }

    public static Bilingual CheckStreams(Heads heads, BundleInfo bundle, IReadOnlyList<FactLine> facts, CheckLog log)
    {
        var headed = heads.Streams.Select(head => head.Stream).ToHashSet(StringComparer.Ordinal);
        foreach (var stream in bundle.Streams.Where(stream => !headed.Contains(stream)))
            log.Incomplete("complete.no-head", stream, "卷宗列有此流，但没有它的流首证明", "the bundle lists the stream without a proof of its last version");
        foreach (var stream in headed.Except(bundle.Streams, StringComparer.Ordinal))
            log.Incomplete("complete.unlisted-stream", stream, "有流首证明，但卷宗没有列出此流", "the stream's last version is proved, but the bundle does not list it");
        var byStream = facts.ToLookup(fact => fact.Event.Stream, StringComparer.Ordinal);
        foreach (var group in byStream.Where(group => !headed.Contains(group.Key)))
            log.Incomplete("complete.no-head", group.First().Where, "此事实所属的流没有流首证明", "the fact's stream has no proof of its last version");
        foreach (var fact in facts.Where(fact => fact.Leaf >= heads.Leaf))
            log.Tampered("complete.after-heads", fact.Where, "事实在流首条目之后", "the fact comes after the heads entry");
        foreach (var head in heads.Streams) CheckStream(head, [.. byStream[head.Stream]], log);
        return new($"{heads.Streams.Count} 个流的各版本齐全", $"all versions of {heads.Streams.Count} streams are there");
    }

    private static void CheckStream(StreamHead head, List<FactLine> facts, CheckLog log)
    {
        var next = 1L;
        foreach (var fact in facts)
        {
            if (fact.Event.Version > head.Version)
                log.Tampered("complete.beyond-head", fact.Where, $"版本 {fact.Event.Version} 超过流首的 {head.Version}", $"version {fact.Event.Version} is beyond the stream's last, {head.Version}");
            else if (fact.Event.Version < next)
                log.Tampered("complete.version-order", fact.Where, $"版本 {fact.Event.Version} 重复或次序不对", $"version {fact.Event.Version} is there twice or out of order");
            else if (fact.Event.Version > next)
                Missing(next, fact.Event.Version - 1);
            else if (fact.Event.Version == head.Version && fact.Leaf != head.Leaf)
                log.Tampered("complete.last-leaf", fact.Where, $"末版本在第 {fact.Leaf} 位，流首记为 {head.Leaf}", $"the last version is leaf {fact.Leaf}, its head says {head.Leaf}");
            next = Math.Max(next, fact.Event.Version + 1);
        }

        if (next <= head.Version) Missing(next, head.Version);

        void Missing(long from, long to) => log.Incomplete(
            "complete.missing-fact", head.Stream, $"缺少版本 {from}–{to}（流首为 {head.Version}）", $"versions {from}–{to} are missing (the last is {head.Version})");
    }

    public static Bilingual CheckIndexes(Heads heads, BundleInfo bundle, IReadOnlyList<FactLine> facts, bool isComplete, CheckLog log)
    {
        string[] required = bundle.Lawsuit is null ? [$"unit:{bundle.Unit}", "kind:policy", "kind:calendar"] : ["kind:policy", "kind:calendar"];
        foreach (var name in required.Except(heads.Indexes.Select(index => index.Name), StringComparer.Ordinal))
            log.Incomplete("complete.no-index", name, "没有这个索引，不能证明没有漏掉整个流", "the index is not there: that no stream was left out could not be shown");
        if (bundle.Lawsuit is { } lawsuit)
            foreach (var stream in (string[])[$"lawsuit/{lawsuit}", $"unit/{bundle.Unit}"])
                if (!bundle.Streams.Contains(stream, StringComparer.Ordinal))
                    log.Incomplete("complete.missing-stream", stream, "卷宗没有所选案件或单位的流", "the stream of the selected lawsuit or unit is not in the bundle");
        foreach (var index in heads.Indexes) CheckIndex(index, bundle, facts, isComplete, log);
        return new(
            string.Join("，", heads.Indexes.Select(index => $"{index.Name} 的 {index.Count} 个流齐全")),
            string.Join(", ", heads.Indexes.Select(index => $"all {index.Count} streams of {index.Name}")));
    }

    private static void CheckIndex(StreamIndex index, BundleInfo bundle, IReadOnlyList<FactLine> facts, bool isComplete, CheckLog log)
    {
        if (index.Streams.Count < index.Count)
            log.Incomplete("complete.missing-stream", index.Name, $"应有 {index.Count} 个流，只列出 {index.Streams.Count} 个", $"has {index.Count} streams, and {index.Streams.Count} are listed");
        else if (index.Streams.Count > index.Count || !index.ChainOfStreams().AsSpan().SequenceEqual(index.Chain))
            log.Tampered("complete.chain", index.Name, "所列的流与封存的链不符", "the listed streams are not those that were sealed");
        foreach (var stream in index.Streams.Except(bundle.Streams, StringComparer.Ordinal))
            log.Incomplete("complete.missing-stream", $"{index.Name} {stream}", "卷宗中没有此流", "the stream is not in the bundle");

        // The facts themselves, when all are there, say which streams belong: what was sealed has to agree with them.
        var belongs = facts.Where(fact => Belongs(fact, index.Name)).Select(fact => fact.Event.Stream).Distinct(StringComparer.Ordinal);
        if (isComplete && index.Streams.All(stream => bundle.Streams.Contains(stream, StringComparer.Ordinal)) && !belongs.SequenceEqual(index.Streams, StringComparer.Ordinal))
            log.Tampered("complete.index-differs", index.Name, "索引与事实所示的归属不符", "the index is not what the facts say belongs to it");
    }

    private static bool Belongs(FactLine fact, string index) => index.Split(':', 2) switch
    {
        ["unit", var unit] => fact.Event.Units.Contains(unit, StringComparer.Ordinal),
        [_, var kind] => fact.Event.Stream.Split('/')[0] == kind,
        _ => false,
    };
}
