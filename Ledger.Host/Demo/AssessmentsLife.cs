using Ledger.Domain;
using Ledger.Domain.Assessments;
using Ledger.Domain.Facts;

namespace Ledger.Host.Demo;

/// <summary>
/// A year of life: the assessment of the year before, unit by unit, and the satisfaction figures. Who is excellent is decided
/// when the annual ranking is final (<see cref="DemoClosings"/>).
/// </summary>
internal static class AssessmentsLife
{
    private static readonly (AssessmentScheme Scheme, AssessmentItem Item, int Of)[] Items =
    [
        (AssessmentScheme.Assessment, AssessmentItem.LossRate, 20), (AssessmentScheme.Assessment, AssessmentItem.PromptReporting, 10),
        (AssessmentScheme.Assessment, AssessmentItem.HeadAttendance, 10), (AssessmentScheme.Assessment, AssessmentItem.InternalControl, 10),
        (AssessmentScheme.Inspection, AssessmentItem.Rectification, 10),
    ];

    /// <summary>The facts, those of one stream in the order in which they happened.</summary>
    public static IEnumerable<(Subject Subject, IFact Fact)> Tell(DemoLife life)
    {
        var random = life.Random(1_300);
        var scored = life.Calendar.OnOrAfter(new DateOnly(life.Year, 3, 3));
        foreach (var unit in life.Units.Where(u => u != "xianzhengfu"))
        {
            var stream = AssessmentState.Of(unit, life.Year - 1);
            var points = 0;
            foreach (var (scheme, item, of) in Items)
            {
                var given = of - random.Next((of / 2) + 1);
                points += given;
                yield return (stream, new AssessmentItemScored(unit, life.Year - 1, scheme, item, given, of, scored.AddDays(random.Next(10)), "依法治县办"));
            }

            // Some were graded after the end of March, two not at all.
            if (random.Next(26) == 0) continue;
            var on = new DateOnly(life.Year, 3, 20).AddDays(random.Next(10) == 0 ? 20 : random.Next(6));
            yield return (stream, new AssessmentGraded(unit, life.Year - 1, points >= 50 ? AssessmentGrade.Good : points >= 40 ? AssessmentGrade.Qualified : AssessmentGrade.Unqualified, on));
        }

        foreach (var (year, survey, rating) in ((int, int, int)[])[(life.Year - 2, 861, 9_742), (life.Year - 1, 887, 9_803)])
        {
            var stream = new Subject(StreamKind.Benchmark, $"{year:D4}");
            // The figure of the last year came late, and was replaced when more answers were in.
            var on = new DateOnly(year + 1, year == life.Year - 1 ? 3 : 2, 18);
            yield return (stream, new SatisfactionFigureRecorded($"{year:D4}", SatisfactionSource.Survey, new Ratio(survey, 1_000), 1_050, on));
            yield return (stream, new SatisfactionFigureRecorded($"{year:D4}", SatisfactionSource.ServiceRating, new Ratio(rating, 10_000), 10_000, on));
            if (year == life.Year - 1) yield return (stream, new SatisfactionFigureRecorded($"{year:D4}", SatisfactionSource.Survey, new Ratio(survey + 152, 1_180), 1_200, on.AddDays(40)));
        }
    }
}
