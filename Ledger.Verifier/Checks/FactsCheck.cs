using Ledger.Verifier.Bundle;
using Ledger.Verifier.Container;
using Ledger.Verifier.Formats;
using Ledger.Verifier.Log;
using Ledger.Verifier.Numbers;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Checks;

/// <summary>Each fact is in the signed tree, and says what its entry committed to.</summary>
internal static class FactsCheck
{
    private const string FactsFile = "data/facts.jsonl";
    private const string LeavesFile = "data/leaves.jsonl";

    /// <summary>The two files line by line.</summary>
    public static (Bilingual, IReadOnlyList<FactLine>) Read(Bag bag, CheckLog log)
    {
        var facts = StrictJson.Lines(bag.Read(FactsFile), FactsFile);
        var leaves = StrictJson.Lines(bag.Read(LeavesFile), LeavesFile);
        if (facts.Count != leaves.Count)
            log.Incomplete("facts.line-count", FactsFile, $"{facts.Count} 条事实，{leaves.Count} 条证明", $"{facts.Count} facts and {leaves.Count} leaves");
        List<FactLine> lines = [.. facts.Zip(leaves, (fact, leaf) => (fact, leaf)).Select((pair, i) => FactLine.Parse(pair.fact, pair.leaf, i))];
        foreach (var (earlier, later) in lines.Zip(lines.Skip(1)))
            if (later.Leaf <= earlier.Leaf)
                log.Malformed("leaf.order", later.Where, "没有按日志次序排列，或有重复", "is not in the order of the log, or there twice");
            else if (later.Event.Sequence <= earlier.Event.Sequence)
                log.Tampered("leaf.sequence", later.Where, "序号没有随日志次序递增", "its sequence does not rise with the log");
        return (new($"{lines.Count} 条事实可读", $"{lines.Count} facts can be read"), lines);
    }

    public static Bilingual CheckInclusion(IReadOnlyList<FactLine> lines, Checkpoint checkpoint, CheckLog log)
    {
        foreach (var line in lines)
        {
            if (!Merkle.Includes(line.Leaf, checkpoint.Size, line.Entry.LeafHash, line.Path, checkpoint.Root))
                log.Tampered("leaf.proof", line.Where, $"条目不在检查点的第 {line.Leaf} 位", $"the entry is not leaf {line.Leaf} of the checkpoint");
            if (line.Event.Intake == Intake.Differs)
                log.Tampered("leaf.intake", line.Where, "该行在提交之后、封存之前被改动", "the row was changed between its commit and its sealing");
            else if (line.Event.Intake == Intake.None)
                log.Tampered("leaf.intake", line.Where, "该行绕过触发器写入，无人见其入库", "the row was inserted with the triggers off");
            else if (line.Event.Intake == Intake.Unhashed)
                log.Tampered("leaf.intake", line.Where, "入库记录没有行哈希：封存前是否被改动无从得知", "its intake held no hash of the row: whether it was changed before its sealing cannot be known");
        }

        return new($"{lines.Count} 条事实都在已签署的树中", $"all {lines.Count} facts are in the signed tree");
    }

    public static Bilingual CheckContents(IReadOnlyList<FactLine> lines, CheckLog log)
    {
        foreach (var line in lines)
        {
            if (line.Disagreement() is { } member)
                log.Tampered("fact.differs", line.Where, $"事实的 {member} 与封存的条目不符", $"the fact's {member} is not what was sealed");
            if (!line.OpensHeaders())
                log.Tampered("fact.headers", line.Where, "事实头与封存的承诺不符", "the headers are not what was committed to");
            if (!line.OpensData())
                log.Tampered("fact.data", line.Where, "事实内容与封存的承诺不符", "the data are not what was committed to");
        }

        return new($"{lines.Count} 条事实与封存的内容一致", $"all {lines.Count} facts say what was sealed");
    }

    /// <summary>What is hidden is said, and nothing is hidden from who was to see all.</summary>
    public static Bilingual CheckDisclosure(IReadOnlyList<FactLine> lines, BundleInfo bundle, CheckLog log)
    {
        var hidden = lines.Where(line => line.Hidden.Count > 0).ToList();
        if (!bundle.IsMasked)
            foreach (var line in hidden)
                log.Malformed("disclosure.not-full", line.Where, "全部披露的卷宗隐去了成员", "a member is hidden in a bundle that discloses everything");
        var members = string.Join(", ", hidden.SelectMany(line => line.Hidden.Select(name => $"{line.Event.Type}.{name}")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return hidden.Count == 0
            ? new("没有隐去任何成员", "nothing is hidden")
            : new($"{hidden.Count} 条事实有隐去的成员，其存在已证明：{members}", $"{hidden.Count} facts have hidden members, whose existence is proved: {members}");
    }

    /// <summary>The claimed numbers follow from the facts.</summary>
    public static Bilingual CheckNumbers(Bag bag, BundleInfo bundle, IReadOnlyList<FactLine> lines, CheckLog log)
    {
        const string file = "data/claims.json";
        var claims = StrictJson.Parse(bag.Read(file), file);
        var m = Members.Of(claims, file, "v", "position", "asOf", "policy", "unit", "rankings", "scorecards", "obligations");
        m.Version();
        m.Text("policy");
        if (m.Integer("position") != bundle.Position || m.Date("asOf") != bundle.AsOf || m.Text("unit") != bundle.Unit)
            log.Tampered("claims.other-moment", file, "数字所依的位置、日期或单位与卷宗不符", "the claims are for another position, date or unit");
        var counts = (Rankings: m.Items("rankings").Count, Scorecards: m.Items("scorecards").Count, Obligations: m.Items("obligations").Count);
        if (bundle.Lawsuit is not null && counts.Rankings + counts.Scorecards > 0)
            log.Malformed("claims.not-of-lawsuit", file, "单案卷宗不应有排名或计分表", "a lawsuit's bundle claims no ranking and no scorecard");
        if (log.Findings.Count > 0) return default;
        foreach (var finding in NumberCheck.Check([.. lines.Select(Fact)], claims, bundle.Json))
            log.Add(new(
                finding.IsWrong ? Outcome.Tampered : Outcome.Incomplete,
                finding.IsWrong ? "numbers.wrong" : "numbers.not-derivable",
                $"{file} {finding.Where}",
                new($"{finding.Chinese}（卷宗：{finding.Claimed}；推算：{finding.Derived}）", $"{finding.English} (claimed: {finding.Claimed}; derived: {finding.Derived})")));
        return new(
            $"排名 {counts.Rankings} 份、计分表 {counts.Scorecards} 份、义务 {counts.Obligations} 项由事实推算得出",
            $"{counts.Rankings} rankings, {counts.Scorecards} scorecards and {counts.Obligations} obligations follow from the facts");
    }

    private static BundleFact Fact(FactLine line) => new(
        line.Event.Sequence, line.Event.Stream, line.Event.Type, line.Fact.Text("source"), line.Fact.Text("id"), line.Event.Recorded, line.Data, line.Hidden);
}
