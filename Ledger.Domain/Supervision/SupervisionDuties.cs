using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.Supervision;

/// <summary>The duties that follow from supervision, of the units and of the office.</summary>
internal static class SupervisionDuties
{
    public static IEnumerable<Duty> Of(Situation situation) =>
        OpenedFile.Of(situation).SelectMany(file => Corrections(situation, file).Concat(Matters(file)))
            .Concat(Annual(situation)).Concat(Quarterly(situation)).Concat(Nodes(situation));

    private static IEnumerable<Duty> Corrections(Situation situation, OpenedFile file)
    {
        foreach (var instrument in Findings.Fold(file.Facts).Instruments.Values)
        {
            if (instrument.Document.TermEndsOn is not { } due) continue;
            var duty = new Duty(DutyKind.SupervisionCorrection, instrument.Document.LegalDate!.Value)
            {
                Unit = instrument.Document.Unit, Subject = file.Subject.ToString(), Item = instrument.Document.DocumentNo, DueOn = due,
                Evidence = file.EvidenceOf(instrument.Issued),
            };
            // Once it is decided over the unit's head, there is nothing left for the unit to report.
            yield return instrument.Standing(situation.AsOf) is { } report ? duty.MetBy(file.Subject, report)
                : instrument.Decision is { } decision ? duty with { Status = DutyStatus.Missed, Evidence = file.EvidenceOf(instrument.Issued, decision) }
                : duty;
        }
    }

    private static IEnumerable<Duty> Matters(OpenedFile file)
    {
        var (kind, unit, due, done) = file.File.Opening switch
        {
            IndividualCaseSupervisionOpened f => (DutyKind.IndividualCaseConclusion, f.Unit, f.DueOn, CaseFiles.Fold(file.Facts).Closed),
            MajorPenaltyFiled f => (DutyKind.MajorPenaltyReview, f.Unit, null, CaseFiles.Fold(file.Facts).Reviewed),
            KeyTrackingOrdered f => (DutyKind.KeyTracking, f.Unit, null, Trackings.Fold(file.Facts).Ended),
            SpecialSupervisionOrdered f => (DutyKind.SpecialSupervision, f.Unit, f.DueOn, Trackings.Fold(file.Facts).Ended),
            _ => ((DutyKind?)null, "", (DateOnly?)null, (VisibleFact?)null),
        };
        if (kind is not { } of) yield break;
        var duty = new Duty(of, file.Opening.Fact.LegalDate!.Value) { Unit = unit, Subject = file.Subject.ToString(), DueOn = due };
        yield return done is null ? duty : duty.MetBy(file.Subject, done);
    }

    private static IEnumerable<Duty> Annual(Situation situation)
    {
        var concluded = (from f in OpenedFile.Of<AnnualSpecialSupervisionPlanned>(situation)
                         let end = Programmes.Fold(f.File.Facts).Concluded
                         where end is not null
                         orderby end.Fact.LegalDate, end.Sequence
                         select (f.File, f.Opening.Year, End: end)).ToList();
        return from duty in DutySchedule.Returning(situation, DutyKind.AnnualSpecialSupervision)
               let first = concluded.FirstOrDefault(c => c.Year == Period.Parse(duty.Period!).First.Year)
               select first.End is null ? duty : duty.MetBy(first.File.Subject, first.End);
    }

    private static IEnumerable<Duty> Quarterly(Situation situation)
    {
        var visits = OpenedFile.Of<IQuarterlySupervision>(situation).Select(f => (f.File.Subject, Visit: f.File.Opening)).OrderBy(v => v.Visit.Fact.LegalDate).ToList();
        return from duty in DutySchedule.Returning(situation, DutyKind.QuarterlySupervision)
               let period = Period.Parse(duty.Period!)
               let first = visits.FirstOrDefault(v => period.Contains(v.Visit.Fact.LegalDate!.Value))
               select first.Visit is null ? duty : duty.MetBy(first.Subject, first.Visit);
    }

    // From the day on which the plan asks for full coverage, or the township exists.
    private static IEnumerable<Duty> Nodes(Situation situation)
    {
        if (situation.Told<ActionPlanIssued>(StreamKind.Policy).Select(p => (DateOnly?)p.Fact.IssuedOn).Min() is not { } issued) yield break;
        foreach (var (township, node) in OnSiteQuestions.Townships(situation))
        {
            var registered = township.Registered!.RegisteredOn;
            var duty = new Duty(DutyKind.SupervisionNode, registered > issued ? registered : issued) { Unit = township.Key, Subject = Subject.Unit(township.Key).ToString() };
            yield return node is null ? duty : duty.MetBy(Subject.Unit(township.Key), node);
        }
    }
}
