using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Rectifications;

/// <summary>Where the rectification of a loss stands.</summary>
public enum RectificationState
{
    /// <summary>未启动</summary>
    NotOpened,
    /// <summary>已启动</summary>
    Opened,
    /// <summary>整改中: measures were adopted.</summary>
    InProgress,
    /// <summary>待验收: reported as completed.</summary>
    Completed,
    /// <summary>已验收</summary>
    Verified,
    /// <summary>退回重改</summary>
    Reopened,
}

/// <summary>What a judgment orders and whether it was done.</summary>
/// <param name="Ordered">The order.</param>
/// <param name="Performed">The performance, if any.</param>
public sealed record Performance(VisibleFact Ordered, VisibleFact? Performed)
{
    /// <summary>The order.</summary>
    public JudgmentPerformanceOrdered Order => (JudgmentPerformanceOrdered)Ordered.Fact;
}

/// <summary>A measure and how far it is.</summary>
/// <param name="Fact">The fact that adopted it.</param>
/// <param name="DueOn">The last day, as a return of the rectification moved it.</param>
/// <param name="Percent">The last reported progress since it was adopted or returned.</param>
/// <param name="Done">The fact by which it was done; null while it is not.</param>
public sealed record MeasureState(VisibleFact Fact, DateOnly DueOn, int Percent, VisibleFact? Done)
{
    /// <summary>The measure.</summary>
    public RectificationMeasureAdopted Measure => (RectificationMeasureAdopted)Fact.Fact;
}

/// <summary>What a unit puts right after one loss, as its facts tell it: the state and rules of <c>rectification/{key}</c>.</summary>
public sealed partial class Rectification(string key) : SubjectState(new Subject(StreamKind.Rectification, key))
{
    private readonly List<VisibleFact> _analyses = [];
    private readonly List<VisibleFact> _causes = [];
    private readonly List<VisibleFact> _measures = [];
    private readonly List<VisibleFact> _progress = [];
    private readonly List<VisibleFact> _orders = [];
    private readonly List<VisibleFact> _performed = [];
    private readonly List<VisibleFact> _penalties = [];
    private readonly Timeline _timeline = new();

    /// <summary>The stream.</summary>
    public Subject Stream => Subject;

    /// <summary>The fact that opened it; null while none is visible.</summary>
    public VisibleFact? OpenedBy { get; private set; }

    /// <summary>The loss that it is about.</summary>
    public RectificationOpened? Opened => (RectificationOpened?)OpenedBy?.Fact;

    /// <summary>The analyses, in ledger order.</summary>
    public IReadOnlyList<VisibleFact> Analyses => _analyses;

    /// <summary>Completions, verifications and returns in the order of their dates.</summary>
    public Timeline Steps => _timeline;

    /// <summary>Withdrawals of published penalties, and statements that there is nothing to withdraw.</summary>
    public IReadOnlyList<VisibleFact> Penalties => _penalties;

    /// <summary>The first determination of the cause, by its date.</summary>
    public VisibleFact? FirstCause => _causes.MinBy(Timeline.OrderOf);

    /// <summary>The determination in force: the latest by its date, ties by ledger sequence.</summary>
    public VisibleFact? CauseBy => _causes.MaxBy(Timeline.OrderOf);

    /// <summary>The cause in force.</summary>
    public LossCauseDetermined? Cause => (LossCauseDetermined?)CauseBy?.Fact;

    /// <summary>The measures, by date of adoption.</summary>
    public IReadOnlyList<MeasureState> Measures => [.. _measures.OrderBy(Timeline.OrderOf).Select(StateOf)];

    /// <summary>What the judgment orders, and whether it was done.</summary>
    public IReadOnlyList<Performance> Performances =>
    [
        .. _orders.OrderBy(Timeline.OrderOf).Select(order => new Performance(order, _performed.Find(p =>
            ((JudgmentPerformed)p.Fact).Kind == ((JudgmentPerformanceOrdered)order.Fact).Kind))),
    ];

    /// <summary>Where it stands.</summary>
    public RectificationState State => OpenedBy is null ? RectificationState.NotOpened : _timeline.At(RectificationState.Opened, Step) switch
    {
        RectificationState.Opened when _measures.Count > 0 => RectificationState.InProgress,
        var state => state,
    };

    /// <summary>Folds a rectification.</summary>
    public static Rectification Fold(string key, IEnumerable<VisibleFact> facts)
    {
        var rectification = new Rectification(key);
        foreach (var fact in facts) rectification.Apply(fact);
        return rectification;
    }

    /// <summary>The cause that was in force on a day.</summary>
    public LossCauseDetermined? CauseOn(DateOnly day) =>
        (LossCauseDetermined?)_causes.Where(c => c.Fact.LegalDate <= day).MaxBy(Timeline.OrderOf)?.Fact;

    /// <summary>The verification that stood on a day: not followed by a return until then.</summary>
    public VisibleFact? VerificationOn(DateOnly day) =>
        _timeline.Facts.LastOrDefault(f => f.Fact.LegalDate <= day) is { Fact: RectificationVerified } verified ? verified : null;

    /// <summary>Whether a measure was adopted on or before a day.</summary>
    public bool HasMeasureOn(DateOnly day) => _measures.Exists(m => m.Fact.LegalDate <= day);

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case RectificationOpened: OpenedBy ??= fact; break;
            case LossAnalysisHeld: _analyses.Add(fact); break;
            case LossCauseDetermined: _causes.Add(fact); break;
            case RectificationMeasureAdopted: _measures.Add(fact); break;
            case RectificationProgressReported: _progress.Add(fact); break;
            case RectificationCompleted or RectificationVerified or RectificationReopened: _timeline.Add(fact); break;
            case JudgmentPerformanceOrdered: _orders.Add(fact); break;
            case JudgmentPerformed: _performed.Add(fact); break;
            case PublishedPenaltyWithdrawn or PenaltyNotPublishedStated: _penalties.Add(fact); break;
            default: break;
        }
    }

    // From which state a step can be taken, and where it leads.
    private static RectificationState? Step(RectificationState state, IFact fact) => (state, fact) switch
    {
        (RectificationState.Opened or RectificationState.Reopened, RectificationCompleted) => RectificationState.Completed,
        (RectificationState.Completed, RectificationVerified) => RectificationState.Verified,
        (RectificationState.Completed or RectificationState.Verified, RectificationReopened) => RectificationState.Reopened,
        _ => null,
    };

    // What was done before a return of the whole counts no more.
    private MeasureState StateOf(VisibleFact adopted)
    {
        var measure = (RectificationMeasureAdopted)adopted.Fact;
        var returned = _timeline.Facts.LastOrDefault(f => f.Fact is RectificationReopened && f.Fact.LegalDate >= measure.AdoptedOn);
        var since = returned is null ? Timeline.OrderOf(adopted) : Timeline.OrderOf(returned);
        var reports = _progress.Where(p => ((RectificationProgressReported)p.Fact).Measure == measure.Measure && IsSince(p)).OrderBy(Timeline.OrderOf).ToList();
        var completed = _timeline.Facts.FirstOrDefault(f => f.Fact is RectificationCompleted && IsSince(f));
        var done = reports.Find(p => ((RectificationProgressReported)p.Fact).Percent == 100);
        if (completed is not null && (done is null || Timeline.OrderOf(completed).CompareTo(Timeline.OrderOf(done)) < 0)) done = completed;
        var percent = completed is not null ? 100 : reports.Count == 0 ? 0 : ((RectificationProgressReported)reports[^1].Fact).Percent;
        return new MeasureState(adopted, (returned?.Fact as RectificationReopened)?.DueOn ?? measure.DueOn, percent, done);

        // A report of the day of adoption may have been recorded before the adoption was.
        bool IsSince(VisibleFact fact) => returned is null ? fact.Fact.LegalDate >= measure.AdoptedOn : Timeline.OrderOf(fact).CompareTo(since) > 0;
    }
}
