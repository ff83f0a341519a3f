using Ledger.Domain.Facts;

namespace Ledger.Domain.WarningCases;

/// <summary>Why a case warns: the causes that the plan names (3.1.3), and others.</summary>
public enum WarningCause
{
    /// <summary>消极应诉</summary>
    PassiveResponse,
    /// <summary>不作为</summary>
    Nonfeasance,
    /// <summary>违反法定程序</summary>
    ProceduralViolation,
    /// <summary>法律适用错误</summary>
    MisappliedLaw,
    /// <summary>其他</summary>
    Other,
}

/// <summary>警示案例入选: a loss that others should learn from. Opens the stream (plan 3.1.3).</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="Unit">The unit that lost.</param>
/// <param name="CaseNo">The document in which it lost.</param>
/// <param name="Cause">Why it warns; the cause must have been determined for the loss.</param>
/// <param name="Rectification">The rectification in which it was.</param>
/// <param name="Typical">Whether it is also a 典型案例 that is reported to the city (plan 3.4.1).</param>
/// <param name="SelectedOn">The day.</param>
public sealed record WarningCaseSelected(
    [property: StreamKey] string Lawsuit, [property: StreamKey] string Unit, string CaseNo, WarningCause Cause, [property: StreamKey] string Rectification,
    bool Typical, DateOnly SelectedOn) : IOpensStream, INamesUnits, INamesCase, INamesSubjects
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => SelectedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public IEnumerable<Subject> NamedSubjects => [new(StreamKind.Rectification, Rectification)];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>警示案例脱密脱敏: the text that may be circulated; a later one replaces an earlier one.</summary>
/// <param name="AnonymisedBy">Who did it.</param>
/// <param name="AnonymisedOn">The day.</param>
/// <param name="Document">The hash of the anonymised text.</param>
public sealed record WarningCaseAnonymised([property: ActingPerson] string AnonymisedBy, DateOnly AnonymisedOn, [property: Sha256] string Document) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => AnonymisedOn;
}

/// <summary>警示案例发布</summary>
/// <param name="PublishedOn">The day.</param>
/// <param name="Addressees">The units that are to study it.</param>
/// <param name="StudyBy">The last day for that, when one was set.</param>
public sealed record WarningCasePublished(DateOnly PublishedOn, IReadOnlyList<string> Addressees, DateOnly? StudyBy = null) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PublishedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Addressees;
}

/// <summary>警示案例学习: a unit studied it, also one that was not addressed.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="StudiedOn">The day.</param>
/// <param name="Participants">How many people took part.</param>
public sealed record WarningCaseStudied([property: StreamKey] string Unit, DateOnly StudiedOn, int Participants) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => StudiedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];
}

/// <summary>典型案例报市: to the city's department of justice (plan 3.4.1).</summary>
/// <param name="DocumentNo">The number of the report.</param>
/// <param name="ReportedOn">The day.</param>
public sealed record TypicalCaseReportedToCity(string DocumentNo, DateOnly ReportedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReportedOn;
}

/// <summary>收到全市通报: the city circulated the case.</summary>
/// <param name="DocumentNo">The number of the bulletin.</param>
/// <param name="ReceivedOn">The day of receipt.</param>
public sealed record CityBulletinReceived(string DocumentNo, DateOnly ReceivedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReceivedOn;
}
