using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Counting;

/// <summary>Where a unit stood at one position.</summary>
/// <param name="Position">The ledger position.</param>
/// <param name="Policy">The counting policy that ranked it.</param>
/// <param name="Rank">Its rank, 1 the worst; null where it was not ranked.</param>
/// <param name="Figures">Its numbers; null where it was not registered.</param>
public sealed record Standing(long Position, string Policy, int? Rank, Figures? Figures);

/// <summary>A fact that moved a unit in the ranking.</summary>
/// <param name="Sequence">Its ledger sequence.</param>
/// <param name="Subject">Its stream; not told to a clerk who may not read it.</param>
/// <param name="Fact">Its stable name.</param>
/// <param name="On">Its legal date, with the same reserve.</param>
/// <param name="By">Who recorded it, with the same reserve.</param>
/// <param name="Amends">The stable name of the fact that it corrects or retracts, with the same reserve.</param>
/// <param name="Units">The units whose loss rate, or whose place in the list, it changed.</param>
/// <param name="RankBefore">The unit's rank before it.</param>
/// <param name="RankAfter">The unit's rank after it.</param>
/// <param name="LossRateBefore">The unit's loss rate before it.</param>
/// <param name="LossRateAfter">The unit's loss rate after it.</param>
/// <param name="Because">The same in one sentence, Chinese.</param>
public sealed record MovementStep(
    long Sequence, string? Subject, string Fact, DateOnly? On, string? By, string? Amends, IReadOnlyList<string> Units,
    int? RankBefore, int? RankAfter, Ratio LossRateBefore, Ratio LossRateAfter, string Because);

/// <summary>
/// 名次变动: why a unit's rank of a period is another one than at an earlier position, fact by fact in ledger order. Each step begins
/// where the one before it ended, the first where the unit stood then and the last where it stands now; facts that changed
/// neither its rank nor its rate are left out.
/// </summary>
/// <param name="Unit">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Period">The period.</param>
/// <param name="List">The list.</param>
/// <param name="From">Where it stood at the earlier position.</param>
/// <param name="To">Where it stands at the position asked about.</param>
/// <param name="Steps">The facts that moved it.</param>
public sealed record Movement(string Unit, string Name, string Period, UnitList List, Standing From, Standing To, IReadOnlyList<MovementStep> Steps)
{
    /// <summary>Answers the question.</summary>
    public static Found Of(Situation now, Asked asked)
    {
        if (asked.List is { } text && !Enum.GetNames<UnitList>().Contains(text, StringComparer.Ordinal)) return Found.Refused(Codes.QueryInvalid, "list", text);
        // A policy that is asked for is a what-if: it counts throughout, as it is known at the later position.
        var policy = asked.Policy is { } id ? now.County.Policies.Find(id) : null;
        if (policy is null && asked.Policy is not null) return Found.Refused(Codes.PolicyNotFound, asked.Policy);
        return new Found(Of(now, asked.From!, asked.Unit!, asked.Period!, Enum.Parse<UnitList>(asked.List ?? nameof(UnitList.All)), policy, asked.OwnUnitOnly));
    }

    /// <summary>The movement of a unit between two positions.</summary>
    /// <param name="now">The ledger at the later position.</param>
    /// <param name="from">The ledger at the earlier position, on the same day.</param>
    /// <param name="unit">The unit's key.</param>
    /// <param name="period">The period.</param>
    /// <param name="list">The list.</param>
    /// <param name="policy">The counting policy throughout; null for the one that governs the period at each moment.</param>
    /// <param name="ownOnly">Whether the reader reads the unit's own facts only.</param>
    public static Movement Of(Situation now, Situation from, string unit, Period period, UnitList list, CountingPolicy? policy, bool ownOnly = false)
    {
        var replay = new RankingReplay(from, period, list, policy);
        var steps = new List<MovementStep>();
        foreach (var (subject, fact) in now.Everything.RecordedAfter(from.Position))
        {
            var (rank, rate) = (replay.RankOf(unit), replay.RateOf(unit));
            var touched = replay.Apply(subject, fact);
            if (replay.RankOf(unit) == rank && replay.RateOf(unit) == rate) continue;
            steps.Add(StepOf(now, unit, subject, fact, touched, (rank, replay.RankOf(unit)), (rate, replay.RateOf(unit)), ownOnly));
        }

        return new Movement(
            unit, now.NameOf(unit), period.Text, list, StandingOf(from, unit, period, list, policy), StandingOf(now, unit, period, list, policy), steps);
    }

    private static MovementStep StepOf(
        Situation now, string unit, Subject subject, Recorded fact, IReadOnlyList<string> touched, (int? Before, int? After) rank, (Ratio Before, Ratio After) rate, bool ownOnly)
    {
        var entry = EventCatalog.EntryOf(fact.Fact);
        var step = new MovementStep(
            fact.Sequence, subject.ToString(), entry.Name, fact.Fact.LegalDate, fact.Actor, Amended(now, subject, fact.Fact), touched,
            rank.Before, rank.After, rate.Before, rate.After, Sentence(now, unit, entry, touched, rank, rate));
        return ownOnly && !IsOwn(now, unit, subject) ? step with { Subject = null, On = null, By = null, Amends = null } : step;
    }

    private static string Sentence(
        Situation now, string unit, CatalogEntry entry, IReadOnlyList<string> touched, (int? Before, int? After) rank, (Ratio Before, Ratio After) rate)
    {
        var others = touched.Where(u => u != unit).Select(now.NameOf).ToList();
        var whose = entry.Kind == StreamKind.Policy ? "" : rate.Before != rate.After || others.Count == 0 ? "本单位" : string.Join('、', others);
        return $"{whose}{entry.Chinese}："
            + (rate.Before == rate.After ? "" : $"败诉率 {rate.Before} → {rate.After}，")
            + (rank.Before == rank.After ? $"名次仍为 {Text(rank.After)}" : $"名次 {Text(rank.Before)} → {Text(rank.After)}");
    }

    private static string Text(int? rank) => rank is { } number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "未排名";

    private static string? Amended(Situation now, Subject subject, IFact fact)
    {
        var target = fact switch { FactCorrected f => f.Fact, FactRetracted f => f.Fact, _ => null };
        return target is null ? null : now.Everything.RecordedIn(subject).FirstOrDefault(r => r.Id == target) is { } amended ? EventCatalog.NameOf(amended.Fact) : null;
    }

    // The policies are public; of the rest a clerk reads the own unit's stream and the lawsuits in which it is or was a defendant.
    private static bool IsOwn(Situation now, string unit, Subject subject) => subject.Kind switch
    {
        StreamKind.Lawsuit => now.Lawsuits.TryGetValue(subject.Key, out var lawsuit) && lawsuit.WasDefendant(unit),
        StreamKind.Unit => subject.Key == unit,
        _ => true,
    };

    private static Standing StandingOf(Situation situation, string unit, Period period, UnitList list, CountingPolicy? policy)
    {
        var (county, by) = (situation.County, policy ?? situation.County.Policies.GoverningFrom(period.First));
        var row = county.Rank(period, list, by).Rows.FirstOrDefault(r => r.Unit == unit);
        return new Standing(
            situation.Position, by.Id, row?.Rank, row?.Figures ?? (county.Find(unit) is { } found ? county.Scorecard(found, period, by).Row.Figures : null));
    }
}
