using System.Collections.Frozen;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;
using Microsoft.AspNetCore.Authorization;

namespace Ledger.Host.Security;

/// <summary>
/// Every decision about who may use an endpoint, by name. What has no decision is denied to everybody. A clerk's rights end
/// at the own unit: that is looked at where the unit is known (<see cref="OwnUnit"/>, <see cref="ClerkRights"/>).
/// </summary>
public static class LedgerPolicies
{
#pragma warning disable CS1591 // Each policy's meaning is its row below.
    public const string Query = "query";
    public const string ReadUnits = "read.units";
    public const string ReadLawsuits = "read.lawsuits";
    public const string RecordUnitFacts = "record.unit-facts";
    public const string RegisterUnits = "register.units";
    public const string RecordLawsuitFacts = "record.lawsuit-facts";
    public const string RecordCourtFacts = "record.court-facts";
    public const string CorrectUnits = "correct.units";
    public const string CorrectLawsuits = "correct.lawsuits";
    public const string Administer = "administer";
    public const string Import = "import";
    public const string Operate = "operate";
    public const string ReadOffice = "read.office";
    public const string ReadCourtMatters = "read.court-matters";
    public const string RecordForUnits = "record.for-units";
    public const string RecordForOffice = "record.for-office";
    public const string RecordForCourt = "record.for-court";
    public const string Approve = "approve";
    public const string StoreDocuments = "store.documents";
    public const string ReadEvidence = "read.evidence";
    public const string ExportEvidence = "export.evidence";
    public const string RecordForLedger = "record.for-ledger";
#pragma warning restore CS1591

    /// <summary>The roles of each policy.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<LedgerRole>> Roles { get; } = new Dictionary<string, IReadOnlySet<LedgerRole>>(StringComparer.Ordinal)
    {
        // Rankings and comparisons are published figures: every role reads them.
        [Query] = Set(Enum.GetValues<LedgerRole>()),
        // Scorecards, obligations and histories of units; a court has no business there.
        [ReadUnits] = Set(LedgerRole.Clerk, LedgerRole.Supervisor, LedgerRole.Auditor, LedgerRole.Inspector, LedgerRole.Approver, LedgerRole.Admin),
        [ReadLawsuits] = Set(Enum.GetValues<LedgerRole>()),
        [RecordUnitFacts] = Set(LedgerRole.Clerk, LedgerRole.Supervisor, LedgerRole.Admin),
        // What a unit is decides whether and where it is ranked, so it does not decide it itself.
        [RegisterUnits] = Set(LedgerRole.Supervisor, LedgerRole.Admin),
        [RecordLawsuitFacts] = Set(LedgerRole.Clerk, LedgerRole.Supervisor),
        [RecordCourtFacts] = Set(LedgerRole.Clerk, LedgerRole.Supervisor, LedgerRole.Court),
        // A correction changes what was already counted: never the one who is counted.
        [CorrectUnits] = Set(LedgerRole.Supervisor, LedgerRole.Admin),
        [CorrectLawsuits] = Set(LedgerRole.Supervisor),
        [Administer] = Set(LedgerRole.Admin),
        [Import] = Set(LedgerRole.Admin, LedgerRole.Court, LedgerRole.Supervisor),
        // Details of the health report.
        [Operate] = Set(LedgerRole.Admin, LedgerRole.Supervisor, LedgerRole.Auditor),
        // What concerns several units at once, or the office's own work.
        [ReadOffice] = Set(LedgerRole.Supervisor, LedgerRole.Auditor, LedgerRole.Inspector, LedgerRole.Approver, LedgerRole.Admin),
        [ReadCourtMatters] = Set(LedgerRole.Supervisor, LedgerRole.Auditor, LedgerRole.Inspector, LedgerRole.Court, LedgerRole.Approver, LedgerRole.Admin),
        // The facts of the plan, by who records them (CatalogEntry.Recorder).
        [RecordForUnits] = Set(LedgerRole.Clerk, LedgerRole.Supervisor),
        [RecordForOffice] = Set(LedgerRole.Supervisor),
        [RecordForCourt] = Set(LedgerRole.Supervisor, LedgerRole.Court),
        [Approve] = Set(LedgerRole.Approver),
        // What the ledger did it records itself: nobody does over HTTP, whoever they are.
        [RecordForLedger] = Set(),
        // Documents, by those who record facts that name them; they are read by those who read units.
        [StoreDocuments] = Set(LedgerRole.Clerk, LedgerRole.Supervisor, LedgerRole.Court),
        // Entries of the sealed log name every case and every person who recorded something.
        [ReadEvidence] = Set(LedgerRole.Auditor, LedgerRole.Inspector),
        // A bundle leaves the house; the unit that it is about does not take it away itself.
        [ExportEvidence] = Set(LedgerRole.Supervisor, LedgerRole.Auditor, LedgerRole.Inspector),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> CourtFacts = FrozenSet.Create(
        StringComparer.Ordinal,
        "LawsuitDocketed", "DefendantAdded", "DefendantRemoved", "SeriesLinked", "HearingHeld", "InstanceOpened", "AppealFiled",
        "JudgmentRendered", "OutcomeBecameEffective", "LawsuitSuspended", "LawsuitResumed");

    private static readonly FrozenSet<Type> Registrations = FrozenSet.Create(typeof(UnitRegistered), typeof(UnitRenamed), typeof(UnitMerged));

    /// <summary>The policy under which a fact of the catalogue is recorded in a stream.</summary>
    public static string ToRecord(CatalogEntry entry, StreamKind kind) => entry.Recorder switch
    {
        Recorder.Unit => RecordForUnits,
        Recorder.Office => RecordForOffice,
        Recorder.Court => RecordForCourt,
        Recorder.Approver => Approve,
        Recorder.Administration => Administer,
        Recorder.Ledger => RecordForLedger,
        _ => OfTheSpine(entry, kind),
    };

    private static string OfTheSpine(CatalogEntry entry, StreamKind kind) => kind switch
    {
        StreamKind.Unit when entry.Kind is null => CorrectUnits,
        StreamKind.Unit => Registrations.Contains(entry.Type) ? RegisterUnits : RecordUnitFacts,
        StreamKind.Lawsuit when entry.Kind is null => CorrectLawsuits,
        StreamKind.Lawsuit => CourtFacts.Contains(entry.Name) ? RecordCourtFacts : RecordLawsuitFacts,
        // Corrections of the plan's facts; an approval, once given, is not rewritten by those who asked for it.
        StreamKind.Policy or StreamKind.Calendar or StreamKind.Benchmark or StreamKind.Approval or StreamKind.Export or StreamKind.Redaction => Administer,
        _ => RecordForOffice,
    };

    /// <summary>The policy under which a question is asked.</summary>
    public static string ToAsk(Audience audience) => audience switch
    {
        Audience.Everyone => Query,
        Audience.Units => ReadUnits,
        Audience.Court => ReadCourtMatters,
        _ => ReadOffice,
    };

    /// <summary>Whether a caller passes a policy.</summary>
    public static bool Allows(string policy, LedgerUser user) => Roles[policy].Overlaps(user.Roles);

    /// <summary>Whether it is only as a clerk that the caller passes, so that the right ends at the own unit.</summary>
    public static bool BindsToUnit(string policy, LedgerUser user) =>
        !Roles[policy].Where(r => r != LedgerRole.Clerk).Any(user.Roles.Contains);

    /// <summary>Whether it is only as a clerk that the caller reached this endpoint.</summary>
    public static bool BindsToUnit(HttpContext http, LedgerUser user) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy is not { } policy || BindsToUnit(policy, user);

    /// <summary>Registers the policies and the denying fallback.</summary>
    public static void Register(IServiceCollection services, LedgerAuthentication settings)
    {
        var builder = services.AddAuthorizationBuilder();
        foreach (var (name, _) in Roles)
            builder.AddPolicy(name, p => p.RequireAuthenticatedUser()
                .RequireAssertion(c => LedgerUser.Of(c.User, settings) is { } user && Allows(name, user)));
        var nobody = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(_ => false).Build();
        builder.SetFallbackPolicy(nobody).SetDefaultPolicy(nobody);
    }

    private static FrozenSet<LedgerRole> Set(params LedgerRole[] roles) => roles.ToFrozenSet();
}
