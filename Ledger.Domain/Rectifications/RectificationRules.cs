using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Rectifications;

/// <content>The rules of a rectification (domain.md §1B, 3.1.1c and 3.1.1d).</content>
public sealed partial class Rectification
{
    /// <summary>Whether the lawsuit is about a penalty (案由为行政处罚).</summary>
    public static bool IsAboutPenalty(LawsuitDocketed? docketed) =>
        docketed is not null && (docketed.Cause.Contains("处罚", StringComparison.Ordinal) || docketed.ActType.Contains("处罚", StringComparison.Ordinal));

    /// <inheritdoc/>
    public override IEnumerable<Subject> Needs(IFact fact) =>
        fact is PublishedPenaltyWithdrawn or PenaltyNotPublishedStated && Opened is { } opened ? opened.NamedSubjects : base.Needs(fact);

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        RectificationOpened f => CheckLoss(f, context),
        _ when NotBefore(fact, Opened!.OpenedOn, "RectificationOpened") is { } tooEarly => tooEarly,
        LossAnalysisHeld { Participants: [] } => Refusal.Of(Codes.InvalidValue, "participants", "[]"),
        LossCauseDetermined f when f.Causes.Distinct().Count() < f.Causes.Count => Refusal.Of(Codes.RectificationCauseTwice, string.Join(' ', f.Causes)),
        LossCauseDetermined f when !f.Causes.Contains(f.Primary) => Refusal.Of(Codes.RectificationPrimaryCause, f.Primary),
        RectificationMeasureAdopted f => Find(f.Measure) is not null
            ? Refusal.Of(Codes.RectificationMeasureKnown, f.Measure)
            : f.DueOn < f.AdoptedOn ? Refusal.OutOfOrder(f.DueOn, f.AdoptedOn, "RectificationMeasureAdopted") : null,
        RectificationProgressReported { Percent: < 0 or > 100 } f => Refusal.Of(Codes.InvalidValue, "percent", f.Percent),
        RectificationProgressReported f => Find(f.Measure) is { } measure
            ? NotBefore(f, measure.AdoptedOn, "RectificationMeasureAdopted")
            : Refusal.Of(Codes.RectificationMeasureUnknown, f.Measure),
        RectificationCompleted { Evidence: [] } => Refusal.Of(Codes.RectificationNoEvidence),
        RectificationCompleted f when !HasMeasureOn(f.CompletedOn) => Refusal.Of(Codes.RectificationNoMeasure, Iso(f.CompletedOn)),
        RectificationCompleted f => _timeline.Admits(f, RectificationState.Opened, Step) ? null : Refusal.Of(Codes.RectificationAlreadyCompleted, Iso(f.CompletedOn)),
        RectificationVerified f => CheckVerification(f),
        RectificationReopened f => !_timeline.Admits(f, RectificationState.Opened, Step)
            ? Refusal.Of(Codes.RectificationNotCompleted, Iso(f.ReopenedOn))
            : f.DueOn < f.ReopenedOn ? Refusal.OutOfOrder(f.DueOn.Value, f.ReopenedOn, "RectificationReopened") : null,
        JudgmentPerformanceOrdered f => OrderOf(f.Kind) is not null
            ? Refusal.Of(Codes.PerformanceAlreadyOrdered, f.Kind)
            : f.DueOn < f.OrderedOn ? Refusal.OutOfOrder(f.DueOn, f.OrderedOn, "JudgmentPerformanceOrdered") : null,
        JudgmentPerformed f => OrderOf(f.Kind) is not { } order ? Refusal.Of(Codes.PerformanceNotOrdered, f.Kind)
            : _performed.Exists(p => ((JudgmentPerformed)p.Fact).Kind == f.Kind) ? Refusal.Of(Codes.PerformanceAlreadyDone, f.Kind)
            : NotBefore(f, order.OrderedOn, "JudgmentPerformanceOrdered"),
        PublishedPenaltyWithdrawn or PenaltyNotPublishedStated =>
            IsAboutPenalty(LawsuitOf(Opened!, context).Docketed) ? null : Refusal.Of(Codes.PenaltyNotInDispute, Opened!.Lawsuit),
        _ => null,
    };

    private static Lawsuit LawsuitOf(RectificationOpened opened, AdmissionContext context) =>
        Lawsuit.Fold(opened.Lawsuit, context.FactsOf(Subject.Lawsuit(opened.Lawsuit)), DateOnly.MaxValue);

    private static Refusal? CheckLoss(RectificationOpened f, AdmissionContext context)
    {
        var lawsuit = LawsuitOf(f, context);
        if (lawsuit.Docketed is null) return Refusal.Of(Codes.LawsuitNotFound, f.Lawsuit);
        return lawsuit.Document(f.CaseNo) is { } document && lawsuit.LostIn(document, f.Unit)
            ? NotBefore(f, document.Rendered.ClosedOn, "JudgmentRendered")
            : Refusal.Of(Codes.RectificationNotALoss, f.Unit, f.CaseNo, f.Lawsuit);
    }

    private Refusal? CheckVerification(RectificationVerified f)
    {
        if (!_timeline.Admits(f, RectificationState.Opened, Step)) return Refusal.Of(Codes.RectificationNotCompleted, Iso(f.VerifiedOn));
        var completed = (RectificationCompleted)_timeline.Facts.Last(s => s.Fact is RectificationCompleted && s.Fact.LegalDate <= f.VerifiedOn).Fact;
        return completed.ReportedBy == f.VerifiedBy ? Refusal.Of(Codes.RectificationSamePerson, f.VerifiedBy) : null;
    }

    private RectificationMeasureAdopted? Find(string measure) =>
        _measures.Select(m => (RectificationMeasureAdopted)m.Fact).FirstOrDefault(m => m.Measure == measure);

    private JudgmentPerformanceOrdered? OrderOf(PerformanceKind kind) =>
        _orders.Select(o => (JudgmentPerformanceOrdered)o.Fact).FirstOrDefault(o => o.Kind == kind);

    private static Refusal? NotBefore(IFact fact, DateOnly earliest, string of) =>
        fact.LegalDate is { } date && date < earliest ? Refusal.OutOfOrder(date, earliest, of) : null;

    private static string Iso(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
