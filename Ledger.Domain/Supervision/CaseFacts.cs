using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>Where an individual-case supervision comes from.</summary>
public enum CaseSource
{
    /// <summary>投诉举报</summary>
    Complaint,

    /// <summary>法院败诉裁判</summary>
    LostLawsuit,

    /// <summary>检察建议或者线索</summary>
    Procuratorate,

    /// <summary>案卷评查</summary>
    FileReview,

    /// <summary>上级交办</summary>
    AssignedByHigherLevel,

    /// <summary>媒体反映</summary>
    Media,
}

/// <summary>Why a case is lifted to a higher level.</summary>
public enum ElevationReason
{
    /// <summary>社会影响重大</summary>
    MajorImpact,

    /// <summary>案情复杂疑难</summary>
    Complex,

    /// <summary>涉及多个地区或者部门</summary>
    CrossesUnits,

    /// <summary>本级不宜监督</summary>
    ConflictOfInterest,
}

/// <summary>On whom a penalty was imposed.</summary>
public enum PenaltyParty
{
    /// <summary>公民</summary>
    Person,

    /// <summary>法人或者其他组织</summary>
    Organisation,
}

/// <summary>The kind of a penalty.</summary>
public enum PenaltyKind
{
    /// <summary>罚款</summary>
    Fine,

    /// <summary>没收违法所得、非法财物</summary>
    Confiscation,

    /// <summary>责令停产停业</summary>
    ProductionSuspension,

    /// <summary>吊销许可证件</summary>
    LicenceRevocation,
}

/// <summary>What the review of a filed penalty came to.</summary>
public enum PenaltyReviewResult
{
    /// <summary>合法适当</summary>
    Lawful,

    /// <summary>存在瑕疵</summary>
    Flawed,

    /// <summary>违法或者不当</summary>
    Unlawful,
}

/// <summary>个案监督立案: opens the file of one case (plan 3.3.2).</summary>
/// <param name="Unit">The unit whose case it is.</param>
/// <param name="CaseReference">The number of the case or act.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="OpenedOn">When.</param>
/// <param name="DueOn">Until when it is to be concluded, when a day was set.</param>
public sealed record IndividualCaseSupervisionOpened(
    [property: StreamKey] string Unit, string CaseReference, CaseSource Source, DateOnly OpenedOn, DateOnly? DueOn = null) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => OpenedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>提级监督: a higher level supervises the case (plan 3.3.2: 重大案件提级监督).</summary>
/// <param name="CaseReference">The case, as it was opened.</param>
/// <param name="Superior">The organ of the higher level.</param>
/// <param name="Reason">Why.</param>
/// <param name="ElevatedOn">When.</param>
public sealed record CaseSupervisionElevated(string CaseReference, string Superior, ElevationReason Reason, DateOnly ElevatedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ElevatedOn;
}

/// <summary>个案监督办结</summary>
/// <param name="Conclusion">What it came to; a case is not closed without.</param>
/// <param name="Document">The report.</param>
/// <param name="ClosedOn">When.</param>
public sealed record IndividualCaseSupervisionClosed(string Conclusion, [property: Sha256] string Document, DateOnly ClosedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ClosedOn;
}

/// <summary>重大行政处罚备案: opens the file of one penalty decision (plan 3.3.2).</summary>
/// <param name="Unit">The unit that imposed it.</param>
/// <param name="DecisionNo">The decision.</param>
/// <param name="Party">On whom.</param>
/// <param name="Kind">What.</param>
/// <param name="DecidedOn">When it was decided.</param>
/// <param name="FiledOn">When it was filed.</param>
/// <param name="Amount">Fined or confiscated, in yuan; required for these two kinds.</param>
public sealed record MajorPenaltyFiled(
    [property: StreamKey] string Unit, string DecisionNo, PenaltyParty Party, PenaltyKind Kind, DateOnly DecidedOn, DateOnly FiledOn,
    decimal? Amount = null) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FiledOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>重大行政处罚备案审查</summary>
/// <param name="Result">What it came to.</param>
/// <param name="ReviewedOn">When.</param>
public sealed record MajorPenaltyReviewed(PenaltyReviewResult Result, DateOnly ReviewedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReviewedOn;
}
