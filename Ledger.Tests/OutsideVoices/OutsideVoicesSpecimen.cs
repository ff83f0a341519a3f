using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.OutsideVoices;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;

namespace Ledger.Tests.OutsideVoices;

/// <summary>The area's specimen.</summary>
public sealed class OutsideVoicesSpecimen : AreaSpecimen
{
    private const string ByUnit = "Clerk Supervisor";
    private const string ByOffice = "Supervisor";
    private const string AboutUnits = "Clerk Supervisor Auditor Inspector Approver Admin";

    private static readonly string[] Fields = ["城建", "公安", "交通运输"];
    private static readonly string[] Periods = ["2023Q1", "2023Q2"];

    public override Area Area => OutsideVoicesArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ComplaintReceived"] = ByUnit, ["ComplaintAssigned"] = ByOffice, ["ComplaintVerified"] = ByUnit, ["ComplaintCorrected"] = ByUnit,
        ["ComplaintClosedWithReason"] = ByUnit, ["ComplaintReplied"] = ByUnit, ["HotspotRuleAdopted"] = "Admin", ["HotspotIdentified"] = ByOffice,
        ["HotspotReviewHeld"] = ByOffice, ["EarlyWarningIssued"] = ByOffice, ["WarningRectified"] = ByUnit, ["SupervisorAppointed"] = ByOffice,
        ["SupervisorRemoved"] = ByOffice, ["ContactPointEstablished"] = ByOffice, ["ContactPointClosed"] = ByOffice,
        ["SupervisorFeedbackReceived"] = ByOffice, ["SupervisorFeedbackHandled"] = ByUnit, ["EnforcementResultPublished"] = ByUnit,
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["complaints"] = AboutUnits, ["complaint-cases"] = AboutUnits, ["early-warnings"] = AboutUnits, ["supervisor-feedback"] = AboutUnits,
        ["publications"] = AboutUnits, ["hotspots"] = "Supervisor Auditor Inspector Approver Admin", ["hotspot-reviews"] = "Supervisor Auditor Inspector Approver Admin",
        ["supervisors"] = "Clerk Supervisor Auditor Inspector Court Approver Admin",
    };

    public override IReadOnlySet<string> ToldByStories { get; } = new HashSet<string>(StringComparer.Ordinal) { "HotspotIdentified" };

    // What was begun goes on before something new begins, or no short history would see an end of anything.
    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var begun = teller.Ledger.Log.Select(l => l.Subject).Distinct().Where(s => IsUnfinished(s, teller)).ToList();
        return begun.Count > 0 && !teller.Rarely(5) ? GoOn(teller.One(begun), teller) : Begin(teller);
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        ComplaintReceived => new Dictionary<string, JsonElement> { ["field"] = Value(teller.One(Fields)) },
        ComplaintAssigned => new Dictionary<string, JsonElement> { ["unit"] = Value(teller.Unit()) },
        ComplaintVerified => new Dictionary<string, JsonElement> { ["upheld"] = Value(teller.Rarely(2)) },
        SupervisorAppointed => new Dictionary<string, JsonElement> { ["kind"] = Value(teller.One<SupervisorKind>()) },
        SupervisorFeedbackReceived => new Dictionary<string, JsonElement> { ["field"] = Value(teller.One(Fields)) },
        HotspotReviewHeld => new Dictionary<string, JsonElement> { ["none"] = Value(teller.Rarely(2)) },
        EnforcementResultPublished => new Dictionary<string, JsonElement> { ["kind"] = Value(teller.One<PublishedDecision>()) },
        _ => base.Set(fact, teller),
    };

    private static (Subject Subject, IFact Fact) Begin(IRandomTeller teller)
    {
        var key = teller.Next(30);
        switch (teller.Next(9))
        {
            case 0: return (Subject.Unit(teller.Unit()), Publication(teller));
            case 1: return (new Subject(StreamKind.Policy, "hot" + key), new HotspotRuleAdopted(teller.Day(within: 600), 1 + teller.Next(4)));
            case 2 or 3:
                var period = teller.One(Periods);
                return (new Subject(StreamKind.Hotspot, period), new HotspotReviewHeld(period, teller.Day(new DateOnly(2023, 4, 1), 60), teller.Rarely(9)));
            case 4: return (new Subject(StreamKind.Supervisor, "p" + key), new ContactPointEstablished("某企业", teller.Day(within: 30), teller.Rarely(2) ? "舞泉镇" : null));
            case 5:
                return (new Subject(StreamKind.Supervisor, "s" + key), new SupervisorAppointed(
                    "王某", teller.One<SupervisorKind>(), "县人大", teller.Day(within: 30), new DateOnly(2025, 12, 31)));
            default:
                return (new Subject(StreamKind.Complaint, "c" + key), new ComplaintReceived(
                    teller.One<ComplaintChannel>(), teller.One(Fields), teller.Day(within: 300), teller.Rarely(2) ? teller.Unit() : null));
        }
    }

    private static bool IsUnfinished(Subject subject, IRandomTeller teller)
    {
        var facts = teller.Ledger.Of(subject).Select(v => v.Fact).ToList();
        return facts.Count > 0 && subject.Kind switch
        {
            StreamKind.Complaint => !facts.Exists(f => f is ComplaintReplied),
            StreamKind.Hotspot => !facts.Exists(f => f is WarningRectified or HotspotReviewHeld { None: true }),
            StreamKind.Supervisor => facts[0] is SupervisorAppointed or ContactPointEstablished && !facts.Exists(f => f is SupervisorRemoved or ContactPointClosed),
            _ => false,
        };
    }

    private static (Subject Subject, IFact Fact)? GoOn(Subject subject, IRandomTeller teller)
    {
        var facts = teller.Ledger.Of(subject).Select(v => v.Fact).ToList();
        return subject.Kind switch
        {
            StreamKind.Complaint => (subject, NextOfComplaint(ComplaintFile.Fold(subject.Key, teller.Ledger.Of(subject)), teller)),
            StreamKind.Hotspot => (subject, NextOfHotspot(facts, teller)),
            _ => (subject, NextOfSupervisor(facts, teller)),
        };
    }

    private static IFact NextOfComplaint(ComplaintFile complaint, IRandomTeller teller)
    {
        var received = complaint.Received?.ReceivedOn ?? teller.Day();
        if (complaint.Verified is not { } verified)
            return teller.Rarely(3)
                ? new ComplaintAssigned(teller.Unit(), teller.Day(received, 5), received.AddDays(5 + teller.Next(20)))
                : new ComplaintVerified(!teller.Rarely(4), teller.Day(received, 20), teller.Rarely(2) ? Sha(teller) : null);
        if (verified.Upheld && complaint.Corrected is null && complaint.Closed is null && !teller.Rarely(4))
            return teller.Rarely(2)
                ? new ComplaintCorrected(teller.Day(verified.VerifiedOn, 20), Sha(teller))
                : new ComplaintClosedWithReason(teller.One<ComplaintClosure>(), "已说明", teller.Day(verified.VerifiedOn, 20));
        return new ComplaintReplied(teller.Day(verified.VerifiedOn, 20));
    }

    private static IFact NextOfHotspot(List<IFact> facts, IRandomTeller teller)
    {
        if (facts.OfType<EarlyWarningIssued>().LastOrDefault() is { } warning)
            return new WarningRectified(warning.DocumentNo, teller.One(warning.Units), teller.Day(warning.IssuedOn, 40), Sha(teller));
        var on = teller.Day(facts.OfType<HotspotReviewHeld>().FirstOrDefault()?.HeldOn, 20);
        return new EarlyWarningIssued($"预警{teller.Next(30)}号", [.. new[] { teller.Unit(), teller.Unit() }.Distinct()], on, on.AddDays(teller.Next(30)));
    }

    private static IFact NextOfSupervisor(List<IFact> facts, IRandomTeller teller)
    {
        var term = (IBeginsTerm)facts[0];
        var open = facts.OfType<SupervisorFeedbackReceived>().Where(f => !facts.OfType<SupervisorFeedbackHandled>().Any(h => h.Feedback == f.Feedback)).ToList();
        if (open.Count > 0 && !teller.Rarely(4))
            return new SupervisorFeedbackHandled(open[0].Feedback, open[0].Unit, teller.Day(open[0].ReceivedOn, 30), teller.One<FeedbackResult>());
        if (teller.Rarely(2)) return new SupervisorFeedbackReceived("f" + teller.Next(20), teller.Unit(), teller.One(Fields), teller.Day(term.From, 200));
        var end = teller.Day(term.From.AddDays(300), 90);
        return term is ContactPointEstablished ? new ContactPointClosed(end, "撤并") : new SupervisorRemoved(end, "调动");
    }

    private static EnforcementResultPublished Publication(IRandomTeller teller)
    {
        var decided = teller.Day(within: 300);
        return new EnforcementResultPublished($"罚{teller.Next(50)}号", teller.One<PublishedDecision>(), "https://www.wuyang.gov.cn/gs", decided, teller.Day(decided, 30));
    }

    private static string Sha(IRandomTeller teller) => new((char)('a' + teller.Next(6)), 64);
}
