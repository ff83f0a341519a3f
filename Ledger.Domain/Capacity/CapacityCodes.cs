namespace Ledger.Domain.Facts;

/// <content>The codes of capacity.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string AnalysisAlreadyFiled = "capacity.analysis-already-filed";
    public const string TrainingPassedExceedAttended = "capacity.passed-exceed-attended";
    public const string TrainingAlreadyCompleted = "capacity.training-already-completed";
    public const string StaffingAlreadyReported = "capacity.staffing-already-reported";
    public const string StaffingSupervisorsExceedOfficers = "capacity.supervisors-exceed-officers";
    public const string EstablishmentAlreadyConsulted = "capacity.establishment-already-consulted";
    public const string EstablishmentPostsWithoutConsent = "capacity.posts-without-consent";
    public const string ExternalConflict = "capacity.conflict-of-interest";
    public const string ExternalOutsideTerm = "capacity.outside-term";
    public const string MechanismAlreadyIssued = "capacity.mechanism-already-issued";
    public const string MechanismWithoutIssuer = "capacity.mechanism-without-issuer";
    public const string ResponsibilityAlreadyAssigned = "capacity.responsibility-already-assigned";
    public const string JointSupervisionAlone = "capacity.joint-supervision-alone";
#pragma warning restore CS1591
}
