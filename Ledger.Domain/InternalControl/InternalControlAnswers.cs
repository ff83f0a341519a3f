using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;

namespace Ledger.Domain.InternalControl;

/// <summary>The duties and the answers of internal control: functions of the facts of the units' streams.</summary>
internal static class InternalControlAnswers
{
    private static readonly InternalSystem[] Systems = Enum.GetValues<InternalSystem>();

    public static IEnumerable<Duty> Duties(Situation situation)
    {
        var units = FactsByUnit(situation);
        return [.. SystemDuties(situation, units).Select(d => d.Duty), .. ListDuties(situation, units)];
    }

    public static IEnumerable<InternalControlRow> InternalControl(Situation situation, Asked asked)
    {
        var units = FactsByUnit(situation);
        var duties = SystemDuties(situation, units)
            .ToDictionary(d => (d.Duty.Unit!, int.Parse(d.Duty.Period![..4]), d.System), d => d.Duty.On(situation.Calendar, situation.AsOf));
        var filed = units.SelectMany(u => Of<InternalSystemEvidenceFiled>(u.Value).Select(f => (Unit: u.Key, f.Fact.Year, f.Fact.System)));
        return
            from key in duties.Keys.Union(filed).OrderBy(k => k.Item1, StringComparer.Ordinal).ThenBy(k => k.Item2).ThenBy(k => k.Item3)
            where (asked.Unit is null || asked.Unit == key.Item1) && IsOf(asked, key.Item2)
            let evidence = Of<InternalSystemEvidenceFiled>(units[key.Item1]).Where(f => f.Fact.Year == key.Item2 && f.Fact.System == key.Item3)
                .OrderBy(f => f.Fact.FiledOn).ThenBy(f => f.Visible.Sequence).ToList()
            let duty = duties.GetValueOrDefault(key)
            select new InternalControlRow(
                key.Item1, situation.NameOf(key.Item1), key.Item2, key.Item3, duty?.Status ?? DutyStatus.Met, duty?.DueOn,
                evidence.Count > 0 ? evidence[0].Fact.FiledOn : null, duty?.DaysLate ?? 0, evidence.Count > 0 ? evidence[^1].Fact.Items : 0,
                EvidenceOf(key.Item1, evidence.Select(e => e.Visible)));
    }

    public static IEnumerable<ResponsibilitySystemRow> ResponsibilitySystems(Situation situation, Asked asked)
    {
        var units = FactsByUnit(situation);
        return
            from unit in situation.County.CountedUnits
            where asked.Unit is null || asked.Unit == unit.Key
            let facts = units.GetValueOrDefault(unit.Key, [])
            let system = Of<ResponsibilitySystemAdopted>(facts).OrderBy(f => f.Fact.AdoptedOn).ThenBy(f => f.Visible.Sequence).LastOrDefault()
            let list = Of<PostDutyListPublished>(facts).OrderBy(f => f.Fact.PublishedOn).ThenBy(f => f.Visible.Sequence).LastOrDefault()
            select new ResponsibilitySystemRow(
                unit.Key, situation.NameOf(unit.Key), system.Fact?.DocumentNo, system.Fact?.AdoptedOn, list.Fact?.Posts, list.Fact?.Duties,
                list.Fact?.PublishedOn, EvidenceOf(unit.Key, [system.Visible, list.Visible]));
    }

    public static IEnumerable<RiskPointRow> RiskPoints(Situation situation, Asked asked) =>
        from unit in FactsByUnit(situation)
        where asked.Unit is null || asked.Unit == unit.Key
        from list in Of<RiskPointListUpdated>(unit.Value).OrderBy(l => l.Fact.UpdatedOn).ThenBy(l => l.Visible.Sequence).TakeLast(1)
        from point in list.Fact.Points.OrderBy(p => p.Level).ThenBy(p => p.Code, StringComparer.Ordinal)
        select new RiskPointRow(
            unit.Key, situation.NameOf(unit.Key), point.Code, point.Name, point.Level, point.Control, list.Fact.UpdatedOn, EvidenceOf(unit.Key, [list.Visible]));

    public static IEnumerable<LegalReviewRow> Reviews(Situation situation, Asked asked) =>
        from unit in FactsByUnit(situation)
        where asked.Unit is null || asked.Unit == unit.Key
        from row in ReviewsOf(situation, unit.Key, unit.Value)
        where asked.Period is null || asked.Period.Contains((row.ReviewedOn ?? row.DiscussedOn)!.Value)
        select row;

    public static IEnumerable<DiscretionBenchmarkRow> Benchmarks(Situation situation, Asked asked) =>
        from unit in FactsByUnit(situation)
        where asked.Unit is null || asked.Unit == unit.Key
        let benchmarks = Of<DiscretionBenchmarkAdopted>(unit.Value).OrderBy(b => b.Fact.AdoptedOn).ThenBy(b => b.Visible.Sequence).ToList()
        from benchmark in benchmarks
        let next = benchmarks.Find(b => b.Fact.Replaces == benchmark.Fact.Benchmark).Fact
        select new DiscretionBenchmarkRow(
            unit.Key, situation.NameOf(unit.Key), benchmark.Fact.Benchmark, benchmark.Fact.ActType, benchmark.Fact.AdoptedOn, next?.Benchmark, next?.AdoptedOn,
            EvidenceOf(unit.Key, [benchmark.Visible]));

    public static IEnumerable<PerformanceRow> Performance(Situation situation, Asked asked)
    {
        var owed = situation.Duties.Where(d => d.Kind == DutyKind.NonPerformanceReport).ToLookup(d => (d.Unit, d.Item, d.Year));
        var facts = FactsByUnit(situation);
        return
            from unit in situation.County.CountedUnits
            where asked.Unit is null || asked.Unit == unit.Key
            from duty in unit.Duties.GroupBy(d => d.Duty, StringComparer.Ordinal)
            from year in YearsOf(situation, unit, duty.Min(d => d.RegisteredOn).Year + 1)
            where IsOf(asked, year)
            select PerformanceOf(
                situation, unit, duty.Last(), year, facts.GetValueOrDefault(unit.Key, []),
                owed[(unit.SuccessorFor(DutyKind.NonPerformanceReport, null, duty.Key, year) ?? unit.Key, duty.Key, year)].FirstOrDefault());
    }

    public static IEnumerable<EnforcementOverviewRow> Overview(Situation situation, Asked asked)
    {
        var year = asked.Period?.First.Year ?? situation.AsOf.Year;
        var units = FactsByUnit(situation);
        var performance = Performance(situation, asked with { Period = Period.Parse($"{year:0000}") }).ToLookup(p => p.Unit, StringComparer.Ordinal);
        foreach (var unit in situation.County.CountedUnits)
        {
            if (asked.Unit is not null && asked.Unit != unit.Key) continue;
            var facts = units.GetValueOrDefault(unit.Key, []);
            var reviews = Of<MajorDecisionLegalReviewed>(facts).Where(r => r.Fact.ReviewedOn.Year == year).Select(r => r.Fact).ToList();
            var rows = performance[unit.Key].ToList();
            yield return new EnforcementOverviewRow(
                unit.Key, situation.NameOf(unit.Key), year,
                Of<EnforcementPerformed>(facts).Where(p => p.Fact.PerformedOn.Year == year).Sum(p => p.Fact.Count),
                new Ratio(rows.Count(r => r.Status == PerformanceStatus.Performed), rows.Count),
                reviews.DistinctBy(r => r.DecisionNo, StringComparer.Ordinal).Count(),
                reviews.Where(r => r.Opinion != LegalOpinion.Agree).DistinctBy(r => r.DecisionNo, StringComparer.Ordinal).Count(),
                ReviewsOf(situation, unit.Key, facts).Count(r => r.Standing == ReviewStanding.DecidedAgainstOpinion && r.DecidedOn?.Year == year),
                Of<CollectiveDiscussionHeld>(facts).Where(d => d.Fact.HeldOn.Year == year).DistinctBy(d => d.Fact.DecisionNo, StringComparer.Ordinal).Count(),
                new Ratio(Of<InternalSystemEvidenceFiled>(facts).Where(f => f.Fact.Year == year).Select(f => f.Fact.System).Distinct().Count(), Systems.Length),
                InForce(facts, year),
                RedPoints(facts, year));
        }
    }

    // Each duty with its system; the board knows the system as the duty's item.
    private static IEnumerable<(Duty Duty, InternalSystem System)> SystemDuties(Situation situation, Dictionary<string, IReadOnlyList<VisibleFact>> units) =>
        from duty in DutySchedule.ReturningForUnits(situation, DutyKind.InternalSystem)
        let period = Period.Parse(duty.Period!)
        from system in Systems
        let subject = Subject.Unit(duty.Unit!)
        let evidence = Of<InternalSystemEvidenceFiled>(units.GetValueOrDefault(duty.Unit!, []))
            .Where(f => f.Fact.System == system && (period.IsYear ? f.Fact.Year == period.First.Year : period.Contains(f.Fact.FiledOn)))
            .OrderBy(f => f.Fact.FiledOn).ThenBy(f => f.Visible.Sequence).FirstOrDefault().Visible
        let own = duty with { Subject = subject.ToString(), Item = system.ToString() }
        select (evidence is null ? own : own.MetBy(subject, evidence), system);

    private static IEnumerable<Duty> ListDuties(Situation situation, Dictionary<string, IReadOnlyList<VisibleFact>> units)
    {
        foreach (var kind in (DutyKind[])[DutyKind.DutyList, DutyKind.RiskPoints, DutyKind.DiscretionBenchmark])
            foreach (var duty in DutySchedule.ReturningForUnits(situation, kind))
            {
                var subject = Subject.Unit(duty.Unit!);
                var own = duty with { Subject = subject.ToString() };
                var facts = units.GetValueOrDefault(duty.Unit!, []);
                yield return kind switch
                {
                    DutyKind.DutyList => own.MetInPeriod(subject, facts.Where(f => f.Fact is PostDutyListPublished)),
                    DutyKind.RiskPoints => own.MetInPeriod(subject, facts.Where(f => f.Fact is RiskPointListUpdated)),
                    // A benchmark stays in force until it is replaced: one adopted long ago serves every year.
                    _ when facts.Where(f => f.Fact is DiscretionBenchmarkAdopted).OrderBy(f => f.Fact.LegalDate).ThenBy(f => f.Sequence).FirstOrDefault() is { } first =>
                        own.MetBy(subject, first),
                    _ => own,
                };
            }
    }

    private static IEnumerable<LegalReviewRow> ReviewsOf(Situation situation, string unit, IReadOnlyList<VisibleFact> facts)
    {
        var reviews = Of<MajorDecisionLegalReviewed>(facts).ToLookup(r => r.Fact.DecisionNo, StringComparer.Ordinal);
        var discussions = Of<CollectiveDiscussionHeld>(facts).ToLookup(r => r.Fact.DecisionNo, StringComparer.Ordinal);
        foreach (var decision in reviews.Select(r => r.Key).Union(discussions.Select(d => d.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var review = reviews[decision].OrderBy(r => r.Fact.ReviewedOn).ThenBy(r => r.Visible.Sequence).LastOrDefault().Fact;
            var discussion = discussions[decision].OrderBy(r => r.Fact.HeldOn).ThenBy(r => r.Visible.Sequence).LastOrDefault().Fact;
            var decided = reviews[decision].Select(r => r.Fact.DecidedOn).Where(d => d <= situation.AsOf).Min();
            var standing = review is null ? ReviewStanding.NotReviewed
                : decided is null ? ReviewStanding.AwaitingDecision
                : review.Opinion == LegalOpinion.Disagree ? ReviewStanding.DecidedAgainstOpinion
                : ReviewStanding.DecidedAfterReview;
            yield return new LegalReviewRow(
                unit, situation.NameOf(unit), decision, standing, review?.ReviewedOn, review?.Opinion, discussion?.HeldOn, discussion?.Participants,
                discussion?.Dissenting, decided, EvidenceOf(unit, reviews[decision].Select(r => r.Visible).Concat(discussions[decision].Select(d => d.Visible))));
        }
    }

    private static PerformanceRow PerformanceOf(
        Situation situation, Unit unit, DutyRegistered duty, int year, IReadOnlyList<VisibleFact> facts, Duty? owed)
    {
        var performed = facts.Where(f => f.Fact is EnforcementPerformed p && p.Duty == duty.Duty && p.PerformedOn.Year == year).ToList();
        var nil = Of<NilStatementSubmitted>(facts).Where(n => n.Fact.Year == year).OrderBy(n => n.Fact.SubmittedOn).FirstOrDefault();
        var status = unit.Performed(duty.Duty, year) ? PerformanceStatus.Performed : owed?.Status switch
        {
            null => PerformanceStatus.YearRunning,
            DutyStatus.Met => PerformanceStatus.Reported,
            DutyStatus.MetLate => PerformanceStatus.ReportedLate,
            DutyStatus.Overdue => PerformanceStatus.ReportOverdue,
            _ => PerformanceStatus.ReportPending,
        };
        return new PerformanceRow(
            unit.Key, situation.NameOf(unit.Key), duty.Duty, duty.Name, year, status, performed.Sum(p => ((EnforcementPerformed)p.Fact).Count),
            owed?.DueOn, owed?.MetOn, owed?.DaysLate ?? 0, nil.Fact?.SubmittedOn, nil.Fact is not null && status != PerformanceStatus.Performed,
            [.. EvidenceOf(unit.Key, performed), .. owed?.Evidence ?? [], .. EvidenceOf(unit.Key, [nil.Visible])]);
    }

    // A unit that was merged away owes nothing for the year of the merger and later.
    private static IEnumerable<int> YearsOf(Situation situation, Unit unit, int first) =>
        Enumerable.Range(first, Math.Max(0, situation.AsOf.Year - first + 1)).Where(year => !(unit.Merged?.MergedOn <= new DateOnly(year, 12, 31)));

    private static int InForce(IReadOnlyList<VisibleFact> facts, int year)
    {
        var adopted = Of<DiscretionBenchmarkAdopted>(facts).Select(b => b.Fact).Where(b => b.AdoptedOn.Year <= year).ToList();
        return adopted.Count(b => !adopted.Exists(other => other.Replaces == b.Benchmark));
    }

    private static int RedPoints(IReadOnlyList<VisibleFact> facts, int year) =>
        Of<RiskPointListUpdated>(facts).Where(l => l.Fact.UpdatedOn.Year <= year).OrderBy(l => l.Fact.UpdatedOn).ThenBy(l => l.Visible.Sequence)
            .LastOrDefault().Fact?.Points.Count(p => p.Level == RiskLevel.Red) ?? 0;

    private static Dictionary<string, IReadOnlyList<VisibleFact>> FactsByUnit(Situation situation) =>
        situation.Streams(StreamKind.Unit).ToDictionary(s => s.Subject.Key, s => s.Facts, StringComparer.Ordinal);

    private static IEnumerable<(TFact Fact, VisibleFact Visible)> Of<TFact>(IEnumerable<VisibleFact> facts)
        where TFact : IFact => facts.Where(f => f.Fact is TFact).Select(f => ((TFact)f.Fact, f));

    private static IReadOnlyList<Evidence> EvidenceOf(string unit, IEnumerable<VisibleFact?> facts) =>
        [.. facts.OfType<VisibleFact>().Select(f => Evidence.Of(Subject.Unit(unit), f))];

    private static bool IsOf(Asked asked, int year) => asked.Period is null || asked.Period.First.Year == year;
}
