using System.Globalization;
using Ledger.Domain.Counting;
using Ledger.Host.Answers;
using Microsoft.AspNetCore.WebUtilities;

namespace Ledger.Host.Pages;

/// <summary>
/// What a page about a period shows, as its address says it: whoever opens the address sees the same. Absent members mean the
/// present and what governs.
/// </summary>
/// <param name="Period">The period.</param>
/// <param name="List">The list of units.</param>
/// <param name="Policy">The counting policy; null for the one that governs the period.</param>
/// <param name="Times">The two times.</param>
/// <param name="Sort">The column by which the rows stand; null for the rank.</param>
public sealed record RankingQuery(string Period, string? List, string? Policy, TimesAsked Times, string? Sort)
{
    /// <summary>Whether a past moment is asked about.</summary>
    public bool IsPinned => Times is not { AsOf: null, KnownAt: null, Position: null };

    /// <summary>The address of the ranking.</summary>
    public string Ranking => Url("/ranking", ("sort", Sort));

    /// <summary>The address of the ranking as a workbook.</summary>
    public string Workbook => Url(Office.OfficeDownloads.RankingPath);

    /// <summary>The address of a unit's cases, at one of its numbers.</summary>
    public string Numbers(string unit, string number) => Url("/numbers/" + Uri.EscapeDataString(unit), ("number", number)) + "#" + number;

    /// <summary>The same, of the very moment and policy that an answer rests on.</summary>
    public RankingQuery Fixed(Scope scope, string policy) => this with
    {
        Policy = policy,
        Times = new TimesAsked(PageTexts.Day(scope.AsOf), null, scope.Position.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>The period before one of the same length; null before the year 1.</summary>
    public static string? Before(Period period) => period.First.Year < 2 ? null
        : period.IsYear ? $"{period.First.Year - 1:D4}"
        : period.Text[4] == 'Q' ? (period.Text[5] == '1' ? $"{period.First.Year - 1:D4}Q4" : $"{period.First.Year:D4}Q{period.Text[5] - '1'}")
        : period.First.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private string Url(string path, params (string Name, string? Value)[] more) => QueryHelpers.AddQueryString(path, new[]
    {
        ("period", Period), ("list", List), ("policy", Policy), ("asOf", Times.AsOf), ("knownAt", Times.KnownAt), ("position", Times.Position),
    }.Concat(more).Where(p => p.Item2 is not null).ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal));
}
