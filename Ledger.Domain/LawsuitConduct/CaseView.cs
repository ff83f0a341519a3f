using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>A lawsuit with its facts by the day: what the answers of this area are read from.</summary>
internal sealed class CaseView(Subject subject, Lawsuit lawsuit, IReadOnlyList<VisibleFact> facts, Situation situation)
{
    // Neither of these brings the case before the unit: nobody serves it (APL §51), or another court takes it over.
    private static readonly Outcome[] NotHeard = [Outcome.NotDocketed, Outcome.Transferred];

    /// <summary>Its stream.</summary>
    public Subject Subject => subject;

    /// <summary>Its state.</summary>
    public Lawsuit Lawsuit => lawsuit;

    /// <summary>Whether an instance is undecided.</summary>
    public bool IsOpen => lawsuit.Instances.Any(i => lawsuit.Document(i.CaseNo) is null);

    /// <summary>The counted units that are its defendants.</summary>
    public IEnumerable<string> Defendants => lawsuit.Defendants.Select(d => d.Unit).Where(IsCounted);

    /// <summary>The lawsuits that were docketed by the day.</summary>
    public static IEnumerable<CaseView> All(Situation situation) =>
        from stream in situation.Streams(StreamKind.Lawsuit)
        let lawsuit = situation.Lawsuits.GetValueOrDefault(stream.Subject.Key)
        where lawsuit is not null
        select new CaseView(stream.Subject, lawsuit, stream.Facts, situation);

    /// <summary>Its facts of a type in the order in which they happened, ties by ledger sequence.</summary>
    public IEnumerable<(TFact Fact, VisibleFact Visible)> Told<TFact>()
        where TFact : IFact => facts.Where(f => f.Fact is TFact).OrderBy(f => f.Fact.LegalDate).ThenBy(f => f.Sequence).Select(f => ((TFact)f.Fact, f));

    /// <summary>Whether the unit is one of the county's: an organ outside it is never obliged.</summary>
    public bool IsCounted(string unit) => situation.County.Find(unit) is { IsCounted: true };

    /// <summary>Whether what one unit did counts for another: for itself, or for one whose duty was transferred to it.</summary>
    public bool Acts(string actor, string unit, DutyKind kind, string? caseNo = null, string? item = null) =>
        actor == unit || situation.County.Find(unit)?.SuccessorFor(kind, caseNo, item, null) == actor;

    /// <summary>The day on which a unit became a defendant, last of all.</summary>
    public DateOnly DefendantSince(string unit) =>
        Told<DefendantAdded>().Where(a => a.Fact.Unit == unit).Select(a => (DateOnly?)a.Fact.AddedOn).Max() ?? lawsuit.Docketed!.DocketedOn;

    /// <summary>The day on which the first instance was closed for a unit; null while it was not.</summary>
    public DateOnly? FirstClosedOn(string unit) => FirstDocuments
        .Where(d => d.StatedFor(unit).Except(NotHeard).Any()).Select(d => (DateOnly?)d.Rendered.ClosedOn).FirstOrDefault();

    /// <summary>Whether the case came, or may still come, before the unit: it was neither refused nor passed on to another court.</summary>
    public bool Concerns(string unit) => IsOpen || FirstClosedOn(unit) is not null;

    /// <summary>Whether an instance was refused or passed on, so that nothing of it was served on the unit.</summary>
    public bool WasNotServed(string unit, string caseNo) =>
        lawsuit.Document(caseNo)?.StatedFor(unit) is { Count: > 0 } stated && !stated.Except(NotHeard).Any();

    /// <summary>The instance that ran on a day: the last one opened by then.</summary>
    public Instance? InstanceOn(DateOnly day) => lawsuit.Instances.Where(i => i.OpenedOn <= day).MaxBy(i => i.OpenedOn);

    private IEnumerable<CourtDocument> FirstDocuments => lawsuit.Documents.Where(d => d.Rendered.Level == InstanceLevel.First);
}
