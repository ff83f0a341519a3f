namespace Ledger.Verifier.Numbers;

/// <summary>A counting policy (counting-rules.md §3).</summary>
internal sealed record Policy(string Basis)
{
    public bool OncePerSeries { get; init; }

    public IReadOnlyList<string> ExcludeClosings { get; init; } = [];

    public IReadOnlyList<string> NotLosses { get; init; } = [];

    public bool CountsCompensation { get; init; } = true;

    public bool BarsPerList { get; init; }

    public bool RollsFixedDates { get; init; }

    public bool IsByEffectiveness => Basis == "Effective";

    /// <summary>Whether an outcome is a loss under this policy.</summary>
    public bool IsLoss(string outcome) =>
        (Outcomes.IsLoss(outcome) || (Basis == "SubstantiveLoss" && outcome is "WithdrawAfterDefendantChanged" or "Mediated"))
        && !NotLosses.Contains(outcome, StringComparer.Ordinal);

    /// <summary>Whether what a document gives a unit counts in the denominator.</summary>
    public bool Counts(IReadOnlyCollection<string> outcomes) =>
        outcomes.Count > 0
        && !outcomes.All(o => ExcludeClosings.Contains(o, StringComparer.Ordinal))
        && (Basis != "SubstantiveJudgment" || outcomes.Any(o => Outcomes.IsWin(o) || Outcomes.IsLoss(o)));
}

/// <summary>The policies that were recorded.</summary>
internal sealed class Policies(IEnumerable<ReadFact> facts)
{
    private static readonly Dictionary<string, Policy> BuiltIn = new(StringComparer.Ordinal)
    {
        ["P-A"] = new("FirstInstanceClosed"),
        ["P-B"] = new("Effective"),
        ["P-C"] = new("SubstantiveJudgment"),
        ["P-D"] = new("SubstantiveLoss"),
    };

    private readonly ReadFact[] _adopted = [.. facts.Where(f => f.Type == "CountingPolicyAdopted").OrderBy(f => f.Sequence)];

    /// <summary>A policy by its id, whatever its date; null when no such policy was recorded.</summary>
    public Policy? Named(string id) =>
        _adopted.LastOrDefault(f => f.Key == id) is { } adopted ? Read(adopted) : BuiltIn.GetValueOrDefault(id);

    /// <summary>The policy that is used for a period.</summary>
    public Policy InForceOn(DateOnly firstDay)
    {
        var effective = _adopted.Where(f => f.Day("effectiveFrom") <= firstDay).OrderBy(f => f.Day("effectiveFrom")).ThenBy(f => f.Sequence).LastOrDefault();
        return effective is null ? BuiltIn["P-A"] : Read(effective);
    }

    private static Policy Read(ReadFact fact) => new(OneOf(fact, "basis", "FirstInstanceClosed", "Effective", "SubstantiveJudgment", "SubstantiveLoss"))
    {
        OncePerSeries = OneOf(fact, "series", "Each", "OncePerSeries") == "OncePerSeries",
        ExcludeClosings = [.. fact.Texts("excludeClosings")],
        NotLosses = [.. fact.Texts("notLosses")],
        CountsCompensation = fact.YesOrNull("countCompensation") ?? true,
        BarsPerList = OneOf(fact, "barList", "All", "PerList") == "PerList",
        RollsFixedDates = OneOf(fact, "fixedDateRollover", "None", "NextWorkingDay") == "NextWorkingDay",
    };

    // The first value is the default.
    private static string OneOf(ReadFact fact, string member, params string[] values)
    {
        var value = fact.TextOrNull(member) ?? values[0];
        return values.Contains(value, StringComparer.Ordinal) ? value : throw new UnreadableFactException($"{fact.Sequence} {fact.Type}.{member}");
    }
}
