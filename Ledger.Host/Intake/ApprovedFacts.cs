using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Host.Security;
using Ledger.Projections.Reading;

namespace Ledger.Host.Intake;

/// <summary>Records what an approval was granted for, under an id of its own: once, however often it is tried.</summary>
public sealed class ApprovedFacts(FactIntake intake, FactLog log)
{
    /// <summary>Records the approved fact; no receipt when the approval is not granted.</summary>
    public async Task<(Subject About, Receipt? Receipt)> RecordAsync(string key, LedgerUser by, CancellationToken cancellation = default)
    {
        var recorded = await log.ReadAsync([new Subject(StreamKind.Approval, key).ToString()], long.MaxValue, cancellation)
            .Select(e => e.Recorded).ToListAsync(cancellation);
        var approval = Approval.Fold(key, VisibleFacts.Of(recorded));
        if (approval.Granted is null || !Subject.TryParse(approval.Requested!.About, out var about) || approval.Requested.Read().Fact is not { } fact)
            return (default, null);
        return (about, await intake.RecordAsync(new RecordFact(about, fact, Approval.IdOf(key), by.Actor), cancellation));
    }
}
