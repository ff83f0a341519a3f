using Ledger.Domain.Facts;

namespace Ledger.Domain.Exports;

/// <summary>How much of the persons a bundle shows.</summary>
public enum DisclosureKind
{
    /// <summary>Names of persons are in it.</summary>
    Full,

    /// <summary>Names of persons are hidden; that nothing else was left out is proved all the same.</summary>
    Masked,
}

/// <summary>
/// 证据包导出: evidence left the house. Recorded by the ledger itself whenever it makes a bundle, so that who received what is
/// as much a sealed fact as what the bundle says.
/// </summary>
/// <param name="ExportedBy">Who made it.</param>
/// <param name="Recipient">For whom.</param>
/// <param name="Purpose">For what.</param>
/// <param name="Unit">The unit whose evidence it is.</param>
/// <param name="Position">The ledger position that its numbers rest on.</param>
/// <param name="Checkpoint">The number of leaves of the checkpoint that it was proved against, as a decimal text.</param>
/// <param name="Disclosure">How much of the persons it shows.</param>
/// <param name="Sha256">The SHA-256 of the bundle: of what left the house, not of a document that the ledger keeps.</param>
/// <param name="ExportedOn">When.</param>
/// <param name="Lawsuit">The one lawsuit that it is about, if it is about one.</param>
/// <param name="Period">The period of its numbers, if one was asked for.</param>
public sealed record EvidenceExported(
    [property: ActingPerson] string ExportedBy,
    string Recipient,
    string Purpose,
    [property: StreamKey] string Unit,
    long Position,
    string Checkpoint,
    DisclosureKind Disclosure,
    [property: Digest] string Sha256,
    DateOnly ExportedOn,
    [property: StreamKey] string? Lawsuit = null,
    [property: Period] string? Period = null) : IOpensStream, INamesUnits, IFinal
{
    /// <summary>The source under which the ledger records what it exported.</summary>
    public const string Source = "/ledger/exports";

    /// <inheritdoc/>
    public DateOnly? LegalDate => ExportedOn;

    /// <inheritdoc/>
    public IEnumerable<string> NamedUnits => [Unit];

    /// <summary>The id under which the export of a key is recorded: tried again, it is recorded once.</summary>
    public static FactId IdOf(string key) => new(Source, key);
}
