using System.Globalization;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Domain.OutsideVoices;

/// <summary>Where a complaint stands.</summary>
public enum ComplaintStatus
{
    /// <summary>No unit is to handle it yet.</summary>
    Unassigned,

    /// <summary>A unit has it; nothing has been found yet.</summary>
    BeingVerified,

    /// <summary>Not well founded.</summary>
    NotUpheld,

    /// <summary>Well founded, neither corrected nor closed with a reason.</summary>
    UpheldOpen,

    /// <summary>Well founded and corrected.</summary>
    Corrected,

    /// <summary>Well founded and closed with a reason.</summary>
    ClosedWithReason,
}

/// <summary>One complaint as its facts tell it: the state and rules of <c>complaint/{key}</c>.</summary>
public sealed class ComplaintFile(string key) : SubjectState(new Subject(StreamKind.Complaint, key))
{
    private readonly List<(ComplaintAssigned Fact, VisibleFact Visible)> _assignments = [];

    /// <summary>The key.</summary>
    public string Key => key;

    /// <summary>The complaint; null while none is visible.</summary>
    public ComplaintReceived? Received { get; private set; }

    /// <summary>What it was found to be.</summary>
    public ComplaintVerified? Verified { get; private set; }

    /// <summary>The correction, if any.</summary>
    public ComplaintCorrected? Corrected { get; private set; }

    /// <summary>The closing with a reason, if any.</summary>
    public ComplaintClosedWithReason? Closed { get; private set; }

    /// <summary>The reply, if any.</summary>
    public ComplaintReplied? Replied { get; private set; }

    /// <summary>The facts, in ledger order.</summary>
    public IReadOnlyList<VisibleFact> Facts { get; private set; } = [];

    /// <summary>The assignment in force: the latest by its day, ties by ledger sequence.</summary>
    public ComplaintAssigned? Assigned => _assignments.OrderBy(a => (a.Fact.AssignedOn, a.Visible.Sequence)).LastOrDefault().Fact;

    /// <summary>The unit that must handle it.</summary>
    public string? Unit => Assigned?.Unit ?? Received?.Unit;

    /// <summary>By when it must be answered.</summary>
    public DateOnly? DueOn => Assigned?.DueOn ?? Received?.DueOn;

    /// <summary>From when the unit has it.</summary>
    public DateOnly? WithUnitSince => Unit is null ? null : _assignments.Count == 0 ? Received!.ReceivedOn : _assignments.Min(a => a.Fact.AssignedOn);

    /// <summary>Where it stands.</summary>
    public ComplaintStatus Status => Corrected is not null ? ComplaintStatus.Corrected
        : Closed is not null ? ComplaintStatus.ClosedWithReason
        : Verified is { Upheld: true } ? ComplaintStatus.UpheldOpen
        : Verified is not null ? ComplaintStatus.NotUpheld
        : Unit is null ? ComplaintStatus.Unassigned : ComplaintStatus.BeingVerified;

    /// <summary>Every complaint that was received by the day.</summary>
    public static IEnumerable<ComplaintFile> All(Situation situation) =>
        situation.Streams(StreamKind.Complaint).Select(s => Fold(s.Subject.Key, s.Facts)).Where(c => c.Received is not null);

    /// <summary>Folds a complaint.</summary>
    public static ComplaintFile Fold(string key, IReadOnlyList<VisibleFact> facts)
    {
        var complaint = new ComplaintFile(key) { Facts = facts };
        foreach (var fact in facts) complaint.Apply(fact);
        return complaint;
    }

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        ComplaintReceived { DueOn: { } due } f => NotBefore(due, f.ReceivedOn, nameof(ComplaintReceived)),
        ComplaintAssigned f => NotBefore(f.AssignedOn, Received!.ReceivedOn, nameof(ComplaintReceived)) ?? NotBefore(f.DueOn, f.AssignedOn, nameof(ComplaintAssigned)),
        ComplaintVerified when Verified is not null => Refusal.Of(Codes.ComplaintAlreadyVerified, key),
        ComplaintVerified f => NotBefore(f.VerifiedOn, Received!.ReceivedOn, nameof(ComplaintReceived)),
        ComplaintCorrected f => CheckEnd(f.CorrectedOn),
        ComplaintClosedWithReason f => CheckEnd(f.ClosedOn),
        ComplaintReplied when Verified is null => Refusal.Of(Codes.ComplaintNotVerified, key),
        ComplaintReplied when Replied is not null => Refusal.Of(Codes.ComplaintAlreadyReplied, key),
        ComplaintReplied f => NotBefore(f.RepliedOn, Verified!.VerifiedOn, nameof(ComplaintVerified)),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case ComplaintReceived f: Received ??= f; break;
            case ComplaintAssigned f: _assignments.Add((f, fact)); break;
            case ComplaintVerified f: Verified ??= f; break;
            case ComplaintCorrected f: Corrected ??= f; break;
            case ComplaintClosedWithReason f: Closed ??= f; break;
            case ComplaintReplied f: Replied ??= f; break;
            default: break;
        }
    }

    // An upheld complaint ends once: corrected, or with a reason.
    private Refusal? CheckEnd(DateOnly on) => Verified is null ? Refusal.Of(Codes.ComplaintNotVerified, key)
        : !Verified.Upheld ? Refusal.Of(Codes.ComplaintNotUpheld, key)
        : Corrected is not null || Closed is not null ? Refusal.Of(Codes.ComplaintAlreadyEnded, key)
        : NotBefore(on, Verified.VerifiedOn, nameof(ComplaintVerified));

    private static Refusal? NotBefore(DateOnly date, DateOnly earliest, string of) => date >= earliest ? null
        : Refusal.Of(Codes.DateOutOfOrder, date.ToString("O", CultureInfo.InvariantCulture), earliest.ToString("O", CultureInfo.InvariantCulture), of);
}
