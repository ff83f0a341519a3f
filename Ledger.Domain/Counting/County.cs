using Ledger.Domain.Calendar;
using Ledger.Domain.Obligations;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Domain.Counting;

/// <summary>A ranking list (counting-rules.md §6).</summary>
public enum UnitList
{
    /// <summary>Every unit.</summary>
    All,

    /// <summary>乡镇</summary>
    Townships,

    /// <summary>县直部门和驻舞单位</summary>
    Departments,
}

/// <summary>A unit's row in a ranking.</summary>
/// <param name="Rank">1 is the worst; null without a closing (无结案，不参加排名).</param>
/// <param name="Unit">The unit's key.</param>
/// <param name="Name">Its name on the day asked about.</param>
/// <param name="Figures">Its numbers.</param>
/// <param name="Barred">For a year: whether it must not be graded excellent (不得评优); null for other periods.</param>
public sealed record RankingRow(int? Rank, string Unit, string Name, Figures Figures, bool? Barred);

/// <summary>A ranking of the units in a period.</summary>
/// <param name="Period">The period.</param>
/// <param name="List">The list.</param>
/// <param name="Policy">The counting policy that made it.</param>
/// <param name="Rows">Ranked units by rank then key, then the unranked ones by key.</param>
/// <param name="County">The county's numbers, over all units whatever the list.</param>
public sealed record Ranking(Period Period, UnitList List, CountingPolicy Policy, IReadOnlyList<RankingRow> Rows, Figures County);

/// <summary>A unit's row with the items behind each number.</summary>
/// <param name="Row">The row, ranked in the list of all units.</param>
/// <param name="Tally">The items.</param>
/// <param name="Policy">The counting policy.</param>
public sealed record Scorecard(RankingRow Row, Tally Tally, CountingPolicy Policy);

/// <summary>
/// The county as it is known at one ledger position, on one day: everything that the questions of counting-rules.md need,
/// and nothing that knows where it was read from. Folded from facts or read from projections, it gives the same answers.
/// </summary>
/// <param name="units">The units' states on the day asked about.</param>
/// <param name="policies">The policies recorded.</param>
/// <param name="calendar">The calendars recorded.</param>
/// <param name="contributions">The lawsuits' contributions by unit, on the day asked about.</param>
/// <param name="asOf">The day asked about.</param>
public sealed class County(
    IReadOnlyDictionary<string, Unit> units,
    PolicyBook policies,
    WorkingCalendar calendar,
    ILookup<string, Contribution> contributions,
    DateOnly asOf)
{
    private readonly ILookup<string, Contribution> _contributions = Transfers.Apply(units, contributions);

    /// <summary>The policies recorded.</summary>
    public PolicyBook Policies => policies;

    /// <summary>The calendars recorded.</summary>
    public WorkingCalendar Calendar => calendar;

    /// <summary>The unit, or null when it is not registered on the day asked about.</summary>
    public Unit? Find(string unit) => units.TryGetValue(unit, out var found) && found.Registered is not null ? found : null;

    /// <summary>The names that the registered units bear on the day asked about, by key.</summary>
    public IReadOnlyDictionary<string, string> Names() =>
        units.Values.Where(u => u.Registered is not null).ToDictionary(u => u.Key, u => u.Name!, StringComparer.Ordinal);

    /// <summary>The units that are registered and counted.</summary>
    public IEnumerable<Unit> CountedUnits => units.Values.Where(u => u.IsCounted).OrderBy(u => u.Key, StringComparer.Ordinal);

    /// <summary>What the lawsuits contribute to the numbers of a unit.</summary>
    public IEnumerable<Contribution> ContributionsOf(string unit) => _contributions[unit];

    /// <summary>Every unit that has a fact, registered and counted or not.</summary>
    internal IEnumerable<Unit> EveryUnit => units.Values;

    /// <summary>What every lawsuit contributes to the numbers of every unit, before duties are transferred.</summary>
    internal IEnumerable<(string Unit, Contribution Contribution)> Untransferred => contributions.SelectMany(u => u.Select(c => (u.Key, c)));

    /// <summary>Ranks the units of a list.</summary>
    public Ranking Rank(Period period, UnitList list, CountingPolicy policy)
    {
        var tallies = Tallies(period, policy);
        var listed = Listed(period).ToList();
        var ranks = Ranks(listed.Where(u => IsIn(u, list)), unit => tallies[unit].Figures.LossRate);
        var barred = period.IsYear ? Barred(listed, tallies, policy) : null;
        var rows = listed.Where(u => IsIn(u, list)).Select(u => Row(u, tallies[u.Key], ranks, barred))
            .OrderBy(r => r.Rank ?? int.MaxValue).ThenBy(r => r.Unit, StringComparer.Ordinal);
        return new Ranking(period, list, policy, [.. rows], Tally.County(tallies.Values));
    }

    /// <summary>A unit's row, with the lawsuits behind each number.</summary>
    public Scorecard Scorecard(Unit unit, Period period, CountingPolicy policy)
    {
        var tallies = Tallies(period, policy);
        var listed = Listed(period).ToList();
        var barred = period.IsYear ? Barred(listed, tallies, policy) : null;
        var tally = tallies.GetValueOrDefault(unit.Key) ?? new Tally();
        return new Scorecard(Row(unit, tally, Ranks(listed, of => tallies[of].Figures.LossRate), barred), tally, policy);
    }

    /// <summary>The obligations of the counted units, in their order.</summary>
    public IReadOnlyList<Obligation> Obligations(string? onlyUnit = null)
    {
        var found = new List<Obligation>();
        foreach (var unit in units.Values)
        {
            if (!unit.IsCounted) continue;
            // A report may have been transferred to the unit that is asked about.
            if (onlyUnit is null || unit.Key == onlyUnit || unit.HasTransfers)
                found.AddRange(Obligation.ReportsOf(unit, policies, calendar, asOf)
                    .Select(r => Transfers.Apply(units, r, calendar, asOf)).Where(r => onlyUnit is null || r.Unit == onlyUnit));
            if (onlyUnit is not null && unit.Key != onlyUnit) continue;
            found.AddRange(_contributions[unit.Key].SelectMany(c => c.Deadlines).Select(d => Obligation.Of(unit.Key, d, calendar, asOf)));
        }

        found.Sort(Obligation.InOrder);
        return found;
    }

    private Dictionary<string, Tally> Tallies(Period period, CountingPolicy policy) => units.Values.Where(u => u.IsCounted)
        .ToDictionary(u => u.Key, u => Tally.Of(u.Key, _contributions[u.Key], period, policy, calendar, asOf), StringComparer.Ordinal);

    private IEnumerable<Unit> Listed(Period period) => units.Values.Where(u => IsListed(u, period));

    /// <summary>Whether a unit was registered on or before the period's last day and not merged away before its first.</summary>
    internal static bool IsListed(Unit unit, Period period) =>
        unit.IsCounted && unit.Registered!.RegisteredOn <= period.Last && !(unit.Merged?.MergedOn < period.First);

    /// <summary>Whether a unit stands in a list.</summary>
    internal static bool IsIn(Unit unit, UnitList list) => list switch
    {
        UnitList.Townships => unit.Registered!.Kind == UnitKind.Township,
        UnitList.Departments => unit.Registered!.Kind is UnitKind.Department or UnitKind.Stationed,
        _ => true,
    };

    private static RankingRow Row(Unit unit, Tally tally, Dictionary<string, int> ranks, HashSet<string>? barred) => new(
        ranks.TryGetValue(unit.Key, out var rank) ? rank : null, unit.Key, unit.Name!, tally.Figures, barred?.Contains(unit.Key));

    /// <summary>Loss rate descending, then losses descending; equal on both is the same rank, and the next one skips (1, 1, 3).</summary>
    internal static Dictionary<string, int> Ranks(IEnumerable<Unit> listed, Func<string, Ratio> lossRate)
    {
        var ordered = listed.Select(u => (u.Key, LossRate: lossRate(u.Key))).Where(u => u.LossRate.Exists).ToList();
        ordered.Sort((left, right) => Worse(left.LossRate, right.LossRate));
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < ordered.Count; i++)
        {
            var isTied = i > 0 && Worse(ordered[i - 1].LossRate, ordered[i].LossRate) == 0;
            ranks[ordered[i].Key] = isTied ? ranks[ordered[i - 1].Key] : i + 1;
        }

        return ranks;
    }

    private static int Worse(Ratio left, Ratio right) =>
        Ratio.Compare(right, left) is var order && order != 0 ? order : right.N.CompareTo(left.N);

    /// <summary>年度败诉率排列前三位的，不得评优 (plan 4.4): rank 3 or worse with a loss, ties included; never the county government.</summary>
    private static HashSet<string> Barred(List<Unit> listed, Dictionary<string, Tally> tallies, CountingPolicy policy)
    {
        UnitList[] lists = policy.BarList == BarList.All ? [UnitList.All] : [UnitList.Townships, UnitList.Departments];
        return lists.SelectMany(list => Ranks(listed.Where(u => IsIn(u, list)), unit => tallies[unit].Figures.LossRate))
            .Where(r => r.Value <= 3 && tallies[r.Key].Figures.Losses > 0)
            .Select(r => r.Key)
            .Where(key => listed.Exists(u => u.Key == key && u.Registered!.Kind != UnitKind.CountyGovernment))
            .ToHashSet(StringComparer.Ordinal);
    }
}
