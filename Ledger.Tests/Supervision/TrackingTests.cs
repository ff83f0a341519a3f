using Ledger.Domain.Bulletins;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Supervision;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Supervision;

/// <summary>Orders against laggards cite a ranking that had been published (plan 3.5.2, 4.4).</summary>
public sealed class TrackingTests
{
    private static readonly Subject File = Subject("supervision/x");
    private static readonly KeyTrackingOrdered Tracking = new("wuquan", "2024Q1", LagIndicator.LossRate, Day("2024-05-10"));
    private static readonly SpecialSupervisionOrdered Special = new("gongan", "2024Q1", "last-three", Day("2024-05-10"), Day("2024-06-14"));

    // A ledger in which the bulletin was published on a day; nothing else is asked of it here.
    private static AdmissionContext Published(string? on) => new(Given.Today, _ => true, _ => null)
    {
        FactsOf = subject => on is not null && subject.ToString() == "bulletin/2024Q1" ? [Seen(1, new Ranking(Day(on)))] : [],
    };

    private static VisibleFact Seen(long sequence, IFact fact) => new(new Recorded(sequence, Given.Id((int)sequence), fact), fact);

    private static Decision Told(IFact fact, string? published, params IFact[] before)
    {
        var stream = new StreamAdmission(File, before.Select((f, i) => new Recorded(i + 1, Given.Id(i + 1), f)));
        return stream.Admit(Given.Id(99), fact, Published(published));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2024-05-11")]
    public void Without_a_published_ranking_nothing_is_ordered(string? published)
    {
        Told(Tracking, published).Refusal!.Code.ShouldBe(Codes.SupervisionRankingNotPublished);
        Told(Special, published).Refusal!.Code.ShouldBe(Codes.SupervisionRankingNotPublished);
    }

    [Fact]
    public void In_a_ledger_without_bulletins_nothing_is_ordered() => Given.Facts().When("supervision/x", Tracking).ThenRefused(Codes.SupervisionRankingNotPublished);

    [Fact]
    public void A_published_ranking_lets_an_order_be_made()
    {
        Told(Tracking, "2024-05-10").Fact.ShouldBe(Tracking);
        Told(Special, "2024-05-01").Fact.ShouldBe(Special);
        new StreamAdmission(File, []).Needs(Given.Id(1), Tracking).ShouldBe([Subject("bulletin/2024Q1")]);
    }

    [Fact]
    public void An_order_ends_once_and_with_a_conclusion()
    {
        Told(Special with { DueOn = Day("2024-05-01") }, "2024-05-01").Refusal!.Code.ShouldBe(Codes.DateOutOfOrder);
        Told(new KeyTrackingLifted(LiftReason.IndicatorImproved, Day("2024-05-09")), "2024-05-01", Tracking).Refusal!.Code.ShouldBe(Codes.DateOutOfOrder);
        Told(new SpecialSupervisionConcluded(" ", Day("2024-06-01")), "2024-05-01", Special).Refusal!.Code.ShouldBe(Codes.SupervisionConclusionMissing);
        Told(new SpecialSupervisionConcluded("落实", Day("2024-06-01")), "2024-05-01", Tracking).Refusal!.Code.ShouldBe(Codes.SupervisionOtherKind);
        var lifted = new KeyTrackingLifted(LiftReason.IndicatorImproved, Day("2024-06-01"));
        Told(lifted with { Reason = LiftReason.RankingRestated }, "2024-05-01", Tracking, lifted).Refusal!.Code.ShouldBe(Codes.SupervisionAlreadyDone);
    }

    [Fact]
    public void The_ranking_cited_is_the_last_one_by_the_day_of_the_order() =>
        Trackings.RankingOf(Tracking, [Seen(1, new Ranking(Day("2024-05-01"))), Seen(2, new Ranking(Day("2024-05-08"))), Seen(3, new Ranking(Day("2024-05-20")))])!.Sequence.ShouldBe(2);

    [Fact]
    public void Orders_and_their_duties_are_followed_to_their_end()
    {
        var facts = new Facts(new Dictionary<Subject, IReadOnlyList<VisibleFact>>
        {
            [File] = [Seen(1, Tracking), Seen(2, new KeyTrackingLifted(LiftReason.IndicatorImproved, Day("2024-06-20")))],
            [Subject("supervision/y")] = [Seen(3, Special)],
        });
        var situation = Situation.Of(facts, Given.Facts().Ledger().CountyOn(Given.Today), Given.Today, 3);
        var rows = (IReadOnlyList<TrackingRow>)SupervisionArea.Area.Questions.Single(q => q.Name == "trackings").Answer(situation, new Asked()).Value!;
        rows.Select(r => (r.Unit, r.Order, r.Bulletin, r.Indicator, r.Rule, r.Status)).ShouldBe(
        [
            ("wuquan", SupervisionKind.KeyTracking, "2024Q1", LagIndicator.LossRate, null, MatterStatus.Closed),
            ("gongan", SupervisionKind.SpecialSupervision, "2024Q1", null, "last-three", MatterStatus.PastDue),
        ]);
        var duties = SupervisionArea.Area.Duties(situation).Select(d => d.On(situation.Calendar, Given.Today)).ToDictionary(d => d.Kind);
        duties[DutyKind.KeyTracking].Status.ShouldBe(DutyStatus.Met);
        (duties[DutyKind.SpecialSupervision].Status, duties[DutyKind.SpecialSupervision].Unit).ShouldBe((DutyStatus.Overdue, "gongan"));
    }

    private sealed record Ranking(DateOnly On) : IPublishesRanking
    {
        public DateOnly? LegalDate => On;

        public string Period => "2024Q1";
    }

    private sealed class Facts(IReadOnlyDictionary<Subject, IReadOnlyList<VisibleFact>> streams) : ILedgerFacts
    {
        public IEnumerable<(string Key, IReadOnlyList<VisibleFact> Facts)> Of(StreamKind kind) => streams.Where(s => s.Key.Kind == kind).Select(s => (s.Key.Key, s.Value));

        public IReadOnlyList<VisibleFact> Of(Subject subject) => streams.TryGetValue(subject, out var facts) ? facts : [];

        public bool Holds(Subject subject, FactId id) => Of(subject).Any(f => f.Origin.Id == id);
    }
}
