using Ledger.Domain.Facts;

namespace Ledger.Domain.Supervision;

/// <summary>年度专项监督计划: opens the file of one special supervision of a year (plan 3.3.2: 每年度).</summary>
/// <param name="Year">The year for which it counts.</param>
/// <param name="Theme">What it is about.</param>
/// <param name="Units">The units in its scope, at least one.</param>
/// <param name="PlannedOn">When it was planned.</param>
public sealed record AnnualSpecialSupervisionPlanned(int Year, string Theme, IReadOnlyList<string> Units, DateOnly PlannedOn) : IOpensStream, INamesUnits
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => PlannedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Units;
}

/// <summary>年度专项监督启动</summary>
/// <param name="LaunchedOn">When.</param>
/// <param name="DocumentNo">The number of the document by which it was launched.</param>
public sealed record AnnualSpecialSupervisionLaunched(DateOnly LaunchedOn, string DocumentNo) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => LaunchedOn;
}

/// <summary>年度专项监督办结: only a concluded one meets the yearly duty.</summary>
/// <param name="Conclusion">What it came to.</param>
/// <param name="Document">The report.</param>
/// <param name="ConcludedOn">When.</param>
public sealed record AnnualSpecialSupervisionConcluded(string Conclusion, [property: Sha256] string Document, DateOnly ConcludedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ConcludedOn;
}

/// <summary>A visit of whichever form: one of them every quarter (plan 3.3.2).</summary>
public interface IQuarterlySupervision : IOpensStream, INamesUnits
{
    /// <summary>Who was visited, each with the visitor; null is the supervising office.</summary>
    IEnumerable<(string? Visitor, string Visited)> Visits { get; }

    /// <summary>How many problems were found.</summary>
    int Problems { get; }
}

/// <summary>上门监督: the supervising office comes to the unit.</summary>
/// <param name="Visited">The unit.</param>
/// <param name="VisitedOn">When.</param>
/// <param name="Findings">How many problems were found.</param>
public sealed record QuarterlyVisitConducted([property: StreamKey] string Visited, DateOnly VisitedOn, int Findings) : IQuarterlySupervision
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => VisitedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Visited];

    /// <inheritdoc/>
    public IEnumerable<(string? Visitor, string Visited)> Visits => [(null, Visited)];

    /// <inheritdoc/>
    public int Problems => Findings;
}

/// <summary>交叉监督: one unit looks at another.</summary>
/// <param name="Visitor">The unit that looks.</param>
/// <param name="Visited">The unit that is looked at, another one.</param>
/// <param name="VisitedOn">When.</param>
/// <param name="Findings">How many problems were found.</param>
public sealed record CrossSupervisionConducted(
    [property: StreamKey] string Visitor, [property: StreamKey] string Visited, DateOnly VisitedOn, int Findings) : IQuarterlySupervision
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => VisitedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Visitor, Visited];

    /// <inheritdoc/>
    public IEnumerable<(string? Visitor, string Visited)> Visits => [(Visitor, Visited)];

    /// <inheritdoc/>
    public int Problems => Findings;
}

/// <summary>推磨式监督: each unit looks at the next, the last one at the first.</summary>
/// <param name="Cycle">The units in their order, at least three, each once.</param>
/// <param name="ConductedOn">When.</param>
/// <param name="Findings">How many problems were found.</param>
public sealed record RotationalSupervisionConducted(IReadOnlyList<string> Cycle, DateOnly ConductedOn, int Findings) : IQuarterlySupervision
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => ConductedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => Cycle;

    /// <inheritdoc/>
    public IEnumerable<(string? Visitor, string Visited)> Visits => Cycle.Select((unit, i) => ((string?)unit, Cycle[(i + 1) % Cycle.Count]));

    /// <inheritdoc/>
    public int Problems => Findings;
}
