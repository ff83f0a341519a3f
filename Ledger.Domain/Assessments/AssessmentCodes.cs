namespace Ledger.Domain.Facts;

/// <content>The codes of the annual ranking, the bars and the assessment.</content>
public static partial class Codes
{
#pragma warning disable CS1591 // Each code's meaning is its text.
    public const string AnnualNotAYear = "annual.not-a-year";
    public const string AnnualAlreadyFinalised = "annual.already-finalised";
    public const string AnnualNotFinalised = "annual.not-finalised";
    public const string AssessmentUnitNotBarred = "assessment.unit-not-barred";
    public const string AssessmentAlreadyBarred = "assessment.already-barred";
    public const string AssessmentNoBar = "assessment.no-bar";
    public const string AssessmentStillBarred = "assessment.still-barred";
    public const string AssessmentNoRestatement = "assessment.no-restatement";
    public const string AssessmentBarDiffers = "assessment.bar-differs";
    public const string AssessmentExcellentBarred = "assessment.excellent-barred";
    public const string AssessmentPoints = "assessment.points";
    public const string SatisfactionValue = "satisfaction.value";
#pragma warning restore CS1591
}
