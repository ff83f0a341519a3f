using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>Why a unit becomes a key target (plan 3.1.2: 败诉案件数量较多).</summary>
public enum TargetReason
{
    /// <summary>败诉案件较多</summary>
    ManyLosses,

    /// <summary>败诉率较高</summary>
    HighLossRate,

    /// <summary>同类问题反弹</summary>
    Recurrence,

    /// <summary>投诉举报集中</summary>
    ManyComplaints,
}

/// <summary>What a case-file review finds wanting.</summary>
public enum FileDefect
{
    /// <summary>装订</summary>
    Binding,

    /// <summary>程序</summary>
    Procedure,

    /// <summary>权利告知</summary>
    RightsNotice,

    /// <summary>证据</summary>
    Evidence,

    /// <summary>文书</summary>
    Documents,

    /// <summary>法律适用</summary>
    LegalBasis,

    /// <summary>裁量</summary>
    Discretion,
}

/// <summary>The eight points of the government's supervision (plan 3.3.2).</summary>
public enum SupervisionItem
{
    /// <summary>行政执法资格管理</summary>
    Qualification,

    /// <summary>执法行为规范化</summary>
    Standardisation,

    /// <summary>执法决定合法适当</summary>
    LawfulDecisions,

    /// <summary>规范行使行政裁量权</summary>
    DiscretionUse,

    /// <summary>落实行政执法责任制</summary>
    ResponsibilitySystem,

    /// <summary>推行行政执法“三项制度”</summary>
    ThreeSystems,

    /// <summary>执行重大行政处罚备案制度</summary>
    MajorPenaltyFiling,

    /// <summary>开展部门内部执法监督</summary>
    InternalSupervision,
}

/// <summary>What a check of an item came to.</summary>
public enum ItemResult
{
    /// <summary>落实到位</summary>
    Compliant,

    /// <summary>存在问题; the finding is named.</summary>
    Deficient,
}

/// <summary>列为重点监督对象: opens the file of one key target (plan 3.1.2).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Reason">Why.</param>
/// <param name="DesignatedOn">When.</param>
/// <param name="Position">The ledger position of the distribution of losses on which it was decided.</param>
public sealed record KeySupervisionTargetDesignated(
    [property: StreamKey] string Unit, TargetReason Reason, DateOnly DesignatedOn, long? Position = null) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DesignatedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>驻站监督启动: a team begins its station at the unit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Team">The numbers of the supervisors' certificates (执法监督证, HN16 §41), at least two.</param>
/// <param name="StartedOn">The first day.</param>
public sealed record OnSiteSupervisionStarted(
    [property: StreamKey] string Unit, [property: PersonalData] IReadOnlyList<string> Team, DateOnly StartedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => StartedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>驻站监督结束</summary>
/// <param name="Unit">The unit.</param>
/// <param name="StartedOn">The first day of the station that ends.</param>
/// <param name="EndedOn">Its last day.</param>
public sealed record OnSiteSupervisionEnded([property: StreamKey] string Unit, DateOnly StartedOn, DateOnly EndedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => EndedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>现场检查 (plan 3.1.2)</summary>
/// <param name="Unit">The unit inspected.</param>
/// <param name="Team">The numbers of the inspectors' certificates, at least two (HN16 §41).</param>
/// <param name="Place">Where: the office or the site of enforcement.</param>
/// <param name="InspectedOn">When.</param>
public sealed record SiteInspectionConducted(
    [property: StreamKey] string Unit, [property: PersonalData] IReadOnlyList<string> Team, string Place, DateOnly InspectedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => InspectedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>现场执法培训: the supervisors train the unit's officers on site.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Topic">What about.</param>
/// <param name="Hours">How many hours.</param>
/// <param name="Attendees">How many officers came.</param>
/// <param name="HeldOn">When.</param>
public sealed record EnforcementTrainingHeld(
    [property: StreamKey] string Unit, string Topic, int Hours, int Attendees, DateOnly HeldOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => HeldOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>Defects of one kind.</summary>
/// <param name="Code">The kind.</param>
/// <param name="Count">How many.</param>
public sealed record FileDefects(FileDefect Code, int Count);

/// <summary>执法案卷评查</summary>
/// <param name="Unit">The unit whose files were reviewed.</param>
/// <param name="Sampled">How many files.</param>
/// <param name="Score">The score, out of 100.</param>
/// <param name="Defects">The defects, each kind once; none when there were none.</param>
/// <param name="ReviewedOn">When.</param>
public sealed record CaseFileReviewed(
    [property: StreamKey] string Unit, int Sampled, decimal Score, IReadOnlyList<FileDefects> Defects, DateOnly ReviewedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReviewedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>政府监督事项检查: one of the eight points of plan 3.3.2 at a unit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Item">The point.</param>
/// <param name="Result">What the check came to.</param>
/// <param name="CheckedOn">When.</param>
/// <param name="Finding">The finding of the same file in which a deficiency is recorded.</param>
public sealed record SupervisionItemChecked(
    [property: StreamKey] string Unit, SupervisionItem Item, ItemResult Result, DateOnly CheckedOn, [property: StreamKey] string? Finding = null) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => CheckedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}
