using System.Text.Json;

namespace Ledger.Host.Evidence.Audit;

/// <summary>How far an interrupted audit came: rows of the leaves below a size were checked, at which the tree had a root.</summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="Origin">The log.</param>
/// <param name="Size">Rows of the leaves below this were checked.</param>
/// <param name="Root">The root of these leaves, in Base 64. The next run computes it again: what was changed since is found.</param>
/// <param name="Edge">The partial tiles at that size, in Base 64.</param>
/// <param name="Rows">How many rows were hashed.</param>
/// <param name="Findings">What was found in them.</param>
/// <param name="Counts">How much of each.</param>
public sealed record AuditResume(
    Guid Ledger, string? Origin, long Size, string Root, IReadOnlyList<string> Edge, long Rows, IReadOnlyList<AuditFinding> Findings, IReadOnlyDictionary<string, long> Counts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // Findings of the leaves themselves are found again; those of the rows are not.
    private static readonly HashSet<string> OfRows = new(
        new[] { AuditCodes.FactChanged, AuditCodes.FactDeleted, AuditCodes.PayloadChanged, AuditCodes.PayloadMissing, AuditCodes.IntakeChanged, AuditCodes.IntakeMissing, AuditCodes.RowHash, AuditCodes.StorageDamaged }
            .Select(c => c.Code), StringComparer.Ordinal);

    /// <summary>Only what a run that goes on from here does not find again.</summary>
    public AuditResume RowsOnly() => this with
    {
        Findings = [.. Findings.Where(f => OfRows.Contains(f.Code))],
        Counts = Counts.Where(c => OfRows.Contains(c.Key)).ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>Reads a progress file; null when there is none, or it is not one.</summary>
    public static AuditResume? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<AuditResume>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the progress file: the old one or the new one is there, never half of one.</summary>
    public void Write(string path)
    {
        var half = path + ".new";
        File.WriteAllText(half, JsonSerializer.Serialize(this, Json));
        File.Move(half, path, overwrite: true);
    }
}
