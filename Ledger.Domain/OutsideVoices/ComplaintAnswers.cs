using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.OutsideVoices;

/// <summary>Duties and answers about complaints and publications.</summary>
internal static class ComplaintAnswers
{
    public static IEnumerable<Duty> Duties(Situation situation)
    {
        foreach (var complaint in ComplaintFile.All(situation))
        {
            if (complaint.Unit is not { } unit) continue;
            var subject = new Subject(StreamKind.Complaint, complaint.Key);
            var handling = new Duty(DutyKind.ComplaintHandling, complaint.WithUnitSince!.Value) { Unit = unit, Subject = subject.ToString(), DueOn = complaint.DueOn };
            yield return FactOf<ComplaintReplied>(complaint) is { } reply ? handling.MetBy(subject, reply) : handling;
            if (complaint.Verified is not { Upheld: true } verified) continue;
            // The plan says only “timely”: there is no date that could be missed.
            var correction = new Duty(DutyKind.ComplaintCorrection, verified.VerifiedOn) { Unit = unit, Subject = subject.ToString() };
            yield return (FactOf<ComplaintCorrected>(complaint) ?? FactOf<ComplaintClosedWithReason>(complaint)) is { } end ? correction.MetBy(subject, end) : correction;
        }
    }

    public static IEnumerable<ComplaintFiguresRow> Figures(Situation situation, Asked asked)
    {
        var complaints = Asked(situation, asked).ToList();
        return complaints.GroupBy(c => (c.Received!.Field, c.Received.Channel))
            .OrderBy(g => g.Key.Field, StringComparer.Ordinal).ThenBy(g => g.Key.Channel)
            .Select(g => FiguresOf(situation, g.Key.Field, g.Key.Channel, [.. g]))
            .Prepend(FiguresOf(situation, null, null, complaints));
    }

    public static IEnumerable<ComplaintRow> Cases(Situation situation, Asked asked) =>
        from complaint in Asked(situation, asked)
        where (asked.Key is null || complaint.Key == asked.Key) && (asked.Status is null || complaint.Status.ToString() == asked.Status)
        let until = complaint.Replied?.RepliedOn ?? situation.AsOf
        select new ComplaintRow(
            complaint.Key, complaint.Received!.Channel, complaint.Received.Field, complaint.Unit, complaint.Unit is { } unit ? situation.NameOf(unit) : null,
            complaint.Received.ReceivedOn, complaint.Assigned?.AssignedOn, complaint.DueOn, complaint.Status, complaint.Verified?.VerifiedOn,
            complaint.Corrected?.CorrectedOn ?? complaint.Closed?.ClosedOn, complaint.Closed?.Closure, complaint.Replied?.RepliedOn,
            complaint.DueOn is { } due ? situation.Calendar.WorkingDaysBetween(due, until) : 0,
            [.. complaint.Facts.Select(f => Evidence.Of(new Subject(StreamKind.Complaint, complaint.Key), f))]);

    public static IEnumerable<PublicationRow> Publications(Situation situation, Asked asked) =>
        from told in situation.Told<EnforcementResultPublished>(StreamKind.Unit)
            .OrderBy(t => t.Subject.Key, StringComparer.Ordinal).ThenBy(t => t.Fact.PublishedOn).ThenBy(t => t.Fact.DecisionNo, StringComparer.Ordinal)
        where (asked.Unit is null || asked.Unit == told.Subject.Key) && asked.Period?.Contains(told.Fact.PublishedOn) != false
        let term = TermOf(told.Fact.Kind)
        let due = situation.Calendar.AddWorkingDays(told.Fact.DecidedOn, term).Day
        select new PublicationRow(
            told.Subject.Key, situation.NameOf(told.Subject.Key), told.Fact.DecisionNo, told.Fact.Kind, told.Fact.Url, told.Fact.DecidedOn, told.Fact.PublishedOn,
            due, term, told.Fact.PublishedOn <= due ? DutyStatus.Met : DutyStatus.MetLate, situation.Calendar.WorkingDaysBetween(due, told.Fact.PublishedOn),
            [Evidence.Of(told.Subject, told.Visible)]);

    /// <summary>The term of publication in working days (国办发〔2018〕118号): 7 for penalties and licences, 20 for the rest.</summary>
    public static int TermOf(PublishedDecision kind) => kind is PublishedDecision.Penalty or PublishedDecision.Licence ? 7 : 20;

    private static IEnumerable<ComplaintFile> Asked(Situation situation, Asked asked) => ComplaintFile.All(situation)
        .Where(c => (asked.Unit is null || c.Unit == asked.Unit) && asked.Period?.Contains(c.Received!.ReceivedOn) != false);

    private static ComplaintFiguresRow FiguresOf(Situation situation, string? field, ComplaintChannel? channel, List<ComplaintFile> complaints)
    {
        var upheld = complaints.Where(c => c.Verified is { Upheld: true }).ToList();
        var dated = complaints.Where(c => c.DueOn is { } due && (due < situation.AsOf || c.Replied?.RepliedOn <= due)).ToList();
        return new ComplaintFiguresRow(
            field, channel, complaints.Count,
            new Ratio(upheld.Count, complaints.Count(c => c.Verified is not null)),
            new Ratio(upheld.Count(c => c.Corrected is not null || c.Closed is not null), upheld.Count),
            new Ratio(complaints.Count(c => c.Replied is not null), complaints.Count),
            new Ratio(dated.Count(c => c.Replied?.RepliedOn <= c.DueOn), dated.Count));
    }

    private static VisibleFact? FactOf<TFact>(ComplaintFile complaint)
        where TFact : IFact => complaint.Facts.FirstOrDefault(f => f.Fact is TFact);
}
