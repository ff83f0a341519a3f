using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Policies;

/// <summary>A counting policy with every field filled in (counting-rules.md §3).</summary>
/// <param name="Id">Its id, which every number names.</param>
public sealed record CountingPolicy(string Id)
{
    /// <summary>Which documents make the loss rate.</summary>
    public CountingBasis Basis { get; init; }

    /// <summary>How serial cases count.</summary>
    public SeriesCounting Series { get; init; }

    /// <summary>A document all of whose outcomes for the unit are listed leaves the denominator.</summary>
    public IReadOnlyList<Outcome> ExcludeClosings { get; init; } = [];

    /// <summary>Outcomes that are no losses under this policy.</summary>
    public IReadOnlyList<Outcome> NotLosses { get; init; } = [];

    /// <summary>Whether compensation lawsuits count.</summary>
    public bool CountCompensation { get; init; } = true;

    /// <summary>Over which list the annual bar runs.</summary>
    public BarList BarList { get; init; }

    /// <summary>Whether 31 January moves to a working day.</summary>
    public FixedDateRollover FixedDateRollover { get; init; }

    /// <summary>The built-in policies, each with defaults otherwise.</summary>
    public static IReadOnlyList<CountingPolicy> BuiltIn { get; } =
    [
        new("P-A") { Basis = CountingBasis.FirstInstanceClosed },
        new("P-B") { Basis = CountingBasis.Effective },
        new("P-C") { Basis = CountingBasis.SubstantiveJudgment },
        new("P-D") { Basis = CountingBasis.SubstantiveLoss },
    ];

    /// <summary>The policy that an adoption fact states.</summary>
    public static CountingPolicy From(string id, CountingPolicyAdopted fact) => new(id)
    {
        Basis = fact.Basis ?? default,
        Series = fact.Series ?? default,
        ExcludeClosings = fact.ExcludeClosings ?? [],
        NotLosses = fact.NotLosses ?? [],
        CountCompensation = fact.CountCompensation ?? true,
        BarList = fact.BarList ?? default,
        FixedDateRollover = fact.FixedDateRollover ?? default,
    };

    /// <summary>Whether an outcome is a loss under this policy.</summary>
    public bool IsLoss(Outcome outcome) => !NotLosses.Contains(outcome)
        && (outcome.ClassOf() == OutcomeClass.Loss
            || (Basis == CountingBasis.SubstantiveLoss && outcome is Outcome.WithdrawAfterDefendantChanged or Outcome.Mediated));

    /// <summary>Whether a document with these outcomes of a unit stands in its denominator.</summary>
    public bool Counts(IReadOnlyList<Outcome> outcomes) => outcomes.Count > 0
        && (Basis != CountingBasis.SubstantiveJudgment || outcomes.Any(o => o.ClassOf() is OutcomeClass.Win or OutcomeClass.Loss))
        && !outcomes.All(o => ExcludeClosings.Contains(o));
}

/// <summary>The policies recorded by some position, and which of them governs a period.</summary>
public sealed class PolicyBook
{
    private readonly List<(CountingPolicy Policy, DateOnly EffectiveFrom, long Sequence)> _adopted = [];

    /// <summary>Takes in a policy stream's visible facts.</summary>
    public void Add(string id, IEnumerable<VisibleFact> facts)
    {
        foreach (var fact in facts)
            if (fact.Fact is CountingPolicyAdopted adopted)
                _adopted.Add((CountingPolicy.From(id, adopted), adopted.EffectiveFrom, fact.Sequence));
    }

    /// <summary>
    /// The policy of a period: the latest <c>effectiveFrom</c> on or before its first day, ties by ledger sequence; before
    /// any, the built-in P-A (counting-rules.md §3).
    /// </summary>
    public CountingPolicy GoverningFrom(DateOnly firstDay)
    {
        var governing = _adopted.Where(p => p.EffectiveFrom <= firstDay).ToList();
        return governing.Count == 0 ? CountingPolicy.BuiltIn[0] : governing.MaxBy(p => (p.EffectiveFrom, p.Sequence)).Policy;
    }

    /// <summary>Every policy by its id, the recorded ones first, the latest in force before the others; then the built-in ones.</summary>
    public IReadOnlyList<CountingPolicy> Known =>
    [
        .. _adopted.OrderByDescending(p => p.EffectiveFrom).ThenByDescending(p => p.Sequence).Select(p => p.Policy)
            .Concat(CountingPolicy.BuiltIn).DistinctBy(p => p.Id, StringComparer.Ordinal),
    ];

    /// <summary>A policy by id: a recorded one, else a built-in one, else null.</summary>
    public CountingPolicy? Find(string id)
    {
        var recorded = _adopted.FindLast(p => p.Policy.Id == id).Policy;
        return recorded ?? CountingPolicy.BuiltIn.FirstOrDefault(p => p.Id == id);
    }
}

/// <summary>The rules of <c>policy/{id}</c>.</summary>
public sealed class PolicyStream(string id) : IStreamState
{
    private bool _adopted;

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) =>
        fact is CountingPolicyAdopted && _adopted ? Refusal.Of(Codes.PolicyAlreadyAdopted, id) : null;

    /// <inheritdoc/>
    public void Apply(VisibleFact fact) => _adopted |= fact.Fact is CountingPolicyAdopted;
}
