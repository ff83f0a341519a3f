using Ledger.Domain.Facts;

namespace Ledger.Domain.InternalControl;

/// <summary>The five internal systems of supervision (plan 3.3.1).</summary>
public enum InternalSystem
{
    /// <summary>重大执法决定法制审核</summary>
    LegalReview,

    /// <summary>重大复杂案件集体讨论</summary>
    CollectiveDiscussion,

    /// <summary>执法案卷评查</summary>
    CaseFileReview,

    /// <summary>执法评议考核</summary>
    EnforcementEvaluation,

    /// <summary>执法投诉举报</summary>
    ComplaintHandling,
}

/// <summary>How grave a risk point is.</summary>
public enum RiskLevel
{
    /// <summary>红：重大风险</summary>
    Red,

    /// <summary>橙：较大风险</summary>
    Orange,

    /// <summary>黄：一般风险</summary>
    Yellow,

    /// <summary>绿：低风险</summary>
    Green,
}

/// <summary>What the legal review of a major decision came to.</summary>
public enum LegalOpinion
{
    /// <summary>同意</summary>
    Agree,

    /// <summary>修改后同意</summary>
    AgreeAfterRevision,

    /// <summary>不同意</summary>
    Disagree,
}

/// <summary>A place in the work of enforcement where things go wrong.</summary>
/// <param name="Code">Its code within the unit's list.</param>
/// <param name="Name">What it is.</param>
/// <param name="Level">How grave.</param>
/// <param name="Control">What is done against it.</param>
public sealed record RiskPoint(string Code, string Name, RiskLevel Level, string Control);

/// <summary>执法责任制建立: the unit's responsibility system was laid down (plan 3.3.1).</summary>
/// <param name="DocumentNo">The number of the document.</param>
/// <param name="Document">Its SHA-256.</param>
/// <param name="AdoptedOn">When.</param>
public sealed record ResponsibilitySystemAdopted(string DocumentNo, [property: Sha256] string Document, DateOnly AdoptedOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => AdoptedOn;
}

/// <summary>岗责清单公布: the list of posts and of what each is responsible for (plan 3.3.1).</summary>
/// <param name="Posts">How many posts it has.</param>
/// <param name="Duties">How many duties it divides among them.</param>
/// <param name="Document">The list's SHA-256.</param>
/// <param name="PublishedOn">When.</param>
public sealed record PostDutyListPublished(int Posts, int Duties, [property: Sha256] string Document, DateOnly PublishedOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PublishedOn;
}

/// <summary>风险点清单更新: the whole list of risk points as it stands from this day (plan 3.3.1); it replaces the one before.</summary>
/// <param name="Points">The points.</param>
/// <param name="UpdatedOn">When.</param>
public sealed record RiskPointListUpdated(IReadOnlyList<RiskPoint> Points, DateOnly UpdatedOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => UpdatedOn;
}

/// <summary>内部制度落实备案: that one of the five systems was at work in a year (plan 3.3.1).</summary>
/// <param name="System">The system.</param>
/// <param name="Year">The year.</param>
/// <param name="Items">How many matters went through it in the year.</param>
/// <param name="Document">The evidence's SHA-256.</param>
/// <param name="FiledOn">When it was filed.</param>
public sealed record InternalSystemEvidenceFiled(
    InternalSystem System, int Year, int Items, [property: Sha256] string Document, DateOnly FiledOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FiledOn;
}

/// <summary>重大执法决定法制审核: a major decision was reviewed before it was made (plan 3.3.1; 河南省行政执法条例 28条).</summary>
/// <param name="DecisionNo">The decision's number, or that of its draft.</param>
/// <param name="ReviewedOn">When it was reviewed.</param>
/// <param name="Opinion">What the review came to.</param>
/// <param name="Document">The opinion's SHA-256.</param>
/// <param name="DecidedOn">When the decision was made; absent while it is not.</param>
public sealed record MajorDecisionLegalReviewed(
    string DecisionNo, DateOnly ReviewedOn, LegalOpinion Opinion, [property: Sha256] string Document, DateOnly? DecidedOn = null) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReviewedOn;
}

/// <summary>重大案件集体讨论: the heads of the unit discussed a grave or complex case before deciding (plan 3.3.1).</summary>
/// <param name="DecisionNo">The decision's number, or that of its draft.</param>
/// <param name="HeldOn">When.</param>
/// <param name="Participants">How many took part.</param>
/// <param name="Minutes">The minutes' SHA-256.</param>
/// <param name="Dissenting">How many dissented; they bear no fault of a collective decision.</param>
public sealed record CollectiveDiscussionHeld(
    string DecisionNo, DateOnly HeldOn, int Participants, [property: Sha256] string Minutes, int? Dissenting = null) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => HeldOn;
}

/// <summary>裁量基准制定: a benchmark for the use of discretion was adopted (plan 3.3.1).</summary>
/// <param name="Benchmark">Its key within the unit.</param>
/// <param name="ActType">The kind of act that it governs (行政行为种类).</param>
/// <param name="Document">Its SHA-256.</param>
/// <param name="AdoptedOn">When.</param>
/// <param name="Replaces">The key of the benchmark that it replaces.</param>
public sealed record DiscretionBenchmarkAdopted(
    [property: StreamKey] string Benchmark, string ActType, [property: Sha256] string Document, DateOnly AdoptedOn,
    [property: StreamKey] string? Replaces = null) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => AdoptedOn;
}

/// <summary>无未履职事项声明: every duty registered for the unit before the year was performed in it (plan 3.3.2).</summary>
/// <param name="Year">The year; it must be over.</param>
/// <param name="SubmittedOn">When.</param>
public sealed record NilStatementSubmitted(int Year, DateOnly SubmittedOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => SubmittedOn;
}
