using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Domain.LawsuitConduct;

/// <summary>What a lawsuit makes units and the office do, besides the filings of counting-rules.md §7.</summary>
internal static class ConductDuties
{
    // Working days after which nobody can say that nothing was received.
    private const int ReceiptTerm = 10;

    // Natural days for the defence (APL §67), and for the reply to a suggestion about a normative document (SPC18 §149).
    private const int AnswerTerm = 15;
    private const int SuggestionTerm = 60;

    public static IEnumerable<Duty> Of(Situation situation)
    {
        var since = FilingAnswers.InForceSince(situation);
        foreach (var view in CaseView.All(situation))
            foreach (var duty in Conferences(view).Concat(Answers(view, situation)).Concat(SelfCorrections(view, situation)).Concat(Attendances(view))
                .Concat(Suggestions(view, situation)).Concat(Reviews(view, since)).Concat(UnknownReceipts(view, situation, since)))
                yield return duty;
        foreach (var duty in Notices(situation)) yield return duty;
    }

    private static Duty Of(CaseView view, DutyKind kind, DateOnly openedOn, string unit, string? caseNo = null, string? item = null) =>
        new(kind, openedOn) { Unit = unit, Subject = view.Subject.ToString(), CaseNo = caseNo, Item = item };

    // 逐案: one for each defendant of every case. Its last day is known when the first instance is closed.
    private static IEnumerable<Duty> Conferences(CaseView view) =>
        from unit in view.Defendants
        where view.Concerns(unit)
        let closed = view.FirstClosedOn(unit)
        let duty = Of(view, DutyKind.CaseConference, view.DefendantSince(unit), unit, view.Lawsuit.Docketed!.CaseNo) with { DueOn = closed }
        let held = view.Told<CaseConferenceHeld>().FirstOrDefault(c => c.Fact.Unit == unit).Visible
        select held is not null ? duty.MetBy(view.Subject, held)
            : closed is not null ? duty with { Status = DutyStatus.Missed }
            : Running(view, duty);

    private static IEnumerable<Duty> Answers(CaseView view, Situation situation) =>
        from receipt in view.Lawsuit.MaterialsReceived
        where view.IsCounted(receipt.Unit) && view.Lawsuit.Instance(receipt.CaseNo)?.Level == InstanceLevel.First
        let duty = Of(view, DutyKind.AnswerSubmission, receipt.ReceivedOn, receipt.Unit, receipt.CaseNo)
            .Due(situation.Calendar.AddNaturalDays(receipt.ReceivedOn, AnswerTerm))
        let answer = view.Told<AnswerSubmitted>().FirstOrDefault(a =>
            a.Fact.CaseNo == receipt.CaseNo && view.Acts(a.Fact.Unit, receipt.Unit, DutyKind.AnswerSubmission, receipt.CaseNo)).Visible
        select answer is not null ? duty.MetBy(view.Subject, answer)
            : view.Lawsuit.Document(receipt.CaseNo) is not null ? duty with { Status = DutyStatus.Missed }
            : duty;

    private static IEnumerable<Duty> SelfCorrections(CaseView view, Situation situation) =>
        from made in view.Told<SelfCorrectionMade>()
        where view.IsCounted(made.Fact.Unit)
        select SelfCorrectionDuty(view, made.Fact, made.Visible, situation);

    /// <summary>The duty to tell the court of a self-correction, while the instance in which it was made runs.</summary>
    public static Duty SelfCorrectionDuty(CaseView view, SelfCorrectionMade made, VisibleFact visible, Situation situation)
    {
        var instance = view.InstanceOn(made.MadeOn);
        var closed = instance is null ? null : view.Lawsuit.Document(instance.CaseNo)?.Rendered.ClosedOn;
        var duty = Of(view, DutyKind.CourtInformed, made.MadeOn, made.Unit, instance?.CaseNo) with { DueOn = closed >= made.MadeOn ? closed : null };
        if (LetterOf(view, made) is { } letter) return duty.MetBy(view.Subject, letter);
        if (made.CourtInformedOn is { } on && on <= situation.AsOf) return duty with { MetOn = on, Evidence = [Evidence.Of(view.Subject, visible)] };
        return duty.DueOn is not null ? duty with { Status = DutyStatus.Missed } : Running(view, duty);
    }

    /// <summary>The letter by which the court was told of a self-correction.</summary>
    public static VisibleFact? LetterOf(CaseView view, SelfCorrectionMade made) => view.Told<CourtInformedOfChange>()
        .FirstOrDefault(i => i.Fact.MadeOn == made.MadeOn && view.Acts(i.Fact.Unit, made.Unit, DutyKind.CourtInformed)).Visible;

    // One hearing of an instance suffices, unless the court calls the head again (法释〔2020〕3号 §7). Who is excused owes nothing.
    private static IEnumerable<Duty> Attendances(CaseView view)
    {
        var notices = view.Told<HeadAttendanceNotified>().Select(n => n.Fact).ToList();
        var units = view.Told<HearingHeld>().SelectMany(h => h.Fact.NamedUnits).Concat(notices.Select(n => n.Unit)).Distinct(StringComparer.Ordinal);
        foreach (var unit in units.Where(view.IsCounted))
        {
            var instances = HeadAttendance.InstancesOf(view, unit).ToDictionary(i => i.CaseNo, StringComparer.Ordinal);
            var called = notices.Where(n => n.Unit == unit).ToLookup(n => n.CaseNo, StringComparer.Ordinal);
            foreach (var caseNo in instances.Keys.Union(called.Select(c => c.Key), StringComparer.Ordinal))
                foreach (var duty in Attendances(view, unit, caseNo, instances.GetValueOrDefault(caseNo)?.Hearings ?? [], [.. called[caseNo]]))
                    yield return duty;
        }
    }

    private static IEnumerable<Duty> Attendances(CaseView view, string unit, string caseNo, IReadOnlyList<HearingAttendance> hearings, IReadOnlyList<HeadAttendanceNotified> called)
    {
        var openedOn = hearings.Select(h => h.HeldOn).Concat(called.Select(c => c.NotifiedOn)).Min();
        var duty = Of(view, DutyKind.HeadAttendance, openedOn, unit, caseNo);
        if (hearings.FirstOrDefault(h => h.HeadAttended) is not { } attended)
        {
            var upcoming = called.Where(c => !hearings.Any(h => h.HeldOn == c.HearingOn)).Select(c => (DateOnly?)c.HearingOn).Max();
            if (hearings.LastOrDefault(h => !h.Excused) is { } absent && !(upcoming > absent.HeldOn))
                yield return duty with { DueOn = absent.HeldOn, Status = DutyStatus.Missed, Evidence = absent.Evidence };
            else if (upcoming is not null) yield return Running(view, duty with { DueOn = upcoming });
            yield break;
        }

        yield return duty with { DueOn = attended.HeldOn, MetOn = attended.HeldOn, Evidence = attended.Evidence };
        foreach (var again in called.Where(c => c.NotifiedOn > attended.HeldOn))
        {
            var further = Of(view, DutyKind.HeadAttendance, again.NotifiedOn, unit, caseNo, again.HearingOn.ToString("O")) with { DueOn = again.HearingOn };
            var held = hearings.Where(h => h.HeldOn == again.HearingOn).ToList();
            if (held.Find(h => h.HeadAttended) is { } came) yield return further with { MetOn = came.HeldOn, Evidence = came.Evidence };
            else if (held.Find(h => !h.Excused) is { } absent) yield return further with { Status = DutyStatus.Missed, Evidence = absent.Evidence };
            else if (held.Count == 0) yield return Running(view, further);
        }
    }

    private static IEnumerable<Duty> Suggestions(CaseView view, Situation situation) =>
        view.Told<JudicialSuggestionReceived>().Where(s => view.IsCounted(s.Fact.Unit)).Select(s => SuggestionDuty(view, s.Fact, situation));

    /// <summary>The duty to reply to a suggestion, by its own day or the law's.</summary>
    public static Duty SuggestionDuty(CaseView view, JudicialSuggestionReceived received, Situation situation)
    {
        var duty = Of(view, DutyKind.JudicialSuggestionReply, received.ReceivedOn, received.Unit, item: received.SuggestionNo);
        duty = received switch
        {
            { DueOn: { } due } => duty with { DueOn = due },
            { SubjectMatter: SuggestionMatter.NormativeDocument } => duty.Due(situation.Calendar.AddNaturalDays(received.ReceivedOn, SuggestionTerm)),
            _ => duty,
        };
        return ReplyTo(view, received) is { } reply ? duty.MetBy(view.Subject, reply) : duty;
    }

    /// <summary>The reply to a suggestion.</summary>
    public static VisibleFact? ReplyTo(CaseView view, JudicialSuggestionReceived received) => view.Told<JudicialSuggestionReplied>()
        .FirstOrDefault(r => r.Fact.SuggestionNo == received.SuggestionNo && r.Fact.Unit == received.Unit).Visible;

    // Every submission is accepted or returned; those that wait for the same decision are one duty.
    private static IEnumerable<Duty> Reviews(CaseView view, DateOnly since)
    {
        foreach (var filings in view.Told<CaseFilingSubmitted>().Where(f => view.IsCounted(f.Fact.Unit) && f.Fact.LegalDate >= since).GroupBy(f => (f.Fact.Unit, f.Fact.CaseNo)))
        {
            var reviews = FilingAnswers.ReviewsOf(view, filings.Key.Unit, filings.Key.CaseNo).ToList();
            foreach (var round in filings.GroupBy(f => reviews.FindIndex(r => Moment(r).CompareTo(Moment(f.Visible)) > 0)))
            {
                var duty = Of(view, DutyKind.FilingReview, round.First().Fact.LegalDate!.Value, filings.Key.Unit, filings.Key.CaseNo);
                yield return round.Key < 0 ? duty : duty.MetBy(view.Subject, reviews[round.Key]);
            }
        }

        static (DateOnly, long) Moment(VisibleFact fact) => (fact.Fact.LegalDate!.Value, fact.Sequence);
    }

    // The county's own obligations, so that a late filing found in time needs no decision any more.
    private static IEnumerable<Duty> Notices(Situation situation) =>
        from overdue in FilingAnswers.Overdue(situation)
        let duty = new Duty(DutyKind.OverdueFilingNotice, overdue.DueOn.AddDays(1))
        {
            Unit = overdue.Unit, Subject = Subject.Lawsuit(overdue.Lawsuit!).ToString(), CaseNo = overdue.CaseNo,
        }
        let decided = FilingAnswers.DecisionOn(situation, overdue)
        select decided is null ? duty : duty.MetBy(Subject.Lawsuit(overdue.Lawsuit!), decided);

    /// <summary>
    /// Who was sued, stood in an appeal or a retrial, or lost, but recorded no receipt within ten working days: recording nothing is
    /// not compliance. A petition for retrial alone serves nothing on anybody, and before the plan nobody had to record anything.
    /// </summary>
    private static IEnumerable<Duty> UnknownReceipts(CaseView view, Situation situation, DateOnly inForce)
    {
        foreach (var instance in view.Lawsuit.Instances.Where(i => i.Level != InstanceLevel.Petition))
            foreach (var unit in view.Defendants.Where(u => view.Lawsuit.MaterialsOf(u, instance.CaseNo) is null && !view.WasNotServed(u, instance.CaseNo)))
            {
                var since = view.DefendantSince(unit) is var named && named > instance.OpenedOn ? named : instance.OpenedOn;
                if (!(view.Lawsuit.Document(instance.CaseNo)?.Rendered.ClosedOn < since) && IsOver(since))
                    yield return Of(view, DutyKind.CaseFiling, since, unit, instance.CaseNo) with { Status = DutyStatus.ReceiptUnknown };
            }

        foreach (var document in view.Lawsuit.Documents)
            foreach (var unit in document.Rendered.NamedUnits.Distinct(StringComparer.Ordinal).Where(u => view.IsCounted(u) && view.Lawsuit.LostIn(document, u)))
                if (view.Lawsuit.JudgmentOf(unit, document.CaseNo) is null && IsOver(document.Rendered.ClosedOn))
                    yield return Of(view, DutyKind.LossFiling, document.Rendered.ClosedOn, unit, document.CaseNo) with { Status = DutyStatus.ReceiptUnknown };

        bool IsOver(DateOnly since) => since >= inForce && situation.Calendar.AddWorkingDays(since, ReceiptTerm).Day < situation.AsOf;
    }

    private static Duty Running(CaseView view, Duty duty) => view.Lawsuit.SuspendedFor is null ? duty : duty with { Status = DutyStatus.Suspended };
}
