using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Host.Security;
using Ledger.Projections.Reading;

namespace Ledger.Host.Intake;

/// <summary>Records what an approval was granted for, under an id of its own: once, however often it is tried.</summary>
public sealed class ApprovedFacts(FactIntake intake, FactLog log)
{
    /// <summary>
    /// Why the fact that is asked for would not be recorded even if the approval were granted: what the rules refuse is not
    /// granted either.
    /// </summary>
    public async Task<Refusal?> WhyNotAsync(string key, LedgerUser by, CancellationToken cancellation = default) =>
        await CommandAsync(key, by, cancellation) is { Command: { } command, IsGranted: false }
            && await intake.WhyNotAsync(command, cancellation) is { Code: not Codes.ApprovalMissing } refusal
            ? refusal
            : null;

    /// <summary>Records the approved fact; no receipt when the approval is not granted.</summary>
    public async Task<(Subject About, Receipt? Receipt)> RecordAsync(string key, LedgerUser by, CancellationToken cancellation = default) =>
        await CommandAsync(key, by, cancellation) is { Command: { } command, IsGranted: true }
            ? (command.Subject, await intake.RecordAsync(command, cancellation))
            : (default, null);

    private async Task<(RecordFact? Command, bool IsGranted)> CommandAsync(string key, LedgerUser by, CancellationToken cancellation)
    {
        var recorded = await log.ReadAsync([new Subject(StreamKind.Approval, key).ToString()], long.MaxValue, cancellation)
            .Select(e => e.Recorded).ToListAsync(cancellation);
        var approval = Approval.Fold(key, VisibleFacts.Of(recorded));
        if (approval.Requested is not { } requested || !Subject.TryParse(requested.About, out var about) || requested.Read().Fact is not { } fact)
            return (null, false);
        return (new RecordFact(about, fact, Approval.IdOf(key), by.Actor), approval.Granted is not null);
    }
}
