using Ledger.Domain.Facts;

namespace Ledger.Domain.Accountability;

/// <summary>容错情形 (domain.md §5)</summary>
public enum ToleranceCondition
{
    /// <summary>不可抗力、紧急避险</summary>
    ForceMajeure,
    /// <summary>相对人过错或者虚假材料</summary>
    PartyFault,
    /// <summary>法律政策不明确或者变化</summary>
    UnclearLaw,
    /// <summary>无明确限制的探索</summary>
    Exploration,
    /// <summary>依程序集体决策且无谋私</summary>
    CollectiveProcedure,
    /// <summary>执行上级错误决定并已提出异议</summary>
    SuperiorDecisionObjected,
    /// <summary>结果轻微并及时纠正</summary>
    MinorAndCorrected,
    /// <summary>危害显著轻微</summary>
    TrivialHarm,
}

/// <summary>征求意见的纪检监察机关</summary>
public enum DisciplineOrgan
{
    /// <summary>县纪委监委</summary>
    CountyCommission,
    /// <summary>派驻纪检监察组</summary>
    StationedGroup,
}

/// <summary>纪检监察机关意见</summary>
public enum ConsultOpinion
{
    /// <summary>同意</summary>
    Agrees,
    /// <summary>无不同意见</summary>
    NoObjection,
    /// <summary>不同意</summary>
    Disagrees,
}

/// <summary>不予容错理由</summary>
public enum ToleranceRejection
{
    /// <summary>不符合容错情形</summary>
    ConditionsNotMet,
    /// <summary>属于不予容错情形</summary>
    ExcludedGround,
    /// <summary>未同步整改</summary>
    NotCorrected,
    /// <summary>纪检监察机关不同意</summary>
    DisciplineDisagrees,
}

/// <summary>申请容错 (plan 3.4.2)</summary>
/// <param name="Conditions">The conditions that are said to be met, one at least.</param>
/// <param name="RequestedOn">The day.</param>
/// <param name="RequestedBy">Who asks.</param>
public sealed record ToleranceRequested(IReadOnlyList<ToleranceCondition> Conditions, DateOnly RequestedOn, [property: ActingPerson] string RequestedBy) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RequestedOn;
}

/// <summary>征求纪检监察机关意见 (plan 3.4.2)</summary>
/// <param name="Organ">The discipline organ.</param>
/// <param name="DocumentNo">The number of its opinion.</param>
/// <param name="Opinion">The opinion.</param>
/// <param name="ConsultedOn">The day of the opinion.</param>
public sealed record ToleranceConsulted(DisciplineOrgan Organ, string DocumentNo, ConsultOpinion Opinion, DateOnly ConsultedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ConsultedOn;
}

/// <summary>
/// 认定容错: the third terminal decision, by two persons. 容纠并举: something is being put right on the day, and the grant does not end it.
/// </summary>
/// <param name="Approval">The approval's key.</param>
/// <param name="GrantedOn">The day.</param>
/// <param name="Document">The hash of the decision.</param>
/// <param name="Rectification">
/// The rectification in progress: that of the loss. For a finding it may be left out, when its file holds a reported correction.
/// </param>
public sealed record ToleranceGranted(
    [property: StreamKey] string Approval, DateOnly GrantedOn, [property: Sha256] string Document, [property: StreamKey] string? Rectification = null) : INeedsApproval
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => GrantedOn;

    /// <inheritdoc/>
    public IEnumerable<Subject> FurtherSubjects => Rectification is null ? [] : [new Subject(StreamKind.Rectification, Rectification)];
}

/// <summary>不予认定容错: the case still needs a terminal decision.</summary>
/// <param name="Reasons">Why, one at least.</param>
/// <param name="RejectedOn">The day.</param>
public sealed record ToleranceRejected(IReadOnlyList<ToleranceRejection> Reasons, DateOnly RejectedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RejectedOn;
}

/// <summary>撤销容错: the case needs a new terminal decision.</summary>
/// <param name="Reason">Why.</param>
/// <param name="RevokedOn">The day.</param>
public sealed record ToleranceRevoked(string Reason, DateOnly RevokedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RevokedOn;
}
