using Ledger.Domain.Obligations;

namespace Ledger.Domain.Lawsuits;

/// <summary>A case filing, or one document of a loss filing.</summary>
/// <param name="Unit">Who submitted it.</param>
/// <param name="SubmittedAt">When.</param>
/// <param name="Document">Which document of a loss filing; null for a case filing.</param>
public sealed record Filing(string Unit, DateTimeOffset SubmittedAt, LossDocument? Document = null);

/// <summary>When filings are complete (counting-rules.md §7).</summary>
public static class Filings
{
    /// <summary>The earliest case filing; of a loss filing the moment when the last of its three documents was there.</summary>
    public static DateTimeOffset? FiledAt(this IEnumerable<Filing> filings, ObligationKind kind)
    {
        if (kind == ObligationKind.CaseFiling) return filings.Select(f => (DateTimeOffset?)f.SubmittedAt).Min();
        DateTimeOffset? complete = null;
        foreach (var document in Enum.GetValues<LossDocument>())
        {
            if (filings.Where(f => f.Document == document).Select(f => (DateTimeOffset?)f.SubmittedAt).Min() is not { } earliest) return null;
            if (complete is null || earliest > complete) complete = earliest;
        }

        return complete;
    }
}
