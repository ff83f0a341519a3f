using Ledger.Domain.Facts;
using Ledger.Domain.InternalControl;
using Ledger.Domain.Units;

namespace Ledger.Host.Demo;

/// <summary>A year of life: A unit’s internal control (plan 3.3.1) and reports of non-performance (3.3.2g).</summary>
internal static class InternalControlLife
{
    private static readonly (string Code, string Name, RiskLevel Level, string Control)[] Points =
    [
        ("R01", "强制拆除前未催告、未公告", RiskLevel.Red, "法制审核前置，责任人双签"),
        ("R02", "听证权利告知不规范", RiskLevel.Orange, "统一文书模板"),
        ("R03", "超期作出处罚决定", RiskLevel.Orange, "期限台账按周核对"),
        ("R04", "单人执法", RiskLevel.Yellow, "执法记录仪抽查"),
        ("R05", "送达方式不当", RiskLevel.Yellow, "送达回证逐案归档"),
        ("R06", "政府信息公开答复超期", RiskLevel.Green, "专人登记"),
    ];

    private static readonly string[] ActTypes = ["罚款", "责令限期拆除", "行政许可", "行政强制措施"];

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life)
    {
        var told = DemoUnits.Tell(life.Options, life.Calendar).SelectMany(log => log.Told(life.Options.LastDay)).ToLookup(e => e.Subject, e => e.Fact);
        return life.Units.Select((unit, i) => (Index: i, Subject: Subject.Unit(unit)))
            .SelectMany(u => Standing(life, u.Index).Concat(Decisions(life, u.Index)).Concat(Nil(life, [.. told[u.Subject]]))
                .OrderBy(f => f.LegalDate).Select(fact => (u.Subject, fact)));
    }

    // Most units keep their lists every year; every seventh forgets one of them, every ninth files its evidence late.
    private static IEnumerable<IFact> Standing(DemoLife life, int index)
    {
        var random = life.Random(700 + index);
        yield return new ResponsibilitySystemAdopted($"责任制〔{life.Year - 2}〕{index + 1}号", random.NextSha256(), Day(life, life.Year - 2, 4, random));
        yield return new DiscretionBenchmarkAdopted("jizhun-1", random.Pick(ActTypes), random.NextSha256(), Day(life, life.Year - 2, 5, random));
        if (index % 5 == 0)
            yield return new DiscretionBenchmarkAdopted("jizhun-2", random.Pick(ActTypes), random.NextSha256(), Day(life, life.Year, 5, random), "jizhun-1");
        if (index % 7 != 3)
            yield return new PostDutyListPublished(random.Between(4, 20), random.Between(15, 80), random.NextSha256(), Day(life, life.Year, 3, random));
        if (index % 7 != 5)
            yield return new RiskPointListUpdated(
                [.. Points.Skip(random.Next(2)).Take(random.Between(2, 5)).Select(p => new RiskPoint(p.Code, p.Name, p.Level, p.Control))],
                Day(life, life.Year, 6, random));
        foreach (var system in Enum.GetValues<InternalSystem>())
        {
            if (index % 11 == 4 && system == InternalSystem.EnforcementEvaluation) continue;
            yield return new InternalSystemEvidenceFiled(system, life.Year, random.Between(0, 30), random.NextSha256(), Day(life, life.Year, random.Between(9, 12), random));
            if (index % 9 != 7)
                yield return new InternalSystemEvidenceFiled(
                    system, life.Year - 1, random.Between(0, 30), random.NextSha256(),
                    index % 9 == 8 ? Day(life, life.Year, 2, random) : Day(life, life.Year - 1, 12, random));
        }
    }

    private static IEnumerable<IFact> Decisions(DemoLife life, int index)
    {
        var random = life.Random(800 + index);
        var decisions = random.Between(0, 4);
        for (var number = 1; number <= decisions; number++)
        {
            var decision = $"重大决定〔{life.Year}〕{index + 1:00}{number:00}号";
            var reviewed = Day(life, life.Year, random.Between(1, 10), random);
            var discussed = life.Calendar.Plus(reviewed, random.Between(1, 4));
            var opinion = random.Next(12) switch { 0 => LegalOpinion.Disagree, < 5 => LegalOpinion.AgreeAfterRevision, _ => LegalOpinion.Agree };
            // A review that disagreed ends most drafts; one unit decided all the same.
            var decided = opinion != LegalOpinion.Disagree || index % 4 == 0 ? life.Calendar.Plus(discussed, random.Between(1, 8)) : (DateOnly?)null;
            yield return new MajorDecisionLegalReviewed(decision, reviewed, opinion, random.NextSha256(), decided);
            if (random.Chance(80)) yield return new CollectiveDiscussionHeld(decision, discussed, random.Between(3, 9), random.NextSha256(), random.Chance(20) ? 1 : 0);
        }
    }

    // Who performed every duty of the year before says so in January.
    private static IEnumerable<IFact> Nil(DemoLife life, IReadOnlyList<IFact> told)
    {
        var year = life.Year - 1;
        var duties = told.OfType<DutyRegistered>().Where(d => d.RegisteredOn.Year < year).ToList();
        if (duties.Count == 0 || year < life.Options.FirstYear) yield break;
        if (duties.TrueForAll(d => told.OfType<EnforcementPerformed>().Any(p => p.Duty == d.Duty && p.PerformedOn.Year == year && p.Count > 0)))
            yield return new NilStatementSubmitted(year, life.Calendar.Plus(new DateOnly(life.Year, 1, 1), 6));
    }

    private static DateOnly Day(DemoLife life, int year, int month, DemoRandom random) =>
        life.Calendar.WithinYear(new DateOnly(year, month, random.Between(1, 25)));
}
