using System.Text.Json;

namespace Ledger.Verifier.Numbers;

/// <summary>
/// The numbers of a lawsuit's instances through their renames (facts.md §3): a fact names an instance by the number that it had
/// when the fact was recorded, and is read with the number that it has now.
/// </summary>
internal sealed class CaseNumbers(IReadOnlyList<BundleFact> stream, Amendments amendments)
{
    public const string Member = "caseNo";

    private readonly BundleFact[] _openings = [.. stream.Where(f => Opens(f) && !amendments.IsRetracted(f))];

    public static bool Opens(BundleFact fact) => fact.Type is "LawsuitDocketed" or "InstanceOpened";

    /// <summary>Half-width brackets are accepted in case numbers and mean the same.</summary>
    public static string Normalised(JsonElement number) => number.GetString()!.Replace('(', '（').Replace(')', '）');

    /// <summary>The number that an instance has now of which a fact said, at a sequence, what its number was.</summary>
    public string Present(string number, long statedAt) => Borne(number, statedAt) ?? OnceBorne(number) ?? number;

    private string? Borne(string number, long at) => Now(_openings.FirstOrDefault(o => o.Sequence <= at && At(o, at) == number));

    private string? OnceBorne(string number) =>
        Now(_openings.LastOrDefault(o => stream.Any(f => f.Sequence >= o.Sequence && At(o, f.Sequence) == number)));

    private string? Now(BundleFact? opening) => opening is null ? null : At(opening, long.MaxValue);

    private string At(BundleFact opening, long upTo) => Normalised(amendments.Read(opening, upTo)[Member]);
}
