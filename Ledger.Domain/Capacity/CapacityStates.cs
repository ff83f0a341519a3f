using System.Globalization;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.OutsideVoices;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Capacity;

/// <summary>What the rules of capacity have in common.</summary>
internal static class CapacityRules
{
    public static Refusal? NotBefore(DateOnly date, DateOnly earliest, string of) => date >= earliest ? null
        : Refusal.Of(Codes.DateOutOfOrder, date.ToString("O", CultureInfo.InvariantCulture), earliest.ToString("O", CultureInfo.InvariantCulture), of);

    public static Refusal? NotNegative(params (string Member, int Value)[] values) =>
        values.FirstOrDefault(v => v.Value < 0) is { Member: { } member, Value: var value } ? Refusal.Of(Codes.InvalidValue, member, value) : null;
}

/// <summary>The rules of analyses, responsibilities and joint supervision in <c>unit/{unit}</c>.</summary>
public sealed class CapacityUnitState(string unit) : IStreamState
{
    private readonly HashSet<string> _analysed = new(StringComparer.Ordinal);
    private readonly HashSet<(ResponsibilityField Field, DateOnly From)> _assigned = [];

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        PeriodicDisputeAnalysisFiled f when _analysed.Contains(f.Period) => Refusal.Of(Codes.AnalysisAlreadyFiled, f.Period),
        PeriodicDisputeAnalysisFiled f => CapacityRules.NotBefore(f.FiledOn, Period.Parse(f.Period).First, "period"),
        ResponsibilityAssigned f when _assigned.Contains((f.Field, f.From)) => Refusal.Of(Codes.ResponsibilityAlreadyAssigned, f.Field, f.From.ToString("O", CultureInfo.InvariantCulture)),
        ResponsibilityAssigned { To: { } to } f => CapacityRules.NotBefore(to, f.From, nameof(ResponsibilityAssigned)),
        JointSupervisionHeld f when f.With.Count == 0 || f.With.Contains(unit, StringComparer.Ordinal) => Refusal.Of(Codes.JointSupervisionAlone, unit),
        JointSupervisionHeld f when f.With.FirstOrDefault(other => !context.IsRegistered(other)) is { } unknown => Refusal.Of(Codes.UnknownUnit, unknown),
        JointSupervisionHeld { Supervisors: < 2 } f => Refusal.Of(Codes.InvalidValue, "supervisors", f.Supervisors),
        JointSupervisionHeld f => CapacityRules.NotNegative(("findings", f.Findings)),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case PeriodicDisputeAnalysisFiled f: _analysed.Add(f.Period); break;
            case ResponsibilityAssigned f: _assigned.Add((f.Field, f.From)); break;
            default: break;
        }
    }
}

/// <summary>The rules of <c>training/{key}</c>.</summary>
public sealed class TrainingState(string key) : SubjectState(new Subject(StreamKind.Training, key))
{
    private readonly HashSet<string> _completed = new(StringComparer.Ordinal);
    private DateOnly _heldOn;

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        TrainingHeld { Hours: < 1 } f => Refusal.Of(Codes.InvalidValue, "hours", f.Hours),
        TrainingCompleted { Attended: < 1 } f => Refusal.Of(Codes.InvalidValue, "attended", f.Attended),
        TrainingCompleted f when f.Passed < 0 || f.Passed > f.Attended => Refusal.Of(Codes.TrainingPassedExceedAttended, f.Passed, f.Attended),
        TrainingCompleted f when _completed.Contains(f.Unit) => Refusal.Of(Codes.TrainingAlreadyCompleted, f.Unit, key),
        TrainingCompleted f => CapacityRules.NotBefore(f.CompletedOn, _heldOn, nameof(TrainingHeld)),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        if (fact.Fact is TrainingHeld held) _heldOn = held.HeldOn;
        if (fact.Fact is TrainingCompleted completed) _completed.Add(completed.Unit);
    }
}

/// <summary>The rules of <c>staffing/{unit}</c>.</summary>
public sealed class StaffingState(string unit) : SubjectState(new Subject(StreamKind.Staffing, unit))
{
    private readonly HashSet<int> _reported = [];
    private readonly HashSet<string> _consulted = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override bool MustBeOpened => false;

    /// <inheritdoc/>
    protected override Refusal? Decide(IFact fact, AdmissionContext context) => fact switch
    {
        StaffingFigureReported f => f.Unit != unit ? Refusal.Of(Codes.InvalidValue, "unit", f.Unit)
            : CapacityRules.NotNegative(("officers", f.Officers), ("cases", f.Cases), ("fullTimeSupervisors", f.FullTimeSupervisors))
            ?? (f.FullTimeSupervisors > f.Officers ? Refusal.Of(Codes.StaffingSupervisorsExceedOfficers, f.FullTimeSupervisors, f.Officers)
                : _reported.Contains(f.Year) ? Refusal.Of(Codes.StaffingAlreadyReported, unit, f.Year)
                : CapacityRules.NotBefore(f.ReportedOn, new DateOnly(Math.Clamp(f.Year, 1, 9999), 1, 1), "year")),
        EstablishmentConsulted f => f.Unit != unit ? Refusal.Of(Codes.InvalidValue, "unit", f.Unit)
            : _consulted.Contains(f.DocumentNo) ? Refusal.Of(Codes.EstablishmentAlreadyConsulted, f.DocumentNo)
            : f.PostsGranted < 0 ? Refusal.Of(Codes.InvalidValue, "postsGranted", f.PostsGranted)
            : f is { PostsGranted: > 0, Result: ConsultResult.Deferred or ConsultResult.Declined } ? Refusal.Of(Codes.EstablishmentPostsWithoutConsent, f.PostsGranted)
            : null,
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Fold(VisibleFact fact)
    {
        if (fact.Fact is StaffingFigureReported f) _reported.Add(f.Year);
        if (fact.Fact is EstablishmentConsulted c) _consulted.Add(c.DocumentNo);
    }
}

/// <summary>
/// What only external supervisors do in <c>supervisor/{key}</c>; terms, their end and the opening are decided by
/// <see cref="SupervisorState"/>.
/// </summary>
public sealed class ExternalSupervisorState(string key) : IStreamState
{
    private readonly List<ExternalConflictDeclared> _declared = [];
    private ExternalSupervisorEnlisted? _enlisted;
    private DateOnly? _endedOn;

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        ExternalConflictDeclared or ExternalSupervisorAssigned when _enlisted is null => Refusal.Of(Codes.SubjectNotFound, new Subject(StreamKind.Supervisor, key)),
        ExternalConflictDeclared f => CapacityRules.NotBefore(f.DeclaredOn, _enlisted!.From, nameof(ExternalSupervisorEnlisted)),
        ExternalSupervisorAssigned f => CheckAssigned(f, context),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        switch (fact.Fact)
        {
            case ExternalSupervisorEnlisted f: _enlisted ??= f; break;
            case ExternalConflictDeclared f: _declared.Add(f); break;
            case SupervisorRemoved f: _endedOn ??= f.RemovedOn; break;
            default: break;
        }
    }

    // A conflict that is declared later does not undo an assignment; the roster shows it.
    private Refusal? CheckAssigned(ExternalSupervisorAssigned assigned, AdmissionContext context)
    {
        if (_enlisted!.Conflicts.Contains(assigned.Lawsuit, StringComparer.Ordinal)
            || _declared.Exists(d => d.Lawsuit == assigned.Lawsuit && d.DeclaredOn <= assigned.AssignedOn))
            return Refusal.Of(Codes.ExternalConflict, key, assigned.Lawsuit);
        if (assigned.AssignedOn < _enlisted.From || assigned.AssignedOn > _enlisted.To || assigned.AssignedOn > _endedOn)
            return Refusal.Of(Codes.ExternalOutsideTerm, assigned.AssignedOn.ToString("O", CultureInfo.InvariantCulture), key);
        return context.FactsOf(Subject.Lawsuit(assigned.Lawsuit)).Select(v => v.Fact).OfType<LawsuitDocketed>().FirstOrDefault() is { } docketed
            ? CapacityRules.NotBefore(assigned.AssignedOn, docketed.DocketedOn, nameof(LawsuitDocketed))
            : Refusal.Of(Codes.LawsuitNotFound, assigned.Lawsuit);
    }
}

/// <summary>The rules of mechanism documents in <c>policy/{id}</c>.</summary>
public sealed class MechanismState(string id) : IStreamState
{
    private bool _adopted;

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        MechanismDocumentIssued when _adopted => Refusal.Of(Codes.MechanismAlreadyIssued, id),
        MechanismDocumentIssued { Issuers: [] } => Refusal.Of(Codes.MechanismWithoutIssuer),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact) =>
        _adopted |= fact.Fact is MechanismDocumentIssued or HotspotRuleAdopted or CountingPolicyAdopted or ActionPlanIssued or DutyScheduleAdopted;
}
