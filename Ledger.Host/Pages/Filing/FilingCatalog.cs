using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Host.Security;
using Microsoft.AspNetCore.WebUtilities;

namespace Ledger.Host.Pages.Filing;

/// <summary>Which facts somebody may record by a form, and which of them does a duty.</summary>
public static class FilingCatalog
{
    // The filings of the plan's deadlines; every other duty is done by the facts of its clause.
    private static readonly Dictionary<DutyKind, string> Doing = new()
    {
        [DutyKind.CaseFiling] = "CaseFilingSubmitted", [DutyKind.LossFiling] = "LossFilingDocumentSubmitted", [DutyKind.NonPerformanceReport] = "NonPerformanceReportSubmitted",
        [DutyKind.AnswerSubmission] = "AnswerSubmitted", [DutyKind.CaseConference] = "CaseConferenceHeld",
    };

    /// <summary>The facts that a person may record, in the catalogue's order. Corrections name a fact, and begin where it is shown.</summary>
    public static IReadOnlyList<CatalogEntry> Of(LedgerUser user) =>
        [.. EventCatalog.All.Where(e => e.Kind is { } kind && LedgerPolicies.Allows(LedgerPolicies.ToRecord(e, kind), user) && !e.Schema.Members.Any(m => m.Value.Kind == MemberKind.Set))];

    /// <summary>Whether a person may record such a fact.</summary>
    public static bool Allows(CatalogEntry entry, LedgerUser user) => Of(user).Contains(entry);

    /// <summary>The facts that do a duty, among those that a person may record.</summary>
    public static IReadOnlyList<CatalogEntry> Doers(DutyKind kind, LedgerUser user)
    {
        var names = Doing.TryGetValue(kind, out var one) ? [one] : Areas.All.SelectMany(a => a.Clauses).Where(c => c.Duties.Contains(kind)).SelectMany(c => c.Facts).ToList();
        return [.. Of(user).Where(e => names.Contains(e.Name, StringComparer.Ordinal))];
    }

    /// <summary>The address of the form that does a duty: one form where one fact does it, else the choice.</summary>
    public static string? Address(Duty duty, LedgerUser user) => Doers(duty.Kind, user) switch
    {
        [] => null,
        [var one] => QueryHelpers.AddQueryString("/file/" + one.Name, Given(duty)),
        _ => QueryHelpers.AddQueryString("/file", Given(duty).Append(KeyValuePair.Create<string, string?>("duty", duty.Kind.ToString()))),
    };

    private static Dictionary<string, string?> Given(Duty duty) => new (string Name, string? Value)[]
    {
        ("subject", duty.Subject), ("unit", duty.Unit), ("caseNo", duty.CaseNo), ("period", duty.Period), ("year", duty.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    }.Where(g => g.Value is not null).ToDictionary(g => g.Name, g => g.Value, StringComparer.Ordinal);
}
