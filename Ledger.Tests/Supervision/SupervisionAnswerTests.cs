using Ledger.Domain;
using Ledger.Domain.Counting;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Domain.Supervision;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Ledger.Tests.Infrastructure.Samples;

namespace Ledger.Tests.Supervision;

/// <summary>What the questions and duties of supervision answer, counted by hand.</summary>
public sealed class SupervisionAnswerTests
{
    private const string S = "supervision/x";
    private static readonly string Sha = new('b', 64);

    private static readonly KeySupervisionTargetDesignated Target = new("wuquan", TargetReason.ManyLosses, Day("2024-02-01"));
    private static readonly SupervisionFindingRecorded Found = new("f1", "wuquan", FindingType.ProceduralViolation, "《行政处罚法》第六十三条", Day("2024-02-20"));
    private static readonly SupervisionFindingConfirmed Confirmed = new("f1", "wuquan", Day("2024-02-21"));
    private static readonly SupervisionOpinionIssued Opinion = new("wuquan", "意1", ["f1"], Day("2024-03-15"), Day("2024-03-01"));
    private static readonly ActionPlanIssued Plan = new("舞法办〔2023〕3号", "行动方案", Day("2023-03-20"));

    private static Given WithOpinion => Given.Facts().And(S, Target, Found, Confirmed, Opinion);

    private static SupervisionCorrectionReported Report(string on) => new("wuquan", "意1", Day(on), Sha);

    private static IReadOnlyList<TRow> Ask<TRow>(Situation situation, string name, Asked? asked = null) =>
        (IReadOnlyList<TRow>)SupervisionArea.Area.Questions.Single(q => q.Name == name).Answer(situation, asked ?? new Asked()).Value!;

    private static IReadOnlyList<TRow> Ask<TRow>(Given given, string name, Asked? asked = null, string? on = null) =>
        Ask<TRow>(given.Ledger().On(on is null ? null : Day(on)), name, asked);

    private static IEnumerable<Duty> Duties(Given given, DutyKind kind, string? on = null) => given.Ledger().On(on is null ? null : Day(on)).Duties.Where(d => d.Kind == kind);

    [Fact]
    public void The_calendar_shows_stations_what_was_done_and_overlaps()
    {
        var given = Given.Facts()
            .And(S, Target, new OnSiteSupervisionStarted("wuquan", ["A1", "A2"], Day("2024-02-19")), new SiteInspectionConducted("wuquan", ["A1", "A2"], "大队", Day("2024-02-20")),
                new EnforcementTrainingHeld("wuquan", "程序", 3, 20, Day("2024-02-21")), new OnSiteSupervisionEnded("wuquan", Day("2024-02-19"), Day("2024-02-23")),
                new CaseFileReviewed("wuquan", 5, 90m, [], Day("2024-02-26")))
            .And("supervision/y", Target with { Reason = TargetReason.Recurrence }, new OnSiteSupervisionStarted("wuquan", ["A3", "A4", "A5"], Day("2024-02-23")))
            .And("supervision/z", Target with { Unit = "gongan" });
        var rows = Ask<StationRow>(given, "supervision-calendar", on: "2024-02-26");
        rows.Select(r => (r.Key, r.Unit, r.From, r.To, r.StationDays, r.Team, r.Overlaps, r.Inspections, r.Trainings, r.TrainingHours, r.Reviews)).ShouldBe(
        [
            ("x", "wuquan", Day("2024-02-19"), Day("2024-02-23"), 5, 2, 1, 1, 1, 3, 0),
            ("x", "wuquan", null, null, null, null, 0, 0, 0, 0, 1),
            ("y", "wuquan", Day("2024-02-23"), null, 4, 3, 1, 0, 0, 0, 0),
            ("z", "gongan", null, null, null, null, 0, 0, 0, 0, 0),
        ]);
        Ask<StationRow>(given, "supervision-calendar", new Asked { Unit = "gongan" }).ShouldHaveSingleItem().Key.ShouldBe("z");
        Ask<StationRow>(given, "supervision-calendar", new Asked { Period = Period.Parse("2024-01") }).ShouldBeEmpty();
    }

    [Fact]
    public void File_reviews_are_listed_and_their_defects_ordered()
    {
        var given = Given.Facts().And(S, Target,
                new CaseFileReviewed("wuquan", 5, 90.5m, [new(FileDefect.Evidence, 1), new(FileDefect.Binding, 2)], Day("2024-02-26")),
                new CaseFileReviewed("wuquan", 8, 71m, [new(FileDefect.Evidence, 4)], Day("2024-05-26")))
            .And("supervision/y", new QuarterlyVisitConducted("gongan", Day("2024-04-02"), 1), new CaseFileReviewed("gongan", 3, 60m, [new(FileDefect.Evidence, 1)], Day("2024-04-02")));
        Ask<FileReviewRow>(given, "case-file-reviews").Select(r => (r.Unit, r.Sampled, r.Score, r.Defects)).ShouldBe([("wuquan", 5, 90.5m, 3), ("gongan", 3, 60m, 1), ("wuquan", 8, 71m, 4)]);
        Ask<FileReviewRow>(given, "case-file-reviews", new Asked { Period = Period.Parse("2024Q2"), Unit = "wuquan" }).ShouldHaveSingleItem().Sampled.ShouldBe(8);
        Ask<DefectRow>(given, "case-file-defects").Select(r => (r.Code, r.Defects, r.Units, r.Share, r.Cumulative))
            .ShouldBe([(FileDefect.Evidence, 6, 2, new Ratio(6, 8), new Ratio(6, 8)), (FileDefect.Binding, 2, 1, new Ratio(2, 8), new Ratio(8, 8))]);
        // A correction of the review changes what is counted.
        var corrected = given.And(S, Corrected(Given.Id(2), ("defects", """[{"code":"Binding","count":9}]""")));
        Ask<DefectRow>(corrected, "case-file-defects")[0].Code.ShouldBe(FileDefect.Binding);
    }

    [Fact]
    public void Checked_items_are_listed_and_covered()
    {
        var given = Given.Facts().And(S, Target, Found,
            new SupervisionItemChecked("wuquan", SupervisionItem.ThreeSystems, ItemResult.Deficient, Day("2024-02-21"), "f1"),
            new SupervisionItemChecked("wuquan", SupervisionItem.Qualification, ItemResult.Compliant, Day("2024-02-22")));
        Ask<ItemRow>(given, "supervision-items", new Asked { Status = "Deficient" }).ShouldHaveSingleItem().Finding.ShouldBe("f1");
        var coverage = Ask<ItemCoverageRow>(given, "supervision-item-coverage");
        coverage.Count.ShouldBe(8);
        // Six of the seven sample units are counted: the city government is not.
        coverage.Single(c => c.SupervisionItem == SupervisionItem.ThreeSystems).ShouldBe(new ItemCoverageRow(SupervisionItem.ThreeSystems, 1, 1, new Ratio(1, 6), Day("2024-02-21")));
        coverage.Single(c => c.SupervisionItem == SupervisionItem.DiscretionUse).ShouldBe(new ItemCoverageRow(SupervisionItem.DiscretionUse, 0, 0, new Ratio(0, 6), null));
    }

    [Theory]
    [InlineData("2024-02-20", FindingStatus.Recorded, null, 0)]
    [InlineData("2024-02-29", FindingStatus.Confirmed, null, 0)]
    [InlineData("2024-03-15", FindingStatus.TermRunning, DutyStatus.Pending, 0)]
    [InlineData("2024-03-19", FindingStatus.CorrectionOverdue, DutyStatus.Overdue, 2)]
    [InlineData("2024-03-25", FindingStatus.ReportedLate, DutyStatus.MetLate, 3)]
    public void A_finding_is_followed_to_its_correction(string on, FindingStatus status, DutyStatus? duty, int daysLate)
    {
        var given = WithOpinion.And(S, Report("2024-03-20"));
        var row = Ask<FindingRow>(given, "findings", on: on).ShouldHaveSingleItem();
        (row.Status, row.DaysLate).ShouldBe((status, daysLate));
        Duties(given, DutyKind.SupervisionCorrection, on).Select(d => (DutyStatus?)d.Status).SingleOrDefault().ShouldBe(duty);
    }

    [Fact]
    public void A_report_in_time_meets_the_duty_until_it_is_sent_back()
    {
        var given = WithOpinion.And(S, Report("2024-03-14"), new SupervisionCorrectionRejected("意1", Day("2024-03-14"), "未撤销", Day("2024-03-18")));
        Ask<FindingRow>(given, "findings", on: "2024-03-17").ShouldHaveSingleItem().Status.ShouldBe(FindingStatus.Reported);
        Ask<FindingRow>(given, "findings", on: "2024-03-18").ShouldHaveSingleItem().Status.ShouldBe(FindingStatus.ReportRejected);
        Duties(given, DutyKind.SupervisionCorrection, "2024-03-17").ShouldHaveSingleItem().Status.ShouldBe(DutyStatus.Met);
        Duties(given, DutyKind.SupervisionCorrection, "2024-03-18").ShouldHaveSingleItem().Status.ShouldBe(DutyStatus.Overdue);
        // The rejection was a mistake: retracted, the report stands again.
        Duties(given.And(S, Retracted(Given.Id(6))), DutyKind.SupervisionCorrection).ShouldHaveSingleItem().Status.ShouldBe(DutyStatus.Met);
    }

    [Fact]
    public void A_decision_ends_the_waiting_and_shows_what_became_of_the_act()
    {
        var given = WithOpinion.And(S, new SupervisionDecisionIssued("wuquan", "决1", SupervisionDecisionKind.Revoke, Day("2024-03-18"), "意1"),
            new EnforcementActRevoked("wuquan", "决1", "罚7", Day("2024-03-20")), new LicenceCertificateSuspended("wuquan", "f1", "C1", 3, Day("2024-03-21")));
        var row = Ask<FindingRow>(given, "findings").ShouldHaveSingleItem();
        (row.Status, row.DecisionNo, row.DaysLate, row.Certificates).ShouldBe((FindingStatus.Decided, "决1", 1, 1));
        row.Acts.ShouldHaveSingleItem().ShouldBe(new CorrectedAct("EnforcementActRevoked", "罚7", Day("2024-03-20")));
        row.Evidence.Select(e => e.Fact).ShouldBe(
            ["SupervisionFindingRecorded", "SupervisionFindingConfirmed", "SupervisionOpinionIssued", "SupervisionDecisionIssued", "EnforcementActRevoked", "LicenceCertificateSuspended"]);
        Duties(given, DutyKind.SupervisionCorrection).ShouldHaveSingleItem().Status.ShouldBe(DutyStatus.Missed);
        Ask<FindingRow>(given, "findings", new Asked { Unit = "gongan" }).ShouldBeEmpty();
        Ask<FindingRow>(given, "findings", new Asked { Status = "Reported" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_dismissed_finding_is_none() =>
        Ask<FindingRow>(Given.Facts().And(S, Target, Found, new SupervisionFindingDismissed("f1", "wuquan", "不实", Day("2024-02-25"))), "findings")
            .ShouldHaveSingleItem().Status.ShouldBe(FindingStatus.Dismissed);

    [Fact]
    public void Every_year_one_special_supervision_is_concluded()
    {
        var given = Given.Facts().And("policy/plan", Plan).And(S, new AnnualSpecialSupervisionPlanned(2024, "程序", ["wuquan", "gongan"], Day("2024-02-01")),
            new AnnualSpecialSupervisionLaunched(Day("2024-03-01"), "5号"), new AnnualSpecialSupervisionConcluded("已整改", Sha, Day("2024-06-01")));
        Ask<AnnualRow>(given, "annual-supervision").ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Status.ShouldBe(AnnualStatus.Concluded), r => r.Units.ShouldBe(2));
        Ask<AnnualRow>(given, "annual-supervision", on: "2024-05-31").ShouldHaveSingleItem().Status.ShouldBe(AnnualStatus.Launched);
        Ask<AnnualRow>(given, "annual-supervision", on: "2024-01-31").ShouldHaveSingleItem().Status.ShouldBe(AnnualStatus.NotPlanned);
        var duty = Duties(given, DutyKind.AnnualSpecialSupervision).ShouldHaveSingleItem();
        (duty.Period, duty.Status, duty.DueOn).ShouldBe(("2024", DutyStatus.Met, Day("2024-12-31")));
        Duties(given, DutyKind.AnnualSpecialSupervision, "2024-05-31").ShouldHaveSingleItem().Status.ShouldBe(DutyStatus.Pending);
    }

    [Fact]
    public void Coverage_shows_who_was_visited_how_and_who_was_not()
    {
        var given = Given.Facts().And("policy/plan", Plan)
            .And("supervision/a", new QuarterlyVisitConducted("wuquan", Day("2024-02-05"), 2))
            .And("supervision/b", new CrossSupervisionConducted("gongan", "wuquan", Day("2024-03-31"), 0))
            .And("supervision/c", new RotationalSupervisionConducted(["wuquan", "beiwudu", "jiaotong"], Day("2024-05-06"), 1));
        var first = Ask<CoverageRow>(given, "quarterly-coverage", new Asked { Period = Period.Parse("2024Q1") }).ToDictionary(r => r.Unit);
        first.Count.ShouldBe(6);
        (first["wuquan"].Visits, first["wuquan"].Crosses, first["wuquan"].Rotations, first["wuquan"].Status).ShouldBe((1, 1, 0, VisitStatus.Visited));
        first["wuquan"].VisitedBy.ShouldBe(["gongan"]);
        (first["gongan"].Status, first["gongan"].LastVisitedOn).ShouldBe((VisitStatus.NotVisited, null));
        (first["beiwudu"].Status, first["beiwudu"].LastVisitedOn).ShouldBe((VisitStatus.NotVisited, Day("2024-05-06")));
        // The last unit of the cycle looks at the first.
        var second = Ask<CoverageRow>(given, "quarterly-coverage", new Asked { Period = Period.Parse("2024Q2"), Status = "Visited" });
        second.Select(r => (r.Unit, r.VisitedBy.Single())).ShouldBe([("beiwudu", "wuquan"), ("jiaotong", "beiwudu"), ("wuquan", "jiaotong")]);
        Ask<CoverageRow>(given, "quarterly-coverage", new Asked { Unit = "wuquan" }).Select(r => r.Quarter).ShouldBe(["2024Q1", "2024Q2"]);
        Duties(given, DutyKind.QuarterlySupervision).Select(d => (d.Period, d.Status, d.MetOn)).ShouldBe(
        [
            ("2023Q2", DutyStatus.Overdue, null), ("2023Q3", DutyStatus.Overdue, null), ("2023Q4", DutyStatus.Overdue, null),
            ("2024Q1", DutyStatus.Met, Day("2024-02-05")), ("2024Q2", DutyStatus.Met, Day("2024-05-06")),
        ]);
    }

    [Fact]
    public void A_case_is_followed_to_its_conclusion()
    {
        var given = Given.Facts().And(S, new IndividualCaseSupervisionOpened("gongan", "案1", CaseSource.Complaint, Day("2024-02-01"), Day("2024-04-01")),
            new CaseSupervisionElevated("案1", "市司法局", ElevationReason.MajorImpact, Day("2024-02-10")), new IndividualCaseSupervisionClosed("已变更", Sha, Day("2024-04-03")));
        MatterStatus StatusOn(string on) => Ask<IndividualCaseRow>(given, "individual-cases", on: on).ShouldHaveSingleItem().Status;
        (StatusOn("2024-02-09"), StatusOn("2024-02-10"), StatusOn("2024-04-02"), StatusOn("2024-04-03")).ShouldBe((MatterStatus.InHand, MatterStatus.Elevated, MatterStatus.PastDue, MatterStatus.Closed));
        Ask<IndividualCaseRow>(given, "individual-cases", new Asked { Status = "Closed" }).ShouldHaveSingleItem().Superior.ShouldBe("市司法局");
        var duty = Duties(given, DutyKind.IndividualCaseConclusion).ShouldHaveSingleItem();
        (duty.Unit, duty.Status, duty.DaysLate).ShouldBe(("gongan", DutyStatus.MetLate, 2));
    }

    [Fact]
    public void Major_penalties_are_filed_reviewed_and_missed()
    {
        MajorPenaltyFiled Filed(string number, string on) => new("wuquan", number, PenaltyParty.Person, PenaltyKind.Fine, Day("2024-02-01"), Day(on), 12_000m);
        var given = Given.Facts()
            .And("supervision/a", Filed("罚1", "2024-02-08"), new MajorPenaltyReviewed(PenaltyReviewResult.Flawed, Day("2024-02-20")))
            .And("supervision/b", Filed("罚2", "2024-04-01"))
            .And(S, Target, Found with { Type = FindingType.MajorPenaltyNotFiled }, Confirmed, Found with { Finding = "f2", Type = FindingType.MajorPenaltyNotFiled });
        Ask<MajorPenaltyRow>(given, "major-penalties").Select(r => (r.DecisionNo, r.DaysToFile, r.ReviewResult)).ShouldBe([("罚1", 7, PenaltyReviewResult.Flawed), ("罚2", 60, null)]);
        Ask<PenaltyRateRow>(given, "major-penalty-rates").ShouldHaveSingleItem().ShouldBe(new PenaltyRateRow("wuquan", "舞泉镇", 2, 1, new Ratio(2, 3), new Ratio(1, 2), 1));
        Ask<PenaltyRateRow>(given, "major-penalty-rates", new Asked { Period = Period.Parse("2024Q2") }).ShouldHaveSingleItem().FilingRate.ShouldBe(new Ratio(1, 1));
        Duties(given, DutyKind.MajorPenaltyReview).Select(d => (d.Subject, d.Status)).ShouldBe([("supervision/a", DutyStatus.Met), ("supervision/b", DutyStatus.Pending)], ignoreOrder: true);
    }

    [Fact]
    public void Licensing_issues_are_found_and_resolved()
    {
        var given = Given.Facts()
            .And("supervision/a", new LicensingPatrolConducted("gongan", 10, Day("2024-02-01")), new LicensingIssueFound("i1", "事项1", LicensingStage.Acceptance, "超期", "https://example.cn/1", Day("2024-02-01")),
                new LicensingIssueFound("i2", "事项2", LicensingStage.Charges, "多收", "https://example.cn/2", Day("2024-02-01")), new LicensingIssueResolved("gongan", "i1", "已整改", Day("2024-02-10"), Sha))
            .And("supervision/b", new LicensingPatrolConducted("jiaotong", 5, Day("2024-03-01")));
        Ask<LicensingRow>(given, "licensing-issues").Select(r => (r.Unit, r.Issue, r.Status))
            .ShouldBe([("gongan", "i1", IssueStatus.Resolved), ("gongan", "i2", IssueStatus.Unresolved), ("jiaotong", null, IssueStatus.NoIssue)]);
        Ask<LicensingRow>(given, "licensing-issues", on: "2024-02-09").Select(r => r.Status).ShouldBe([IssueStatus.Unresolved, IssueStatus.Unresolved]);
        Ask<LicensingRow>(given, "licensing-issues", new Asked { Status = "NoIssue" }).ShouldHaveSingleItem().Unit.ShouldBe("jiaotong");
    }

    [Fact]
    public void Townships_are_covered_by_nodes()
    {
        var given = Given.Facts().And("policy/plan", Plan).And("unit/wuquan", new SupervisionNodeEstablished("舞泉司法所", 2, Day("2023-09-01")));
        var rows = Ask<NodeRow>(given, "node-coverage");
        rows.Select(r => (r.Unit, r.JudicialOffice, r.Coverage)).ShouldBe([("beiwudu", null, new Ratio(1, 2)), ("wuquan", "舞泉司法所", new Ratio(1, 2))]);
        Ask<NodeRow>(given, "node-coverage", new Asked { Unit = "wuquan" }, "2023-08-31").ShouldHaveSingleItem().Coverage.ShouldBe(new Ratio(0, 2));
        Duties(given, DutyKind.SupervisionNode).Select(d => (d.Unit, d.Status, d.OpenedOn)).ShouldBe(
            [("beiwudu", DutyStatus.Pending, Day("2023-03-20")), ("wuquan", DutyStatus.Met, Day("2023-03-20"))]);
    }
}
