using Ledger.Domain.Plan;

namespace Ledger.Domain.Assessments;

/// <summary>Annual ranking, bars and assessment (plan 4.4a, 4.4e) and satisfaction (G3).</summary>
public static class AssessmentArea
{
    /// <summary>The area.</summary>
    public static Area Area { get; } = new("Assessments");
}
