using Ledger.Domain.Obligations;

namespace Ledger.Domain.Accountability;

/// <summary>A form that was decided, without the name of the person.</summary>
/// <param name="SubjectKind">An organ or a person.</param>
/// <param name="Form">The form.</param>
/// <param name="Authority">Who decided on it.</param>
/// <param name="Role">As what the person is liable; null for an organ.</param>
public sealed record MeasureDecidedRow(AccountabilitySubject SubjectKind, AccountabilityForm Form, DecidingAuthority Authority, LiabilityRole? Role);

/// <summary>A fault case (过错责任追究案件).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lawsuit">The lawsuit, when it comes from a loss.</param>
/// <param name="CaseNo">The document.</param>
/// <param name="Rectification">The loss's rectification.</param>
/// <param name="Supervision">The supervision file, when it comes from a finding.</param>
/// <param name="Finding">The finding.</param>
/// <param name="OpenedOn">When it was opened.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="FaultTypes">What the fault is.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Roles">The roles of the persons who are liable.</param>
/// <param name="ExcludedGrounds">Grounds that exclude tolerance.</param>
/// <param name="DecidedOn">When the standing terminal decision was made.</param>
/// <param name="DocumentNo">Its number.</param>
/// <param name="Forms">The forms that it decided.</param>
/// <param name="NotPursuedFor">Why it is not pursued.</param>
/// <param name="ExecutedOn">When it was executed.</param>
/// <param name="AppealPending">Whether an appeal is pending.</param>
/// <param name="AppealResult">The last result of an appeal.</param>
/// <param name="TransferredOn">When the case went to the supervisory commission.</param>
/// <param name="Evidence">The facts of its life.</param>
public sealed record AccountabilityRow(
    string Key, string Unit, string Name, string? Lawsuit, string? CaseNo, string? Rectification, string? Supervision, string? Finding, DateOnly OpenedOn,
    AccountabilityStage Stage, IReadOnlyList<FaultType> FaultTypes, FaultSeverity? Severity, IReadOnlyList<LiabilityRole> Roles,
    IReadOnlyList<ExcludedGround> ExcludedGrounds, DateOnly? DecidedOn, string? DocumentNo, IReadOnlyList<MeasureDecidedRow> Forms,
    IReadOnlyList<NotPursuedReason> NotPursuedFor, DateOnly? ExecutedOn, bool AppealPending, AppealOutcome? AppealResult, DateOnly? TransferredOn,
    IReadOnlyList<Evidence> Evidence);

/// <summary>A loss by fault or a confirmed finding without a terminal decision that stands.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Subject">The rectification or the supervision file.</param>
/// <param name="Lawsuit">The lawsuit, of a loss.</param>
/// <param name="CaseNo">The document, of a loss.</param>
/// <param name="Finding">The finding, of supervision.</param>
/// <param name="Since">When the fault was determined or the finding confirmed.</param>
/// <param name="Case">The case that was opened for it; null when none was.</param>
/// <param name="Stage">How far that is.</param>
/// <param name="Evidence">The determination or the confirmation.</param>
public sealed record OrphanRow(
    string Unit, string Name, string Subject, string? Lawsuit, string? CaseNo, string? Finding, DateOnly Since, string? Case, AccountabilityStage? Stage,
    IReadOnlyList<Evidence> Evidence);

/// <summary>How often a form was decided in a period (追责形式统计).</summary>
/// <param name="SubjectKind">Organs or persons.</param>
/// <param name="Form">The form.</param>
/// <param name="Cases">Cases with a standing decision that holds it.</param>
/// <param name="Subjects">Organs or persons in them.</param>
/// <param name="Executed">Of the cases, how many were executed.</param>
/// <param name="Overturned">Cases in which it was decided and set aside on appeal; not among the first.</param>
/// <param name="Evidence">The decisions, standing or not.</param>
public sealed record FormRow(
    AccountabilitySubject SubjectKind, AccountabilityForm Form, int Cases, int Subjects, int Executed, int Overturned, IReadOnlyList<Evidence> Evidence);

/// <summary>Where a request for tolerance stands.</summary>
public enum ToleranceStatus
{
    /// <summary>已申请</summary>
    Requested,
    /// <summary>已征求意见</summary>
    Consulted,
    /// <summary>已认定</summary>
    Granted,
    /// <summary>不予认定</summary>
    Rejected,
    /// <summary>已撤销</summary>
    Revoked,
}

/// <summary>A request for tolerance and what came of it (容错免责台账).</summary>
/// <param name="Key">The case.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Conditions">The conditions that are said to be met.</param>
/// <param name="RequestedOn">When it was asked for.</param>
/// <param name="ConsultedOn">When the discipline organ answered.</param>
/// <param name="Organ">Which organ.</param>
/// <param name="Opinion">Its opinion.</param>
/// <param name="DocumentNo">The number of the opinion.</param>
/// <param name="GrantedOn">When it was granted.</param>
/// <param name="Approval">The approval by the second person.</param>
/// <param name="Rectification">What was being put right.</param>
/// <param name="RectificationState">Where that stands now: a grant does not end it.</param>
/// <param name="RejectedOn">When it was refused.</param>
/// <param name="RejectedFor">Why.</param>
/// <param name="RevokedOn">When it was revoked.</param>
/// <param name="RevokedFor">Why.</param>
/// <param name="Evidence">The facts.</param>
public sealed record ToleranceRow(
    string Key, string Unit, string Name, ToleranceStatus Status, IReadOnlyList<ToleranceCondition> Conditions, DateOnly? RequestedOn, DateOnly? ConsultedOn,
    DisciplineOrgan? Organ, ConsultOpinion? Opinion, string? DocumentNo, DateOnly? GrantedOn, string? Approval, string? Rectification,
    Rectifications.RectificationState? RectificationState, DateOnly? RejectedOn, IReadOnlyList<ToleranceRejection> RejectedFor, DateOnly? RevokedOn,
    string? RevokedFor, IReadOnlyList<Evidence> Evidence);
