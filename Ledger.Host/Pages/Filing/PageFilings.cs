using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Domain;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Attachments;
using Ledger.Host.Intake;
using Ledger.Host.Security;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;

namespace Ledger.Host.Pages.Filing;

/// <summary>What was recorded, for whoever filed it.</summary>
/// <param name="Position">The ledger position after it.</param>
/// <param name="Id">Its id.</param>
/// <param name="Subject">Its stream.</param>
/// <param name="Duplicate">Whether the ledger said exactly this already.</param>
public sealed record Filed(long Position, FactId Id, Subject Subject, bool Duplicate);

/// <summary>Records facts and stores documents for the pages: the same commands, rights and limits as over HTTP.</summary>
public sealed class PageFilings(
    PageAnswers answers, FactCommands commands, FactMemory memory, PositionMarker marker, AttachmentStore store, TimeProvider clock)
{
    /// <summary>A number under which a form is sent.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    /// <summary>Records a fact as the signed-in person.</summary>
    public Task<Answer<Filed>> RecordAsync(CatalogEntry entry, Subject subject, JsonElement data, string key) =>
        answers.AsAsync(LedgerPolicies.ToRecord(entry, subject.Kind), async user =>
        {
            var caller = new Caller(user.Actor, "/http/" + user.Client, key, null, null, null);
            var own = LedgerPolicies.BindsToUnit(LedgerPolicies.ToRecord(entry, subject.Kind), user);
            var outcome = await commands.RecordAsync(entry, subject, data, caller, user, own, CancellationToken.None);
            return outcome.Refusal is { } refusal
                ? new(null, refusal, null)
                : new Answer<Filed>(new(outcome.Receipt!.Position, new FactId(caller.Source, key), subject, outcome.Receipt.Duplicate), null, null);
        });

    /// <summary>Stores a document; its hash names it in a fact.</summary>
    public Task<Answer<Attachment>> StoreAsync(Stream content) => answers.AsAsync(LedgerPolicies.StoreDocuments, async user =>
    {
        if (LedgerPolicies.BindsToUnit(LedgerPolicies.StoreDocuments, user) && user.Unit is null) return new(null, Refusal.Of(Codes.UnitForbidden, user.Unit), null);
        var stored = await store.StoreAsync(content, null, new Storer(user.Actor, user.Roles.Contains(LedgerRole.Clerk) ? user.Unit : null, user.Client));
        return new Answer<Attachment>(stored.Attachment, stored.Refusal, null);
    });

    /// <summary>What is asked for in the requests that wait, by their keys: who decides sees the whole of it.</summary>
    public Task<Answer<IReadOnlyDictionary<string, ApprovalRequested>>> RequestsAsync(Scope scope) => answers.AsAsync(LedgerPolicies.ReadOffice, async _ =>
    {
        var situation = await memory.SituationAsync(scope.Position, scope.AsOf);
        return new Answer<IReadOnlyDictionary<string, ApprovalRequested>>(
            situation.Told<ApprovalRequested>(StreamKind.Approval).ToDictionary(t => t.Subject.Key, t => t.Fact, StringComparer.Ordinal), null, scope);
    });

    /// <summary>The cases that the person may file for, newest first: case number to key.</summary>
    public Task<Answer<IReadOnlyDictionary<string, string>>> CasesAsync() => answers.AsAsync(LedgerPolicies.ReadLawsuits, async user =>
    {
        var own = LedgerPolicies.BindsToUnit(LedgerPolicies.ReadUnits, user) ? user.Unit ?? "" : null;
        var situation = await memory.SituationAsync((await marker.AdvanceAsync()).Position, clock.Today());
        var cases = situation.Lawsuits.Values.Where(l => own is null || l.WasDefendant(own))
            .OrderByDescending(l => l.Docketed!.DocketedOn)
            .SelectMany(l => l.Instances.Select(i => (i.CaseNo, l.Key)))
            .DistinctBy(c => c.CaseNo, StringComparer.Ordinal).ToDictionary(c => c.CaseNo, c => c.Key, StringComparer.Ordinal);
        return new Answer<IReadOnlyDictionary<string, string>>(cases, null, null);
    });

    /// <summary>
    /// The stream that a fact goes to: the one asked for; the own unit's; the lawsuit of the case number; a new one, whose key is
    /// that of its case number, or of the form.
    /// </summary>
    public static Subject? SubjectOf(CatalogEntry entry, string? asked, FilingForm form, string? unit, IReadOnlyDictionary<string, string> cases)
    {
        if (asked is not null && Subject.TryParse(asked, out var given) && entry.BelongsTo(given.Kind)) return given;
        var kind = entry.Kind!.Value;
        var caseNo = Text("caseNo") is { } typed ? CaseNumber.Normalise(typed) : null;
        if (entry.Type == typeof(LawsuitDocketed)) return caseNo is not null && CaseNumber.Parse(caseNo) is { } number ? Subject.Lawsuit($"{number.Year}-{number.Court}-{number.Type}-{number.Number}") : new Subject(kind, form.Key);
        if (kind == StreamKind.Lawsuit) return cases.TryGetValue(form.Subject.Length > 0 ? CaseNumber.Normalise(form.Subject) : caseNo ?? "", out var key) ? Subject.Lawsuit(key) : null;
        if (kind == StreamKind.Unit) return (form.Subject.Length > 0 ? form.Subject : unit) is { } of ? Subject.Unit(of) : null;
        if (typeof(IOpensStream).IsAssignableFrom(entry.Type)) return new Subject(kind, form.Key);
        return Subject.IsKey(form.Subject) ? new Subject(kind, form.Subject) : null;

        string? Text(string member) => form.Values[member] is { } value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>().Trim() : null;
    }
}
