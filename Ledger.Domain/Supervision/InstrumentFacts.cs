using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>The instruments of supervision.</summary>
public enum Instrument
{
    /// <summary>行政执法监督通知书</summary>
    Notice,

    /// <summary>行政执法监督意见书</summary>
    Opinion,

    /// <summary>行政执法监督决定书</summary>
    Decision,
}

/// <summary>What a decision does (HN16 §43).</summary>
public enum SupervisionDecisionKind
{
    /// <summary>撤销</summary>
    Revoke,

    /// <summary>变更</summary>
    Modify,

    /// <summary>确认违法</summary>
    ConfirmUnlawful,

    /// <summary>责令履行</summary>
    OrderPerform,

    /// <summary>责令改正</summary>
    OrderCorrect,
}

/// <summary>An instrument of supervision with its number: notice, opinion or decision.</summary>
public interface ISupervisionInstrument : INamesUnits, INamesSubjects
{
    /// <summary>The document number, once in a file.</summary>
    string DocumentNo { get; }

    /// <summary>The unit to which it is addressed.</summary>
    string Unit { get; }

    /// <summary>Until when the unit reports; null when it orders nothing that is reported.</summary>
    DateOnly? TermEndsOn { get; }

    /// <summary>The policy that lets it be issued; null for the types that are built in.</summary>
    string? InstrumentRule { get; }

    /// <inheritdoc/>
    IEnumerable<string> INamesUnits.NamedUnits => [Unit];

    /// <inheritdoc/>
    IEnumerable<Subject> INamesSubjects.NamedSubjects => InstrumentRule is { } rule ? [new Subject(StreamKind.Policy, rule)] : [];
}

/// <summary>监督通知书: in force from 2026-02-01 (《行政执法监督条例》, State Council Order 825).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="DocumentNo">Its number.</param>
/// <param name="Findings">The findings that it is about.</param>
/// <param name="TermDueOn">The last day of the term that it sets.</param>
/// <param name="IssuedOn">When it was issued.</param>
/// <param name="InstrumentRule">The policy that lets it be issued, when it is not built in.</param>
public sealed record SupervisionNoticeIssued(
    [property: StreamKey] string Unit, string DocumentNo, IReadOnlyList<string> Findings, DateOnly TermDueOn, DateOnly IssuedOn,
    [property: StreamKey] string? InstrumentRule = null) : ISupervisionInstrument
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => IssuedOn;

    /// <inheritdoc/>
    public DateOnly? TermEndsOn => TermDueOn;
}

/// <summary>监督意见书 (HN16 §43)</summary>
/// <param name="Unit">The unit.</param>
/// <param name="DocumentNo">Its number.</param>
/// <param name="Findings">The findings that it is about.</param>
/// <param name="TermDueOn">The last day of the term that it sets.</param>
/// <param name="IssuedOn">When it was issued.</param>
/// <param name="InstrumentRule">The policy that lets it be issued, when it is not built in.</param>
public sealed record SupervisionOpinionIssued(
    [property: StreamKey] string Unit, string DocumentNo, IReadOnlyList<string> Findings, DateOnly TermDueOn, DateOnly IssuedOn,
    [property: StreamKey] string? InstrumentRule = null) : ISupervisionInstrument
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => IssuedOn;

    /// <inheritdoc/>
    public DateOnly? TermEndsOn => TermDueOn;
}

/// <summary>纠正情况报告: what the unit did after an instrument.</summary>
/// <param name="Unit">The unit, or the one to which the obligation was transferred.</param>
/// <param name="DocumentNo">The instrument.</param>
/// <param name="ReportedOn">When it was reported.</param>
/// <param name="Document">The report.</param>
public sealed record SupervisionCorrectionReported(
    [property: StreamKey] string Unit, string DocumentNo, DateOnly ReportedOn, [property: Sha256] string Document) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReportedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>纠正报告退回: the report is insufficient, the matter is not handled.</summary>
/// <param name="DocumentNo">The instrument.</param>
/// <param name="ReportedOn">The day of the report that is sent back.</param>
/// <param name="Reason">What is missing.</param>
/// <param name="RejectedOn">When.</param>
public sealed record SupervisionCorrectionRejected(string DocumentNo, DateOnly ReportedOn, string Reason, DateOnly RejectedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RejectedOn;
}

/// <summary>监督决定书: only after an instrument whose term expired unhandled (HN16 §43).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="DocumentNo">Its number.</param>
/// <param name="Kind">What it does.</param>
/// <param name="IssuedOn">When it was issued.</param>
/// <param name="Prior">The number of the opinion that was not handled.</param>
/// <param name="TermDueOn">The last day for what it orders, when it orders something.</param>
/// <param name="InstrumentRule">The policy that lets it be issued, when it is not built in.</param>
public sealed record SupervisionDecisionIssued(
    [property: StreamKey] string Unit, string DocumentNo, SupervisionDecisionKind Kind, DateOnly IssuedOn, string? Prior = null,
    DateOnly? TermDueOn = null, [property: StreamKey] string? InstrumentRule = null) : ISupervisionInstrument
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => IssuedOn;

    /// <inheritdoc/>
    public DateOnly? TermEndsOn => TermDueOn;
}

/// <summary>监督文书种类确定: reference data, for instruments that come into force after this version of the ledger.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="EffectiveFrom">From when it may be issued; it may lie in the future.</param>
/// <param name="Basis">The law or regulation.</param>
/// <param name="RequiresPrior">The instrument whose term must have expired unhandled before.</param>
public sealed record SupervisionInstrumentAdopted(
    Instrument Instrument, DateOnly EffectiveFrom, string Basis, Instrument? RequiresPrior = null) : IFact
{
    /// <summary>None: it selects by the day of issue, as a counting policy does by period.</summary>
    public DateOnly? LegalDate => null;
}
