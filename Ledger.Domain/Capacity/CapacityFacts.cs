using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.OutsideVoices;

namespace Ledger.Domain.Capacity;

/// <summary>What a unit learned about its acts from the disputes of a period.</summary>
/// <param name="Cause">The kind of weakness, by the codes of loss causes.</param>
/// <param name="Text">The finding in words.</param>
public sealed record AnalysisFinding(LossCause Cause, string Text);

/// <summary>涉诉争议定期分析: a unit looked at its acts again from the court's point of view (plan 4.2).</summary>
/// <param name="Period">The period analysed.</param>
/// <param name="Findings">What was found; empty when the period had no dispute.</param>
/// <param name="Document">The report's SHA-256.</param>
/// <param name="FiledOn">When it was filed.</param>
public sealed record PeriodicDisputeAnalysisFiled(
    [property: Period] string Period, IReadOnlyList<AnalysisFinding> Findings, [property: Sha256] string Document, DateOnly FiledOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FiledOn;
}

/// <summary>Whom a training is for.</summary>
public enum TrainingAudience
{
    /// <summary>执法人员</summary>
    Officers,

    /// <summary>执法监督人员</summary>
    Supervisors,
}

/// <summary>培训举办 (plan 4.3)</summary>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Hours">How many class hours (学时).</param>
/// <param name="HeldOn">Its first day.</param>
/// <param name="Organiser">Who held it, in words.</param>
/// <param name="Units">The units that it is for.</param>
public sealed record TrainingHeld(TrainingAudience Audience, string Topic, int Hours, DateOnly HeldOn, string Organiser, IReadOnlyList<string> Units) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => HeldOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Units;
}

/// <summary>人员完训: how many people of a unit attended and passed.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Attended">How many attended.</param>
/// <param name="Passed">How many passed.</param>
/// <param name="CompletedOn">When.</param>
public sealed record TrainingCompleted([property: StreamKey] string Unit, int Attended, int Passed, DateOnly CompletedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => CompletedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>力量配备报告: a unit's officers, cases and full-time supervisors in a year (plan 4.3).</summary>
/// <param name="Unit">The unit, the same as the stream's key.</param>
/// <param name="Year">The year.</param>
/// <param name="Officers">Enforcement officers.</param>
/// <param name="Cases">Enforcement cases in the year.</param>
/// <param name="FullTimeSupervisors">Officers who supervise enforcement and do nothing else.</param>
/// <param name="ReportedOn">When it was reported.</param>
public sealed record StaffingFigureReported(
    [property: StreamKey] string Unit, int Year, int Officers, int Cases, int FullTimeSupervisors, DateOnly ReportedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReportedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>What the office of establishment answered.</summary>
public enum ConsultResult
{
    /// <summary>同意</summary>
    Agreed,

    /// <summary>部分同意</summary>
    PartlyAgreed,

    /// <summary>待研究</summary>
    Deferred,

    /// <summary>不同意</summary>
    Declined,
}

/// <summary>与编制部门沟通: posts for supervisors were asked for (plan 4.3).</summary>
/// <param name="Unit">The unit, the same as the stream's key.</param>
/// <param name="DocumentNo">The letter's number.</param>
/// <param name="ConsultedOn">When.</param>
/// <param name="Result">What was answered.</param>
/// <param name="PostsGranted">How many posts were granted.</param>
public sealed record EstablishmentConsulted(
    [property: StreamKey] string Unit, string DocumentNo, DateOnly ConsultedOn, ConsultResult Result, int? PostsGranted = null) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ConsultedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>Where an external supervisor comes from (plan 4.3).</summary>
public enum ExternalBackground
{
    /// <summary>法学理论研究工作者</summary>
    Scholar,

    /// <summary>律师</summary>
    Lawyer,

    /// <summary>退休法官</summary>
    RetiredJudge,

    /// <summary>退休检察官</summary>
    RetiredProcurator,
}

/// <summary>编制外监督人员入库</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Background">Where the person comes from.</param>
/// <param name="From">The term's first day.</param>
/// <param name="To">The term's last day.</param>
/// <param name="Conflicts">The keys of the lawsuits in which the person declares a conflict of interest.</param>
public sealed record ExternalSupervisorEnlisted(
    [property: PersonalData] string Name, ExternalBackground Background, DateOnly From, DateOnly To, IReadOnlyList<string> Conflicts) : IBeginsTerm
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => From;

    /// <inheritdoc/>
    DateOnly? IBeginsTerm.Until => To;
}

/// <summary>利益冲突申报: a conflict that arose after the person was enlisted.</summary>
/// <param name="Lawsuit">The lawsuit's key.</param>
/// <param name="DeclaredOn">When it was declared.</param>
public sealed record ExternalConflictDeclared([property: StreamKey] string Lawsuit, DateOnly DeclaredOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DeclaredOn;
}

/// <summary>编制外监督人员参与个案: the person supervises in the matter of a lawsuit.</summary>
/// <param name="Lawsuit">The lawsuit's key.</param>
/// <param name="AssignedOn">When.</param>
public sealed record ExternalSupervisorAssigned([property: StreamKey] string Lawsuit, DateOnly AssignedOn) : INamesSubjects
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => AssignedOn;

    /// <inheritdoc/>
    public IEnumerable<Subject> NamedSubjects => [Subject.Lawsuit(Lawsuit)];
}

/// <summary>The standing mechanisms of the plan.</summary>
public enum Mechanism
{
    /// <summary>行政诉讼案件通报机制 (3.2.3)</summary>
    LitigationBulletin,

    /// <summary>府院联动机制 (4.1)</summary>
    Coordination,

    /// <summary>监督力量上下联动机制 (4.3)</summary>
    TieredSupervision,

    /// <summary>执法人员标准化培训体系 (4.3)</summary>
    StandardizedTraining,
}

/// <summary>Who issues the document of a mechanism.</summary>
public enum MechanismIssuer
{
    /// <summary>县法院</summary>
    Court,

    /// <summary>县司法行政部门</summary>
    JusticeBureau,

    /// <summary>县委依法治县委员会办公室</summary>
    RuleOfLawOffice,

    /// <summary>府院联动联席会议办公室</summary>
    JointConference,

    /// <summary>县政府</summary>
    CountyGovernment,
}

/// <summary>机制文件印发: a standing mechanism was laid down (plan 3.2.3, 4.1, 4.3).</summary>
/// <param name="Mechanism">The mechanism.</param>
/// <param name="DocumentNo">The document's number.</param>
/// <param name="Issuers">Who issued it.</param>
/// <param name="IssuedOn">When.</param>
/// <param name="Document">Its SHA-256.</param>
public sealed record MechanismDocumentIssued(
    Mechanism Mechanism, string DocumentNo, IReadOnlyList<MechanismIssuer> Issuers, DateOnly IssuedOn, [property: Sha256] string Document) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => IssuedOn;
}

/// <summary>What a post of a unit answers for (plan 4.1).</summary>
public enum ResponsibilityField
{
    /// <summary>应诉和报备</summary>
    Litigation,

    /// <summary>争议化解</summary>
    DisputeResolution,

    /// <summary>败诉整改</summary>
    Rectification,

    /// <summary>法制审核</summary>
    LegalReview,

    /// <summary>内部执法监督</summary>
    InternalSupervision,

    /// <summary>人员培训</summary>
    Training,
}

/// <summary>责任分工确定: from a day on a post of the unit answers for a field of the plan; a later one replaces it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Post">The post, not a person's name.</param>
/// <param name="From">From when.</param>
/// <param name="To">Until when, where that is known.</param>
public sealed record ResponsibilityAssigned(ResponsibilityField Field, string Post, DateOnly From, DateOnly? To = null) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => From;
}

/// <summary>上下联动监督: supervisors of this unit went out together with those of others (plan 4.3).</summary>
/// <param name="Topic">What was supervised.</param>
/// <param name="With">The other units that took part.</param>
/// <param name="HeldOn">When.</param>
/// <param name="Supervisors">How many supervisors took part.</param>
/// <param name="Findings">How many problems were found.</param>
public sealed record JointSupervisionHeld(string Topic, IReadOnlyList<string> With, DateOnly HeldOn, int Supervisors, int Findings) : IUnitFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => HeldOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => With;
}
