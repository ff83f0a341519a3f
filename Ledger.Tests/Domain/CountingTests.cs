using CsCheck;
using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Domain;

/// <summary>Loss rates, indicators, rankings and the annual bar (counting-rules.md §§3-6).</summary>
public sealed class CountingTests
{
    private static readonly CountingPolicy A = CountingPolicy.BuiltIn[0];
    private static readonly CountingPolicy B = CountingPolicy.BuiltIn[1];
    private static readonly CountingPolicy C = CountingPolicy.BuiltIn[2];
    private static readonly CountingPolicy D = CountingPolicy.BuiltIn[3];

    private static Ranking Rank(Given given, string period = "2023Q2", CountingPolicy? policy = null, UnitList list = UnitList.All, string asOf = "2024-06-30") =>
        given.Ledger().CountyOn(Day(asOf)).Rank(Period.Parse(period), list, policy ?? A);

    private static Figures Of(Ranking ranking, string unit = "wuquan") => ranking.Rows.Single(r => r.Unit == unit).Figures;

    private static string CaseNo(int number) => $"（2023）豫1121行初{number}号";

    /// <summary>A lawsuit per outcome against one unit, all closed on 2023-05-20.</summary>
    private static Given Closed(Given given, string unit, params Outcome[] outcomes)
    {
        foreach (var outcome in outcomes)
        {
            var number = CaseNo(Interlocked.Increment(ref _number));
            given.And("lawsuit/" + unit + _number, Docketed(unit) with { CaseNo = number }, Rendered(number, InstanceLevel.First, "2023-05-20", (unit, outcome)));
        }

        return given;
    }

    private static int _number = 1000;

    // ---- the four bases

    [Fact]
    public void P_A_counts_first_instance_documents_closed_in_the_period_and_a_remand_again()
    {
        var given = Given.Facts(
            Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Opened(InstanceLevel.Second, Second),
            Rendered(Second, InstanceLevel.Second, "2023-06-25", ("wuquan", Outcome.RevokeAndRemand)),
            Opened(InstanceLevel.First, Remanded, "2023-06-26"), Rendered(Remanded, InstanceLevel.First, "2023-06-30", ("wuquan", Outcome.DismissClaims)));
        Of(Rank(given)).LossRate.ShouldBe(new Ratio(1, 2));
        Of(Rank(given, "2023-05")).LossRate.ShouldBe(new Ratio(1, 1));
        Of(Rank(given, "2023-06")).LossRate.ShouldBe(new Ratio(0, 1));
        Of(Rank(given, "2023Q3")).LossRate.ShouldBe(new Ratio(0, 0));
        Of(Rank(given, asOf: "2023-06-29")).LossRate.ShouldBe(new Ratio(1, 1));
        Of(Rank(given)).NewCases.ShouldBe(1);
    }

    [Fact]
    public void P_B_counts_the_last_effective_outcome_of_a_lawsuit_looked_through()
    {
        var given = Given.Facts(
            Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Opened(InstanceLevel.Second, Second),
            Rendered(Second, InstanceLevel.Second, "2023-06-25", ("wuquan", Outcome.AffirmJudgment)),
            new OutcomeBecameEffective(Second, Day("2023-06-28"), EffectiveBasis.SecondInstance));
        Of(Rank(given, policy: B)).LossRate.ShouldBe(new Ratio(1, 1));
        given.And(
            Opened(InstanceLevel.Retrial, Retrial, "2023-08-01"), Rendered(Retrial, InstanceLevel.Retrial, "2023-09-25", ("wuquan", Outcome.DismissClaims)),
            new OutcomeBecameEffective(Retrial, Day("2023-09-28"), EffectiveBasis.CourtNotice));
        Of(Rank(given, policy: B)).LossRate.ShouldBe(new Ratio(0, 0));
        Of(Rank(given, "2023Q3", B)).LossRate.ShouldBe(new Ratio(0, 1));
        Of(Rank(given, "2023", B)).LossRate.ShouldBe(new Ratio(0, 1));
        Of(Rank(given, "2023", B, asOf: "2023-09-27")).LossRate.ShouldBe(new Ratio(1, 1));
        Of(Rank(given, "2023", B)).Closed.ShouldBe(1);
    }

    [Fact]
    public void Under_P_B_the_latest_effective_day_decides_ties_by_sequence_and_a_document_without_outcome_drops_the_unit()
    {
        var given = Given.Facts(
            Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll)), Opened(InstanceLevel.Second, Second),
            Rendered(Second, InstanceLevel.Second, "2023-06-25", ("wuquan", Outcome.RevokeAndRemand)),
            new OutcomeBecameEffective(Second, Day("2023-06-28"), EffectiveBasis.SecondInstance),
            new OutcomeBecameEffective(First, Day("2023-06-20"), EffectiveBasis.CourtNotice));
        Of(Rank(given, policy: B)).LossRate.ShouldBe(new Ratio(0, 0));
        Rank(given, policy: B).County.LossRate.ShouldBe(new Ratio(0, 0));
        given.And(new OutcomeBecameEffective(First, Day("2023-06-28"), EffectiveBasis.CourtNotice));
        Of(Rank(given, policy: B)).LossRate.ShouldBe(new Ratio(1, 1));
    }

    [Fact]
    public void P_C_counts_only_documents_won_or_lost_by_the_table()
    {
        var given = Closed(Given.Facts(), "wuquan", Outcome.RevokeAll, Outcome.DismissClaims, Outcome.DismissSuit, Outcome.Mediated, Outcome.WithdrawVoluntary, Outcome.Transferred, Outcome.ConfirmUnlawfulMinorProcedure);
        Of(Rank(given, policy: C)).LossRate.ShouldBe(new Ratio(2, 3));
        Of(Rank(given, policy: C with { NotLosses = [Outcome.ConfirmUnlawfulMinorProcedure] })).LossRate.ShouldBe(new Ratio(1, 3));
        Of(Rank(given, policy: C)).Closed.ShouldBe(7);
    }

    [Fact]
    public void P_D_counts_withdrawal_after_change_and_mediation_as_losses_unless_the_policy_lists_them()
    {
        var given = Closed(Given.Facts(), "wuquan", Outcome.RevokeAll, Outcome.WithdrawAfterDefendantChanged, Outcome.Mediated, Outcome.WithdrawVoluntary, Outcome.DismissClaims);
        Of(Rank(given, policy: A)).LossRate.ShouldBe(new Ratio(1, 5));
        Of(Rank(given, policy: D)).LossRate.ShouldBe(new Ratio(3, 5));
        Of(Rank(given, policy: D with { NotLosses = [Outcome.Mediated] })).LossRate.ShouldBe(new Ratio(2, 5));
        Of(Rank(given, policy: D)).MediatedOrWithdrawn.ShouldBe(new Ratio(3, 5));
    }

    // ---- options

    [Fact]
    public void An_excluded_closing_leaves_the_denominator_only_when_all_its_outcomes_are_listed()
    {
        var given = Closed(Given.Facts(), "wuquan", Outcome.NotDocketed, Outcome.Transferred, Outcome.DismissClaims)
            .And("lawsuit/two", Docketed("wuquan") with { CaseNo = CaseNo(1) }, Rendered(CaseNo(1), InstanceLevel.First, "2023-05-20", ("wuquan", Outcome.Transferred), ("wuquan", Outcome.OrderPay)));
        var policy = A with { ExcludeClosings = [Outcome.NotDocketed, Outcome.Transferred] };
        Of(Rank(given, policy: policy)).LossRate.ShouldBe(new Ratio(1, 2));
        Of(Rank(given, policy: policy)).Closed.ShouldBe(4);
        Rank(given, policy: policy).County.LossRate.ShouldBe(new Ratio(1, 2));
        var affirmed = Given.Facts(
            Docketed("wuquan"), Judgment(("wuquan", Outcome.NotDocketed)), Opened(InstanceLevel.Second, Second),
            Rendered(Second, InstanceLevel.Second, "2023-06-25", ("wuquan", Outcome.AffirmRuling)), new OutcomeBecameEffective(Second, Day("2023-06-28"), EffectiveBasis.SecondInstance));
        Of(Rank(affirmed, policy: B)).LossRate.ShouldBe(new Ratio(0, 1));
        Of(Rank(affirmed, policy: B with { ExcludeClosings = [Outcome.NotDocketed] })).LossRate.ShouldBe(new Ratio(0, 0));
    }

    [Fact]
    public void What_is_no_loss_stays_in_the_denominator()
    {
        var given = Closed(Given.Facts(), "wuquan", Outcome.ConfirmUnlawfulMinorProcedure, Outcome.RevokeAll);
        Of(Rank(given, policy: A with { NotLosses = [Outcome.ConfirmUnlawfulMinorProcedure] })).LossRate.ShouldBe(new Ratio(1, 2));
    }

    [Fact]
    public void Compensation_lawsuits_leave_the_loss_rate_alone_when_they_do_not_count()
    {
        var given = Given.Facts(Docketed("wuquan") with { Category = LawsuitCategory.Compensation }, Judgment(("wuquan", Outcome.OrderDamages)));
        Of(Rank(given)).LossRate.ShouldBe(new Ratio(1, 1));
        var without = Of(Rank(given, policy: A with { CountCompensation = false }));
        (without.LossRate, without.Closed, without.NewCases).ShouldBe((new Ratio(0, 0), 1L, 1));
    }

    [Fact]
    public void A_series_counts_once_per_unit_and_period_and_is_lost_if_any_case_is()
    {
        var given = Given.Facts(Docketed("wuquan") with { Series = "s" }, Judgment(("wuquan", Outcome.DismissClaims)))
            .And("lawsuit/b", Docketed("wuquan", "jiaotong") with { CaseNo = CaseNo(2), Series = "s" }, Rendered(CaseNo(2), InstanceLevel.First, "2023-05-20", ("wuquan", Outcome.RevokeAll), ("jiaotong", Outcome.DismissClaims)))
            .And("lawsuit/c", Docketed("wuquan") with { CaseNo = CaseNo(3) }, Rendered(CaseNo(3), InstanceLevel.First, "2023-05-20", ("wuquan", Outcome.DismissClaims)), new SeriesLinked("s", Day("2023-05-25"), "x"))
            .And("lawsuit/d", Docketed("wuquan") with { CaseNo = CaseNo(4) }, Rendered(CaseNo(4), InstanceLevel.First, "2023-05-20", ("wuquan", Outcome.DismissClaims)));
        var once = A with { Series = SeriesCounting.OncePerSeries };
        Of(Rank(given)).LossRate.ShouldBe(new Ratio(1, 4));
        Of(Rank(given, policy: once)).LossRate.ShouldBe(new Ratio(1, 2));
        Of(Rank(given, policy: once), "jiaotong").LossRate.ShouldBe(new Ratio(0, 1));
        Rank(given, policy: once).County.LossRate.ShouldBe(new Ratio(1, 2));
        Of(Rank(given, policy: once, asOf: "2023-05-24")).LossRate.ShouldBe(new Ratio(1, 3));
        Of(Rank(given, policy: once)).Closed.ShouldBe(4);
    }

    [Fact]
    public void A_series_is_never_taken_for_a_document()
    {
        var given = Given.Facts(Docketed("wuquan") with { Series = First }, Judgment(("wuquan", Outcome.DismissClaims)))
            .And("lawsuit/series", Docketed("wuquan") with { CaseNo = CaseNo(2) }, Rendered(CaseNo(2), InstanceLevel.First, "2023-05-20", ("wuquan", Outcome.DismissClaims)))
            .And("lawsuit/d", Docketed("wuquan") with { CaseNo = CaseNo(4), Series = CaseNo(2) }, Rendered(CaseNo(4), InstanceLevel.First, "2023-05-20", ("wuquan", Outcome.DismissClaims)));
        Of(Rank(given, policy: A with { Series = SeriesCounting.OncePerSeries })).LossRate.ShouldBe(new Ratio(0, 3));
    }

    // ---- the county

    [Fact]
    public void The_county_counts_documents_not_units_and_is_lost_if_any_unit_lost()
    {
        var given = Given.Facts(Docketed("wuquan", "jiaotong"), Judgment(("wuquan", Outcome.RevokeAll), ("jiaotong", Outcome.DismissClaims)));
        var ranking = Rank(given, list: UnitList.Departments);
        ranking.Rows.Select(r => r.Unit).ShouldBe(["jiaotong", "gongan", "shuiwu"]);
        ranking.County.LossRate.ShouldBe(new Ratio(1, 1));
        ranking.County.NewCases.ShouldBe(1);
        ranking.County.Closed.ShouldBe(1);
    }

    [Fact]
    public void An_organ_outside_the_county_neither_counts_nor_makes_the_county_count_or_lose()
    {
        var given = Given.Facts(Docketed("wuquan", "city"), Judgment(("wuquan", Outcome.DismissClaims), ("city", Outcome.RevokeAll)))
            .And("lawsuit/b", Docketed("city") with { CaseNo = CaseNo(2) }, Rendered(CaseNo(2), InstanceLevel.First, "2023-05-20", ("city", Outcome.RevokeAll)), Hearing("2023-05-01", ("city", Attendee.None)) with { CaseNo = CaseNo(2) });
        var ranking = Rank(given);
        ranking.Rows.ShouldNotContain(r => r.Unit == "city");
        ranking.County.ShouldBe(new Figures(new(0, 1), 1, new(0, 1), new(0, 0), new(0, 0), new(0, 0)));
    }

    [Fact]
    public void The_county_includes_units_registered_late_and_merged_away()
    {
        var given = Given.Nothing().And("unit/late", new UnitRegistered("晚", UnitKind.Township, Day("2023-07-01"))).And(Docketed("late"), Judgment(("late", Outcome.RevokeAll)));
        Rank(given).Rows.ShouldBeEmpty();
        Rank(given).County.LossRate.ShouldBe(new Ratio(1, 1));
        Rank(given, "2023Q3").Rows.Single().Unit.ShouldBe("late");
        var merged = Given.Facts(Docketed("wuquan"), Judgment(("wuquan", Outcome.RevokeAll))).And("unit/wuquan", new UnitMerged("beiwudu", Day("2023-07-01")));
        Of(Rank(merged)).LossRate.ShouldBe(new Ratio(1, 1));
        Of(Rank(merged), "beiwudu").LossRate.ShouldBe(new Ratio(0, 0));
        Rank(merged, "2023Q3").Rows.ShouldContain(r => r.Unit == "wuquan");
        Rank(merged, "2023-08").Rows.ShouldNotContain(r => r.Unit == "wuquan");
        Rank(merged, "2023Q4").Rows.ShouldNotContain(r => r.Unit == "wuquan");
    }

    // ---- the other indicators

    [Fact]
    public void A_new_case_is_one_for_each_defendant_that_has_not_been_removed_by_then()
    {
        var given = Given.Facts(
            Docketed("wuquan", "jiaotong"), new DefendantRemoved("jiaotong", Day("2023-05-01"), "x"), new DefendantAdded("gongan", DefendantCapacity.Joint, Day("2023-08-01")));
        Of(Rank(given), "jiaotong").NewCases.ShouldBe(0);
        Of(Rank(given), "gongan").NewCases.ShouldBe(1);
        Of(Rank(given, asOf: "2023-04-30"), "jiaotong").NewCases.ShouldBe(1);
        Of(Rank(given, asOf: "2023-04-30"), "gongan").NewCases.ShouldBe(0);
        Rank(given).County.NewCases.ShouldBe(1);
        Of(Rank(given, "2023Q3"), "gongan").NewCases.ShouldBe(0);
    }

    [Fact]
    public void A_document_counts_for_a_unit_whose_addition_has_a_later_legal_date()
    {
        var given = Given.Facts(
            Docketed("wuquan"), new DefendantAdded("jiaotong", DefendantCapacity.Joint, Day("2023-06-25")),
            Judgment(("wuquan", Outcome.RevokeAll), ("jiaotong", Outcome.RevokeAll)), Received("jiaotong"), Materials("jiaotong"),
            Hearing("2023-05-01", ("jiaotong", Attendee.Principal)));
        var before = Of(Rank(given, asOf: "2023-06-20"), "jiaotong");
        (before.LossRate, before.Closed, before.HeadAttendance, before.NewCases).ShouldBe((new Ratio(1, 1), 1L, new Ratio(1, 1), 0));
        (before.TimelyCaseFiling, before.TimelyLossFiling).ShouldBe((new Ratio(0, 1), new Ratio(0, 1)));
    }

    [Fact]
    public void Head_attendance_counts_pairs_of_case_number_and_unit_heard_in_open_court_in_the_period()
    {
        var given = Given.Facts(
            Docketed("wuquan", "jiaotong"),
            Hearing("2023-05-01", ("wuquan", Attendee.StaffOnly), ("jiaotong", Attendee.LawyerOnly)),
            Hearing("2023-05-08", ("wuquan", Attendee.Deputy), ("jiaotong", Attendee.None)),
            Hearing("2023-07-08", ("wuquan", Attendee.None), ("jiaotong", Attendee.HeadInCharge)),
            Hearing("2023-05-09", ("jiaotong", Attendee.Principal)) with { OpenCourt = false });
        Of(Rank(given)).HeadAttendance.ShouldBe(new Ratio(1, 1));
        Of(Rank(given), "jiaotong").HeadAttendance.ShouldBe(new Ratio(0, 1));
        Of(Rank(given, "2023Q3")).HeadAttendance.ShouldBe(new Ratio(0, 1));
        Of(Rank(given, "2023"), "jiaotong").HeadAttendance.ShouldBe(new Ratio(1, 1));
        Rank(given).County.HeadAttendance.ShouldBe(new Ratio(1, 2));
        given.And(Opened(InstanceLevel.Second, Second), Hearing("2023-06-25", ("wuquan", Attendee.None)) with { CaseNo = Second });
        Of(Rank(given)).HeadAttendance.ShouldBe(new Ratio(1, 2));
    }

    [Fact]
    public void A_unit_named_twice_at_a_hearing_is_one_pair()
    {
        var given = Given.Facts(Docketed("wuquan"), Hearing("2023-05-01", ("wuquan", Attendee.Principal), ("wuquan", Attendee.None)));
        Of(Rank(given)).HeadAttendance.ShouldBe(new Ratio(1, 1));
    }

    // ---- ranks

    [Fact]
    public void Ranks_go_by_rate_then_losses_and_skip_after_ties()
    {
        var given = Given.Facts();
        Closed(given, "wuquan", Outcome.RevokeAll, Outcome.DismissClaims);
        Closed(given, "beiwudu", Outcome.RevokeAll, Outcome.DismissClaims);
        Closed(given, "jiaotong", Outcome.RevokeAll, Outcome.RevokeAll, Outcome.DismissClaims, Outcome.DismissClaims);
        Closed(given, "gongan", Outcome.RevokeAll, Outcome.DismissClaims, Outcome.DismissClaims);
        Closed(given, "shuiwu", Outcome.DismissClaims, Outcome.DismissClaims, Outcome.DismissClaims, Outcome.DismissClaims, Outcome.DismissClaims);
        Rank(given).Rows.Select(r => (r.Rank, r.Unit, r.Figures.IsSmallSample)).ShouldBe(
            [(1, "jiaotong", true), (2, "beiwudu", true), (2, "wuquan", true), (4, "gongan", true), (5, "shuiwu", false), (null, "county", false)]);
        Rank(given, list: UnitList.Townships).Rows.Select(r => (r.Rank, r.Unit)).ShouldBe([(1, "beiwudu"), (1, "wuquan")]);
        Rank(given, list: UnitList.Departments).Rows.Select(r => (r.Rank, r.Unit)).ShouldBe([(1, "jiaotong"), (2, "gongan"), (3, "shuiwu")]);
        Rank(given).Rows.ShouldAllBe(r => r.Barred == null);
    }

    [Fact]
    public void The_first_two_equal_the_next_is_third()
    {
        var given = Given.Facts();
        Closed(given, "wuquan", Outcome.RevokeAll);
        Closed(given, "beiwudu", Outcome.RevokeAll);
        Closed(given, "jiaotong", Outcome.DismissClaims);
        Rank(given).Rows.Where(r => r.Rank is not null).Select(r => r.Rank).ShouldBe([1, 1, 3]);
    }

    [Fact]
    public void The_annual_bar_takes_ranks_up_to_three_with_a_loss_never_the_county_government_and_all_tied()
    {
        var given = Given.Facts();
        Closed(given, "county", Outcome.RevokeAll, Outcome.RevokeAll);
        Closed(given, "wuquan", Outcome.RevokeAll);
        Closed(given, "beiwudu", Outcome.RevokeAll, Outcome.DismissClaims);
        Closed(given, "jiaotong", Outcome.RevokeAll, Outcome.DismissClaims);
        Closed(given, "gongan", Outcome.RevokeAll, Outcome.DismissClaims, Outcome.DismissClaims);
        Closed(given, "shuiwu", Outcome.DismissClaims);
        Rank(given, "2023").Rows.Select(r => (r.Unit, r.Rank, r.Barred)).ShouldBe(
            [("county", 1, false), ("wuquan", 2, true), ("beiwudu", 3, true), ("jiaotong", 3, true), ("gongan", 5, false), ("shuiwu", 6, false)]);
        Rank(given, "2023", list: UnitList.Departments).Rows.Select(r => (r.Unit, r.Rank, r.Barred)).ShouldBe(
            [("jiaotong", 1, true), ("gongan", 2, false), ("shuiwu", 3, false)]);
        var perList = A with { BarList = BarList.PerList };
        Rank(given, "2023", perList).Rows.Select(r => (r.Unit, r.Barred)).ShouldBe(
            [("county", false), ("wuquan", true), ("beiwudu", true), ("jiaotong", true), ("gongan", true), ("shuiwu", false)]);
        given.Ledger().CountyOn(Given.Today).Scorecard(given.Ledger().CountyOn(Given.Today).Find("gongan")!, Period.Parse("2023"), perList).Row.Barred.ShouldBe(true);
    }

    [Fact]
    public void Ranks_do_not_depend_on_the_order_of_units() => Gen.Int[0, 3].Array[10].Sample(outcomes =>
    {
        string[] units = ["wuquan", "beiwudu", "jiaotong", "gongan", "shuiwu"];
        Outcome[] of = [Outcome.RevokeAll, Outcome.DismissClaims, Outcome.Mediated, Outcome.OrderPay];
        var given = Given.Facts();
        for (var i = 0; i < outcomes.Length; i++) Closed(given, units[(i + outcomes[i]) % units.Length], of[outcomes[i]]);
        var log = given.Ledger().Log;
        var ranked = MemoryLedger.CountyOf(log, Given.Today).Rank(Period.Parse("2023"), UnitList.All, A);
        var turned = MemoryLedger.CountyOf(log.Reverse().GroupBy(r => r.Subject).SelectMany(g => g.Reverse()), Given.Today).Rank(Period.Parse("2023"), UnitList.All, A);
        turned.Rows.ShouldBe(ranked.Rows);
        turned.County.ShouldBe(ranked.County);
    }, iter: 50);

    // ---- policies

    [Fact]
    public void The_policy_of_a_period_is_the_latest_in_effect_on_its_first_day_ties_by_sequence()
    {
        var given = Given.Nothing()
            .And("policy/one", new CountingPolicyAdopted(Day("2023-04-01"), CountingBasis.Effective))
            .And("policy/two", new CountingPolicyAdopted(Day("2023-04-01"), CountingBasis.SubstantiveLoss))
            .And("policy/three", new CountingPolicyAdopted(Day("2030-01-01"), CountingBasis.SubstantiveJudgment))
            .And("policy/zero", new CountingPolicyAdopted(Day("2023-01-01"), CountCompensation: false));
        var book = given.Ledger().CountyOn(Given.Today).Policies;
        book.GoverningFrom(Day("2022-12-31")).Id.ShouldBe("P-A");
        book.GoverningFrom(Day("2023-03-31")).Id.ShouldBe("zero");
        book.GoverningFrom(Day("2023-04-01")).Id.ShouldBe("two");
        book.GoverningFrom(Day("2030-01-01")).Id.ShouldBe("three");
        book.Find("three")!.Basis.ShouldBe(CountingBasis.SubstantiveJudgment);
        book.Find("P-B")!.Basis.ShouldBe(CountingBasis.Effective);
        book.Find("four").ShouldBeNull();
        given.Ledger().CountyOn(Given.Today, position: 1).Policies.GoverningFrom(Day("2023-04-01")).Id.ShouldBe("one");
    }

    [Fact]
    public void A_renamed_unit_bears_the_name_of_the_day()
    {
        var given = Given.Facts().And("unit/wuquan", new UnitRenamed("舞泉街道", Day("2023-07-01")), new UnitRenamed("旧名", Day("2023-02-01")));
        Rank(given).Rows.Single(r => r.Unit == "wuquan").Name.ShouldBe("舞泉街道");
        Rank(given, asOf: "2023-06-30").Rows.Single(r => r.Unit == "wuquan").Name.ShouldBe("旧名");
        Rank(given, asOf: "2023-01-31").Rows.Single(r => r.Unit == "wuquan").Name.ShouldBe("舞泉镇");
    }

    [Fact]
    public void Rates_are_compared_as_integers()
    {
        Ratio.Compare(new(1, 3), new(333_333_333_333_333_333, 1_000_000_000_000_000_000)).ShouldBe(1);
        Ratio.Compare(new(long.MaxValue, long.MaxValue), new(1, 1)).ShouldBe(0);
        new Ratio(0, 0).Exists.ShouldBeFalse();
    }
}
