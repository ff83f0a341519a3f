using System.Text.Json;

namespace Ledger.Verifier.Numbers;

/// <summary>
/// A stream as it is read (counting-rules.md §1): without the facts that were retracted, with the last value that a correction
/// still standing gave each member.
/// </summary>
internal sealed class Reading
{
    private readonly IReadOnlyList<BundleFact> _stream;
    private readonly Amendments _amendments;
    private readonly CaseNumbers _instances;

    /// <summary>Reads one stream.</summary>
    /// <param name="stream">All its facts up to a position, in ledger order.</param>
    public Reading(IReadOnlyList<BundleFact> stream)
    {
        _stream = stream;
        _amendments = new Amendments(stream);
        _instances = new CaseNumbers(stream, _amendments);
    }

    /// <summary>The facts of the stream, naming its instances by their present numbers.</summary>
    public IEnumerable<ReadFact> Facts => _stream
        .Where(f => Catalogue.Reads(f.Type) && f.Type is not (Catalogue.Corrected or Catalogue.Retracted) && !_amendments.IsRetracted(f))
        .Select(f => new ReadFact(f.Sequence, f.Subject, f.Type, Present(f)));

    private Dictionary<string, JsonElement> Present(BundleFact fact)
    {
        const string member = CaseNumbers.Member;
        var data = _amendments.Read(fact);
        if (data.TryGetValue(member, out var stated) && stated.ValueKind != JsonValueKind.Null)
            data[member] = JsonSerializer.SerializeToElement(
                CaseNumbers.Opens(fact) ? CaseNumbers.Normalised(stated) : _instances.Present(CaseNumbers.Normalised(stated), _amendments.StatedBy(fact, member).Sequence));
        return data;
    }
}

/// <summary>What the corrections and retractions of a stream do to its facts, now or up to an earlier fact of the stream.</summary>
internal sealed class Amendments
{
    private readonly ILookup<(string Source, string Id), BundleFact> _retractions;
    private readonly ILookup<(string Source, string Id), BundleFact> _corrections;

    public Amendments(IReadOnlyList<BundleFact> stream)
    {
        _retractions = stream.Where(f => f.Type == Catalogue.Retracted).ToLookup(Target);
        _corrections = stream.Where(f => f.Type == Catalogue.Corrected).ToLookup(Target);
    }

    public bool IsRetracted(BundleFact fact, long upTo = long.MaxValue) => _retractions[(fact.Source, fact.Id)].Any(r => r.Sequence <= upTo);

    /// <summary>The corrections of a fact that stand, in ledger order.</summary>
    public IEnumerable<BundleFact> Standing(BundleFact fact, long upTo = long.MaxValue) =>
        _corrections[(fact.Source, fact.Id)].Where(c => c.Sequence <= upTo && !IsRetracted(c, upTo)).OrderBy(c => c.Sequence);

    /// <summary>The data of a fact with the corrections that stand. A member set to null is removed.</summary>
    public Dictionary<string, JsonElement> Read(BundleFact fact, long upTo = long.MaxValue)
    {
        var data = fact.Data.EnumerateObject().ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        foreach (var member in Standing(fact, upTo).SelectMany(Set)) data[member.Name] = member.Value;
        return data;
    }

    /// <summary>The fact that last gave a member its value: the fact itself or a correction of it.</summary>
    public BundleFact StatedBy(BundleFact fact, string member) => Standing(fact).LastOrDefault(c => Set(c).Any(m => m.NameEquals(member))) ?? fact;

    private static IEnumerable<JsonProperty> Set(BundleFact correction) => correction.Data.GetProperty("set").EnumerateObject();

    private static (string Source, string Id) Target(BundleFact amendment)
    {
        var fact = amendment.Data.GetProperty("fact");
        return (fact.GetProperty("source").GetString()!, fact.GetProperty("id").GetString()!);
    }
}
