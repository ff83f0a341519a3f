using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>One case under supervision, or one penalty that was filed.</summary>
public sealed class CaseFiles : IStreamState
{
    private IndividualCaseSupervisionOpened? _opened;

    /// <summary>Where the case was lifted to a higher level.</summary>
    public VisibleFact? Elevated { get; private set; }

    /// <summary>Where it was closed.</summary>
    public VisibleFact? Closed { get; private set; }

    /// <summary>Where the penalty was reviewed.</summary>
    public VisibleFact? Reviewed { get; private set; }

    /// <summary>Folds a file.</summary>
    public static CaseFiles Fold(IEnumerable<VisibleFact> facts)
    {
        var state = new CaseFiles();
        foreach (var fact in facts) state.Apply(fact);
        return state;
    }

    /// <summary>Fines and confiscations are major from this amount, in yuan (省政府令第168号第3条).</summary>
    public static decimal ThresholdFor(PenaltyParty party) => party == PenaltyParty.Person ? 10_000m : 100_000m;

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        IndividualCaseSupervisionOpened { DueOn: { } due } f => Order.Check(due, f.OpenedOn, "个案监督立案"),
        CaseSupervisionElevated when Elevated is not null => Done(fact),
        CaseSupervisionElevated f when _opened is not null && f.CaseReference != _opened.CaseReference => Refusal.Of(Codes.SupervisionOtherCase, _opened.CaseReference, f.CaseReference),
        IndividualCaseSupervisionClosed when Closed is not null => Done(fact),
        IndividualCaseSupervisionClosed f => Conclusions.Check(f.Conclusion),
        MajorPenaltyFiled f => CheckPenalty(f),
        MajorPenaltyReviewed when Reviewed is not null => Done(fact),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case IndividualCaseSupervisionOpened f: _opened ??= f; break;
            case CaseSupervisionElevated: Elevated ??= fact; break;
            case IndividualCaseSupervisionClosed: Closed ??= fact; break;
            case MajorPenaltyReviewed: Reviewed ??= fact; break;
            default: break;
        }
    }

    private static Refusal? CheckPenalty(MajorPenaltyFiled filed)
    {
        if (filed.Kind is PenaltyKind.Fine or PenaltyKind.Confiscation)
        {
            if (filed.Amount is not { } amount) return Refusal.Of(Codes.MissingMember, "MajorPenaltyFiled", "amount");
            if (amount < ThresholdFor(filed.Party)) return Refusal.Of(Codes.SupervisionPenaltyBelowThreshold, amount, ThresholdFor(filed.Party));
        }

        return Order.Check(filed.FiledOn, filed.DecidedOn, "处罚决定");
    }

    private static Refusal Done(IFact fact) => Refusal.Of(Codes.SupervisionAlreadyDone, EventCatalog.EntryOf(fact).Chinese);
}
