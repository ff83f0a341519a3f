using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>What is wrong with an act of enforcement, or with its supervision.</summary>
public enum FindingType
{
    /// <summary>主要证据不足</summary>
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

    /// <summary>不履行或者拖延履行法定职责</summary>
    NonPerformance,

    /// <summary>无资格执法</summary>
    UnqualifiedEnforcement,

    /// <summary>未依法公示</summary>
    NotDisclosed,

    /// <summary>未全过程记录</summary>
    NotRecorded,

    /// <summary>未经法制审核</summary>
    NoLegalReview,

    /// <summary>重大行政处罚未备案; each is one decision that should have been filed.</summary>
    MajorPenaltyNotFiled,
}

/// <summary>发现问题: supervision finds an unlawful or improper act (plan 3.1.2).</summary>
/// <param name="Finding">The finding's key within the file.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Type">What is wrong.</param>
/// <param name="LegalBasis">The provision that is broken.</param>
/// <param name="FoundOn">When it was found.</param>
public sealed record SupervisionFindingRecorded(
    [property: StreamKey] string Finding, [property: StreamKey] string Unit, FindingType Type, string LegalBasis, DateOnly FoundOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => FoundOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>问题查实: from now on it must end in an accountability decision (plan 3.4.1).</summary>
/// <param name="Finding">The finding's key.</param>
/// <param name="Unit">The unit.</param>
/// <param name="ConfirmedOn">When.</param>
public sealed record SupervisionFindingConfirmed(
    [property: StreamKey] string Finding, [property: StreamKey] string Unit, DateOnly ConfirmedOn) : IConfirmsFinding, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ConfirmedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>问题查否: what was found proved untrue. It stays in the record.</summary>
/// <param name="Finding">The finding's key.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Reason">Why it is none.</param>
/// <param name="DismissedOn">When.</param>
public sealed record SupervisionFindingDismissed(
    [property: StreamKey] string Finding, [property: StreamKey] string Unit, string Reason, DateOnly DismissedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DismissedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>撤销执法行为: the act is revoked, by the unit after an instrument or by the decision itself (HN16 §43).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="DocumentNo">The instrument.</param>
/// <param name="ActNo">The document number of the act.</param>
/// <param name="RevokedOn">When.</param>
public sealed record EnforcementActRevoked([property: StreamKey] string Unit, string DocumentNo, string ActNo, DateOnly RevokedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RevokedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>变更执法行为</summary>
/// <param name="Unit">The unit.</param>
/// <param name="DocumentNo">The instrument.</param>
/// <param name="ActNo">The document number of the act.</param>
/// <param name="ModifiedOn">When.</param>
public sealed record EnforcementActModified([property: StreamKey] string Unit, string DocumentNo, string ActNo, DateOnly ModifiedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ModifiedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>确认执法行为违法</summary>
/// <param name="Unit">The unit.</param>
/// <param name="DocumentNo">The instrument.</param>
/// <param name="ActNo">The document number of the act.</param>
/// <param name="ConfirmedOn">When.</param>
public sealed record EnforcementActConfirmedUnlawful([property: StreamKey] string Unit, string DocumentNo, string ActNo, DateOnly ConfirmedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ConfirmedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>暂扣执法证 (HN16 §42)</summary>
/// <param name="Unit">The officer's unit.</param>
/// <param name="Finding">The finding for which it is suspended.</param>
/// <param name="CertificateNo">The certificate.</param>
/// <param name="Months">For how many months.</param>
/// <param name="SuspendedOn">From when.</param>
public sealed record LicenceCertificateSuspended(
    [property: StreamKey] string Unit, [property: StreamKey] string Finding, [property: PersonalData] string CertificateNo, int Months, DateOnly SuspendedOn) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => SuspendedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}
