using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.InternalControl;
using Ledger.Domain.Plan;
using Ledger.Domain.Units;
using Ledger.Tests.Infrastructure;

namespace Ledger.Tests.InternalControl;

/// <summary>The area's specimen.</summary>
public sealed class InternalControlSpecimen : AreaSpecimen
{
    private const string ByUnit = "Clerk Supervisor";
    private const string AboutUnits = "Clerk Supervisor Auditor Inspector Approver Admin";

    private static readonly string[] Decisions = ["罚〔2023〕1号", "罚〔2023〕2号"];
    private static readonly string[] Units = ["wuquan", "jiaotong", "gongan"];

    public override Area Area => InternalControlArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ResponsibilitySystemAdopted"] = ByUnit, ["PostDutyListPublished"] = ByUnit, ["RiskPointListUpdated"] = ByUnit,
        ["InternalSystemEvidenceFiled"] = ByUnit, ["MajorDecisionLegalReviewed"] = ByUnit, ["CollectiveDiscussionHeld"] = ByUnit,
        ["DiscretionBenchmarkAdopted"] = ByUnit, ["NilStatementSubmitted"] = ByUnit,
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["internal-control"] = AboutUnits, ["responsibility-systems"] = AboutUnits, ["risk-points"] = AboutUnits, ["legal-reviews"] = AboutUnits,
        ["discretion-benchmarks"] = AboutUnits, ["non-performance"] = AboutUnits, ["enforcement-overview"] = AboutUnits,
    };

    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        if (teller.Rarely(3)) return TowardsNil(teller);
        var subject = Subject.Unit(teller.One(Units));
        return (subject, teller.Next(7) switch
        {
            0 => new ResponsibilitySystemAdopted($"{teller.Next(20)}号", Sha(teller), teller.Day(within: 400)),
            1 => new PostDutyListPublished(1 + teller.Next(9), 1 + teller.Next(40), Sha(teller), teller.Day(within: 400)),
            2 => new RiskPointListUpdated([.. Points(teller)], teller.Day(within: 400)),
            3 => Evidence(teller),
            4 => Review(teller),
            5 => new CollectiveDiscussionHeld(teller.One(Decisions), teller.Day(within: 100), 2 + teller.Next(6), Sha(teller), teller.Rarely(2) ? teller.Next(2) : null),
            _ => Benchmark(teller, subject),
        });
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        InternalSystemEvidenceFiled => new Dictionary<string, JsonElement> { ["items"] = Value(teller.Next(9)) },
        MajorDecisionLegalReviewed f => new Dictionary<string, JsonElement> { ["decidedOn"] = Value(teller.Rarely(2) ? null : f.ReviewedOn.AddDays(teller.Next(90))) },
        CollectiveDiscussionHeld => new Dictionary<string, JsonElement> { ["participants"] = Value(2 + teller.Next(8)) },
        PostDutyListPublished => new Dictionary<string, JsonElement> { ["posts"] = Value(1 + teller.Next(9)) },
        _ => base.Set(fact, teller),
    };

    // The unit that is nearest to a nil statement goes on towards it: a duty, its performance, the statement.
    private static (Subject Subject, IFact Fact)? TowardsNil(IRandomTeller teller)
    {
        var best = Units.Select(unit => Owed(teller, unit)).OrderBy(o => o.Duties.Count == 0 ? 99 : o.Undone.Count).First();
        var subject = Subject.Unit(best.Unit);
        if (best.Duties.Count == 0) return (subject, new DutyRegistered("duty0", "职责", new DateOnly(2022, 1, 1).AddDays(teller.Next(300))));
        return best.Undone.Count > 0
            ? (subject, new EnforcementPerformed(best.Undone[0], new DateOnly(2023, 1, 1).AddDays(teller.Next(365)), 1 + teller.Next(3)))
            : (subject, new NilStatementSubmitted(2023, teller.Day(new DateOnly(2024, 1, 1), 60)));
    }

    private static (string Unit, List<string> Duties, List<string> Undone) Owed(IRandomTeller teller, string unit)
    {
        var facts = teller.Ledger.Of(Subject.Unit(unit)).Select(v => v.Fact).ToList();
        var duties = facts.OfType<DutyRegistered>().Where(d => d.RegisteredOn.Year < 2023).Select(d => d.Duty).Distinct(StringComparer.Ordinal).ToList();
        var done = facts.OfType<EnforcementPerformed>().Where(p => p is { Count: > 0, PerformedOn.Year: 2023 }).Select(p => p.Duty).ToHashSet(StringComparer.Ordinal);
        return (unit, duties, [.. duties.Where(d => !done.Contains(d))]);
    }

    private static InternalSystemEvidenceFiled Evidence(IRandomTeller teller)
    {
        var on = teller.Day(within: 500);
        return new InternalSystemEvidenceFiled(teller.One<InternalSystem>(), on.Year - teller.Next(2), teller.Next(20), Sha(teller), on);
    }

    private static MajorDecisionLegalReviewed Review(IRandomTeller teller)
    {
        var on = teller.Day(within: 100);
        return new MajorDecisionLegalReviewed(
            teller.One(Decisions), on, teller.One<LegalOpinion>(), Sha(teller), teller.Rarely(2) ? on.AddDays(teller.Next(60)) : null);
    }

    private static DiscretionBenchmarkAdopted Benchmark(IRandomTeller teller, Subject subject)
    {
        var last = teller.Ledger.Of(subject).Select(v => v.Fact).OfType<DiscretionBenchmarkAdopted>().LastOrDefault();
        return new DiscretionBenchmarkAdopted(
            "b" + teller.Next(30), "罚款", Sha(teller), last is null ? teller.Day(within: 300) : teller.Day(last.AdoptedOn), last?.Benchmark);
    }

    private static IEnumerable<RiskPoint> Points(IRandomTeller teller) =>
        Enumerable.Range(0, 1 + teller.Next(3)).Select(i => new RiskPoint("R" + i, "风险点", teller.One<RiskLevel>(), "双人复核"));

    private static string Sha(IRandomTeller teller) => new((char)('a' + teller.Next(6)), 64);
}
