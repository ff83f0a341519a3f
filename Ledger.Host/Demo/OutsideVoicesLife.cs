using Ledger.Domain.Facts;
using Ledger.Domain.OutsideVoices;

namespace Ledger.Host.Demo;

/// <summary>A year of life: Outside voices (plan 3.3.3): complaints, hotspots, early warnings, lay supervisors, publication.</summary>
internal static class OutsideVoicesLife
{
    private const int Complaints = 96;

    private static readonly (string Unit, string Field, int Weight)[] Complained =
    [
        ("chengguan", "城建", 24), ("gongan", "公安", 14), ("shichang", "市场监管", 12), ("wuquan", "乡政府", 10), ("ziranziyuan", "自然资源", 10),
        ("jiaotong", "交通运输", 8), ("huanjing", "生态环境", 8), ("beiwudu", "乡政府", 6), ("renshe", "劳动和社会保障", 5), ("weijian", "卫生健康", 3),
    ];

    private static readonly (SupervisorKind Kind, string Name, string Organisation)[] Supervisors =
    [
        (SupervisorKind.CongressDeputy, "贾示例", "县人大代表"), (SupervisorKind.PoliticalAdviser, "甄样本", "县政协委员"), (SupervisorKind.Business, "吴虚构", "县工商联"),
        (SupervisorKind.Media, "郝演示", "县融媒体中心"), (SupervisorKind.Resident, "毕拟真", "舞泉镇某社区"), (SupervisorKind.Resident, "全设例", "北舞渡镇某村"),
    ];

    private static readonly (string Name, string Township)[] Points =
    [
        ("舞阳县示例食品有限公司", "舞泉镇"), ("示例物流园区", "北舞渡镇"), ("示例农贸市场", "莲花镇"), ("示例社区居委会", "舞泉镇"),
    ];

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life) =>
    [
        (new Subject(StreamKind.Policy, "gaofa-2023"), new HotspotRuleAdopted(new DateOnly(life.Options.FirstYear, 1, 1), 6)),
        .. Enumerable.Range(1, Complaints).SelectMany(number => Complaint(life, number)),
        .. Reviews(life),
        .. Supervisors.Select((s, i) => (Person: s, Index: i)).SelectMany(s => Supervisor(life, s.Person, s.Index)),
        .. Points.Select((p, i) => (Point: p, Index: i)).SelectMany(p => Point(life, p.Point, p.Index)),
        .. life.Units.Select((unit, i) => (Unit: unit, Index: i)).SelectMany(u => Publications(life, u.Unit, u.Index)),
    ];

    // Most complaints are answered in time; some late, some of the last weeks not yet, a few never.
    private static IEnumerable<(Subject Subject, IFact Fact)> Complaint(DemoLife life, int number)
    {
        var random = life.Random(2_000 + number);
        var subject = new Subject(StreamKind.Complaint, $"{life.Year}-{number:000}");
        var (unit, field) = Pick(random);
        var received = new DateOnly(life.Year, 1, 1).AddDays((number - 1) * 364 / Complaints + random.Next(3));
        var channel = random.Next(10) switch { < 6 => ComplaintChannel.Hotline12345, < 8 => ComplaintChannel.ServiceRating, 8 => ComplaintChannel.Portal, _ => ComplaintChannel.Other };
        var assigned = life.Calendar.Plus(received, random.Between(1, 2));
        yield return (subject, new ComplaintReceived(channel, field, received));
        yield return (subject, new ComplaintAssigned(unit, assigned, life.Calendar.Plus(assigned, 10)));
        if (number % 29 == 0) yield break;
        var verified = life.Calendar.Plus(assigned, random.Between(3, 8));
        var upheld = random.Chance(35);
        yield return (subject, new ComplaintVerified(upheld, verified, upheld ? random.NextSha256() : null));
        var ended = life.Calendar.Plus(verified, random.Between(0, 2));
        if (upheld && number % 7 != 0)
        {
            if (random.Chance(80)) yield return (subject, new ComplaintCorrected(ended, random.NextSha256()));
            else yield return (subject, new ComplaintClosedWithReason(ComplaintClosure.Settled, "已与投诉人协商一致，不再恢复原状", ended));
        }

        if (number % 23 != 0) yield return (subject, new ComplaintReplied(life.Calendar.Plus(ended, random.Chance(85) ? 0 : random.Between(2, 6))));
    }

    // The review of the third quarter came late; the field that led every time was warned of twice.
    private static IEnumerable<(Subject Subject, IFact Fact)> Reviews(DemoLife life)
    {
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var period = quarter == 0 ? $"{life.Year - 1}Q4" : $"{life.Year}Q{quarter}";
            var subject = new Subject(StreamKind.Hotspot, period);
            var after = new DateOnly(life.Year, (quarter * 3) + 1, 1);
            var held = life.Calendar.Plus(after, quarter == 3 ? 25 : 8);
            yield return (subject, new HotspotReviewHeld(period, held, quarter == 0));
            if (quarter is not (1 or 2)) continue;
            var issued = life.Calendar.Plus(held, 3);
            var document = $"舞司预〔{life.Year}〕{quarter}号";
            yield return (subject, new EarlyWarningIssued(document, quarter == 1 ? ["chengguan", "gongan"] : ["chengguan", "shichang"], issued, life.Calendar.Plus(issued, 20)));
            var random = life.Random(3_000 + quarter);
            yield return (subject, new WarningRectified(document, "chengguan", life.Calendar.Plus(issued, quarter == 1 ? 15 : 26), random.NextSha256()));
            if (quarter == 1) yield return (subject, new WarningRectified(document, "gongan", life.Calendar.Plus(issued, 18), random.NextSha256()));
        }
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Supervisor(DemoLife life, (SupervisorKind Kind, string Name, string Organisation) person, int index)
    {
        var random = life.Random(3_100 + index);
        var subject = new Subject(StreamKind.Supervisor, $"jdy-{index + 1:00}");
        var from = new DateOnly(life.Year - 1, 5, 6);
        yield return (subject, new SupervisorAppointed(person.Name, person.Kind, person.Organisation, from, from.AddYears(3).AddDays(-1)));
        foreach (var told in Feedback(life, subject, random, random.Between(0, 3))) yield return told;
        if (index == 3) yield return (subject, new SupervisorRemoved(new DateOnly(life.Year, 12, 10), "工作调动"));
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Point(DemoLife life, (string Name, string Township) point, int index)
    {
        var random = life.Random(3_200 + index);
        var subject = new Subject(StreamKind.Supervisor, $"lxd-{index + 1:00}");
        yield return (subject, new ContactPointEstablished(point.Name, new DateOnly(life.Year - 1, 6, 3), point.Township));
        foreach (var told in Feedback(life, subject, random, random.Between(0, 2))) yield return told;
        if (index == 2) yield return (subject, new ContactPointClosed(new DateOnly(life.Year, 12, 1), "市场搬迁"));
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Feedback(DemoLife life, Subject subject, DemoRandom random, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            var (unit, field) = Pick(random);
            var received = life.Calendar.WithinYear(new DateOnly(life.Year, (number * 3) - 1, random.Between(1, 25)));
            yield return (subject, new SupervisorFeedbackReceived($"fy-{number}", unit, field, received, life.Calendar.Plus(received, 10)));
            if (random.Chance(80))
                yield return (subject, new SupervisorFeedbackHandled(
                    $"fy-{number}", unit, life.Calendar.Plus(received, random.Between(4, 13)), random.Pick(Enum.GetValues<FeedbackResult>()), random.NextSha256()));
        }
    }

    private static IEnumerable<(Subject Subject, IFact Fact)> Publications(DemoLife life, string unit, int index)
    {
        var random = life.Random(3_300 + index);
        var count = random.Between(1, 6);
        for (var number = 1; number <= count; number++)
        {
            var kind = random.Pick(Enum.GetValues<PublishedDecision>());
            var decided = life.Calendar.WithinYear(new DateOnly(life.Year, (number * 2) - 1, random.Between(1, 25)));
            var late = random.Chance(15);
            var days = kind is PublishedDecision.Penalty or PublishedDecision.Licence ? (late ? 10 : random.Between(1, 7)) : (late ? 24 : random.Between(3, 20));
            yield return (Subject.Unit(unit), new EnforcementResultPublished(
                $"执法公示〔{life.Year}〕{index + 1:00}{number:00}号", kind, $"https://www.wuyang.gov.cn/zfgs/{unit}/{number}", decided, life.Calendar.Plus(decided, days)));
        }
    }

    private static (string Unit, string Field) Pick(DemoRandom random)
    {
        var at = random.Next(Complained.Sum(c => c.Weight));
        foreach (var (unit, field, weight) in Complained)
            if ((at -= weight) < 0)
                return (unit, field);
        return (Complained[0].Unit, Complained[0].Field);
    }
}
