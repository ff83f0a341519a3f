using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Host.Attachments;
using Ledger.Host.Evidence.Bundle;
using Ledger.Host.Security;

namespace Ledger.Host.Api;

/// <summary>
/// Who reads plaintiffs' names in full: a supervisor, an auditor, a court, and a clerk for the own unit's lawsuits. Each such
/// reading is logged, without the names: who, what, and at which position.
/// </summary>
public sealed class PersonalData(ClerkRights rights, ILoggerFactory loggers)
{
    /// <summary>The log category; it is never filtered out.</summary>
    public const string Category = "Ledger.PersonalData";

    private static readonly EventId Read = new(4001, "PersonalDataRead");
    private static readonly EventId Opened = new(4002, "DocumentRead");
    private static readonly EventId Bundled = new(4003, "BundleRead");
    private static readonly LedgerRole[] Readers = [LedgerRole.Supervisor, LedgerRole.Auditor, LedgerRole.Court];

    private readonly ILogger _log = loggers.CreateLogger(Category);

    /// <summary>Logs that somebody reads a document: it is never masked, whoever reads it, so each reading counts.</summary>
    public void DocumentRead(LedgerUser user, Attachment document) => _log.LogInformation(
        Opened, "Document read: {Document} ({Size} bytes) by {Actor} through {Client}", document.Sha256, document.Size, user.Actor, user.Client);

    /// <summary>Logs that somebody takes a bundle away in which nothing is masked.</summary>
    public void BundleRead(LedgerUser user, ExportMade bundle) => _log.LogInformation(
        Bundled, "Evidence bundle {Sha256} unmasked, of {Unit} at {Position}, by {Actor} through {Client}", bundle.Sha256, bundle.Unit, bundle.Position, user.Actor, user.Client);

    /// <summary>Whether the caller may take names away.</summary>
    public static bool MayDisclose(LedgerUser user) => user.Roles.Overlaps(Readers);

    /// <summary>Whether the caller reads the names that one sealed fact holds.</summary>
    public Task<bool> MayReadAsync(HttpContext http, Subject subject, long position) => MayReadAsync(LedgerUser.Of(http), subject, position, http.RequestAborted);

    /// <summary>Whether somebody reads the names that one sealed fact or one answer holds.</summary>
    public async Task<bool> MayReadAsync(LedgerUser user, Subject subject, long position, CancellationToken cancellation)
    {
        if (!user.Roles.Overlaps(Readers) && !(user.Roles.Contains(LedgerRole.Clerk) && await rights.MayReadAsync(user.Unit, subject, cancellation)))
            return false;
        _log.LogInformation(Read, "Personal data read unmasked: {Subject} at {Position} by {Actor} through {Client}", subject.ToString(), position, user.Actor, user.Client);
        return true;
    }

    /// <summary>Whether the caller reads the names that the facts of an answer hold.</summary>
    public Task<bool> MayReadAsync(HttpContext http, Subject subject, IEnumerable<(StreamKind Kind, IFact Fact)> facts, Scope scope) =>
        MayReadAsync(LedgerUser.Of(http), subject, facts, scope, http.RequestAborted);

    /// <summary>The same for a page.</summary>
    public async Task<bool> MayReadAsync(
        LedgerUser user, Subject subject, IEnumerable<(StreamKind Kind, IFact Fact)> facts, Scope scope, CancellationToken cancellation = default) =>
        facts.Any(f => Masking.IsPersonal(f.Kind, f.Fact)) && await MayReadAsync(user, subject, scope.Position, cancellation);
}
