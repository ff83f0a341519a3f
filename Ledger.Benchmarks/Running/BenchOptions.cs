namespace Ledger.Benchmarks.Running;

/// <summary>How much is measured. A quick run has the same cells, smaller: it shows that they work, not how fast.</summary>
/// <param name="Quick">Small and short.</param>
/// <param name="Only">Beginnings of the names of the wanted cells; empty for all.</param>
/// <param name="Document">The document that takes the table; null to leave it alone.</param>
internal sealed record BenchOptions(bool Quick, IReadOnlyList<string> Only, string? Document)
{
    /// <summary>How often reference and candidate take turns.</summary>
    public int Repetitions => Quick ? 3 : 5;

    /// <summary>How long a load runs each time.</summary>
    public TimeSpan Window => TimeSpan.FromSeconds(Quick ? 1 : 3);

    /// <summary>Operations of a latency cell each time.</summary>
    public int Operations => Quick ? 100 : 300;

    /// <summary>After this nothing new is begun: a run that never ends is not made.</summary>
    public TimeSpan Budget => TimeSpan.FromSeconds(Quick ? 210 : 660);

    /// <summary>New lawsuits of the year that is ranked.</summary>
    public int LawsuitsOfTheYear => Quick ? 600 : 5_000;

    /// <summary>Lawsuits of the imported file.</summary>
    public int LawsuitsOfTheFile => Quick ? 600 : 4_000;

    /// <summary>Whether a cell is wanted.</summary>
    public bool Wants(string cell) => Only.Count == 0 || Only.Any(name => cell.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
