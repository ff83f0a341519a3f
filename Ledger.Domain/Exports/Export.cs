using System.Globalization;
using Ledger.Domain.Facts;

namespace Ledger.Domain.Exports;

/// <summary>One export as its fact tells it: an access that nobody accounts for is none.</summary>
public sealed class Export(string key) : SubjectState(new Subject(StreamKind.Export, key))
{
    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact is not EvidenceExported f ? null
        : string.IsNullOrWhiteSpace(f.ExportedBy) || string.IsNullOrWhiteSpace(f.Recipient) || string.IsNullOrWhiteSpace(f.Purpose)
            ? Refusal.Of(Codes.ExportUnaccountable)
        : f.Position < 0 || !IsSize(f.Checkpoint) ? Refusal.Of(Codes.ExportCheckpointInvalid, f.Checkpoint, f.Position)
        : null;

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
    }

    private static bool IsSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
        && size.ToString(CultureInfo.InvariantCulture) == text;
}
