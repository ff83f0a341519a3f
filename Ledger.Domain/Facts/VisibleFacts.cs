using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Domain.Facts;

/// <summary>
/// How a stream's recorded facts are read (counting-rules.md §1): retracted ones left out, corrected members replaced (of
/// several corrections of one member the last by ledger sequence wins), renamed instances under their present number.
/// </summary>
public static class VisibleFacts
{
    /// <summary>The facts as read, in ledger order; corrections and retractions are not among them.</summary>
    /// <param name="recorded">The stream's facts in ledger order, up to the position that is asked about.</param>
    public static IReadOnlyList<VisibleFact> Of(IReadOnlyList<Recorded> recorded)
    {
        var amendments = Amendments.Of(recorded);
        if (amendments is null) return [.. recorded.Select(r => new VisibleFact(r, r.Fact))];
        var visible = new List<VisibleFact>(recorded.Count);
        foreach (var fact in recorded)
            if (fact.Fact is not (FactCorrected or FactRetracted) && !amendments.IsRetracted(fact.Id))
                visible.Add(new VisibleFact(fact, amendments.Read(fact)));
        return CaseRenames.Resolve(visible, amendments);
    }

    /// <summary>The corrections in force, in ledger order: those neither retracted themselves nor of a retracted fact.</summary>
    public static IEnumerable<Recorded> CorrectionsInForce(IReadOnlyList<Recorded> recorded) =>
        Amendments.Of(recorded)?.InForce ?? [];
}

/// <summary>Applies new values to a fact.</summary>
public static class Correction
{
    /// <summary>The fact with other values, or why they do not fit its type.</summary>
    public static (IFact? Fact, Refusal? Refusal) Apply(IFact fact, IReadOnlyDictionary<string, JsonElement> set)
    {
        var data = FactJson.WriteNode(fact);
        foreach (var (member, value) in set)
            if (value.ValueKind == JsonValueKind.Null) data.Remove(member);
            else data[member] = JsonNode.Parse(value.GetRawText());
        return FactJson.Read(EventCatalog.EntryOf(fact), JsonSerializer.SerializeToElement(data));
    }
}

/// <summary>The corrections and retractions of one stream.</summary>
internal sealed class Amendments
{
    private readonly Dictionary<FactId, long> _retractedAt = [];
    private readonly Dictionary<FactId, List<Recorded>> _corrections = [];

    private Amendments(IReadOnlyList<Recorded> recorded)
    {
        foreach (var fact in recorded)
            if (fact.Fact is FactRetracted retraction)
                _retractedAt.TryAdd(retraction.Fact, fact.Sequence);
            else if (fact.Fact is FactCorrected correction)
                (_corrections.TryGetValue(correction.Fact, out var list) ? list : _corrections[correction.Fact] = []).Add(fact);
    }

    public IEnumerable<Recorded> InForce => _corrections.Where(c => !IsRetracted(c.Key)).SelectMany(c => c.Value)
        .Where(c => !IsRetracted(c.Id)).OrderBy(c => c.Sequence);

    public static Amendments? Of(IReadOnlyList<Recorded> recorded)
    {
        foreach (var fact in recorded)
            if (fact.Fact is FactCorrected or FactRetracted)
                return new Amendments(recorded);
        return null;
    }

    public bool IsRetracted(FactId id) => _retractedAt.ContainsKey(id);

    /// <summary>The fact with the corrections that were in force just before a ledger sequence.</summary>
    public IFact Read(Recorded fact, long before = long.MaxValue)
    {
        Dictionary<string, JsonElement>? set = null;
        foreach (var correction in CorrectionsOf(fact.Id, before))
            foreach (var (member, value) in ((FactCorrected)correction.Fact).Set)
                (set ??= new(StringComparer.Ordinal))[member] = value;
        // Each value was checked against its member when it was admitted, and members do not depend on each other's types.
        return set is null ? fact.Fact : Correction.Apply(fact.Fact, set).Fact ?? fact.Fact;
    }

    /// <summary>When the fact's case number, as read, was written down: with the fact itself or with a later correction.</summary>
    public long CaseNoWrittenAt(Recorded fact) =>
        CorrectionsOf(fact.Id, long.MaxValue).LastOrDefault(c => ((FactCorrected)c.Fact).Set.ContainsKey("caseNo"))?.Sequence ?? fact.Sequence;

    public bool HasRenames(Recorded fact) =>
        _corrections.TryGetValue(fact.Id, out var list) && list.Exists(c => ((FactCorrected)c.Fact).Set.ContainsKey("caseNo"));

    private IEnumerable<Recorded> CorrectionsOf(FactId id, long before) =>
        _corrections.TryGetValue(id, out var list)
            ? list.Where(c => c.Sequence < before && !(_retractedAt.TryGetValue(c.Id, out var at) && at < before))
            : [];
}

/// <summary>
/// Correcting the case number of an opening fact renames the instance (facts.md §3). A fact means the instance that bore
/// its number when it was written down, and is read under the number that this instance bears now.
/// </summary>
internal static class CaseRenames
{
    public static IReadOnlyList<VisibleFact> Resolve(List<VisibleFact> visible, Amendments amendments)
    {
        var openings = visible.Where(v => v.Fact is IOpensInstance).ToList();
        if (!openings.Exists(o => amendments.HasRenames(o.Origin))) return visible;
        return
        [
            .. visible.Select(v => v.Fact is INamesCase named and not IOpensInstance
                ? v with { Fact = Renamed(named, amendments.CaseNoWrittenAt(v.Origin), openings, amendments) }
                : v),
        ];
    }

    private static INamesCase Renamed(INamesCase named, long writtenAt, List<VisibleFact> openings, Amendments amendments)
    {
        foreach (var opening in openings)
            if (opening.Sequence < writtenAt
                && ((INamesCase)amendments.Read(opening.Origin, writtenAt)).CaseNo == named.CaseNo)
                return named.WithCaseNo(((INamesCase)opening.Fact).CaseNo);
        return named;
    }
}

/// <summary>
/// The lawsuits' renamed instances, as the facts of other streams read them: a fact there means the instance that bore its
/// number when it was recorded, and follows it to the number that it bears now.
/// </summary>
public sealed class RenamedInstances
{
    private readonly List<(VisibleFact Opening, Amendments Amendments)> _renamed = [];

    /// <summary>Looks for renames in the lawsuits' recorded facts.</summary>
    public RenamedInstances(IEnumerable<IReadOnlyList<Recorded>> lawsuits)
    {
        foreach (var recorded in lawsuits)
            if (recorded.Any(r => r.Fact is FactCorrected correction && correction.Set.ContainsKey("caseNo")) && Amendments.Of(recorded) is { } amendments)
                _renamed.AddRange(VisibleFacts.Of(recorded).Where(v => v.Fact is IOpensInstance && amendments.HasRenames(v.Origin)).Select(v => (v, amendments)));
    }

    /// <summary>The facts of another stream, each under the present number of the instance that it means.</summary>
    public IReadOnlyList<VisibleFact> Read(IReadOnlyList<VisibleFact> facts) =>
        _renamed.Count == 0 ? facts : [.. facts.Select(f => f.Fact is INamesCase named ? f with { Fact = Read(named, f.Sequence) } : f)];

    private INamesCase Read(INamesCase named, long writtenAt)
    {
        foreach (var (opening, amendments) in _renamed)
        {
            // Of one import the other stream may stand before the lawsuit: then it means the number that the lawsuit began with.
            var at = Math.Max(writtenAt, opening.Sequence + 1);
            if (((INamesCase)amendments.Read(opening.Origin, at)).CaseNo == named.CaseNo) return named.WithCaseNo(((INamesCase)opening.Fact).CaseNo);
        }

        return named;
    }
}
