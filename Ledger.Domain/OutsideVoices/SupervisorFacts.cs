using Ledger.Domain.Facts;

namespace Ledger.Domain.OutsideVoices;

/// <summary>Whom a lay supervisor speaks for.</summary>
public enum SupervisorKind
{
    /// <summary>人大代表</summary>
    CongressDeputy,

    /// <summary>政协委员</summary>
    PoliticalAdviser,

    /// <summary>企业和行业协会代表</summary>
    Business,

    /// <summary>新闻媒体代表</summary>
    Media,

    /// <summary>群众代表</summary>
    Resident,
}

/// <summary>What came of a feedback.</summary>
public enum FeedbackResult
{
    /// <summary>已纠正</summary>
    Corrected,

    /// <summary>不属实</summary>
    NotSubstantiated,

    /// <summary>已说明解释</summary>
    Explained,
}

/// <summary>
/// A fact that opens <c>supervisor/{key}</c> with a term: a lay supervisor, a contact point, or an external supervisor. A
/// stream is opened once, by one of them.
/// </summary>
public interface IBeginsTerm : IOpensStream
{
    /// <summary>The first day.</summary>
    DateOnly From { get; }

    /// <summary>The last day; null where there is none.</summary>
    DateOnly? Until { get; }
}

/// <summary>执法监督员聘任</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Kind">Whom the person speaks for.</param>
/// <param name="Organisation">Where the person comes from.</param>
/// <param name="From">The term's first day.</param>
/// <param name="To">The term's last day.</param>
public sealed record SupervisorAppointed([property: PersonalData] string Name, SupervisorKind Kind, string Organisation, DateOnly From, DateOnly To) : IBeginsTerm
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => From;

    /// <inheritdoc/>
    DateOnly? IBeginsTerm.Until => To;
}

/// <summary>监督员解聘: a lay or external supervisor leaves before the term ends.</summary>
/// <param name="RemovedOn">The last day.</param>
/// <param name="Reason">Why.</param>
public sealed record SupervisorRemoved(DateOnly RemovedOn, string Reason) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RemovedOn;
}

/// <summary>执法监督联系点设立</summary>
/// <param name="Name">The place: a firm, an association, a village or a community.</param>
/// <param name="EstablishedOn">From when.</param>
/// <param name="Township">The township in which it lies, in words.</param>
public sealed record ContactPointEstablished(string Name, DateOnly EstablishedOn, string? Township = null) : IBeginsTerm
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => EstablishedOn;

    /// <inheritdoc/>
    DateOnly IBeginsTerm.From => EstablishedOn;

    /// <inheritdoc/>
    DateOnly? IBeginsTerm.Until => null;
}

/// <summary>联系点撤销</summary>
/// <param name="ClosedOn">The last day.</param>
/// <param name="Reason">Why.</param>
public sealed record ContactPointClosed(DateOnly ClosedOn, string Reason) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ClosedOn;
}

/// <summary>监督员反映: a supervisor or a contact point reports a problem of a unit's enforcement.</summary>
/// <param name="Feedback">Its key within the stream.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Field">The field of administration.</param>
/// <param name="ReceivedOn">When.</param>
/// <param name="DueOn">By when the unit must handle it.</param>
public sealed record SupervisorFeedbackReceived(
    [property: StreamKey] string Feedback, [property: StreamKey] string Unit, string Field, DateOnly ReceivedOn, DateOnly? DueOn = null) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReceivedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>监督员反映办理</summary>
/// <param name="Feedback">The feedback's key.</param>
/// <param name="Unit">The unit that handled it.</param>
/// <param name="HandledOn">When.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Document">The SHA-256 of the proof.</param>
public sealed record SupervisorFeedbackHandled(
    [property: StreamKey] string Feedback, [property: StreamKey] string Unit, DateOnly HandledOn, FeedbackResult Result, [property: Sha256] string? Document = null)
    : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => HandledOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>The kinds of decision whose result is published.</summary>
public enum PublishedDecision
{
    /// <summary>行政处罚</summary>
    Penalty,

    /// <summary>行政许可</summary>
    Licence,

    /// <summary>行政强制</summary>
    Coercion,

    /// <summary>行政征收征用</summary>
    Expropriation,

    /// <summary>行政检查</summary>
    Inspection,

    /// <summary>Any other.</summary>
    Other,
}

/// <summary>执法公示: the result of a decision was made public (plan 3.3.3).</summary>
/// <param name="DecisionNo">The decision's number.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Url">Where it is to be read.</param>
/// <param name="DecidedOn">When it was made.</param>
/// <param name="PublishedOn">When it was published.</param>
public sealed record EnforcementResultPublished(string DecisionNo, PublishedDecision Kind, string Url, DateOnly DecidedOn, DateOnly PublishedOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PublishedOn;
}
