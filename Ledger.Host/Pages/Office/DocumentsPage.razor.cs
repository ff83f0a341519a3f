using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Office;
using Ledger.Host.Office.Documents;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Ledger.Host.Pages.Office;

/// <summary>公文: what can be written at the moment, and one of them as it will stand on paper.</summary>
public sealed partial class DocumentsPage
{
    private DocumentKind _kind;
    private TimesAsked _times = new();
    private TimesAsked _fixed = new();
    private IReadOnlyList<DocumentChoice>? _choices;
    private OfficialDocument? _document;
    private Scope? _scope;
    private Refusal? _refusal;

    /// <summary>The kind of document.</summary>
    [SupplyParameterFromQuery(Name = "kind")] public string? AskedKind { get; set; }

    /// <summary>The document.</summary>
    [SupplyParameterFromQuery(Name = "key")] public string? AskedKey { get; set; }

    /// <summary>The serial number that it is given.</summary>
    [SupplyParameterFromQuery(Name = "no")] public string? AskedNo { get; set; }

    /// <summary>Valid time.</summary>
    [SupplyParameterFromQuery(Name = "asOf")] public string? AskedAsOf { get; set; }

    /// <summary>Recorded time.</summary>
    [SupplyParameterFromQuery(Name = "knownAt")] public string? AskedKnownAt { get; set; }

    /// <summary>A ledger position.</summary>
    [SupplyParameterFromQuery(Name = "position")] public string? AskedPosition { get; set; }

    [CascadingParameter] private PageTexts T { get; set; } = null!;

    [Inject] private OfficeDocuments Documents { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IOptions<OfficeOptions> Options { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _kind = Enum.TryParse<DocumentKind>(AskedKind, out var kind) && Enum.IsDefined(kind) ? kind : DocumentKind.LossBulletin;
        _times = new TimesAsked(AskedAsOf, AskedKnownAt, AskedPosition);
        var choices = await Documents.ChoicesAsync(_kind, _times);
        (_scope, _refusal, _document) = (choices.Scope, choices.Refusal, null);
        if (choices.Value is null) return;
        _fixed = new TimesAsked(PageTexts.Day(_scope!.AsOf), null, _scope.Position.ToString(CultureInfo.InvariantCulture));
        if (!string.IsNullOrEmpty(AskedKey))
        {
            var made = await Documents.MakeAsync(_kind, AskedKey, OfficeDownloads.IssuingOf(Options.Value, Navigation.BaseUri, AskedNo), _fixed);
            (_document, _refusal) = (made.Value, made.Refusal);
        }

        _choices = choices.Value;
    }

    private void Number(string? no) => Navigation.NavigateTo(OfficeDocuments.AddressOf(_kind, AskedKey, _times, string.IsNullOrWhiteSpace(no) ? null : no));
}
