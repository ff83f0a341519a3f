using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;

namespace Ledger.Domain.Policies;

/// <summary>Which documents make the loss rate (counting-rules.md §4).</summary>
public enum CountingBasis
{
    /// <summary>P-A 一审审结口径</summary>
    FirstInstanceClosed,

    /// <summary>P-B 生效口径</summary>
    Effective,

    /// <summary>P-C 实体判决口径</summary>
    SubstantiveJudgment,

    /// <summary>P-D 实质败诉口径 (internal monitor)</summary>
    SubstantiveLoss,
}

/// <summary>How linked serial cases (串案) count.</summary>
public enum SeriesCounting
{
    /// <summary>One by one.</summary>
    Each,

    /// <summary>Once per series, unit and period; lost if any of them is lost.</summary>
    OncePerSeries,
}

/// <summary>Over which list the annual bar runs.</summary>
public enum BarList
{
    /// <summary>One list of all units.</summary>
    All,

    /// <summary>Townships and departments separately.</summary>
    PerList,
}

/// <summary>Whether a fixed date such as 31 January moves when it is not a working day.</summary>
public enum FixedDateRollover
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>It moves to the next working day.</summary>
    NextWorkingDay,
}

/// <summary>统计口径确定: a counting policy, as data (counting-rules.md §3).</summary>
/// <param name="EffectiveFrom">Selects the periods that it governs; not a legal date, and it may lie in the future.</param>
/// <param name="Basis">Which documents make the loss rate.</param>
/// <param name="Series">How serial cases count.</param>
/// <param name="ExcludeClosings">A document all of whose outcomes for the unit are listed leaves the denominator.</param>
/// <param name="NotLosses">Outcomes that this policy does not count as losses.</param>
/// <param name="CountCompensation">Whether lawsuits of category Compensation count; true when absent.</param>
/// <param name="BarList">Over which list the annual bar runs.</param>
/// <param name="FixedDateRollover">Whether 31 January moves.</param>
public sealed record CountingPolicyAdopted(
    DateOnly EffectiveFrom,
    CountingBasis? Basis = null,
    SeriesCounting? Series = null,
    IReadOnlyList<Outcome>? ExcludeClosings = null,
    IReadOnlyList<Outcome>? NotLosses = null,
    bool? CountCompensation = null,
    BarList? BarList = null,
    FixedDateRollover? FixedDateRollover = null) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => null;
}
