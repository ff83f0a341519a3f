using Ledger.Domain;
using Ledger.Domain.Benchmarks;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Policies;

namespace Ledger.Host.Demo;

/// <summary>
/// A synthetic county (合成数据): every fact is invented, the proportions are those of published practice. Facts come one
/// by one, units first, then lawsuit by lawsuit in order of docketing, then what was recorded late; memory does not grow
/// with the number of lawsuits.
/// </summary>
public static class DemoCounty
{
    /// <summary>The county's facts, in an order in which the ledger admits all of them.</summary>
    public static IEnumerable<Envelope> Generate(DemoOptions options)
    {
        var world = new DemoWorld(options);
        foreach (var fact in Reference())
            if (ShanghaiTime.DateOf(fact.Time!.Value) <= options.LastDay)
                yield return fact;
        foreach (var unit in DemoUnits.Tell(options, world.Calendar))
            foreach (var fact in unit.Told(options.LastDay))
                yield return fact;
        var late = new List<Envelope>();
        var recent = new List<Lawsuit>();
        foreach (var (year, number, plan) in Plans(world))
        {
            var log = LawsuitStory.Tell(world, $"{year}-{number:D4}", plan, DemoRandom.For(options.Seed, year, number));
            var told = log.Told(options.LastDay).ToList();
            foreach (var fact in told) yield return fact;
            late.AddRange(log.Late(options.LastDay));
            if (year >= options.LastYear - 1 && recent.Count < DemoPlan.MostLawsuits && told.Count > 0) recent.Add(Folded(told));
        }

        foreach (var fact in DemoPlan.Tell(new DemoLife(options, world.Calendar, recent))) yield return fact;
        foreach (var fact in late.OrderBy(f => f.Time)) yield return fact;
    }

    private static Lawsuit Folded(List<Envelope> told)
    {
        var lawsuit = new Lawsuit(told[0].Subject.Key);
        for (var i = 0; i < told.Count; i++) lawsuit.Apply(new VisibleFact(new Recorded(i + 1, told[i].Id, told[i].Fact), told[i].Fact));
        return lawsuit;
    }

    /// <summary>Policy and provincial figures: recorded before they are needed.</summary>
    private static IEnumerable<Envelope> Reference()
    {
        var adopted = new CountingPolicyAdopted(
            new DateOnly(2023, 1, 1), CountingBasis.FirstInstanceClosed, SeriesCounting.Each, [], [], true, BarList.All, FixedDateRollover.None);
        yield return Stated(new Subject(StreamKind.Policy, "wuyang-2023"), adopted, 1, new DateOnly(2022, 12, 20));
        foreach (var (year, lost, closed) in ((int, long, long)[])[(2023, 3_042, 19_350), (2024, 2_688, 18_920), (2025, 2_315, 18_240)])
        {
            var subject = new Subject(StreamKind.Benchmark, $"{year}");
            var document = $"（合成数据）全省法院{year}年行政审判情况快报";
            yield return Stated(subject, Figure(BenchmarkIndicator.LossRate, new Ratio(lost, closed)), 1, new DateOnly(year, 12, 31));
            // The province has 157 counties and districts.
            yield return Stated(subject, Figure(BenchmarkIndicator.CaseVolume, new Ratio(closed + 410, 157)), 2, new DateOnly(year, 12, 31));

            ProvincialBenchmarkRecorded Figure(BenchmarkIndicator indicator, Ratio value) =>
                new($"{year}", indicator, value, CountingBasis.FirstInstanceClosed, document);
        }

        static Envelope Stated(Subject subject, IFact fact, int ordinal, DateOnly recordedOn)
        {
            var id = $"{subject.Kind.ToString().ToLowerInvariant()}-{subject.Key}/{EventCatalog.NameOf(fact)}/{ordinal}";
            return new Envelope(new FactId(FactLog.Source, id), subject, fact, DemoCalendar.At(recordedOn, 17, 30));
        }
    }

    /// <summary>Every lawsuit in order of docketing: the named situations among the ordinary ones.</summary>
    private static IEnumerable<(int Year, int Number, LawsuitPlan Plan)> Plans(DemoWorld world)
    {
        var situations = DemoSituations.Of(world.Options);
        foreach (var situation in situations) world.Quotas.Take(situation.First);
        foreach (var (year, count) in world.Options.Dockets())
        {
            var fixedOnes = new Queue<LawsuitPlan>(situations.Where(s => s.DocketedOn.Year == year));
            var (number, ordinary) = (0, count - fixedOnes.Count);
            for (var i = 0; i < ordinary; i++)
            {
                var plan = Ordinary(world, year, i, ordinary);
                while (fixedOnes.TryPeek(out var next) && next.DocketedOn <= plan.DocketedOn) yield return (year, ++number, fixedOnes.Dequeue());
                yield return (year, ++number, plan);
            }

            while (fixedOnes.TryDequeue(out var rest)) yield return (year, ++number, rest);
        }
    }

    private static LawsuitPlan Ordinary(DemoWorld world, int year, int index, int count)
    {
        var random = DemoRandom.For(world.Options.Seed, year, -1 - index);
        // Those pending at the start of the first year were docketed in the last quarter before it.
        var isPending = year < world.Options.FirstYear;
        var (first, days) = isPending ? (new DateOnly(year, 10, 1), 91L) : (new DateOnly(year, 1, 2), 363L);
        var docketedOn = world.Calendar.WithinYear(first.AddDays((int)((index * days + random.Next((int)days)) / count)));
        var closedOn = world.Calendar.OnOrAfter(docketedOn.AddDays(35 + Math.Min(random.Next(95), random.Next(130))));
        if (isPending && closedOn.Year == year) closedOn = world.Calendar.OnOrAfter(new DateOnly(year + 1, 1, random.Between(4, 28)));
        var outcome = world.Quotas.NextEnding(closedOn.Year);
        var unit = world.Quotas.NextUnit(closedOn.Year, outcome.ClassOf() == OutcomeClass.Loss);
        // A refused docketing is decided within days, unless that would move it to another year's quota.
        if (outcome is Outcome.NotDocketed or Outcome.Transferred
            && world.Calendar.OnOrAfter(docketedOn.AddDays(random.Between(4, outcome == Outcome.NotDocketed ? 7 : 25))) is var soon)
            closedOn = soon.Year == closedOn.Year ? soon : world.Calendar.OnOrAfter(new DateOnly(closedOn.Year, 1, 4));
        return new LawsuitPlan(docketedOn, new Ending(closedOn, unit, outcome));
    }
}

/// <summary>What all lawsuits share.</summary>
internal sealed class DemoWorld(DemoOptions options)
{
    public DemoOptions Options => options;

    public DemoCalendar Calendar { get; } = new();

    public CountyQuotas Quotas { get; } = new(options.Seed);

    public CaseNumbers Numbers { get; } = new();
}
