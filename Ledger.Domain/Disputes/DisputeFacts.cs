using Ledger.Domain.Facts;

namespace Ledger.Domain.Disputes;

/// <summary>相对人类别: whom the act under dispute affects.</summary>
public enum PartyKind
{
    /// <summary>公民（含个体工商户）</summary>
    Citizen,
    /// <summary>法人</summary>
    Enterprise,
    /// <summary>其他组织（含村组）</summary>
    Organisation,
}

/// <summary>How the dispute came to the unit's knowledge.</summary>
public enum DisputeSource
{
    /// <summary>来访</summary>
    Visit,
    /// <summary>来信、书面异议</summary>
    Letter,
    /// <summary>12345 等热线</summary>
    Hotline,
    /// <summary>信访转办</summary>
    PetitionOffice,
    /// <summary>法院诉前引导</summary>
    CourtReferral,
    /// <summary>单位排查发现</summary>
    Screening,
}

/// <summary>The ways outside court to which a party may be guided (plan 3.2.1).</summary>
public enum NonLitigationChannel
{
    /// <summary>人民调解</summary>
    PeopleMediation,
    /// <summary>行政调解</summary>
    AdministrativeMediation,
    /// <summary>行政争议调解中心</summary>
    DisputeMediationCentre,
    /// <summary>行政复议</summary>
    Reconsideration,
    /// <summary>信访</summary>
    PetitionOffice,
}

/// <summary>Who mediates before a suit.</summary>
public enum MediationBody
{
    /// <summary>人民调解</summary>
    PeopleMediation,
    /// <summary>行政调解</summary>
    AdministrativeMediation,
    /// <summary>行政争议调解中心</summary>
    DisputeMediationCentre,
}

/// <summary>Why a mediation before a suit failed.</summary>
public enum MediationFailure
{
    /// <summary>未达成协议</summary>
    NoAgreement,
    /// <summary>相对人不参加或者退出</summary>
    PartyDeclined,
    /// <summary>行政机关不同意</summary>
    UnitDeclined,
    /// <summary>不属于可以调解的争议</summary>
    NotMediable,
    /// <summary>调解期限届满</summary>
    TermExpired,
}

/// <summary>复议决定 (行政复议法 2023).</summary>
public enum ReconsiderationDecision
{
    /// <summary>变更 (ARL23 §63)</summary>
    Modify,
    /// <summary>撤销 (§64)</summary>
    Revoke,
    /// <summary>部分撤销 (§64)</summary>
    RevokePart,
    /// <summary>撤销并责令重作 (§64)</summary>
    RevokeAndRedo,
    /// <summary>确认违法 (§65)</summary>
    ConfirmUnlawful,
    /// <summary>责令履行 (§66)</summary>
    OrderPerform,
    /// <summary>确认无效 (§67)</summary>
    ConfirmInvalid,
    /// <summary>维持 (§68)</summary>
    Affirm,
    /// <summary>驳回复议请求 (§69)</summary>
    Dismiss,
    /// <summary>责令承担协议责任 (§71)</summary>
    AgreementLiability,
    /// <summary>复议调解书 (§73)</summary>
    Mediated,
    /// <summary>终止 (§41)</summary>
    Terminated,
    /// <summary>不予受理 (§30): nothing was reviewed.</summary>
    NotAccepted,
}

/// <summary>What decisions on reconsideration come to.</summary>
public static class ReconsiderationDecisions
{
    /// <summary>
    /// Whether the act was corrected directly (复议直接纠错): modified, revoked in whole or part, confirmed unlawful or invalid,
    /// or performance ordered; the published formula (domain.md §2.6).
    /// </summary>
    public static bool IsCorrection(this ReconsiderationDecision decision) => decision <= ReconsiderationDecision.ConfirmInvalid;

    /// <summary>Whether something was reviewed and closed (审结).</summary>
    public static bool IsReviewed(this ReconsiderationDecision decision) => decision != ReconsiderationDecision.NotAccepted;

    /// <summary>Whether the matter ended with what the party sought or agreed to, so that a later suit is a return of the dispute.</summary>
    public static bool IsSettlement(this ReconsiderationDecision decision) =>
        decision.IsCorrection() || decision is ReconsiderationDecision.AgreementLiability or ReconsiderationDecision.Mediated or ReconsiderationDecision.Terminated;
}

/// <summary>行政争议登记: a dispute that is not in court (plan 3.2.1).</summary>
/// <param name="Unit">The unit whose act is disputed.</param>
/// <param name="PartyKind">Whom it affects.</param>
/// <param name="Source">How it became known.</param>
/// <param name="Field">行政管理领域</param>
/// <param name="ActType">行政行为种类</param>
/// <param name="RecordedOn">The day of registration.</param>
/// <param name="Township">Where it arose, when known.</param>
/// <param name="Party">The party's name: personal data.</param>
public sealed record DisputeRecorded(
    [property: StreamKey] string Unit,
    PartyKind PartyKind,
    DisputeSource Source,
    string Field,
    string ActType,
    DateOnly RecordedOn,
    string? Township = null,
    [property: PersonalData] string? Party = null) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RecordedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>
/// 非诉引导告知: the party was told of a way outside court. It may never read as hindering a suit (APL §3), so the notice must
/// state the right to sue.
/// </summary>
/// <param name="Channel">The way.</param>
/// <param name="GuidedOn">The day of the notice.</param>
/// <param name="SuitRightStated">起诉权利告知: whether the notice states the right to sue and its term.</param>
/// <param name="NoticeSha256">The written notice's hash, hexadecimal.</param>
public sealed record NonLitigationGuidanceGiven(
    NonLitigationChannel Channel, DateOnly GuidedOn, bool SuitRightStated, [property: Sha256] string NoticeSha256) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => GuidedOn;
}

/// <summary>诉前调解启动</summary>
/// <param name="MediationNo">The mediation's own number (调解编号).</param>
/// <param name="Body">Who mediates.</param>
/// <param name="StartedOn">The day.</param>
public sealed record PreLitigationMediationStarted(string MediationNo, MediationBody Body, DateOnly StartedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => StartedOn;
}

/// <summary>诉前调解成功: there is a written agreement.</summary>
/// <param name="MediationNo">The mediation.</param>
/// <param name="AgreedOn">The day of the agreement.</param>
/// <param name="AgreementSha256">The agreement's hash, hexadecimal.</param>
/// <param name="Performed">Whether it was performed at once; otherwise its performance is told later.</param>
/// <param name="PerformBy">The last day on which it is to be performed, when agreed.</param>
public sealed record PreLitigationMediationSucceeded(
    string MediationNo, DateOnly AgreedOn, [property: Sha256] string AgreementSha256, bool Performed, DateOnly? PerformBy = null) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => AgreedOn;
}

/// <summary>诉前调解失败</summary>
/// <param name="MediationNo">The mediation.</param>
/// <param name="FailedOn">The day on which it ended.</param>
/// <param name="Reason">Why.</param>
public sealed record PreLitigationMediationFailed(string MediationNo, DateOnly FailedOn, MediationFailure Reason) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FailedOn;
}

/// <summary>调解协议履行: an agreement that was not performed at once has been.</summary>
/// <param name="MediationNo">The mediation.</param>
/// <param name="PerformedOn">The day.</param>
/// <param name="ProofSha256">The proof's hash, hexadecimal.</param>
public sealed record MediationAgreementPerformed(string MediationNo, DateOnly PerformedOn, [property: Sha256] string ProofSha256) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PerformedOn;
}

/// <summary>申请复议</summary>
/// <param name="ReconsiderationNo">The number of the reconsideration (复议案号).</param>
/// <param name="Organ">复议机关, in words; it may lie outside the county (ARL23 §27).</param>
/// <param name="FiledOn">The day of the application.</param>
public sealed record ReconsiderationFiled(string ReconsiderationNo, string Organ, DateOnly FiledOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FiledOn;
}

/// <summary>复议决定作出</summary>
/// <param name="ReconsiderationNo">The reconsideration.</param>
/// <param name="Decision">The decision.</param>
/// <param name="DecidedOn">The day.</param>
/// <param name="DecisionSha256">The decision's hash, hexadecimal.</param>
public sealed record ReconsiderationDecided(
    string ReconsiderationNo, ReconsiderationDecision Decision, DateOnly DecidedOn, [property: Sha256] string DecisionSha256) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DecidedOn;
}

/// <summary>争议进入诉讼: links the lawsuit. A dispute can come to court again after a suit was withdrawn.</summary>
/// <param name="Lawsuit">The lawsuit's key.</param>
/// <param name="EnteredOn">The day of docketing, or a later one on which the link became known.</param>
public sealed record DisputeEnteredLitigation([property: StreamKey] string Lawsuit, DateOnly EnteredOn) : INamesSubjects
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => EnteredOn;

    /// <inheritdoc/>
    public IEnumerable<Subject> NamedSubjects => [Subject.Lawsuit(Lawsuit)];
}

/// <summary>争议信访: the same party petitions about the same matter, perhaps after it was thought resolved.</summary>
/// <param name="PetitionNo">The number of the petition.</param>
/// <param name="ReceivedOn">The day.</param>
public sealed record DisputePetitionReceived(string PetitionNo, DateOnly ReceivedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReceivedOn;
}
