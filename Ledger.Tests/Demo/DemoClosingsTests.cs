using Ledger.Domain.Assessments;
using Ledger.Domain.Bulletins;
using Ledger.Domain.Counting;
using Ledger.Domain.Obligations;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Host.Demo;
using Ledger.Projections.Reading;
using Ledger.Projections.Store;
using Ledger.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Demo;

/// <summary>What the demo county published: recorded once the county is in the ledger, for it rests on positions.</summary>
public sealed class DemoClosingsTests
{
    [Fact]
    public async Task Every_quarter_is_closed_and_published_one_is_restated_and_the_year_is_final()
    {
        await using var ledger = await LedgerDatabase.CreateAsync();
        var loader = ActivatorUtilities.CreateInstance<DemoLoader>(ledger.Services);
        (await loader.LoadAsync(new DemoOptions())).ShouldNotBeNull();
        var now = await NowAsync();
        Ask<QuarterRow>("quarters").Where(q => q.ClosedOn is not null).Select(q => q.Period).ShouldBe(["2025", "2025Q1", "2025Q2", "2025Q3", "2025Q4"]);
        var bulletins = Ask<BulletinListRow>("bulletins");
        bulletins.Count(b => b.Kind == BulletinKind.Ranking).ShouldBe(4);
        bulletins.Count(b => b.Kind == BulletinKind.Accountability).ShouldBe(4);
        bulletins.Where(b => b.Restatements > 0).Select(b => b.Key).ShouldBe(["2025Q2"]);
        bulletins.Single(b => b.Key == "2025Q2").ShouldSatisfyAllConditions(b => b.RestatedLossRate!.Value.N.ShouldBe(b.LossRate!.Value.N + 1));
        bulletins.Where(b => b.Late).Select(b => b.Period).Distinct().ShouldBe(["2025Q3"]);
        foreach (var bulletin in bulletins.Where(b => b.Kind == BulletinKind.Ranking))
            ((BulletinContents)Areas.Questions.Single(q => q.Name == "bulletin").Answer(now, new Asked { Key = bulletin.Key }).Value!).Reproduced.ShouldBeTrue();
        var ranking = Ask<AnnualRankingRow>("annual-ranking").ShouldHaveSingleItem();
        ranking.Barred.ShouldNotBeEmpty();
        ranking.Barred.ShouldAllBe(b => b.BarredOn != null);
        Ask<AssessmentRow>("assessments", new Asked { Period = Period.Parse("2025") }).ShouldAllBe(s => !s.Conflict);
        Ask<DifferenceRow>("reconciliation", new Asked { Period = Period.Parse("2025Q1") }).Select(d => d.Status).ShouldContain(DifferenceStatus.Explained);
        Ask<DifferenceRow>("reconciliation", new Asked { Period = Period.Parse("2025Q3") }).ShouldContain(d => d.Kind == DifferenceKind.CourtOnly && d.Status == DifferenceStatus.Open);

        // Every clause has something to show.
        Ask<ClauseRow>("clauses").Where(c => c.Facts == 0).Select(c => c.Clause).ShouldBeEmpty();

        // Recorded once, however often it is tried.
        var position = now.Position;
        await ledger.Services.GetRequiredService<DemoClosings>().RecordAsync(new DemoOptions());
        (await NowAsync()).Position.ShouldBe(position);

        async Task<Situation> NowAsync() => await ledger.Services.GetRequiredService<FactMemory>()
            .SituationAsync((await ledger.Services.GetRequiredService<Positions>().AdvanceAsync()).Position, new DateOnly(2026, 6, 15));

        IReadOnlyList<T> Ask<T>(string question, Asked? asked = null) => (List<T>)Areas.Questions.Single(q => q.Name == question).Answer(now, asked ?? new Asked()).Value!;
    }
}
