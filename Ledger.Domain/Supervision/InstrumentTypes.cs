using Ledger.Domain.Facts;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Supervision;

/// <summary>Which instruments may be issued when (domain.md §5).</summary>
public static class InstrumentTypes
{
    private static readonly IReadOnlyList<SupervisionInstrumentAdopted> BuiltIn =
    [
        new(Instrument.Opinion, new DateOnly(2016, 6, 1), "《河南省行政执法条例》第43条"),
        new(Instrument.Decision, new DateOnly(2016, 6, 1), "《河南省行政执法条例》第43条", Instrument.Opinion),
        new(Instrument.Notice, new DateOnly(2026, 2, 1), "《行政执法监督条例》（国务院令第825号）"),
    ];

    /// <summary>The rule under which an instrument of a type is issued on a day; null when there is none.</summary>
    /// <param name="type">The instrument.</param>
    /// <param name="on">The day of issue.</param>
    /// <param name="policy">What the policy that the document names holds; null when it names none.</param>
    public static SupervisionInstrumentAdopted? RuleFor(Instrument type, DateOnly on, IReadOnlyList<VisibleFact>? policy) =>
        (policy is null ? BuiltIn : policy.Select(f => f.Fact).OfType<SupervisionInstrumentAdopted>())
        .Where(r => r.Instrument == type && r.EffectiveFrom <= on).MaxBy(r => r.EffectiveFrom);

    /// <summary>What sort of instrument a document is.</summary>
    public static Instrument TypeOf(ISupervisionInstrument document) => document switch
    {
        SupervisionNoticeIssued => Instrument.Notice,
        SupervisionOpinionIssued => Instrument.Opinion,
        _ => Instrument.Decision,
    };
}

/// <summary>The rules of instrument types in <c>policy/{id}</c>: each id is adopted once.</summary>
public sealed class InstrumentPolicyState(string id) : IStreamState
{
    private bool _adopted;

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        SupervisionInstrumentAdopted when _adopted => Refusal.Of(Codes.PolicyAlreadyAdopted, id),
        SupervisionInstrumentAdopted f when f.RequiresPrior == f.Instrument => Refusal.Of(Codes.InvalidValue, "requiresPrior", f.RequiresPrior),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact) => _adopted |= fact.Fact is SupervisionInstrumentAdopted or CountingPolicyAdopted;
}
