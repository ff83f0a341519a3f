using Ledger.Domain.Facts;

namespace Ledger.Domain.Lawsuits;

/// <summary>Whether the suit is an administrative or a compensation (行赔) one.</summary>
public enum LawsuitCategory
{
    /// <summary>行政</summary>
    Administrative,
    /// <summary>行政赔偿</summary>
    Compensation,
}

/// <summary>In what capacity a unit is sued.</summary>
public enum DefendantCapacity
{
    /// <summary>单独被告</summary>
    Sole,
    /// <summary>共同被告</summary>
    Joint,
    /// <summary>复议维持的共同被告 (APL §26)</summary>
    ReconsiderationJoint,
}

/// <summary>The level of an instance; the order decides between documents of one day (counting-rules.md §2).</summary>
public enum InstanceLevel
{
    /// <summary>一审</summary>
    First,
    /// <summary>二审</summary>
    Second,
    /// <summary>申请再审</summary>
    Petition,
    /// <summary>再审</summary>
    Retrial,
}

/// <summary>Kind of court document.</summary>
public enum DocumentKind
{
    /// <summary>判决书</summary>
    Judgment,
    /// <summary>裁定书</summary>
    Ruling,
    /// <summary>调解书</summary>
    Mediation,
}

/// <summary>败诉风险 of a case conference.</summary>
public enum LossRisk
{
    /// <summary>红</summary>
    Red,
    /// <summary>橙</summary>
    Orange,
    /// <summary>黄</summary>
    Yellow,
    /// <summary>绿</summary>
    Green,
}

/// <summary>自行纠正 (最高法《行政诉讼撤诉规定》§§3–4).</summary>
public enum SelfCorrectionKind
{
    /// <summary>撤销原行为</summary>
    ActRevoked,
    /// <summary>改变原行为</summary>
    ActChanged,
    /// <summary>履行职责</summary>
    DutyPerformed,
    /// <summary>补救、补偿</summary>
    Remedied,
    /// <summary>和解</summary>
    Settled,
}

/// <summary>Who came to court for a unit (法释〔2020〕3号 §2).</summary>
public enum Attendee
{
    /// <summary>正职</summary>
    Principal,
    /// <summary>副职</summary>
    Deputy,
    /// <summary>参与分管的负责人</summary>
    HeadInCharge,
    /// <summary>仅工作人员</summary>
    StaffOnly,
    /// <summary>仅律师</summary>
    LawyerOnly,
    /// <summary>无人</summary>
    None,
}

/// <summary>Whether the head's absence was excused (法释〔2020〕3号 §8).</summary>
public enum Absence
{
    /// <summary>有正当理由</summary>
    Justified,
    /// <summary>无正当理由</summary>
    Unjustified,
}

/// <summary>The three documents of a loss filing (plan 3.2.3).</summary>
public enum LossDocument
{
    /// <summary>裁判文书</summary>
    JudicialDocument,
    /// <summary>败诉原因分析报告</summary>
    CauseAnalysis,
    /// <summary>下一步整改措施</summary>
    RectificationMeasures,
}

/// <summary>Who appealed.</summary>
public enum Appellant
{
    /// <summary>原告</summary>
    Plaintiff,
    /// <summary>被告</summary>
    Defendant,
    /// <summary>双方</summary>
    Both,
}

/// <summary>Why an outcome took effect.</summary>
public enum EffectiveBasis
{
    /// <summary>上诉期满</summary>
    AppealPeriodExpired,
    /// <summary>二审裁判</summary>
    SecondInstance,
    /// <summary>调解书签收</summary>
    MediationSigned,
    /// <summary>裁定送达</summary>
    RulingServed,
    /// <summary>法院通知</summary>
    CourtNotice,
}

/// <summary>A defendant unit.</summary>
/// <param name="Unit">The unit's key.</param>
/// <param name="Capacity">In what capacity it is sued.</param>
public sealed record Defendant([property: StreamKey] string Unit, DefendantCapacity Capacity);

/// <summary>立案. A refused docketing (不予立案) is a lawsuit too: its docketedOn is the day on which the complaint was registered.</summary>
/// <param name="CaseNo">The first instance's case number.</param>
/// <param name="Court">The court, in words.</param>
/// <param name="DocketedOn">The day of docketing.</param>
/// <param name="Category">Administrative or compensation.</param>
/// <param name="Cause">案由</param>
/// <param name="Field">行政管理领域</param>
/// <param name="ActType">行政行为种类</param>
/// <param name="Defendants">The defendant units.</param>
/// <param name="Township">Where the dispute arose, when known.</param>
/// <param name="Plaintiffs">Plaintiffs' names: personal data.</param>
/// <param name="Series">The series (串案) that the lawsuit belongs to, when known at docketing.</param>
public sealed record LawsuitDocketed(
    string CaseNo,
    string Court,
    DateOnly DocketedOn,
    LawsuitCategory Category,
    string Cause,
    string Field,
    string ActType,
    IReadOnlyList<Defendant> Defendants,
    string? Township = null,
    [property: PersonalData] IReadOnlyList<string>? Plaintiffs = null,
    string? Series = null) : ILawsuitFact, IOpensInstance, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DocketedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Defendants.Select(d => d.Unit);

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>追加被告</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Capacity">Its capacity.</param>
/// <param name="AddedOn">The day.</param>
public sealed record DefendantAdded([property: StreamKey] string Unit, DefendantCapacity Capacity, DateOnly AddedOn)
    : ILawsuitFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => AddedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>变更、退出被告</summary>
/// <param name="Unit">The unit.</param>
/// <param name="RemovedOn">The day.</param>
/// <param name="Reason">Why.</param>
public sealed record DefendantRemoved([property: StreamKey] string Unit, DateOnly RemovedOn, string Reason)
    : ILawsuitFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RemovedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>串案关联</summary>
/// <param name="Series">The series' name.</param>
/// <param name="LinkedOn">The day.</param>
/// <param name="Reason">Why.</param>
public sealed record SeriesLinked(string Series, DateOnly LinkedOn, string Reason) : ILawsuitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => LinkedOn;
}

/// <summary>收到应诉材料: opens the three-working-day filing (plan 3.2.3).</summary>
/// <param name="Unit">The unit that received them.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="ReceivedOn">The day of receipt, which is day 0.</param>
public sealed record ResponseMaterialsReceived([property: StreamKey] string Unit, string CaseNo, DateOnly ReceivedOn)
    : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReceivedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>应诉报备</summary>
/// <param name="Unit">The unit that filed.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
public sealed record CaseFilingSubmitted([property: StreamKey] string Unit, string CaseNo, DateTimeOffset SubmittedAt)
    : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ShanghaiTime.DateOf(SubmittedAt);

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>提交答辩状和证据 (APL §67)</summary>
/// <param name="Unit">The unit.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="SubmittedOn">The day.</param>
public sealed record AnswerSubmitted([property: StreamKey] string Unit, string CaseNo, DateOnly SubmittedOn)
    : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => SubmittedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>案情研讨 (plan 3.2.2); two of a day are two.</summary>
/// <param name="Unit">The unit that held it.</param>
/// <param name="HeldOn">The day.</param>
/// <param name="Risk">The assessed risk of losing.</param>
/// <param name="Plan">What follows from it.</param>
public sealed record CaseConferenceHeld([property: StreamKey] string Unit, DateOnly HeldOn, LossRisk Risk, string? Plan = null)
    : ILawsuitFact, INamesUnits, IRepeatable
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => HeldOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>自行纠正 of the act under challenge (plan 3.2.2)</summary>
/// <param name="Unit">The unit.</param>
/// <param name="MadeOn">The day.</param>
/// <param name="Kind">What was done.</param>
/// <param name="CourtInformedOn">When the court was told in writing (SPC18 §81), if it was.</param>
public sealed record SelfCorrectionMade(
    [property: StreamKey] string Unit, DateOnly MadeOn, SelfCorrectionKind Kind, DateOnly? CourtInformedOn = null)
    : ILawsuitFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => MadeOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>Who came to a hearing for a unit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="By">Who came.</param>
/// <param name="Absence">Whether the head's absence was excused.</param>
/// <param name="Reason">The excuse.</param>
public sealed record Attendance([property: StreamKey] string Unit, Attendee By, Absence? Absence = null, string? Reason = null);

/// <summary>开庭; two of a day are two.</summary>
/// <param name="CaseNo">The instance.</param>
/// <param name="HeldOn">The day.</param>
/// <param name="OpenCourt">Whether it was a hearing in open court; only those count for attendance.</param>
/// <param name="Attendances">Who came, unit by unit.</param>
public sealed record HearingHeld(string CaseNo, DateOnly HeldOn, bool OpenCourt, IReadOnlyList<Attendance> Attendances)
    : ILawsuitFact, INamesCase, INamesUnits, IRepeatable
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => HeldOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Attendances.Select(a => a.Unit);

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>A further instance. A remand, a transfer to another court or an order to docket opens a new First.</summary>
/// <param name="Level">The level.</param>
/// <param name="CaseNo">Its case number.</param>
/// <param name="Court">The court, in words.</param>
/// <param name="OpenedOn">The day.</param>
public sealed record InstanceOpened(InstanceLevel Level, string CaseNo, string Court, DateOnly OpenedOn) : ILawsuitFact, IOpensInstance
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => OpenedOn;

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>上诉</summary>
/// <param name="CaseNo">The case number of the document appealed against.</param>
/// <param name="By">Who appealed.</param>
/// <param name="FiledOn">The day.</param>
public sealed record AppealFiled(string CaseNo, Appellant By, DateOnly FiledOn) : ILawsuitFact, INamesCase
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FiledOn;

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>What a document says for one unit.</summary>
/// <param name="Unit">The defendant unit.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Causes">Why it lost, when the document says so.</param>
/// <param name="Amount">Money awarded, in yuan.</param>
public sealed record Disposition(
    [property: StreamKey] string Unit, Outcome Outcome, IReadOnlyList<LossCause>? Causes = null, decimal? Amount = null);

/// <summary>裁判文书作出. A corrective or supplementary ruling is a correction of it.</summary>
/// <param name="CaseNo">The instance.</param>
/// <param name="Level">The instance's level.</param>
/// <param name="Kind">Kind of document.</param>
/// <param name="ClosedOn">结案日</param>
/// <param name="Dispositions">At least one for each defendant.</param>
public sealed record JudgmentRendered(
    string CaseNo, InstanceLevel Level, DocumentKind Kind, DateOnly ClosedOn, IReadOnlyList<Disposition> Dispositions)
    : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ClosedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Dispositions.Select(d => d.Unit);

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>收到裁判文书: opens the five-working-day loss filing when the unit lost (plan 3.2.3), and the appeal period.</summary>
/// <param name="Unit">The unit that received it.</param>
/// <param name="CaseNo">The document's case number.</param>
/// <param name="ReceivedOn">The day of receipt, which is day 0.</param>
public sealed record JudgmentReceived([property: StreamKey] string Unit, string CaseNo, DateOnly ReceivedOn)
    : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReceivedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>败诉材料提交: one of the three documents of a loss filing (plan 3.2.3)</summary>
/// <param name="Unit">The unit that filed.</param>
/// <param name="CaseNo">The court document's case number.</param>
/// <param name="Document">Which of the three.</param>
/// <param name="SubmittedAt">When.</param>
/// <param name="Sha256">The document's hash, hexadecimal.</param>
public sealed record LossFilingDocumentSubmitted(
    [property: StreamKey] string Unit,
    string CaseNo,
    LossDocument Document,
    DateTimeOffset SubmittedAt,
    [property: Sha256] string Sha256) : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ShanghaiTime.DateOf(SubmittedAt);

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>裁判生效</summary>
/// <param name="CaseNo">The document that became effective.</param>
/// <param name="EffectiveOn">The day.</param>
/// <param name="Basis">Why.</param>
public sealed record OutcomeBecameEffective(string CaseNo, DateOnly EffectiveOn, EffectiveBasis Basis) : ILawsuitFact, INamesCase
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => EffectiveOn;

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>中止诉讼</summary>
/// <param name="On">The day.</param>
/// <param name="Reason">Why.</param>
public sealed record LawsuitSuspended(DateOnly On, string Reason) : ILawsuitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => On;
}

/// <summary>恢复诉讼</summary>
/// <param name="On">The day.</param>
/// <param name="Reason">Why.</param>
public sealed record LawsuitResumed(DateOnly On, string Reason) : ILawsuitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => On;
}
