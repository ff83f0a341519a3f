using System.Text.Json.Nodes;

namespace Ledger.Verifier.Numbers;

/// <summary>The members of answers as they follow from the facts (facts.md §4).</summary>
internal static class Rows
{
    private const int FewClosings = 5;

    /// <summary>A unit's row, without what depends on the other units.</summary>
    public static JsonObject Of(Unit unit, Tally tally)
    {
        var row = Numbers(
            tally.LossRate, tally.New.Count, tally.Closed.Count, tally.MediatedOrWithdrawn, tally.HeadAttendance, tally.TimelyCaseFiling, tally.TimelyLossFiling);
        row["unit"] = unit.Key;
        row["name"] = unit.Name;
        row["flags"] = tally.LossRate.D is > 0 and < FewClosings ? new JsonArray("SmallSample") : [];
        return row;
    }

    /// <summary>
    /// The whole county: distinct documents and lawsuits that count for at least one unit, and the sum of what is counted by unit.
    /// </summary>
    public static JsonObject OfCounty(IReadOnlyList<Tally> units, Policy policy)
    {
        var closed = Distinct(units.SelectMany(u => u.Closed));
        var row = Numbers(
            Tally.LossRateOf(Distinct(units.SelectMany(u => u.Decided)), policy),
            units.SelectMany(u => u.New).Distinct().Count(),
            closed.Count,
            Rate.Of(closed, c => c.Counts),
            Sum(u => u.HeadAttendance), Sum(u => u.TimelyCaseFiling), Sum(u => u.TimelyLossFiling));
        row["unit"] = null;
        row["name"] = null;
        return row;

        Rate Sum(Func<Tally, Rate> rate) => units.Select(rate).Aggregate(new Rate(0, 0), (a, b) => a + b);
    }

    /// <summary>The lawsuits behind each number of a scorecard.</summary>
    public static JsonObject Behind(Tally tally) => new()
    {
        ["lossRate"] = List(tally.Decided.Select(Closing)),
        ["losses"] = List(tally.Decided.Where(c => c.Counts).Select(Closing)),
        ["newCases"] = List(tally.New.Select(l => new JsonObject
        {
            ["lawsuit"] = l.Key, ["caseNo"] = l.Docketed!.Text("caseNo"), ["docketedOn"] = l.Docketed.Text("docketedOn"),
        })),
        ["closed"] = List(tally.Closed.Select(Closing)),
        ["mediatedOrWithdrawn"] = List(tally.Closed.Where(c => c.Counts).Select(Closing)),
        ["headAttendance"] = List(tally.Heard.Select(h => new JsonObject
        {
            ["lawsuit"] = h.Lawsuit, ["caseNo"] = h.CaseNo, ["heldOn"] = h.On.ToString("O"), ["counts"] = h.HeadCame,
        })),
        ["timelyCaseFiling"] = List(tally.CaseFilings.Select(o => o.Row())),
        ["timelyLossFiling"] = List(tally.LossFilings.Select(o => o.Row())),
    };

    private static JsonObject Numbers(
        Rate lossRate, int newCases, int closed, Rate mediatedOrWithdrawn, Rate headAttendance, Rate timelyCaseFiling, Rate timelyLossFiling) => new()
    {
        ["lossRate"] = Json(lossRate),
        ["losses"] = lossRate.N,
        ["newCases"] = newCases,
        ["closed"] = closed,
        ["mediatedOrWithdrawn"] = Json(mediatedOrWithdrawn),
        ["headAttendance"] = Json(headAttendance),
        ["timelyCaseFiling"] = Json(timelyCaseFiling),
        ["timelyLossFiling"] = Json(timelyLossFiling),
    };

    private static JsonObject Closing(Closing closing) => new()
    {
        ["lawsuit"] = closing.Lawsuit.Key,
        ["caseNo"] = closing.CaseNo,
        ["on"] = closing.On.ToString("O"),
        ["outcomes"] = new JsonArray([.. closing.Outcomes.Select(o => JsonValue.Create(o))]),
        ["series"] = closing.Lawsuit.Series,
        ["counts"] = closing.Counts,
    };

    // A document that counts for one unit counts; lost for one, it is lost.
    private static List<Closing> Distinct(IEnumerable<Closing> closings) =>
        [.. closings.GroupBy(c => (c.Lawsuit, c.CaseNo)).Select(g => g.First() with { Counts = g.Any(c => c.Counts) })];

    private static JsonObject Json(Rate rate) => new() { ["n"] = rate.N, ["d"] = rate.D };

    private static JsonArray List(IEnumerable<JsonObject> rows) => [.. rows];
}
