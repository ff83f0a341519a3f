namespace Ledger.Domain.Facts;

/// <summary>Which states the rules of a stream read: the spine's own, then those of the areas of the plan.</summary>
internal static class StreamStates
{
    public static IStreamState New(Subject subject)
    {
        var spine = Spine(subject);
        var areas = Plan.Areas.StatesOf(subject.Kind);
        if (areas.Count == 0) return spine ?? throw new ArgumentOutOfRangeException(nameof(subject));
        var states = areas.Select(state => state(subject.Key));
        return new Several(spine is null ? [.. states] : [spine, .. states]);
    }

    private static IStreamState? Spine(Subject subject) => subject.Kind switch
    {
        StreamKind.Unit => new Units.Unit(subject.Key),
        StreamKind.Lawsuit => new Lawsuits.Lawsuit(subject.Key),
        StreamKind.Policy => new Policies.PolicyStream(subject.Key),
        StreamKind.Calendar => new Calendar.CalendarStream(),
        StreamKind.Benchmark => new Benchmarks.BenchmarkStream(),
        _ => null,
    };

    /// <summary>Several states of one stream, each with rules for the facts that it knows; the first refusal counts.</summary>
    private sealed class Several(IReadOnlyList<IStreamState> states) : IStreamState
    {
        public Refusal? Check(IFact fact, AdmissionContext context)
        {
            foreach (var state in states)
                if (state.Check(fact, context) is { } refusal)
                    return refusal;
            return null;
        }

        public void Apply(VisibleFact fact)
        {
            foreach (var state in states) state.Apply(fact);
        }

        public IEnumerable<Subject> Needs(IFact fact) => states.SelectMany(state => state.Needs(fact));
    }
}

/// <summary>
/// The state of a stream of an area of the plan. What all such streams have in common is decided here: units must be
/// registered, a stream is opened once and before anything else, what needs approval has it; the rest is the area's.
/// </summary>
/// <param name="subject">The stream.</param>
public abstract class SubjectState(Subject subject) : IStreamState
{
    private bool _opened;

    /// <summary>The stream.</summary>
    protected Subject Subject => subject;

    /// <summary>Whether the stream must begin with an <see cref="IOpensStream"/>; else any fact may be its first.</summary>
    protected virtual bool MustBeOpened => true;

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) =>
        CheckUnits(fact, context)
        ?? fact switch
        {
            IOpensStream when _opened => Refusal.Of(Codes.SubjectAlreadyOpened, subject),
            not IOpensStream when !_opened && MustBeOpened => Refusal.Of(Codes.SubjectNotFound, subject),
            _ => null,
        }
        ?? Decide(fact, context)
        ?? (fact is INeedsApproval needs ? Approvals.Approval.CheckGranted(needs, subject, context) : null);

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        _opened |= fact.Fact is IOpensStream;
        Fold(fact);
    }

    /// <inheritdoc/>
    public virtual IEnumerable<Subject> Needs(IFact fact) => fact is INamesSubjects named ? named.NamedSubjects : [];

    /// <summary>Why the area's own rules refuse the fact; null when they do not.</summary>
    protected abstract Refusal? Decide(IFact fact, AdmissionContext context);

    /// <summary>Folds one more visible fact.</summary>
    protected abstract void Fold(VisibleFact fact);

    private static Refusal? CheckUnits(IFact fact, AdmissionContext context) =>
        fact is INamesUnits named && named.NamedUnits.FirstOrDefault(unit => !context.IsRegistered(unit)) is { } unknown
            ? Refusal.Of(Codes.UnknownUnit, unknown)
            : null;
}
