using CsCheck;
using Ledger.Domain.Counting;
using Ledger.Domain.Policies;
using Ledger.Host.Answers;
using Ledger.Projections;
using Ledger.Projections.Reading;
using Ledger.Host.Demo;
using Ledger.Tests.Demo;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Projections;

/// <summary>
/// However the read models came about they are the same, byte for byte, and they answer what the facts themselves answer.
/// </summary>
public sealed class SameAnswerTests
{
    private static readonly string[] Periods = ["2023", "2024", "2023Q1", "2023Q2", "2023Q3", "2023-05", "2024-01"];

    [Fact]
    public Task Live_caught_up_rebuilt_and_folded_are_one() => RandomHistory.Of(70).SampleAsync(async history =>
    {
        await using var live = await ReadSide.CreateAsync(batchSize: 7);
        await using (await live.StartDaemonAsync())
        {
            await live.RecordAsync(history.Told);
            await live.CaughtUpAsync();
        }

        var asItCame = await live.DocumentsAsync();
        asItCame.ShouldContain("unitmonth");
        foreach (var batchSize in (int[])[7, 5_000, 1])
        {
            await using var other = live.Again(batchSize);
            await other.ForgetAsync();
            await other.CatchUpAsync();
            (await other.DocumentsAsync()).ShouldBe(asItCame, $"caught up by {batchSize}");
        }

        await using var rebuilding = live.Again();
        var daemon = await rebuilding.Store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(CountyProjection.Name, TestContext.Current.CancellationToken);
        (await rebuilding.DocumentsAsync()).ShouldBe(asItCame, "rebuilt");
        await AnswersAreThoseOfTheFactsAsync(rebuilding, history.Today);
        (await live.ScalarAsync<long>("select count(*) from mt.mt_high_water_skips")).ShouldBe(0);
    }, iter: 4, threads: 1);

    [Fact]
    public async Task The_demo_county_is_read_as_its_facts_are_counted()
    {
        await using var ledger = await ReadSide.CreateAsync();
        await ledger.RecordAsync(DemoLedger.Admit(new DemoOptions { Lawsuits = 60, LastYear = 2023 }).Facts.Select(f => new Told(f.Subject, f.Id, f.Fact)));
        await ledger.CatchUpAsync();
        await AnswersAreThoseOfTheFactsAsync(ledger, new DateOnly(2024, 6, 30));
    }

    private static async Task AnswersAreThoseOfTheFactsAsync(ReadSide ledger, DateOnly today)
    {
        var at = await ledger.Positions.AdvanceAsync();
        var scope = new Scope(today, at.Position, at.KnownAt, true, false, false);
        var folded = await ledger.Get<FactMemory>().CountyAsync(at.Position, today, TestContext.Current.CancellationToken);
        var all = await ledger.ReadModels.CountyAsync(at.Position, null, today, TestContext.Current.CancellationToken);
        AnswerJson.Text(AnswerJson.Of(all!.Obligations())).ShouldBe(AnswerJson.Text(AnswerJson.Of(folded.Obligations())));
        foreach (var period in Periods.Select(Period.Parse))
        {
            var kept = await ledger.ReadModels.CountyAsync(at.Position, period, today, TestContext.Current.CancellationToken);
            kept.ShouldNotBeNull();
            foreach (var policy in PoliciesOf(folded, period))
            {
                foreach (var list in Enum.GetValues<UnitList>())
                    Ranking(kept, policy, list).ShouldBe(Ranking(folded, policy, list), $"{period.Text} {policy.Id} {list}");
                foreach (var unit in folded.CountedUnits.Select(u => u.Key).Union(Samples.Units.Select(u => u.Subject.Key)).Where(u => folded.Find(u) is not null))
                    Scorecard(kept, policy, unit).ShouldBe(Scorecard(folded, policy, unit), $"{period.Text} {policy.Id} {unit}");
            }

            string Ranking(County county, CountingPolicy policy, UnitList list) =>
                AnswerJson.Text(AnswerJson.Of(county.Rank(period, list, county.Policies.Find(policy.Id)!), scope));
            string Scorecard(County county, CountingPolicy policy, string unit) =>
                AnswerJson.Text(AnswerJson.Of(county.Scorecard(county.Find(unit)!, period, county.Policies.Find(policy.Id)!), period, scope));
        }
    }

    private static IEnumerable<CountingPolicy> PoliciesOf(County county, Period period) =>
        ((string[])["P-A", "P-B", "P-C", "P-D", county.Policies.GoverningFrom(period.First).Id, "p0", "p1", "p2"])
            .Distinct(StringComparer.Ordinal).Select(county.Policies.Find).OfType<CountingPolicy>();
}
