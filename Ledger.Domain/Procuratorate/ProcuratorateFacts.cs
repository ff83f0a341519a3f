using Ledger.Domain.Facts;

namespace Ledger.Domain.Procuratorate;

/// <summary>Which way a clue goes.</summary>
public enum ClueDirection
{
    /// <summary>移送检察机关</summary>
    ToProcuratorate,

    /// <summary>检察机关移送</summary>
    FromProcuratorate,
}

/// <summary>What the follow-up of a matter came to.</summary>
public enum FollowUpResult
{
    /// <summary>已纠正; the correction is recorded.</summary>
    Corrected,

    /// <summary>经核实无须纠正</summary>
    NothingToCorrect,

    /// <summary>未采纳并说明理由</summary>
    NotAdopted,

    /// <summary>检察机关撤回</summary>
    Withdrawn,
}

/// <summary>What is wanting in the entry of a case.</summary>
public enum EntryDefect
{
    /// <summary>要素缺失</summary>
    MissingItem,

    /// <summary>当事人信息错误</summary>
    WrongParty,

    /// <summary>日期错误</summary>
    WrongDate,

    /// <summary>文书未上传</summary>
    DocumentMissing,

    /// <summary>录入超期</summary>
    EnteredLate,
}

/// <summary>线索移送: opens a matter by a clue about a unit's enforcement, in either direction (plan 3.3.4).</summary>
/// <param name="Direction">Which way.</param>
/// <param name="Unit">The unit that it is about.</param>
/// <param name="ClueNo">The clue's number.</param>
/// <param name="TransferredOn">When.</param>
public sealed record ProcuratorialClueTransferred(
    ClueDirection Direction, [property: StreamKey] string Unit, string ClueNo, DateOnly TransferredOn) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => TransferredOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>收到检察建议: opens a matter; the unit replies by the day that the document sets.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="DocumentNo">The suggestion's number.</param>
/// <param name="ReceivedOn">When it was received.</param>
/// <param name="DueOn">The last day for the reply, as the document says.</param>
public sealed record ProcuratorialSuggestionReceived(
    [property: StreamKey] string Unit, string DocumentNo, DateOnly ReceivedOn, DateOnly DueOn) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReceivedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>检察建议回复</summary>
/// <param name="Unit">The unit, or the one to which the obligation was transferred.</param>
/// <param name="DocumentNo">The suggestion.</param>
/// <param name="SubmittedOn">When.</param>
/// <param name="Document">The reply.</param>
public sealed record ProcuratorialReplySubmitted(
    [property: StreamKey] string Unit, string DocumentNo, DateOnly SubmittedOn, [property: Sha256] string Document) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => SubmittedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>检察监督问题纠正: the unit has corrected the unlawful or improper act (plan 3.3.4).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Measure">What was done.</param>
/// <param name="CorrectedOn">When.</param>
/// <param name="Document">What shows it.</param>
public sealed record ProcuratorialFindingCorrected(
    [property: StreamKey] string Unit, string Measure, DateOnly CorrectedOn, [property: Sha256] string Document) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => CorrectedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>跟踪落实办结</summary>
/// <param name="Result">What it came to.</param>
/// <param name="ClosedOn">When.</param>
public sealed record ProcuratorialFollowUpClosed(FollowUpResult Result, DateOnly ClosedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ClosedOn;
}

/// <summary>Defects of one kind.</summary>
/// <param name="Code">The kind.</param>
/// <param name="Count">How many.</param>
public sealed record EntryDefects(EntryDefect Code, int Count);

/// <summary>案件信息录入抽查: how a unit enters its cases into the shared system (plan 3.3.4).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Sampled">How many cases were looked at.</param>
/// <param name="Complete">How many of them were entered completely; never more.</param>
/// <param name="Defects">The defects, each kind once; none when there were none.</param>
/// <param name="CheckedOn">When.</param>
public sealed record CaseInfoEntryChecked(
    [property: StreamKey] string Unit, int Sampled, int Complete, IReadOnlyList<EntryDefects> Defects, DateOnly CheckedOn) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => CheckedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>涉嫌犯罪案件移送: opens a matter by the referral of a case to a criminal organ (plan 3.3.4: 两法衔接).</summary>
/// <param name="Unit">The unit that refers.</param>
/// <param name="CaseReference">The number of its case.</param>
/// <param name="ReceivingOrgan">To whom.</param>
/// <param name="ReferredOn">When.</param>
public sealed record CriminalReferralMade(
    [property: StreamKey] string Unit, string CaseReference, string ReceivingOrgan, DateOnly ReferredOn) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReferredOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>移送结果: the organ takes the case or does not; a refusal may be followed by an acceptance, after review.</summary>
/// <param name="Accepted">Whether a criminal case was opened.</param>
/// <param name="DecidedOn">When.</param>
/// <param name="Reasons">Why not; a refusal needs them.</param>
public sealed record CriminalReferralResultRecorded(bool Accepted, DateOnly DecidedOn, string? Reasons = null) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DecidedOn;
}
