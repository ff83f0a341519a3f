using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Domain.Rectifications;
using Ledger.Tests.Infrastructure;

namespace Ledger.Tests.Rectifications;

/// <summary>The area's specimen.</summary>
public sealed class RectificationSpecimen : AreaSpecimen
{
    private const string Reading = "Clerk Supervisor Auditor Inspector Approver Admin";
    private const string Recording = "Clerk Supervisor";

    public override Area Area => RectificationArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RectificationOpened"] = Recording, ["LossAnalysisHeld"] = "Supervisor", ["LossCauseDetermined"] = "Supervisor", ["RectificationMeasureAdopted"] = Recording,
        ["RectificationProgressReported"] = Recording, ["RectificationCompleted"] = Recording, ["RectificationVerified"] = "Supervisor",
        ["RectificationReopened"] = "Supervisor", ["JudgmentPerformanceOrdered"] = Recording, ["JudgmentPerformed"] = Recording,
        ["PublishedPenaltyWithdrawn"] = Recording, ["PenaltyNotPublishedStated"] = Recording, ["RecurrenceRuleAdopted"] = "Admin",
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["loss-register"] = Reading, ["rectifications"] = Reading, ["recurrences"] = Reading, ["causes"] = Reading, ["judgment-performance"] = Reading,
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        if (teller.Rarely(12)) return (new Subject(StreamKind.Policy, "recurrence" + teller.Next(3)), new RecurrenceRuleAdopted(teller.Day(within: 400), 1 + teller.Next(24), teller.Rarely(2)));
        return One(teller, "r" + teller.Next(2));
    }

    /// <summary>The next fact of one rectification: what fits where it stands.</summary>
    internal static (Subject Subject, IFact Fact) One(IRandomTeller teller, string key)
    {
        var subject = new Subject(StreamKind.Rectification, key);
        var rectification = Rectification.Fold(key, teller.Ledger.Of(subject));
        return rectification.Opened is { } opened ? (subject, Fact(teller, rectification, opened)) : Opening(teller, subject);
    }

    // A loss that some lawsuit of the history holds; where none does, one comes about.
    private static (Subject Subject, IFact Fact) Opening(IRandomTeller teller, Subject subject)
    {
        var lawsuits = teller.Ledger.Of(StreamKind.Lawsuit).Select(l => Lawsuit.Fold(l.Key, l.Facts, teller.Today)).Where(l => l.Docketed is not null).ToList();
        var losses = (from lawsuit in lawsuits
                      from document in lawsuit.Documents
                      from unit in document.Rendered.NamedUnits.Distinct()
                      where lawsuit.LostIn(document, unit)
                      select (lawsuit, document, unit)).ToList();
        if (losses.Count > 0)
        {
            var (lawsuit, document, unit) = teller.One(losses);
            return (subject, new RectificationOpened(lawsuit.Key, unit, document.CaseNo, teller.Day(document.Rendered.ClosedOn, 20)));
        }

        var own = Subject.Lawsuit("rectified");
        const string caseNo = "（2022）豫1121行初7号";
        if (lawsuits.Find(l => l.Key == own.Key) is not { Docketed: { } docketed })
            return (own, new LawsuitDocketed(
                caseNo, "舞阳县人民法院", teller.Day(within: 100), LawsuitCategory.Administrative, "行政处罚", "市场监管", "罚款", [new Defendant(teller.Unit(), DefendantCapacity.Sole)]));
        return (own, new JudgmentRendered(
            docketed.CaseNo, InstanceLevel.First, DocumentKind.Judgment, teller.Day(docketed.DocketedOn, 90), [.. docketed.Defendants.Select(d => new Disposition(d.Unit, Outcome.RevokeAll))]));
    }

    private static IFact Fact(IRandomTeller teller, Rectification rectification, RectificationOpened opened)
    {
        var day = teller.Day(rectification.Steps.Facts is [.., var last] ? last.Fact.LegalDate : opened.OpenedOn, 40);
        var ordered = rectification.Performances.FirstOrDefault(p => p.Performed is null);
        switch (teller.Next(10))
        {
            case 0: return new LossAnalysisHeld([opened.Unit, teller.Unit()], day, teller.Rarely(2) ? "程序意识不强" : null);
            case 1: return Cause(teller, day);
            case 2: return ordered is null
                ? new JudgmentPerformanceOrdered(teller.One<PerformanceKind>(), day.AddDays(teller.Next(60)), day, teller.Rarely(2) ? 1200.00m : null)
                : new JudgmentPerformed(ordered.Order.Kind, teller.Day(ordered.Order.OrderedOn, 60), Sha(teller));
            case 3: return teller.Rarely(2)
                ? new PublishedPenaltyWithdrawn("1号", day, "判决撤销", teller.Rarely(2) ? "http://www.wuyang.gov.cn/1" : null)
                : new PenaltyNotPublishedStated("2号", teller.One<UnpublishedReason>(), day);
            default: return Step(teller, rectification, day);
        }
    }

    private static IFact Step(IRandomTeller teller, Rectification rectification, DateOnly day)
    {
        if (rectification.Cause is null) return Cause(teller, day);
        if (rectification.Measures is not { Count: > 0 } measures || teller.Rarely(8))
            return new RectificationMeasureAdopted("m" + teller.Next(9), teller.One<MeasureType>(), "修订规程", "科长", day.AddDays(teller.Next(60)), day, teller.Rarely(2) ? Sha(teller) : null);
        return rectification.State switch
        {
            RectificationState.Completed when !teller.Rarely(3) => new RectificationVerified(teller.Day(day, 10), "验收人"),
            RectificationState.Completed or RectificationState.Verified => new RectificationReopened("整改不实", day, teller.Rarely(2) ? day.AddDays(30) : null),
            _ when teller.Rarely(3) => new RectificationProgressReported(teller.One(measures).Measure.Measure, teller.Next(101), teller.Day(measures[^1].Measure.AdoptedOn, 30), "经办人"),
            _ => new RectificationCompleted(teller.Day(measures[0].Measure.AdoptedOn > day ? measures[0].Measure.AdoptedOn : day, 30), "经办人", [new(Sha(teller))]),
        };
    }

    private static LossCauseDetermined Cause(IRandomTeller teller, DateOnly day)
    {
        var primary = teller.One<LossCause>();
        return new LossCauseDetermined(primary, [.. new[] { primary, teller.One<LossCause>() }.Distinct()], !teller.Rarely(3), day, "认定人");
    }

    private static string Sha(IRandomTeller teller) => new((char)('a' + teller.Next(6)), 64);

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        RectificationMeasureAdopted f => new Dictionary<string, JsonElement> { ["dueOn"] = Value(f.DueOn.AddDays(teller.Next(30))) },
        LossCauseDetermined f => new Dictionary<string, JsonElement> { ["fault"] = Value(!f.Fault) },
        RectificationCompleted f => new Dictionary<string, JsonElement> { ["completedOn"] = Value(f.CompletedOn.AddDays(-teller.Next(5))) },
        RectificationOpened f => new Dictionary<string, JsonElement> { ["openedOn"] = Value(f.OpenedOn.AddDays(-teller.Next(5))) },
        RecurrenceRuleAdopted => new Dictionary<string, JsonElement> { ["months"] = Value(1 + teller.Next(24)) },
        _ => base.Set(fact, teller),
    };
}
