using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Approvals;
using Ledger.Domain.Assessments;
using Ledger.Domain.Bulletins;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Domain.Supervision;
using Ledger.Host.Intake;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;

namespace Ledger.Host.Demo;

/// <summary>
/// What the demo county published in its last year: every quarter closed, compared with the court's list and published by two
/// persons; one judgment corrected late and the bulletin restated; the year final, with bars and grades. All of it rests on
/// ledger positions, so that it is recorded one by one, as the ledger itself drafts it. What is recorded already is left.
/// </summary>
public sealed class DemoClosings(FactIntake intake, FactMemory memory, Positions positions, TimeProvider clock)
{
    // A county for measuring is not published.
    private const int MostLawsuits = 5_000;

    private const string Maker = "依法治县办经办";
    private const string Checker = "依法治县办主任";

    /// <summary>Records what the ledger's today allows.</summary>
    public async Task RecordAsync(DemoOptions options, CancellationToken cancellation = default)
    {
        if (options.Lawsuits > MostLawsuits || options.EndOn is not null) return;
        var year = options.LastYear;
        for (var number = 1; number <= 4; number++)
        {
            var quarter = Period.Parse($"{year:D4}Q{number}");
            await CloseAsync(quarter, quarter.Last.AddDays(16), cancellation);
            await CountedAsync<CourtListReconciled>(quarter, quarter.Last.AddDays(19), new { reconciledOn = quarter.Last.AddDays(19), reconciledBy = Maker }, cancellation);
            // The bulletin of the third quarter came after its thirty days.
            await PublishAsync<RankingBulletinPublished>(quarter, quarter.Last.AddDays(16), quarter.Last.AddDays(number == 3 ? 38 : 24), "通报", cancellation);
            await PublishAsync<AccountabilityBulletinPublished>(quarter, quarter.Last.AddDays(16), quarter.Last.AddDays(26), "追责通报", cancellation);
        }

        var second = Period.Parse($"{year:D4}Q2");
        await CorrectAsync(second, cancellation);
        var (restatedAt, restatedOn) = (new DateOnly(year, 12, 22), new DateOnly(year, 12, 24));
        await ApprovedAsync<BulletinRestated>(second, restatedAt, restatedOn, new { reason = "一审裁判结果录入有误，据裁判文书更正", restatedOn }, cancellation);
        await FollowUpAsync(Period.Parse($"{year:D4}Q1"), second, cancellation);
        await YearAsync(Period.Parse($"{year:D4}"), cancellation);
    }

    // Who stood worst in a published ranking is tracked after the first quarter and supervised after the second.
    private async Task FollowUpAsync(Period first, Period second, CancellationToken cancellation)
    {
        if (await WorstAsync(first, cancellation) is { } tracked)
            await FileAsync(
                $"{first}-zhongdian", cancellation, new KeyTrackingOrdered(tracked, first.Text, LagIndicator.LossRate, first.Last.AddDays(30)),
                new KeyTrackingLifted(LiftReason.MeasuresCompleted, first.Last.AddDays(200)));
        if (await WorstAsync(second, cancellation) is { } laggard)
            await FileAsync(
                $"{second}-zhuanxiang", cancellation,
                new SpecialSupervisionOrdered(laggard, second.Text, "当季败诉率排名首位", second.Last.AddDays(30), second.Last.AddDays(90)),
                new SpecialSupervisionConcluded("已逐案剖析并建立法制审核台账", second.Last.AddDays(85)));
    }

    private async Task<string?> WorstAsync(Period quarter, CancellationToken cancellation)
    {
        var now = await NowAsync(clock.Today(), cancellation);
        return now.County.Rank(quarter, UnitList.All, now.County.Policies.GoverningFrom(quarter.First)).Rows
            .FirstOrDefault(r => r.Rank is not null && r.Figures.Losses > 0)?.Unit;
    }

    private async Task FileAsync(string key, CancellationToken cancellation, params IFact[] facts)
    {
        var subject = new Subject(StreamKind.Supervision, key);
        var now = await NowAsync(clock.Today(), cancellation);
        foreach (var fact in facts)
            if (fact.LegalDate <= clock.Today() && !now.Everything.Holds(subject, IdOf(subject, fact)))
                await RecordAsync(subject, fact, null, cancellation);
    }

    private async Task YearAsync(Period year, CancellationToken cancellation)
    {
        var next = year.Last.Year + 1;
        await CloseAsync(year, new DateOnly(next, 1, 16), cancellation);
        await CountedAsync<LossHotlistConfirmed>(year, new DateOnly(next, 1, 16), new { confirmedOn = new DateOnly(next, 1, 20), confirmedBy = Maker }, cancellation);
        await CountedAsync<AnnualLossRankingFinalised>(year, new DateOnly(next, 2, 20), new { finalisedOn = new DateOnly(next, 2, 24), finalisedBy = Checker }, cancellation);
        var barredOn = new DateOnly(next, 3, 5);
        await ApprovedAsync<ExcellentGradeBarred>(year, barredOn, barredOn, new { barredOn }, cancellation);
        var gradedOn = new DateOnly(next, 3, 20);
        if (gradedOn > clock.Today() || await NowAsync(gradedOn, cancellation) is not { } now || AnnualRankingState.Standing(now.Of(PeriodState.Of(year))) is not { } ranking) return;
        foreach (var unit in now.County.CountedUnits.Where(u => u.Registered!.Kind == Domain.Units.UnitKind.Township))
            await RecordAsync(
                AssessmentState.Of(unit.Key, year.First.Year),
                new AssessmentGraded(unit.Key, year.First.Year, ranking.Barred.Any(b => b.Unit == unit.Key) ? AssessmentGrade.Qualified : AssessmentGrade.Excellent, gradedOn), null, cancellation);
    }

    private Task CloseAsync(Period period, DateOnly asOf, CancellationToken cancellation) =>
        CountedAsync<QuarterClosed>(period, asOf, new { closedOn = asOf.AddDays(1), closedBy = Maker }, cancellation);

    private Task PublishAsync<T>(Period period, DateOnly asOf, DateOnly publishedOn, string title, CancellationToken cancellation)
        where T : IFact =>
        ApprovedAsync<T>(period, asOf, publishedOn, new { publishedOn, title = $"（合成数据）{period}{title}" }, cancellation);

    private async Task CountedAsync<T>(Period period, DateOnly asOf, object added, CancellationToken cancellation)
        where T : IFact
    {
        foreach (var (subject, fact) in await DraftedAsync<T>(period, asOf, added, static _ => null, cancellation)) await RecordAsync(subject, fact, null, cancellation);
    }

    /// <summary>Asked for by one person and granted by another; the fact is recorded under the approval's own id.</summary>
    private async Task ApprovedAsync<T>(Period period, DateOnly asOf, DateOnly on, object added, CancellationToken cancellation)
        where T : IFact
    {
        foreach (var (subject, fact) in await DraftedAsync<T>(period, asOf, added, KeyOf<T>, cancellation))
        {
            var key = KeyOf<T>(subject);
            var approval = new Subject(StreamKind.Approval, key);
            var data = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(FactJson.Write(fact))!;
            await RecordAsync(approval, new ApprovalRequested(subject.ToString(), EventCatalog.NameOf(fact), data, Maker, on.AddDays(-2), "请审批"), null, cancellation);
            await RecordAsync(approval, new ApprovalGranted(Checker, on.AddDays(-1)), null, cancellation);
            await RecordAsync(subject, fact, Approval.IdOf(key), cancellation);
        }
    }

    private static string KeyOf<T>(Subject subject) => $"demo-{typeof(T).Name}-{subject.Key}";

    // As the ledger drafts it now; nothing when there is nothing to record, when it is recorded, and when its day has not come.
    private async Task<IReadOnlyList<(Subject Subject, IFact Fact)>> DraftedAsync<T>(
        Period period, DateOnly asOf, object added, Func<Subject, string?> approval, CancellationToken cancellation)
        where T : IFact
    {
        if (asOf > clock.Today() || await NowAsync(asOf, cancellation) is not { } now) return [];
        if (Drafts.Of(now, new Asked { Key = typeof(T).Name, Period = period }).Value is not List<DraftRow> drafts) return [];
        var facts = new List<(Subject, IFact)>();
        foreach (var draft in drafts)
        {
            var subject = Subject.Parse(draft.Subject);
            foreach (var (member, value) in JsonSerializer.SerializeToNode(added, FactJson.Options)!.AsObject().ToList()) draft.Data[member] = value?.DeepClone();
            var key = approval(subject);
            if (key is not null) draft.Data["approval"] = key;
            var (fact, refusal) = FactJson.Read(EventCatalog.Find(draft.Fact)!, JsonSerializer.SerializeToElement(draft.Data));
            if (refusal is not null) throw new InvalidOperationException($"The draft of {draft.Fact} is refused: {refusal.Message}");
            if (fact!.LegalDate > clock.Today() || now.Everything.Holds(subject, key is null ? IdOf(subject, fact) : Approval.IdOf(key))) continue;
            facts.Add((subject, fact));
        }

        return facts;
    }

    // A claim that was said to be dismissed had been upheld: the first document of the quarter that can be corrected so.
    private async Task CorrectAsync(Period quarter, CancellationToken cancellation)
    {
        var now = await NowAsync(clock.Today(), cancellation);
        if (now.Streams(StreamKind.Bulletin).Any(s => s.Facts.Any(f => f.Fact is BulletinRestated))) return;
        foreach (var (subject, judgment, visible) in now.Told<JudgmentRendered>(StreamKind.Lawsuit).OrderBy(j => j.Fact.ClosedOn))
        {
            if (judgment.Level != InstanceLevel.First || !quarter.Contains(judgment.ClosedOn) || judgment.Dispositions is not [{ Outcome: Outcome.DismissClaims } only]
                || now.Lawsuits[subject.Key].Documents.Count > 1) continue;
            var right = new Disposition(only.Unit, Outcome.ConfirmUnlawfulMinorProcedure, [LossCause.ProceduralViolation]);
            var correction = new FactCorrected(
                visible.Origin.Id, new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["dispositions"] = JsonSerializer.SerializeToElement(new[] { right }, FactJson.Options) },
                "判决确认程序轻微违法，录入时误为驳回诉讼请求", Checker);
            if ((await TryAsync(subject, correction, null, cancellation)).Refusal is null) return;
        }
    }

    private async Task<Situation> NowAsync(DateOnly asOf, CancellationToken cancellation) =>
        await memory.SituationAsync((await positions.AdvanceAsync(cancellation)).Position, asOf, cancellation);

    private async Task RecordAsync(Subject subject, IFact fact, FactId? id, CancellationToken cancellation)
    {
        if ((await TryAsync(subject, fact, id, cancellation)).Refusal is { } refusal)
            throw new InvalidOperationException($"{EventCatalog.NameOf(fact)} of {subject} is refused: {refusal.Message}");
    }

    private Task<Receipt> TryAsync(Subject subject, IFact fact, FactId? id, CancellationToken cancellation) => intake.RecordAsync(
        new RecordFact(subject, fact, id ?? IdOf(subject, fact), DemoLoader.Actor), cancellation);

    private static FactId IdOf(Subject subject, IFact fact) => new(
        FactLog.Source, $"closings/{subject}/{EventCatalog.NameOf(fact)}".Replace('/', '-') + (fact is LossHotlistConfirmed list ? $"/{list.Dimension}" : ""));
}
