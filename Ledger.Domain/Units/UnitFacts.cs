using Ledger.Domain.Facts;

namespace Ledger.Domain.Units;

/// <summary>What a unit is; it decides the lists it stands in and whether it is counted (counting-rules.md §6).</summary>
public enum UnitKind
{
    /// <summary>县政府: ranked in the list of all units, never barred.</summary>
    CountyGovernment,

    /// <summary>乡镇</summary>
    Township,

    /// <summary>县直部门</summary>
    Department,

    /// <summary>驻舞单位（垂直管理）; stands in the departments' list.</summary>
    Stationed,

    /// <summary>An organ outside the county: never listed, ranked, counted or obliged.</summary>
    External,
}

/// <summary>单位登记</summary>
/// <param name="Name">The unit's full Chinese name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="RegisteredOn">From when it is one of the ledger's units.</param>
public sealed record UnitRegistered(string Name, UnitKind Kind, DateOnly RegisteredOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RegisteredOn;
}

/// <summary>单位更名</summary>
/// <param name="Name">The new name.</param>
/// <param name="RenamedOn">From when it bears it.</param>
public sealed record UnitRenamed(string Name, DateOnly RenamedOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RenamedOn;
}

/// <summary>单位并入: the unit keeps its own history, the successor inherits no past case.</summary>
/// <param name="Into">The successor's key.</param>
/// <param name="MergedOn">The day of the merger.</param>
public sealed record UnitMerged([property: StreamKey] string Into, DateOnly MergedOn) : IUnitFact, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => MergedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Into];
}

/// <summary>职责事项登记: a duty that the unit must actually perform every year (plan 3.3.2).</summary>
/// <param name="Duty">The duty's key within the unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="RegisteredOn">From when it is registered.</param>
public sealed record DutyRegistered(string Duty, string Name, DateOnly RegisteredOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => RegisteredOn;
}

/// <summary>履职: enforcement performed under a duty; two of a day are two.</summary>
/// <param name="Duty">The duty's key.</param>
/// <param name="PerformedOn">The day.</param>
/// <param name="Count">How many times; zero performs nothing.</param>
public sealed record EnforcementPerformed(string Duty, DateOnly PerformedOn, int Count) : IUnitFact, IRepeatable
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PerformedOn;
}

/// <summary>未履职情况报告: that a duty was not performed in a year, and why (plan 3.3.2, due 31 January).</summary>
/// <param name="Year">The calendar year reported on.</param>
/// <param name="Duty">The duty's key.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="Reason">Why the duty was not performed.</param>
public sealed record NonPerformanceReportSubmitted(int Year, string Duty, DateTimeOffset SubmittedAt, string Reason) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ShanghaiTime.DateOf(SubmittedAt);
}
