using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Domain.Periods;
using Ledger.Host.Answers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Ledger.Host.Pages.Office;

/// <summary>法院核对: the courts' lists of a quarter against the ledger.</summary>
public sealed partial class ReconciliationPage
{
    private string? _period;
    private IReadOnlyList<QuarterRow> _quarters = [];
    private QuarterRow? _quarter;
    private IReadOnlyList<DifferenceRow>? _rows;
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>(StringComparer.Ordinal);
    private Scope? _scope;
    private Refusal? _refusal;

    /// <summary>The quarter.</summary>
    [SupplyParameterFromQuery(Name = "period")] public string? AskedPeriod { get; set; }

    /// <summary>One unit only.</summary>
    [SupplyParameterFromQuery(Name = "unit")] public string? AskedUnit { get; set; }

    /// <summary>One status only.</summary>
    [SupplyParameterFromQuery(Name = "status")] public string? AskedStatus { get; set; }

    /// <summary>Valid time.</summary>
    [SupplyParameterFromQuery(Name = "asOf")] public string? AskedAsOf { get; set; }

    /// <summary>Recorded time.</summary>
    [SupplyParameterFromQuery(Name = "knownAt")] public string? AskedKnownAt { get; set; }

    /// <summary>A ledger position.</summary>
    [SupplyParameterFromQuery(Name = "position")] public string? AskedPosition { get; set; }

    [CascadingParameter] private PageTexts T { get; set; } = null!;

    [Inject] private PageAnswers Answers { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<DifferenceRow> Listed =>
        [.. _rows!.Where(r => (string.IsNullOrEmpty(AskedUnit) || r.Unit == AskedUnit) && (string.IsNullOrEmpty(AskedStatus) || r.Status.ToString() == AskedStatus))];

    private string Permalink => QueryHelpers.AddQueryString("/reconciliation", new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["period"] = _period, ["unit"] = AskedUnit, ["status"] = AskedStatus, ["asOf"] = PageTexts.Day(_scope!.AsOf), ["position"] = _scope.Position.ToString(CultureInfo.InvariantCulture),
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = new TimesAsked(AskedAsOf, AskedKnownAt, AskedPosition);
        var quarters = await Answers.AskAsync<QuarterRow>("quarters", new Parameterised(), asked);
        _refusal = quarters.Refusal;
        if (quarters.Value is not { } found) return;
        _quarters = [.. found.Where(q => q.Period.Length == 6)];
        // The last quarter of which there is a list; else the one that is over.
        _period = AskedPeriod ?? _quarters.LastOrDefault(q => q.ListNo is not null)?.Period ?? (_quarters is [.., var latest] ? latest.Period : Last());
        var same = new TimesAsked(PageTexts.Day(quarters.Scope!.AsOf), null, quarters.Scope.Position.ToString(CultureInfo.InvariantCulture));
        var rows = await Answers.AskAsync<DifferenceRow>("reconciliation", new Parameterised(Period: _period), same);
        _names = (await Answers.NamesAsync(same)).Value ?? _names;
        _quarter = _quarters.FirstOrDefault(q => q.Period == _period);
        (_rows, _scope, _refusal) = (rows.Value, quarters.Scope, rows.Refusal);
    }

    private string Last()
    {
        var quarter = (Clock.Today().Year * 4) + ((Clock.Today().Month - 1) / 3) - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{quarter / 4:D4}Q{(quarter % 4) + 1}");
    }

    private string NameOf(string unit) => _names.GetValueOrDefault(unit, unit);

    // What the two say is a day, an outcome, or units.
    private string Said(string? text) =>
        text is null ? "—" : string.Join(T.Say("、", ", "), text.Split('、').Select(part => _names.TryGetValue(part, out var name) ? name : char.IsAsciiDigit(part[0]) ? part : T.Code(part)));

    private string Settled(DifferenceRow row) =>
        row.ResolvedOn is { } on ? string.Join(T.Say("；", "; "), new[] { row.Reason, row.ResolvedBy, PageTexts.Day(on) }.Where(t => !string.IsNullOrEmpty(t))) : "";
}
