using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;

namespace Ledger.Domain.Capacity;

/// <summary>A unit's analysis of a period's disputes.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Period">The period.</param>
/// <param name="Status">Where the duty stands.</param>
/// <param name="DueOn">By when; null where no plan asked for it.</param>
/// <param name="FiledOn">When it was filed.</param>
/// <param name="DaysLate">How late, in working days.</param>
/// <param name="NewLawsuits">Lawsuits docketed against the unit in the period.</param>
/// <param name="Causes">The kinds of weakness that were found.</param>
/// <param name="Evidence">The fact.</param>
public sealed record DisputeAnalysisRow(
    string Unit, string Name, string Period, DutyStatus Status, DateOnly? DueOn, DateOnly? FiledOn, int DaysLate, int NewLawsuits, IReadOnlyList<LossCause> Causes,
    IReadOnlyList<Evidence> Evidence);

/// <summary>How many units analysed a period.</summary>
/// <param name="Period">The period.</param>
/// <param name="Filed">Units that filed, of those that had to.</param>
/// <param name="InTime">Of those that had to, units that filed in time.</param>
public sealed record AnalysisCoverageRow(string Period, Ratio Filed, Ratio InTime);

/// <summary>One training.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Audience">Whom it was for.</param>
/// <param name="Topic">What it was about.</param>
/// <param name="Hours">Class hours.</param>
/// <param name="HeldOn">When.</param>
/// <param name="Organiser">Who held it.</param>
/// <param name="Invited">Units that it was for.</param>
/// <param name="Completed">Units that completed it.</param>
/// <param name="PassRate">People who passed, of those who attended.</param>
/// <param name="Evidence">The facts.</param>
public sealed record TrainingRow(
    string Key, TrainingAudience Audience, string Topic, int Hours, DateOnly HeldOn, string Organiser, int Invited, int Completed, Ratio PassRate,
    IReadOnlyList<Evidence> Evidence);

/// <summary>A unit's trainings of officers in a year.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">The year.</param>
/// <param name="Status">Where the duty to train stands; null where no plan asked for it.</param>
/// <param name="Trainings">Trainings completed.</param>
/// <param name="PassRate">People who passed, of those who attended.</param>
/// <param name="HoursPerOfficer">Hours times people who attended, over the officers reported for the year; no rate without a report.</param>
/// <param name="Evidence">The completions.</param>
public sealed record TrainingHoursRow(
    string Unit, string Name, int Year, DutyStatus? Status, int Trainings, Ratio PassRate, Ratio HoursPerOfficer, IReadOnlyList<Evidence> Evidence);

/// <summary>A unit's staffing in a year.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Year">The year.</param>
/// <param name="Status">Where the duty to report stands.</param>
/// <param name="DueOn">By when; null where no plan asked for it.</param>
/// <param name="ReportedOn">When it was reported.</param>
/// <param name="DaysLate">How late, in working days.</param>
/// <param name="Officers">Enforcement officers.</param>
/// <param name="Cases">Enforcement cases.</param>
/// <param name="SupervisorsPerOfficer">Full-time supervisors over officers.</param>
/// <param name="CasesPerSupervisor">Cases over full-time supervisors; no rate without any.</param>
/// <param name="ConsultedOn">When the office of establishment was last consulted in the year.</param>
/// <param name="Result">What it answered.</param>
/// <param name="PostsGranted">Posts that it granted in the year.</param>
/// <param name="Evidence">The facts.</param>
public sealed record StaffingRow(
    string Unit, string Name, int Year, DutyStatus Status, DateOnly? DueOn, DateOnly? ReportedOn, int DaysLate, int? Officers, int? Cases,
    Ratio SupervisorsPerOfficer, Ratio CasesPerSupervisor, DateOnly? ConsultedOn, ConsultResult? Result, int PostsGranted, IReadOnlyList<Evidence> Evidence);

/// <summary>An external supervisor, without a name.</summary>
/// <param name="Key">The key.</param>
/// <param name="Background">Where the person comes from.</param>
/// <param name="From">The term's first day.</param>
/// <param name="Until">Its last day.</param>
/// <param name="EndedOn">When it ended early.</param>
/// <param name="Active">Whether the person is in office on the day.</param>
/// <param name="Conflicts">Lawsuits in which a conflict was declared.</param>
/// <param name="Assigned">Lawsuits assigned.</param>
/// <param name="Conflicted">Lawsuits assigned in which a conflict was declared afterwards: somebody else must take over.</param>
/// <param name="Evidence">The facts.</param>
public sealed record ExternalSupervisorRow(
    string Key, ExternalBackground Background, DateOnly From, DateOnly Until, DateOnly? EndedOn, bool Active, IReadOnlyList<string> Conflicts,
    IReadOnlyList<string> Assigned, IReadOnlyList<string> Conflicted, IReadOnlyList<Evidence> Evidence);

/// <summary>Which post answers for what.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Field">The field; one without any post shows as such.</param>
/// <param name="Post">The post.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="InForce">Whether it is in force on the day.</param>
/// <param name="Evidence">The fact.</param>
public sealed record ResponsibilityRow(
    string Unit, string Name, ResponsibilityField Field, string? Post, DateOnly? From, DateOnly? Until, bool InForce, IReadOnlyList<Evidence> Evidence);

/// <summary>A mechanism and a document that lays it down; a mechanism without any shows as such.</summary>
/// <param name="Mechanism">The mechanism.</param>
/// <param name="Clause">The clause of the plan that asks for it.</param>
/// <param name="DocumentNo">The document's number.</param>
/// <param name="Issuers">Who issued it.</param>
/// <param name="IssuedOn">When.</param>
/// <param name="Evidence">The fact.</param>
public sealed record MechanismRow(
    Mechanism Mechanism, string Clause, string? DocumentNo, IReadOnlyList<MechanismIssuer> Issuers, DateOnly? IssuedOn, IReadOnlyList<Evidence> Evidence);

/// <summary>A joint supervision.</summary>
/// <param name="Unit">The unit in whose stream it stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Topic">What was supervised.</param>
/// <param name="With">The names of the other units.</param>
/// <param name="HeldOn">When.</param>
/// <param name="Supervisors">How many supervisors took part.</param>
/// <param name="Findings">How many problems were found.</param>
/// <param name="Evidence">The fact.</param>
public sealed record JointSupervisionRow(
    string Unit, string Name, string Topic, IReadOnlyList<string> With, DateOnly HeldOn, int Supervisors, int Findings, IReadOnlyList<Evidence> Evidence);
