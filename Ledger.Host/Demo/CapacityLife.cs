using Ledger.Domain.Capacity;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Capacity (plan 4.1–4.3): analyses, trainings, staffing, external supervisors.</summary>
internal static class CapacityLife
{
    private static readonly (string Topic, int Month, int Hours, TrainingAudience Audience)[] Trainings =
    [
        ("行政处罚程序与听证", 3, 8, TrainingAudience.Officers), ("强制拆除与征收补偿", 5, 6, TrainingAudience.Officers),
        ("执法监督业务", 6, 12, TrainingAudience.Supervisors), ("行政应诉与举证", 9, 8, TrainingAudience.Officers), ("裁量基准适用", 11, 4, TrainingAudience.Officers),
    ];

    private static readonly (string Name, ExternalBackground Background)[] Externals =
    [
        ("贾设例", ExternalBackground.Scholar), ("甄模拟", ExternalBackground.Lawyer), ("吴化名", ExternalBackground.RetiredJudge), ("郝样本", ExternalBackground.RetiredProcurator),
    ];

    private static readonly (ResponsibilityField Field, string Post)[] Posts =
    [
        (ResponsibilityField.Litigation, "分管法治工作负责人"), (ResponsibilityField.DisputeResolution, "分管信访工作负责人"), (ResponsibilityField.Rectification, "主要负责人"),
        (ResponsibilityField.LegalReview, "法制机构负责人"), (ResponsibilityField.InternalSupervision, "纪检组长"), (ResponsibilityField.Training, "办公室主任"),
    ];

    private static readonly string[] Topics = ["户外广告整治", "违法建设治理", "食品安全", "超限运输", "秸秆禁烧"];

    private static readonly (string Key, Mechanism Mechanism, string DocumentNo, MechanismIssuer[] Issuers)[] Documents =
    [
        ("jizhi-tongbao", Mechanism.LitigationBulletin, "舞司〔2023〕8号", [MechanismIssuer.Court, MechanismIssuer.JusticeBureau]),
        ("jizhi-fuyuan", Mechanism.Coordination, "舞府院联〔2023〕2号", [MechanismIssuer.JointConference, MechanismIssuer.CountyGovernment]),
        ("jizhi-liandong", Mechanism.TieredSupervision, "舞司〔2023〕15号", [MechanismIssuer.JusticeBureau]),
        ("jizhi-peixun", Mechanism.StandardizedTraining, "舞法办〔2023〕9号", [MechanismIssuer.RuleOfLawOffice]),
    ];

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) =>
    [
        .. Documents.Select((d, i) => (
            new Subject(StreamKind.Policy, d.Key),
            (IFact)new MechanismDocumentIssued(d.Mechanism, d.DocumentNo, d.Issuers, new DateOnly(2023, 4, 20).AddDays(14 * i), life.Random(5_000 + i).NextSha256()))),
        .. life.Units.Select((unit, i) => (Unit: unit, Index: i)).SelectMany(u => Unit(life, u.Unit, u.Index)),
        .. Trainings.Select((t, i) => (Training: t, Index: i)).SelectMany(t => Training(life, t.Training, t.Index)),
        .. Externals.Select((e, i) => (External: e, Index: i)).SelectMany(e => External(life, e.External, e.Index)),
    ];

    // Analyses of the last quarters: most in time, some late, some never; the report on staffing is due at the year's end.
    private static IEnumerable<(Subject Subject, IFact Fact)> Unit(DemoLife life, string unit, int index)
    {
        var random = life.Random(5_100 + index);
        var (own, staffing) = (Subject.Unit(unit), new Subject(StreamKind.Staffing, unit));
        foreach (var (field, post) in Posts.Skip(index % 8 == 5 ? 1 : 0))
            yield return (own, new ResponsibilityAssigned(field, post, new DateOnly(life.Year - 1, 1, 2)));
        for (var quarter = 0; quarter < 4; quarter++)
        {
            if ((index + quarter) % 13 == 6) continue;
            var filed = life.Calendar.Plus(new DateOnly(life.Year, (quarter * 3) + 1, 1), (index + quarter) % 7 == 2 ? 26 : random.Between(3, 15));
            yield return (own, new PeriodicDisputeAnalysisFiled(
                quarter == 0 ? $"{life.Year - 1}Q4" : $"{life.Year}Q{quarter}",
                random.Chance(60) ? [new(random.Pick(Enum.GetValues<LossCause>()), "（合成数据）同类行为在程序上有共性问题")] : [], random.NextSha256(), filed));
            if (index % 6 == 0)
                yield return (own, new JointSupervisionHeld(
                    Topics[(index + quarter) % Topics.Length], [life.Units[(index + quarter + 1) % life.Units.Count]], life.Calendar.Plus(filed, 5), random.Between(3, 8), random.Between(0, 5)));
        }

        var officers = random.Between(6, 60);
        foreach (var year in (int[])[life.Year - 1, life.Year])
            if (index % 10 != 9)
                yield return (staffing, new StaffingFigureReported(
                    unit, year, officers, officers * random.Between(3, 15), officers > 30 ? random.Between(1, 3) : random.Between(0, 1),
                    life.Calendar.WithinYear(new DateOnly(year, 12, random.Between(5, 26)))));
        if (index % 12 == 3)
            yield return (staffing, new EstablishmentConsulted(
                unit, $"编制函〔{life.Year}〕{index}号", life.Calendar.WithinYear(new DateOnly(life.Year, 12, 28)), random.Chance(50) ? ConsultResult.PartlyAgreed : ConsultResult.Deferred));
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Training(DemoLife life, (string Topic, int Month, int Hours, TrainingAudience Audience) training, int index)
    {
        var random = life.Random(5_300 + index);
        var subject = new Subject(StreamKind.Training, $"{life.Year}-{index + 1:00}");
        var held = life.Calendar.WithinYear(new DateOnly(life.Year, training.Month, 12));
        var units = life.Units.Where((_, i) => training.Audience == TrainingAudience.Supervisors ? i % 4 == 0 : (i + index) % 3 != 0).ToList();
        yield return (subject, new TrainingHeld(training.Audience, training.Topic, training.Hours, held, "县司法局", units));
        foreach (var unit in units.Where(_ => random.Chance(85)))
        {
            var attended = random.Between(2, 12);
            yield return (subject, new TrainingCompleted(unit, attended, attended - (random.Chance(30) ? 1 : 0), life.Calendar.Plus(held, 1)));
        }
    }

    // Two of the four help in a lawsuit of the year each; the lawyer steps back from one in which a colleague acts.
    private static IEnumerable<(Subject Subject, IFact Fact)> External(DemoLife life, (string Name, ExternalBackground Background) external, int index)
    {
        var subject = new Subject(StreamKind.Supervisor, $"bzw-{index + 1:00}");
        var from = new DateOnly(life.Year - 1, 9, 2);
        var lawsuits = life.Lawsuits.Where(l => l.Docketed!.DocketedOn.Year == life.Year && l.Docketed.DocketedOn.Month <= 9).ToList();
        yield return (subject, new ExternalSupervisorEnlisted(external.Name, external.Background, from, from.AddYears(3).AddDays(-1), index == 0 && lawsuits.Count > 8 ? [lawsuits[8].Key] : []));
        if (lawsuits.Count < 8 || index > 1) yield break;
        var lawsuit = lawsuits[index * 3];
        yield return (subject, new ExternalSupervisorAssigned(lawsuit.Key, life.Calendar.Plus(lawsuit.Docketed!.DocketedOn, 12)));
        if (external.Background == ExternalBackground.Lawyer)
            yield return (subject, new ExternalConflictDeclared(lawsuit.Key, life.Calendar.Plus(lawsuit.Docketed.DocketedOn, 20)));
    }
}
