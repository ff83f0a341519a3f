using Ledger.Domain.Facts;

namespace Ledger.Domain.Assessments;

/// <summary>A fact of <c>assessment/{unit}-{year}</c>.</summary>
public interface IAssessmentFact : INamesUnits
{
    /// <summary>The unit.</summary>
    string Unit { get; }

    /// <summary>The year.</summary>
    int Year { get; }

    /// <summary>The stream that it belongs to.</summary>
    Subject Stream => AssessmentState.Of(Unit, Year);
}

/// <summary>不得评优 (plan 4.4e): a unit that the annual ranking bars is told so; two persons stand for it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Year">The year.</param>
/// <param name="Rank">Its rank, as in the ranking.</param>
/// <param name="LossRate">Its loss rate, as in the ranking.</param>
/// <param name="BarredOn">When.</param>
/// <param name="Approval">The approval's key.</param>
public sealed record ExcellentGradeBarred(
    [property: StreamKey] string Unit, int Year, int Rank, Ratio LossRate, DateOnly BarredOn, [property: StreamKey] string Approval) : IAssessmentFact, INeedsApproval
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => BarredOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public IEnumerable<Subject> FurtherSubjects => [AnnualRankingState.Of(Year)];
}

/// <summary>不得评优解除: a restated ranking no longer bars the unit; nothing else lifts a bar, and two persons stand for it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Year">The year.</param>
/// <param name="Restatement">The number of the restatement of the annual ranking.</param>
/// <param name="LiftedOn">When.</param>
/// <param name="Approval">The approval's key.</param>
public sealed record ExcellentBarLifted(
    [property: StreamKey] string Unit, int Year, int Restatement, DateOnly LiftedOn, [property: StreamKey] string Approval) : IAssessmentFact, INeedsApproval
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => LiftedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public IEnumerable<Subject> FurtherSubjects => [AnnualRankingState.Of(Year)];
}

/// <summary>Which of the two annual examinations an item belongs to (plan 4.4a).</summary>
public enum AssessmentScheme
{
    /// <summary>法治督察</summary>
    Inspection,

    /// <summary>法治政府建设考核</summary>
    Assessment,
}

/// <summary>An item of the index system: what the plan asks of a unit.</summary>
public enum AssessmentItem
{
    /// <summary>发案量</summary>
    CaseVolume,

    /// <summary>败诉率</summary>
    LossRate,

    /// <summary>调撤和实质性化解</summary>
    DisputeResolution,

    /// <summary>负责人出庭应诉</summary>
    HeadAttendance,

    /// <summary>应诉报备和败诉报备</summary>
    PromptReporting,

    /// <summary>败诉整改</summary>
    Rectification,

    /// <summary>内部监督制度</summary>
    InternalControl,

    /// <summary>接受监督、纠正问题</summary>
    Supervision,

    /// <summary>执法公示和投诉办理</summary>
    OutsideVoices,

    /// <summary>责任追究</summary>
    Accountability,

    /// <summary>队伍建设和培训</summary>
    Capacity,

    /// <summary>社会满意度</summary>
    Satisfaction,
}

/// <summary>考核计分 (plan 4.4a): an item of a unit's inspection or assessment is scored. A later score of the item replaces it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Year">The year.</param>
/// <param name="Scheme">Inspection or assessment.</param>
/// <param name="Item">The item.</param>
/// <param name="Points">The points that were given.</param>
/// <param name="Of">The points that the item has.</param>
/// <param name="ScoredOn">When.</param>
/// <param name="ScoredBy">Who.</param>
public sealed record AssessmentItemScored(
    [property: StreamKey] string Unit, int Year, AssessmentScheme Scheme, AssessmentItem Item, int Points, int Of, DateOnly ScoredOn,
    [property: ActingPerson] string ScoredBy) : IAssessmentFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ScoredOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>考核等次</summary>
public enum AssessmentGrade
{
    /// <summary>优秀</summary>
    Excellent,

    /// <summary>良好</summary>
    Good,

    /// <summary>合格</summary>
    Qualified,

    /// <summary>不合格</summary>
    Unqualified,
}

/// <summary>考核定等 (plan 4.4a, 4.4e): a unit's grade of a year; never excellent for a barred unit. A later grade replaces it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Year">The year.</param>
/// <param name="Grade">The grade.</param>
/// <param name="GradedOn">When; the year is over.</param>
public sealed record AssessmentGraded([property: StreamKey] string Unit, int Year, AssessmentGrade Grade, DateOnly GradedOn) : IAssessmentFact, INamesSubjects
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => GradedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public IEnumerable<Subject> NamedSubjects => [AnnualRankingState.Of(Year)];
}
