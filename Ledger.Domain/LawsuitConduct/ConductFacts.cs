using Ledger.Domain.Facts;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>Why a case filing was returned.</summary>
public enum FilingDefect
{
    /// <summary>应诉材料不齐</summary>
    MaterialsMissing,
    /// <summary>案件信息不全</summary>
    InformationIncomplete,
    /// <summary>案号或者单位有误</summary>
    WrongCase,
    /// <summary>材料不清晰</summary>
    Illegible,
}

/// <summary>What the bureau decides about an overdue filing (plan 3.2.3).</summary>
public enum NoticeDecision
{
    /// <summary>通报</summary>
    Notify,
    /// <summary>不予通报</summary>
    NotNotified,
}

/// <summary>Why the head cannot attend (法释〔2020〕3号 §8).</summary>
public enum AbsenceGround
{
    /// <summary>不可抗力</summary>
    ForceMajeure,
    /// <summary>意外事件</summary>
    Accident,
    /// <summary>需要履行他人不能代替的公务</summary>
    IrreplaceableDuty,
    /// <summary>无法出庭的其他正当事由</summary>
    OtherJustified,
}

/// <summary>What a judicial suggestion is about.</summary>
public enum SuggestionMatter
{
    /// <summary>规范性文件 (行诉解释 §149)</summary>
    NormativeDocument,
    /// <summary>负责人不出庭应诉 (法释〔2020〕3号 §12)</summary>
    HeadAbsence,
    /// <summary>执法行为不规范</summary>
    EnforcementConduct,
    /// <summary>不履行生效裁判 (APL §96)</summary>
    JudgmentNotPerformed,
    /// <summary>诉源治理</summary>
    DisputePrevention,
}

/// <summary>What the unit made of a judicial suggestion.</summary>
public enum SuggestionResult
{
    /// <summary>采纳</summary>
    Adopted,
    /// <summary>部分采纳</summary>
    PartlyAdopted,
    /// <summary>未采纳</summary>
    NotAdopted,
}

/// <summary>应诉报备受理: the bureau accepts a submitted case filing.</summary>
/// <param name="Unit">The unit that filed.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="AcceptedOn">The day.</param>
public sealed record CaseFilingAccepted([property: StreamKey] string Unit, string CaseNo, DateOnly AcceptedOn) : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => AcceptedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>应诉报备退回补正: the bureau returns a submitted case filing; it is accepted only after another submission.</summary>
/// <param name="Unit">The unit that filed.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="ReturnedOn">The day.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record CaseFilingReturned([property: StreamKey] string Unit, string CaseNo, DateOnly ReturnedOn, FilingDefect Reason)
    : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReturnedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>
/// 逾期未报备通报决定: whether an overdue case filing is circulated (plan 3.2.3). There is none for a loss filing: the plan
/// attaches a bulletin to nothing else.
/// </summary>
/// <param name="Unit">The unit that had to file.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="DecidedOn">The day, after the due day.</param>
/// <param name="Reason">Why it is not circulated; needed then.</param>
/// <param name="NoticeSha256">The notice's hash, hexadecimal, when there is one.</param>
public sealed record OverdueFilingNoticeDecided(
    [property: StreamKey] string Unit, string CaseNo, NoticeDecision Decision, DateOnly DecidedOn, string? Reason = null,
    [property: Sha256] string? NoticeSha256 = null) : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DecidedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>法院通知负责人出庭 (法释〔2020〕3号 §§4, 5, 7): a further notice after an attendance demands another one.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="HearingOn">The day of the hearing.</param>
/// <param name="NotifiedOn">The day of the notice.</param>
public sealed record HeadAttendanceNotified([property: StreamKey] string Unit, string CaseNo, DateOnly HearingOn, DateOnly NotifiedOn)
    : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => NotifiedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>负责人不能出庭说明: the written excuse without which no absence is justified (法释〔2020〕3号 §§8, 9).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="HeldOn">The day of the hearing.</param>
/// <param name="Ground">Why the head cannot attend.</param>
/// <param name="DocumentSha256">The written excuse's hash, hexadecimal.</param>
/// <param name="ExplainedOn">The day on which it was handed in.</param>
public sealed record HeadAbsenceExplained(
    [property: StreamKey] string Unit, string CaseNo, DateOnly HeldOn, AbsenceGround Ground, [property: Sha256] string DocumentSha256,
    DateOnly ExplainedOn) : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ExplainedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>负责人身份证明不符: who came does not count as the head (法释〔2020〕3号 §§2, 6).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="CaseNo">The instance.</param>
/// <param name="HeldOn">The day of the hearing.</param>
/// <param name="RejectedOn">The day on which the court said so.</param>
public sealed record HeadIdentityRejected([property: StreamKey] string Unit, string CaseNo, DateOnly HeldOn, DateOnly RejectedOn)
    : ILawsuitFact, INamesCase, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RejectedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>书面告知法院: a self-correction was told to the court in writing (行诉解释 §81).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="MadeOn">The day of the self-correction.</param>
/// <param name="InformedOn">The day on which the court was told.</param>
/// <param name="DocumentSha256">The letter's hash, hexadecimal.</param>
public sealed record CourtInformedOfChange([property: StreamKey] string Unit, DateOnly MadeOn, DateOnly InformedOn, [property: Sha256] string DocumentSha256)
    : ILawsuitFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => InformedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>收到司法建议. It may be addressed to a unit that is no defendant, such as the superior of one.</summary>
/// <param name="Unit">The unit to which it is addressed.</param>
/// <param name="SuggestionNo">Its number.</param>
/// <param name="ReceivedOn">The day of receipt.</param>
/// <param name="SubjectMatter">What it is about.</param>
/// <param name="DueOn">The day by which it asks for a reply, when it names one.</param>
public sealed record JudicialSuggestionReceived(
    [property: StreamKey] string Unit, string SuggestionNo, DateOnly ReceivedOn, SuggestionMatter SubjectMatter, DateOnly? DueOn = null)
    : ILawsuitFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReceivedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>回复司法建议</summary>
/// <param name="Unit">The unit that replies.</param>
/// <param name="SuggestionNo">The suggestion.</param>
/// <param name="RepliedOn">The day.</param>
/// <param name="Result">What the unit made of it.</param>
/// <param name="ReplySha256">The reply's hash, hexadecimal.</param>
public sealed record JudicialSuggestionReplied(
    [property: StreamKey] string Unit, string SuggestionNo, DateOnly RepliedOn, SuggestionResult Result, [property: Sha256] string ReplySha256)
    : ILawsuitFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RepliedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}
