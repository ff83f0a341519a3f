using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;

namespace Ledger.Domain.Rectifications;

/// <summary>A line of the register of losses (败诉台账).</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The document.</param>
/// <param name="Level">The level of its instance.</param>
/// <param name="Unit">The unit that lost.</param>
/// <param name="Name">Its name.</param>
/// <param name="CauseOfAction">案由</param>
/// <param name="Field">The field of administration.</param>
/// <param name="ActType">The kind of act.</param>
/// <param name="Township">Where the dispute arose.</param>
/// <param name="ClosedOn">The closing day.</param>
/// <param name="ReceivedOn">When the unit received the document.</param>
/// <param name="Outcomes">What the document says for the unit.</param>
/// <param name="Reversed">Whether what became effective is no loss of the unit.</param>
/// <param name="Rectification">The rectification's key.</param>
/// <param name="Duplicates">Further rectifications of the same loss.</param>
/// <param name="State">Where it stands.</param>
/// <param name="PrimaryCause">The primary cause, once determined.</param>
/// <param name="Causes">Every cause.</param>
/// <param name="Fault">Whether it was lost by a fault of enforcement.</param>
/// <param name="Evidence">The document and the determination.</param>
public sealed record LossRow(
    string Lawsuit, string CaseNo, InstanceLevel Level, string Unit, string Name, string CauseOfAction, string Field, string ActType, string? Township,
    DateOnly ClosedOn, DateOnly? ReceivedOn, IReadOnlyList<Outcome> Outcomes, bool Reversed, string? Rectification, IReadOnlyList<string> Duplicates,
    RectificationState State, LossCause? PrimaryCause, IReadOnlyList<LossCause> Causes, bool? Fault, IReadOnlyList<Evidence> Evidence);

/// <summary>A measure on the board.</summary>
/// <param name="Measure">Its key.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Content">What is to be done.</param>
/// <param name="Owner">The post that answers for it.</param>
/// <param name="AdoptedOn">When it was adopted.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="Percent">How much of it is done.</param>
/// <param name="DoneOn">When it was done.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DaysLate">Working days late.</param>
/// <param name="Colour">The traffic light.</param>
/// <param name="Document">The document's hash.</param>
public sealed record MeasureRow(
    string Measure, MeasureType Type, string Content, string Owner, DateOnly AdoptedOn, DateOnly DueOn, int Percent, DateOnly? DoneOn,
    DutyStatus Status, int DaysLate, DutyColour? Colour, string? Document);

/// <summary>A rectification on the board (整改红黄绿).</summary>
/// <param name="Key">Its key.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The document.</param>
/// <param name="LossStands">Whether the document is still a loss of the unit, as corrected.</param>
/// <param name="OpenedOn">When it was opened.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Colour">The most pressing light of its measures.</param>
/// <param name="PrimaryCause">The primary cause.</param>
/// <param name="Fault">Whether the loss came of a fault.</param>
/// <param name="CommonIssues">Common problems found by the analyses.</param>
/// <param name="Measures">Its measures.</param>
/// <param name="CompletedOn">When it was last reported as completed.</param>
/// <param name="VerifiedOn">When it was last verified.</param>
/// <param name="ReopenedOn">When it was last returned.</param>
/// <param name="ReopenedFor">Why.</param>
/// <param name="Duplicates">Other rectifications of the same loss.</param>
/// <param name="Evidence">The facts of its life cycle.</param>
public sealed record RectificationRow(
    string Key, string Unit, string Name, string Lawsuit, string CaseNo, bool LossStands, DateOnly OpenedOn, RectificationState State, DutyColour? Colour,
    LossCause? PrimaryCause, bool? Fault, IReadOnlyList<string> CommonIssues, IReadOnlyList<MeasureRow> Measures, DateOnly? CompletedOn, DateOnly? VerifiedOn,
    DateOnly? ReopenedOn, string? ReopenedFor, IReadOnlyList<string> Duplicates, IReadOnlyList<Evidence> Evidence);

/// <summary>A loss that came back (同类问题反弹).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="ActType">The kind of act of both.</param>
/// <param name="Field">The field of the later one.</param>
/// <param name="PrimaryCause">The primary cause of both.</param>
/// <param name="EarlierLawsuit">The earlier loss's lawsuit.</param>
/// <param name="EarlierCaseNo">Its document.</param>
/// <param name="EarlierRectification">Its rectification.</param>
/// <param name="VerifiedOn">When that was verified.</param>
/// <param name="Lawsuit">The later loss's lawsuit.</param>
/// <param name="CaseNo">Its document.</param>
/// <param name="ClosedOn">Its closing day.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Months">Its months.</param>
/// <param name="SameField">Whether it asks for the same field.</param>
/// <param name="Evidence">The verification and the later determination.</param>
public sealed record RecurrenceRow(
    string Unit, string Name, string ActType, string Field, LossCause PrimaryCause, string EarlierLawsuit, string EarlierCaseNo, string EarlierRectification,
    DateOnly VerifiedOn, string Lawsuit, string CaseNo, DateOnly ClosedOn, string Rule, int Months, bool SameField, IReadOnlyList<Evidence> Evidence);

/// <summary>A common problem that an analysis found.</summary>
/// <param name="Rectification">The rectification.</param>
/// <param name="Unit">The unit that lost.</param>
/// <param name="HeldOn">When the analysis was held.</param>
/// <param name="Issue">The problem.</param>
public sealed record CommonIssueRow(string Rectification, string Unit, DateOnly HeldOn, string Issue);

/// <summary>A cause and how often it lost cases (败诉原因排列).</summary>
/// <param name="Cause">The cause; null for losses whose cause is not determined.</param>
/// <param name="Primary">Losses of which it is the primary cause.</param>
/// <param name="Mentioned">Losses of which it is a cause at all.</param>
/// <param name="WithFault">Of the first, those lost by a fault.</param>
/// <param name="Units">Of the first, how many units.</param>
/// <param name="Share">The first over all losses of the period.</param>
/// <param name="Cumulative">The share of this cause and those before it.</param>
/// <param name="CommonIssues">Common problems of those losses.</param>
public sealed record CauseRow(
    LossCause? Cause, int Primary, int Mentioned, int WithFault, int Units, Ratio Share, Ratio Cumulative, IReadOnlyList<CommonIssueRow> CommonIssues);

/// <summary>What a judgment orders and whether it was done (裁判履行).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Subject">The rectification; the lawsuit where nobody recorded what is ordered.</param>
/// <param name="CaseNo">The document.</param>
/// <param name="PerformanceKind">What is ordered; null where nobody recorded it.</param>
/// <param name="OrderedOn">From when.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="PerformedOn">When it was done.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="DaysLate">Working days late.</param>
/// <param name="Colour">The traffic light.</param>
/// <param name="Evidence">The performance.</param>
public sealed record PerformanceRow(
    string Unit, string Name, string Subject, string CaseNo, PerformanceKind? PerformanceKind, DateOnly OrderedOn, DateOnly? DueOn, DateOnly? PerformedOn,
    DutyStatus Status, int DaysLate, DutyColour? Colour, IReadOnlyList<Evidence> Evidence);
