using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Capacity;

/// <summary>Analyses, trainings and staffing of the units: duties and answers.</summary>
internal static class UnitCapacityAnswers
{
    public static IEnumerable<Duty> Duties(Situation situation) =>
    [
        .. AnalysisDuties(situation), .. TrainingDuties(situation), .. SupervisorTrainingDuties(situation), .. StaffingDuties(situation),
    ];

    public static IEnumerable<DisputeAnalysisRow> Analyses(Situation situation, Asked asked)
    {
        var duties = AnalysisDuties(situation).ToDictionary(d => (d.Unit!, d.Period!), d => d.On(situation.Calendar, situation.AsOf));
        var filed = situation.Told<PeriodicDisputeAnalysisFiled>(StreamKind.Unit).ToDictionary(f => (f.Subject.Key, f.Fact.Period));
        var docketed = situation.Lawsuits.Values.SelectMany(l => l.EverDefendants.Select(u => (Unit: u, l.Docketed!.DocketedOn))).ToLookup(l => l.Unit, l => l.DocketedOn, StringComparer.Ordinal);
        return
            from key in duties.Keys.Union(filed.Keys).OrderBy(k => k.Item1, StringComparer.Ordinal).ThenBy(k => k.Item2, StringComparer.Ordinal)
            let period = Period.Parse(key.Item2)
            where (asked.Unit is null || asked.Unit == key.Item1) && (asked.Period is null || asked.Period.Contains(period.First))
            let duty = duties.GetValueOrDefault(key)
            let fact = filed.GetValueOrDefault(key)
            select new DisputeAnalysisRow(
                key.Item1, situation.NameOf(key.Item1), key.Item2, duty?.Status ?? DutyStatus.Met, duty?.DueOn, fact.Fact?.FiledOn, duty?.DaysLate ?? 0,
                docketed[key.Item1].Count(period.Contains), fact.Fact is null ? [] : [.. fact.Fact.Findings.Select(f => f.Cause).Distinct()],
                fact.Fact is null ? [] : [Evidence.Of(fact.Subject, fact.Visible)]);
    }

    public static IEnumerable<AnalysisCoverageRow> Coverage(Situation situation, Asked asked) =>
        from period in AnalysisDuties(situation).Select(d => d.On(situation.Calendar, situation.AsOf)).GroupBy(d => d.Period!, StringComparer.Ordinal)
        where asked.Period is null || asked.Period.Contains(Period.Parse(period.Key).First)
        select new AnalysisCoverageRow(
            period.Key, new Ratio(period.Count(d => d.MetOn is not null), period.Count()), new Ratio(period.Count(d => d.Status == DutyStatus.Met), period.Count()));

    public static IEnumerable<TrainingRow> Trainings(Situation situation, Asked asked) =>
        from stream in situation.Streams(StreamKind.Training)
        let held = stream.Facts.Select(f => f.Fact).OfType<TrainingHeld>().FirstOrDefault()
        where held is not null && (asked.Key is null || asked.Key == stream.Subject.Key) && asked.Period?.Contains(held.HeldOn) != false
        let completed = stream.Facts.Select(f => f.Fact).OfType<TrainingCompleted>().Where(c => asked.Unit is null || c.Unit == asked.Unit).ToList()
        where asked.Unit is null || completed.Count > 0 || held.Units.Contains(asked.Unit, StringComparer.Ordinal)
        orderby held.HeldOn
        select new TrainingRow(
            stream.Subject.Key, held.Audience, held.Topic, held.Hours, held.HeldOn, held.Organiser, held.Units.Count, completed.Count,
            new Ratio(completed.Sum(c => c.Passed), completed.Sum(c => c.Attended)),
            [.. stream.Facts.Where(f => f.Fact is TrainingHeld || completed.Contains(f.Fact)).Select(f => Evidence.Of(stream.Subject, f))]);

    public static IEnumerable<TrainingHoursRow> Hours(Situation situation, Asked asked)
    {
        var year = asked.Period?.First.Year ?? situation.AsOf.Year;
        var duties = TrainingDuties(situation).Where(d => Period.Parse(d.Period!).First.Year == year)
            .ToLookup(d => d.Unit!, d => d.On(situation.Calendar, situation.AsOf).Status, StringComparer.Ordinal);
        var officers = situation.Told<StaffingFigureReported>(StreamKind.Staffing).Where(s => s.Fact.Year == year).ToLookup(s => s.Subject.Key, s => s.Fact.Officers, StringComparer.Ordinal);
        var completed = Completions(situation).Where(c => c.Fact.CompletedOn.Year == year).ToLookup(c => c.Fact.Unit, StringComparer.Ordinal);
        return
            from unit in situation.County.CountedUnits
            where asked.Unit is null || asked.Unit == unit.Key
            let own = completed[unit.Key].ToList()
            select new TrainingHoursRow(
                unit.Key, situation.NameOf(unit.Key), year, duties[unit.Key].Select(s => (DutyStatus?)s).FirstOrDefault(), own.Count,
                new Ratio(own.Sum(c => c.Fact.Passed), own.Sum(c => c.Fact.Attended)),
                new Ratio(own.Sum(c => (long)c.Held.Hours * c.Fact.Attended), officers[unit.Key].FirstOrDefault()),
                [.. own.Select(c => Evidence.Of(c.Subject, c.Visible))]);
    }

    public static IEnumerable<StaffingRow> Staffing(Situation situation, Asked asked)
    {
        var duties = StaffingDuties(situation).ToLookup(d => (Unit: d.Unit!, Period.Parse(d.Period!).First.Year), d => d.On(situation.Calendar, situation.AsOf));
        var figures = situation.Told<StaffingFigureReported>(StreamKind.Staffing).ToLookup(f => (f.Fact.Unit, f.Fact.Year));
        var consulted = situation.Told<EstablishmentConsulted>(StreamKind.Staffing).ToLookup(c => (c.Fact.Unit, c.Fact.ConsultedOn.Year));
        return
            from key in duties.Select(d => d.Key).Union(figures.Select(f => f.Key)).Union(consulted.Select(c => c.Key))
                .OrderBy(k => k.Item1, StringComparer.Ordinal).ThenBy(k => k.Year)
            where (asked.Unit is null || asked.Unit == key.Item1) && (asked.Period is null || asked.Period.First.Year == key.Year)
            let duty = duties[key].FirstOrDefault()
            let figure = figures[key].FirstOrDefault()
            let consults = consulted[key].OrderBy(c => c.Fact.ConsultedOn).ThenBy(c => c.Visible.Sequence).ToList()
            let last = consults.LastOrDefault().Fact
            select new StaffingRow(
                key.Item1, situation.NameOf(key.Item1), key.Year, duty?.Status ?? (figure.Fact is null ? DutyStatus.Pending : DutyStatus.Met), duty?.DueOn,
                figure.Fact?.ReportedOn, duty?.DaysLate ?? 0, figure.Fact?.Officers, figure.Fact?.Cases,
                new Ratio(figure.Fact?.FullTimeSupervisors ?? 0, figure.Fact?.Officers ?? 0), new Ratio(figure.Fact?.Cases ?? 0, figure.Fact?.FullTimeSupervisors ?? 0),
                last?.ConsultedOn, last?.Result, consults.Sum(c => c.Fact.PostsGranted ?? 0),
                [.. figures[key].Select(f => Evidence.Of(f.Subject, f.Visible)), .. consults.Select(c => Evidence.Of(c.Subject, c.Visible))]);
    }

    private static IEnumerable<Duty> AnalysisDuties(Situation situation)
    {
        var filed = situation.Told<PeriodicDisputeAnalysisFiled>(StreamKind.Unit).ToDictionary(f => (f.Subject.Key, f.Fact.Period));
        return
            from duty in DutySchedule.ReturningForUnits(situation, DutyKind.DisputeAnalysis)
            let own = duty with { Subject = Subject.Unit(duty.Unit!).ToString() }
            select filed.TryGetValue((duty.Unit!, duty.Period!), out var fact) ? own.MetBy(fact.Subject, fact.Visible) : own;
    }

    private static IEnumerable<Duty> TrainingDuties(Situation situation)
    {
        var completed = Completions(situation).ToLookup(c => c.Fact.Unit, StringComparer.Ordinal);
        return
            from duty in DutySchedule.ReturningForUnits(situation, DutyKind.StaffTraining)
            let first = FirstIn(duty, completed[duty.Unit!].Select(c => (c.Subject, c.Visible)))
            let own = duty with { Subject = (first?.Subject ?? Subject.Unit(duty.Unit!)).ToString() }
            select first is { } met ? own.MetInPeriod(met.Subject, [met.Visible]) : own;
    }

    private static IEnumerable<Duty> SupervisorTrainingDuties(Situation situation)
    {
        var held = situation.Told<TrainingHeld>(StreamKind.Training).Where(t => t.Fact.Audience == TrainingAudience.Supervisors).ToList();
        return
            from duty in DutySchedule.Returning(situation, DutyKind.SupervisorTraining)
            let first = FirstIn(duty, held.Select(h => (h.Subject, h.Visible)))
            select first is { } met ? (duty with { Subject = met.Subject.ToString() }).MetInPeriod(met.Subject, [met.Visible]) : duty;
    }

    private static IEnumerable<Duty> StaffingDuties(Situation situation)
    {
        var figures = situation.Told<StaffingFigureReported>(StreamKind.Staffing).ToLookup(f => (f.Fact.Unit, f.Fact.Year));
        return
            from duty in DutySchedule.ReturningForUnits(situation, DutyKind.StaffingReport)
            let subject = new Subject(StreamKind.Staffing, duty.Unit!)
            let own = duty with { Subject = subject.ToString() }
            let figure = figures[(duty.Unit!, Period.Parse(duty.Period!).First.Year)].FirstOrDefault()
            select figure.Fact is null ? own : own.MetBy(subject, figure.Visible);
    }

    // Trainings lie in streams of their own: the first one in the period or after it is looked for over all of them.
    private static (Subject Subject, VisibleFact Visible)? FirstIn(Duty duty, IEnumerable<(Subject Subject, VisibleFact Visible)> facts) =>
        facts.Where(f => f.Visible.Fact.LegalDate >= Period.Parse(duty.Period!).First)
            .OrderBy(f => f.Visible.Fact.LegalDate).ThenBy(f => f.Visible.Sequence).Select(f => ((Subject, VisibleFact)?)f).FirstOrDefault();

    private static IEnumerable<(Subject Subject, TrainingHeld Held, TrainingCompleted Fact, VisibleFact Visible)> Completions(Situation situation) =>
        from stream in situation.Streams(StreamKind.Training)
        let held = stream.Facts.Select(f => f.Fact).OfType<TrainingHeld>().FirstOrDefault()
        where held is { Audience: TrainingAudience.Officers }
        from visible in stream.Facts
        where visible.Fact is TrainingCompleted
        select (stream.Subject, held, (TrainingCompleted)visible.Fact, visible);
}
