using System.Globalization;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Periods;

/// <summary>How the court's list and the ledger differ.</summary>
public enum DifferenceKind
{
    /// <summary>法院有、账上无: the ledger does not know the case.</summary>
    CourtOnly,

    /// <summary>隐瞒未报: the court has the case, the unit never filed it.</summary>
    NeverFiled,

    /// <summary>账上有、法院无: docketed or closed in the quarter by the ledger, and not in the list.</summary>
    LedgerOnly,

    /// <summary>立案日不符</summary>
    DocketedDiffers,

    /// <summary>结案日不符</summary>
    ClosedDiffers,

    /// <summary>裁判结果不符</summary>
    OutcomeDiffers,

    /// <summary>被告单位不符</summary>
    UnitDiffers,
}

/// <summary>What tells one difference from another; it stays the same however often the list is compared.</summary>
/// <param name="CaseNo">The case number, normalised.</param>
/// <param name="Kind">What differs.</param>
/// <param name="Unit">The unit that the list names, or that never filed.</param>
public sealed record ListDifference(string CaseNo, DifferenceKind Kind, [property: StreamKey] string? Unit = null);

/// <summary>A difference as it is now.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Lawsuit">The lawsuit in the ledger; null where it knows none.</param>
/// <param name="Court">What the list says.</param>
/// <param name="Ledger">What the ledger says.</param>
public sealed record Difference(ListDifference Key, string? Lawsuit, string? Court, string? Ledger);

/// <summary>Compares the court's lists with the ledger (plan 3.2.3b).</summary>
/// <param name="situation">The ledger.</param>
public sealed class Reconciliation(Situation situation)
{
    private readonly Dictionary<string, (Lawsuit Lawsuit, Instance Instance)> _instances = situation.Lawsuits.Values
        .SelectMany(lawsuit => lawsuit.Instances.Select(instance => (lawsuit, instance)))
        .DistinctBy(i => i.instance.CaseNo, StringComparer.Ordinal)
        .ToDictionary(i => i.instance.CaseNo, i => i, StringComparer.Ordinal);

    /// <summary>The differences, by case number, kind and unit, and how many cases of the list agree.</summary>
    public (IReadOnlyList<Difference> Differences, int Matched) Of(Period quarter, CourtLists lists)
    {
        var (found, matched) = (new List<Difference>(), 0);
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (caseNo, row) in lists.Rows)
        {
            listed.Add(caseNo);
            var before = found.Count;
            found.AddRange(Compare(caseNo, row));
            if (found.Count == before) matched++;
        }

        foreach (var (caseNo, (lawsuit, instance)) in _instances)
            if (!listed.Contains(caseNo) && CaseNumber.Parse(caseNo) is { } number && lists.ByCourt.ContainsKey(number.Court)
                && (quarter.Contains(instance.OpenedOn) || (lawsuit.Document(caseNo)?.Rendered.ClosedOn is { } closedOn && quarter.Contains(closedOn))))
                found.Add(new Difference(new ListDifference(caseNo, DifferenceKind.LedgerOnly), lawsuit.Key, null, Iso(instance.OpenedOn)));
        return ([.. found.OrderBy(d => d.Key.CaseNo, StringComparer.Ordinal).ThenBy(d => d.Key.Kind).ThenBy(d => d.Key.Unit, StringComparer.Ordinal)], matched);
    }

    private IEnumerable<Difference> Compare(string caseNo, CourtListRow row)
    {
        if (!_instances.TryGetValue(caseNo, out var known))
        {
            yield return new Difference(new ListDifference(caseNo, DifferenceKind.CourtOnly, row.Unit), null, row.DocketedOn is { } on ? Iso(on) : null, null);
            yield break;
        }

        var (lawsuit, instance) = known;
        var document = lawsuit.Document(caseNo);
        if (row.Unit is { } named && !lawsuit.WasDefendant(named))
            yield return Differs(DifferenceKind.UnitDiffers, named, string.Join('、', lawsuit.EverDefendants));
        else
            foreach (var unit in NeverFiled(lawsuit, caseNo, row.Unit))
                yield return new Difference(new ListDifference(caseNo, DifferenceKind.NeverFiled, unit), lawsuit.Key, Iso(instance.OpenedOn), null);
        if (row.DocketedOn is { } docketedOn && docketedOn != instance.OpenedOn)
            yield return Differs(DifferenceKind.DocketedDiffers, Iso(docketedOn), Iso(instance.OpenedOn));
        if (row.ClosedOn is { } closedOn && closedOn != document?.Rendered.ClosedOn)
            yield return Differs(DifferenceKind.ClosedDiffers, Iso(closedOn), document is null ? null : Iso(document.Rendered.ClosedOn));
        if (row.Outcome is { } outcome && !Stated(document, row.Unit).Contains(outcome))
            yield return Differs(DifferenceKind.OutcomeDiffers, outcome.ToString(), document is null ? null : string.Join('、', Stated(document, row.Unit)));

        Difference Differs(DifferenceKind kind, string court, string? ledger) => new(new ListDifference(caseNo, kind, row.Unit), lawsuit.Key, court, ledger);
    }

    // A refused docketing sends the unit no response materials, so that there was nothing to file.
    private IEnumerable<string> NeverFiled(Lawsuit lawsuit, string caseNo, string? only) =>
        lawsuit.Document(caseNo)?.Rendered.Dispositions.All(d => d.Outcome == Outcome.NotDocketed) == true
            ? []
            : lawsuit.EverDefendants.Where(unit =>
                (only is null ? lawsuit.IsDefendant(unit) : unit == only)
                && situation.County.Find(unit)?.IsCounted == true
                && lawsuit.FilingsOf(ObligationKind.CaseFiling, caseNo, unit, orSuccessors: true).Count == 0);

    private static IReadOnlyList<Outcome> Stated(CourtDocument? document, string? unit) =>
        document is null ? [] : [.. document.Rendered.Dispositions.Where(d => unit is null || d.Unit == unit).Select(d => d.Outcome).Distinct()];

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
