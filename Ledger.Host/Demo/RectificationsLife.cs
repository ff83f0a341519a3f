using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Rectifications;

namespace Ledger.Host.Demo;

/// <summary>A year of life: After a loss (plan 3.1.1): cause, measures, verification, recurrence, performance.</summary>
internal static class RectificationsLife
{
    private static readonly LossCause[] Causes =
    [
        LossCause.ProceduralViolation, LossCause.InsufficientEvidence, LossCause.MisappliedLaw, LossCause.Nonfeasance, LossCause.ProceduralViolation,
        LossCause.ExceededAuthority, LossCause.ManifestlyImproper,
    ];

    private static readonly (MeasureType Type, string Content, string Owner)[] Measures =
    [
        (MeasureType.ProcedureRevised, "修订行政执法程序规程，逐案核对告知、催告、听证环节", "分管副职"),
        (MeasureType.LegalReview, "重大执法决定一律先经法制审核", "法制机构负责人"),
        (MeasureType.Training, "组织执法人员专题培训并测试", "执法大队队长"),
        (MeasureType.FileReview, "评查近一年同类案卷并限期补正", "法制机构负责人"),
        (MeasureType.ActRemade, "依照判决重新作出处理", "业务科室负责人"),
        (MeasureType.LitigationPractice, "建立举证期限台账", "应诉工作负责人"),
    ];

    /// <summary>A rectification: its key, the loss and the primary cause that was determined, with the day.</summary>
    public sealed record Told(string Key, Lawsuit Lawsuit, string Unit, CourtDocument Document, LossCause? Primary, bool Fault, DateOnly? DeterminedOn, DateOnly? MeasuresOn);

    /// <summary>The rectifications that are told, one for each lawsuit and unit that lost; every ninth was never opened.</summary>
    public static IReadOnlyList<Told> Of(DemoLife life)
    {
        var told = new List<Told>();
        foreach (var ((lawsuit, unit, document), number) in life.Losses
            .Where(l => l.Unit != DemoUnits.City && l.Document.Rendered.ClosedOn < life.Options.LastDay)
            .DistinctBy(l => (l.Lawsuit.Key, l.Unit)).Select((l, i) => (l, i)))
        {
            if (number % 9 == 8) continue;
            var opened = OpenedOn(life, lawsuit, unit, document);
            var determined = life.Calendar.Plus(opened, 6 + (number % 4));
            told.Add(number % 9 == 7
                ? new Told($"{lawsuit.Key}-{unit}", lawsuit, unit, document, null, false, null, null)
                : new Told($"{lawsuit.Key}-{unit}", lawsuit, unit, document, Causes[number % Causes.Length], number % 3 != 2, determined, life.Calendar.Plus(determined, 3)));
        }

        return told;
    }

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life)
    {
        yield return (new Subject(StreamKind.Policy, "fantan-2023"), new RecurrenceRuleAdopted(new DateOnly(2023, 4, 1), 12, false));
        var random = life.Random(31);
        foreach (var (told, number) in Of(life).Select((t, i) => (t, i)))
            foreach (var fact in Facts(life, told, number, random))
                yield return (new Subject(StreamKind.Rectification, told.Key), fact);
    }

    private static DateOnly OpenedOn(DemoLife life, Lawsuit lawsuit, string unit, CourtDocument document) =>
        life.Calendar.Plus(lawsuit.JudgmentOf(unit, document.CaseNo)?.ReceivedOn ?? document.Rendered.ClosedOn, 2);

    private static IEnumerable<IFact> Facts(DemoLife life, Told told, int number, DemoRandom random)
    {
        var (calendar, last) = (life.Calendar, life.Options.LastDay);
        var opened = OpenedOn(life, told.Lawsuit, told.Unit, told.Document);
        yield return new RectificationOpened(told.Lawsuit.Key, told.Unit, told.Document.CaseNo, opened);
        foreach (var fact in Performance(life, told, opened, number, random)) yield return fact;
        if (told is not { Primary: { } primary, DeterminedOn: { } determined, MeasuresOn: { } adopted } || determined > last) yield break;
        yield return new LossAnalysisHeld(
            [told.Unit, .. told.Unit == "sifa" ? Array.Empty<string>() : ["sifa"]], calendar.Minus(determined, 1), number % 2 == 0 ? "执法程序环节缺少复核" : null);
        yield return new LossCauseDetermined(primary, [.. new[] { primary, Causes[(number + 2) % Causes.Length] }.Distinct()], told.Fault, determined, "sifa-jiandu");
        if (adopted > last) yield break;
        var due = calendar.Plus(adopted, 30);
        var count = 1 + (number % 2);
        for (var i = 0; i < count; i++)
        {
            var (type, content, owner) = Measures[(number + i) % Measures.Length];
            yield return new RectificationMeasureAdopted($"cuoshi{i + 1}", type, content, owner, due, adopted, random.NextSha256());
        }

        // Of seven, one is not done yet, one late, one is returned once, the others are done in time.
        var halfway = calendar.Plus(adopted, 12);
        if (halfway > last) yield break;
        yield return new RectificationProgressReported("cuoshi1", 50, halfway, told.Unit + "-jingban");
        if (number % 7 == 3) yield break;
        var completed = number % 7 == 5 ? calendar.Plus(due, 6) : calendar.Minus(due, 2);
        if (completed > last) yield break;
        yield return new RectificationCompleted(completed, told.Unit + "-jingban", [new(random.NextSha256())]);
        if (number % 7 == 1)
        {
            var returned = calendar.Plus(completed, 3);
            var again = calendar.Plus(returned, 9);
            if (again > last) yield break;
            yield return new RectificationReopened("规程未经法制审核即印发", returned, calendar.Plus(returned, 10));
            yield return new RectificationCompleted(again, told.Unit + "-jingban", [new(random.NextSha256()), new(random.NextSha256())]);
            completed = again;
        }

        if (number % 7 != 6) yield return new RectificationVerified(calendar.Plus(completed, 5), "sifa-jiandu");
    }

    // Most that must be performed is; a penalty is withdrawn in time, late, or was never published.
    private static IEnumerable<IFact> Performance(DemoLife life, Told told, DateOnly opened, int number, DemoRandom random)
    {
        if (told.Lawsuit.LastEffective is not { } effective) yield break;
        var from = effective.EffectiveOn < opened ? opened : effective.EffectiveOn;
        if (KindOf(told) is { } kind)
        {
            var (ordered, performed) = (from, life.Calendar.Plus(from, number % 5 == 4 ? 48 : 25));
            yield return new JudgmentPerformanceOrdered(kind, life.Calendar.Plus(from, 40), ordered, kind is PerformanceKind.Damages or PerformanceKind.Pay ? 8600.00m : null);
            if (number % 6 != 5 && performed <= life.Options.LastDay) yield return new JudgmentPerformed(kind, performed, random.NextSha256());
        }

        if (!Rectification.IsAboutPenalty(told.Lawsuit.Docketed) || number % 5 == 3) yield break;
        var decision = $"舞罚决〔{told.Lawsuit.Docketed!.DocketedOn.Year - 1}〕{number + 11}号";
        yield return number % 5 == 1
            ? new PenaltyNotPublishedStated(decision, UnpublishedReason.NotSubjectToPublication, from)
            : new PublishedPenaltyWithdrawn(decision, life.Calendar.Plus(from, number % 5 == 4 ? 6 : 2), $"{told.Document.CaseNo}判决", $"http://www.wuyang.gov.cn/xzcf/{number + 11}.html");
    }

    private static PerformanceKind? KindOf(Told told)
    {
        foreach (var outcome in told.Lawsuit.OutcomesOf(told.Document, told.Unit))
            switch (outcome)
            {
                case Outcome.RevokeAndRedo: return PerformanceKind.RemakeAct;
                case Outcome.OrderPerform: return PerformanceKind.PerformDuty;
                case Outcome.OrderPay: return PerformanceKind.Pay;
                case Outcome.OrderDamages: return PerformanceKind.Damages;
                case Outcome.AgreementLiability: return PerformanceKind.PerformAgreement;
                default: break;
            }

        return null;
    }
}
