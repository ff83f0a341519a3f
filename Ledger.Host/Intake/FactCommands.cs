using System.Text.Json;
using Ledger.Domain.Approvals;
using Ledger.Domain.Facts;
using Ledger.Host.Api;
using Ledger.Host.Security;
using Ledger.Host.Telemetry;

namespace Ledger.Host.Intake;

/// <summary>What became of a command.</summary>
/// <param name="Refusal">Why nothing was recorded; null otherwise.</param>
/// <param name="About">The stream that the refusal or the receipt is about.</param>
/// <param name="Receipt">The receipt; null when the rules were not asked.</param>
public sealed record CommandOutcome(Refusal? Refusal, Subject About, Receipt? Receipt);

/// <summary>
/// Recording one fact as a person, over HTTP or by a form: whom it may be about, who acts, what a second person has to decide.
/// Whether the person may record such facts at all is the policy of whoever calls this.
/// </summary>
public sealed class FactCommands(FactIntake intake, ClerkRights rights, ApprovedFacts approved, LedgerMetrics metrics)
{
    /// <summary>Records the fact, or says why not.</summary>
    /// <param name="entry">Which fact.</param>
    /// <param name="subject">The stream.</param>
    /// <param name="data">Its data.</param>
    /// <param name="caller">Who sends it.</param>
    /// <param name="user">The same person with roles.</param>
    /// <param name="ownUnitOnly">Whether the person acts as a clerk.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<CommandOutcome> RecordAsync(
        CatalogEntry entry, Subject subject, JsonElement data, Caller caller, LedgerUser user, bool ownUnitOnly, CancellationToken cancellation)
    {
        var (fact, unreadable) = Read(entry, subject, data, user);
        if (fact is null) return Refused(unreadable!);
        if (ownUnitOnly && !await rights.MayRecordAsync(user.Unit, subject, fact, cancellation)) return Refused(Refusal.Of(Codes.UnitForbidden, user.Unit));
        var command = new RecordFact(subject, fact, new FactId(caller.Source, caller.IdempotencyKey), caller.Actor, caller.Time, caller.Clause, caller.ExpectedVersion);
        if (fact is ApprovalRequested asked && !MayRecordWhatIsAsked(asked, user)) return Refused(RequestRefusals.Of(StatusCodes.Status403Forbidden));
        if (fact is ApprovalGranted && (await intake.WhyNotAsync(command, cancellation) ?? await approved.WhyNotAsync(subject.Key, user, cancellation)) is { } never)
        {
            // Granted before, perhaps by somebody else, and stopped before the fact was recorded: then it is recorded now.
            if (never.Code == Codes.ApprovalAlreadyDecided) await approved.RecordAsync(subject.Key, user, cancellation);
            return Refused(never);
        }

        var receipt = await intake.RecordAsync(command, cancellation);
        metrics.Recorded(entry.Name, receipt);
        if (receipt.Refusal is { } refused) return new(refused, subject, receipt);
        if (fact is ApprovalGranted)
        {
            // Granting records what was approved. After a kill in between, granting again says nothing new and records it.
            var (about, executed) = await approved.RecordAsync(subject.Key, user, cancellation);
            if (executed?.Refusal is { } no) return new(no, about, executed);
        }

        return new(null, subject, receipt);

        CommandOutcome Refused(Refusal refusal)
        {
            metrics.Refused(entry.Name, refusal.Code);
            return new(refusal, subject, null);
        }
    }

    private static (IFact? Fact, Refusal? Refusal) Read(CatalogEntry entry, Subject subject, JsonElement data, LedgerUser user)
    {
        var (filled, notCaller) = ActingPerson.FillIn(entry, data, user);
        if (notCaller is not null) return (null, notCaller);
        var (fact, refusal) = FactJson.Read(entry, filled);
        refusal ??= Envelope.KeyMismatch(subject, fact!);
        return (refusal is null ? fact : null, refusal);
    }

    // An approval adds a person; it gives nobody a right over facts that they could not record themselves.
    private static bool MayRecordWhatIsAsked(ApprovalRequested asked, LedgerUser user) =>
        EventCatalog.Find(asked.Fact) is not { } entry || !Subject.TryParse(asked.About, out var about)
        || LedgerPolicies.Allows(LedgerPolicies.ToRecord(entry, about.Kind), user);
}
