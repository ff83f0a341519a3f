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

    /// <summary>What a ledger of these facts claims, by every policy that it knows.</summary>
    public static NumbersBundle Of(
        IReadOnlyList<(Subject Subject, Recorded Recorded)> log, string? unit, DateOnly asOf, long position, IEnumerable<string> periods)
    {
        var county = MemoryLedger.CountyOf(log.Where(r => r.Recorded.Sequence <= position), asOf);
        var facts = WorkingCalendar.Published
            .Select(c => Fact(new Subject(StreamKind.Calendar, $"{c.Year}"), new Recorded(0, new FactId("/calendar", $"{c.Year}"), c)))
            .Concat(log.Select(r => Fact(r.Subject, r.Recorded))).ToList();
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

    // The unit's own stream, the streams whose facts name it, what was transferred to it, the policies and the calendars.
    private static IEnumerable<BundleFact> Selected(IReadOnlyList<BundleFact> facts, string unit)
    {
        var transfers = facts.Where(f => f.Type == "ObligationTransferred" && Says(f, "to", unit)).ToList();
        string[] units = [unit, .. transfers.Select(t => t.Subject["unit/".Length..])];
        var instances = transfers.Where(t => t.Data.TryGetProperty("caseNo", out _)).Select(t => t.Data.GetProperty("caseNo").GetString()!).ToList();
        var streams = facts.Where(f => Says(f, "unit", unit) || Says(f, "to", unit) || units.Any(u => f.Subject == "unit/" + u) || instances.Any(i => Opens(f, i)))
            .Select(f => f.Subject).ToHashSet(StringComparer.Ordinal);
        return facts.Where(f => streams.Contains(f.Subject) || f.Subject.StartsWith("policy/", StringComparison.Ordinal) || f.Subject.StartsWith("calendar/", StringComparison.Ordinal));
    }

    /// <summary>Whether a fact gives an instance this number, at its opening or by a correction.</summary>
    public static bool Opens(BundleFact fact, string caseNo) =>
        fact.Subject.StartsWith("lawsuit/", StringComparison.Ordinal) && Says(fact, "caseNo", caseNo);

    private static bool Says(BundleFact fact, string member, string unit) =>
        fact.Data.GetRawText().Contains($"\"{member}\":\"{unit}\"", StringComparison.Ordinal);
}
