using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Units;
using Ledger.Host.Intake;

namespace Ledger.Benchmarks.Running;

/// <summary>The ten facts of an ordinary lawsuit, the same for every number but for the number: about 250 bytes each.</summary>
internal static class BenchFacts
{
    /// <summary>Facts of a lawsuit.</summary>
    public const int Steps = 10;

    /// <summary>Who sends them.</summary>
    public const string Source = "/bench";

    private const string Actor = "bench";

    public static RecordFact Unit(int unit) => new(
        Subject.Unit($"b{unit}"), new UnitRegistered($"合成单位{unit}", UnitKind.Department, new DateOnly(2020, 1, 1)), new FactId(Source, $"unit-{unit}"), Actor);

    /// <summary>A fact of which a unit's stream may hold any number.</summary>
    public static RecordFact Performed(Subject unit, int n) =>
        new(unit, new EnforcementPerformed("检查", new DateOnly(2023, 5, 10), 1 + n), new FactId(Source, $"{unit.Key}-{n}"), Actor);

    /// <summary>A step of a lawsuit's life, in an order in which the ledger admits it.</summary>
    public static RecordFact Step(int lawsuit, int step)
    {
        var (unit, caseNo) = ($"b{lawsuit % BenchCluster.Units}", $"（2023）豫1121行初{lawsuit}号");
        ILawsuitFact fact = step switch
        {
            0 => new LawsuitDocketed(
                caseNo, "舞阳县人民法院", Day(4, 3), LawsuitCategory.Administrative, "行政处罚", "市场监管", "行政处罚",
                [new Defendant(unit, DefendantCapacity.Sole)], Plaintiffs: ["张三"]),
            1 => new ResponseMaterialsReceived(unit, caseNo, Day(4, 6)),
            2 => new CaseFilingSubmitted(unit, caseNo, At(4, 8)),
            3 => new AnswerSubmitted(unit, caseNo, Day(4, 18)),
            4 => new CaseConferenceHeld(unit, Day(4, 20), LossRisk.Yellow, "负责人出庭，补强程序证据，庭前与原告沟通"),
            5 => new HearingHeld(caseNo, Day(5, 10), true, [new Attendance(unit, Attendee.Deputy)]),
            6 => new JudgmentRendered(caseNo, InstanceLevel.First, DocumentKind.Judgment, Day(6, 1), [new Disposition(unit, Outcome.RevokeAll)]),
            7 => new JudgmentReceived(unit, caseNo, Day(6, 5)),
            8 => new LossFilingDocumentSubmitted(unit, caseNo, LossDocument.JudicialDocument, At(6, 7), new string('a', 64)),
            _ => new OutcomeBecameEffective(caseNo, Day(6, 21), EffectiveBasis.AppealPeriodExpired),
        };
        return new RecordFact(Subject.Lawsuit($"bench-{lawsuit}"), fact, new FactId(Source, $"{lawsuit}/{step}"), Actor, At(6, 30));
    }

    private static DateOnly Day(int month, int day) => new(2023, month, day);

    private static DateTimeOffset At(int month, int day) => new(2023, month, day, 10, 0, 0, TimeSpan.FromHours(8));
}
