using System.Text.Json;
using Ledger.Domain.Capacity;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;

namespace Ledger.Tests.Capacity;

/// <summary>The area's specimen.</summary>
public sealed class CapacitySpecimen : AreaSpecimen
{
    private const string ByUnit = "Clerk Supervisor";
    private const string ByOffice = "Supervisor";
    private const string AboutUnits = "Clerk Supervisor Auditor Inspector Approver Admin";
    private const string AboutOffice = "Supervisor Auditor Inspector Approver Admin";

    public override Area Area => CapacityArea.Area;

    public override IReadOnlyDictionary<string, string> Recorders { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PeriodicDisputeAnalysisFiled"] = ByUnit, ["TrainingHeld"] = ByUnit, ["TrainingCompleted"] = ByUnit, ["StaffingFigureReported"] = ByUnit,
        ["EstablishmentConsulted"] = ByUnit, ["ExternalSupervisorEnlisted"] = ByOffice, ["ExternalConflictDeclared"] = ByOffice,
        ["ExternalSupervisorAssigned"] = ByOffice, ["MechanismDocumentIssued"] = ByOffice, ["ResponsibilityAssigned"] = ByUnit, ["JointSupervisionHeld"] = ByOffice,
    };

    public override IReadOnlyDictionary<string, string> Askers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["dispute-analyses"] = AboutUnits, ["dispute-analysis-coverage"] = AboutOffice, ["trainings"] = AboutUnits, ["training-hours"] = AboutUnits,
        ["staffing"] = AboutUnits, ["external-supervisors"] = AboutOffice, ["responsibilities"] = AboutUnits,
        ["mechanisms"] = "Clerk Supervisor Auditor Inspector Court Approver Admin", ["joint-supervisions"] = AboutUnits,
    };

    // What needs something before it comes as soon as there is that something, or short histories would never see it.
    public override (Subject Subject, IFact Fact)? Next(IRandomTeller teller)
    {
        var log = teller.Ledger.Log.Select(l => l.Subject).Distinct().ToList();
        var external = log.Find(s => s.Kind == StreamKind.Supervisor && teller.Ledger.Of(s).Any(v => v.Fact is ExternalSupervisorEnlisted));
        var training = log.Find(s => s.Kind == StreamKind.Training && teller.Ledger.Of(s).Count is > 0 and < 4);
        if (external.Key is not null && teller.Rarely(2)) return NextOfExternal(external, log, teller);
        if (training.Key is not null && teller.Rarely(3)) return (training, Completed(training, teller));
        var unit = teller.Unit();
        return teller.Next(9) switch
        {
            0 => (Subject.Unit(unit), new PeriodicDisputeAnalysisFiled(
                teller.One<string>(["2023Q1", "2023Q2"]), teller.Rarely(2) ? [] : [new(teller.One<LossCause>(), "程序问题")], Sha(teller), teller.Day(new DateOnly(2023, 6, 1)))),
            1 => (new Subject(StreamKind.Training, "t" + teller.Next(3)), new TrainingHeld(
                teller.One<TrainingAudience>(), "行政处罚程序", 1 + teller.Next(16), teller.Day(within: 300), "县司法局", teller.Rarely(2) ? [] : [unit])),
            2 => (new Subject(StreamKind.Staffing, unit), Figure(unit, teller)),
            3 => (new Subject(StreamKind.Staffing, unit), Consulted(unit, teller)),
            4 or 5 => (new Subject(StreamKind.Supervisor, "e" + teller.Next(2)), new ExternalSupervisorEnlisted(
                "李某", teller.One<ExternalBackground>(), teller.Day(within: 30), new DateOnly(2025, 12, 31), teller.Rarely(2) ? [] : ["l" + teller.Next(2)])),
            6 => (new Subject(StreamKind.Policy, "m" + teller.Next(30)), new MechanismDocumentIssued(
                teller.One<Mechanism>(), $"{teller.Next(30)}号", [teller.One<MechanismIssuer>()], teller.Day(within: 300), Sha(teller))),
            7 => (Subject.Unit(unit), new ResponsibilityAssigned(teller.One<ResponsibilityField>(), "分管负责人", teller.Day(within: 300))),
            _ => (Subject.Unit(unit), new JointSupervisionHeld(
                "拆除程序", [unit == "wuquan" ? "gongan" : "wuquan"], teller.Day(within: 300), 2 + teller.Next(6), teller.Next(5))),
        };
    }

    public override IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => fact switch
    {
        TrainingHeld => new Dictionary<string, JsonElement> { ["hours"] = Value(1 + teller.Next(20)) },
        TrainingCompleted f => new Dictionary<string, JsonElement> { ["passed"] = Value(teller.Next(f.Attended + 1)) },
        StaffingFigureReported => new Dictionary<string, JsonElement> { ["cases"] = Value(teller.Next(500)) },
        ExternalSupervisorEnlisted => new Dictionary<string, JsonElement> { ["background"] = Value(teller.One<ExternalBackground>()) },
        ResponsibilityAssigned => new Dictionary<string, JsonElement> { ["post"] = Value("主要负责人") },
        JointSupervisionHeld => new Dictionary<string, JsonElement> { ["findings"] = Value(teller.Next(9)) },
        _ => base.Set(fact, teller),
    };

    // Long after its docketing and with more to it than that, so that an amendment of the lawsuit leaves the assignment possible.
    private static (Subject Subject, IFact Fact)? NextOfExternal(Subject external, List<Subject> log, IRandomTeller teller)
    {
        var lawsuits = log.Where(s => s.Kind == StreamKind.Lawsuit && teller.Ledger.Of(s) is { Count: > 2 } facts && facts[0].Fact is LawsuitDocketed).ToList();
        if (lawsuits.Count == 0 || teller.Rarely(3)) return (external, new ExternalConflictDeclared("l" + teller.Next(4), teller.Day(new DateOnly(2023, 3, 1))));
        return (external, new ExternalSupervisorAssigned(teller.One(lawsuits).Key, teller.Day(new DateOnly(2024, 2, 1), 60)));
    }

    private static TrainingCompleted Completed(Subject training, IRandomTeller teller)
    {
        var held = teller.Ledger.Of(training).Select(v => v.Fact).OfType<TrainingHeld>().First();
        var attended = 1 + teller.Next(30);
        return new TrainingCompleted(teller.Unit(), attended, teller.Next(attended + 1), teller.Day(held.HeldOn, 10));
    }

    private static StaffingFigureReported Figure(string unit, IRandomTeller teller)
    {
        var officers = teller.Next(60);
        return new StaffingFigureReported(unit, 2022 + teller.Next(2), officers, teller.Next(400), teller.Next(officers + 1), teller.Day(new DateOnly(2023, 6, 1)));
    }

    private static EstablishmentConsulted Consulted(string unit, IRandomTeller teller)
    {
        var result = teller.One<ConsultResult>();
        return new EstablishmentConsulted(
            unit, $"函{teller.Next(30)}号", teller.Day(within: 300), result, result is ConsultResult.Agreed or ConsultResult.PartlyAgreed ? 1 + teller.Next(2) : null);
    }

    private static string Sha(IRandomTeller teller) => new((char)('a' + teller.Next(6)), 64);
}
