using Ledger.Domain.Counting;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Domain.Rectifications;

namespace Ledger.Domain.Periods;

/// <summary>By what losses are gathered (plan 3.1.1b).</summary>
public enum HotlistDimension
{
    /// <summary>乡镇</summary>
    Township,

    /// <summary>执法领域</summary>
    Field,

    /// <summary>执法类型</summary>
    ActType,

    /// <summary>败诉原因</summary>
    Cause,
}

/// <summary>What "many losses" (较多) means: the plan does not say, so that each list names its rule.</summary>
public enum HotlistRule
{
    /// <summary>At least so many losses.</summary>
    LossesAtLeast,

    /// <summary>The so many with the most losses; all that tie with the last are in.</summary>
    TopRanks,
}

/// <summary>A lost document, once however many units lost in it.</summary>
/// <param name="Lawsuit">The lawsuit.</param>
/// <param name="CaseNo">The document.</param>
/// <param name="ClosedOn">The day by which it is counted.</param>
/// <param name="Units">The units that lost.</param>
/// <param name="Township">Where it happened: as the docketing says, else the township that lost; null where neither says.</param>
/// <param name="Field">管理领域</param>
/// <param name="ActType">行政行为种类</param>
/// <param name="Causes">The causes that were found; empty where none was stated.</param>
public sealed record LostDocument(
    string Lawsuit, string CaseNo, DateOnly ClosedOn, IReadOnlyList<string> Units, string? Township, string Field, string ActType, IReadOnlyList<LossCause> Causes)
{
    /// <summary>Its values in a dimension.</summary>
    public IEnumerable<string> ValuesOf(HotlistDimension dimension) => dimension switch
    {
        HotlistDimension.Township => Township is null ? [] : [Township],
        HotlistDimension.Field => [Field],
        HotlistDimension.ActType => [ActType],
        _ => Causes.Select(c => c.ToString()),
    };
}

/// <summary>Losses of a period: those that the ranking counts, gathered by township, field, type of act and cause.</summary>
public static class Hotlist
{
    /// <summary>The lost documents that the policy counts, by day and case number.</summary>
    public static IReadOnlyList<LostDocument> Losses(Situation at, Period period, CountingPolicy policy)
    {
        var lost = from unit in at.County.CountedUnits
                   let tally = Tally.Of(unit.Key, at.County.ContributionsOf(unit.Key), period, policy, at.Calendar, at.AsOf)
                   from item in tally.LossRate
                   where item.Counts && at.Lawsuits.ContainsKey(item.Lawsuit)
                   group (Unit: unit, item.Closing) by (item.Lawsuit, item.Closing.CaseNo);
        var determined = LossRegister.Of(at).Where(l => l.Cause is not null).ToDictionary(l => (l.Lawsuit.Key, l.CaseNo, l.Unit), l => l.Cause!.Causes);
        return
        [
            .. lost.Select(d => Of(at, d.Key.Lawsuit, d.Key.CaseNo, d.First().Closing.On, [.. d.Select(l => l.Unit)], determined))
                .OrderBy(d => d.ClosedOn).ThenBy(d => d.CaseNo, StringComparer.Ordinal),
        ];
    }

    /// <summary>What a rule gives.</summary>
    public static IReadOnlyList<HotlistItem> Items(IReadOnlyList<LostDocument> losses, HotlistDimension dimension, HotlistRule rule, int threshold)
    {
        var items = losses.SelectMany(l => l.ValuesOf(dimension).Distinct(StringComparer.Ordinal)).CountBy(v => v, StringComparer.Ordinal)
            .Select(v => new HotlistItem(v.Key, v.Value)).OrderByDescending(i => i.Losses).ThenBy(i => i.Value, StringComparer.Ordinal).ToList();
        if (rule == HotlistRule.LossesAtLeast) return [.. items.Where(i => i.Losses >= threshold)];
        return items.Count <= threshold ? items : [.. items.Where(i => i.Losses >= items[threshold - 1].Losses)];
    }

    private static LostDocument Of(
        Situation at, string key, string caseNo, DateOnly on, IReadOnlyList<Units.Unit> units, Dictionary<(string, string, string), IReadOnlyList<LossCause>> determined)
    {
        var lawsuit = at.Lawsuits[key];
        var docketed = lawsuit.Docketed!;
        var township = docketed.Township ?? units.FirstOrDefault(u => u.Registered!.Kind == Units.UnitKind.Township)?.Name;
        var causes = units.SelectMany(u => determined.GetValueOrDefault((key, caseNo, u.Key)) ?? CausesOf(lawsuit, caseNo, u.Key)).Distinct().Order();
        return new LostDocument(key, caseNo, on, [.. units.Select(u => u.Key)], township, docketed.Field, docketed.ActType, [.. causes]);
    }

    // What the court states, while the office has determined no cause. An affirming document states none: those before it stand.
    private static IReadOnlyList<LossCause> CausesOf(Lawsuit lawsuit, string caseNo, string unit) => lawsuit.Documents
        .TakeWhile(d => d.CaseNo != caseNo).Append(lawsuit.Document(caseNo)!).Reverse()
        .Select(d => (IReadOnlyList<LossCause>)[.. d.Rendered.Dispositions.Where(x => x.Unit == unit).SelectMany(x => x.Causes ?? [])])
        .FirstOrDefault(causes => causes.Count > 0, []);
}
