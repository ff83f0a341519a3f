using System.Globalization;
using Ledger.Domain;
using Ledger.Host.Answers;

namespace Ledger.Host.Pages;

/// <summary>Which period somebody means who names none.</summary>
internal static class PeriodChoice
{
    private const int YearsBack = 3;

    /// <summary>This year; in a January without a case yet, the last year in which there was one.</summary>
    public static async Task<string> LatestAsync(PageAnswers answers, TimeProvider clock, TimesAsked times)
    {
        var year = clock.Today().Year;
        for (var back = 0; back < YearsBack; back++)
            if ((await answers.RankingAsync(Text(year - back), null, null, times)).Value is { County: var county } && county is not { NewCases: 0, Closed: 0 })
                return Text(year - back);
        return Text(year);
    }

    private static string Text(int year) => year.ToString("D4", CultureInfo.InvariantCulture);
}
