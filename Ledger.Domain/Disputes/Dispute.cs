using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Disputes;

/// <summary>Where a dispute stands.</summary>
public enum DisputeState
{
    /// <summary>已登记: nobody has guided the party yet.</summary>
    Recorded,

    /// <summary>已引导</summary>
    Guided,

    /// <summary>调解中</summary>
    InMediation,

    /// <summary>调解未成</summary>
    MediationFailed,

    /// <summary>复议中</summary>
    InReconsideration,

    /// <summary>复议已决: affirmed, dismissed or not accepted, and the party may still sue.</summary>
    ReconsiderationDecided,

    /// <summary>诉前化解: settled, or decided on reconsideration and not sued within the term.</summary>
    Resolved,

    /// <summary>进入诉讼</summary>
    InLitigation,
}

/// <summary>A dispute before court (诉前争议) as its facts tell it: the state and rules of <c>dispute/{key}</c>.</summary>
public sealed class Dispute(string key) : SubjectState(new Subject(StreamKind.Dispute, key))
{
    // The term for a suit after a decision on reconsideration, in natural days (APL §45).
    private const int SuitTerm = 15;

    private readonly List<VisibleFact> _path = [];

    /// <summary>The dispute's key.</summary>
    public string Key { get; } = key;

    /// <summary>Its registration; null while none is visible.</summary>
    public DisputeRecorded? Recorded { get; private set; }

    /// <summary>Its facts in the order in which they happened, ties by ledger sequence.</summary>
    public IEnumerable<VisibleFact> Path => _path.OrderBy(f => f.Fact.LegalDate).ThenBy(f => f.Sequence);

    /// <summary>The suits to which it led, the earliest first.</summary>
    public IEnumerable<DisputeEnteredLitigation> Suits => Of<DisputeEnteredLitigation>().OrderBy(e => e.EnteredOn);

    /// <summary>The petitions about it.</summary>
    public IEnumerable<DisputePetitionReceived> Petitions => Of<DisputePetitionReceived>();

    /// <summary>The agreements reached by mediation.</summary>
    public IEnumerable<PreLitigationMediationSucceeded> Agreements => Of<PreLitigationMediationSucceeded>();

    /// <summary>The decisions on reconsideration.</summary>
    public IEnumerable<ReconsiderationDecided> Decisions => Of<ReconsiderationDecided>();

    /// <summary>The day on which it was settled by agreement or by a correcting decision; null while it was not.</summary>
    public DateOnly? SettledOn => Agreements.Select(a => (DateOnly?)a.AgreedOn)
        .Concat(Decisions.Where(d => d.Decision.IsSettlement()).Select(d => (DateOnly?)d.DecidedOn)).Min();

    /// <summary>Folds the facts that had happened by a day.</summary>
    public static Dispute Fold(string key, IEnumerable<VisibleFact> facts)
    {
        var dispute = new Dispute(key);
        foreach (var fact in facts) dispute.Apply(fact);
        return dispute;
    }

    /// <summary>Whether an agreement has been performed.</summary>
    public bool IsPerformed(PreLitigationMediationSucceeded agreement) =>
        agreement.Performed || Of<MediationAgreementPerformed>().Any(p => p.MediationNo == agreement.MediationNo);

    /// <summary>Where it stands on a day.</summary>
    public DisputeState StateOn(DateOnly asOf, WorkingCalendar calendar)
    {
        if (Suits.Any()) return DisputeState.InLitigation;
        if (SettledOn is not null) return DisputeState.Resolved;
        if (Of<PreLitigationMediationStarted>().Any(m => !HasEnded(m.MediationNo))) return DisputeState.InMediation;
        if (Of<ReconsiderationFiled>().Any(r => !IsDecided(r.ReconsiderationNo))) return DisputeState.InReconsideration;
        // Who did not sue within the term has let the decision stand; the day of its service is not known, so it counts from its date.
        if (Decisions.Where(d => d.Decision.IsReviewed()).Select(d => (DateOnly?)d.DecidedOn).Max() is { } decided
            && calendar.AddNaturalDays(decided, SuitTerm).Day < asOf)
            return DisputeState.Resolved;
        return Decisions.Any() ? DisputeState.ReconsiderationDecided
            : Of<PreLitigationMediationFailed>().Any() ? DisputeState.MediationFailed
            : Of<NonLitigationGuidanceGiven>().Any() ? DisputeState.Guided
            : DisputeState.Recorded;
    }

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        NonLitigationGuidanceGiven { SuitRightStated: false } => Refusal.Of(Codes.DisputeSuitRightNotStated, Key),
        NonLitigationGuidanceGiven f => CheckNotSued(f.GuidedOn),
        PreLitigationMediationStarted f when Of<PreLitigationMediationStarted>().Any(m => m.MediationNo == f.MediationNo) =>
            Refusal.Of(Codes.DisputeMediationAlreadyStarted, f.MediationNo),
        PreLitigationMediationStarted f => CheckNotSued(f.StartedOn),
        PreLitigationMediationSucceeded f => CheckMediation(f.MediationNo, f.AgreedOn),
        PreLitigationMediationFailed f => CheckMediation(f.MediationNo, f.FailedOn),
        MediationAgreementPerformed f => CheckPerformance(f),
        ReconsiderationFiled f when Of<ReconsiderationFiled>().Any(r => r.ReconsiderationNo == f.ReconsiderationNo) =>
            Refusal.Of(Codes.DisputeReconsiderationAlreadyFiled, f.ReconsiderationNo),
        ReconsiderationFiled f => CheckNotSued(f.FiledOn),
        ReconsiderationDecided f => CheckDecision(f),
        DisputeEnteredLitigation f => CheckSuit(f, context),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        if (fact.Fact is DisputeRecorded recorded) Recorded ??= recorded;
        _path.Add(fact);
    }

    private IEnumerable<TFact> Of<TFact>()
        where TFact : IFact => _path.Select(f => f.Fact).OfType<TFact>();

    private bool HasEnded(string mediationNo) =>
        Agreements.Any(a => a.MediationNo == mediationNo) || Of<PreLitigationMediationFailed>().Any(f => f.MediationNo == mediationNo);

    private bool IsDecided(string reconsiderationNo) => Decisions.Any(d => d.ReconsiderationNo == reconsiderationNo);

    // From the day of the suit on, nothing may draw the party away from the court (APL §3; ARL23 §29).
    private Refusal? CheckNotSued(DateOnly on) => Suits.FirstOrDefault(s => s.EnteredOn <= on) is { } suit
        ? Refusal.Of(Codes.DisputeAlreadyInLitigation, Key, suit.Lawsuit, Iso(suit.EnteredOn))
        : null;

    private Refusal? CheckMediation(string mediationNo, DateOnly on)
    {
        if (Of<PreLitigationMediationStarted>().FirstOrDefault(m => m.MediationNo == mediationNo) is not { } started)
            return Refusal.Of(Codes.DisputeMediationNotStarted, mediationNo);
        if (HasEnded(mediationNo)) return Refusal.Of(Codes.DisputeMediationAlreadyEnded, mediationNo);
        return CheckOrder(on, started.StartedOn, nameof(PreLitigationMediationStarted));
    }

    private Refusal? CheckPerformance(MediationAgreementPerformed f) => Agreements.FirstOrDefault(a => a.MediationNo == f.MediationNo) switch
    {
        null => Refusal.Of(Codes.DisputeNoAgreement, f.MediationNo),
        var agreement when IsPerformed(agreement) => Refusal.Of(Codes.DisputeAgreementAlreadyPerformed, f.MediationNo),
        var agreement => CheckOrder(f.PerformedOn, agreement.AgreedOn, nameof(PreLitigationMediationSucceeded)),
    };

    private Refusal? CheckDecision(ReconsiderationDecided f)
    {
        if (Of<ReconsiderationFiled>().FirstOrDefault(r => r.ReconsiderationNo == f.ReconsiderationNo) is not { } filed)
            return Refusal.Of(Codes.DisputeReconsiderationNotFiled, f.ReconsiderationNo);
        if (IsDecided(f.ReconsiderationNo)) return Refusal.Of(Codes.DisputeReconsiderationAlreadyDecided, f.ReconsiderationNo);
        return CheckOrder(f.DecidedOn, filed.FiledOn, nameof(ReconsiderationFiled));
    }

    private Refusal? CheckSuit(DisputeEnteredLitigation f, AdmissionContext context)
    {
        if (Suits.Any(s => s.Lawsuit == f.Lawsuit)) return Refusal.Of(Codes.DisputeAlreadyLinked, f.Lawsuit);
        var subject = Subject.Lawsuit(f.Lawsuit);
        var lawsuit = Lawsuit.Fold(f.Lawsuit, context.FactsOf(subject), DateOnly.MaxValue);
        if (lawsuit.Docketed is not { } docketed) return Refusal.Of(Codes.SubjectNotFound, subject);
        if (!lawsuit.WasDefendant(Recorded!.Unit)) return Refusal.Of(Codes.DisputeNotADefendant, Recorded.Unit, f.Lawsuit);
        return CheckOrder(f.EnteredOn, Recorded.RecordedOn, nameof(DisputeRecorded)) ?? CheckOrder(f.EnteredOn, docketed.DocketedOn, nameof(LawsuitDocketed));
    }

    private static Refusal? CheckOrder(DateOnly on, DateOnly earliest, string of) =>
        on < earliest ? Refusal.Of(Codes.DateOutOfOrder, Iso(on), Iso(earliest), of) : null;

    private static string Iso(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
