namespace Ledger.Domain.Accountability;

/// <summary>追责对象</summary>
public enum AccountabilitySubject
{
    /// <summary>单位</summary>
    Organ,
    /// <summary>人员</summary>
    Person,
}

/// <summary>追责形式 (domain.md §5; 河南省行政执法条例 §§44–45, 政务处分法 §§7, 12).</summary>
public enum AccountabilityForm
{
    /// <summary>责令限期改正</summary>
    OrderCorrection,
    /// <summary>通报批评</summary>
    Circular,
    /// <summary>取消评先资格</summary>
    CancelHonour,
    /// <summary>约谈</summary>
    RegulatoryTalk,
    /// <summary>谈话提醒</summary>
    Talk,
    /// <summary>批评教育</summary>
    CriticismEducation,
    /// <summary>责令检查、书面检讨</summary>
    WrittenReview,
    /// <summary>诫勉</summary>
    Admonition,
    /// <summary>离岗培训</summary>
    OffPostTraining,
    /// <summary>暂扣执法证</summary>
    LicenceSuspended,
    /// <summary>调离执法岗位</summary>
    Transferred,
    /// <summary>取消执法资格</summary>
    Disqualified,
    /// <summary>警告</summary>
    SanctionWarning,
    /// <summary>记过</summary>
    SanctionDemerit,
    /// <summary>记大过</summary>
    SanctionMajorDemerit,
    /// <summary>降级</summary>
    SanctionDemotion,
    /// <summary>撤职</summary>
    SanctionRemoval,
    /// <summary>开除</summary>
    SanctionDismissal,
    /// <summary>移送纪检监察机关</summary>
    TransferToSupervision,
    /// <summary>移送司法机关</summary>
    TransferToJudiciary,
}

/// <summary>追责决定机关 (河南省行政执法条例 §46).</summary>
public enum DecidingAuthority
{
    /// <summary>县人民政府</summary>
    CountyGovernment,
    /// <summary>监察机关</summary>
    SupervisoryCommission,
    /// <summary>上级行政执法机关</summary>
    SuperiorOrgan,
    /// <summary>所在单位</summary>
    OwnOrgan,
    /// <summary>任免机关</summary>
    AppointingOrgan,
    /// <summary>本级或者上级政府法制机构 (司法行政部门)</summary>
    LegalBody,
}

/// <summary>A row of the table of forms and authorities.</summary>
/// <param name="Subject">Whom the form is for.</param>
/// <param name="Form">The form.</param>
/// <param name="Authorities">Who decides on it.</param>
public sealed record AccountabilityRule(AccountabilitySubject Subject, AccountabilityForm Form, IReadOnlyList<DecidingAuthority> Authorities);

/// <summary>
/// Who decides on which form (河南省行政执法条例 §46): an organ's by its government, the supervisory commission or its superior;
/// a person's by the own or the appointing organ; the certificate (§42) and the qualification by the government's legal body;
/// sanctions by the appointing organ or the supervisory commission.
/// </summary>
public static class AccountabilityTable
{
    private static readonly DecidingAuthority[] OverOrgans = [DecidingAuthority.CountyGovernment, DecidingAuthority.SupervisoryCommission, DecidingAuthority.SuperiorOrgan];
    private static readonly DecidingAuthority[] OverPersons = [DecidingAuthority.OwnOrgan, DecidingAuthority.AppointingOrgan];
    private static readonly DecidingAuthority[] OverLicences = [DecidingAuthority.LegalBody];
    private static readonly DecidingAuthority[] OverSanctions = [DecidingAuthority.AppointingOrgan, DecidingAuthority.SupervisoryCommission];
    private static readonly DecidingAuthority[] Any = [.. Enum.GetValues<DecidingAuthority>()];

    /// <summary>The rows.</summary>
    public static IReadOnlyList<AccountabilityRule> Rows { get; } =
    [
        .. Of(AccountabilitySubject.Organ, OverOrgans,
            AccountabilityForm.OrderCorrection, AccountabilityForm.Circular, AccountabilityForm.CancelHonour, AccountabilityForm.RegulatoryTalk),
        .. Of(AccountabilitySubject.Person, OverPersons,
            AccountabilityForm.Talk, AccountabilityForm.CriticismEducation, AccountabilityForm.WrittenReview, AccountabilityForm.Admonition,
            AccountabilityForm.Circular, AccountabilityForm.OffPostTraining, AccountabilityForm.Transferred),
        .. Of(AccountabilitySubject.Person, OverLicences, AccountabilityForm.LicenceSuspended, AccountabilityForm.Disqualified),
        .. Of(AccountabilitySubject.Person, OverSanctions,
            AccountabilityForm.SanctionWarning, AccountabilityForm.SanctionDemerit, AccountabilityForm.SanctionMajorDemerit,
            AccountabilityForm.SanctionDemotion, AccountabilityForm.SanctionRemoval, AccountabilityForm.SanctionDismissal),
        .. Of(AccountabilitySubject.Person, Any, AccountabilityForm.TransferToSupervision, AccountabilityForm.TransferToJudiciary),
    ];

    /// <summary>The row of a form for a subject; null when the form is not for it.</summary>
    public static AccountabilityRule? Find(AccountabilitySubject subject, AccountabilityForm form) =>
        Rows.FirstOrDefault(r => r.Subject == subject && r.Form == form);

    private static IEnumerable<AccountabilityRule> Of(AccountabilitySubject subject, DecidingAuthority[] authorities, params AccountabilityForm[] forms) =>
        forms.Select(form => new AccountabilityRule(subject, form, authorities));
}
