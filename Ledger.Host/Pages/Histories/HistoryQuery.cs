using System.Globalization;
using Ledger.Host.Answers;
using Microsoft.AspNetCore.WebUtilities;

namespace Ledger.Host.Pages.Histories;

/// <summary>What a page about a case or a unit shows, as its address says it.</summary>
/// <param name="Path">The page.</param>
/// <param name="Times">The two times; absent ones mean now.</param>
/// <param name="From">The earlier of two moments that are compared (<see cref="Replay.Moment.Grammar"/>).</param>
/// <param name="To">The later one.</param>
/// <param name="Page">Which part of a long history, from 1, the newest first.</param>
public sealed record HistoryQuery(string Path, TimesAsked Times, string? From = null, string? To = null, int Page = 1)
{
    /// <summary>How many facts a page shows.</summary>
    public const int PageSize = 100;

    /// <summary>Whether a past moment is asked about.</summary>
    public bool IsPinned => Times is not { AsOf: null, KnownAt: null, Position: null };

    /// <summary>The address.</summary>
    public string Url => QueryHelpers.AddQueryString(Path, new (string Name, string? Value)[]
    {
        ("asOf", Times.AsOf), ("knownAt", Times.KnownAt), ("position", Times.Position), ("from", From), ("to", To),
        ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null),
    }.Where(p => p.Value is not null).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal));

    /// <summary>The address of a case.</summary>
    public static string Case(string key, TimesAsked times) => new HistoryQuery("/cases/" + Uri.EscapeDataString(key), times).Url;

    /// <summary>The address of a unit.</summary>
    public static string Unit(string unit, TimesAsked times) => new HistoryQuery("/units/" + Uri.EscapeDataString(unit), times).Url;

    /// <summary>The same of the very moment that an answer rests on.</summary>
    public HistoryQuery Fixed(Scope scope) => this with { Times = At(scope) };

    /// <summary>The moment that an answer rests on, for further questions about it.</summary>
    public static TimesAsked At(Scope scope) => new(PageTexts.Day(scope.AsOf), null, scope.Position.ToString(CultureInfo.InvariantCulture));
}
