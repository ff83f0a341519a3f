using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Domain.Calendar;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Host.Answers;
using Ledger.Tests.Infrastructure;
using Ledger.Verifier.Numbers;

using Period = Ledger.Domain.Counting.Period;

namespace Ledger.Tests.Verifier;

/// <summary>
/// What a bundle says in numbers, as the ledger itself answers, beside the facts that a bundle would hold: of a unit, or of the
/// whole county when no unit is selected.
/// </summary>
internal sealed record NumbersBundle(IReadOnlyList<BundleFact> Facts, JsonObject Claims, JsonObject Bundle)
{
    private static readonly HashSet<string> NothingHidden = [];

    public static readonly string[] Periods = ["2023", "2024", "2023Q1", "2023Q2", "2023Q3", "2023-05", "2024-01"];

    /// <summary>Claims of a ledger in memory.</summary>
    public static NumbersBundle Of(MemoryLedger ledger, string? unit, DateOnly asOf, long position, IEnumerable<string> periods)
    {
        var facts = ledger.Log.Select(r => Fact(r.Subject, r.Recorded)).ToList();
        var calendars = WorkingCalendar.Published.Select(c => Fact(
            new Subject(StreamKind.Calendar, $"{c.Year}"), new Recorded(0, new FactId("/calendar", $"{c.Year}"), c)));
        return Of([.. calendars, .. facts], MemoryLedger.CountyOf(ledger.Log.Where(r => r.Recorded.Sequence <= position), asOf), unit, asOf, position, periods);
    }

    /// <summary>Claims of a county as the domain counts it, by every policy that it knows.</summary>
    public static NumbersBundle Of(IReadOnlyList<BundleFact> facts, County county, string? unit, DateOnly asOf, long position, IEnumerable<string> periods)
    {
        var scope = new Scope(asOf, position, DateTimeOffset.UnixEpoch, false, false, false);
        JsonArray rankings = [];
        JsonArray scorecards = [];
        string[] ids = ["P-A", "P-B", "P-C", "P-D", "p0", "p1", "p2", "p3", "p4", "p5", "wuyang-2023"];
        foreach (var period in periods.Select(Period.Parse))
            foreach (var policy in ids.Select(county.Policies.Find).OfType<Ledger.Domain.Policies.CountingPolicy>())
            {
                foreach (var list in Enum.GetValues<UnitList>()) rankings.Add(AnswerJson.Of(county.Rank(period, list, policy), scope));
                foreach (var of in county.CountedUnits.Where(u => unit is null || u.Key == unit))
                    scorecards.Add(AnswerJson.Of(county.Scorecard(of, period, policy), period, scope));
            }

        var claims = new JsonObject
        {
            ["v"] = 1,
            ["position"] = $"{position}",
            ["asOf"] = asOf.ToString("O"),
            ["policy"] = "P-A",
            ["unit"] = unit,
            ["rankings"] = rankings,
            ["scorecards"] = scorecards,
            ["obligations"] = AnswerJson.Of(county.Obligations(unit)),
        };
        var bundle = new JsonObject
        {
            ["v"] = 1,
            ["position"] = $"{position}",
            ["selection"] = new JsonObject { ["unit"] = unit, ["lawsuit"] = null, ["period"] = null },
            ["asOf"] = asOf.ToString("O"),
        };
        return new NumbersBundle(unit is null ? facts : [.. Selected(facts, unit)], claims, bundle);
    }

    public static BundleFact Fact(Subject subject, Recorded recorded) => new(
        recorded.Sequence, subject.ToString(), EventCatalog.NameOf(recorded.Fact), recorded.Id.Source, recorded.Id.Id, DateTimeOffset.UnixEpoch,
        JsonSerializer.Deserialize<JsonElement>(FactJson.Write(recorded.Fact)), NothingHidden);

    public IReadOnlyList<NumberFinding> Check() => NumberCheck.Check(
        Facts, JsonSerializer.SerializeToElement(Claims, FactJson.Options), JsonSerializer.SerializeToElement(Bundle, FactJson.Options));

    // The unit's own stream, the streams whose facts name it, the policies and the calendars.
    private static IEnumerable<BundleFact> Selected(IReadOnlyList<BundleFact> facts, string unit)
    {
        var named = facts.Where(f => f.Data.GetRawText().Contains($"\"unit\":\"{unit}\"", StringComparison.Ordinal)).Select(f => f.Subject)
            .Append("unit/" + unit).ToHashSet(StringComparer.Ordinal);
        return facts.Where(f => named.Contains(f.Subject) || f.Subject.StartsWith("policy/", StringComparison.Ordinal) || f.Subject.StartsWith("calendar/", StringComparison.Ordinal));
    }
}
