using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Domain.Rectifications;
using Ledger.Domain.Supervision;

namespace Ledger.Domain.Accountability;

/// <content>The rules of a fault case (domain.md §1B, 3.4.1a, 3.4.1b, 3.4.2).</content>
public sealed partial class AccountabilityCase
{
    /// <summary>A grant reads the file of the finding too: there its correction is reported.</summary>
    public override IEnumerable<Subject> Needs(IFact fact) =>
        fact is ToleranceGranted && Opened is { } opened ? base.Needs(fact).Concat(opened.NamedSubjects) : base.Needs(fact);

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        FaultClueOpened f => CheckOrigin(f, context),
        _ when fact.LegalDate < Opened!.OpenedOn => Refusal.OutOfOrder(fact.LegalDate!.Value, Opened.OpenedOn, "FaultClueOpened"),
        FaultInvestigationStarted { Investigators: < 2 } f => Refusal.Of(Codes.InvalidValue, "investigators", f.Investigators),
        FaultInvestigationConcluded f => Last<FaultInvestigationStarted>(f.ConcludedOn) is null ? Refusal.Of(Codes.AccountabilityNotInvestigated, Iso(f.ConcludedOn)) : null,
        FaultDetermined f => CheckFault(f),
        AccountabilityDecided f => CheckDecision(f) ?? CheckStep(f, Codes.AccountabilityAlreadyDecided),
        AccountabilityNotPursued { Reasons: [] } => Refusal.Of(Codes.InvalidValue, "reasons", "[]"),
        AccountabilityNotPursued f => Last<FaultInvestigationConcluded>(f.DecidedOn) is null
            ? Refusal.Of(Codes.AccountabilityNotConcluded, Iso(f.DecidedOn))
            : CheckStep(f, Codes.AccountabilityAlreadyDecided),
        AccountabilityExecuted or AccountabilityAppealed => CheckStep(fact, Codes.AccountabilityNotPursuing),
        AccountabilityAppealDecided => CheckStep(fact, Codes.AccountabilityNoAppeal),
        ToleranceRequested { Conditions: [] } => Refusal.Of(Codes.InvalidValue, "conditions", "[]"),
        ToleranceConsulted f => CheckRequested(f.ConsultedOn),
        ToleranceGranted f => CheckGrant(f, context) ?? CheckStep(f, Codes.AccountabilityAlreadyDecided),
        ToleranceRejected { Reasons: [] } => Refusal.Of(Codes.InvalidValue, "reasons", "[]"),
        ToleranceRejected f => CheckRequested(f.RejectedOn)
            ?? (_timeline.At(default(Standing), Step, f.RejectedOn).Decision == TerminalDecision.Tolerated ? Refusal.Of(Codes.AccountabilityAlreadyDecided, Iso(f.RejectedOn)) : null),
        ToleranceRevoked => CheckStep(fact, Codes.ToleranceNotStanding),
        _ => null,
    };

    private static Refusal? CheckOrigin(FaultClueOpened f, AdmissionContext context)
    {
        if (f.Loss is null == f.Finding is null) return Refusal.Of(Codes.AccountabilityOrigin);
        if (f.Finding is { } finding)
        {
            var confirmed = context.FactsOf(new Subject(StreamKind.Supervision, finding.Supervision))
                .FirstOrDefault(v => v.Fact is IConfirmsFinding c && c.Finding == finding.Finding && c.Unit == f.Unit);
            return confirmed is null ? Refusal.Of(Codes.AccountabilityFindingNotConfirmed, finding.Finding, finding.Supervision, f.Unit)
                : f.OpenedOn < confirmed.Fact.LegalDate ? Refusal.OutOfOrder(f.OpenedOn, confirmed.Fact.LegalDate!.Value, EventCatalog.NameOf(confirmed.Fact)) : null;
        }

        var rectification = RectificationOf(f.Loss!.Rectification, context);
        return rectification.Opened is not { } opened ? Refusal.Of(Codes.SubjectNotFound, rectification.Stream)
            // Its case number is not compared: it may have been corrected in the lawsuit before or after the rectification was opened.
            : opened.Lawsuit != f.Loss.Lawsuit || opened.Unit != f.Unit
                ? Refusal.Of(Codes.AccountabilityOtherLoss, f.Loss.Rectification, opened.Unit, opened.CaseNo)
            : f.OpenedOn < opened.OpenedOn ? Refusal.OutOfOrder(f.OpenedOn, opened.OpenedOn, "RectificationOpened") : null;
    }

    private Refusal? CheckFault(FaultDetermined f)
    {
        if (f.Types.Count == 0) return Refusal.Of(Codes.InvalidValue, "types", "[]");
        if (Last<FaultInvestigationConcluded>(f.DeterminedOn) is not { FaultFound: true }) return Refusal.Of(Codes.AccountabilityNotConcluded, Iso(f.DeterminedOn));
        var twice = f.Persons.GroupBy(p => p.Person, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? null : Refusal.Of(Codes.AccountabilityPersonTwice, twice.Key);
    }

    private Refusal? CheckDecision(AccountabilityDecided f)
    {
        if (f.Measures.Count == 0) return Refusal.Of(Codes.InvalidValue, "measures", "[]");
        if (Last<FaultDetermined>(f.DecidedOn) is not { } fault) return Refusal.Of(Codes.AccountabilityNoFault, Iso(f.DecidedOn));
        foreach (var measure in f.Measures)
            if (CheckMeasure(measure, fault) is { } refusal)
                return refusal;
        var twice = f.Measures.GroupBy(m => (m.Subject, m.Person, m.Form)).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? null : Refusal.Of(Codes.AccountabilityFormTwice, twice.Key.Form, twice.Key.Person ?? Opened!.Unit);
    }

    private static Refusal? CheckMeasure(AccountabilityMeasure measure, FaultDetermined fault)
    {
        if (AccountabilityTable.Find(measure.Subject, measure.Form) is not { } rule) return Refusal.Of(Codes.AccountabilityFormNotForSubject, measure.Form, measure.Subject);
        if (!rule.Authorities.Contains(measure.Authority)) return Refusal.Of(Codes.AccountabilityWrongAuthority, measure.Form, measure.Subject, measure.Authority, string.Join(' ', rule.Authorities));
        if (measure.Subject == AccountabilitySubject.Organ) return measure.Person is null ? null : Refusal.Of(Codes.InvalidValue, "person", measure.Person);
        // The role of a person is that of the determination; who is not named there has none.
        if (measure.Person is null) return Refusal.Of(Codes.AccountabilityPersonWithoutRole, measure.Form);
        return fault.Persons.Any(p => p.Person == measure.Person) ? null : Refusal.Of(Codes.AccountabilityUnknownPerson, measure.Person);
    }

    private Refusal? CheckRequested(DateOnly on) => Last<ToleranceRequested>(on) is null ? Refusal.Of(Codes.ToleranceNotRequested, Iso(on)) : null;

    private Refusal? CheckGrant(ToleranceGranted f, AdmissionContext context)
    {
        if (Last<FaultDetermined>(f.GrantedOn) is not { } fault) return Refusal.Of(Codes.AccountabilityNoFault, Iso(f.GrantedOn));
        if (fault.ExcludedGrounds is [var ground, ..]) return Refusal.Of(Codes.ToleranceExcluded, ground);
        if (Last<ToleranceRequested>(f.GrantedOn) is not { } requested) return Refusal.Of(Codes.ToleranceNotRequested, Iso(f.GrantedOn));
        if (Last<ToleranceConsulted>(f.GrantedOn) is not { } consulted || consulted.ConsultedOn < requested.RequestedOn)
            return Refusal.Of(Codes.ToleranceNotConsulted, Iso(f.GrantedOn));
        if (f.Rectification is null) return CheckCorrection(f, context);
        var rectification = RectificationOf(f.Rectification, context);
        if (rectification.Opened is not { } opened || opened.OpenedOn > f.GrantedOn || !rectification.HasMeasureOn(f.GrantedOn))
            return Refusal.Of(Codes.ToleranceNoRectification, Iso(f.GrantedOn), f.Rectification);
        return opened.Unit == Opened!.Unit && (Opened.Loss is null || opened.Lawsuit == Opened.Loss.Lawsuit)
            ? null
            : Refusal.Of(Codes.ToleranceOtherRectification, f.Rectification);
    }

    // A finding is put right in its own file of supervision: what was reported after the instrument that is about it.
    private Refusal? CheckCorrection(ToleranceGranted f, AdmissionContext context)
    {
        IReadOnlyList<VisibleFact> file = Opened!.Finding is { } origin ? context.FactsOf(new Subject(StreamKind.Supervision, origin.Supervision)) : [];
        var instruments = file.Where(v => v.Fact switch
        {
            SupervisionNoticeIssued notice => notice.Findings.Contains(Opened.Finding!.Finding, StringComparer.Ordinal),
            SupervisionOpinionIssued opinion => opinion.Findings.Contains(Opened.Finding!.Finding, StringComparer.Ordinal),
            _ => false,
        }).Select(v => ((ISupervisionInstrument)v.Fact).DocumentNo).ToHashSet(StringComparer.Ordinal);
        return file.Any(v => v.Fact is SupervisionCorrectionReported report && instruments.Contains(report.DocumentNo) && report.ReportedOn <= f.GrantedOn)
            ? null
            : Refusal.Of(Codes.ToleranceNoRectification, Iso(f.GrantedOn), "—");
    }

    private Refusal? CheckStep(IFact fact, string code) =>
        _timeline.Admits(fact, default(Standing), Step) ? null : Refusal.Of(code, Iso(fact.LegalDate!.Value));

    private static Rectification RectificationOf(string rectification, AdmissionContext context) =>
        Rectification.Fold(rectification, context.FactsOf(new Subject(StreamKind.Rectification, rectification)));

    private static string Iso(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
