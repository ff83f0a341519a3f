using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Verifier.Numbers;

/// <summary>The claims of a bundle against its facts.</summary>
internal sealed class Claims
{
    private static readonly string[] Known = ["v", "position", "asOf", "policy", "unit", "rankings", "scorecards", "obligations"];

    private readonly Comparison _compare;
    private readonly IReadOnlyList<BundleFact> _facts;
    private readonly JsonObject _claims;
    private readonly JsonObject _bundle;
    private readonly Dictionary<(long Position, DateOnly AsOf), Snapshot> _snapshots = [];
    private readonly HashSet<long> _unresolved = [];
    private readonly string? _lawsuit;

    private Claims(IReadOnlyList<BundleFact> facts, JsonObject claims, JsonObject bundle, Comparison compare)
    {
        (_facts, _claims, _bundle, _compare) = (facts, claims, bundle, compare);
        Unit = (string?)bundle.Need("selection")["unit"];
        _lawsuit = (string?)bundle.Need("selection")["lawsuit"];
    }

    /// <summary>The unit that the bundle is about; null when it holds the whole county.</summary>
    public string? Unit { get; }

    public static Claims Of(IReadOnlyList<BundleFact> facts, JsonElement claims, JsonElement bundle, Comparison compare) =>
        new(facts, JsonObject.Create(claims)!, JsonObject.Create(bundle)!, compare);

    public void Check()
    {
        // A value that is not shown may change every number after it, so nothing is said of any.
        var position = Position(_bundle);
        var hidden = _facts.Where(f => f.Sequence <= position).SelectMany(f => Catalogue.NeededButHidden(f).Select(m => $"facts/{f.Sequence} {f.Type}.{m}")).ToList();
        foreach (var member in hidden) _compare.NotDerived(member, "");
        if (hidden.Count > 0) return;

        _compare.Values("claims.position", $"{Position(_claims)}", $"{position}");
        _compare.Values("claims.asOf", _claims["asOf"], _bundle["asOf"]);
        _compare.Values("claims.unit", _claims["unit"], _bundle.Need("selection")["unit"]);
        foreach (var (name, value) in _claims)
            if (!Known.Contains(name, StringComparer.Ordinal)) _compare.NotDerived($"claims.{name}", value?.ToJsonString() ?? "null");

        var rankings = Answers("rankings");
        foreach (var (where, answer) in rankings) Scoped(where, answer, () => new RankingClaim(this, _compare, answer, Rankings(rankings)).CheckRanking(where));
        foreach (var (where, answer) in Answers("scorecards")) Scoped(where, answer, () => new RankingClaim(this, _compare, answer, Rankings(rankings)).CheckScorecard(where));
        Scoped("obligations", _claims, () => CheckObligations(SnapshotOf(_claims)));
    }

    /// <summary>The facts at the moment that an answer names.</summary>
    public Snapshot SnapshotOf(JsonObject answer)
    {
        var moment = (Position(answer), DateOnly.ParseExact(answer.Text("asOf"), "yyyy-MM-dd", CultureInfo.InvariantCulture));
        return _snapshots.TryGetValue(moment, out var known) ? known : _snapshots[moment] = new Snapshot(_facts, moment.Item1, moment.Item2);
    }

    private static JsonObject[] Rankings((string Where, JsonObject Answer)[] rankings) => [.. rankings.Select(r => r.Answer)];

    // A position in claims and bundle is a text, in an answer a number.
    private static long Position(JsonObject answer) => long.Parse(answer.Need("position").ToString(), NumberStyles.None, CultureInfo.InvariantCulture);

    private (string Where, JsonObject Answer)[] Answers(string name) =>
        [.. _claims[name]!.AsArray().Select((a, i) => ($"{name}[{i}]", a.Object()))];

    // The bundle holds the facts up to its own position only.
    private void Scoped(string where, JsonObject answer, Action check)
    {
        if (Position(answer) > Position(_bundle))
        {
            _compare.NotDerived(where, $"{answer["position"]}");
            return;
        }

        LookForTransfers(SnapshotOf(answer));
        check();
    }

    private void LookForTransfers(Snapshot snapshot)
    {
        if (Unit is null) return;
        var transfers = new Transfers(snapshot, Unit);
        string[] kinds;
        if (_lawsuit is null)
        {
            var unresolved = transfers.Unresolved.ToList();
            foreach (var transfer in unresolved.Where(t => _unresolved.Add(t.Sequence))) _compare.NotDerived($"facts/{transfer.Sequence} {transfer.Type}", transfer.Text("caseNo"));
            kinds = [.. unresolved.Select(t => t.Text("kind"))];
        }
        else kinds = [.. transfers.Foreign(_lawsuit)];

        _compare.Undecided = kinds.SelectMany(k => (string[])[k, $"timely{k}"]).ToHashSet(StringComparer.Ordinal);
    }

    private void CheckObligations(Snapshot snapshot)
    {
        var claimed = _claims.Need("obligations").AsArray().Select(r => r.Object()).ToList();
        var derived = snapshot.Obligations.Where(o => snapshot.Counts(o.Unit) && (Unit is null || o.Unit == Unit) && (_lawsuit is null || o.Opened.Lawsuit == _lawsuit));
        var rows = derived.Select(o => o.Row()).ToList();
        foreach (var kind in claimed.Concat(rows).Select(Kind).Distinct(StringComparer.Ordinal))
            _compare.Sets($"obligations.{kind}", claimed.Where(r => Kind(r) == kind), rows.Where(r => Kind(r) == kind));
        var sorted = claimed.OrderBy(r => (string?)r["dueOn"], StringComparer.Ordinal).ThenBy(r => (string?)r["unit"], StringComparer.Ordinal)
            .ThenBy(Kind, StringComparer.Ordinal).ThenBy(r => (string?)r["caseNo"], StringComparer.Ordinal);
        if (!claimed.SequenceEqual(sorted)) _compare.Wrong("obligations", "order", "dueOn, unit, kind, caseNo");

        static string Kind(JsonObject row) => row.Text("kind");
    }
}
