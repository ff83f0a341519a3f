using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Obligations;

/// <summary>A line of a scoring policy: what one duty of a clause, or of a kind, weighs.</summary>
/// <param name="Weight">The weight, 0 to 1000; 0 shows the duties and does not score them.</param>
/// <param name="Clause">The clause whose duties weigh so; else <paramref name="Kind"/>.</param>
/// <param name="Kind">The kind of duty that weighs so; it goes before the line of its clause.</param>
public sealed record ScoringWeight(int Weight, string? Clause = null, DutyKind? Kind = null);

/// <summary>
/// 评分办法确定: how the compliance score of a unit is made, as data (plan 4.4a, 考核指标体系). What it does not list keeps the weight of the
/// built-in policy S-A.
/// </summary>
/// <param name="EffectiveFrom">It governs the periods that begin on or after this day; not a legal date, and it may lie in the future.</param>
/// <param name="Weights">The weights.</param>
/// <param name="LateCredit">What a duty done late earns of its weight, from 0/1 to 1/1.</param>
public sealed record ScoringPolicyAdopted(DateOnly EffectiveFrom, IReadOnlyList<ScoringWeight> Weights, Ratio LateCredit) : IFact
{
    /// <summary>None: it selects by period, as a counting policy does.</summary>
    public DateOnly? LegalDate => null;

    /// <summary>Why the policy cannot be adopted; null when it can.</summary>
    public Refusal? Check()
    {
        if (LateCredit is not { D: >= 1 and <= 1000, N: >= 0 } || LateCredit.N > LateCredit.D) return Refusal.Of(Codes.InvalidValue, "lateCredit", LateCredit);
        var seen = new HashSet<(string?, DutyKind?)>();
        foreach (var line in Weights)
            if (line.Weight is < 0 or > 1000)
                return Refusal.Of(Codes.InvalidValue, "weight", line.Weight);
            else if (line.Clause is null == line.Kind is null)
                return Refusal.Of(Codes.ScoringLineUnclear, line.Clause ?? "-", line.Kind?.ToString() ?? "-");
            else if (line.Clause is { } clause && !DutyKinds.All.Any(k => k.Clause == clause))
                return Refusal.Of(Codes.ScoringClauseWithoutDuty, clause);
            else if (!seen.Add((line.Clause, line.Kind)))
                return Refusal.Of(Codes.ScoringLineTwice, line.Clause ?? line.Kind.ToString());
        return null;
    }
}

/// <summary>A scoring policy, and which of them governs a period.</summary>
/// <param name="Id">Its id, which every score names.</param>
/// <param name="Weights">The lines.</param>
/// <param name="LateCredit">What a duty done late earns of its weight.</param>
public sealed record ScoringPolicy(string Id, IReadOnlyList<ScoringWeight> Weights, Ratio LateCredit)
{
    /// <summary>
    /// S-A: the three deadlines that the plan itself sets weigh 5; what a law, a court or an instrument sets a date for, or
    /// every case must have, weighs 3; what returns every quarter weighs 2; everything else weighs 1. Late earns half.
    /// </summary>
    public static ScoringPolicy BuiltIn { get; } = new(
        "S-A",
        [
            new(5, "3.2.3c"), new(5, "3.2.3d"), new(5, "3.3.2g"),
            new(3, "3.1.1d"), new(3, "3.1.2c"), new(3, "3.2.2a"), new(3, "3.2.2c"),
            new(3, Kind: DutyKind.CourtInformed), new(3, Kind: DutyKind.PenaltyWithdrawal), new(3, Kind: DutyKind.ProcuratorialReply),
            new(2, "4.2"),
        ],
        new Ratio(1, 2));

    /// <summary>What one duty of a kind weighs.</summary>
    public int WeightOf(DutyKind kind) => Listed(kind) ?? (ReferenceEquals(this, BuiltIn) ? 1 : BuiltIn.WeightOf(kind));

    /// <summary>The policy of that id; without one, that of the period: the latest in force on its first day, else S-A.</summary>
    public static ScoringPolicy? Find(Situation situation, Period period, string? id)
    {
        var adopted = situation.Told<ScoringPolicyAdopted>(StreamKind.Policy).OrderBy(p => p.Fact.EffectiveFrom).ThenBy(p => p.Visible.Sequence).ToList();
        var found = adopted.LastOrDefault(p => id is null ? p.Fact.EffectiveFrom <= period.First : p.Subject.Key == id);
        return found.Fact is { } fact ? new ScoringPolicy(found.Subject.Key, fact.Weights, fact.LateCredit)
            : id is null || id == BuiltIn.Id ? BuiltIn : null;
    }

    private int? Listed(DutyKind kind) =>
        (Weights.FirstOrDefault(w => w.Kind == kind) ?? Weights.FirstOrDefault(w => w.Clause == DutyKinds.Of(kind).Clause))?.Weight;
}
