using System.Globalization;
using Ledger.Domain;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Office;
using Ledger.Host.Office.Imports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Ledger.Host.Pages.Office;

/// <summary>导入表格: a sheet, judged row by row, and committed as a whole.</summary>
public sealed partial class ImportsPage
{
    private const int MostRows = 200;
    private const int QuartersBack = 6;

    private ImportQuery _query = new(new SheetAsked(ImportKind.CourtList, "", null, null, null), null);
    private SheetAsked? _judged;
    private SheetPreview? _preview;
    private Scope? _scope;
    private Refusal? _problem;
    private long? _committed;
    private bool _busy;
    private bool _gone;

    [CascadingParameter] private PageTexts T { get; set; } = null!;

    [Inject] private SheetImport Import { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    private DateOnly Today => Clock.Today();

    // The quarter that is over, and those before it.
    private IEnumerable<string> Quarters => Enumerable.Range(1, QuartersBack)
        .Select(back => ((Today.Year * 4) + ((Today.Month - 1) / 3)) - back).Select(q => string.Create(CultureInfo.InvariantCulture, $"{q / 4:D4}Q{(q % 4) + 1}"));

    private string Another => new ImportQuery(new SheetAsked(_query.Asked.Kind, "", _query.Asked.Period, _query.Asked.SharedOn, null), null).Address();

    private IEnumerable<JudgedRow> Listed => _preview!.Rows.Where(r => _query.Show is null || r.Verdict == _query.Show);

    private IEnumerable<ImportColumn> Shown => ImportColumns.Of(_query.Asked.Kind).Where(c => c.Field is ImportField.Unit or ImportField.DocketedOn or ImportField.ClosedOn or ImportField.Outcome);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var query = QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query);
        _query = ImportQuery.Of(query);
        _problem = OfficeRefusals.OfUpload(query.GetValueOrDefault("problem"));
        // Judging takes the import's turn: it is done once, on the circuit, and not again for another view of it.
        if (_query.Asked.Sha256.Length == 0 || !RendererInfo.IsInteractive || IsJudged(_query.Asked)) return;
        (_committed, _preview) = (null, null);
        await JudgeAsync();
    }

    private bool IsJudged(SheetAsked asked) => _preview is not null && _judged is { } judged && judged with { Columns = null } == asked with { Columns = null }
        && (judged.Columns, asked.Columns) switch
        {
            (null, null) => true,
            ({ } before, { } now) => before.OrderBy(c => c.Key).SequenceEqual(now.OrderBy(c => c.Key)),
            _ => false,
        };

    private async Task JudgeAsync()
    {
        var answer = await Import.PreviewAsync(_query.Asked);
        (_preview, _scope, _judged) = (answer.Value, answer.Scope, _query.Asked);
        if (answer.Refusal is not null) _problem = answer.Refusal;
        _gone = answer.Refusal == OfficeRefusals.Gone;
    }

    private async Task CommitAsync()
    {
        if (_busy) return;
        _busy = true;
        StateHasChanged();
        var report = await Import.CommitAsync(_query.Asked);
        _busy = false;
        _problem = report.Refusal;
        // Judged again: what was new is recorded now.
        await JudgeAsync();
        if (report.Value is { } done) _committed = done.Imported;
    }

    private void ToggleNew(ChangeEventArgs change) => Navigation.NavigateTo((_query with { Asked = _query.Asked with { WithNew = change.Value is true } }).Address());

    private string TemplateAddress(string format) => QueryHelpers.AddQueryString(
        ImportFiles.TemplatePath, new Dictionary<string, string?>(StringComparer.Ordinal) { ["kind"] = _query.Asked.Kind.ToString(), ["format"] = format });
}
