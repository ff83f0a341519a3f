using System.Globalization;
using Ledger.Domain.Facts;

namespace Ledger.Domain.OutsideVoices;

/// <summary>
/// The rules of <c>supervisor/{key}</c> that hold for whoever it is: terms, their end, and the feedback within them. What
/// only external supervisors do is decided beside it.
/// </summary>
public sealed class SupervisorState(string key) : SubjectState(new Subject(StreamKind.Supervisor, key))
{
    private readonly List<SupervisorFeedbackReceived> _feedback = [];
    private readonly HashSet<string> _handled = new(StringComparer.Ordinal);
    private IBeginsTerm? _term;
    private DateOnly? _endedOn;

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        IBeginsTerm { Until: { } until } f when until < f.From => Refusal.Of(Codes.SupervisorTermReversed, Iso(until), Iso(f.From)),
        SupervisorRemoved f => _term is ContactPointEstablished ? Refusal.Of(Codes.SubjectNotFound, Subject) : CheckEnd(f.RemovedOn),
        ContactPointClosed f => _term is not ContactPointEstablished ? Refusal.Of(Codes.SubjectNotFound, Subject) : CheckEnd(f.ClosedOn),
        SupervisorFeedbackReceived f => CheckFeedback(f),
        SupervisorFeedbackHandled f => CheckHandled(f),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case IBeginsTerm f: _term ??= f; break;
            case SupervisorRemoved f: _endedOn ??= f.RemovedOn; break;
            case ContactPointClosed f: _endedOn ??= f.ClosedOn; break;
            case SupervisorFeedbackReceived f: _feedback.Add(f); break;
            case SupervisorFeedbackHandled f: _handled.Add(f.Feedback); break;
            default: break;
        }
    }

    // Whichever is recorded later: nothing was reported after the end.
    private Refusal? CheckEnd(DateOnly on) => _endedOn is not null ? Refusal.Of(Codes.SupervisorAlreadyEnded, key, Iso(_endedOn.Value))
        : on < _term!.From ? Refusal.OutOfOrder(on, _term.From, EventCatalog.NameOf(_term))
        : _feedback.OrderBy(f => f.ReceivedOn).LastOrDefault() is { } last && last.ReceivedOn > on
            ? Refusal.OutOfOrder(on, last.ReceivedOn, nameof(SupervisorFeedbackReceived))
        : null;

    private Refusal? CheckFeedback(SupervisorFeedbackReceived feedback) =>
        feedback.ReceivedOn < _term!.From || feedback.ReceivedOn > _term.Until || feedback.ReceivedOn > _endedOn
            ? Refusal.Of(Codes.FeedbackOutsideTerm, Iso(feedback.ReceivedOn), key)
        : _feedback.Exists(f => f.Feedback == feedback.Feedback) ? Refusal.Of(Codes.FeedbackAlreadyReceived, feedback.Feedback)
        : feedback.DueOn < feedback.ReceivedOn ? Refusal.OutOfOrder(feedback.DueOn.Value, feedback.ReceivedOn, nameof(SupervisorFeedbackReceived))
        : null;

    private Refusal? CheckHandled(SupervisorFeedbackHandled handled) =>
        _feedback.Find(f => f.Feedback == handled.Feedback && f.Unit == handled.Unit) is not { } feedback
            ? Refusal.Of(Codes.FeedbackNotFound, handled.Feedback, handled.Unit)
        : _handled.Contains(handled.Feedback) ? Refusal.Of(Codes.FeedbackAlreadyHandled, handled.Feedback)
        : handled.HandledOn < feedback.ReceivedOn ? Refusal.OutOfOrder(handled.HandledOn, feedback.ReceivedOn, nameof(SupervisorFeedbackReceived))
        : null;

    private static string Iso(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>The rules of publication in <c>unit/{unit}</c>.</summary>
public sealed class PublicationState : IStreamState
{
    private readonly HashSet<string> _published = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        EnforcementResultPublished f when !Uri.TryCreate(f.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") =>
            Refusal.Of(Codes.InvalidValue, "url", f.Url),
        EnforcementResultPublished f when _published.Contains(f.DecisionNo) => Refusal.Of(Codes.PublicationAlreadyMade, f.DecisionNo),
        EnforcementResultPublished f when f.PublishedOn < f.DecidedOn => Refusal.Of(
            Codes.DateOutOfOrder, f.PublishedOn.ToString("O", CultureInfo.InvariantCulture), f.DecidedOn.ToString("O", CultureInfo.InvariantCulture), "decidedOn"),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        if (fact.Fact is EnforcementResultPublished f) _published.Add(f.DecisionNo);
    }
}
