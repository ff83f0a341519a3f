using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Supervision;
using Ledger.Tests.Infrastructure;

namespace Ledger.Tests.Supervision;

/// <summary>The area's specimen.</summary>
public sealed class SupervisionSpecimen : AreaSpecimen
{
    private static readonly string Sha = new('b', 64);

    public override Area Area => SupervisionArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = SupervisionArea.Area.Facts.Select(f => f.Name).ToDictionary(
        name => name,
        name => name switch
        {
            "SupervisionCorrectionReported" or "MajorPenaltyFiled" or "LicensingIssueResolved" => "Clerk Supervisor",
            "SupervisionInstrumentAdopted" => "Admin",
            _ => "Supervisor",
        },
        StringComparer.Ordinal);

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["supervision-calendar"] = Units, ["case-file-reviews"] = Units, ["case-file-defects"] = Units, ["supervision-items"] = Units, ["node-coverage"] = Units,
        ["findings"] = Units, ["quarterly-coverage"] = Units, ["individual-cases"] = Units, ["major-penalties"] = Units, ["major-penalty-rates"] = Units,
        ["licensing-issues"] = Units, ["trackings"] = Units,
        ["annual-supervision"] = "Supervisor Auditor Inspector Approver Admin", ["supervision-item-coverage"] = "Supervisor Auditor Inspector Approver Admin",
    };

    private const string Units = "Clerk Supervisor Auditor Inspector Approver Admin";

    // Orders against laggards cite a bulletin, which rests on a ledger position.
    public override IReadOnlySet<string> ToldByStories => new HashSet<string>(StringComparer.Ordinal)
    {
        "KeyTrackingOrdered", "KeyTrackingLifted", "SpecialSupervisionOrdered", "SpecialSupervisionConcluded",
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        if (teller.Rarely(10)) return (Subject.Unit(teller.Rarely(2) ? "wuquan" : "beiwudu"), new SupervisionNodeEstablished("司法所", teller.Next(4), teller.Day()));
        if (teller.Rarely(12)) return (Policy(0), new SupervisionInstrumentAdopted(Instrument.Notice, new DateOnly(2022, 1, 1), "试点办法"));
        var subject = new Subject(StreamKind.Supervision, teller.Rarely(3) ? "s1" : "s0");
        var facts = teller.Ledger.Of(subject);
        var file = SupervisionFile.Fold(subject.Key, facts);
        if (file.Opening is null) return (subject, Opening(teller));
        // What comes last in a chain is told first, for it is reached most rarely.
        var (correcting, own) = (Correcting(teller, Findings.Fold(facts)).ToList(), Own(teller, file, facts).ToList());
        return (subject, (correcting.Count, own.Count) switch
        {
            (_, > 0) when file.Kind is not (SupervisionKind.KeyTarget or SupervisionKind.LicensingPatrol) && !teller.Rarely(4) => own[^1],
            ( > 0, _) when !teller.Rarely(4) => teller.One(correcting),
            (_, > 0) when !teller.Rarely(3) => teller.One(own),
            _ => teller.One(Anywhere(teller, file, Findings.Fold(facts)).ToList()),
        });
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        QuarterlyVisitConducted => With("findings", teller.Next(9)),
        AnnualSpecialSupervisionPlanned => With("theme", "更正主题"),
        CaseFileReviewed => With("score", "77.5"),
        SupervisionOpinionIssued f => With("termDueOn", f.TermDueOn.AddDays(teller.Next(20) - 5)),
        SupervisionFindingRecorded => With("legalBasis", "更正依据"),
        SupervisionCorrectionReported f => With("reportedOn", teller.Day(f.ReportedOn.AddDays(-3), 6)),
        _ => base.Set(fact, teller),
    };

    private static Dictionary<string, JsonElement> With(string member, object value) => new(StringComparer.Ordinal) { [member] = Value(value) };

    private static Subject Policy(int n) => new(StreamKind.Policy, "instrument" + n);

    private static IFact Opening(IRandomTeller teller) => teller.Next(13) switch
    {
        0 or 1 or 9 => new KeySupervisionTargetDesignated(teller.Unit(), teller.One<TargetReason>(), teller.Day()),
        2 or 3 => new AnnualSpecialSupervisionPlanned(2023, "行政处罚程序", [teller.Unit()], teller.Day()),
        4 => new QuarterlyVisitConducted(teller.Unit(), teller.Day(within: 500), teller.Next(4)),
        5 => new CrossSupervisionConducted("wuquan", teller.One(["beiwudu", "gongan"]), teller.Day(within: 500), teller.Next(4)),
        6 => new RotationalSupervisionConducted(["wuquan", "beiwudu", "jiaotong"], teller.Day(within: 500), teller.Next(4)),
        7 or 10 => new IndividualCaseSupervisionOpened(teller.Unit(), "案1", teller.One<CaseSource>(), teller.Day()),
        8 => new LicensingPatrolConducted(teller.Unit(), 1 + teller.Next(40), teller.Day()),
        _ => Penalty(teller, teller.Day()),
    };

    private static MajorPenaltyFiled Penalty(IRandomTeller teller, DateOnly decided) => new(
        teller.Unit(), "罚" + teller.Next(9), PenaltyParty.Organisation, teller.One<PenaltyKind>(), decided, teller.Day(decided, 20), 100_000m + teller.Next(1000));

    // What has a place in most files.
    private static IEnumerable<IFact> Anywhere(IRandomTeller teller, SupervisionFile file, Findings findings)
    {
        var (unit, opened) = (file.Units[0], file.Opening!.LegalDate!.Value);
        if (file.Kind is SupervisionKind.KeyTarget or SupervisionKind.AnnualSpecial or SupervisionKind.Visit or SupervisionKind.Cross or SupervisionKind.Rotational)
        {
            yield return new SiteInspectionConducted(unit, ["A1", "A2"], "办公场所", teller.Day(opened));
            yield return new EnforcementTrainingHeld(unit, "程序", 1 + teller.Next(6), 1 + teller.Next(30), teller.Day(opened));
            yield return new CaseFileReviewed(unit, 1 + teller.Next(20), teller.Next(1001) / 10m, [new FileDefects(teller.One<FileDefect>(), 1 + teller.Next(4))], teller.Day(opened));
            yield return new SupervisionItemChecked(unit, teller.One<SupervisionItem>(), ItemResult.Compliant, teller.Day(opened));
        }

        for (var again = 0; again < 3; again++)
            yield return new SupervisionFindingRecorded("f" + findings.All.Count, unit, teller.One<FindingType>(), "《行政处罚法》", teller.Day(opened, 20));
    }

    // What only its own kind of file holds.
    private static IEnumerable<IFact> Own(IRandomTeller teller, SupervisionFile file, IReadOnlyList<VisibleFact> facts)
    {
        var (unit, opened) = (file.Units[0], file.Opening!.LegalDate!.Value);
        switch (file.Kind)
        {
            case SupervisionKind.KeyTarget:
                if (OnSite.Fold(facts).Stations.FirstOrDefault(s => s.Ended is null) is { } station)
                    yield return new OnSiteSupervisionEnded(unit, station.Start.StartedOn, teller.Day(station.Start.StartedOn));
                else yield return new OnSiteSupervisionStarted(unit, ["A1", "A2", "A3"], teller.Day(opened));
                break;
            case SupervisionKind.AnnualSpecial:
                var programme = Programmes.Fold(facts);
                if (programme.Launched is not { } launched) yield return new AnnualSpecialSupervisionLaunched(teller.Day(opened), "舞法办〔2023〕5号");
                else if (programme.Concluded is null) yield return new AnnualSpecialSupervisionConcluded("已整改", Sha, teller.Day(launched.Fact.LegalDate));
                break;
            case SupervisionKind.IndividualCase:
                var cases = CaseFiles.Fold(facts);
                if (cases.Closed is null) yield return new IndividualCaseSupervisionClosed("已变更", Sha, teller.Day(opened));
                if (cases.Elevated is null) yield return new CaseSupervisionElevated("案1", "市司法局", teller.One<ElevationReason>(), teller.Day(opened));
                break;
            case SupervisionKind.MajorPenalty:
                if (CaseFiles.Fold(facts).Reviewed is null) yield return new MajorPenaltyReviewed(teller.One<PenaltyReviewResult>(), teller.Day(opened));
                break;
            case SupervisionKind.LicensingPatrol:
                var licensing = Licensing.Fold(facts);
                if (licensing.Issues.Values.FirstOrDefault(i => i.Resolved is null) is { } issue)
                    yield return new LicensingIssueResolved(unit, issue.Issue.Issue, "已整改", teller.Day(issue.Issue.FoundOn), Sha);
                else yield return new LicensingIssueFound("i" + licensing.Issues.Count, "事项1", teller.One<LicensingStage>(), "超期", "https://example.cn/1", teller.Day(opened));
                break;
            default: break;
        }
    }

    // Once there is an instrument, what follows it; else what leads to one.
    private static IEnumerable<IFact> Correcting(IRandomTeller teller, Findings state) =>
        state.Instruments.Count > 0 && !teller.Rarely(5) ? AfterInstruments(teller, state) : AfterFindings(teller, state);

    private static IEnumerable<IFact> AfterFindings(IRandomTeller teller, Findings state)
    {
        foreach (var finding in state.All.Values)
        {
            var (found, unit, on) = (finding.Found.Finding, finding.Found.Unit, finding.Found.FoundOn);
            if (finding.Decided is null)
                yield return teller.Rarely(2) ? new SupervisionFindingDismissed(found, unit, "另有案卷", teller.Day(on)) : new SupervisionFindingConfirmed(found, unit, teller.Day(on));
            else yield return new LicenceCertificateSuspended(unit, found, "证" + teller.Next(9), 1 + teller.Next(6), teller.Day(on));
            var (number, issued) = ($"文{state.Instruments.Count}", teller.Day(on, 10));
            if (teller.Rarely(2) && teller.Ledger.Of(Policy(0)).Any(f => f.Fact is SupervisionInstrumentAdopted))
                yield return new SupervisionNoticeIssued(unit, number, [found], issued.AddDays(teller.Next(10)), issued, Policy(0).Key);
            else yield return new SupervisionOpinionIssued(unit, number, [found], issued.AddDays(teller.Next(10)), issued);
        }
    }

    private static IEnumerable<IFact> AfterInstruments(IRandomTeller teller, Findings state)
    {
        foreach (var instrument in state.Instruments.Values)
        {
            var (unit, number, on) = (instrument.Document.Unit, instrument.Document.DocumentNo, instrument.Document.LegalDate!.Value);
            var report = instrument.Reports.FirstOrDefault(r => !instrument.Rejections.Any(x => x.ReportedOn == r.Fact.LegalDate));
            if (report is not null && !teller.Rarely(4))
            {
                yield return new SupervisionCorrectionRejected(number, report.Fact.LegalDate!.Value, "未附凭据", teller.Day(report.Fact.LegalDate));
                continue;
            }

            var kind = (instrument.Document as SupervisionDecisionIssued)?.Kind;
            if (kind is null or SupervisionDecisionKind.Revoke) yield return new EnforcementActRevoked(unit, number, "罚1", teller.Day(on));
            if (kind is null or SupervisionDecisionKind.Modify) yield return new EnforcementActModified(unit, number, "罚2", teller.Day(on));
            if (kind is null or SupervisionDecisionKind.ConfirmUnlawful) yield return new EnforcementActConfirmedUnlawful(unit, number, "罚3", teller.Day(on));
            for (var again = 0; again < 3 && report is null; again++) yield return new SupervisionCorrectionReported(unit, number, teller.Day(on, 20), Sha);
            if (instrument.Document is not SupervisionOpinionIssued { TermDueOn: var due } || instrument.Decision is not null || report is not null) continue;
            for (var again = 0; again < 2; again++)
                yield return new SupervisionDecisionIssued(unit, "决" + number, teller.One<SupervisionDecisionKind>(), teller.Day(due.AddDays(1), 20), number);
        }
    }
}
