using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.WarningCases;
using Ledger.Tests.Infrastructure;
using Ledger.Tests.Rectifications;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.WarningCases;

/// <summary>Warning cases: nothing is held up as a warning that nobody determined, and nothing circulates with names in it.</summary>
public sealed class WarningCaseTests
{
    private const string W = "warningcase/w";

    private static readonly WarningCaseSelected Selection = new("a", "wuquan", First, WarningCause.ProceduralViolation, "r", true, Day("2023-06-20"));

    private static readonly WarningCasePublished Publication = new(Day("2023-07-03"), ["jiaotong", "beiwudu"], Day("2023-07-31"));

    private static Given Selected => Losses.Adopted.And(W, Selection);

    private static Given Published => Selected.And(W, new WarningCaseAnonymised("s", Day("2023-06-25"), new string('b', 64)), Publication);

    [Fact]
    public void A_loss_with_that_cause_warns() => Losses.Adopted.When(W, Selection).ThenAdmitted();

    [Fact]
    public void A_further_cause_warns_too() => Losses.Adopted.When(W, Selection with { Cause = WarningCause.Other }).ThenAdmitted();

    [Fact]
    public void A_cause_that_was_not_determined_does_not() => Losses.Adopted
        .When(W, Selection with { Cause = WarningCause.Nonfeasance }).ThenRefused(Codes.WarningCaseCauseNotRecorded);

    [Fact]
    public void Nor_one_that_was_determined_later() => Losses.Adopted
        .When(W, Selection with { SelectedOn = Day("2023-06-01") }).ThenRefused(Codes.WarningCaseCauseNotRecorded);

    [Fact]
    public void It_is_the_loss_of_the_rectification()
    {
        Losses.Adopted.When(W, Selection with { Unit = "jiaotong" }).ThenRefused(Codes.WarningCaseOtherLoss);
        Losses.Adopted.When(W, Selection with { CaseNo = Second }).ThenRefused(Codes.WarningCaseOtherLoss);
        Losses.Adopted.When(W, Selection with { Rectification = "none" }).ThenRefused(Codes.SubjectNotFound);
    }

    [Fact]
    public void Nothing_is_published_that_was_not_anonymised()
    {
        Selected.When(W, Publication).ThenRefused(Codes.WarningCaseNotAnonymised);
        Selected.And(W, new WarningCaseAnonymised("s", Day("2023-07-04"), new string('b', 64))).When(W, Publication).ThenRefused(Codes.WarningCaseNotAnonymised);
    }

    [Fact]
    public void It_is_published_once_to_somebody()
    {
        Published.When(W, Publication with { PublishedOn = Day("2023-07-05") }).ThenRefused(Codes.WarningCaseAlreadyPublished);
        var anonymised = Selected.And(W, new WarningCaseAnonymised("s", Day("2023-06-25"), new string('b', 64)));
        anonymised.When(W, Publication with { Addressees = [] }).ThenRefused(Codes.InvalidValue);
        anonymised.When(W, Publication with { Addressees = ["nobody"] }).ThenRefused(Codes.UnknownUnit);
        anonymised.When(W, Publication with { StudyBy = Day("2023-07-02") }).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void The_anonymised_text_on_which_a_publication_rests_is_not_retracted() =>
        Published.When(W, Retracted(Given.Id(8))).ThenRefused(Codes.FactInvalidHistory, Codes.WarningCaseNotAnonymised);

    [Fact]
    public void Nobody_studies_what_is_not_published()
    {
        Selected.When(W, new WarningCaseStudied("jiaotong", Day("2023-07-10"), 5)).ThenRefused(Codes.WarningCaseNotPublished);
        Published.When(W, new WarningCaseStudied("jiaotong", Day("2023-07-02"), 5)).ThenRefused(Codes.DateOutOfOrder);
        Published.When(W, new WarningCaseStudied("jiaotong", Day("2023-07-10"), 0)).ThenRefused(Codes.InvalidValue);
        Published.When(W, new WarningCaseStudied("gongan", Day("2023-07-10"), 5)).ThenAdmitted();
    }

    [Fact]
    public void A_report_comes_before_the_citys_bulletin_and_once()
    {
        var reported = Selected.And(W, new TypicalCaseReportedToCity("1号", Day("2023-07-01")));
        Selected.When(W, new CityBulletinReceived("2号", Day("2023-08-01"))).ThenRefused(Codes.TypicalCaseNotReported);
        reported.When(W, new CityBulletinReceived("2号", Day("2023-06-30"))).ThenRefused(Codes.DateOutOfOrder);
        reported.When(W, new TypicalCaseReportedToCity("3号", Day("2023-07-02"))).ThenRefused(Codes.TypicalCaseAlreadyReported);
        Selected.When(W, new TypicalCaseReportedToCity("1号", Day("2023-06-19"))).ThenRefused(Codes.DateOutOfOrder);
    }

    [Fact]
    public void The_addressees_owe_a_study_and_the_office_a_report()
    {
        var given = Published.And(W, new WarningCaseStudied("jiaotong", Day("2023-08-02"), 30));
        var duties = given.Ledger().On().Duties.Where(d => d.Subject == W).ToList();
        duties.Select(d => (d.Kind, d.Unit, d.Status, d.DueOn)).ShouldBe(
        [
            (DutyKind.WarningCaseStudy, "beiwudu", DutyStatus.Overdue, Day("2023-07-31")),
            (DutyKind.WarningCaseStudy, "jiaotong", DutyStatus.MetLate, Day("2023-07-31")),
            (DutyKind.CityReport, "wuquan", DutyStatus.Pending, null),
        ]);
        given.Ledger().On(Day("2023-08-01")).Duties.Where(d => d.Kind == DutyKind.WarningCaseStudy).ShouldAllBe(d => d.Status == DutyStatus.Overdue);
        given.And(W, new TypicalCaseReportedToCity("1号", Day("2023-07-05"))).Ledger().On().Duties.Single(d => d.Kind == DutyKind.CityReport).MetOn.ShouldBe(Day("2023-07-05"));
    }

    [Fact]
    public void The_library_shows_a_unit_what_is_addressed_to_it_and_what_is_about_itself()
    {
        var situation = Published.And(W, new WarningCaseStudied("jiaotong", Day("2023-07-10"), 30)).Ledger().On();
        var row = Ask<WarningCaseRow>(situation, "warning-cases", new Asked { Unit = "beiwudu" }).ShouldHaveSingleItem();
        (row.SourceUnit, row.Cause, row.PublishedOn, row.Studied, row.Evidence.Count).ShouldBe(("wuquan", WarningCause.ProceduralViolation, Day("2023-07-03"), new global::Ledger.Domain.Ratio(1, 2), 3));
        Ask<WarningCaseRow>(situation, "warning-cases", new Asked { Unit = "wuquan" }).ShouldHaveSingleItem();
        Ask<WarningCaseRow>(situation, "warning-cases", new Asked { Unit = "gongan" }).ShouldBeEmpty();
        Ask<WarningCaseRow>(Published.Ledger().On(Day("2023-06-21")), "warning-cases").Single().PublishedOn.ShouldBeNull();
    }

    [Fact]
    public void Coverage_counts_what_was_addressed()
    {
        var given = Published.And(W, new WarningCaseStudied("jiaotong", Day("2023-08-02"), 30), new WarningCaseStudied("jiaotong", Day("2023-09-02"), 10), new WarningCaseStudied("gongan", Day("2023-07-20"), 4));
        Ask<StudyCoverageRow>(given.Ledger().On(), "study-coverage", new Asked { Period = Period.Parse("2023Q3") })
            .Select(r => (r.Unit, r.Coverage, r.Late, r.Participants, r.Voluntary, string.Join(' ', r.Outstanding))).ShouldBe(
            [
                ("beiwudu", new global::Ledger.Domain.Ratio(0, 1), 0, 0, 0, "w"),
                ("gongan", new global::Ledger.Domain.Ratio(0, 0), 0, 4, 1, ""),
                ("jiaotong", new global::Ledger.Domain.Ratio(1, 1), 1, 40, 0, ""),
            ]);
        Ask<StudyCoverageRow>(given.Ledger().On(), "study-coverage", new Asked { Unit = "jiaotong" }).ShouldHaveSingleItem();
        Ask<StudyCoverageRow>(given.Ledger().On(), "study-coverage", new Asked { Period = Period.Parse("2023Q2") }).ShouldBeEmpty();
        // A corrected day makes the study timely.
        Ask<StudyCoverageRow>(given.And(W, Corrected(Given.Id(10), ("studiedOn", "\"2023-07-28\""))).Ledger().On(), "study-coverage", new Asked { Unit = "jiaotong" }).Single().Late.ShouldBe(0);
    }

    [Fact]
    public void Reports_to_the_city_show_their_bulletins()
    {
        Ask<CityReportRow>(Selected.Ledger().On(), "city-reports", new Asked { Status = "Pending" }).ShouldHaveSingleItem().ReportedOn.ShouldBeNull();
        var row = Ask<CityReportRow>(Selected.And(W, new TypicalCaseReportedToCity("1号", Day("2023-07-01")), new CityBulletinReceived("2号", Day("2023-08-01"))).Ledger().On(), "city-reports").Single();
        (row.Status, row.DocumentNo, row.BulletinNo, row.BulletinOn, row.Evidence.Count).ShouldBe((DutyStatus.Met, "1号", "2号", Day("2023-08-01"), 2));
        Ask<CityReportRow>(Losses.Adopted.And(W, Selection with { Typical = false }).Ledger().On(), "city-reports").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(LossCause.LateEvidence, WarningCause.PassiveResponse)]
    [InlineData(LossCause.PassiveResponse, WarningCause.PassiveResponse)]
    [InlineData(LossCause.Nonfeasance, WarningCause.Nonfeasance)]
    [InlineData(LossCause.MisappliedLaw, WarningCause.MisappliedLaw)]
    [InlineData(LossCause.InsufficientEvidence, WarningCause.Other)]
    public void A_cause_of_a_loss_warns_of_something(LossCause cause, WarningCause of) => WarningCase.WarnsOf(cause).ShouldBe(of);

    private static List<TRow> Ask<TRow>(Situation situation, string question, Asked? asked = null) =>
        (List<TRow>)Areas.Questions.Single(q => q.Name == question).Answer(situation, asked ?? new Asked()).Value!;
}
