using Ledger.Domain.Facts;

namespace Ledger.Domain.Accountability;

/// <summary>Who investigates.</summary>
public enum InvestigatingOrgan
{
    /// <summary>县司法行政部门</summary>
    SupervisingOffice,
    /// <summary>本单位</summary>
    OwnUnit,
    /// <summary>上级行政执法机关</summary>
    SuperiorOrgan,
    /// <summary>监察机关</summary>
    SupervisoryCommission,
}

/// <summary>过错类型 (domain.md §5)</summary>
public enum FaultType
{
    /// <summary>证据不足</summary>
    InsufficientEvidence,
    /// <summary>适用依据错误</summary>
    WrongLegalBasis,
    /// <summary>违反法定程序</summary>
    ProceduralViolation,
    /// <summary>超越职权</summary>
    ExceededAuthority,
    /// <summary>滥用职权</summary>
    AbusedAuthority,
    /// <summary>明显不当</summary>
    ManifestlyImproper,
    /// <summary>不履行或者拖延履行职责</summary>
    NonPerformance,
    /// <summary>无资格执法</summary>
    UnqualifiedEnforcement,
    /// <summary>消极应诉</summary>
    PassiveResponse,
    /// <summary>拒不履行裁判</summary>
    JudgmentNotPerformed,
    /// <summary>拒不整改</summary>
    RectificationRefused,
    /// <summary>瞒报漏报</summary>
    Concealment,
}

/// <summary>过错程度</summary>
public enum FaultSeverity
{
    /// <summary>显著轻微</summary>
    Trivial,
    /// <summary>一般</summary>
    Ordinary,
    /// <summary>严重</summary>
    Serious,
}

/// <summary>责任类型</summary>
public enum LiabilityRole
{
    /// <summary>承办人</summary>
    Handler,
    /// <summary>审核人</summary>
    Reviewer,
    /// <summary>批准人</summary>
    Approver,
    /// <summary>主管领导</summary>
    HeadInCharge,
    /// <summary>集体决策</summary>
    CollectiveDecision,
}

/// <summary>Grounds that exclude tolerance for ever (不予容错).</summary>
public enum ExcludedGround
{
    /// <summary>明知故犯</summary>
    KnowingViolation,
    /// <summary>谋取私利</summary>
    PrivateGain,
    /// <summary>造成重大损失</summary>
    GreatLoss,
    /// <summary>拒不纠正</summary>
    CorrectionRefused,
    /// <summary>徇私舞弊</summary>
    Favouritism,
}

/// <summary>从轻、从重情节</summary>
public enum FaultCircumstance
{
    /// <summary>主动纠正</summary>
    SelfCorrected,
    /// <summary>未造成后果</summary>
    NoConsequence,
    /// <summary>因上级错误决定</summary>
    SuperiorError,
    /// <summary>一年内三次以上</summary>
    RepeatedWithinYear,
    /// <summary>抗拒调查</summary>
    Obstruction,
    /// <summary>打击报复</summary>
    Retaliation,
}

/// <summary>不予追究理由</summary>
public enum NotPursuedReason
{
    /// <summary>没有过错</summary>
    NoFault,
    /// <summary>显著轻微且已纠正</summary>
    TrivialAndCorrected,
    /// <summary>不可抗力</summary>
    ForceMajeure,
    /// <summary>相对人提供虚假材料</summary>
    PartyFraud,
    /// <summary>执行上级决定并已提出异议</summary>
    SuperiorDecisionObjected,
    /// <summary>法律政策不明确或者变化</summary>
    UnclearLaw,
    /// <summary>同一事实已经处理</summary>
    AlreadyDealtWith,
}

/// <summary>申诉途径</summary>
public enum AppealKind
{
    /// <summary>复核</summary>
    Review,
    /// <summary>申诉</summary>
    Appeal,
}

/// <summary>申诉、复核结果</summary>
public enum AppealOutcome
{
    /// <summary>维持</summary>
    Upheld,
    /// <summary>变更: a new decision must follow.</summary>
    Changed,
    /// <summary>撤销: a new decision must follow.</summary>
    Revoked,
}

/// <summary>The loss from which a clue comes.</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The document in which the unit lost.</param>
/// <param name="Rectification">The loss's rectification.</param>
public sealed record LossOrigin([property: StreamKey] string Lawsuit, string CaseNo, [property: StreamKey] string Rectification);

/// <summary>The finding of supervision from which a clue comes.</summary>
/// <param name="Supervision">The supervision file.</param>
/// <param name="Finding">The finding within it.</param>
public sealed record FindingOrigin([property: StreamKey] string Supervision, [property: StreamKey] string Finding);

/// <summary>过错线索登记: from a loss or from a confirmed finding. Opens the stream (plan 3.4.1).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="OpenedOn">The day.</param>
/// <param name="Loss">The loss; exactly one of the two origins is given.</param>
/// <param name="Finding">The finding.</param>
public sealed record FaultClueOpened([property: StreamKey] string Unit, DateOnly OpenedOn, LossOrigin? Loss = null, FindingOrigin? Finding = null)
    : IOpensStream, INamesUnits, INamesSubjects
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => OpenedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public IEnumerable<Subject> NamedSubjects
    {
        get
        {
            if (Loss is not null) yield return new Subject(StreamKind.Rectification, Loss.Rectification);
            if (Finding is not null) yield return new Subject(StreamKind.Supervision, Finding.Supervision);
        }
    }
}

/// <summary>过错调查启动</summary>
/// <param name="Organ">Who investigates.</param>
/// <param name="Investigators">How many people, two at least.</param>
/// <param name="StartedOn">The day.</param>
public sealed record FaultInvestigationStarted(InvestigatingOrgan Organ, int Investigators, DateOnly StartedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => StartedOn;
}

/// <summary>过错调查终结</summary>
/// <param name="FaultFound">Whether a fault was found.</param>
/// <param name="Report">The hash of the report.</param>
/// <param name="ConcludedOn">The day.</param>
public sealed record FaultInvestigationConcluded(bool FaultFound, [property: Sha256] string Report, DateOnly ConcludedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ConcludedOn;
}

/// <summary>A person who is liable.</summary>
/// <param name="Person">The person's key within the case, which is no name.</param>
/// <param name="Name">The name: personal data.</param>
/// <param name="Role">As what the person is liable.</param>
public sealed record LiablePerson([property: StreamKey] string Person, [property: PersonalData] string Name, LiabilityRole Role);

/// <summary>过错认定; a later one replaces an earlier one.</summary>
/// <param name="Types">What the fault is, one type at least.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Persons">Who is liable; empty when only the unit is.</param>
/// <param name="DeterminedOn">The day.</param>
/// <param name="DeterminedBy">Who determined it.</param>
/// <param name="ExcludedGrounds">Grounds for which it can never be tolerated.</param>
/// <param name="Circumstances">What weighs for or against.</param>
public sealed record FaultDetermined(
    IReadOnlyList<FaultType> Types, FaultSeverity Severity, IReadOnlyList<LiablePerson> Persons, DateOnly DeterminedOn, [property: ActingPerson] string DeterminedBy,
    IReadOnlyList<ExcludedGround>? ExcludedGrounds = null, IReadOnlyList<FaultCircumstance>? Circumstances = null) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DeterminedOn;
}

/// <summary>One form against one subject.</summary>
/// <param name="Subject">An organ or a person.</param>
/// <param name="Form">The form.</param>
/// <param name="Authority">Who decided on it.</param>
/// <param name="Person">The person's key in the determination of the fault, which says the role; for a person only.</param>
public sealed record AccountabilityMeasure(
    AccountabilitySubject Subject, AccountabilityForm Form, DecidingAuthority Authority, [property: StreamKey] string? Person = null);

/// <summary>追责决定: the first of three terminal decisions (plan 3.4.1).</summary>
/// <param name="Measures">The forms, one at least.</param>
/// <param name="DocumentNo">The number of the decision.</param>
/// <param name="DecidedOn">The day.</param>
public sealed record AccountabilityDecided(IReadOnlyList<AccountabilityMeasure> Measures, string DocumentNo, DateOnly DecidedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DecidedOn;
}

/// <summary>不予追究: the second terminal decision, with its reasons.</summary>
/// <param name="Reasons">The reasons, one at least.</param>
/// <param name="Document">The hash of the reasoned decision.</param>
/// <param name="DecidedOn">The day.</param>
public sealed record AccountabilityNotPursued(IReadOnlyList<NotPursuedReason> Reasons, [property: Sha256] string Document, DateOnly DecidedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DecidedOn;
}

/// <summary>追责执行</summary>
/// <param name="ExecutedOn">The day.</param>
/// <param name="Document">The hash of the document that shows it.</param>
public sealed record AccountabilityExecuted(DateOnly ExecutedOn, [property: Sha256] string Document) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ExecutedOn;
}

/// <summary>对追责决定申请复核、申诉</summary>
/// <param name="Kind">Which way.</param>
/// <param name="By">The unit or a person.</param>
/// <param name="FiledOn">The day.</param>
public sealed record AccountabilityAppealed(AppealKind Kind, AccountabilitySubject By, DateOnly FiledOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FiledOn;
}

/// <summary>复核、申诉决定: unless it upholds the decision, the case needs a new one.</summary>
/// <param name="Result">The result.</param>
/// <param name="DocumentNo">Its number.</param>
/// <param name="DecidedOn">The day.</param>
public sealed record AccountabilityAppealDecided(AppealOutcome Result, string DocumentNo, DateOnly DecidedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DecidedOn;
}

/// <summary>移送监察委员会: it decides nothing here; the case still ends in a decision.</summary>
/// <param name="DocumentNo">The number of the transfer.</param>
/// <param name="TransferredOn">The day.</param>
public sealed record CaseTransferredToSupervisoryCommission(string DocumentNo, DateOnly TransferredOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => TransferredOn;
}
