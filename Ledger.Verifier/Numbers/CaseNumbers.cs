using System.Text.Json;

namespace Ledger.Verifier.Numbers;

/// <summary>
/// The numbers of a lawsuit's instances through their renames (facts.md §3): a fact names an instance by the number that it had
/// when the fact was recorded, and is read with the number that it has now.
/// </summary>
internal sealed class CaseNumbers(IReadOnlyList<BundleFact> stream, Amendments amendments)
{
    private const string Member = "caseNo";

    private readonly BundleFact[] _openings = [.. stream.Where(f => f.Type is "LawsuitDocketed" or "InstanceOpened" && !amendments.IsRetracted(f))];

    /// <summary>The data of a fact with the present number of the instance that it opens or names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Present(BundleFact fact, Dictionary<string, JsonElement> data)
    {
        if (!data.TryGetValue(Member, out var stated)) return data;
        var number = Normalised(stated);
        var present = _openings.Contains(fact) ? number : Now(number, amendments.StatedBy(fact, Member).Sequence);
        data[Member] = JsonSerializer.SerializeToElement(present);
        return data;
    }

    // Half-width brackets are accepted in case numbers and mean the same.
    private static string Normalised(JsonElement number) => number.GetString()!.Replace('(', '（').Replace(')', '）');

    private string Now(string number, long statedAt)
    {
        var named = _openings.FirstOrDefault(o => o.Sequence <= statedAt && At(o, statedAt) == number)
            ?? _openings.LastOrDefault(o => NumbersOf(o).Contains(number, StringComparer.Ordinal));
        return named is null ? number : At(named, long.MaxValue);
    }

    private string At(BundleFact opening, long upTo) => Normalised(amendments.Read(opening, upTo)[Member]);

    // Every number that it ever had.
    private IEnumerable<string> NumbersOf(BundleFact opening) =>
        stream.Where(f => f.Sequence >= opening.Sequence).Select(f => At(opening, f.Sequence));
}
