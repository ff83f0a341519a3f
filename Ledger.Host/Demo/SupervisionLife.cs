using Ledger.Domain.Facts;
using Ledger.Domain.Supervision;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Supervision of enforcement (plan 3.1.2, 3.3.2, 3.5.2, 4.4d).</summary>
internal static class SupervisionLife
{
    private const int Story = 400;

    private static readonly string[] Team = ["豫L执监0012", "豫L执监0027", "豫L执监0031"];
    private static readonly string[] Theme = ["行政处罚程序专项监督", "涉企行政检查专项监督", "行政强制执行专项监督", "行政处罚程序和裁量权专项监督"];

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) =>
        Nodes().Concat(Annual(life)).Concat(Targets(life)).Concat(Visits(life)).Concat(Cases(life)).Concat(Penalties(life)).Concat(Patrols(life));

    private static Subject File(string key) => new(StreamKind.Supervision, key);

    private static DateOnly On(DemoLife life, int month, int day) => life.Calendar.WithinYear(new DateOnly(life.Year, month, day));

    // Two townships still have none: the coverage is 12 of 14.
    private static IEnumerable<(Subject Subject, IFact Fact)> Nodes()
    {
        var number = 0;
        foreach (var (unit, name, _) in DemoUnits.All.Where(u => DemoUnits.IsTownship(u.Unit)))
            if (number++ is not (11 or 13))
                yield return (Subject.Unit(unit), new SupervisionNodeEstablished(name[..^1] + "司法所", 2 + number % 3, new DateOnly(2023, 6, 1).AddDays(number * 17)));
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Annual(DemoLife life)
    {
        var random = life.Random(Story);
        for (var year = life.Options.FirstYear + 1; year <= life.Year; year++)
        {
            var file = File($"zxjd-{year}");
            yield return (file, new AnnualSpecialSupervisionPlanned(year, Theme[year % Theme.Length], ["gongan", "shichang", "jiaotong", "wuquan"], new DateOnly(year, 3, 4)));
            yield return (file, new AnnualSpecialSupervisionLaunched(new DateOnly(year, 4, 8), $"舞法办〔{year}〕{random.Between(4, 9)}号"));
            if (year == life.Year)
                foreach (var fact in Checks(life, random)) yield return (file, fact);
            yield return (file, new AnnualSpecialSupervisionConcluded("抽查案卷，问题已交办整改，个别案件转个案监督", random.NextSha256(), new DateOnly(year, 11, 20)));
        }
    }

    private static IEnumerable<IFact> Checks(DemoLife life, DemoRandom random)
    {
        foreach (var item in Enum.GetValues<SupervisionItem>())
            foreach (var unit in (string[])["gongan", "shichang", "jiaotong"])
            {
                var on = On(life, 5 + (int)item / 2, random.Between(5, 25));
                if (!random.Chance(15))
                {
                    yield return new SupervisionItemChecked(unit, item, ItemResult.Compliant, on);
                    continue;
                }

                var finding = $"{unit}-{item}";
                yield return new SupervisionFindingRecorded(finding, unit, random.Pick<FindingType>([FindingType.NotRecorded, FindingType.NoLegalReview, FindingType.NotDisclosed]), "《河南省行政执法条例》", on);
                yield return new SupervisionItemChecked(unit, item, ItemResult.Deficient, on, finding);
            }
    }

    // The three units that lose most, in turn: one handles the opinion in time, one late, one not at all.
    private static IEnumerable<(Subject Subject, IFact Fact)> Targets(DemoLife life)
    {
        var random = life.Random(Story + 1);
        var units = life.Losses.Where(l => life.Units.Contains(l.Unit, StringComparer.Ordinal) && l.Unit != "xianzhengfu")
            .CountBy(l => l.Unit, StringComparer.Ordinal).OrderByDescending(u => u.Value).ThenBy(u => u.Key, StringComparer.Ordinal).Select(u => u.Key)
            .Concat(["wuquan", "ziranziyuan", "chengguan"]).Distinct(StringComparer.Ordinal).Take(3).ToList();
        for (var i = 0; i < units.Count; i++)
        {
            var (file, unit, start) = (File($"zhongdian-{life.Year}-{i + 1}"), units[i], On(life, 2 + i * 2, 17));
            foreach (var fact in Station(life, random, unit, start)) yield return (file, fact);
            foreach (var fact in Correction(life, random, unit, start, i)) yield return (file, fact);
        }
    }

    private static IEnumerable<IFact> Station(DemoLife life, DemoRandom random, string unit, DateOnly start)
    {
        yield return new KeySupervisionTargetDesignated(unit, random.Pick<TargetReason>([TargetReason.ManyLosses, TargetReason.HighLossRate]), life.Calendar.Minus(start, 6));
        yield return new OnSiteSupervisionStarted(unit, Team, start);
        yield return new SiteInspectionConducted(unit, [Team[0], Team[1]], "综合行政执法大队", life.Calendar.Plus(start, 1));
        yield return new EnforcementTrainingHeld(unit, "行政处罚程序与证据", random.Between(2, 4), random.Between(18, 45), life.Calendar.Plus(start, 3));
        yield return new CaseFileReviewed(unit, random.Between(10, 20), 75m + random.Next(40) / 2m,
            [new(FileDefect.RightsNotice, random.Between(1, 3)), new(FileDefect.Evidence, random.Between(1, 6)), new(FileDefect.Binding, random.Between(1, 4))], life.Calendar.Plus(start, 5));
        yield return new OnSiteSupervisionEnded(unit, start, life.Calendar.Plus(start, 9));
    }

    private static IEnumerable<IFact> Correction(DemoLife life, DemoRandom random, string unit, DateOnly start, int story)
    {
        var found = life.Calendar.Plus(start, 5);
        var (opinion, issued, due) = ($"舞执监意〔{life.Year}〕{story + 1}号", life.Calendar.Plus(start, 10), life.Calendar.Plus(start, 20));
        yield return new SupervisionFindingRecorded("f1", unit, FindingType.ProceduralViolation, "《行政处罚法》第六十三条", found);
        yield return new SupervisionFindingRecorded("f2", unit, FindingType.InsufficientEvidence, "《行政处罚法》第四十条", found);
        yield return new SupervisionFindingConfirmed("f1", unit, life.Calendar.Plus(start, 8));
        yield return new SupervisionFindingDismissed("f2", unit, "证据另卷保存，已补交", life.Calendar.Plus(start, 8));
        yield return new SupervisionOpinionIssued(unit, opinion, ["f1"], due, issued);
        switch (story)
        {
            case 0:
                yield return new SupervisionCorrectionReported(unit, opinion, life.Calendar.Minus(due, 2), random.NextSha256());
                yield return new EnforcementActModified(unit, opinion, $"罚决〔{life.Year}〕12号", life.Calendar.Minus(due, 2));
                break;
            case 1:
                yield return new SupervisionCorrectionReported(unit, opinion, life.Calendar.Minus(due, 1), random.NextSha256());
                yield return new SupervisionCorrectionRejected(opinion, life.Calendar.Minus(due, 1), "未说明已作出的决定如何处理", due);
                yield return new SupervisionCorrectionReported(unit, opinion, life.Calendar.Plus(due, 4), random.NextSha256());
                yield return new EnforcementActConfirmedUnlawful(unit, opinion, $"强决〔{life.Year}〕3号", life.Calendar.Plus(due, 4));
                break;
            default:
                var decision = $"舞执监决〔{life.Year}〕1号";
                yield return new SupervisionDecisionIssued(unit, decision, SupervisionDecisionKind.Revoke, life.Calendar.Plus(due, 3), opinion);
                yield return new EnforcementActRevoked(unit, decision, $"罚决〔{life.Year}〕27号", life.Calendar.Plus(due, 6));
                yield return new LicenceCertificateSuspended(unit, "f1", "16110500123", 3, life.Calendar.Plus(due, 8));
                break;
        }
    }

    // Visits every quarter, a cross supervision in the spring, a rotation in the autumn; nobody is visited in the third quarter of the year before.
    private static IEnumerable<(Subject Subject, IFact Fact)> Visits(DemoLife life)
    {
        var random = life.Random(Story + 2);
        var units = life.Units.Where(u => u is not ("xianzhengfu" or "sifa")).ToList();
        for (var year = life.Year - 1; year <= life.Year; year++)
            for (var quarter = 0; quarter < 4; quarter++)
            {
                if (year < life.Year && quarter == 2) continue;
                for (var i = 0; i < 6; i++)
                    yield return (File($"shangmen-{year}Q{quarter + 1}-{i + 1}"), new QuarterlyVisitConducted(
                        units[(quarter * 6 + i + year) % units.Count], life.Calendar.OnOrAfter(new DateOnly(year, quarter * 3 + 2, random.Between(6, 26))), random.Between(0, 4)));
            }

        yield return (File($"jiaocha-{life.Year}-1"), new CrossSupervisionConducted("shichang", "chengguan", On(life, 5, 14), 2));
        yield return (File($"jiaocha-{life.Year}-2"), new CrossSupervisionConducted("jiaotong", "nongye", On(life, 5, 21), 0));
        yield return (File($"tuimo-{life.Year}-1"), new RotationalSupervisionConducted(["beiwudu", "wucheng", "lianhua", "xinan"], On(life, 9, 17), 5));
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Cases(DemoLife life)
    {
        var random = life.Random(Story + 3);
        var (closed, elevated, open) = (File($"gean-{life.Year}-1"), File($"gean-{life.Year}-2"), File($"gean-{life.Year}-3"));
        yield return (closed, new IndividualCaseSupervisionOpened("gongan", $"舞公（城）行罚决字〔{life.Year}〕31号", CaseSource.Complaint, On(life, 3, 11), On(life, 5, 12)));
        yield return (closed, new IndividualCaseSupervisionClosed("处罚幅度明显不当，已自行变更", random.NextSha256(), On(life, 5, 8)));
        yield return (elevated, new IndividualCaseSupervisionOpened("ziranziyuan", $"舞自然资罚〔{life.Year}〕6号", CaseSource.Procuratorate, On(life, 6, 4), On(life, 8, 4)));
        yield return (elevated, new CaseSupervisionElevated($"舞自然资罚〔{life.Year}〕6号", "漯河市司法局", ElevationReason.MajorImpact, On(life, 6, 18)));
        yield return (elevated, new IndividualCaseSupervisionClosed("上级认定程序违法，已撤销并重新处理", random.NextSha256(), On(life, 8, 20)));
        yield return (open, new IndividualCaseSupervisionOpened("chengguan", $"舞城管强拆〔{life.Year}〕2号", CaseSource.LostLawsuit, On(life, 10, 22), On(life, 12, 5)));
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Penalties(DemoLife life)
    {
        var random = life.Random(Story + 4);
        var number = 0;
        foreach (var unit in (string[])["shichang", "huanjing", "jiaotong", "yingji", "gongan", "chengguan"])
            for (var i = 0; i < 2; i++)
            {
                var (file, decided) = (File($"chufa-{life.Year}-{++number}"), On(life, random.Between(1, 10), random.Between(3, 25)));
                var (party, kind) = (random.Pick<PenaltyParty>([PenaltyParty.Organisation, PenaltyParty.Person]), random.Pick<PenaltyKind>([PenaltyKind.Fine, PenaltyKind.Fine, PenaltyKind.LicenceRevocation, PenaltyKind.ProductionSuspension]));
                var filed = life.Calendar.Plus(decided, random.Between(2, 14));
                decimal? amount = kind == PenaltyKind.Fine ? CaseFiles.ThresholdFor(party) + random.Next(80) * 1000m : null;
                yield return (file, new MajorPenaltyFiled(unit, $"{DemoUnits.NameOf(unit)}罚决〔{life.Year}〕{number}号", party, kind, decided, filed, amount));
                if (number % 5 != 0)
                    yield return (file, new MajorPenaltyReviewed(number % 4 == 0 ? PenaltyReviewResult.Flawed : PenaltyReviewResult.Lawful, life.Calendar.Plus(filed, random.Between(5, 15))));
            }

        // One decision came to light that was never filed.
        var patrol = File($"chufa-{life.Year}-weibei");
        yield return (patrol, new QuarterlyVisitConducted("shichang", On(life, 11, 12), 1));
        yield return (patrol, new SupervisionFindingRecorded("f1", "shichang", FindingType.MajorPenaltyNotFiled, "《河南省重大行政处罚备案审查办法》", On(life, 11, 12)));
        yield return (patrol, new SupervisionFindingConfirmed("f1", "shichang", On(life, 11, 18)));
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Patrols(DemoLife life)
    {
        var random = life.Random(Story + 5);
        var number = 0;
        foreach (var unit in (string[])["shichang", "weijian", "zhujian", "jiaoyu"])
        {
            var (file, on) = (File($"xuke-{life.Year}-{++number}"), On(life, number * 3 - 1, random.Between(6, 24)));
            if (!life.Units.Contains(unit, StringComparer.Ordinal)) continue;
            yield return (file, new LicensingPatrolConducted(unit, random.Between(20, 60), on));
            if (number == 3) continue;
            yield return (file, new LicensingIssueFound("i1", $"4111{number}0012300Y", random.Pick(Enum.GetValues<LicensingStage>()), "超出法定条件收取材料", $"https://www.hnzwfw.gov.cn/item/4111{number}0012300Y", on));
            if (number % 2 == 1) yield return (file, new LicensingIssueResolved(unit, "i1", "已按办事指南更正", life.Calendar.Plus(on, random.Between(3, 9)), random.NextSha256()));
        }
    }
}
