using CsCheck;
using Ledger.Domain.Counting;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Replay;

/// <summary>Numbers that move on fact by fact or day by day are those that the county counts at each moment.</summary>
public sealed class NumbersReplayTests
{
    private static readonly IReadOnlyList<Period> Periods =
        [.. new[] { "2023", "2023Q1", "2023Q2", "2023Q3", "2023Q4", "2024", "2024Q1", "2024Q2" }.Select(Period.Parse)];

    private static readonly string[] Units = ["wuquan", "jiaotong", "county", "city"];

    [Fact]
    public void Fact_by_fact_a_units_numbers_are_its_scorecards() => Gen.Select(RandomHistory.Of(90), Gen.Int[0, 1000]).Sample((history, at) =>
    {
        var ledger = history.Ledger();
        var from = at % (ledger.Log.Count + 1);
        foreach (var unit in Units)
        {
            var start = ledger.On(position: from);
            var (replay, streams) = (new NumbersReplay(start, unit), new ToldStreams(start.Everything.RecordedIn));
            foreach (var (subject, fact) in ledger.RecordedAfter(from))
            {
                var before = new Dictionary<Period, Figures>(replay.Figures);
                var moves = replay.Tell(subject, streams.Tell(subject, fact));
                IsCounted(replay, ledger.On(position: fact.Sequence), unit, $"{unit} after {fact.Sequence}");
                Explains(moves, before, replay.Figures);
            }
        }
    }, iter: 8);

    [Fact]
    public void Day_by_day_a_units_numbers_are_its_scorecards() => Gen.Select(RandomHistory.Of(90), Gen.Int[0, 500]).Sample((history, days) =>
    {
        var ledger = history.Ledger();
        var day = new DateOnly(2023, 1, 1).AddDays(days);
        foreach (var unit in Units)
        {
            var replay = new NumbersReplay(ledger.On(day), unit);
            var facts = ledger.Log.Select(r => r.Subject).Distinct()
                .SelectMany(s => ledger.Of(s).Select(f => (Subject: s, Fact: f)))
                .Where(f => f.Fact.Fact.LegalDate > day)
                .OrderBy(f => f.Fact.Fact.LegalDate).ThenBy(f => f.Fact.Sequence).ToList();
            var last = day;
            foreach (var today in facts.GroupBy(f => f.Fact.Fact.LegalDate!.Value))
            {
                // What fell due before is told by the days on which it did.
                for (var due = replay.NextDue(last); due < today.Key && due <= ledger.Today; due = replay.NextDue(due.Value))
                {
                    replay.Begin(due.Value);
                    IsCounted(replay, ledger.On(due), unit, $"{unit} when {due} fell due");
                }

                replay.Begin(today.Key);
                foreach (var (subject, fact) in today) replay.Happens(subject, fact);
                IsCounted(replay, ledger.On(today.Key), unit, $"{unit} on {today.Key}");
                last = today.Key;
            }
        }
    }, iter: 6);

    [Fact]
    public void A_ranking_is_carried_from_one_position_to_another_by_its_facts() =>
        Gen.Select(RandomHistory.Of(100), Gen.Int[0, 1000], Gen.Int[0, 11]).Sample((history, at, choice) =>
        {
            var ledger = history.Ledger();
            var from = at % (ledger.Log.Count + 1);
            var period = Period.Parse(((string[])["2023", "2023Q2", "2023-05"])[choice % 3]);
            var list = (UnitList)(choice % 3);
            var policy = choice < 6 ? null : CountingPolicy.BuiltIn[choice % 4];
            var difference = RankingDifference.Between(ledger.On(position: from), ledger.On(), period, list, policy);
            var steps = difference.Steps.ToDictionary(s => (int)s.Fact.Sequence);
            var row = RankAt(from).Rows.ToDictionary(r => r.Unit, r => (r.Rank, r.Figures), StringComparer.Ordinal);
            Shown(difference.Before).ShouldBe(Shown(RankAt(from)));
            Shown(difference.After).ShouldBe(Shown(RankAt(ledger.Log.Count)));
            for (var position = from + 1; position <= ledger.Log.Count; position++)
            {
                // The ranking itself, folded from nothing: where it moved there is a step that says so, and nowhere else.
                var (was, now) = (RankAt(position - 1), RankAt(position));
                var moved = Moves(was, now).ToList();
                if (!steps.TryGetValue(position, out var step))
                {
                    moved.ShouldBeEmpty($"{position}");
                    FigureMove.Between(was.County, now.County).ShouldBeEmpty($"{position}");
                    continue;
                }

                step.Units.Select(u => u.Unit).ShouldBe(moved, $"{position}");
                step.County.ShouldBe(FigureMove.Between(was.County, now.County));
                foreach (var unit in step.Units)
                {
                    var (before, after) = (was.Rows.FirstOrDefault(r => r.Unit == unit.Unit), now.Rows.FirstOrDefault(r => r.Unit == unit.Unit));
                    (unit.RankBefore, unit.RankAfter).ShouldBe((before?.Rank, after?.Rank));
                    unit.Figures.ShouldBe(FigureMove.Between(before?.Figures, after?.Figures));
                }
            }

            difference.Rows.Where(r => r.Moved).Select(r => r.Unit).ShouldBeSubsetOf(
                difference.Steps.SelectMany(s => s.Units).Select(u => u.Unit).Concat(period.IsYear ? difference.Rows.Where(r => r.Before?.Barred != r.After?.Barred).Select(r => r.Unit) : []));

            Ranking RankAt(int position) => ledger.CountyOn(history.Today, position) is var county
                ? county.Rank(period, list, policy ?? county.Policies.GoverningFrom(period.First)) : null!;
        }, iter: 12);

    private static IEnumerable<string> Moves(Ranking was, Ranking now) =>
        from unit in was.Rows.Concat(now.Rows).Select(r => r.Unit).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        let before = was.Rows.FirstOrDefault(r => r.Unit == unit)
        let after = now.Rows.FirstOrDefault(r => r.Unit == unit)
        where (before?.Rank, before?.Figures) != (after?.Rank, after?.Figures)
        select unit;

    private static string Shown(Ranking ranking) => string.Join('\n', ranking.Rows.Select(r => r.ToString()).Append(ranking.County.ToString()));

    private static void IsCounted(NumbersReplay replay, Situation at, string unit, string because)
    {
        foreach (var period in Periods.Union(replay.Figures.Keys))
        {
            var counted = at.County.Find(unit) is { } found
                ? at.County.Scorecard(found, period, at.County.Policies.GoverningFrom(period.First)).Row.Figures
                : null;
            FigureMove.Between(counted, replay.Figures.GetValueOrDefault(period)).ShouldBeEmpty($"{because}: {period}");
        }
    }

    private static void Explains(IReadOnlyList<NumberMove> moves, Dictionary<Period, Figures> before, IReadOnlyDictionary<Period, Figures> after)
    {
        var expected = before.Keys.Union(after.Keys)
            .SelectMany(p => FigureMove.Between(before.GetValueOrDefault(p), after.GetValueOrDefault(p)).Select(m => (p.Text, m)));
        moves.Select(m => (m.Period.Text, m.Move)).ShouldBe(expected, ignoreOrder: true);
    }
}
