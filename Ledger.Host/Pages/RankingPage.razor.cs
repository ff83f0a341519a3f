using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Policies;
using Ledger.Host.Answers;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Ledger.Host.Pages;

/// <summary>败诉率排名: a period's ranking, as its address says.</summary>
public sealed partial class RankingPage
{
    private const int YearsBack = 6;
    private static readonly string[] Parts = ["", "Q1", "Q2", "Q3", "Q4"];

    private RankingQuery? _query;
    private RankingView? _view;
    private IReadOnlyList<RankingViewRow> _rows = [];
    private IReadOnlyList<CountingPolicy> _policies = [];
    private Refusal? _refusal;
    private LedgerUser? _user;
    private bool _ownOnly;

    /// <summary>The period.</summary>
    [SupplyParameterFromQuery(Name = "period")] public string? AskedPeriod { get; set; }

    /// <summary>The list.</summary>
    [SupplyParameterFromQuery(Name = "list")] public string? AskedList { get; set; }

    /// <summary>The counting policy.</summary>
    [SupplyParameterFromQuery(Name = "policy")] public string? AskedPolicy { get; set; }

    /// <summary>Valid time.</summary>
    [SupplyParameterFromQuery(Name = "asOf")] public string? AskedAsOf { get; set; }

    /// <summary>Recorded time.</summary>
    [SupplyParameterFromQuery(Name = "knownAt")] public string? AskedKnownAt { get; set; }

    /// <summary>A ledger position.</summary>
    [SupplyParameterFromQuery(Name = "position")] public string? AskedPosition { get; set; }

    /// <summary>The column by which the rows stand.</summary>
    [SupplyParameterFromQuery(Name = "sort")] public string? AskedSort { get; set; }

    [CascadingParameter] private PageTexts T { get; set; } = null!;

    [Inject] private PageAnswers Answers { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IJSRuntime Browser { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private string Year => Period.TryParse(_query!.Period, out _) ? _query.Period[..4] : Clock.Today().Year.ToString("D4", CultureInfo.InvariantCulture);

    private string Part => Period.TryParse(_query!.Period, out _) ? _query.Period[4..] : "";

    private UnitList List => Enum.TryParse<UnitList>(_query!.List, out var list) ? list : UnitList.All;

    private string AsOfDay => _query!.Times.AsOf ?? (_view is null ? "" : PageTexts.Day(_view.Scope.AsOf));

    private IEnumerable<string> Years => Enumerable.Range(0, YearsBack).Select(back => (Clock.Today().Year - back).ToString("D4", CultureInfo.InvariantCulture)).Append(Year).Distinct(StringComparer.Ordinal);

    private IEnumerable<(string Column, string Name)> Columns =>
    [
        ("lossRate", T.LossRate), ("newCases", T.NewCases), ("closed", T.Closed), ("mediated", T.Mediated), ("headAttendance", T.HeadAttendance),
        ("caseFiling", T.CaseFiling), ("lossFiling", T.LossFiling),
    ];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _user = await Answers.UserAsync();
        _ownOnly = _user is not null && LedgerPolicies.BindsToUnit(LedgerPolicies.ReadUnits, _user);
        var times = new TimesAsked(AskedAsOf, AskedKnownAt, AskedPosition);
        _query = new RankingQuery(AskedPeriod ?? await PeriodChoice.LatestAsync(Answers, Clock, times), AskedList, AskedPolicy, times, AskedSort);
        (_view, _refusal) = await AskAsync(_query);
        _rows = _view?.Rows(_query.Sort) ?? [];
    }

    private async Task<(RankingView? View, Refusal? Refusal)> AskAsync(RankingQuery query)
    {
        var ranking = await Answers.RankingAsync(query.Period, query.List, query.Policy, query.Times);
        if (ranking.Value is not { } value) return (null, ranking.Refusal);
        // The others at the very moment of the first.
        var same = query.Fixed(ranking.Scope!, value.Policy.Id);
        var policies = await Answers.PoliciesAsync(same.Times);
        var adopted = query.Policy is null ? ranking : await Answers.RankingAsync(query.Period, query.List, null, same.Times);
        if ((policies.Refusal ?? adopted.Refusal) is { } refusal) return (null, refusal);
        var before = RankingQuery.Before(value.Period) is { } earlier ? (await Answers.RankingAsync(earlier, query.List, value.Policy.Id, same.Times)).Value : null;
        _policies = policies.Value!;
        return (new RankingView(value, ranking.Scope!, adopted.Value!, before), null);
    }

    private void Go(RankingQuery query) => Navigation.NavigateTo(query.Ranking);

    private Task PrintAsync() => Browser.InvokeVoidAsync("print").AsTask();

    private string PartName(string? part) => string.IsNullOrEmpty(part) ? T.WholeYear : part;

    private static string Shown(string column, Figures figures) => column switch
    {
        "newCases" => figures.NewCases.ToString(CultureInfo.InvariantCulture),
        "closed" => figures.Closed.ToString(CultureInfo.InvariantCulture),
        _ => PageTexts.Rate(RankingView.Columns[column](figures)),
    };

    private string Movement(RankingViewRow row) => (row.RankBefore, row.Row.Rank) switch
    {
        (null, _) => "—",
        ({ } before, { } now) when now < before => T.Say($"{before}，前移 {before - now}", $"{before}, up {before - now}"),
        ({ } before, { } now) when now > before => T.Say($"{before}，后移 {now - before}", $"{before}, down {now - before}"),
        ({ } before, _) => before.ToString(CultureInfo.InvariantCulture),
    };

    private IEnumerable<string> Notes(RankingViewRow row)
    {
        if (row.IsTied) yield return T.Tied;
        if (row.Row.Figures.IsSmallSample) yield return T.SmallSample;
        if (row.Row.Rank is null) yield return T.Unranked;
        if (row.Row.Barred == true) yield return T.Barred;
    }
}
