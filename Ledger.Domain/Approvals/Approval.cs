using Ledger.Domain.Facts;

namespace Ledger.Domain.Approvals;

/// <summary>Where an approval stands.</summary>
public enum ApprovalStatus
{
    /// <summary>Asked for, not decided.</summary>
    Requested,

    /// <summary>Granted: the fact may be recorded, as it was asked for.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Refused,
}

/// <summary>
/// One approval (双人审批) as its facts tell it: the maker is not the checker, and what is recorded is what was approved. The
/// person who decides is named by the fact; over HTTP it is always the authenticated one.
/// </summary>
public sealed class Approval(string key) : SubjectState(new Subject(StreamKind.Approval, key))
{
    private const string Source = "/ledger/approvals";

    /// <summary>The id under which an approved fact is recorded: granting again, or after a crash, records it once.</summary>
    public static FactId IdOf(string key) => new(Source, key);

    /// <summary>The stream of the approval under which a fact of that id is recorded; null for any other id.</summary>
    public static Subject? KeyOf(FactId id) => id.Source == Source && Subject.IsKey(id.Id) ? new Subject(StreamKind.Approval, id.Id) : null;

    /// <summary>What was asked for.</summary>
    public ApprovalRequested? Requested { get; private set; }

    /// <summary>The grant, if any.</summary>
    public ApprovalGranted? Granted { get; private set; }

    /// <summary>The refusal, if any.</summary>
    public ApprovalRefused? Refused { get; private set; }

    /// <summary>Where it stands.</summary>
    public ApprovalStatus Status => Granted is not null ? ApprovalStatus.Granted : Refused is not null ? ApprovalStatus.Refused : ApprovalStatus.Requested;

    /// <summary>Folds an approval.</summary>
    public static Approval Fold(string key, IEnumerable<VisibleFact> facts)
    {
        var approval = new Approval(key);
        foreach (var fact in facts) approval.Apply(fact);
        return approval;
    }

    /// <summary>Why a fact may not be recorded: its approval is missing, refused, or was given for something else.</summary>
    public static Refusal? CheckGranted(INeedsApproval fact, Subject about, AdmissionContext context) =>
        CheckGranted(fact.Approval, fact, about, context);

    /// <summary>
    /// Why an amendment may not be recorded: it is of a fact that two persons, or the ledger's own count, stand for, and was
    /// not recorded by the grant of an approval.
    /// </summary>
    public static Refusal? CheckGranted(FactId id, IFact amendment, Subject about, AdmissionContext context) => KeyOf(id) is { } approval
        ? CheckGranted(approval.Key, amendment, about, context)
        : Refusal.Of(Codes.ApprovalMissing, EventCatalog.NameOf(amendment), "—");

    private static Refusal? CheckGranted(string key, IFact fact, Subject about, AdmissionContext context)
    {
        var approval = Fold(key, context.FactsOf(new Subject(StreamKind.Approval, key)));
        if (approval.Granted is null) return Refusal.Of(Codes.ApprovalMissing, EventCatalog.NameOf(fact), key);
        return approval.Requested!.About == about.ToString() && approval.Requested.Read().Fact is { } asked && StreamAdmission.SaysTheSame(asked, fact)
            ? null
            : Refusal.Of(Codes.ApprovalOtherContent, key);
    }

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        ApprovalRequested f => f.Read() is var (asked, refusal) && refusal is not null ? refusal
            : asked is FactCorrected or FactRetracted ? null
            : asked is not INeedsApproval needs ? Refusal.Of(Codes.ApprovalNotNeeded, f.Fact)
            : needs.Approval == key ? null : Refusal.Of(Codes.ApprovalOtherKey, key, needs.Approval),
        _ when Granted is not null || Refused is not null => Refusal.Of(Codes.ApprovalAlreadyDecided, key),
        ApprovalGranted f => CheckDecision(f.GrantedBy, f.GrantedOn),
        ApprovalRefused f => CheckDecision(f.RefusedBy, f.RefusedOn),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case ApprovalRequested f: Requested ??= f; break;
            case ApprovalGranted f: Granted ??= f; break;
            case ApprovalRefused f: Refused ??= f; break;
            default: break;
        }
    }

    private Refusal? CheckDecision(string by, DateOnly on) =>
        by == Requested!.RequestedBy ? Refusal.Of(Codes.ApprovalSamePerson, by)
        : on < Requested.RequestedOn ? Refusal.Of(Codes.DateOutOfOrder, on.ToString("O"), Requested.RequestedOn.ToString("O"), "ApprovalRequested")
        : null;
}
