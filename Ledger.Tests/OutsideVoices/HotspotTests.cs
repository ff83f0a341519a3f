using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.OutsideVoices;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.OutsideVoices;

/// <summary>Hotspots are what the ledger counted; reviews and early warnings follow from them.</summary>
public sealed class HotspotTests
{
    private const string Hotspot = "hotspot/chengjian-2023Q2";
    private static readonly string Sha = new('d', 64);
    private static readonly HotspotReviewHeld Review = new("2023Q2", Day("2023-07-10"), false);
    private static readonly EarlyWarningIssued Warning = new("预警〔2023〕1号", ["wuquan", "gongan"], Day("2023-07-12"), Day("2023-07-31"));

    // The seven sample units, the rule and three complaints: the ledger stands at position 11.
    private static readonly HotspotIdentified Three = new("城建", "2023Q2", 3, "rule-1", 11, Day("2023-07-05"), Day("2023-07-06"));

    private static Given Complaints => Given.Facts().And("policy/rule-1", new HotspotRuleAdopted(Day("2023-01-01"), 3))
        .And("complaint/a", Of("2023-04-03")).And("complaint/b", Of("2023-05-03")).And("complaint/c", Of("2023-06-30"));

    private static Given Warned => Given.Facts().And("hotspot/2023Q2", Review, Warning);

    private static IReadOnlyList<TRow> Ask<TRow>(MemoryLedger ledger, string question, Asked? asked = null, DateOnly? asOf = null) =>
        (IReadOnlyList<TRow>)Areas.Questions.Single(q => q.Name == question).Answer(ledger.On(asOf), asked ?? new Asked()).Value!;

    private static ComplaintReceived Of(string on, string field = "城建") => new(ComplaintChannel.Portal, field, Day(on));

    [Fact]
    public void A_hotspot_is_recorded_with_the_number_that_the_ledger_counts()
    {
        Complaints.When(Hotspot, Three).ThenAdmitted();
        Complaints.When(Hotspot, Three with { Count = 4 }).ThenRefused(Codes.FactNotReproducible);
        Complaints.When(Hotspot, Three with { Rule = "rule-2" }).ThenRefused(Codes.FactNotReproducible);
    }

    [Fact]
    public void Too_few_complaints_make_none()
    {
        Complaints.When(Hotspot, Three with { AsOf = Day("2023-06-29") }).ThenRefused(Codes.HotspotBelowThreshold);
        Complaints.When(Hotspot, Three with { Position = 10 }).ThenRefused(Codes.HotspotBelowThreshold);
        Complaints.When(Hotspot, Three with { Period = "2023Q3" }).ThenRefused(Codes.HotspotBelowThreshold);
    }

    [Fact]
    public void It_is_not_identified_before_it_was_counted() => Complaints.When(Hotspot, Three with { IdentifiedOn = Day("2023-07-04") }).ThenRefused(Codes.DateOutOfOrder);

    [Fact]
    public void The_stream_of_a_period_is_kept_for_its_review()
    {
        Complaints.When("hotspot/2023Q2", Three).ThenRefused(Codes.InvalidValue);
        Given.Facts().When("hotspot/2023Q3", Review).ThenRefused(Codes.InvalidValue);
        Given.Facts().When("hotspot/2023Q2", Review with { HeldOn = Day("2023-03-31") }).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void A_rule_is_adopted_once_and_asks_for_at_least_one()
    {
        Complaints.When("policy/rule-1", new HotspotRuleAdopted(Day("2024-01-01"), 9)).ThenRefused(Codes.PolicyAlreadyAdopted);
        Complaints.When("policy/rule-2", new HotspotRuleAdopted(Day("2024-01-01"), 0)).ThenRefused(Codes.InvalidValue);
    }

    [Fact]
    public void Hotspots_show_the_number_stated_and_the_number_now()
    {
        var ledger = Complaints.And(Hotspot, Three).And("complaint/late", Of("2023-06-01")).And("complaint/d", Of("2023-06-01", "公安")).Ledger();
        var row = Ask<HotspotRow>(ledger, "hotspots", new Asked { Period = Period.Parse("2023Q2") }).ShouldHaveSingleItem();
        (row.Field, row.Complaints, row.Stated, row.Rule, row.Reached, row.Hotspot, row.Position).ShouldBe(("城建", 4, 3, "rule-1", true, "chengjian-2023Q2", 11L));
        Ask<HotspotRow>(Complaints.Ledger(), "hotspots", new Asked { Period = Period.Parse("2023Q2") }).ShouldHaveSingleItem().Hotspot.ShouldBeNull();
        // A complaint that was recorded by mistake takes the number below the rule; what was stated stays.
        var fewer = Complaints.And(Hotspot, Three).And("complaint/a", Retracted(Given.Id(2))).Ledger();
        Ask<HotspotRow>(fewer, "hotspots").Single(r => r.Period == "2023Q2").ShouldSatisfyAllConditions(r => r.Reached.ShouldBeFalse(), r => r.Stated.ShouldBe(3));
    }

    [Fact]
    public void Before_any_rule_five_complaints_make_a_hotspot() =>
        HotspotRule.Governing(Complaints.Ledger().On(), Period.Parse("2022Q4")).ShouldBe(new HotspotRule("H-5", 5));

    [Fact]
    public void A_review_of_each_quarter_is_the_offices_duty()
    {
        var given = Complaints.And("policy/plan", new ActionPlanIssued("3号", "方案", Day("2023-03-20"))).And("hotspot/2023Q2", Review with { None = true, HeldOn = Day("2023-08-02") });
        var duties = given.Ledger().On(Day("2023-12-01")).Duties.Where(d => d.Kind == DutyKind.HotspotReview).ToDictionary(d => d.Period!);
        (duties["2023Q2"].Status, duties["2023Q2"].DaysLate, duties["2023Q3"].Status).ShouldBe((DutyStatus.MetLate, 2, DutyStatus.Overdue));
        var rows = Ask<HotspotReviewRow>(given.Ledger(), "hotspot-reviews", asOf: Day("2023-12-01")).ToDictionary(r => r.Period);
        (rows["2023Q2"].None, rows["2023Q2"].Reached, rows["2023Q2"].Contradicted).ShouldBe((true, 1, true));
        (rows["2023Q3"].Status, rows["2023Q3"].HeldOn).ShouldBe((DutyStatus.Overdue, null));
    }

    [Fact]
    public void A_warning_follows_from_something_found()
    {
        Given.Facts().When("hotspot/2023Q2", Warning).ThenRefused(Codes.SubjectNotFound);
        Given.Facts().And("hotspot/2023Q2", Review with { None = true }).When("hotspot/2023Q2", Warning).ThenRefused(Codes.HotspotNoneFound);
        Given.Facts().And("hotspot/2023Q2", Review).When("hotspot/2023Q2", Warning with { IssuedOn = Day("2023-07-09") }).ThenRefused(Codes.DateOutOfOrder);
        Given.Facts().And("hotspot/2023Q2", Review).When("hotspot/2023Q2", Warning with { Units = [] }).ThenRefused(Codes.InvalidValue);
        Given.Facts().And("hotspot/2023Q2", Review).When("hotspot/2023Q2", Warning with { Units = ["wuquan", "nowhere"] }).ThenRefused(Codes.UnknownUnit);
        Warned.When("hotspot/2023Q2", Warning with { Units = ["shuiwu"] }).ThenRefused(Codes.WarningAlreadyIssued);
    }

    [Fact]
    public void Only_a_warned_unit_rectifies_and_once()
    {
        var rectified = new WarningRectified("预警〔2023〕1号", "wuquan", Day("2023-07-20"), Sha);
        Warned.When("hotspot/2023Q2", rectified with { Unit = "shuiwu" }).ThenRefused(Codes.WarningNotIssued);
        Warned.When("hotspot/2023Q2", rectified with { RectifiedOn = Day("2023-07-11") }).ThenRefused(Codes.DateOutOfOrder);
        Warned.And("hotspot/2023Q2", rectified).When("hotspot/2023Q2", rectified with { RectifiedOn = Day("2023-07-21") }).ThenRefused(Codes.WarningAlreadyRectified);
    }

    [Fact]
    public void Each_warned_unit_has_its_duty()
    {
        var given = Warned.And("hotspot/2023Q2", new WarningRectified("预警〔2023〕1号", "wuquan", Day("2023-07-20"), Sha));
        var duties = given.Ledger().On(Day("2023-08-01")).Duties.Where(d => d.Kind == DutyKind.WarningRectification).ToDictionary(d => d.Unit!);
        (duties["wuquan"].Status, duties["gongan"].Status, duties["gongan"].DaysLate).ShouldBe((DutyStatus.Met, DutyStatus.Overdue, 1));
        Ask<EarlyWarningRow>(given.Ledger(), "early-warnings", new Asked { Unit = "wuquan" }).ShouldHaveSingleItem().RectifiedOn.ShouldBe(Day("2023-07-20"));
        Ask<EarlyWarningRow>(given.Ledger(), "early-warnings", asOf: Day("2023-07-15")).ShouldAllBe(r => r.Status == DutyStatus.Pending);
        Ask<EarlyWarningRow>(given.And("hotspot/2023Q2", Retracted(Given.Id(3))).Ledger(), "early-warnings", new Asked { Status = "Overdue" }).Count.ShouldBe(2);
    }
}
