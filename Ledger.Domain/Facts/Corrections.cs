using System.Text.Json;

namespace Ledger.Domain.Facts;

/// <summary>更正: reads an earlier fact of the same stream with other values. The fact itself stays as it was recorded.</summary>
/// <param name="Fact">The corrected fact.</param>
/// <param name="Set">New values by member; null removes an optional member.</param>
/// <param name="Reason">Why, in words for the auditor.</param>
/// <param name="ApprovedBy">Who approved the correction.</param>
public sealed record FactCorrected(
    FactId Fact,
    IReadOnlyDictionary<string, JsonElement> Set,
    string Reason,
    string ApprovedBy) : IFact
{
    /// <summary>None: a correction counts from the moment it is recorded (counting-rules.md §1).</summary>
    public DateOnly? LegalDate => null;
}

/// <summary>撤回: reads the stream as if an earlier fact (or correction) had not been recorded.</summary>
/// <param name="Fact">The retracted fact.</param>
/// <param name="Reason">Why, in words for the auditor.</param>
/// <param name="ApprovedBy">Who approved the retraction.</param>
public sealed record FactRetracted(FactId Fact, string Reason, string ApprovedBy) : IFact
{
    /// <summary>None: a retraction counts from the moment it is recorded (counting-rules.md §1).</summary>
    public DateOnly? LegalDate => null;
}
