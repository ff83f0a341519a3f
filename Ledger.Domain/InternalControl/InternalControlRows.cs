using Ledger.Domain.Obligations;

namespace Ledger.Domain.InternalControl;

/// <summary>One of the five systems of a unit in a year.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">The year.</param>
/// <param name="System">The system.</param>
/// <param name="Status">Where the duty to show evidence stands.</param>
/// <param name="DueOn">By when; null where no plan asked for it.</param>
/// <param name="FiledOn">When evidence was filed first.</param>
/// <param name="DaysLate">How late, in working days.</param>
/// <param name="Items">How many matters went through it, by the last evidence filed.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record InternalControlRow(
    string Unit, string Name, int Year, InternalSystem System, DutyStatus Status, DateOnly? DueOn, DateOnly? FiledOn, int DaysLate, int Items,
    IReadOnlyList<Evidence> Evidence);

/// <summary>A unit's responsibility system and its list of posts.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="DocumentNo">The last document that lays down the responsibility system.</param>
/// <param name="AdoptedOn">When it was adopted.</param>
/// <param name="Posts">Posts in the last list.</param>
/// <param name="PostDuties">Duties in the last list.</param>
/// <param name="PublishedOn">When the last list was published.</param>
/// <param name="Evidence">The facts.</param>
public sealed record ResponsibilitySystemRow(
    string Unit, string Name, string? DocumentNo, DateOnly? AdoptedOn, int? Posts, int? PostDuties, DateOnly? PublishedOn, IReadOnlyList<Evidence> Evidence);

/// <summary>A risk point on the list that is in force.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Code">The point's code.</param>
/// <param name="Point">What it is.</param>
/// <param name="Level">How grave.</param>
/// <param name="Control">What is done against it.</param>
/// <param name="UpdatedOn">From when the list is.</param>
/// <param name="Evidence">The list.</param>
public sealed record RiskPointRow(
    string Unit, string Name, string Code, string Point, RiskLevel Level, string Control, DateOnly UpdatedOn, IReadOnlyList<Evidence> Evidence);

/// <summary>Where a major decision stands.</summary>
public enum ReviewStanding
{
    /// <summary>Discussed, but no review is recorded.</summary>
    NotReviewed,

    /// <summary>Reviewed, and not decided by the day.</summary>
    AwaitingDecision,

    /// <summary>Decided after a review that agreed.</summary>
    DecidedAfterReview,

    /// <summary>Decided although the last review disagreed.</summary>
    DecidedAgainstOpinion,
}

/// <summary>A major decision, its review and its discussion.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="DecisionNo">The decision's number.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="ReviewedOn">When it was last reviewed.</param>
/// <param name="Opinion">What that review came to.</param>
/// <param name="DiscussedOn">When it was last discussed.</param>
/// <param name="Participants">How many took part in that discussion.</param>
/// <param name="Dissenting">How many dissented.</param>
/// <param name="DecidedOn">When it was decided.</param>
/// <param name="Evidence">The facts.</param>
public sealed record LegalReviewRow(
    string Unit, string Name, string DecisionNo, ReviewStanding Standing, DateOnly? ReviewedOn, LegalOpinion? Opinion, DateOnly? DiscussedOn,
    int? Participants, int? Dissenting, DateOnly? DecidedOn, IReadOnlyList<Evidence> Evidence);

/// <summary>A discretion benchmark.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Benchmark">Its key.</param>
/// <param name="ActType">The kind of act.</param>
/// <param name="AdoptedOn">When it was adopted.</param>
/// <param name="ReplacedBy">The benchmark that replaced it; null while it is in force.</param>
/// <param name="ReplacedOn">When it was replaced.</param>
/// <param name="Evidence">The fact.</param>
public sealed record DiscretionBenchmarkRow(
    string Unit, string Name, string Benchmark, string ActType, DateOnly AdoptedOn, string? ReplacedBy, DateOnly? ReplacedOn, IReadOnlyList<Evidence> Evidence);

/// <summary>Whether a duty was performed in a year, or reported not to have been.</summary>
public enum PerformanceStatus
{
    /// <summary>The year is not over and nothing has been performed yet.</summary>
    YearRunning,

    /// <summary>Performed.</summary>
    Performed,

    /// <summary>Not performed, and reported in time.</summary>
    Reported,

    /// <summary>Not performed, and reported late.</summary>
    ReportedLate,

    /// <summary>Not performed; the report is not due yet.</summary>
    ReportPending,

    /// <summary>Not performed, and the report is overdue.</summary>
    ReportOverdue,
}

/// <summary>A duty of a unit in a year.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Duty">The duty's key.</param>
/// <param name="DutyName">Its name.</param>
/// <param name="Year">The year.</param>
/// <param name="Status">Whether it was performed or reported.</param>
/// <param name="Performed">How many times it was performed.</param>
/// <param name="ReportDueOn">By when non-performance was to be reported; null where nothing was to be.</param>
/// <param name="ReportedOn">When it was reported.</param>
/// <param name="DaysLate">How late, in working days.</param>
/// <param name="NilStatementOn">When the unit stated that it had performed all its duties of the year.</param>
/// <param name="NilContradicted">Whether that statement no longer holds: a duty of the year turned out not to have been performed.</param>
/// <param name="Evidence">Performance, report and statement.</param>
public sealed record PerformanceRow(
    string Unit, string Name, string Duty, string DutyName, int Year, PerformanceStatus Status, int Performed, DateOnly? ReportDueOn, DateOnly? ReportedOn,
    int DaysLate, DateOnly? NilStatementOn, bool NilContradicted, IReadOnlyList<Evidence> Evidence);

/// <summary>How a unit's enforcement was regulated in a year (goal G1 of the plan).</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">The year.</param>
/// <param name="Performed">Acts of enforcement performed under its registered duties.</param>
/// <param name="DutiesPerformed">Registered duties performed, of those to perform.</param>
/// <param name="Reviewed">Major decisions reviewed before they were made.</param>
/// <param name="Revised">Of those, how many only after a revision, or not at all.</param>
/// <param name="AgainstOpinion">Decisions made although the review disagreed.</param>
/// <param name="Discussed">Cases discussed collectively.</param>
/// <param name="SystemsInPlace">Internal systems with evidence, of the five.</param>
/// <param name="BenchmarksInForce">Discretion benchmarks in force at the year's end, or on the day.</param>
/// <param name="RedRiskPoints">Red points on the list in force.</param>
public sealed record EnforcementOverviewRow(
    string Unit, string Name, int Year, int Performed, Ratio DutiesPerformed, int Reviewed, int Revised, int AgainstOpinion, int Discussed,
    Ratio SystemsInPlace, int BenchmarksInForce, int RedRiskPoints);
