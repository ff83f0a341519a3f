using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;

namespace Ledger.Domain.Supervision;

/// <summary>A finding as the file tells it.</summary>
/// <param name="Recorded">Where it was recorded.</param>
/// <param name="Decided">Where it was confirmed or dismissed.</param>
public sealed record Finding(VisibleFact Recorded, VisibleFact? Decided = null)
{
    /// <summary>What was found.</summary>
    public SupervisionFindingRecorded Found => (SupervisionFindingRecorded)Recorded.Fact;
}

/// <summary>An instrument and what came of it.</summary>
/// <param name="Issued">Where it was issued.</param>
public sealed record IssuedInstrument(VisibleFact Issued)
{
    /// <summary>The document.</summary>
    public ISupervisionInstrument Document => (ISupervisionInstrument)Issued.Fact;

    /// <summary>The reports about it.</summary>
    public IReadOnlyList<VisibleFact> Reports { get; init; } = [];

    /// <summary>The reports that were sent back, by their day.</summary>
    public IReadOnlyList<SupervisionCorrectionRejected> Rejections { get; init; } = [];

    /// <summary>The decision that followed because it was not handled.</summary>
    public VisibleFact? Decision { get; init; }

    /// <summary>The acts that were revoked, modified or confirmed unlawful after it.</summary>
    public IReadOnlyList<VisibleFact> Results { get; init; } = [];

    /// <summary>The first report that stands: it was not sent back by the day.</summary>
    public VisibleFact? Standing(DateOnly by) => Reports.Where(r => !Rejections.Any(x => x.ReportedOn == r.Fact.LegalDate && x.RejectedOn <= by))
        .OrderBy(r => r.Fact.LegalDate).ThenBy(r => r.Sequence).FirstOrDefault();

    /// <summary>Whether the unit handled it within its term, as judged by a day.</summary>
    public bool HandledInTerm(DateOnly by) => Standing(by)?.Fact.LegalDate <= Document.TermEndsOn;
}

/// <summary>
/// Findings and the instruments that follow, in the order of HN16 §43: an opinion sets a term, the unit reports, and only what
/// was not handled within the term is decided.
/// </summary>
public sealed class Findings : IStreamState
{
    private readonly Dictionary<string, Finding> _findings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IssuedInstrument> _instruments = new(StringComparer.Ordinal);

    /// <summary>The findings by key.</summary>
    public IReadOnlyDictionary<string, Finding> All => _findings;

    /// <summary>The instruments by document number.</summary>
    public IReadOnlyDictionary<string, IssuedInstrument> Instruments => _instruments;

    /// <summary>Folds a file.</summary>
    public static Findings Fold(IEnumerable<VisibleFact> facts)
    {
        var state = new Findings();
        foreach (var fact in facts) state.Apply(fact);
        return state;
    }

    /// <summary>The findings that an instrument is about.</summary>
    public static IReadOnlyList<string> FindingsOf(ISupervisionInstrument document) => document switch
    {
        SupervisionNoticeIssued f => f.Findings,
        SupervisionOpinionIssued f => f.Findings,
        _ => [],
    };

    /// <inheritdoc/>
    public IEnumerable<Subject> Needs(IFact fact) => fact switch
    {
        ISupervisionInstrument f => f.NamedSubjects,
        SupervisionCorrectionReported f when _instruments.TryGetValue(f.DocumentNo, out var of) => [Subject.Unit(of.Document.Unit)],
        _ => [],
    };

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        SupervisionFindingRecorded f when _findings.ContainsKey(f.Finding) => Refusal.Of(Codes.SupervisionFindingRecorded, f.Finding),
        SupervisionFindingConfirmed f => CheckFindingDecided(f.Finding, f.Unit, f.ConfirmedOn),
        SupervisionFindingDismissed f => CheckFindingDecided(f.Finding, f.Unit, f.DismissedOn),
        LicenceCertificateSuspended { Months: < 1 } f => Refusal.Of(Codes.InvalidValue, "months", f.Months),
        LicenceCertificateSuspended f => CheckFinding(f.Finding, f.Unit, f.SuspendedOn),
        ISupervisionInstrument f => CheckInstrument(f, context),
        SupervisionCorrectionReported f => CheckReport(f, context),
        SupervisionCorrectionRejected f => CheckRejection(f),
        EnforcementActRevoked f => CheckResult(f.Unit, f.DocumentNo, f.RevokedOn, SupervisionDecisionKind.Revoke),
        EnforcementActModified f => CheckResult(f.Unit, f.DocumentNo, f.ModifiedOn, SupervisionDecisionKind.Modify),
        EnforcementActConfirmedUnlawful f => CheckResult(f.Unit, f.DocumentNo, f.ConfirmedOn, SupervisionDecisionKind.ConfirmUnlawful),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case SupervisionFindingRecorded f: _findings.TryAdd(f.Finding, new Finding(fact)); break;
            case SupervisionFindingConfirmed f: Decided(f.Finding, fact); break;
            case SupervisionFindingDismissed f: Decided(f.Finding, fact); break;
            case ISupervisionInstrument f:
                _instruments.TryAdd(f.DocumentNo, new IssuedInstrument(fact));
                if (f is SupervisionDecisionIssued { Prior: { } prior }) Of(prior, i => i with { Decision = i.Decision ?? fact });
                break;
            case SupervisionCorrectionReported f: Of(f.DocumentNo, i => i with { Reports = [.. i.Reports, fact] }); break;
            case SupervisionCorrectionRejected f: Of(f.DocumentNo, i => i with { Rejections = [.. i.Rejections, f] }); break;
            case EnforcementActRevoked { DocumentNo: var no }: Of(no, i => i with { Results = [.. i.Results, fact] }); break;
            case EnforcementActModified { DocumentNo: var no }: Of(no, i => i with { Results = [.. i.Results, fact] }); break;
            case EnforcementActConfirmedUnlawful { DocumentNo: var no }: Of(no, i => i with { Results = [.. i.Results, fact] }); break;
            default: break;
        }
    }

    private void Decided(string finding, VisibleFact by)
    {
        if (_findings.TryGetValue(finding, out var of)) _findings[finding] = of with { Decided = of.Decided ?? by };
    }

    private void Of(string documentNo, Func<IssuedInstrument, IssuedInstrument> change)
    {
        if (_instruments.TryGetValue(documentNo, out var of)) _instruments[documentNo] = change(of);
    }

    private Refusal? CheckFinding(string finding, string unit, DateOnly on) =>
        !_findings.TryGetValue(finding, out var of) ? Refusal.Of(Codes.SupervisionFindingUnknown, finding)
        : of.Found.Unit != unit ? Refusal.Of(Codes.SupervisionOtherUnit, finding, unit)
        : Order.Check(on, of.Found.FoundOn, "发现问题");

    private Refusal? CheckFindingDecided(string finding, string unit, DateOnly on) =>
        CheckFinding(finding, unit, on)
        ?? (_findings[finding].Decided is { } decided ? Refusal.Of(Codes.SupervisionFindingDecided, finding, EventCatalog.EntryOf(decided.Fact).Chinese) : null);

    private Refusal? CheckInstrument(ISupervisionInstrument document, AdmissionContext context)
    {
        var (type, on) = (InstrumentTypes.TypeOf(document), document.LegalDate!.Value);
        if (_instruments.ContainsKey(document.DocumentNo)) return Refusal.Of(Codes.SupervisionDocumentTaken, document.DocumentNo);
        var policy = document.InstrumentRule is { } id ? context.FactsOf(new Subject(StreamKind.Policy, id)) : null;
        if (InstrumentTypes.RuleFor(type, on, policy) is not { } rule) return Refusal.Of(Codes.SupervisionInstrumentNotInForce, type, on.ToString("O"));
        if (document.TermEndsOn is { } term && Order.Check(term, on, "监督文书印发") is { } early) return early;
        if (document is not SupervisionDecisionIssued && FindingsOf(document).Count == 0) return Refusal.Of(Codes.SupervisionFindingUnknown, "");
        foreach (var finding in FindingsOf(document))
            if (CheckFinding(finding, document.Unit, on) is { } refusal)
                return refusal;
        return document is SupervisionDecisionIssued decision ? CheckDecision(decision, rule) : null;
    }

    private Refusal? CheckDecision(SupervisionDecisionIssued decision, SupervisionInstrumentAdopted rule)
    {
        if (decision.Prior is null) return rule.RequiresPrior is { } required ? Refusal.Of(Codes.SupervisionDecisionWithoutPrior, decision.DocumentNo, required) : null;
        if (!_instruments.TryGetValue(decision.Prior, out var prior)) return Refusal.Of(Codes.SupervisionDocumentUnknown, decision.Prior);
        if (rule.RequiresPrior is { } type && InstrumentTypes.TypeOf(prior.Document) != type)
            return Refusal.Of(Codes.SupervisionDecisionWithoutPrior, decision.DocumentNo, type);
        if (prior.Document.Unit != decision.Unit) return Refusal.Of(Codes.SupervisionOtherUnit, decision.Prior, decision.Unit);
        if (prior.Document.TermEndsOn is not { } term || decision.IssuedOn <= term)
            return Refusal.Of(Codes.SupervisionTermRunning, decision.Prior, prior.Document.TermEndsOn?.ToString("O") ?? "");
        return prior.HandledInTerm(decision.IssuedOn) ? Refusal.Of(Codes.SupervisionPriorHandled, decision.Prior) : null;
    }

    private Refusal? CheckReport(SupervisionCorrectionReported report, AdmissionContext context)
    {
        if (!_instruments.TryGetValue(report.DocumentNo, out var of)) return Refusal.Of(Codes.SupervisionDocumentUnknown, report.DocumentNo);
        return report.Unit != of.Document.Unit && !TookOver(report, of.Document.Unit, context)
            ? Refusal.Of(Codes.SupervisionOtherUnit, report.DocumentNo, report.Unit)
            : Order.Check(report.ReportedOn, of.Document.LegalDate!.Value, "监督文书印发");
    }

    private static bool TookOver(SupervisionCorrectionReported report, string from, AdmissionContext context) =>
        context.FactsOf(Subject.Unit(from)).Any(v => v.Fact is ObligationTransferred t && t.To == report.Unit
            && t.IsAbout(DutyKind.SupervisionCorrection, null, report.DocumentNo, null));

    private Refusal? CheckRejection(SupervisionCorrectionRejected rejection)
    {
        if (!_instruments.TryGetValue(rejection.DocumentNo, out var of)) return Refusal.Of(Codes.SupervisionDocumentUnknown, rejection.DocumentNo);
        if (!of.Reports.Any(r => r.Fact.LegalDate == rejection.ReportedOn))
            return Refusal.Of(Codes.SupervisionReportUnknown, rejection.DocumentNo, rejection.ReportedOn.ToString("O"));
        return of.Rejections.Any(r => r.ReportedOn == rejection.ReportedOn)
            ? Refusal.Of(Codes.SupervisionReportRejected, rejection.DocumentNo, rejection.ReportedOn.ToString("O"))
            : Order.Check(rejection.RejectedOn, rejection.ReportedOn, "纠正情况报告");
    }

    // After a notice or an opinion the unit itself chooses how it corrects; a decision says what becomes of the act.
    private Refusal? CheckResult(string unit, string documentNo, DateOnly on, SupervisionDecisionKind kind) =>
        !_instruments.TryGetValue(documentNo, out var of) ? Refusal.Of(Codes.SupervisionDocumentUnknown, documentNo)
        : of.Document.Unit != unit ? Refusal.Of(Codes.SupervisionOtherUnit, documentNo, unit)
        : of.Document is SupervisionDecisionIssued decision && decision.Kind != kind ? Refusal.Of(Codes.SupervisionResultNotOrdered, documentNo, decision.Kind, kind)
        : Order.Check(on, of.Document.LegalDate!.Value, "监督文书印发");
}
