using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Ledger.Host.Pages.Filing;

/// <summary>A form for one fact of the catalogue: what was typed stays until it is filed, whatever comes between.</summary>
public sealed partial class FilingPage
{
    private const int MostCases = 300;

    private readonly FilingForm _form = new();
    private CatalogEntry? _entry;
    private LedgerUser? _user;
    private IReadOnlyDictionary<string, string> _cases = new Dictionary<string, string>(StringComparer.Ordinal);
    private WorkingCalendar _calendar = null!;
    private Duty? _duty;
    private DateOnly _today;
    private Filed? _filed;
    private Refusal? _refusal;
    private string? _wrong;
    private string? _said;
    private bool _busy;
    private bool _restored;
    private bool _isLoaded;

    /// <summary>The fact's stable name.</summary>
    [Parameter] public string Fact { get; set; } = "";

    [CascadingParameter] private PageTexts T { get; set; } = null!;

    [Inject] private PageAnswers Answers { get; set; } = null!;

    [Inject] private PageFilings Filings { get; set; } = null!;

    [Inject] private IJSRuntime Browser { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    /// <summary>The units that the person may name: a clerk's own, or all.</summary>
    internal IReadOnlyDictionary<string, string> Units { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    private string? Asked => Given("subject");

    private bool IsOwnOnly => _entry is { Kind: { } kind } && LedgerPolicies.BindsToUnit(LedgerPolicies.ToRecord(_entry, kind), _user!);

    private IReadOnlyList<MemberSchema> Members => FilingForm.MembersOf(_entry!);

    private IEnumerable<MemberSchema> Open => Members.Take(FilingForm.MostOpen);

    private List<MemberSchema> Further => [.. Members.Skip(FilingForm.MostOpen)];

    // A case number among the members says it already; a new matter gets its key from the form.
    private bool AsksSubject => Asked is null && _entry!.Type != typeof(LawsuitDocketed) && !typeof(IOpensStream).IsAssignableFrom(_entry.Type)
        && (_entry.Kind == StreamKind.Lawsuit ? typeof(IOpensInstance).IsAssignableFrom(_entry.Type) || Members.All(m => m.Name != "caseNo")
            : _entry.Kind != StreamKind.Unit || !IsOwnOnly);

    private string DraftKey => $"ledger.draft:{_user?.Actor}:{Fact}:{Asked}";

    /// <summary>What is wrong with a member; null for nothing.</summary>
    internal string? ErrorOf(string member) => member == _wrong ? _said : null;

    /// <summary>What a value that is being typed leads to: the due day that a receipt opens.</summary>
    internal string? Hint(string member, string text)
    {
        var days = (Fact, member) switch
        {
            (nameof(ResponseMaterialsReceived), "receivedOn") => 3,
            (nameof(JudgmentReceived), "receivedOn") => 5,
            _ => 0,
        };
        if (days == 0 || !DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day)) return null;
        var name = days == 3 ? T.CaseFiling : T.LossFiling + T.Say("（败诉时）", " (when lost)");
        return $"{name}：{T.DueSaid(_calendar, _today, _calendar.AddWorkingDays(day, days))}";
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _today = Clock.Today();
        _user = await Answers.UserAsync();
        var entry = EventCatalog.Find(Fact);
        if (_user is null || entry is null || !FilingCatalog.Allows(entry, _user))
        {
            _refusal = RequestRefusals.Of(entry is null ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden);
            return;
        }

        var times = new TimesAsked();
        var calendar = await Answers.CalendarAsync(times);
        var names = await Answers.NamesAsync(times);
        var cases = await Filings.CasesAsync();
        _refusal = calendar.Refusal ?? names.Refusal ?? cases.Refusal;
        if (_refusal is not null) return;
        (_calendar, _cases) = (calendar.Value!, cases.Value!);
        var own = LedgerPolicies.BindsToUnit(LedgerPolicies.ToRecord(entry, entry.Kind!.Value), _user);
        Units = own ? names.Value!.Where(n => n.Key == _user.Unit).ToDictionary(StringComparer.Ordinal) : names.Value!;
        _form.Key = PageFilings.NewKey();
        Prefill(entry);
        if (_user.Unit is { } unit && Given("caseNo") is { } caseNo)
            _duty = (await Answers.AskAsync<Duty>("today", new Parameterised(unit), times)).Value?
                .FirstOrDefault(d => d.DueOn is not null && d.CaseNo == CaseNumber.Normalise(caseNo) && FilingCatalog.Doers(d.Kind, _user).Contains(entry));
        _entry = entry;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Only a circuit knows the browser; and only once the form is there.
        if (_isLoaded || _entry is null) return;
        _isLoaded = true;
        if (await Browser.InvokeAsync<string?>("ledgerDrafts.load", DraftKey) is not { Length: > 0 } text) return;
        try
        {
            var draft = JsonNode.Parse(text)!.AsObject();
            (_form.Key, _form.Subject, _form.Values) = (draft["key"]!.GetValue<string>(), draft["subject"]!.GetValue<string>(), draft["values"]!.DeepClone().AsObject());
            _restored = true;
            StateHasChanged();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            await Browser.InvokeVoidAsync("ledgerDrafts.drop", DraftKey);
        }
    }

    private void Prefill(CatalogEntry entry)
    {
        foreach (var member in FilingForm.MembersOf(entry))
            if (Given(member.Name) is { } given) _form.Values[member.Name] = given;
            else if (member.Name == "unit" && _user!.Unit is { } unit) _form.Values["unit"] = unit;
            else if (member.Value.Kind == MemberKind.Instant && member.Required) _form.Values[member.Name] = Clock.GetUtcNow().ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    private string? Given(string name) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query).TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.ToString() : null;

    private async Task SubjectAsync(string? text)
    {
        _form.Subject = text ?? "";
        await SaveAsync();
    }

    private async Task SaveAsync() => await Browser.InvokeVoidAsync("ledgerDrafts.save", DraftKey,
        new JsonObject { ["key"] = _form.Key, ["subject"] = _form.Subject, ["values"] = _form.Values.DeepClone() }.ToJsonString());

    private async Task ClearAsync()
    {
        await Browser.InvokeVoidAsync("ledgerDrafts.drop", DraftKey);
        (_form.Key, _form.Subject, _form.Values, _restored) = (PageFilings.NewKey(), "", [], false);
        Prefill(_entry!);
    }

    private async Task SubmitAsync()
    {
        // A second click while the first is under way is the same filing.
        if (_busy || _filed is not null) return;
        (_busy, _wrong, _said) = (true, null, null);
        try
        {
            if (PageFilings.SubjectOf(_entry!, Asked, _form, _user!.Unit, _cases) is not { } subject)
            {
                var isCase = _entry!.Kind == StreamKind.Lawsuit;
                (_wrong, _said) = (isCase && !AsksSubject ? "caseNo" : "", isCase ? T.NoSuchCase : T.NoSubject);
                return;
            }

            var filed = await Filings.RecordAsync(_entry!, subject, _form.ToData(_entry!), _form.Key);
            if (filed.Refusal is { } refusal)
            {
                _wrong = _form.MemberOf(refusal, _entry!);
                _said = Members.Aggregate(T.Of(refusal), (text, m) => text.Replace($"“{m.Name}”", $"“{T.Word(m.Name)}”", StringComparison.Ordinal));
                // What was refused was never recorded; what is sent next is another filing.
                if (refusal.Code == Codes.Conflict) _form.Key = PageFilings.NewKey();
                return;
            }

            await Browser.InvokeVoidAsync("ledgerDrafts.drop", DraftKey);
            _filed = filed.Value;
        }
        finally
        {
            _busy = false;
        }
    }
}
