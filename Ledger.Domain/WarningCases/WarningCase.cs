using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Domain.Rectifications;

namespace Ledger.Domain.WarningCases;

/// <summary>A warning or typical case as its facts tell it: the state and rules of <c>warningcase/{key}</c>.</summary>
public sealed class WarningCase(string key) : SubjectState(new Subject(StreamKind.WarningCase, key))
{
    private readonly List<VisibleFact> _anonymised = [];
    private readonly List<VisibleFact> _studies = [];

    /// <summary>The stream.</summary>
    public Subject Stream => Subject;

    /// <summary>The fact that selected it; null while none is visible.</summary>
    public VisibleFact? SelectedBy { get; private set; }

    /// <summary>The loss that it is about.</summary>
    public WarningCaseSelected? Selected => (WarningCaseSelected?)SelectedBy?.Fact;

    /// <summary>The last anonymisation by its date.</summary>
    public VisibleFact? AnonymisedBy => _anonymised.MaxBy(Timeline.OrderOf);

    /// <summary>The publication, if any.</summary>
    public VisibleFact? PublishedBy { get; private set; }

    /// <summary>The publication, if any.</summary>
    public WarningCasePublished? Published => (WarningCasePublished?)PublishedBy?.Fact;

    /// <summary>The report to the city, if any.</summary>
    public VisibleFact? ReportedBy { get; private set; }

    /// <summary>The city's bulletin, if any.</summary>
    public VisibleFact? BulletinBy { get; private set; }

    /// <summary>The units' studies, by date.</summary>
    public IReadOnlyList<VisibleFact> Studies => [.. _studies.OrderBy(Timeline.OrderOf)];

    /// <summary>Folds a case.</summary>
    public static WarningCase Fold(string key, IEnumerable<VisibleFact> facts)
    {
        var warning = new WarningCase(key);
        foreach (var fact in facts) warning.Apply(fact);
        return warning;
    }

    /// <summary>The cases of a situation.</summary>
    public static IEnumerable<WarningCase> Of(Situation situation) =>
        situation.Streams(StreamKind.WarningCase).Select(s => Fold(s.Subject.Key, s.Facts)).Where(c => c.Selected is not null);

    /// <summary>The first study by a unit.</summary>
    public VisibleFact? StudyOf(string unit) => Studies.FirstOrDefault(s => ((WarningCaseStudied)s.Fact).Unit == unit);

    /// <summary>What a cause of a loss warns of.</summary>
    public static WarningCause WarnsOf(LossCause cause) => cause switch
    {
        LossCause.PassiveResponse or LossCause.LateEvidence => WarningCause.PassiveResponse,
        LossCause.Nonfeasance => WarningCause.Nonfeasance,
        LossCause.ProceduralViolation => WarningCause.ProceduralViolation,
        LossCause.MisappliedLaw => WarningCause.MisappliedLaw,
        _ => WarningCause.Other,
    };

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        WarningCaseSelected f => CheckLoss(f, context),
        _ when NotBefore(fact, SelectedBy) is { } tooEarly => tooEarly,
        WarningCasePublished when Published is not null => Refusal.Of(Codes.WarningCaseAlreadyPublished, Iso(Published.PublishedOn)),
        WarningCasePublished { Addressees: [] } => Refusal.Of(Codes.InvalidValue, "addressees", "[]"),
        WarningCasePublished f when !_anonymised.Exists(a => a.Fact.LegalDate <= f.PublishedOn) => Refusal.Of(Codes.WarningCaseNotAnonymised, Iso(f.PublishedOn)),
        WarningCasePublished f when f.StudyBy < f.PublishedOn =>
            Refusal.Of(Codes.DateOutOfOrder, Iso(f.StudyBy.Value), Iso(f.PublishedOn), "WarningCasePublished"),
        WarningCaseStudied { Participants: < 1 } f => Refusal.Of(Codes.InvalidValue, "participants", f.Participants),
        WarningCaseStudied f => PublishedBy is null ? Refusal.Of(Codes.WarningCaseNotPublished, key) : NotBefore(f, PublishedBy),
        TypicalCaseReportedToCity when ReportedBy is not null => Refusal.Of(Codes.TypicalCaseAlreadyReported, Iso(ReportedBy.Fact.LegalDate!.Value)),
        CityBulletinReceived f => ReportedBy is null ? Refusal.Of(Codes.TypicalCaseNotReported, key) : NotBefore(f, ReportedBy),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case WarningCaseSelected: SelectedBy ??= fact; break;
            case WarningCaseAnonymised: _anonymised.Add(fact); break;
            case WarningCasePublished: PublishedBy ??= fact; break;
            case WarningCaseStudied: _studies.Add(fact); break;
            case TypicalCaseReportedToCity: ReportedBy ??= fact; break;
            case CityBulletinReceived: BulletinBy ??= fact; break;
            default: break;
        }
    }

    // The cause must be recorded on the source loss: nothing is held up as a warning for what nobody determined.
    private static Refusal? CheckLoss(WarningCaseSelected f, AdmissionContext context)
    {
        var rectification = Rectification.Fold(f.Rectification, context.FactsOf(new Subject(StreamKind.Rectification, f.Rectification)));
        if (rectification.Opened is not { } opened) return Refusal.Of(Codes.SubjectNotFound, new Subject(StreamKind.Rectification, f.Rectification));
        if (opened.Lawsuit != f.Lawsuit || opened.Unit != f.Unit || opened.CaseNo != f.CaseNo) return Refusal.Of(Codes.WarningCaseOtherLoss, f.Rectification, opened.Unit, opened.CaseNo);
        return rectification.CauseOn(f.SelectedOn)?.Causes.Any(c => WarnsOf(c) == f.Cause) == true
            ? null
            : Refusal.Of(Codes.WarningCaseCauseNotRecorded, f.Cause, f.Rectification, Iso(f.SelectedOn));
    }

    private static Refusal? NotBefore(IFact fact, VisibleFact? earlier) => earlier is not null && fact.LegalDate < earlier.Fact.LegalDate
        ? Refusal.Of(Codes.DateOutOfOrder, Iso(fact.LegalDate!.Value), Iso(earlier.Fact.LegalDate!.Value), EventCatalog.NameOf(earlier.Fact))
        : null;

    private static string Iso(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
