using Ledger.Domain.Benchmarks;
using Ledger.Domain.Bulletins;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Assessments;

/// <summary>A unit's bar of a year.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rank">Its rank in the ranking.</param>
/// <param name="LossRate">Its loss rate.</param>
/// <param name="BarredOn">When it was told; null while it has not been.</param>
/// <param name="LiftedOn">When the bar was lifted.</param>
public sealed record BarRow(string Unit, string Name, int Rank, Ratio LossRate, DateOnly? BarredOn, DateOnly? LiftedOn);

/// <summary>A year's ranking, as finalised or as restated.</summary>
/// <param name="Year">The year.</param>
/// <param name="Number">0 for the final ranking, else the restatement's number.</param>
/// <param name="On">When.</param>
/// <param name="Late">Whether finalised after the due day.</param>
/// <param name="Policy">统计口径</param>
/// <param name="AsOf">The cut-off day.</param>
/// <param name="Position">The ledger position.</param>
/// <param name="RowsSha256">The hash of the rows.</param>
/// <param name="Stands">Whether it is the one that stands.</param>
/// <param name="Barred">Whom it bars, and whether they were told.</param>
/// <param name="NoLongerBarred">Whom it no longer bars.</param>
/// <param name="Changes">What a restatement changed.</param>
/// <param name="Facts">Which facts did it.</param>
/// <param name="Reason">Why it was restated.</param>
/// <param name="Evidence">The fact.</param>
public sealed record AnnualRankingRow(
    string Year, int Number, DateOnly On, bool Late, string Policy, DateOnly AsOf, long Position, string RowsSha256, bool Stands, IReadOnlyList<BarRow> Barred,
    IReadOnlyList<string> NoLongerBarred, IReadOnlyList<RankingChange> Changes, IReadOnlyList<MovingFact> Facts, string? Reason, Evidence Evidence);

/// <summary>An item of a sheet.</summary>
/// <param name="Scheme">Inspection or assessment.</param>
/// <param name="Item">The item.</param>
/// <param name="Points">The points.</param>
/// <param name="Of">Out of how many.</param>
/// <param name="ScoredOn">When.</param>
/// <param name="ScoredBy">Who.</param>
public sealed record ItemScore(AssessmentScheme Scheme, AssessmentItem Item, int Points, int Of, DateOnly ScoredOn, string ScoredBy);

/// <summary>A unit's sheet of a year.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">The year.</param>
/// <param name="Points">The points of all items.</param>
/// <param name="Of">Out of how many.</param>
/// <param name="Items">The items as last scored.</param>
/// <param name="Grade">The grade.</param>
/// <param name="GradedOn">When it was graded.</param>
/// <param name="Barred">Whether it must not be excellent: by the ranking that stands, or by a bar that is not lifted.</param>
/// <param name="BarredOn">When it was told.</param>
/// <param name="LiftedOn">When the bar was lifted.</param>
/// <param name="Conflict">Whether the grade is excellent and the unit barred now: it must be graded again.</param>
/// <param name="Evidence">The facts.</param>
public sealed record AssessmentRow(
    string Unit, string Name, int Year, int Points, int Of, IReadOnlyList<ItemScore> Items, AssessmentGrade? Grade, DateOnly? GradedOn, bool Barred,
    DateOnly? BarredOn, DateOnly? LiftedOn, bool Conflict, IReadOnlyList<Evidence> Evidence);

/// <summary>A satisfaction figure and its trend.</summary>
/// <param name="Period">The period.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Unit">The unit; null for the county.</param>
/// <param name="Value">The satisfied over all that answered.</param>
/// <param name="Sample">How many were asked.</param>
/// <param name="RecordedOn">When it was established.</param>
/// <param name="Replaced">How many earlier figures it replaces.</param>
/// <param name="YearBefore">The same figure of the year before.</param>
/// <param name="Rose">Whether it is higher than in the year before; null without one.</param>
/// <param name="Evidence">The fact.</param>
public sealed record SatisfactionRow(
    string Period, SatisfactionSource Source, string? Unit, Ratio Value, int Sample, DateOnly RecordedOn, int Replaced, Ratio? YearBefore, bool? Rose, Evidence Evidence);

/// <summary>What a goal is about.</summary>
public enum GoalIndicator
{
    /// <summary>社会满意度 (G3)</summary>
    Satisfaction,

    /// <summary>发案量 (G4)</summary>
    CaseVolume,

    /// <summary>败诉率 (G5)</summary>
    LossRate,
}

/// <summary>A figure beside the province's.</summary>
public enum ProvincialStanding
{
    /// <summary>不高于全省平均</summary>
    NotHigher,

    /// <summary>高于全省平均</summary>
    Higher,

    /// <summary>口径不同，不能比较: shown grey.</summary>
    BasisDiffers,

    /// <summary>无全省平均值</summary>
    NoFigure,

    /// <summary>不作比较: the province has no such figure of a unit, or there is no rate.</summary>
    NotCompared,
}

/// <summary>A goal of the plan, for the county or a unit.</summary>
/// <param name="Goal">The goal's id.</param>
/// <param name="Indicator">What it is about.</param>
/// <param name="Unit">The unit; null for the county.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">The figure; a case volume stands over 1.</param>
/// <param name="YearBefore">The figure of the year before.</param>
/// <param name="Improved">Whether it fell (satisfaction: rose); null where there is nothing to compare.</param>
/// <param name="Province">The province's figure.</param>
/// <param name="Standing">The figure beside the province's.</param>
/// <param name="Met">Whether the goal is met; null while that cannot be told.</param>
public sealed record GoalRow(
    string Goal, GoalIndicator Indicator, string? Unit, string? Name, Ratio Value, Ratio? YearBefore, bool? Improved, Ratio? Province, ProvincialStanding Standing, bool? Met);

/// <summary>The questions and duties of the assessment.</summary>
internal static class AssessmentRows
{
    public static IEnumerable<AnnualRankingRow> Annual(Situation situation, Asked asked)
    {
        foreach (var (subject, facts) in situation.Streams(StreamKind.Period))
        {
            if (asked.Period is not null && asked.Period.Text != subject.Key) continue;
            var standing = AnnualRankingState.Standing(facts);
            foreach (var visible in facts)
            {
                if (visible.Fact is not IBarsUnits ranking) continue;
                var restated = ranking as AnnualLossRankingRestated;
                var due = DutySchedule.Returning(situation, DutyKind.AnnualRanking).FirstOrDefault(d => d.Period == subject.Key)?.DueOn;
                yield return new AnnualRankingRow(
                    subject.Key, AnnualRankingState.NumberOf(ranking), ranking.LegalDate!.Value, restated is null && due < ranking.LegalDate, ranking.Policy, ranking.AsOf, ranking.Position,
                    ranking.RowsSha256, ReferenceEquals(ranking, standing), [.. ranking.Barred.Select(b => Bar(situation, Period.Parse(subject.Key).First.Year, b))],
                    restated?.NoLongerBarred ?? [], restated?.Changes ?? [], restated?.Facts ?? [], restated?.Reason, Evidence.Of(subject, visible));
            }
        }
    }

    public static IEnumerable<AssessmentRow> Sheets(Situation situation, Asked asked)
    {
        var rankings = situation.Streams(StreamKind.Period).Where(s => AnnualRankingState.Standing(s.Facts) is not null)
            .ToDictionary(s => s.Subject.Key, s => AnnualRankingState.Standing(s.Facts)!, StringComparer.Ordinal);
        var told = situation.Streams(StreamKind.Assessment).Where(s => s.Facts.Any(f => f.Fact is IAssessmentFact))
            .ToDictionary(s => ((IAssessmentFact)s.Facts.First(f => f.Fact is IAssessmentFact).Fact) is var f ? (f.Year, f.Unit) : default, s => s.Facts);
        // A barred unit has a sheet also while nobody has scored it.
        var known = told.Keys.Union(rankings.SelectMany(r => r.Value.Barred.Select(b => (Period.Parse(r.Key).First.Year, b.Unit))));
        foreach (var (year, unit) in known.OrderBy(k => k.Item1).ThenBy(k => k.Item2, StringComparer.Ordinal))
        {
            if ((asked.Unit is not null && asked.Unit != unit) || (asked.Period is not null && asked.Period.First.Year != year)) continue;
            var facts = told.GetValueOrDefault((year, unit), []);
            var subject = AssessmentState.Of(unit, year);
            var items = facts.Where(f => f.Fact is AssessmentItemScored).GroupBy(f => ((AssessmentItemScored)f.Fact).Scheme is var scheme ? (scheme, ((AssessmentItemScored)f.Fact).Item) : default)
                .Select(g => (AssessmentItemScored)Last(g)!.Fact).OrderBy(i => i.Scheme).ThenBy(i => i.Item).ToList();
            var grade = (AssessmentGraded?)Last(facts.Where(f => f.Fact is AssessmentGraded))?.Fact;
            var isBarred = AssessmentState.StandingBar(facts) is not null
                || rankings.GetValueOrDefault(AnnualRankingState.Of(year).Key)?.Barred.Any(b => b.Unit == unit) == true;
            yield return new AssessmentRow(
                unit, situation.NameOf(unit), year, items.Sum(i => i.Points), items.Sum(i => i.Of),
                [.. items.Select(i => new ItemScore(i.Scheme, i.Item, i.Points, i.Of, i.ScoredOn, i.ScoredBy))], grade?.Grade, grade?.GradedOn, isBarred,
                Last(facts.Where(f => f.Fact is ExcellentGradeBarred))?.Fact.LegalDate, Last(facts.Where(f => f.Fact is ExcellentBarLifted))?.Fact.LegalDate,
                isBarred && grade?.Grade == AssessmentGrade.Excellent, [.. facts.Select(f => Evidence.Of(subject, f))]);
        }
    }

    public static IEnumerable<SatisfactionRow> Satisfaction(Situation situation, Asked asked)
    {
        var figures = situation.Told<SatisfactionFigureRecorded>(StreamKind.Benchmark)
            .GroupBy(f => (f.Fact.Period, f.Fact.Source, f.Fact.Unit)).ToDictionary(g => g.Key, g => g.OrderBy(f => f.Fact.RecordedOn).ThenBy(f => f.Visible.Sequence).ToList());
        foreach (var (key, told) in figures.OrderBy(f => f.Key.Period, StringComparer.Ordinal).ThenBy(f => f.Key.Source).ThenBy(f => f.Key.Unit, StringComparer.Ordinal))
        {
            if ((asked.Unit is not null && asked.Unit != key.Unit) || (asked.Period is not null && asked.Period.Text != key.Period)) continue;
            var (subject, figure, visible) = told[^1];
            Ratio? before = Period.Parse(key.Period).YearBefore() is { } year && figures.TryGetValue((year.Text, key.Source, key.Unit), out var then) ? then[^1].Fact.Value : null;
            yield return new SatisfactionRow(
                key.Period, key.Source, key.Unit, figure.Value, figure.Sample, figure.RecordedOn, told.Count - 1, before,
                before is { } was ? Ratio.Compare(figure.Value, was) > 0 : null, Evidence.Of(subject, visible));
        }
    }

    public static IEnumerable<GoalRow> Goals(Situation situation, Period period, CountingPolicy policy, string? onlyUnit)
    {
        foreach (var row in Satisfaction(situation, new Asked { Period = period, Unit = onlyUnit }))
            yield return new GoalRow(
                "G3", GoalIndicator.Satisfaction, row.Unit, row.Unit is null ? null : situation.NameOf(row.Unit), row.Value, row.YearBefore, row.Rose, null, ProvincialStanding.NotCompared, row.Rose);
        var benchmark = situation.Everything.Of(new Subject(StreamKind.Benchmark, period.Text));
        foreach (var trend in BulletinRows.Trends(situation, period, policy, onlyUnit))
        {
            // The province's case volume is an average of counties: no unit stands beside it.
            var (province, standing) = trend.Unit is null ? Beside(BenchmarkIndicator.CaseVolume, new Ratio(trend.NewCases, 1)) : (null, ProvincialStanding.NotCompared);
            yield return Row("G4", GoalIndicator.CaseVolume, trend, new Ratio(trend.NewCases, 1), trend.VolumeFell is null ? null : new Ratio(trend.NewCasesYearBefore, 1), trend.VolumeFell, province, standing);
            (province, standing) = trend.LossRate.Exists ? Beside(BenchmarkIndicator.LossRate, trend.LossRate) : (null, ProvincialStanding.NotCompared);
            yield return Row("G5", GoalIndicator.LossRate, trend, trend.LossRate, trend.LossRateYearBefore, trend.RateFell, province, standing);
        }

        (Ratio? Province, ProvincialStanding Standing) Beside(BenchmarkIndicator indicator, Ratio figure)
        {
            var (compared, refusal) = Comparison.Of(indicator, figure, policy, benchmark, period.Text);
            return compared is not null ? (compared.Province, compared.IsHigher ? ProvincialStanding.Higher : ProvincialStanding.NotHigher)
                : (null, refusal!.Code == Codes.BenchmarkBasisDiffers ? ProvincialStanding.BasisDiffers : ProvincialStanding.NoFigure);
        }

        // Met is both: fallen, and not above the province where it can be compared.
        static GoalRow Row(string goal, GoalIndicator indicator, TrendRow trend, Ratio value, Ratio? before, bool? improved, Ratio? province, ProvincialStanding standing) => new(
            goal, indicator, trend.Unit, trend.Name, value, before, improved, province, standing, standing switch
            {
                _ when improved == false => false,
                ProvincialStanding.Higher => false,
                ProvincialStanding.NotHigher => improved,
                ProvincialStanding.NotCompared when trend.Unit is not null => improved,
                _ => null,
            });
    }

    public static IEnumerable<Duty> Duties(Situation situation)
    {
        foreach (var duty in DutySchedule.Returning(situation, DutyKind.AnnualRanking))
            yield return Met<AnnualLossRankingFinalised>(duty, new Subject(StreamKind.Period, duty.Period!), situation);
        foreach (var duty in DutySchedule.ReturningForUnits(situation, DutyKind.Assessment))
            if (situation.County.Find(duty.Unit!)!.Registered!.Kind != Units.UnitKind.CountyGovernment)
                yield return Met<AssessmentGraded>(duty, AssessmentState.Of(duty.Unit!, Period.Parse(duty.Period!).First.Year), situation);
        foreach (var duty in DutySchedule.Returning(situation, DutyKind.SatisfactionFigure))
            yield return Met<SatisfactionFigureRecorded>(duty, new Subject(StreamKind.Benchmark, duty.Period!), situation);
    }

    private static Duty Met<TFact>(Duty duty, Subject subject, Situation situation)
        where TFact : IFact
    {
        var about = duty with { Subject = subject.ToString() };
        return situation.Of(subject).Where(f => f.Fact is TFact).OrderBy(f => f.Fact.LegalDate).ThenBy(f => f.Sequence).FirstOrDefault() is { } fact ? about.MetBy(subject, fact) : about;
    }

    private static BarRow Bar(Situation situation, int year, BarredUnit barred)
    {
        var facts = situation.Of(AssessmentState.Of(barred.Unit, year));
        return new BarRow(
            barred.Unit, situation.NameOf(barred.Unit), barred.Rank, barred.LossRate,
            Last(facts.Where(f => f.Fact is ExcellentGradeBarred))?.Fact.LegalDate, Last(facts.Where(f => f.Fact is ExcellentBarLifted))?.Fact.LegalDate);
    }

    private static VisibleFact? Last(IEnumerable<VisibleFact> facts) => facts.OrderBy(f => f.Fact.LegalDate).ThenBy(f => f.Sequence).LastOrDefault();
}
