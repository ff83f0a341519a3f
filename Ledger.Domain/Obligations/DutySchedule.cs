using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Domain.Policies;

namespace Ledger.Domain.Obligations;

/// <summary>方案印发: from when the plan is in force. Before it nothing returns every quarter or year.</summary>
/// <param name="DocumentNo">Its number, such as 舞法办〔2023〕3号.</param>
/// <param name="Title">Its title.</param>
/// <param name="IssuedOn">The day of issue; periodic duties begin with the first whole period after it.</param>
public sealed record ActionPlanIssued(string DocumentNo, string Title, DateOnly IssuedOn) : IFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => IssuedOn;
}

/// <summary>A line of a schedule.</summary>
/// <param name="Kind">The duty.</param>
/// <param name="Frequency">How often it returns.</param>
/// <param name="DaysAfter">Natural days from the period's last day to the due day, rolled forward to a working day; 0 is the last day itself.</param>
public sealed record ScheduledDuty(DutyKind Kind, Frequency Frequency, int DaysAfter);

/// <summary>
/// 定期事项安排: which duties return how often and by when, where the plan says only "every quarter" or "periodically". What it
/// does not list keeps the built-in line.
/// </summary>
/// <param name="EffectiveFrom">It governs the periods that begin on or after this day.</param>
/// <param name="Duties">The lines.</param>
public sealed record DutyScheduleAdopted(DateOnly EffectiveFrom, IReadOnlyList<ScheduledDuty> Duties) : IFact
{
    /// <summary>None: it selects by period, as a counting policy does.</summary>
    public DateOnly? LegalDate => null;
}

/// <summary>Which duties return when.</summary>
public static class DutySchedule
{
    /// <summary>The lines before any schedule is adopted: the shortest reading of the plan's words.</summary>
    public static IReadOnlyList<ScheduledDuty> BuiltIn { get; } =
    [
        new(DutyKind.CourtListShared, Frequency.Quarterly, 15),
        new(DutyKind.InformationExchange, Frequency.Quarterly, 15),
        new(DutyKind.QuarterlySupervision, Frequency.Quarterly, 0),
        new(DutyKind.RankingBulletin, Frequency.Quarterly, 30),
        new(DutyKind.AccountabilityBulletin, Frequency.Quarterly, 30),
        new(DutyKind.HotspotReview, Frequency.Quarterly, 30),
        new(DutyKind.DisputeAnalysis, Frequency.Quarterly, 30),
        new(DutyKind.AnnualSpecialSupervision, Frequency.Yearly, 0),
        new(DutyKind.AnnualRanking, Frequency.Yearly, 60),
        new(DutyKind.Assessment, Frequency.Yearly, 90),
        new(DutyKind.SatisfactionFigure, Frequency.Yearly, 60),
        new(DutyKind.InternalSystem, Frequency.Yearly, 0),
        new(DutyKind.DutyList, Frequency.Yearly, 0),
        new(DutyKind.RiskPoints, Frequency.Yearly, 0),
        new(DutyKind.DiscretionBenchmark, Frequency.Yearly, 0),
        new(DutyKind.StaffTraining, Frequency.Yearly, 0),
        new(DutyKind.SupervisorTraining, Frequency.Yearly, 0),
        new(DutyKind.StaffingReport, Frequency.Yearly, 0),
    ];

    /// <summary>
    /// The periods of a returning duty that have begun by the day, each as a duty of nobody yet. None while no plan is in force.
    /// </summary>
    public static IEnumerable<Duty> Returning(Situation situation, DutyKind kind)
    {
        if (situation.Told<ActionPlanIssued>(StreamKind.Policy).Select(p => (DateOnly?)p.Fact.IssuedOn).Min() is not { } issued) yield break;
        for (var year = issued.Year; year <= situation.AsOf.Year; year++)
            foreach (var period in LineOf(situation, kind, new DateOnly(year, 1, 1)).Frequency == Frequency.Yearly
                ? (string[])[$"{year:D4}"]
                : [$"{year:D4}Q1", $"{year:D4}Q2", $"{year:D4}Q3", $"{year:D4}Q4"])
            {
                var of = Period.Parse(period);
                if (of.First < issued || of.First > situation.AsOf) continue;
                var line = LineOf(situation, kind, of.First);
                var due = line.DaysAfter == 0 ? new Calendar.ComputedDay(of.Last, false) : situation.Calendar.AddNaturalDays(of.Last, line.DaysAfter);
                yield return (new Duty(kind, of.First) { Period = period }).Due(due);
            }
    }

    /// <summary>A returning duty of every counted unit that exists for the whole period.</summary>
    public static IEnumerable<Duty> ReturningForUnits(Situation situation, DutyKind kind) =>
        from duty in Returning(situation, kind)
        let period = Period.Parse(duty.Period!)
        from unit in situation.County.CountedUnits
        where unit.Registered!.RegisteredOn <= period.First && !(unit.Merged?.MergedOn <= period.Last)
        select duty with { Unit = unit.Key };

    private static ScheduledDuty LineOf(Situation situation, DutyKind kind, DateOnly firstDay) =>
        situation.Told<DutyScheduleAdopted>(StreamKind.Policy)
            .Where(s => s.Fact.EffectiveFrom <= firstDay)
            .OrderBy(s => s.Fact.EffectiveFrom).ThenBy(s => s.Visible.Sequence)
            .SelectMany(s => s.Fact.Duties).LastOrDefault(d => d.Kind == kind)
        ?? BuiltIn.First(d => d.Kind == kind);
}

/// <summary>The rules of the plan's own reference data in <c>policy/{id}</c>: each id is adopted once.</summary>
public sealed class DutyPolicyState(string id) : IStreamState
{
    private bool _adopted;

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        ActionPlanIssued or DutyScheduleAdopted or ScoringPolicyAdopted or CountingPolicyAdopted when _adopted => Refusal.Of(Codes.PolicyAlreadyAdopted, id),
        ActionPlanIssued { IssuedOn.Year: < 2000 } f => Refusal.Of(Codes.InvalidValue, "issuedOn", f.IssuedOn.ToString("O")),
        DutyScheduleAdopted { Duties: var lines } when lines.Any(l => !DutySchedule.BuiltIn.Any(b => b.Kind == l.Kind)) =>
            Refusal.Of(Codes.DutyNotPeriodic, lines.First(l => !DutySchedule.BuiltIn.Any(b => b.Kind == l.Kind)).Kind),
        DutyScheduleAdopted { Duties: var lines } when lines.Any(l => l.DaysAfter is < 0 or > 366) => Refusal.Of(Codes.InvalidValue, "daysAfter", 0),
        ScoringPolicyAdopted scoring => scoring.Check(),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact) => _adopted |= fact.Fact is ActionPlanIssued or DutyScheduleAdopted or ScoringPolicyAdopted or CountingPolicyAdopted;
}
