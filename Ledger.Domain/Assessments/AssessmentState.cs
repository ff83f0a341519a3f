using Ledger.Domain.Facts;

namespace Ledger.Domain.Assessments;

/// <summary>A unit's annual assessment as its facts tell it: scores, grade, and whether it may be excellent.</summary>
/// <param name="key"><c>{unit}-{year}</c></param>
public sealed class AssessmentState(string key) : SubjectState(new Subject(StreamKind.Assessment, key))
{
    private readonly List<VisibleFact> _facts = [];

    /// <inheritdoc/>
    protected override bool MustBeOpened => false;

    /// <summary>The stream of a unit's year.</summary>
    public static Subject Of(string unit, int year) => new(StreamKind.Assessment, $"{unit}-{year:D4}");

    /// <summary>The bar that stands: the last one that is told and not lifted; null without one.</summary>
    public static ExcellentGradeBarred? StandingBar(IEnumerable<VisibleFact> facts)
    {
        ExcellentGradeBarred? bar = null;
        foreach (var fact in facts)
            bar = fact.Fact switch { ExcellentGradeBarred told => told, ExcellentBarLifted => null, _ => bar };
        return bar;
    }

    /// <summary>The annual ranking that stands on a day, among the facts of <c>period/{year}</c>.</summary>
    public static IBarsUnits? RankingOn(IEnumerable<VisibleFact> facts, DateOnly day) => AnnualRankingState.Standing(facts.Where(f => f.HappenedBy(day)));

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context)
    {
        if (fact is not IAssessmentFact about) return null;
        if (about.Year is < 1 or > 9999 || about.Stream != Subject) return Refusal.Of(Codes.InvalidValue, "unit", $"{about.Unit}-{about.Year}");
        return fact switch
        {
            ExcellentGradeBarred f => CheckBarred(f, context),
            ExcellentBarLifted f => CheckLifted(f, context),
            AssessmentItemScored f => f.Of > 0 && f.Points >= 0 && f.Points <= f.Of ? NotBefore(f.ScoredOn, f.Year) : Refusal.Of(Codes.AssessmentPoints, f.Points, f.Of),
            AssessmentGraded f => CheckGraded(f, context),
            _ => null,
        };
    }

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact) => _facts.Add(fact);

    private Refusal? CheckBarred(ExcellentGradeBarred fact, AdmissionContext context)
    {
        if (RankingOn(context.FactsOf(AnnualRankingState.Of(fact.Year)), fact.BarredOn) is not { } ranking) return Refusal.Of(Codes.AnnualNotFinalised, fact.Year);
        if (ranking.Barred.FirstOrDefault(b => b.Unit == fact.Unit) is not { } barred) return Refusal.Of(Codes.AssessmentUnitNotBarred, fact.Unit, fact.Year);
        if (barred.Rank != fact.Rank || barred.LossRate != fact.LossRate) return Refusal.Of(Codes.AssessmentBarDiffers, fact.Unit, barred.Rank, barred.LossRate);
        return StandingBar(_facts) is null ? null : Refusal.Of(Codes.AssessmentAlreadyBarred, fact.Unit, fact.Year);
    }

    private Refusal? CheckLifted(ExcellentBarLifted fact, AdmissionContext context)
    {
        if (StandingBar(_facts) is not { } bar) return Refusal.Of(Codes.AssessmentNoBar, fact.Unit, fact.Year);
        var ranking = RankingOn(context.FactsOf(AnnualRankingState.Of(fact.Year)), fact.LiftedOn);
        if (ranking is not AnnualLossRankingRestated restated || restated.Number != fact.Restatement)
            return Refusal.Of(Codes.AssessmentNoRestatement, fact.Restatement, fact.Year);
        if (restated.Barred.Any(b => b.Unit == fact.Unit)) return Refusal.Of(Codes.AssessmentStillBarred, fact.Unit, fact.Restatement);
        return fact.LiftedOn < bar.BarredOn ? Refusal.OutOfOrder(fact.LiftedOn, bar.BarredOn, nameof(ExcellentGradeBarred)) : null;
    }

    private Refusal? CheckGraded(AssessmentGraded fact, AdmissionContext context)
    {
        var last = new DateOnly(fact.Year, 12, 31);
        if (fact.GradedOn < last) return Refusal.OutOfOrder(fact.GradedOn, last, $"{fact.Year}");
        if (fact.Grade != AssessmentGrade.Excellent) return null;
        // Who is barred is known only when the ranking is final.
        if (RankingOn(context.FactsOf(AnnualRankingState.Of(fact.Year)), fact.GradedOn) is not { } ranking) return Refusal.Of(Codes.AnnualNotFinalised, fact.Year);
        return ranking.Barred.Any(b => b.Unit == fact.Unit) || StandingBar(_facts.Where(f => f.HappenedBy(fact.GradedOn))) is not null
            ? Refusal.Of(Codes.AssessmentExcellentBarred, fact.Unit, fact.Year)
            : null;
    }

    private static Refusal? NotBefore(DateOnly day, int year) => day.Year < year ? Refusal.OutOfOrder(day, new DateOnly(year, 1, 1), $"{year}") : null;
}
