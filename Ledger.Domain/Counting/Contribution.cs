using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;

namespace Ledger.Domain.Counting;

/// <summary>A new lawsuit against the unit (发案).</summary>
/// <param name="CaseNo">Its first case number.</param>
/// <param name="On">The day of docketing.</param>
public sealed record NewCase(string CaseNo, DateOnly On);

/// <summary>A document with an outcome for the unit: closed on that day, or effective from it.</summary>
/// <param name="CaseNo">The document.</param>
/// <param name="On">The closing day of a first-instance document, or the effective day.</param>
/// <param name="Outcomes">The unit's outcomes, affirmed documents looked through.</param>
/// <param name="Compensation">Whether the lawsuit is of category Compensation.</param>
/// <param name="Series">The lawsuit's series (串案), if any.</param>
public sealed record Closing(string CaseNo, DateOnly On, IReadOnlyList<Outcome> Outcomes, bool Compensation, string? Series = null);

/// <summary>A hearing in open court that names the unit.</summary>
/// <param name="CaseNo">The instance.</param>
/// <param name="On">The day.</param>
/// <param name="HeadAttended">Whether the unit's head came (principal, deputy or in charge).</param>
public sealed record Appearance(string CaseNo, DateOnly On, bool HeadAttended);

/// <summary>A receipt that obliges the unit to file.</summary>
/// <param name="Kind">What must be filed.</param>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The instance or document.</param>
/// <param name="OpenedOn">The day of receipt.</param>
/// <param name="MetAt">When the unit itself fulfilled it, if it did.</param>
/// <param name="Filings">
/// Everything submitted for it, where a unit that never was a defendant submitted something: it counts if the duty was
/// transferred to that unit.
/// </param>
public sealed record Deadline(
    ObligationKind Kind, string Lawsuit, string CaseNo, DateOnly OpenedOn, DateTimeOffset? MetAt = null, IReadOnlyList<Filing>? Filings = null)
{
    /// <summary>When it was fulfilled by the unit or by the one that took it over.</summary>
    public DateTimeOffset? MetBy(string unit, string successor) =>
        Filings is null ? MetAt : Filings.Where(f => f.Unit == unit || f.Unit == successor).FiledAt(Kind);
}

/// <summary>
/// What one lawsuit contributes to the numbers of one unit. It holds nothing that depends on the day of the question, on a
/// counting policy or on a calendar, so that it goes stale by nothing but a new fact of its lawsuit.
/// </summary>
/// <param name="Lawsuit">The lawsuit's key.</param>
public sealed record Contribution(string Lawsuit)
{
    /// <summary>At most one.</summary>
    public IReadOnlyList<NewCase> NewCases { get; init; } = [];

    /// <summary>First-instance documents by closing day.</summary>
    public IReadOnlyList<Closing> Closings { get; init; } = [];

    /// <summary>The last effective outcome, at most one.</summary>
    public IReadOnlyList<Closing> Effective { get; init; } = [];

    /// <summary>Hearings in open court.</summary>
    public IReadOnlyList<Appearance> Appearances { get; init; } = [];

    /// <summary>Receipts that oblige the unit to file.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    /// <summary>Whether there is nothing in it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEmpty => NewCases.Count + Closings.Count + Effective.Count + Appearances.Count + Deadlines.Count == 0;

    /// <summary>The part of it that lies in a month, by each item's own day.</summary>
    public Contribution In(Period month) => new(Lawsuit)
    {
        NewCases = [.. NewCases.Where(c => month.Contains(c.On))],
        Closings = [.. Closings.Where(c => month.Contains(c.On))],
        Effective = [.. Effective.Where(c => month.Contains(c.On))],
        Appearances = [.. Appearances.Where(c => month.Contains(c.On))],
        Deadlines = [.. Deadlines.Where(c => month.Contains(c.OpenedOn))],
    };

    /// <summary>What a lawsuit contributes, unit by unit (counting-rules.md §§4, 5, 7).</summary>
    public static IEnumerable<(string Unit, Contribution Contribution)> Of(Lawsuit lawsuit)
    {
        var compensation = lawsuit.Docketed?.Category == LawsuitCategory.Compensation;
        var series = lawsuit.Series;
        var effective = lawsuit.LastEffective is { } last && lawsuit.Document(last.CaseNo) is { } document
            ? (last.EffectiveOn, Document: document)
            : default;
        foreach (var unit in lawsuit.NamedUnits)
        {
            var contribution = new Contribution(lawsuit.Key)
            {
                NewCases = lawsuit.Docketed is { } docketed && lawsuit.IsDefendant(unit) ? [new NewCase(docketed.CaseNo, docketed.DocketedOn)] : [],
                Closings =
                [
                    .. lawsuit.Documents.Where(d => d.Rendered.Level == InstanceLevel.First)
                        .Select(d => ClosingOf(d, d.Rendered.ClosedOn)).OfType<Closing>(),
                ],
                Effective = effective.Document is null || ClosingOf(effective.Document, effective.EffectiveOn) is not { } closing ? [] : [closing],
                Appearances =
                [
                    .. from hearing in lawsuit.Hearings
                       where hearing.OpenCourt
                       from attendance in hearing.Attendances
                       where attendance.Unit == unit
                       select new Appearance(
                           hearing.CaseNo, hearing.HeldOn, attendance.By is Attendee.Principal or Attendee.Deputy or Attendee.HeadInCharge),
                ],
                Deadlines = [.. DeadlinesOf(lawsuit, unit)],
            };
            if (!contribution.IsEmpty) yield return (unit, contribution);

            Closing? ClosingOf(CourtDocument of, DateOnly on) => lawsuit.OutcomesOf(of, unit) is { Count: > 0 } outcomes
                ? new Closing(of.CaseNo, on, outcomes, compensation, series)
                : null;
        }
    }

    private static IEnumerable<Deadline> DeadlinesOf(Lawsuit lawsuit, string unit)
    {
        foreach (var receipt in lawsuit.MaterialsReceived)
            if (receipt.Unit == unit)
                yield return Of(ObligationKind.CaseFiling, receipt.CaseNo, receipt.ReceivedOn);
        foreach (var receipt in lawsuit.JudgmentsReceived)
            if (receipt.Unit == unit && lawsuit.Document(receipt.CaseNo) is { } document && lawsuit.LostIn(document, unit))
                yield return Of(ObligationKind.LossFiling, receipt.CaseNo, receipt.ReceivedOn);

        Deadline Of(ObligationKind kind, string caseNo, DateOnly receivedOn)
        {
            var filings = lawsuit.FilingsOf(kind, caseNo, unit, orSuccessors: true);
            return new Deadline(
                kind, lawsuit.Key, caseNo, receivedOn, filings.Where(f => f.Unit == unit).FiledAt(kind), filings.Any(f => f.Unit != unit) ? filings : null);
        }
    }
}
