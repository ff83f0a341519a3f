using Ledger.Domain.Obligations;

namespace Ledger.Domain.OutsideVoices;

/// <summary>Complaints of a field that came by a channel; the first row of an answer is the sum of all.</summary>
/// <param name="Field">The field; null for the sum.</param>
/// <param name="Channel">The channel; null for the sum.</param>
/// <param name="Received">Complaints received in the period.</param>
/// <param name="UpheldRate">Well founded ones, of those verified.</param>
/// <param name="EndedRate">Corrected or closed with a reason, of those well founded.</param>
/// <param name="RepliedRate">Replied to, of all.</param>
/// <param name="RepliedInTime">Replied to in time, of those with a due day that is over or met.</param>
public sealed record ComplaintFiguresRow(
    string? Field, ComplaintChannel? Channel, int Received, Ratio UpheldRate, Ratio EndedRate, Ratio RepliedRate, Ratio RepliedInTime);

/// <summary>One complaint.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Channel">By which channel it came.</param>
/// <param name="Field">Its field.</param>
/// <param name="Unit">The unit that must handle it.</param>
/// <param name="Name">The unit's name.</param>
/// <param name="ReceivedOn">When it arrived.</param>
/// <param name="AssignedOn">When the unit got it last.</param>
/// <param name="DueOn">By when it must be answered.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="VerifiedOn">When it was verified.</param>
/// <param name="EndedOn">When it was corrected or closed with a reason.</param>
/// <param name="Closure">The reason of a closing.</param>
/// <param name="RepliedOn">When it was replied to.</param>
/// <param name="DaysLate">How late the reply is, in working days.</param>
/// <param name="Evidence">Its facts.</param>
public sealed record ComplaintRow(
    string Key, ComplaintChannel Channel, string Field, string? Unit, string? Name, DateOnly ReceivedOn, DateOnly? AssignedOn, DateOnly? DueOn,
    ComplaintStatus Status, DateOnly? VerifiedOn, DateOnly? EndedOn, ComplaintClosure? Closure, DateOnly? RepliedOn, int DaysLate, IReadOnlyList<Evidence> Evidence);

/// <summary>A field that reached the rule's number in a period, or was identified as a hotspot of it.</summary>
/// <param name="Period">The period.</param>
/// <param name="Field">The field.</param>
/// <param name="Complaints">How many complaints are counted now.</param>
/// <param name="AtLeast">How many make a hotspot.</param>
/// <param name="Rule">The rule's version.</param>
/// <param name="Reached">Whether the number is reached now.</param>
/// <param name="Hotspot">The hotspot's key, when it was identified.</param>
/// <param name="Stated">The number that was stated.</param>
/// <param name="Position">The ledger position of that number.</param>
/// <param name="IdentifiedOn">When it was identified.</param>
/// <param name="Warnings">Early warnings that followed.</param>
/// <param name="Evidence">The fact.</param>
public sealed record HotspotRow(
    string Period, string Field, int Complaints, int AtLeast, string Rule, bool Reached, string? Hotspot, int? Stated, long? Position, DateOnly? IdentifiedOn,
    int Warnings, IReadOnlyList<Evidence> Evidence);

/// <summary>The review of a period's complaints.</summary>
/// <param name="Period">The period.</param>
/// <param name="Status">Where the duty stands.</param>
/// <param name="DueOn">By when; null where no plan asked for it.</param>
/// <param name="HeldOn">When it was held.</param>
/// <param name="DaysLate">How late, in working days.</param>
/// <param name="None">Whether it found no hotspot.</param>
/// <param name="Reached">Fields that reach the rule's number now.</param>
/// <param name="Identified">Hotspots identified for the period.</param>
/// <param name="Contradicted">Whether it found none although a field reaches the number now.</param>
/// <param name="Evidence">The fact.</param>
public sealed record HotspotReviewRow(
    string Period, DutyStatus Status, DateOnly? DueOn, DateOnly? HeldOn, int DaysLate, bool? None, int Reached, int Identified, bool Contradicted,
    IReadOnlyList<Evidence> Evidence);

/// <summary>An early warning to one unit.</summary>
/// <param name="Hotspot">The key of the hotspot or of the review.</param>
/// <param name="Field">The field; null for a warning that follows from a review.</param>
/// <param name="DocumentNo">The warning's number.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="IssuedOn">When it was issued.</param>
/// <param name="DueOn">By when the unit must rectify.</param>
/// <param name="Status">Where the duty stands.</param>
/// <param name="RectifiedOn">When it rectified.</param>
/// <param name="DaysLate">How late, in working days.</param>
/// <param name="Evidence">Warning and rectification.</param>
public sealed record EarlyWarningRow(
    string Hotspot, string? Field, string DocumentNo, string Unit, string Name, DateOnly IssuedOn, DateOnly DueOn, DutyStatus Status, DateOnly? RectifiedOn,
    int DaysLate, IReadOnlyList<Evidence> Evidence);

/// <summary>What kind of outside voice it is.</summary>
public enum VoiceRole
{
    /// <summary>执法监督员</summary>
    LaySupervisor,

    /// <summary>执法监督联系点</summary>
    ContactPoint,
}

/// <summary>A lay supervisor (without a name) or a contact point.</summary>
/// <param name="Key">The key.</param>
/// <param name="Role">Which of the two.</param>
/// <param name="Kind">Whom a supervisor speaks for.</param>
/// <param name="Organisation">The supervisor's organisation, or the contact point itself.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day of the term.</param>
/// <param name="EndedOn">When it ended early.</param>
/// <param name="Active">Whether it is in office on the day.</param>
/// <param name="Feedback">How much feedback was given.</param>
/// <param name="Handled">How much of it was handled.</param>
/// <param name="Evidence">Appointment and end.</param>
public sealed record SupervisorRow(
    string Key, VoiceRole Role, SupervisorKind? Kind, string Organisation, DateOnly From, DateOnly? Until, DateOnly? EndedOn, bool Active, int Feedback,
    int Handled, IReadOnlyList<Evidence> Evidence);

/// <summary>A feedback of a supervisor or a contact point.</summary>
/// <param name="Key">The supervisor's or contact point's key.</param>
/// <param name="Feedback">The feedback's key.</param>
/// <param name="Unit">The unit that must handle it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Field">The field.</param>
/// <param name="ReceivedOn">When it was given.</param>
/// <param name="DueOn">By when it must be handled.</param>
/// <param name="Status">Where the duty stands.</param>
/// <param name="HandledOn">When it was handled.</param>
/// <param name="Result">What came of it.</param>
/// <param name="DaysLate">How late, in working days.</param>
/// <param name="Evidence">The facts.</param>
public sealed record FeedbackRow(
    string Key, string Feedback, string Unit, string Name, string Field, DateOnly ReceivedOn, DateOnly? DueOn, DutyStatus Status, DateOnly? HandledOn,
    FeedbackResult? Result, int DaysLate, IReadOnlyList<Evidence> Evidence);

/// <summary>A published decision.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="DecisionNo">The decision's number.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Url">Where it is to be read.</param>
/// <param name="DecidedOn">When it was made.</param>
/// <param name="PublishedOn">When it was published.</param>
/// <param name="DueOn">By when it had to be.</param>
/// <param name="WorkingDays">The term by which that was computed, in working days (国办发〔2018〕118号).</param>
/// <param name="Status">In time or late.</param>
/// <param name="DaysLate">How late, in working days.</param>
/// <param name="Evidence">The fact.</param>
public sealed record PublicationRow(
    string Unit, string Name, string DecisionNo, PublishedDecision Kind, string Url, DateOnly DecidedOn, DateOnly PublishedOn, DateOnly DueOn, int WorkingDays,
    DutyStatus Status, int DaysLate, IReadOnlyList<Evidence> Evidence);
