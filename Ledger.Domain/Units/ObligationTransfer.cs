using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;

namespace Ledger.Domain.Units;

/// <summary>
/// 义务移转 (机构改革): from this day the successor files and answers for an open duty of this unit. History stays here. Of
/// several transfers of one duty the latest decides, ties by ledger sequence.
/// </summary>
/// <param name="Kind">The duty.</param>
/// <param name="To">The successor.</param>
/// <param name="TransferredOn">From when.</param>
/// <param name="CaseNo">The court instance or document, for a duty that has one, by the number that it bears: where that is corrected, this is.</param>
/// <param name="Duty">The duty's key, for a non-performance report; the item, for another duty.</param>
/// <param name="Year">The year, for a yearly duty.</param>
public sealed record ObligationTransferred(
    DutyKind Kind, [property: StreamKey] string To, DateOnly TransferredOn, string? CaseNo = null, string? Duty = null, int? Year = null) : IUnitFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => TransferredOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [To];

    /// <summary>Whether it is about a duty with these keys; a key that it leaves out fits any.</summary>
    public bool IsAbout(DutyKind kind, string? caseNo, string? duty, int? year) => Kind == kind
        && (CaseNo is null || Lawsuits.CaseNumber.Normalise(CaseNo) == caseNo) && (Duty is null || Duty == duty) && (Year is null || Year == year);
}

/// <summary>The rules of transfers in <c>unit/{unit}</c>.</summary>
public sealed class TransferState(string unit) : IStreamState
{
    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        ObligationTransferred f when f.To == unit => Refusal.Of(Codes.ObligationSameUnit, unit),
        ObligationTransferred f when !context.IsRegistered(f.To) => Refusal.Of(Codes.UnknownUnit, f.To),
        ObligationTransferred { Kind: DutyKind.CaseFiling or DutyKind.LossFiling, CaseNo: null } f => Refusal.Of(Codes.ObligationIncompleteKey, f.Kind, "caseNo"),
        ObligationTransferred { Kind: DutyKind.NonPerformanceReport, Duty: null } f => Refusal.Of(Codes.ObligationIncompleteKey, f.Kind, "duty"),
        ObligationTransferred { Kind: DutyKind.NonPerformanceReport, Year: null } f => Refusal.Of(Codes.ObligationIncompleteKey, f.Kind, "year"),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        // No rule of a transfer reads the stream's past.
    }
}
