using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Accountability;

/// <summary>The three ways in which a case ends.</summary>
public enum TerminalDecision
{
    /// <summary>追究</summary>
    Pursued,
    /// <summary>不予追究</summary>
    NotPursued,
    /// <summary>容错免责</summary>
    Tolerated,
}

/// <summary>How far a case is.</summary>
public enum AccountabilityStage
{
    /// <summary>线索登记</summary>
    Clue,
    /// <summary>调查中</summary>
    Investigating,
    /// <summary>调查终结</summary>
    Concluded,
    /// <summary>过错已认定</summary>
    FaultDetermined,
    /// <summary>追究</summary>
    Pursued,
    /// <summary>不予追究</summary>
    NotPursued,
    /// <summary>容错免责</summary>
    Tolerated,
    /// <summary>原决定已失效，须重新决定</summary>
    DecisionLapsed,
}

/// <summary>The decision that stands, and whether an appeal against it is pending.</summary>
/// <param name="Decision">The decision; null while none stands.</param>
/// <param name="AppealPending">Whether an appeal was filed and not decided.</param>
public readonly record struct Standing(TerminalDecision? Decision, bool AppealPending);

/// <summary>One fault case, from clue to terminal decision: the state and rules of <c>accountability/{key}</c>.</summary>
public sealed partial class AccountabilityCase(string key) : SubjectState(new Subject(StreamKind.Accountability, key))
{
    private readonly List<VisibleFact> _facts = [];
    private readonly Timeline _timeline = new();

    /// <summary>The stream.</summary>
    public Subject Stream => Subject;

    /// <summary>The fact that opened it; null while none is visible.</summary>
    public VisibleFact? OpenedBy { get; private set; }

    /// <summary>The clue.</summary>
    public FaultClueOpened? Opened => (FaultClueOpened?)OpenedBy?.Fact;

    /// <summary>Every fact, in the order of their dates.</summary>
    public IReadOnlyList<VisibleFact> Facts => [.. _facts.OrderBy(Timeline.OrderOf)];

    /// <summary>The determination of the fault in force.</summary>
    public FaultDetermined? Fault => Last<FaultDetermined>();

    /// <summary>Where it stands.</summary>
    public Standing Standing => _timeline.At(default(Standing), Step);

    /// <summary>The terminal decision that stands; null while none does.</summary>
    public VisibleFact? TerminalBy => Standing.Decision is null ? null : _timeline.Facts.Last(f => DecisionOf(f.Fact) is not null);

    /// <summary>How far it is.</summary>
    public AccountabilityStage Stage => Standing.Decision switch
    {
        TerminalDecision.Pursued => AccountabilityStage.Pursued,
        TerminalDecision.NotPursued => AccountabilityStage.NotPursued,
        TerminalDecision.Tolerated => AccountabilityStage.Tolerated,
        _ when _timeline.Facts.Any(f => DecisionOf(f.Fact) is not null) => AccountabilityStage.DecisionLapsed,
        _ when Fault is not null => AccountabilityStage.FaultDetermined,
        _ when Last<FaultInvestigationConcluded>() is not null => AccountabilityStage.Concluded,
        _ when Last<FaultInvestigationStarted>() is not null => AccountabilityStage.Investigating,
        _ => AccountabilityStage.Clue,
    };

    /// <summary>Folds a case.</summary>
    public static AccountabilityCase Fold(string key, IEnumerable<VisibleFact> facts)
    {
        var file = new AccountabilityCase(key);
        foreach (var fact in facts) file.Apply(fact);
        return file;
    }

    /// <summary>The cases of a situation.</summary>
    public static IReadOnlyList<AccountabilityCase> Of(Situation situation) =>
        [.. situation.Streams(StreamKind.Accountability).Select(s => Fold(s.Subject.Key, s.Facts)).Where(c => c.Opened is not null)];

    /// <summary>The last fact of a type by its date, on or before a day (null: of all).</summary>
    public TFact? Last<TFact>(DateOnly? upTo = null)
        where TFact : class, IFact => (TFact?)LastOf<TFact>(upTo)?.Fact;

    /// <summary>The last fact of a type by its date, on or before a day (null: of all).</summary>
    public VisibleFact? LastOf<TFact>(DateOnly? upTo = null)
        where TFact : class, IFact => _facts.Where(f => f.Fact is TFact && (upTo is null || f.Fact.LegalDate <= upTo)).MaxBy(Timeline.OrderOf);

    /// <summary>Whether a decision to pursue was set aside on appeal.</summary>
    public bool IsOverturned(VisibleFact decided) => _timeline.Facts.Any(f =>
        f.Fact is AccountabilityAppealDecided { Result: not AppealOutcome.Upheld } && Timeline.OrderOf(f).CompareTo(Timeline.OrderOf(decided)) > 0);

    /// <summary>Which terminal decision a fact is.</summary>
    public static TerminalDecision? DecisionOf(IFact fact) => fact switch
    {
        AccountabilityDecided => TerminalDecision.Pursued,
        AccountabilityNotPursued => TerminalDecision.NotPursued,
        ToleranceGranted => TerminalDecision.Tolerated,
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        _facts.Add(fact);
        switch (fact.Fact)
        {
            case FaultClueOpened: OpenedBy ??= fact; break;
            case AccountabilityDecided or AccountabilityNotPursued or ToleranceGranted or ToleranceRevoked or AccountabilityExecuted
                or AccountabilityAppealed or AccountabilityAppealDecided: _timeline.Add(fact); break;
            default: break;
        }
    }

    // From where a step can be taken, and where it leads: no second terminal decision while one stands.
    private static Standing? Step(Standing at, IFact fact) => (at.Decision, fact) switch
    {
        (null, AccountabilityDecided or AccountabilityNotPursued or ToleranceGranted) => new Standing(DecisionOf(fact), false),
        (TerminalDecision.Tolerated, ToleranceRevoked) => default(Standing),
        (TerminalDecision.Pursued, AccountabilityExecuted) => at,
        (TerminalDecision.Pursued, AccountabilityAppealed) when !at.AppealPending => at with { AppealPending = true },
        (TerminalDecision.Pursued, AccountabilityAppealDecided f) when at.AppealPending =>
            f.Result == AppealOutcome.Upheld ? at with { AppealPending = false } : default(Standing),
        _ => null,
    };
}
