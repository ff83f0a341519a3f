using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>What returns: the special supervision of a year and the visits of a quarter.</summary>
public sealed class Programmes : IStreamState
{
    private AnnualSpecialSupervisionPlanned? _planned;

    /// <summary>The launch of the annual supervision.</summary>
    public VisibleFact? Launched { get; private set; }

    /// <summary>Its conclusion.</summary>
    public VisibleFact? Concluded { get; private set; }

    /// <summary>Folds a file.</summary>
    public static Programmes Fold(IEnumerable<VisibleFact> facts)
    {
        var state = new Programmes();
        foreach (var fact in facts) state.Apply(fact);
        return state;
    }

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        AnnualSpecialSupervisionPlanned { Units.Count: 0 } => Refusal.Of(Codes.SupervisionScopeEmpty),
        AnnualSpecialSupervisionPlanned { Year: < 2000 or > 2999 } f => Refusal.Of(Codes.InvalidValue, "year", f.Year),
        AnnualSpecialSupervisionLaunched when Launched is not null => Done(fact),
        AnnualSpecialSupervisionLaunched f => CheckYear(f.LaunchedOn),
        AnnualSpecialSupervisionConcluded when Concluded is not null => Done(fact),
        AnnualSpecialSupervisionConcluded when Launched is null => Refusal.Of(Codes.SupervisionNotLaunched),
        AnnualSpecialSupervisionConcluded f => Conclusions.Check(f.Conclusion) ?? Order.Check(f.ConcludedOn, Launched!.Fact.LegalDate!.Value, "年度专项监督启动")
            ?? (_planned is null ? null : Order.Check(f.ConcludedOn, new DateOnly(_planned.Year, 1, 1), "年度")),
        IQuarterlySupervision { Problems: < 0 } f => Refusal.Of(Codes.InvalidValue, "findings", f.Problems),
        CrossSupervisionConducted f when f.Visitor == f.Visited => Refusal.Of(Codes.SupervisionSelfVisit, f.Visitor),
        RotationalSupervisionConducted f when f.Cycle.Count < 3 || f.Cycle.Distinct(StringComparer.Ordinal).Count() < f.Cycle.Count =>
            Refusal.Of(Codes.SupervisionNotACycle, string.Join("→", f.Cycle)),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        if (fact.Fact is AnnualSpecialSupervisionPlanned planned) _planned ??= planned;
        if (fact.Fact is AnnualSpecialSupervisionLaunched) Launched ??= fact;
        if (fact.Fact is AnnualSpecialSupervisionConcluded) Concluded ??= fact;
    }

    // What counts for a year is launched in it, or in the year in which it was planned: earlier or later it is another year's.
    private Refusal? CheckYear(DateOnly launchedOn) => _planned is null || launchedOn.Year == _planned.Year || launchedOn.Year == _planned.PlannedOn.Year
        ? null
        : Order.Check(launchedOn, new DateOnly(_planned.Year, 1, 1), "年度") ?? Refusal.Of(Codes.InvalidValue, "launchedOn", launchedOn.ToString("O"));

    private static Refusal Done(IFact fact) => Refusal.Of(Codes.SupervisionAlreadyDone, EventCatalog.EntryOf(fact).Chinese);
}

/// <summary>What is closed has a conclusion.</summary>
internal static class Conclusions
{
    /// <summary>The refusal of an empty conclusion.</summary>
    public static Refusal? Check(string conclusion) => string.IsNullOrWhiteSpace(conclusion) ? Refusal.Of(Codes.SupervisionConclusionMissing) : null;
}
