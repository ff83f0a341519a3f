using System.Text.Json.Nodes;

namespace Ledger.Verifier.Numbers;

/// <summary>One ranking or scorecard among the claims.</summary>
internal sealed class RankingClaim
{
    private readonly Claims _claims;
    private readonly Comparison _compare;
    private readonly JsonObject _answer;
    private readonly IReadOnlyList<JsonObject> _rankings;
    private readonly Snapshot _snapshot;
    private readonly Period _period;
    private readonly string _list;
    private readonly string _policyId;
    private readonly Policy? _policy;
    private readonly Dictionary<string, IReadOnlyList<Standing>> _standings = new(StringComparer.Ordinal);

    public RankingClaim(Claims claims, Comparison compare, JsonObject answer, IReadOnlyList<JsonObject> rankings)
    {
        (_claims, _compare, _answer, _rankings) = (claims, compare, answer, rankings);
        _snapshot = claims.SnapshotOf(answer);
        _period = Period.Parse(answer.Text("period"));
        _list = answer.Text("list");
        if (_list is not (Lists.All or Lists.Townships or Lists.Departments)) throw new FormatException(_list);
        _policyId = answer.Text("policy");
        _policy = _snapshot.Policies.Named(_policyId);
    }

    /// <summary>The order of all rows, and every number of the bundle's unit; of all units when the whole county is there.</summary>
    public void CheckRanking(string where)
    {
        if (!HasPolicy(where)) return;
        var rows = _answer.Need("rows").AsArray().Select(r => r.Object()).ToList();
        CheckOrder(where, rows);
        var listed = _snapshot.Units.Values.Where(u => u.IsListed(_list, _period) && (_claims.Unit is null || u.Key == _claims.Unit)).ToList();
        var own = rows.Where(r => _claims.Unit is null || Unit(r) == _claims.Unit).ToList();
        _compare.Sets($"{where}.rows.unit", own.Select(r => (JsonNode)Unit(r)), listed.Select(u => (JsonNode)u.Key));
        foreach (var unit in listed)
            if (own.FirstOrDefault(r => Unit(r) == unit.Key) is { } row) CheckRow($"{where}.rows.{unit.Key}", row, unit, lawsuits: false);
        if (_claims.Unit is null) CheckCounty($"{where}.county");
        foreach (var (name, value) in _answer)
            if (name is not ("rows" or "county")) _compare.Members(where, new JsonObject { [name] = value?.DeepClone() }, []);
    }

    /// <summary>The scorecard of a unit: its row and the lawsuits behind each number.</summary>
    public void CheckScorecard(string where)
    {
        if (!HasPolicy(where)) return;
        var key = Unit(_answer);
        if (_claims.Unit is not null && key != _claims.Unit) _compare.NotDerived(where, key);
        else if (_snapshot.Units.TryGetValue(key, out var unit)) CheckRow(where, _answer, unit, lawsuits: true);
        else _compare.Wrong($"{where}.unit", key, "");
    }

    private static string Unit(JsonObject row) => row.Text("unit");

    private static Rate RateOf(JsonObject row) => new((int)row.Need("lossRate").Need("n"), (int)row.Need("lossRate").Need("d"));

    private bool HasPolicy(string where)
    {
        if (_policy is null) _compare.Wrong($"{where}.policy", _policyId, "");
        return _policy is not null;
    }

    // Of the units whose facts are not here, the ranks must follow from the rates that are shown.
    private void CheckOrder(string where, List<JsonObject> rows)
    {
        var order = Standings.Of(rows.Select(r => (Unit(r), RateOf(r))));
        _compare.Values(
            $"{where}.rows.rank",
            string.Join(' ', rows.Select(r => $"{Unit(r)}:{r["rank"]?.ToString() ?? "-"}")),
            string.Join(' ', order.Select(s => $"{s.Unit}:{s.Rank?.ToString() ?? "-"}")));
        if (rows.Select(Unit).Distinct(StringComparer.Ordinal).Count() < rows.Count) _compare.Wrong($"{where}.rows.unit", "×2", "×1");
    }

    private void CheckRow(string where, JsonObject claimed, Unit unit, bool lawsuits)
    {
        var tally = new Tally(_snapshot, unit.Key, _period, _policy!);
        var derived = Rows.Of(unit, tally);
        if (lawsuits) derived["lawsuits"] = Rows.Behind(tally);
        if (tally.LossRate.D == 0 || !unit.IsListed(_list, _period)) derived["rank"] = null;
        else if (RankIn(_list, unit) is { } rank) derived["rank"] = rank;
        if (_period.IsYear && IsBarred(unit, tally) is { } barred) derived["barred"] = barred;
        _compare.Members(where, claimed, derived);
    }

    private bool? IsBarred(Unit unit, Tally tally)
    {
        if (!unit.IsBarrable || tally.LossRate.N == 0) return false;
        return RankIn(_policy!.BarsPerList ? unit.OwnList! : Lists.All, unit) is { } rank ? rank <= 3 : null;
    }

    private int? RankIn(string list, Unit unit)
    {
        if (!_standings.TryGetValue(list, out var standings)) _standings[list] = standings = StandingsIn(list);
        return standings.FirstOrDefault(s => s.Unit == unit.Key)?.Rank;
    }

    // Without the other units' facts, by the rates of the ranking of that list, if it is among the claims.
    private IReadOnlyList<Standing> StandingsIn(string list)
    {
        if (_claims.Unit is null)
            return Standings.Of(_snapshot.Units.Values.Where(u => u.IsListed(list, _period)).Select(u => (u.Key, new Tally(_snapshot, u.Key, _period, _policy!).LossRate)));
        var shown = _rankings.FirstOrDefault(r => (string?)r["list"] == list && IsSame(r, "period") && IsSame(r, "policy") && IsSame(r, "asOf") && IsSame(r, "position"));
        return shown is null ? [] : Standings.Of(shown.Need("rows").AsArray().Select(r => (Unit(r.Object()), RateOf(r.Object()))));
    }

    private bool IsSame(JsonObject other, string member) => JsonNode.DeepEquals(other[member], _answer[member]);

    private void CheckCounty(string where)
    {
        var units = _snapshot.Units.Values.Where(u => u.Counts).Select(u => new Tally(_snapshot, u.Key, _period, _policy!)).ToList();
        _compare.Members(where, _answer.Need("county").AsObject(), Rows.OfCounty(units, _policy!));
    }
}
