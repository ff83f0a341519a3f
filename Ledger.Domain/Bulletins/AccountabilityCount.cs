using System.Text.Json.Nodes;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Bulletins;

/// <summary>A fault case in which accountability was decided.</summary>
/// <param name="Subject">The fault case.</param>
/// <param name="Unit">The unit that it is about.</param>
/// <param name="On">The day of the decision.</param>
/// <param name="Persons">How many persons.</param>
/// <param name="Forms">The forms, one for each that was decided.</param>
public sealed record DecidedCase(Subject Subject, string? Unit, DateOnly On, int Persons, IReadOnlyList<string> Forms);

/// <summary>
/// What the accountability bulletin counts. The decisions are facts of another area; they are known by their stable name and
/// read as they are stored, so that the bulletin counts each of them whatever else such a decision comes to hold.
/// </summary>
/// <param name="Cases">Fault cases decided.</param>
/// <param name="Persons">Persons held to account.</param>
/// <param name="ByForm">The forms, by code.</param>
public sealed record AccountabilityCount(int Cases, int Persons, IReadOnlyList<FormCount> ByForm)
{
    private const string Decision = "AccountabilityDecided";

    /// <summary>Counts a quarter that is over.</summary>
    public static (AccountabilityCount? Count, Refusal? Refusal) Of(Situation at, Period quarter)
    {
        if (!quarter.IsQuarter()) return (null, Refusal.Of(Codes.PeriodNotAQuarter, quarter));
        if (at.AsOf < quarter.Last) return (null, Refusal.Of(Codes.PeriodNotOver, quarter, quarter.Last.ToString("O"), at.AsOf.ToString("O")));
        var decided = Decided(at).Where(d => quarter.Contains(d.On)).ToList();
        var forms = decided.SelectMany(d => d.Forms).CountBy(f => f, StringComparer.Ordinal).OrderBy(f => f.Key, StringComparer.Ordinal);
        return (new AccountabilityCount(
            decided.Select(d => d.Subject).Distinct().Count(), decided.Sum(d => d.Persons), [.. forms.Select(f => new FormCount(f.Key, f.Value))]), null);
    }

    /// <summary>The decisions that stand on the day.</summary>
    public static IEnumerable<DecidedCase> Decided(Situation at) =>
        from stream in at.Streams(StreamKind.Accountability)
        from visible in stream.Facts
        where EventCatalog.NameOf(visible.Fact) == Decision
        let data = FactJson.WriteNode(visible.Fact)
        select new DecidedCase(
            stream.Subject, stream.Facts.Select(f => f.Fact).OfType<INamesUnits>().SelectMany(f => f.NamedUnits).FirstOrDefault(),
            visible.Fact.LegalDate!.Value, PersonsIn(data), [.. FormsIn(data)]);

    /// <summary>What stands: as published, or the last restatement.</summary>
    public static (int Number, long Position, DateOnly AsOf, AccountabilityCount Counted)? Standing(IEnumerable<VisibleFact> facts) => facts
        .Select(f => f.Fact switch
        {
            AccountabilityBulletinPublished p => (0, p.Position, p.AsOf, new AccountabilityCount(p.Cases, p.Persons, p.ByForm)),
            AccountabilityBulletinRestated r => (r.Number, r.Position, r.AsOf, new AccountabilityCount(r.Cases, r.Persons, r.ByForm)),
            _ => ((int, long, DateOnly, AccountabilityCount)?)null,
        }).OfType<(int Number, long, DateOnly, AccountabilityCount)>().OrderBy(s => s.Number)
        .Select(s => ((int, long, DateOnly, AccountabilityCount)?)s).LastOrDefault();

    /// <summary>Whether the counts are equal.</summary>
    public bool SaysTheSame(AccountabilityCount other) => Cases == other.Cases && Persons == other.Persons && ByForm.SequenceEqual(other.ByForm);

    private static int PersonsIn(JsonObject data) => data["persons"] switch
    {
        JsonArray list => list.Count,
        JsonValue number when number.TryGetValue<int>(out var count) => count,
        _ => 0,
    };

    private static IEnumerable<string> FormsIn(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(m => m.Value is JsonValue text && m.Key.EndsWith("form", StringComparison.OrdinalIgnoreCase) ? [text.ToString()]
            : m.Value is JsonArray list && m.Key.EndsWith("forms", StringComparison.OrdinalIgnoreCase) && list.All(i => i is JsonValue) ? list.Select(i => i!.ToString())
            : FormsIn(m.Value)),
        JsonArray a => a.SelectMany(FormsIn),
        _ => [],
    };
}
