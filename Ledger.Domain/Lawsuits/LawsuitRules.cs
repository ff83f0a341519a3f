using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Units;

namespace Ledger.Domain.Lawsuits;

/// <content>The rules of the spine, in the order in which they apply (facts.md §3). What is not refused here is allowed.</content>
public sealed partial class Lawsuit
{
    /// <summary>Who files without having been a defendant may answer for one: the defendants' own streams say so.</summary>
    public IEnumerable<Subject> Needs(IFact fact) => fact switch
    {
        CaseFilingSubmitted { Unit: var unit } when !WasDefendant(unit) => EverDefendants.Select(Subject.Unit),
        LossFilingDocumentSubmitted { Unit: var unit } when !WasDefendant(unit) => EverDefendants.Select(Subject.Unit),
        _ => [],
    };

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) =>
        CheckDocketing(fact)
        ?? CheckUnits(fact, context)
        ?? CheckCaseNumber(fact, context)
        ?? fact switch
        {
            DefendantAdded f when IsDefendant(f.Unit) => Refusal.Of(Codes.DefendantAlreadyNamed, f.Unit),
            DefendantRemoved f => CheckDefendant(f.Unit),
            CaseConferenceHeld f => CheckDefendant(f.Unit),
            SelfCorrectionMade f => CheckDefendant(f.Unit),
            HearingHeld f => f.Attendances.Select(a => CheckDefendant(a.Unit)).FirstOrDefault(r => r is not null),
            JudgmentRendered f => CheckJudgment(f),
            ResponseMaterialsReceived f => CheckDefendant(f.Unit) ?? CheckMaterials(f),
            JudgmentReceived f => CheckDefendant(f.Unit) ?? CheckJudgmentReceipt(f),
            CaseFilingSubmitted f => Answered(f.Unit, DutyKind.CaseFiling, f.CaseNo, context) is { } unit
                ? CheckNotBefore(f.LegalDate!.Value, MaterialsOf(unit, f.CaseNo)?.ReceivedOn)
                : CheckDefendant(f.Unit),
            LossFilingDocumentSubmitted f => Answered(f.Unit, DutyKind.LossFiling, f.CaseNo, context) is { } unit
                ? CheckLossFiling(f, unit)
                : CheckDefendant(f.Unit),
            AppealFiled f => CheckRendered(f, f.FiledOn, Codes.AppealBeforeRendered),
            OutcomeBecameEffective f => CheckRendered(f, f.EffectiveOn, Codes.EffectiveBeforeRendered),
            SeriesLinked f when f.Series == Series => Refusal.Of(Codes.SeriesAlreadyLinked, f.Series),
            _ => null,
        };

    private Refusal? CheckDocketing(IFact fact) => fact switch
    {
        LawsuitDocketed when Docketed is not null => Refusal.Of(Codes.LawsuitAlreadyDocketed, Key),
        not LawsuitDocketed when Docketed is null => Refusal.Of(Codes.LawsuitNotFound, Key),
        _ => null,
    };

    private static Refusal? CheckUnits(IFact fact, AdmissionContext context) =>
        fact is INamesUnits named && named.NamedUnits.FirstOrDefault(unit => !context.IsRegistered(unit)) is { } unknown
            ? Refusal.Of(Codes.UnknownUnit, unknown)
            : null;

    private Refusal? CheckCaseNumber(IFact fact, AdmissionContext context)
    {
        if (fact is not INamesCase { CaseNo: var caseNo }) return null;
        if (CaseNumber.Parse(caseNo) is null) return Refusal.Of(Codes.CaseNumberInvalid, caseNo);
        if (fact is not IOpensInstance) return Instance(caseNo) is null ? Refusal.Of(Codes.CaseNumberUnknown, caseNo, Key) : null;
        var mine = Subject.Lawsuit(Key).ToString();
        if (Instance(caseNo) is not null) return Refusal.Of(Codes.CaseNumberTaken, caseNo, mine);
        return context.OwnerOf(caseNo) is { } owner && owner != mine ? Refusal.Of(Codes.CaseNumberTaken, caseNo, owner) : null;
    }

    private Refusal? CheckDefendant(string unit) => WasDefendant(unit) ? null : Refusal.Of(Codes.DefendantNotNamed, unit);

    private Refusal? CheckJudgment(JudgmentRendered f)
    {
        var instance = Instance(f.CaseNo)!;
        if (Document(f.CaseNo) is not null) return Refusal.Of(Codes.JudgmentAlreadyRendered, f.CaseNo);
        if (f.Level != instance.Level) return Refusal.Of(Codes.JudgmentLevelMismatch, f.CaseNo, instance.Level, f.Level);
        if (f.ClosedOn < instance.OpenedOn) return Refusal.Of(Codes.JudgmentBeforeOpened, Iso(f.ClosedOn), Iso(instance.OpenedOn));
        var named = f.Dispositions.Select(d => d.Unit).ToHashSet(StringComparer.Ordinal);
        if (EverDefendants.FirstOrDefault(u => !named.Contains(u) && IsDefendant(u, f.ClosedOn)) is { } missing)
            return Refusal.Of(Codes.JudgmentMissingDisposition, missing);
        if (named.FirstOrDefault(u => !WasDefendant(u)) is { } stranger) return Refusal.Of(Codes.JudgmentNotADefendant, stranger);
        var pairs = new HashSet<(string, Outcome)>();
        if (f.Dispositions.FirstOrDefault(d => !pairs.Add((d.Unit, d.Outcome))) is { } twice)
            return Refusal.Of(Codes.JudgmentDuplicateDisposition, twice.Unit, twice.Outcome);
        if (f.Level == InstanceLevel.First && f.Dispositions.FirstOrDefault(d => d.Outcome.ClassOf() == OutcomeClass.AppealOnly) is { } appealOnly)
            return Refusal.Of(Codes.JudgmentOutcomeNotAtLevel, appealOnly.Outcome);
        return null;
    }

    private Refusal? CheckMaterials(ResponseMaterialsReceived f)
    {
        if (f.ReceivedOn < Docketed!.DocketedOn) return Refusal.Of(Codes.ReceiptBeforeDocketed, Iso(f.ReceivedOn), Iso(Docketed.DocketedOn));
        return MaterialsOf(f.Unit, f.CaseNo) is { } known
            ? Refusal.Of(Codes.ReceiptAlreadyRecorded, f.Unit, f.CaseNo, Iso(known.ReceivedOn))
            : null;
    }

    private Refusal? CheckJudgmentReceipt(JudgmentReceived f) =>
        CheckRendered(f, f.ReceivedOn, Codes.JudgmentReceivedBeforeRendered)
        ?? (JudgmentOf(f.Unit, f.CaseNo) is { } known
            ? Refusal.Of(Codes.ReceiptAlreadyRecorded, f.Unit, f.CaseNo, Iso(known.ReceivedOn))
            : null);

    private Refusal? CheckLossFiling(LossFilingDocumentSubmitted f, string unit) =>
        CheckNotBefore(f.LegalDate!.Value, JudgmentOf(unit, f.CaseNo)?.ReceivedOn)
        ?? (Document(f.CaseNo) is { } document && LostIn(document, unit) ? null : Refusal.Of(Codes.FilingNotALoss, unit, f.CaseNo));

    // The defendant for whom a unit files: itself, or one whose duty was transferred to it (机构改革).
    private string? Answered(string unit, DutyKind kind, string caseNo, AdmissionContext context) => WasDefendant(unit)
        ? unit
        : EverDefendants.FirstOrDefault(defendant => context.FactsOf(Subject.Unit(defendant)).Any(v =>
            v.Fact is ObligationTransferred transfer && transfer.To == unit && transfer.IsAbout(kind, caseNo, null, null)));

    private Refusal? CheckRendered(INamesCase fact, DateOnly on, string tooEarly) => Document(fact.CaseNo) switch
    {
        null => Refusal.Of(Codes.JudgmentNotRendered, fact.CaseNo),
        { Rendered.ClosedOn: var closedOn } when on < closedOn => Refusal.Of(tooEarly, Iso(on), Iso(closedOn)),
        _ => null,
    };

    private static Refusal? CheckNotBefore(DateOnly filedOn, DateOnly? receivedOn) =>
        filedOn < receivedOn ? Refusal.Of(Codes.FilingBeforeReceipt, Iso(filedOn), Iso(receivedOn.Value)) : null;

    private static string Iso(DateOnly date) => date.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
