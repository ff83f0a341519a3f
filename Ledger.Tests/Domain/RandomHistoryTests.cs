using CsCheck;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Policies;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Domain;

/// <summary>What holds for every history that the rules admit.</summary>
public sealed class RandomHistoryTests
{
    private static readonly Period[] Periods =
        [.. new[] { "2023", "2024", "2023Q1", "2023Q2", "2023Q3", "2023-05", "2024-01" }.Select(Period.Parse)];

    private static readonly UnitList[] Lists = Enum.GetValues<UnitList>();

    [Fact]
    public void The_histories_hold_facts_of_every_kind()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var gate = new Lock();
        RandomHistory.Of(160).Sample(history =>
        {
            lock (gate)
                foreach (var told in history.Told)
                    seen[EventCatalog.NameOf(told.Fact)] = seen.GetValueOrDefault(EventCatalog.NameOf(told.Fact)) + 1;
        }, iter: 120);
        var expected = EventCatalog.All.Select(e => e.Name).Except(["ProvincialBenchmarkRecorded"])
            .Except(AreaSpecimen.All.SelectMany(a => a.ToldByStories));
        seen.Keys.ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void Repeating_any_fact_that_stands_says_nothing_new() => RandomHistory.Of().Sample(history =>
    {
        var ledger = history.Ledger();
        foreach (var (subject, stream) in ledger.Log.Select(r => r.Subject).Distinct().Select(s => (s, ledger.Stream(s))))
            foreach (var visible in stream.Visible)
            {
                var again = ledger.Decide(new Told(subject, new FactId("/again", "1"), visible.Fact));
                if (visible.Fact is IRepeatable) again.Refusal.ShouldBeNull();
                else again.ShouldBe(Decision.Nothing, visible.ToString());
            }
    }, iter: 60);

    [Fact]
    public void Repeating_a_fact_the_moment_after_it_was_told_says_nothing_new() => RandomHistory.Of(50).Sample(history =>
    {
        var ledger = new MemoryLedger(history.Today);
        foreach (var told in history.Told)
        {
            ledger.Tell(told).Fact.ShouldNotBeNull();
            if (told.Fact is not IRepeatable) ledger.Decide(told with { Id = new FactId("/again", "1") }).ShouldBe(Decision.Nothing, told.ToString());
        }
    }, iter: 100);

    [Fact]
    public void The_same_id_again_says_nothing_and_with_other_content_is_a_conflict() => RandomHistory.Of().Sample(history =>
    {
        var ledger = history.Ledger();
        foreach (var told in history.Told)
        {
            ledger.Decide(told).ShouldBe(Decision.Nothing);
            IFact other = told.Fact is FactRetracted ? Samples.Retracted(new FactId("/other", "1")) : new FactRetracted(told.Id, "另一事实", "局长");
            ledger.Decide(told with { Fact = other }).Refusal!.Code.ShouldBe(Codes.Conflict);
        }
    }, iter: 100);

    [Fact]
    public void Every_fact_is_written_read_and_written_as_the_same_text() => RandomHistory.Of().Sample(history =>
    {
        foreach (var told in history.Told)
        {
            var written = FactJson.Write(told.Fact);
            var (read, refusal) = FactJson.Read(EventCatalog.EntryOf(told.Fact), System.Text.Json.JsonDocument.Parse(written).RootElement);
            refusal.ShouldBeNull();
            FactJson.Write(read!).ShouldBe(FactJson.Write(FactJson.ReadTrusted(EventCatalog.EntryOf(told.Fact), written)));
            FactJson.Write(FactJson.ReadTrusted(EventCatalog.EntryOf(told.Fact), FactJson.Write(read!))).ShouldBe(FactJson.Write(read!));
        }
    }, iter: 100);

    [Fact]
    public void A_stream_read_at_once_is_the_stream_told_fact_by_fact() => RandomHistory.Of().Sample(history =>
    {
        var ledger = history.Ledger();
        foreach (var subject in ledger.Log.Select(r => r.Subject).Distinct())
        {
            var told = ledger.Stream(subject);
            var read = new StreamAdmission(subject, told.History);
            read.Visible.Select(v => FactJson.Write(v.Fact)).ShouldBe(told.Visible.Select(v => FactJson.Write(v.Fact)));
            foreach (var visible in told.Visible.Where(v => v.Fact is not IRepeatable))
                read.Admit(new FactId("/again", "1"), visible.Fact, ledger.Context).ShouldBe(Decision.Nothing);
        }
    }, iter: 25);

    [Fact]
    public void An_answer_for_a_past_position_is_the_answer_that_was_given_then() => RandomHistory.Of(60).Sample(history =>
    {
        var ledger = new MemoryLedger(history.Today);
        var then = new List<string>();
        foreach (var told in history.Told)
        {
            ledger.Tell(told);
            then.Add(Shown(ledger.CountyOn(history.Today), Periods[0]));
        }

        for (var position = 1; position <= then.Count; position += 7)
            Shown(ledger.CountyOn(history.Today, position), Periods[0]).ShouldBe(then[position - 1]);
    }, iter: 5);

    [Fact]
    public void Retracting_a_correction_at_once_leaves_everything_as_it_was() => RandomHistory.Of().Sample(history =>
    {
        var ledger = new MemoryLedger(history.Today);
        foreach (var told in history.Told)
        {
            var before = ledger.Stream(told.Subject).Visible.Select(v => FactJson.Write(v.Fact)).ToList();
            ledger.Tell(told);
            if (told.Fact is not FactCorrected) continue;
            var retraction = new Told(told.Subject, new FactId("/undo", told.Id.Id), Samples.Retracted(told.Id));
            var after = VisibleFacts.Of([.. ledger.Stream(told.Subject).History, new Recorded(long.MaxValue - 1, retraction.Id, retraction.Fact)]);
            after.Select(v => FactJson.Write(v.Fact)).ShouldBe(before);
            ledger.Decide(retraction).Fact.ShouldNotBeNull();
        }
    }, iter: 25);

    [Fact]
    public void As_of_today_is_no_filter() => RandomHistory.Of().Sample(history =>
    {
        var ledger = history.Ledger();
        foreach (var subject in ledger.Log.Select(r => r.Subject).Distinct())
            ledger.Stream(subject).Visible.ShouldAllBe(v => v.HappenedBy(history.Today));
        foreach (var period in Periods.Where(p => p.Last.Year == 2023))
            Shown(ledger.CountyOn(history.Today), period).ShouldBe(Shown(ledger.CountyOn(DateOnly.MaxValue), period));
    }, iter: 15);

    [Fact]
    public void The_order_of_subjects_does_not_matter() => Gen.Select(RandomHistory.Of(), Gen.Int[0, 1000]).Sample((history, seed) =>
    {
        var log = history.Ledger().Log;
        var streams = log.GroupBy(r => r.Subject).ToList();
        var turned = streams.OrderBy(s => (s.Key.ToString().GetHashCode(StringComparison.Ordinal) ^ (seed * 7919)) & 0xFFFF).SelectMany(s => s);
        var one = MemoryLedger.CountyOf(log, history.Today);
        var other = MemoryLedger.CountyOf(turned, history.Today);
        foreach (var period in Periods) Shown(one, period).ShouldBe(Shown(other, period));
        other.Obligations().ShouldBe(one.Obligations());
    }, iter: 15);

    [Fact]
    public void Told_subject_by_subject_every_fact_is_admitted_again() => RandomHistory.Of().Sample(history =>
    {
        var ledger = new MemoryLedger(history.Today);
        foreach (var unit in Samples.Units) ledger.Tell(unit);
        foreach (var stream in history.Told.GroupBy(t => t.Subject).OrderBy(s => s.Key.Kind))
            foreach (var told in stream)
            {
                // Freed case numbers cross streams in time; everything else is a stream's own affair.
                if (ledger.Tell(told) is not { Refusal: { Code: not (Codes.CaseNumberTaken or Codes.FactInvalidHistory) } refusal }) continue;
                // What rests on another stream may have lost its ground since, and what follows in the stream rests on that.
                if (ledger.Stream(told.Subject).Needs(told.Id, told.Fact).Count > 0) break;
                throw new InvalidOperationException($"{told.Fact}: {refusal.English}");
            }
    }, iter: 100);

    [Fact]
    public void The_county_is_at_least_any_one_of_its_units_and_attendance_is_summed_over_all_even_merged_ones() => RandomHistory.Of().Sample(history =>
    {
        var county = history.Ledger().CountyOn(history.Today);
        foreach (var period in Periods)
            foreach (var policy in CountingPolicy.BuiltIn)
            {
                var ranking = county.Rank(period, UnitList.All, policy);
                var rows = ranking.Rows.Select(r => r.Figures).ToList();
                ranking.County.LossRate.D.ShouldBeGreaterThanOrEqualTo(rows.Select(r => r.LossRate.D).DefaultIfEmpty().Max());
                ranking.County.LossRate.N.ShouldBeGreaterThanOrEqualTo(rows.Select(r => r.LossRate.N).DefaultIfEmpty().Max());
                ranking.County.NewCases.ShouldBeGreaterThanOrEqualTo(rows.Select(r => r.NewCases).DefaultIfEmpty().Max());
                var units = Samples.Units.Where(u => u.Subject.Key != "city").Select(u => county.Scorecard(county.Find(u.Subject.Key)!, period, policy).Row.Figures);
                ranking.County.HeadAttendance.D.ShouldBe(units.Sum(f => f.HeadAttendance.D));
                foreach (var figures in rows.Append(ranking.County)) figures.LossRate.N.ShouldBeLessThanOrEqualTo(figures.LossRate.D);
            }
    }, iter: 25);

    private static string Shown(County county, Period period)
    {
        var answers = from list in Lists
                      from policy in CountingPolicy.BuiltIn
                      let ranking = county.Rank(period, list, policy)
                      select string.Join('\n', ranking.Rows.Select(r => r.ToString()).Append(ranking.County.ToString()));
        return string.Join("\n\n", answers);
    }
}
