using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Rectifications;

/// <summary>What kind of measure puts right what a loss showed (整改措施类型).</summary>
public enum MeasureType
{
    /// <summary>完善程序和制度</summary>
    ProcedureRevised,
    /// <summary>重新作出或者补正行政行为</summary>
    ActRemade,
    /// <summary>强化法制审核</summary>
    LegalReview,
    /// <summary>开展案卷评查</summary>
    FileReview,
    /// <summary>专题培训</summary>
    Training,
    /// <summary>完善行政裁量权基准</summary>
    DiscretionBenchmark,
    /// <summary>调整岗位和人员</summary>
    PostAdjusted,
    /// <summary>完善应诉工作</summary>
    LitigationPractice,
}

/// <summary>What a judgment orders the unit to do (行诉法 §§70, 72, 73, 76, 78).</summary>
public enum PerformanceKind
{
    /// <summary>重新作出行政行为</summary>
    RemakeAct,
    /// <summary>履行法定职责</summary>
    PerformDuty,
    /// <summary>给付</summary>
    Pay,
    /// <summary>采取补救措施</summary>
    Remedy,
    /// <summary>赔偿</summary>
    Damages,
    /// <summary>履行行政协议</summary>
    PerformAgreement,
}

/// <summary>Why a penalty need not be withdrawn from publication.</summary>
public enum UnpublishedReason
{
    /// <summary>不属于依法应当公开的处罚决定 (行政处罚法 §48)</summary>
    NotSubjectToPublication,
    /// <summary>裁判前已撤下</summary>
    RemovedBefore,
}

/// <summary>启动败诉整改: what a unit puts right after one loss. Opens the stream (plan 3.1.1a, 3.1.1d).</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="Unit">The unit that lost.</param>
/// <param name="CaseNo">The court document in which it lost.</param>
/// <param name="OpenedOn">The day.</param>
public sealed record RectificationOpened([property: StreamKey] string Lawsuit, [property: StreamKey] string Unit, string CaseNo, DateOnly OpenedOn)
    : IOpensStream, INamesUnits, INamesCase, INamesSubjects
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => OpenedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <inheritdoc/>
    public IEnumerable<Subject> NamedSubjects => [Subject.Lawsuit(Lawsuit)];

    /// <inheritdoc/>
    public INamesCase WithCaseNo(string caseNo) => this with { CaseNo = caseNo };
}

/// <summary>败诉研判: who sat together over the loss, and which problem it has in common with others (plan 3.1.1c).</summary>
/// <param name="Participants">The units that took part.</param>
/// <param name="HeldOn">The day.</param>
/// <param name="CommonIssue">共性问题, when one was found.</param>
public sealed record LossAnalysisHeld(IReadOnlyList<string> Participants, DateOnly HeldOn, string? CommonIssue = null) : INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => HeldOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Participants;
}

/// <summary>败诉原因认定: several causes, one of them primary; a later determination replaces an earlier one (plan 3.1.1c).</summary>
/// <param name="Primary">The primary cause, one of the causes.</param>
/// <param name="Causes">Every cause (行诉法 §70 and the plan's own).</param>
/// <param name="Fault">因执法过错导致败诉: then the loss must end in an accountability decision (plan 3.4.1a).</param>
/// <param name="DeterminedOn">The day.</param>
/// <param name="DeterminedBy">Who determined it.</param>
public sealed record LossCauseDetermined(
    LossCause Primary, IReadOnlyList<LossCause> Causes, bool Fault, DateOnly DeterminedOn, [property: ActingPerson] string DeterminedBy) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => DeterminedOn;
}

/// <summary>制定整改措施 (plan 3.1.1d)</summary>
/// <param name="Measure">Its key within the rectification.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Content">What is to be done.</param>
/// <param name="Owner">The post that answers for it; never a person's name.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="AdoptedOn">The day of adoption.</param>
/// <param name="Document">The document's hash.</param>
public sealed record RectificationMeasureAdopted(
    [property: StreamKey] string Measure, MeasureType Type, string Content, string Owner, DateOnly DueOn, DateOnly AdoptedOn,
    [property: Sha256] string? Document = null) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => AdoptedOn;
}

/// <summary>报告整改进展 (plan 3.1.1d)</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Percent">How much of it is done, 0 to 100; 100 is done.</param>
/// <param name="ReportedOn">The day.</param>
/// <param name="ReportedBy">Who reported.</param>
public sealed record RectificationProgressReported(
    [property: StreamKey] string Measure, int Percent, DateOnly ReportedOn, [property: ActingPerson] string ReportedBy) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReportedOn;
}

/// <summary>A document that shows that a rectification was carried out.</summary>
/// <param name="Sha256">Its hash.</param>
public sealed record RectificationEvidence([property: Sha256] string Sha256);

/// <summary>报告整改完成 (plan 3.1.1d)</summary>
/// <param name="CompletedOn">The day.</param>
/// <param name="ReportedBy">Who reports it for the unit.</param>
/// <param name="Evidence">At least one document.</param>
public sealed record RectificationCompleted(
    DateOnly CompletedOn, [property: ActingPerson] string ReportedBy, IReadOnlyList<RectificationEvidence> Evidence) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => CompletedOn;
}

/// <summary>整改验收 (plan 3.1.1d)</summary>
/// <param name="VerifiedOn">The day.</param>
/// <param name="VerifiedBy">Who verified; never who reported the completion.</param>
public sealed record RectificationVerified(DateOnly VerifiedOn, [property: ActingPerson] string VerifiedBy) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => VerifiedOn;
}

/// <summary>退回重新整改: after a completion or a verification, with a reason (plan 3.1.1d).</summary>
/// <param name="Reason">Why.</param>
/// <param name="ReopenedOn">The day.</param>
/// <param name="DueOn">The new last day of the measures that were adopted before; without it theirs stands.</param>
public sealed record RectificationReopened(string Reason, DateOnly ReopenedOn, DateOnly? DueOn = null) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ReopenedOn;
}

/// <summary>裁判确定履行义务: what the judgment orders the unit to do, and by when (行诉法 §§94, 96).</summary>
/// <param name="Kind">What.</param>
/// <param name="DueOn">履行期限: the last day.</param>
/// <param name="OrderedOn">The day from which it must be done.</param>
/// <param name="Amount">Money, in yuan.</param>
public sealed record JudgmentPerformanceOrdered(PerformanceKind Kind, DateOnly DueOn, DateOnly OrderedOn, decimal? Amount = null) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => OrderedOn;
}

/// <summary>履行生效裁判</summary>
/// <param name="Kind">Which order.</param>
/// <param name="PerformedOn">The day.</param>
/// <param name="Document">The hash of the document that shows it.</param>
public sealed record JudgmentPerformed(PerformanceKind Kind, DateOnly PerformedOn, [property: Sha256] string Document) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PerformedOn;
}

/// <summary>撤回公开的处罚决定 (行政处罚法 §48): within three working days, with reasons.</summary>
/// <param name="DecisionNo">处罚决定书文号</param>
/// <param name="WithdrawnOn">The day.</param>
/// <param name="Reason">The reason that was published.</param>
/// <param name="Url">Where it had been published.</param>
public sealed record PublishedPenaltyWithdrawn(string DecisionNo, DateOnly WithdrawnOn, string Reason, string? Url = null) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => WithdrawnOn;
}

/// <summary>说明处罚决定无须撤回: the decision is not published, so that there is nothing to withdraw.</summary>
/// <param name="DecisionNo">处罚决定书文号</param>
/// <param name="Reason">Why.</param>
/// <param name="StatedOn">The day.</param>
public sealed record PenaltyNotPublishedStated(string DecisionNo, UnpublishedReason Reason, DateOnly StatedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => StatedOn;
}
